"""Reminders: what people asked to be told once escalating is available, and moves with that."""

from datetime import datetime

from sqlalchemy import select, update

from bot.storage import codec
from bot.storage.outbox.rows import IS_PENDING, outbox
from bot.storage.transaction import Transaction
from policy.ids import WorkspaceId
from policy.notices import Notice, ReminderDue


class Reminders:
    """The notices in the outbox that are reminders, and still wait for their time."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def waiting(self, workspace: WorkspaceId) -> list[Notice]:
        """Return the reminders that nobody was sent yet, the oldest first."""
        query = select(outbox.c.notice).where(
            IS_PENDING, outbox.c.workspace == workspace, outbox.c.kind == ReminderDue.__name__
        )
        rows = await self._on.all(query.order_by(outbox.c.id))
        return [codec.decode(Notice, row.notice) for row in rows]

    async def put(self, workspace: WorkspaceId, key: str, not_before: datetime) -> None:
        """Let the reminder with this key wait until then, unless it is on its way."""
        this = (outbox.c.workspace == workspace) & (outbox.c.key == key)
        await self._on.run(update(outbox).where(IS_PENDING, this).values(not_before=not_before))
