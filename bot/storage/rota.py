"""The rota: the week's shifts, what takes precedence over them, swaps, and the gaps told."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Table,
    Time,
    delete,
    func,
    select,
    update,
)

from bot.storage.schema import metadata, moment, name, workspace
from bot.storage.transaction import Transaction
from policy.hours import Span
from policy.ids import OverrideId, ShiftId, SwapId, UserId, WorkspaceId
from policy.refusals import Stale, SwapIsDecided
from policy.rota import Override, Rota, Shift, Swap

shifts = Table(
    "shifts",
    metadata,
    workspace(),
    name("id", primary_key=True),
    name("zone"),
    Column("weekday", Integer, nullable=False),
    Column("starts", Time, nullable=False),
    Column("ends", Time, nullable=False),
    name("person"),
    name("backup", nullable=True),
    Column("on_holidays", Boolean, nullable=False),
    ForeignKeyConstraint(["workspace"], ["workspaces.id"]),
)
overrides = Table(
    "duty_overrides",
    metadata,
    workspace(),
    name("id", primary_key=True),
    moment("start_at"),
    moment("end_at"),
    name("person"),
    name("instead_of", nullable=True),
    name("made_by"),
    moment("made_at"),
    ForeignKeyConstraint(["workspace"], ["workspaces.id"]),
    Index(None, "workspace", "end_at"),
)
swaps = Table(
    "duty_swaps",
    metadata,
    workspace(),
    name("id", primary_key=True),
    moment("start_at"),
    moment("end_at"),
    name("giver"),
    name("taker"),
    name("proposed_by"),
    moment("proposed_at"),
    Column("accepted", Boolean, nullable=True),
    moment("decided_at", nullable=True),
    ForeignKeyConstraint(["workspace"], ["workspaces.id"]),
    Index(None, "workspace", "end_at"),
)
gaps = Table(
    "duty_gaps",
    metadata,
    workspace(),
    Column("start_at", moment("start_at").type, primary_key=True),
    Column("end_at", moment("end_at").type, primary_key=True),
    ForeignKeyConstraint(["workspace"], ["workspaces.id"]),
)
outlooks = Table(
    "duty_outlooks",
    metadata,
    workspace(),
    moment("due_at"),
    ForeignKeyConstraint(["workspace"], ["workspaces.id"]),
    Index(None, "due_at"),
)


class Rotas:
    """Who is on duty when, in each workspace."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def of(self, workspace: WorkspaceId, *, since: datetime) -> Rota:
        """Return the week, and the overrides that have not ended by then; of holidays nothing."""
        week = select(shifts).where(shifts.c.workspace == workspace)
        rows = await self._on.all(week.order_by(shifts.c.weekday, shifts.c.starts, shifts.c.id))
        ahead = select(overrides).where(
            overrides.c.workspace == workspace, overrides.c.end_at > since
        )
        ruling = await self._on.all(ahead.order_by(overrides.c.start_at, overrides.c.id))
        return Rota(
            shifts=tuple(_shift(row) for row in rows),
            overrides=tuple(_override(row) for row in ruling),
        )

    async def shift(self, workspace: WorkspaceId, shift: ShiftId) -> Shift:
        """Return one row of the week.

        Raises:
            Stale: there is none of that id any more.
        """
        row = await self._on.first(_the(shifts, workspace, shift))
        if row is None:
            raise Stale
        return _shift(row)

    async def keep(self, shift: Shift) -> None:
        """Put a shift into the week, or let it be another."""
        saving = self._on.insert(shifts)
        row = _shift_row(shift)
        await self._on.run(
            saving.on_conflict_do_update(
                index_elements=[shifts.c.workspace, shifts.c.id],
                set_={each: saving.excluded[each] for each in row if each != "id"},
            ),
            row,
        )

    async def drop(self, workspace: WorkspaceId, shift: ShiftId) -> bool:
        """Take a shift out of the week; False where it is out already."""
        gone = delete(shifts).where(shifts.c.workspace == workspace, shifts.c.id == shift)
        return await self._on.run(gone) == 1

    async def overrule(self, override: Override) -> None:
        """Let an override take precedence over the week."""
        row = _row(override, overrides)
        await self._on.run(self._on.insert(overrides), row)

    async def revoke(self, workspace: WorkspaceId, override: OverrideId) -> Override | None:
        """Let an override count no more; return it, None where there is none any more."""
        row = await self._on.first(_the(overrides, workspace, override))
        if row is None:
            return None
        gone = delete(overrides).where(
            overrides.c.workspace == workspace, overrides.c.id == override
        )
        return _override(row) if await self._on.run(gone) else None

    async def propose(self, swap: Swap) -> None:
        """Keep a swap until it is answered."""
        row = _row(swap, swaps)
        await self._on.run(self._on.insert(swaps), row)

    async def swap(self, workspace: WorkspaceId, swap: SwapId) -> Swap:
        """Return a swap.

        Raises:
            Stale: there is none of that id.
        """
        row = await self._on.first(_the(swaps, workspace, swap))
        if row is None:
            raise Stale
        return _swap(row)

    async def swaps(self, workspace: WorkspaceId, *, since: datetime) -> tuple[Swap, ...]:
        """Return the swaps that wait for an answer, those that come first first."""
        waiting = select(swaps).where(
            swaps.c.workspace == workspace, swaps.c.accepted.is_(None), swaps.c.end_at > since
        )
        rows = await self._on.all(waiting.order_by(swaps.c.start_at, swaps.c.id))
        return tuple(_swap(row) for row in rows)

    async def decide(self, swap: Swap) -> None:
        """Keep the answer to a swap; the first one counts.

        Raises:
            SwapIsDecided: somebody answered before.
        """
        deciding = update(swaps).where(
            swaps.c.workspace == swap.workspace,
            swaps.c.id == swap.id,
            swaps.c.accepted.is_(None),
        )
        answer = deciding.values(accepted=swap.accepted, decided_at=swap.decided_at)
        if not await self._on.run(answer):
            raise SwapIsDecided(accepted=(await self.swap(swap.workspace, swap.id)).accepted)

    async def look_ahead(self, workspace: WorkspaceId, at: datetime) -> None:
        """Let gaps be looked for then."""
        planning = self._on.insert(outlooks)
        await self._on.run(
            planning.on_conflict_do_update(
                index_elements=[outlooks.c.workspace], set_={"due_at": planning.excluded.due_at}
            ),
            {"workspace": workspace, "due_at": at},
        )

    async def next_outlook_at(self) -> datetime | None:
        """Return when gaps are to be looked for next, None where there is no rota."""
        due: datetime | None = await self._on.value(select(func.min(outlooks.c.due_at)))
        return due

    async def outlooks(self, now: datetime, *, again: datetime) -> list[WorkspaceId]:
        """Claim the workspaces in which gaps are to be looked for; each is due again then."""
        claiming = update(outlooks).where(outlooks.c.due_at <= now).values(due_at=again)
        rows = await self._on.all(claiming.returning(outlooks.c.workspace))
        return sorted(WorkspaceId(row.workspace) for row in rows)

    async def told(self, workspace: WorkspaceId) -> tuple[Span, ...]:
        """Return the gaps that were told."""
        rows = await self._on.all(select(gaps).where(gaps.c.workspace == workspace))
        return tuple(Span(start_at=row.start_at, end_at=row.end_at) for row in rows)

    async def tell(self, workspace: WorkspaceId, *found: Span, now: datetime) -> None:
        """Note that these gaps are told, and forget those that are over."""
        over = delete(gaps).where(gaps.c.workspace == workspace, gaps.c.end_at <= now)
        await self._on.run(over)
        await self._on.run_each(
            self._on.insert(gaps).on_conflict_do_nothing(),
            [
                {"workspace": workspace, "start_at": each.start_at, "end_at": each.end_at}
                for each in found
            ],
        )


def _the(table: Table, workspace: WorkspaceId, id: str) -> Any:  # noqa: A002 - the column's name
    return select(table).where(table.c.workspace == workspace, table.c.id == id)


def _shift(row: Row[Any]) -> Shift:
    return Shift(
        workspace=WorkspaceId(row.workspace),
        id=ShiftId(row.id),
        zone=row.zone,
        weekday=row.weekday,
        start=row.starts,
        end=row.ends,
        person=UserId(row.person),
        backup=UserId(row.backup) if row.backup else None,
        on_holidays=row.on_holidays,
    )


def _shift_row(shift: Shift) -> dict[str, Any]:
    return _row(shift, shifts, starts=shift.start, ends=shift.end)


def _row(value: Shift | Override | Swap, table: Table, **known: Any) -> dict[str, Any]:
    columns = (column.name for column in table.columns if column.name not in known)
    return known | {each: getattr(value, each) for each in columns}


def _override(row: Row[Any]) -> Override:
    return Override(**row._mapping)  # noqa: SLF001 - the row, by column


def _swap(row: Row[Any]) -> Swap:
    return Swap(**row._mapping)  # noqa: SLF001 - the row, by column
