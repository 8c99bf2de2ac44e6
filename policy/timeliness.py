"""Whether a notice is still true, asked just before it is sent (product, 7; architecture)."""

from dataclasses import dataclass
from datetime import datetime

from policy.awaited import come, still_pages
from policy.cases import Case, CaseState
from policy.escalations import Escalation
from policy.history import SYSTEM
from policy.notices import (
    Crossed,
    CrossedForDuty,
    CrossingNear,
    Duty,
    EscalationPaged,
    NextStepDue,
    Notice,
    Person,
    ReminderDue,
    SeverityRequested,
    SilenceCloses,
    SwapProposed,
    ThirdPartyDue,
)
from policy.promises import Promise
from policy.rota import Swap
from policy.severities import SeverityRequest
from policy.thresholds import ThresholdTable, available_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """The notice is still true: send it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """The notice is no longer true: cancel it, and record why."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """The notice has become true later than it was meant for: try again then."""

    until: datetime


Timeliness = Tell | Drop | Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """The state that a notice speaks of, read again."""

    case: Case | None
    escalation: Escalation | None
    """The one that the fact names; else the case's open one, else the one that used the right."""
    table: ThresholdTable
    severity_request: SeverityRequest | None = None
    """The one that waits for its answer."""
    promise: Promise | None = None
    """The one that the fact names."""
    swap: Swap | None = None
    """The one that the fact names."""


def timeliness(notice: Notice, present: Present, *, now: datetime) -> Timeliness:
    """Tell whether the notice is to be sent, dropped or kept for later."""
    match notice.fact:
        case Crossed(crossing=crossing) | CrossedForDuty(crossing=crossing):
            return _of_crossing(crossing.clock_version, present, now=now)
        case ReminderDue(clock_version=clock_version):
            return _of_reminder(clock_version, present, now=now)
        case CrossingNear() as near:
            return _of_warning(near, notice, present, now=now)
        case _:
            gone = _gone(notice, present, now=now)
            return Drop(why=gone) if gone else Tell()


def is_outdated(notice: Notice, present: Present, *, now: datetime) -> bool:
    """Tell whether a notice that stands somewhere no longer waits for what it asked."""
    if isinstance(notice.fact, SeverityRequested):
        asked = present.severity_request
        return asked is None or asked.id != notice.fact.request
    return isinstance(timeliness(notice, present, now=now), Drop)


def _gone(notice: Notice, present: Present, *, now: datetime) -> str:
    """Return why nobody needs the notice any more; empty where somebody does."""
    case, asked = present.case, present.severity_request
    match notice.fact:
        case EscalationPaged() as page:
            return still_pages(page, present.escalation)
        case NextStepDue() if case is None or not case.is_open:
            return "the case is closed"
        case ThirdPartyDue() | SilenceCloses():
            return _moved_on(notice.fact, case)
        case SeverityRequested(request=request) if notice.to == Duty():
            is_open = case is not None and case.is_open
            waiting = is_open and asked and asked.id == request
            return "" if waiting else "the severity request has its answer"
        case SwapProposed():
            return _over(present.swap, now=now)
        case _:
            return come(notice.fact, present.escalation, present.promise, now=now)


def _over(swap: Swap | None, *, now: datetime) -> str:
    if swap is None or swap.accepted is not None:
        return "the swap has its answer"
    return "" if now < swap.end_at else "the time to be swapped is over"


def _moved_on(fact: ThirdPartyDue | SilenceCloses, case: Case | None) -> str:
    third, solution = (case.third_party, case.solution) if case else (None, None)
    if isinstance(fact, ThirdPartyDue):
        awaited = third and (third.whom, third.until) == (fact.whom, fact.until)
        return "" if awaited else "the case no longer waits for that"
    is_silent = case is not None and case.state is CaseState.SOLUTION_PROPOSED
    closes = is_silent and solution and solution.closes_at == fact.closes_at
    return "" if closes else "somebody answered"


def _of_crossing(clock_version: int, present: Present, *, now: datetime) -> Timeliness:
    case = present.case
    if case is None or not case.is_open:
        return Drop(why="the case is closed")
    if case.clock_version != clock_version:
        return Drop(why="the case's clock changed")
    if present.escalation is not None:
        return Drop(why="the case has been escalated")
    if now < available_at(case, present.table):
        return Drop(why="the threshold table changed")
    return Tell()


def _of_warning(
    near: CrossingNear, notice: Notice, present: Present, *, now: datetime
) -> Timeliness:
    case = present.case
    if case is None or not case.is_open:
        return Drop(why="the case is closed")
    if case.clock_version != near.clock_version:
        return Drop(why="the case's clock changed")
    if notice.to != Person(user=case.engineer or SYSTEM):
        return Drop(why="the case has another engineer")
    if present.escalation is not None or now >= available_at(case, present.table):
        return Drop(why="escalating is available, or was used")
    return Tell()


def _of_reminder(clock_version: int, present: Present, *, now: datetime) -> Timeliness:
    case = present.case
    if case is None or not case.is_open:
        return Drop(why="the case is closed")
    if present.escalation is not None:
        return Drop(why="the case has been escalated")
    if case.clock_version != clock_version:
        return Drop(why="the case's clock changed, and another reminder stands for this one")
    at = available_at(case, present.table)
    return Wait(until=at) if now < at else Tell()
