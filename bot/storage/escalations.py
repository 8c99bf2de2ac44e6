"""Escalations: rows, once per case by index, and one change of each version."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Select,
    Table,
    case,
    or_,
    select,
    text,
    update,
)

from bot.storage import codec
from bot.storage.cards import Cards
from bot.storage.cases.rows import hold
from bot.storage.schema import choice, counter, document, metadata, moment, name, workspace
from bot.storage.transaction import Transaction
from policy.escalations import Escalation, EscalationRequest, EscalationState
from policy.ids import CaseId, EscalationId, UserId, WorkspaceId, case_id, case_number
from policy.refusals import (
    AlreadyAcknowledged,
    EscalationAlreadyOpen,
    EscalationIsOver,
    Refusal,
    RightIsUsed,
    Stale,
)

IS_OPEN = text("state IN ('requested', 'acknowledged', 'active', 'monitoring')")
USES_RIGHT = text("uses_right AND state NOT IN ('withdrawn', 'redirected')")

escalations = Table(
    "escalations",
    metadata,
    workspace(),
    name("id", primary_key=True),
    Column("case_number", Integer, nullable=False),
    document("request"),
    Column("state", choice(EscalationState, "state"), nullable=False),
    name("submitted_by"),
    moment("submitted_at"),
    moment("acknowledge_due_at"),
    name("owner", nullable=True),
    moment("acknowledged_at", nullable=True),
    moment("contact_due_at", nullable=True),
    Column("uses_right", Boolean, nullable=False),
    document("flags"),
    counter("version"),
    ForeignKeyConstraint(["workspace", "case_number"], ["cases.workspace", "cases.number"]),
    Index(
        "uq_escalations_one_open_per_case",
        *("workspace", "case_number"),
        unique=True,
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    ),
    Index(
        "uq_escalations_one_right_per_case",
        *("workspace", "case_number"),
        unique=True,
        sqlite_where=USES_RIGHT,
        postgresql_where=USES_RIGHT,
    ),
    Index(None, "workspace", "case_number"),
)


class Escalations:
    """The escalations of each workspace. Once per case is the indexes' to hold, not ours."""

    def __init__(self, transaction: Transaction, cards: Cards) -> None:
        self._on = transaction
        self._cards = cards

    async def add(self, escalation: Escalation) -> None:
        """Add an escalation.

        Raises:
            EscalationAlreadyOpen: somebody was first, and it is open.
            RightIsUsed: the case's only escalation has been used.
        """
        adding = self._on.insert(escalations)
        once = adding.on_conflict_do_nothing().returning(escalations.c.id)
        if await self._on.first(once, _row(escalation)) is None:
            raise _already(await self.of_case(escalation.workspace, escalation.case))

    async def get(self, workspace: WorkspaceId, escalation: EscalationId) -> Escalation:
        """Return the escalation.

        Raises:
            Stale: there is none of that id.
        """
        found = await self._only(select(escalations).where(_is(workspace, escalation)))
        if found is None:
            raise Stale
        return found

    async def of_case(self, workspace: WorkspaceId, of: CaseId) -> Escalation | None:
        """Return the case's open escalation, else the one that used its right, else None."""
        query = select(escalations).where(
            escalations.c.workspace == workspace,
            escalations.c.case_number == case_number(of),
            or_(IS_OPEN, USES_RIGHT),
        )
        return await self._only(query.order_by(case((IS_OPEN, 0), else_=1)).limit(1))

    async def save(self, escalation: Escalation) -> None:
        """Replace the escalation by its next version; of two that try, the first wins.

        Raises:
            AlreadyAcknowledged: somebody else owns it by now.
            EscalationIsOver: it has ended meanwhile.
            Stale: it changed in another way.
        """
        await hold(self._on, escalation.workspace, escalation.case)
        at = _is(escalation.workspace, escalation.id)
        saving = update(escalations).where(at, escalations.c.version == escalation.version - 1)
        if not await self._on.run(saving.values(**_row(escalation))):
            raise _changed(await self.get(escalation.workspace, escalation.id))
        versions: dict[CaseId | EscalationId, int] = {escalation.id: escalation.version}
        await self._cards.outdate(escalation.workspace, "escalation", versions)

    async def _only(self, query: Select[Any]) -> Escalation | None:
        row = await self._on.first(query)
        return _escalation(row) if row else None


def _already(first: Escalation | None) -> Refusal:
    if first is None:
        return Stale()
    if first.is_open:
        return EscalationAlreadyOpen(case=first.case, by=first.submitted_by, at=first.submitted_at)
    return RightIsUsed(case=first.case, at=first.submitted_at)


def _changed(now: Escalation) -> Refusal:
    if not now.is_open:
        return EscalationIsOver(case=now.case, state=now.state.value)
    if now.owner is None:
        return Stale()
    return AlreadyAcknowledged(case=now.case, escalation=now.id, owner=now.owner)


def _is(workspace: WorkspaceId, escalation: EscalationId) -> ColumnElement[bool]:
    return (escalations.c.workspace == workspace) & (escalations.c.id == escalation)


def _row(escalation: Escalation) -> dict[str, Any]:
    return {
        "workspace": escalation.workspace,
        "id": escalation.id,
        "case_number": case_number(escalation.case),
        "request": codec.encode(EscalationRequest, escalation.request),
        "state": escalation.state,
        "submitted_by": escalation.submitted_by,
        "submitted_at": escalation.submitted_at,
        "acknowledge_due_at": escalation.acknowledge_due_at,
        "owner": escalation.owner,
        "acknowledged_at": escalation.acknowledged_at,
        "contact_due_at": escalation.contact_due_at,
        "uses_right": escalation.uses_right,
        "flags": list(escalation.flags),
        "version": escalation.version,
    }


def _escalation(row: Row[Any]) -> Escalation:
    return Escalation(
        workspace=WorkspaceId(row.workspace),
        id=EscalationId(row.id),
        case=case_id(row.case_number),
        request=codec.decode(EscalationRequest, row.request),
        state=row.state,
        submitted_by=UserId(row.submitted_by),
        submitted_at=row.submitted_at,
        acknowledge_due_at=row.acknowledge_due_at,
        owner=UserId(row.owner) if row.owner else None,
        acknowledged_at=row.acknowledged_at,
        contact_due_at=row.contact_due_at,
        uses_right=row.uses_right,
        flags=tuple(row.flags),
        version=row.version,
    )
