"""Gates: what stops an escalation before a question is asked (product, 4; G1 to G6)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from policy.cases import Case, CaseState, OpenQuestion, may_see, reopenable_until
from policy.comments import Conversation
from policy.escalations import Escalation, may_escalate, may_know
from policy.ids import CaseId
from policy.refusals import (
    CaseIsClosed,
    EscalationAlreadyOpen,
    NoSuchCase,
    NotAvailableYet,
    NotYours,
    QuestionIsOpen,
    Refusal,
    RightIsUsed,
)
from policy.roles import Side, Standing
from policy.settings import WorkspaceSettings
from policy.thresholds import Explanation, ThresholdTable, explain


class Reply(StrEnum):
    """What a person says to our open question (G6)."""

    ANSWER = "answer"
    ALREADY_ANSWERED = "already_answered"
    CANNOT_ANSWER = "cannot_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the record knows about a case when guidance looks at it."""

    case: Case
    said: Conversation
    escalation: Escalation | None
    """The open one, else the one that used the right, else None."""
    table: ThresholdTable
    settings: WorkspaceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class NotVisible:
    """G1: no such case, or not for this person; the answer is the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """G2: nobody works on it; reopen it, open a new case, or go to the surviving one."""

    reopenable_until: datetime | None
    survivor: CaseId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyOpen:
    """G3: an escalation is open; a statement may be added."""

    escalation: Escalation


@dataclass(frozen=True, slots=True, kw_only=True)
class RightUsed:
    """G4: the case's only escalation has been used."""

    escalation: Escalation


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """G5: not available yet; the interview may still run, but not towards an escalation."""

    explanation: Explanation
    urgent_contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingForYou:
    """G6: support asked, and the last public word was theirs."""

    question: OpenQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class NotForYou:
    """The person may read the case; escalating it is its requester's decision."""


Gate = NotVisible | Closed | AlreadyOpen | RightUsed | NotYet | WaitingForYou | NotForYou


def gate(
    record: Record, who: Standing, *, reply: Reply | None = None, now: datetime
) -> Gate | None:
    """Return the first gate that stands between this person and an escalation, if any.

    `reply` is what the person said to G6 already; only an answer given leaves that gate shut.
    """
    case, escalation = record.case, record.escalation
    if not may_see(case, who):
        return NotVisible()
    if not case.is_open:
        survivor = case.merged_into if case.state is CaseState.MERGED else None
        until = reopenable_until(case, within=record.settings.reopenable_for)
        return Closed(
            reopenable_until=until if until and now <= until else None, survivor=survivor
        )
    if escalation is not None and may_know(escalation, case, who):
        is_open = escalation.is_open
        return AlreadyOpen(escalation=escalation) if is_open else RightUsed(escalation=escalation)
    if not may_escalate(case, who, record.settings):
        return NotForYou()
    return _gate_of_time(record, reply, now=now)


def _gate_of_time(record: Record, reply: Reply | None, *, now: datetime) -> Gate | None:
    case = record.case
    explanation = explain(case, record.table)
    if now < explanation.available_at:
        return NotYet(explanation=explanation, urgent_contact=record.settings.urgent_contact)
    waits = case.state is CaseState.WAITING_CUSTOMER and record.said.last_side is Side.SUPPORT
    if waits and case.question and reply in {None, Reply.ANSWER}:
        return WaitingForYou(question=case.question)
    return None


def refusal(found: Gate, case: Case) -> Refusal:  # noqa: C901, PLR0911 - a row per gate
    """Return the gate as the refusal that stops a submission inside its transaction."""
    match found:
        case NotVisible():
            return NoSuchCase(case=case.id)
        case Closed():
            return CaseIsClosed(case=case.id)
        case AlreadyOpen(escalation=escalation):
            return EscalationAlreadyOpen(
                case=case.id, by=escalation.submitted_by, at=escalation.submitted_at
            )
        case RightUsed(escalation=escalation):
            return RightIsUsed(case=case.id, at=escalation.submitted_at)
        case NotYet(explanation=explanation):
            return NotAvailableYet(case=case.id, available_at=explanation.available_at)
        case WaitingForYou():
            return QuestionIsOpen(case=case.id)
        case NotForYou():
            return NotYours(case=case.id, need="the person who opened it, or its contact")
        case _:
            assert_never(found)
