"""The steps of a case's life: who takes them, and what they leave of the case."""

from dataclasses import replace
from datetime import datetime, timedelta

from policy.cases.case import (
    REOPENABLE_FOR,
    TRANSITIONS,
    WAITING,
    Case,
    CaseState,
    NextStep,
    OpenQuestion,
    Severity,
    is_requester,
    is_support,
)
from policy.cases.silence import PATIENCE, Patience, heard_from
from policy.ids import Tier
from policy.refusals import (
    AlreadyInState,
    EscalationIsOpen,
    NoLongerReopenable,
    NotYours,
    SameSeverity,
    SolutionNeeded,
)
from policy.roles import Role, Standing


def moved(case: Case, state: CaseState) -> Case:
    """Return the case in another state.

    Raises:
        AlreadyInState: the life of a case has no such step from where it stands.
    """
    if state not in TRANSITIONS[case.state]:
        raise AlreadyInState(case=case.id, state=case.state.value)
    return replace(case, state=state, version=case.version + 1)


def taken(case: Case, who: Standing) -> Case:
    """Return the case with this person as its engineer, and in progress if it was new.

    Raises:
        NotYours: only the support side takes cases.
        AlreadyInState: it is closed, or already this person's.
    """
    if not who.has(Role.ENGINEER, Role.LEAD, Role.DUTY_MANAGER):
        raise NotYours(case=case.id, need="a support engineer")
    if not case.is_open or case.engineer == who.user:
        raise AlreadyInState(case=case.id, state=case.state.value)
    if case.state is CaseState.NEW:
        case = moved(case, CaseState.IN_PROGRESS)
    return replace(case, engineer=who.user, version=case.version + 1)


def reopenable_until(case: Case, *, within: timedelta = REOPENABLE_FOR) -> datetime | None:
    """Return the last moment at which the closed case may be reopened, None if it is not closed."""
    return case.closed_at + within if case.closed_at and case.state is CaseState.CLOSED else None


def closed(case: Case, who: Standing, *, escalation_open: bool, now: datetime) -> Case:
    """Return the case closed by its requester, or by a lead (product, 3).

    Raises:
        NotYours: the person neither opened the case nor works on it.
        EscalationIsOpen: somebody still answers for it.
        SolutionNeeded: an engineer closes by a solution that is accepted, or not answered.
        AlreadyInState: it is not open.
    """
    if not (is_requester(case, who) or is_support(who)):
        raise NotYours(case=case.id, need="its requester or its engineer")
    if escalation_open:
        raise EscalationIsOpen(case=case.id)
    if case.is_open and not (is_requester(case, who) or who.has(Role.LEAD)):
        raise SolutionNeeded(case=case.id)
    return ended(case, CaseState.CLOSED, now=now)


def ended(case: Case, state: CaseState, *, now: datetime) -> Case:
    """Return the case at an end of its life, waiting for nobody any more.

    Raises:
        AlreadyInState: its life has no such step from where it stands.
    """
    return replace(moved(case, state), closed_at=now, question=None, third_party=None)


def reopened(case: Case, who: Standing, *, within: timedelta, now: datetime) -> Case:
    """Return the closed case in progress again; the true opening time stays.

    Raises:
        NotYours: the person neither opened the case nor works on it.
        AlreadyInState: it is not closed.
        NoLongerReopenable: it was closed too long ago; a new case may link to it.
    """
    if not (is_requester(case, who) or is_support(who)):
        raise NotYours(case=case.id, need="its requester or its engineer")
    until = reopenable_until(case, within=within)
    if until is None:
        raise AlreadyInState(case=case.id, state=case.state.value)
    if now > until:
        raise NoLongerReopenable(case=case.id, until=until)
    return replace(moved(case, CaseState.IN_PROGRESS), closed_at=None, solution=None)


def with_severity(case: Case, severity: Severity) -> Case:
    """Return the case under another severity, and so under a new version of its clock.

    Raises:
        SameSeverity: that is the severity it has.
    """
    if severity is case.severity:
        raise SameSeverity(case=case.id, severity=severity.value)
    return replace(
        case,
        severity=severity,
        clock_version=case.clock_version + 1,
        version=case.version + 1,
    )


def with_tier(case: Case, tier: Tier) -> Case:
    """Return the case under another tier, and so under a new version of its clock."""
    return replace(case, tier=tier, clock_version=case.clock_version + 1, version=case.version + 1)


def answered(case: Case, *, now: datetime, patience: Patience = PATIENCE) -> Case:
    """Return the case after a customer's public comment: one that waited is in progress again.

    On a proposed solution it is no answer, but no silence either: that starts anew.
    """
    if case.state in WAITING:
        return replace(moved(case, CaseState.IN_PROGRESS), question=None, third_party=None)
    if case.state is CaseState.SOLUTION_PROPOSED:
        return heard_from(case, patience=patience, now=now)
    return replace(case, version=case.version + 1)


def asked(case: Case, question: OpenQuestion) -> Case:
    """Return the case waiting for the customer's answer; the newest question replaces another."""
    if case.state is not CaseState.WAITING_CUSTOMER:
        case = moved(at_work(case), CaseState.WAITING_CUSTOMER)
    return replace(case, question=question, version=case.version + 1)


def at_work(case: Case) -> Case:
    """Return the case in progress, waiting for nobody.

    Raises:
        AlreadyInState: nobody works on it any more.
    """
    if not case.is_open:
        raise AlreadyInState(case=case.id, state=case.state.value)
    if case.state is not CaseState.IN_PROGRESS:
        case = moved(case, CaseState.IN_PROGRESS)
    return replace(case, question=None, third_party=None, solution=None)


def with_next_step(case: Case, step: NextStep) -> Case:
    """Return the case with another agreed next step."""
    return replace(case, next_step=step, version=case.version + 1)


def shown_anew(case: Case) -> Case:
    """Return the case after something that its card shows changed elsewhere."""
    return replace(case, version=case.version + 1)
