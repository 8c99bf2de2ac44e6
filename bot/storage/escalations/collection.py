"""Escalations: once per case by index, and one change of each version."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, or_, select, update

from bot.storage.among import among
from bot.storage.cards import OF_AN_ESCALATION, Cards
from bot.storage.cases.rows import OF_A_CASE, case_of, cases, hold
from bot.storage.escalations.rows import (
    IS_OPEN,
    IS_PROMPTED,
    USES_RIGHT,
    escalation_of,
    escalations,
    row_of,
)
from bot.storage.transaction import Parameters, Transaction
from policy.cases import Case
from policy.escalations import Escalation, EscalationState
from policy.ids import CaseId, EscalationId, WorkspaceId, case_id, case_number
from policy.refusals import (
    AlreadyAcknowledged,
    EscalationAlreadyOpen,
    EscalationIsOver,
    EscalationMoved,
    Refusal,
    RightIsUsed,
    Stale,
)

BY_CASE = (
    select(escalations)
    .where(
        escalations.c.workspace == bindparam("of_workspace"),
        escalations.c.case_number == bindparam("of_case"),
        or_(IS_OPEN, USES_RIGHT),
    )
    .order_by(case((IS_OPEN, 0), else_=1))
    .limit(1)
)
ESCALATED = select(escalations.c.case_number).where(
    escalations.c.workspace == bindparam("of_workspace"),
    among(escalations.c.case_number, "of_cases"),
    or_(IS_OPEN, USES_RIGHT),
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
        if await self._on.first(once, row_of(escalation)) is None:
            raise _already(await self.of_case(escalation.workspace, escalation.case))
        self._cards.board_changed(escalation.workspace)

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
        this = {"of_workspace": workspace, "of_case": case_number(of)}
        return await self._only(BY_CASE, this)

    async def escalated(self, workspace: WorkspaceId, of: Iterable[CaseId]) -> set[CaseId]:
        """Return which of these cases have an open escalation, or one that used the right."""
        these = {"of_workspace": workspace, "of_cases": [case_number(each) for each in of]}
        return {case_id(row.case_number) for row in await self._on.all(ESCALATED, these)}

    async def all_of(self, workspace: WorkspaceId, of: CaseId) -> list[Escalation]:
        """Return every escalation that the case ever had, oldest first."""
        query = select(escalations).where(
            escalations.c.workspace == workspace, escalations.c.case_number == case_number(of)
        )
        rows = await self._on.all(query.order_by(escalations.c.submitted_at, escalations.c.id))
        return [escalation_of(row) for row in rows]

    async def open_in(self, workspace: WorkspaceId) -> list[tuple[Escalation, Case]]:
        """Return the open escalations of a workspace, each with its case, oldest first."""
        of = (escalations.c.workspace == workspace) & IS_OPEN
        query = select(escalations).where(of)
        rows = await self._on.all(query.order_by(escalations.c.submitted_at, escalations.c.id))
        numbers = select(escalations.c.case_number).where(of)
        theirs = select(*OF_A_CASE).where(
            cases.c.workspace == workspace, cases.c.number.in_(numbers)
        )
        known = {row.number: case_of(row) for row in await self._on.all(theirs)}
        return [
            (escalation_of(row), known[row.case_number])
            for row in rows
            if row.case_number in known
        ]

    async def to_prompt(self, now: datetime, limit: int) -> list[Escalation]:
        """Return escalations whose requester is to be asked once more, the longest due first."""
        query = select(escalations).where(IS_PROMPTED, escalations.c.prompt_due_at <= now)
        rows = await self._on.all(query.order_by(escalations.c.prompt_due_at).limit(limit))
        return [escalation_of(row) for row in rows]

    async def next_prompt_at(self) -> datetime | None:
        """Return when the next requester is to be asked once more, None where nobody is."""
        query = select(func.min(escalations.c.prompt_due_at)).where(IS_PROMPTED)
        due: datetime | None = await self._on.value(query)
        return due

    async def save(self, escalation: Escalation) -> None:
        """Replace the escalation by its next version; of two that try, the first wins.

        Raises:
            AlreadyAcknowledged: somebody else owns it by now.
            EscalationIsOver: it has ended meanwhile.
            EscalationMoved: it went on meanwhile.
            Stale: it changed in another way.
        """
        await hold(self._on, escalation.workspace, escalation.case)
        at = _is(escalation.workspace, escalation.id)
        saving = update(escalations).where(at, escalations.c.version == escalation.version - 1)
        if not await self._on.run(saving.values(**row_of(escalation))):
            raise _changed(await self.get(escalation.workspace, escalation.id))
        await self._cards.outdate(
            escalation.workspace, OF_AN_ESCALATION, escalation.id, escalation.version
        )
        self._cards.board_changed(escalation.workspace)

    async def _only(self, query: Select[Any], parameters: Parameters = None) -> Escalation | None:
        row = await self._on.first(query, parameters)
        return escalation_of(row) if row else None


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
    if now.state is EscalationState.ACKNOWLEDGED:
        return AlreadyAcknowledged(case=now.case, escalation=now.id, owner=now.owner)
    return EscalationMoved(case=now.case, state=now.state.value, owner=now.owner)


def _is(workspace: WorkspaceId, escalation: EscalationId) -> ColumnElement[bool]:
    return (escalations.c.workspace == workspace) & (escalations.c.id == escalation)
