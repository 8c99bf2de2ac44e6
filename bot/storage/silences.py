"""Silences: claiming the cases whose requester has not answered a proposed solution."""

from datetime import datetime

from sqlalchemy import func, select

from bot.storage.cases.rows import IS_SILENT, OF_A_CASE, case_of, cases
from bot.storage.transaction import Transaction
from policy.cases import Case


class Silences:
    """What is due over all workspaces."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def due(self, now: datetime, limit: int) -> list[Case]:
        """Return cases whose silence is due, the longest due first, and hold them.

        Nobody else is given them meanwhile; saved, each is due again when its solution says.
        """
        query = select(*OF_A_CASE).where(IS_SILENT, cases.c.silence_due_at <= now)
        query = query.order_by(cases.c.silence_due_at).limit(limit)
        claiming = query.with_for_update(of=cases, skip_locked=True, key_share=True)
        found = [case_of(row) for row in await self._on.all(claiming)]
        self._on.held.update((case.workspace, case.id) for case in found)
        return found

    async def next_due_at(self) -> datetime | None:
        """Return when the next silence is due, None where none is ahead."""
        due: datetime | None = await self._on.value(
            select(func.min(cases.c.silence_due_at)).where(IS_SILENT)
        )
        return due
