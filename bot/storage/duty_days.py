"""Duty days: when each workspace's duty channel is told of the day, and of what it was told last."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, Table, func, select, update

from bot.storage.schema import metadata, moment, workspace
from bot.storage.transaction import Transaction
from bot.storage.workspaces import workspaces
from policy.ids import WorkspaceId

duty_days = Table(
    "duty_days",
    metadata,
    workspace(),
    moment("due_at"),
    moment("told_at"),
    ForeignKeyConstraint(["workspace"], ["workspaces.id"]),
    Index(None, "due_at"),
)


class DutyDays:
    """The next digest of every workspace."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def unplanned(self) -> list[WorkspaceId]:
        """Return the workspaces for which no digest is planned yet."""
        query = select(workspaces.c.id).where(
            workspaces.c.id.not_in(select(duty_days.c.workspace))
        )
        rows = await self._on.all(query.order_by(workspaces.c.id))
        return [WorkspaceId(row.id) for row in rows]

    async def plan(self, workspace: WorkspaceId, due_at: datetime, *, now: datetime) -> None:
        """Let the next digest come then; the first one tells of what happens from now on."""
        planning = self._on.insert(duty_days)
        row = {"workspace": workspace, "due_at": due_at, "told_at": now}
        await self._on.run(
            planning.on_conflict_do_update(
                index_elements=[duty_days.c.workspace], set_={"due_at": planning.excluded.due_at}
            ),
            row,
        )

    async def due(self, now: datetime) -> list[WorkspaceId]:
        """Return the workspaces whose digest is due."""
        query = select(duty_days.c.workspace).where(duty_days.c.due_at <= now)
        rows = await self._on.all(query.order_by(duty_days.c.due_at))
        return [WorkspaceId(row.workspace) for row in rows]

    async def take(
        self, workspace: WorkspaceId, now: datetime, *, next_at: datetime
    ) -> datetime | None:
        """Claim a digest that is due; return since when it tells, None where somebody else did."""
        query = select(duty_days).where(
            duty_days.c.workspace == workspace, duty_days.c.due_at <= now
        )
        row = await self._on.first(self._on.locked(query, duty_days))
        if row is None:
            return None
        taking = update(duty_days).where(duty_days.c.workspace == workspace)
        await self._on.run(taking.values(due_at=next_at, told_at=now))
        since: datetime = row.told_at
        return since

    async def next_due_at(self) -> datetime | None:
        """Return when the next digest is due, None where none is planned."""
        due: datetime | None = await self._on.value(select(func.min(duty_days.c.due_at)))
        return due
