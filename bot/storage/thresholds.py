"""Threshold tables: every version that was published, and the crossings that a new one moves."""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    Row,
    Table,
    bindparam,
    select,
    update,
)

from bot.storage import codec
from bot.storage.cards import Cards
from bot.storage.cases.rows import IS_OPEN, OF_A_CASE, OLDEST_FIRST, case_of, cases
from bot.storage.schema import document, metadata, moment, workspace
from bot.storage.transaction import Transaction
from bot.storage.workspaces import Workspaces
from policy.crossings import told_at
from policy.ids import WorkspaceId, case_id
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
NEWEST = (
    select(threshold_tables.c.document)
    .where(threshold_tables.c.workspace == bindparam("of"))
    .order_by(threshold_tables.c.version.desc())
    .limit(1)
)


class Thresholds:
    """The threshold tables of each workspace; until one is published, the one that shipped."""

    def __init__(self, transaction: Transaction, workspaces: Workspaces, cards: Cards) -> None:
        self._on = transaction
        self._workspaces = workspaces
        self._cards = cards
        self._read: dict[WorkspaceId, ThresholdTable] = {}

    async def current(self, workspace: WorkspaceId, *, is_held: bool = False) -> ThresholdTable:
        """Return the newest table; within one unit of work it is read once.

        Once the workspace `is_held`, nobody publishes another one: what was read before may be old.
        """
        is_old = is_held and self._on.is_postgresql  # on SQLite nobody writes beside us
        if is_old or workspace not in self._read:
            found = await self._on.value(NEWEST, {"of": workspace})
            table = SHIPPED if found is None else codec.decode(ThresholdTable, found)
            self._read[workspace] = table
        return self._read[workspace]

    async def versions(self, workspace: WorkspaceId, limit: int) -> list[ThresholdTable]:
        """Return the last tables, the newest first; the one that shipped where none follows it."""
        query = select(threshold_tables.c.document).where(
            threshold_tables.c.workspace == workspace
        )
        newest = query.order_by(threshold_tables.c.version.desc()).limit(limit)
        found = [codec.decode(ThresholdTable, row.document) for row in await self._on.all(newest)]
        return [*found, SHIPPED][:limit]

    async def publish(self, workspace: WorkspaceId, table: ThresholdTable) -> None:
        """Make this the current table, and put every open case's crossing where it belongs now.

        A case whose crossing was told, and lies ahead again, gets another version of its clock.

        Raises:
            Stale: a table of this version has been published already.
        """
        await self._workspaces.add(workspace)
        await self._workspaces.hold(
            workspace
        )  # a case that is being opened is among the open ones
        before = await self.current(workspace, is_held=True)
        publishing = self._on.insert(threshold_tables).values(
            workspace=workspace,
            version=table.version,
            published_at=table.published_at,
            document=codec.encode(ThresholdTable, table),
        )
        if not await self._on.run(publishing.on_conflict_do_nothing()):
            raise Stale
        self._read[workspace] = table
        await self._move_crossings(workspace, before, table)

    async def _move_crossings(
        self, workspace: WorkspaceId, before: ThresholdTable, table: ThresholdTable
    ) -> None:
        query = select(*OF_A_CASE).where(cases.c.workspace == workspace, IS_OPEN)
        rows = await self._on.all(self._on.locked(query.order_by(*OLDEST_FIRST), cases))
        moves = [move for row in rows if (move := _move(row, before, table))]
        moving = update(cases).where(
            cases.c.workspace == workspace, cases.c.number == bindparam("of")
        )
        columns = ("crossing_due_at", "warning_due_at", "clock_version", "version")
        await self._on.run_each(
            moving.values({each: bindparam(f"new_{each}") for each in columns}), moves
        )
        await self._cards.outdate_cases(workspace, [case_id(move["of"]) for move in moves])


def _move(row: Row[Any], before: ThresholdTable, table: ThresholdTable) -> dict[str, Any] | None:
    """Return what a new table changes in a row; None where it changes nothing."""
    case = case_of(row)
    at = available_at(case, table)
    if at == available_at(case, before):
        return None
    was_told = row.announced_version >= row.clock_version
    is_ahead = table.published_at is not None and at > table.published_at
    is_due = is_ahead or not was_told
    was_warned = row.warned_version >= row.clock_version and not was_told
    crossing, warning = told_at(case, table, row.announced_at)
    return {
        "of": row.number,
        "new_crossing_due_at": crossing if is_due else None,
        "new_warning_due_at": warning if is_due and not was_warned else None,
        "new_clock_version": row.clock_version + (was_told and is_ahead),
        "new_version": row.version + 1,
    }
