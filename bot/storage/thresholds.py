"""Threshold tables: every version that was published, and the crossings that a new one moves."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    Table,
    bindparam,
    select,
    update,
)

from bot.storage import codec
from bot.storage.cases.rows import IS_OPEN, OLDEST_FIRST, case_of, cases
from bot.storage.schema import document, metadata, moment, workspace
from bot.storage.transaction import Transaction
from bot.storage.workspaces import Workspaces
from policy.crossings import announce_at
from policy.ids import WorkspaceId
from policy.refusals import Stale
from policy.thresholds import SHIPPED, ThresholdTable, available_at

threshold_tables = Table(
    "threshold_tables",
    metadata,
    workspace(),
    Column("version", Integer, primary_key=True, autoincrement=False),
    moment("published_at", nullable=True),
    document("document"),
    ForeignKeyConstraint(["workspace"], ["workspaces.id"]),
    CheckConstraint("version >= 1", name="version"),
)


class Thresholds:
    """The threshold tables of each workspace; until one is published, the one that shipped."""

    def __init__(self, transaction: Transaction, workspaces: Workspaces) -> None:
        self._on = transaction
        self._workspaces = workspaces
        self._read: dict[WorkspaceId, ThresholdTable] = {}

    async def current(self, workspace: WorkspaceId) -> ThresholdTable:
        """Return the newest table; within one unit of work it is read once."""
        if workspace not in self._read:
            query = select(threshold_tables.c.document).where(
                threshold_tables.c.workspace == workspace
            )
            newest = query.order_by(threshold_tables.c.version.desc()).limit(1)
            found = await self._on.value(newest)
            table = SHIPPED if found is None else codec.decode(ThresholdTable, found)
            self._read[workspace] = table
        return self._read[workspace]

    async def publish(self, workspace: WorkspaceId, table: ThresholdTable) -> None:
        """Make this the current table, and move every crossing not announced yet.

        Raises:
            Stale: a table of this version has been published already.
        """
        await self._workspaces.add(workspace)
        publishing = self._on.insert(threshold_tables).values(
            workspace=workspace,
            version=table.version,
            published_at=table.published_at,
            document=codec.encode(ThresholdTable, table),
        )
        if not await self._on.run(publishing.on_conflict_do_nothing()):
            raise Stale
        self._read[workspace] = table
        await self._move_crossings(workspace, table)

    async def _move_crossings(self, workspace: WorkspaceId, table: ThresholdTable) -> None:
        unannounced = cases.c.announced_version < cases.c.clock_version
        query = select(cases).where(cases.c.workspace == workspace, unannounced, IS_OPEN)
        rows = await self._on.all(self._on.locked(query.order_by(*OLDEST_FIRST), cases))
        moving = update(cases).where(
            cases.c.workspace == workspace, cases.c.number == bindparam("of")
        )
        dues = [
            (row, announce_at(available_at(case_of(row), table), row.announced_at)) for row in rows
        ]
        await self._on.run_each(
            moving.values(crossing_due_at=bindparam("due")),
            [{"of": row.number, "due": due} for row, due in dues if due != row.crossing_due_at],
        )
