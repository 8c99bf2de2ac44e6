"""Promises: rows, and claiming those whose next rung is due, a case's together."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    func,
    select,
    text,
    tuple_,
)

from bot.storage.cases.rows import cases
from bot.storage.schema import (
    choice,
    counter,
    metadata,
    moment,
    name,
    partial_index,
    words,
    workspace,
)
from bot.storage.transaction import Transaction
from policy.ids import (
    EscalationId,
    PromiseId,
    UserId,
    WorkspaceId,
    case_id,
    case_number,
)
from policy.promises import Kind, Promise
from policy.refusals import Stale

IS_OPEN = text("kept_at IS NULL AND released_at IS NULL")
CLIMBS = text("next_rung_at IS NOT NULL")

promises = Table(
    "promises",
    metadata,
    workspace(),
    Column("id", Text, primary_key=True),
    Column("case_number", Integer, nullable=False),
    name("escalation"),
    Column("kind", choice(Kind, "kind"), nullable=False),
    name("owner", nullable=True),
    words("what"),
    moment("made_at"),
    moment("due_at"),
    moment("kept_at", nullable=True),
    moment("released_at", nullable=True),
    Column("missed", Boolean, nullable=False),
    counter("climbed"),
    moment("next_rung_at", nullable=True),
    ForeignKeyConstraint(["workspace", "case_number"], ["cases.workspace", "cases.number"]),
    ForeignKeyConstraint(["workspace", "escalation"], ["escalations.workspace", "escalations.id"]),
    Index(None, "workspace", "escalation"),
    partial_index("ix_promises_open", *("workspace", "due_at"), where=IS_OPEN),
    partial_index("ix_promises_next_rung_at", "next_rung_at", where=CLIMBS),
)
THE_CASE = (promises.c.workspace, promises.c.case_number)
IN_ORDER = (promises.c.due_at, promises.c.id)


class Promises:
    """The promises of each workspace. Whoever changes one holds its case."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def put(self, promise: Promise, *, next_rung_at: datetime | None) -> None:
        """Keep a promise as it is now, and when somebody is to be told of it next."""
        row = {**_row(promise), "next_rung_at": next_rung_at}
        putting = self._on.insert(promises)
        changed = {name: putting.excluded[name] for name in row}
        await self._on.run(
            putting.on_conflict_do_update(
                index_elements=[promises.c.workspace, promises.c.id], set_=changed
            ),
            row,
        )

    async def get(self, workspace: WorkspaceId, promise: PromiseId) -> Promise:
        """Return the promise.

        Raises:
            Stale: there is none of that id.
        """
        query = select(promises).where(promises.c.workspace == workspace, promises.c.id == promise)
        row = await self._on.first(query)
        if row is None:
            raise Stale
        return _promise(row)

    async def of(self, workspace: WorkspaceId, escalation: EscalationId) -> list[Promise]:
        """Return all promises of an escalation, in the order in which they are due."""
        return await self._all(
            select(promises).where(
                promises.c.workspace == workspace, promises.c.escalation == escalation
            )
        )

    async def open_in(self, workspace: WorkspaceId) -> list[Promise]:
        """Return the promises of a workspace that somebody still waits for."""
        return await self._all(select(promises).where(promises.c.workspace == workspace, IS_OPEN))

    async def workspaces_due(self, now: datetime) -> list[WorkspaceId]:
        """Return where somebody is to be told of a promise by now."""
        query = select(promises.c.workspace).where(CLIMBS, promises.c.next_rung_at <= now)
        rows = await self._on.all(query.distinct().order_by(promises.c.workspace))
        return [WorkspaceId(row.workspace) for row in rows]

    async def due(self, now: datetime, limit: int) -> list[Promise]:
        """Hold cases with promises whose next rung is due; return those, a case's together.

        Nobody else is given them meanwhile. Put again, each is due when its next rung is.
        """
        waiting = (
            select(*THE_CASE)
            .where(CLIMBS, promises.c.next_rung_at <= now)
            .order_by(promises.c.next_rung_at)
            .limit(limit)
        )
        holding = select(cases.c.workspace, cases.c.number).where(
            tuple_(cases.c.workspace, cases.c.number).in_(waiting)
        )
        held = await self._on.all(
            holding.with_for_update(of=cases, skip_locked=True, key_share=True)
        )
        self._on.held.update((WorkspaceId(row.workspace), case_id(row.number)) for row in held)
        query = select(promises).where(
            CLIMBS,
            promises.c.next_rung_at <= now,
            tuple_(*THE_CASE).in_([(row.workspace, row.number) for row in held]),
        )
        rows = await self._on.all(query.order_by(*THE_CASE, *IN_ORDER))
        return [_promise(row) for row in rows]

    async def next_rung_at(self) -> datetime | None:
        """Return when somebody is to be told of a promise next, None where nobody is."""
        due: datetime | None = await self._on.value(
            select(func.min(promises.c.next_rung_at)).where(CLIMBS)
        )
        return due

    async def _all(self, query: Select[Any]) -> list[Promise]:
        return [_promise(row) for row in await self._on.all(query.order_by(*IN_ORDER))]


def _row(promise: Promise) -> dict[str, Any]:
    return {
        "workspace": promise.workspace,
        "id": promise.id,
        "case_number": case_number(promise.case),
        "escalation": promise.escalation,
        "kind": promise.kind,
        "owner": promise.owner,
        "what": promise.what,
        "made_at": promise.made_at,
        "due_at": promise.due_at,
        "kept_at": promise.kept_at,
        "released_at": promise.released_at,
        "missed": promise.missed,
        "climbed": promise.climbed,
    }


def _promise(row: Row[Any]) -> Promise:
    return Promise(
        workspace=WorkspaceId(row.workspace),
        id=PromiseId(row.id),
        case=case_id(row.case_number),
        escalation=EscalationId(row.escalation),
        kind=row.kind,
        owner=UserId(row.owner) if row.owner else None,
        what=row.what,
        made_at=row.made_at,
        due_at=row.due_at,
        kept_at=row.kept_at,
        released_at=row.released_at,
        missed=row.missed,
        climbed=row.climbed,
    )
