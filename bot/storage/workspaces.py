"""Workspaces: whose rows there are, how far their cases are numbered, and the sandbox's clock."""

from datetime import timedelta

from sqlalchemy import Column, Executable, Integer, String, Table, bindparam, literal, select

from bot.storage.schema import ID, Seconds, counter, metadata
from bot.storage.transaction import Insert, Inserting, Transaction
from policy.ids import WorkspaceId

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", String(ID), primary_key=True),
    counter("last_case"),
)
sandbox_clock = Table(
    "sandbox_clock",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("ahead", Seconds, nullable=False),
)
KNOWN = select(literal(1)).select_from(workspaces).where(workspaces.c.id == bindparam("of"))
HOLDING = (
    select(workspaces.c.id)
    .where(workspaces.c.id == bindparam("of"))
    .with_for_update(key_share=True)
)
THE_ONE = 1
"""All replicas share one clock."""


class Workspaces:
    """The workspaces that use this database."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def add(self, workspace: WorkspaceId) -> None:
        """Make a workspace known; again is nothing."""
        await self._on.run(self._on.once(_adding), {"id": workspace, "last_case": 0})

    async def known(self, workspace: WorkspaceId) -> bool:
        """Tell whether the workspace has anything here."""
        return await self._on.first(KNOWN, {"of": workspace}) is not None

    async def all(self) -> list[WorkspaceId]:
        """Return every workspace known."""
        rows = await self._on.all(select(workspaces.c.id).order_by(workspaces.c.id))
        return [WorkspaceId(row.id) for row in rows]

    async def hold(self, workspace: WorkspaceId) -> None:
        """Let whoever opens cases there, or publishes a table, wait until this unit of work is over.

        Whoever holds cases as well holds them after it, so that nobody waits in a ring.
        """
        if self._on.is_postgresql:
            await self._on.first(HOLDING, {"of": workspace})

    async def next_case(self, workspace: WorkspaceId) -> int:
        """Return the next number of the workspace; nobody else gets it."""
        first = {"id": workspace, "last_case": 1}
        number: int = await self._on.value(self._on.once(_counting), first)
        return number

    async def numbered_up_to(self, workspace: WorkspaceId, number: int) -> None:
        """Never give out this number, nor a lower one."""
        await self.add(workspace)
        await self.hold(workspace)
        raising = workspaces.update().where(
            workspaces.c.id == workspace, workspaces.c.last_case < number
        )
        await self._on.run(raising.values(last_case=number))

    async def offset(self) -> timedelta:
        """Return how far the sandbox's clock is ahead."""
        ahead: timedelta | None = await self._on.value(select(sandbox_clock.c.ahead))
        return ahead or timedelta()

    async def set_offset(self, ahead: timedelta) -> None:
        """Put the sandbox's clock so far ahead, for every replica."""
        setting = self._on.insert(sandbox_clock).values(id=THE_ONE, ahead=ahead)
        await self._on.run(
            setting.on_conflict_do_update(
                index_elements=[sandbox_clock.c.id], set_={"ahead": setting.excluded.ahead}
            )
        )


def _adding(inserting: Inserting) -> Insert:
    return inserting(workspaces).on_conflict_do_nothing()


def _counting(inserting: Inserting) -> Executable:
    counting = inserting(workspaces).on_conflict_do_update(
        index_elements=[workspaces.c.id], set_={"last_case": workspaces.c.last_case + 1}
    )
    return counting.returning(workspaces.c.last_case)
