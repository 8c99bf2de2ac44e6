"""Where a run of the guidance stands: recomputed from its answers each time, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from policy.comments import CommentKind
from policy.escalations import Judged
from policy.guidance.gates import Record
from policy.guidance.outcomes import (
    Comment,
    Escalate,
    NewCase,
    OtherCase,
    Outcome,
    SeverityRequest,
)
from policy.guidance.questions import STEPS, Choice, Facts, Goal, Question, Step
from policy.ids import AnswerId, CaseId, RunId, UserId, WorkspaceId
from policy.refusals import Unreadable
from policy.thresholds import is_available

TEXT_LIMIT = 300
MOST_ANSWERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a person chose, and typed where the choice asked for it."""

    choice: AnswerId
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One finished run of the guidance, as it is stored; a duty manager judges it later."""

    workspace: WorkspaceId
    id: RunId
    case: CaseId
    by: UserId
    at: datetime
    answers: tuple[Answer, ...]
    facts: Facts
    outcome: str
    override: str = ""
    """The reason given against the advice; empty where it was followed."""
    judged: Judged | None = None
    """What a duty manager made of the advice, where it led to an escalation."""


def facts(record: Record, *, now: datetime) -> Facts:
    """Return what the record contributes to the interview."""
    step = record.case.next_step
    return Facts(
        chases=record.said.chases,
        chases_needed=record.settings.chases_needed,
        last_reply_at=record.said.last_reply_at,
        next_step=step.text if step else "",
        next_step_due_at=step.due_at if step else None,
        is_next_step_ahead=step is not None and step.due_at > now,
    )


def walk(answers: Sequence[Answer], known: Facts, *, available: bool = True) -> Step | Outcome:
    """Return the next question, or the outcome, that these answers lead to.

    Where escalating is not available yet, what would be an escalation becomes what can be done.

    Raises:
        Unreadable: an answer does not belong to its question, or lacks its text, or is one too many.
    """
    goal: Question | Outcome = Question.ABOUT
    for answer in answers:
        if not isinstance(goal, Question):
            raise Unreadable(field=None, message="That question has been answered already.")
        choice = _chosen(STEPS[goal], answer)
        if goal is Question.SEVERITY:
            known = replace(known, severity_matches=choice.id == "matches")
        goal = _resolved(choice.to, known)
    if isinstance(goal, Question):
        return STEPS[goal]
    return goal if available else deferred(goal)


def deferred(outcome: Outcome) -> Outcome:
    """Return what can be done now instead of an escalation that is not available yet (G5)."""
    match outcome:
        case Escalate(reason=reason, asks_severity=True):
            return SeverityRequest(later=reason)
        case Escalate(reason=reason):
            return Comment(kind=CommentKind.CHASE, later=reason)
        case Comment() | SeverityRequest() | OtherCase() | NewCase():
            return outcome
        case _:
            assert_never(outcome)


def walked(answers: Sequence[Answer], record: Record, *, now: datetime) -> Step | Outcome:
    """Return where the answers lead with this record, at this moment."""
    available = is_available(record.case, record.table, now=now)
    return walk(answers, facts(record, now=now), available=available)


def _chosen(step: Step, answer: Answer) -> Choice:
    for choice in step.choices:
        if choice.id == answer.choice:
            if choice.asks_text and not answer.text.strip():
                raise Unreadable(field="text", message=choice.asks_text)
            return choice
    raise Unreadable(field="answer", message="Choose one of the answers.")


def _resolved(goal: Goal, known: Facts) -> Question | Outcome:
    return goal(known) if callable(goal) else goal
