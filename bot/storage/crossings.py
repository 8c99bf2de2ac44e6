"""Crossings: claiming the cases whose crossing is due, each version of a case's clock once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Executable,
    Integer,
    TextClause,
    bindparam,
    func,
    select,
    tuple_,
    update,
)

from bot.storage.cards import Cards
from bot.storage.cases.rows import (
    IS_ANNOUNCED,
    IS_DUE,
    IS_NEAR,
    IS_OPEN,
    IS_URGENT,
    OF_A_CASE,
    OLDEST_FIRST,
    case_of,
    cases,
)
from bot.storage.transaction import Transaction, claimable
from policy.cases import Case
from policy.ids import CaseId, WorkspaceId

THE_CASE = (cases.c.workspace, cases.c.number)


def _claiming(these: TextClause, due: Column[datetime], **values: Any) -> Executable:
    """Return what claims the longest due, which the index has in order however many there are."""
    chosen = (
        select(*THE_CASE)
        .where(these, due <= bindparam("now"))
        .order_by(due)
        .limit(bindparam("most", type_=Integer))
    )
    claiming = update(cases).where(tuple_(*THE_CASE).in_(select(claimable(chosen))))
    return claiming.values(warning_due_at=None, **values).returning(*OF_A_CASE)


CROSSED: Mapping[str, Any] = {
    "crossing_due_at": None,
    "announced_at": bindparam("now"),
    "announced_version": cases.c.clock_version,
    "version": cases.c.version + 1,
}
"""Nobody need be warned any more of what is there."""
CLAIMING_URGENT = _claiming(IS_URGENT, cases.c.crossing_due_at, **CROSSED)
CLAIMING_DUE = _claiming(IS_DUE, cases.c.crossing_due_at, **CROSSED)
CLAIMING_NEAR = _claiming(IS_NEAR, cases.c.warning_due_at, warned_version=cases.c.clock_version)


class Crossings:
    """What is due over all workspaces."""

    def __init__(self, transaction: Transaction, cards: Cards) -> None:
        self._on = transaction
        self._cards = cards

    async def due(self, now: datetime, limit: int) -> list[Case]:
        """Claim cases whose crossing is due, S1 first, then the longest due; each is claimed once.

        They come back a version later, because their cards gain a button. The claim stands or
        falls with this unit of work.
        """
        some = {"now": now, "most": limit}
        claimed = await self._on.each(case_of, CLAIMING_URGENT, some)
        if len(claimed) < limit:
            some["most"] = limit - len(claimed)
            claimed += await self._on.each(case_of, CLAIMING_DUE, some)
        self._on.held.update((case.workspace, case.id) for case in claimed)
        await self._outdate_cards(claimed)
        return sorted(claimed, key=lambda case: (case.opened_at, case.workspace, case.id))

    async def near(self, now: datetime, limit: int) -> list[Case]:
        """Claim cases whose engineer is to be warned, each version of a case's clock once."""
        return await self._on.each(case_of, CLAIMING_NEAR, {"now": now, "most": limit})

    async def next_warning_at(self) -> datetime | None:
        """Return when the next engineer is to be warned, None where nobody is."""
        query = select(func.min(cases.c.warning_due_at)).where(IS_NEAR)
        due: datetime | None = await self._on.value(query)
        return due

    async def next_due_at(self) -> datetime | None:
        """Return when the next crossing is due, None where none is ahead."""
        query = select(func.min(cases.c.crossing_due_at)).where(IS_DUE)
        due: datetime | None = await self._on.value(query)
        return due

    async def told_between(
        self, workspace: WorkspaceId, after: datetime, until: datetime
    ) -> list[Case]:
        """Return the open cases whose crossing was announced in this time, oldest first."""
        query = select(*OF_A_CASE).where(
            cases.c.workspace == workspace,
            IS_ANNOUNCED,
            cases.c.announced_at > after,
            cases.c.announced_at <= until,
            IS_OPEN,
        )
        return [case_of(row) for row in await self._on.all(query.order_by(*OLDEST_FIRST))]

    async def _outdate_cards(self, claimed: list[Case]) -> None:
        by_workspace: dict[WorkspaceId, list[CaseId]] = {}
        for case in claimed:
            by_workspace.setdefault(case.workspace, []).append(case.id)
        for workspace, theirs in by_workspace.items():
            await self._cards.outdate_cases(workspace, theirs)
