"""A case: its facts, its states, and who may do what to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from policy.ids import AccountId, CaseId, ChannelId, Tier, Ts, UserId, WorkspaceId
from policy.refusals import (
    AlreadyInState,
    EscalationIsOpen,
    NoLongerReopenable,
    NotYours,
    SameSeverity,
)
from policy.roles import Role, Side, Standing

REOPENABLE_FOR = timedelta(days=14)
SIMILAR_WITHIN = timedelta(hours=24)


class Severity(StrEnum):
    """How bad it is, worst first; what each means stands in `MEANING`."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"

    @property
    def rank(self) -> int:
        """1 for the worst to 4: lower is more urgent."""
        return int(self.value[1])

    def is_worse_than(self, other: Self) -> bool:
        """Tell whether this severity is the more urgent of the two."""
        return self.rank < other.rank


MEANING: Mapping[Severity, str] = {
    Severity.S1: "Production outage, no workaround",
    Severity.S2: "Key function impaired or badly degraded, no workaround",
    Severity.S3: "Moderate or minor impact, or a workaround exists, or a question",
    Severity.S4: "Cosmetic, documentation, wish",
}
IMPACT_REQUIRED = frozenset({Severity.S1, Severity.S2})


class CaseState(StrEnum):
    """Where a case stands in its life (product, 3)."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_THIRD_PARTY = "waiting_third_party"
    SOLUTION_PROPOSED = "solution_proposed"
    CLOSED = "closed"
    MERGED = "merged"


S = CaseState
TRANSITIONS: Mapping[CaseState, frozenset[CaseState]] = {
    S.NEW: frozenset({S.IN_PROGRESS, S.CLOSED, S.MERGED}),
    S.IN_PROGRESS: frozenset(
        {S.WAITING_CUSTOMER, S.WAITING_THIRD_PARTY, S.SOLUTION_PROPOSED, S.CLOSED, S.MERGED}
    ),
    S.WAITING_CUSTOMER: frozenset({S.IN_PROGRESS, S.CLOSED, S.MERGED}),
    S.WAITING_THIRD_PARTY: frozenset({S.IN_PROGRESS, S.CLOSED, S.MERGED}),
    S.SOLUTION_PROPOSED: frozenset({S.IN_PROGRESS, S.CLOSED, S.MERGED}),
    S.CLOSED: frozenset({S.IN_PROGRESS, S.MERGED}),
    S.MERGED: frozenset(),
}
OPEN = frozenset(CaseState) - {CaseState.CLOSED, CaseState.MERGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """What support asked the customer and has not been told yet."""

    text: str
    asked_by: UserId
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What support and customer agreed to happen next, and by when."""

    text: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A customer's problem. Moments are aware UTC in whole seconds."""

    workspace: WorkspaceId
    id: CaseId
    account: AccountId
    account_name: str
    tier: Tier
    title: str
    description: str
    severity: Severity
    state: CaseState = CaseState.NEW
    requester: UserId
    contact: UserId
    reporter: UserId | None = None
    engineer: UserId | None = None
    component: str = ""
    environment: str = ""
    business_impact: str = ""
    channel: ChannelId
    thread: Ts | None = None
    opened_at: datetime
    closed_at: datetime | None = None
    merged_into: CaseId | None = None
    question: OpenQuestion | None = None
    next_step: NextStep | None = None
    followers: frozenset[UserId] = frozenset()
    clock_version: int = 1
    """Counts the changes that moved the case's crossing."""
    version: int = 1
    """Counts all changes; a card that shows a lower one is out of date."""

    @property
    def is_open(self) -> bool:
        """Whether anybody still works on it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRequest:
    """What the form *open case* asks for, read and cleaned."""

    account: AccountId | None
    title: str
    description: str
    severity: Severity
    production_down: bool | None = None
    has_workaround: bool | None = None
    component: str = ""
    environment: str = ""
    business_impact: str = ""
    contact: UserId | None = None
    despite_warning: bool = False
    """The person has seen the doubt about S1, or the similar case, and goes on all the same."""


def doubts_s1(request: CaseRequest) -> bool:
    """Tell whether the answers contradict S1: production is up, or a workaround exists."""
    return request.severity is Severity.S1 and (
        request.production_down is False or request.has_workaround is True
    )


def may_see(case: Case, who: Standing) -> bool:
    """Tell whether the case may be shown to this person (product, 1)."""
    return who.side is Side.SUPPORT or is_requester(case, who) or case.account in who.accounts


def is_requester(case: Case, who: Standing) -> bool:
    """Tell whether the person opened the case, is its contact, or reported it for a customer."""
    return who.user in {case.requester, case.contact, case.reporter}


def is_support(who: Standing) -> bool:
    """Tell whether the person stands on the support side."""
    return who.side is Side.SUPPORT


def may_decide_severity(case: Case, who: Standing) -> bool:
    """Tell whether the person may grant, refuse or change a severity."""
    return who.user == case.engineer or who.has(Role.ENGINEER, Role.DUTY_MANAGER, Role.LEAD)


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
    """Return the case closed by the requester, or by the support side.

    Raises:
        NotYours: the person neither opened the case nor works on it.
        EscalationIsOpen: somebody still answers for it.
        AlreadyInState: it is not open.
    """
    if not (is_requester(case, who) or is_support(who)):
        raise NotYours(case=case.id, need="its requester or its engineer")
    if escalation_open:
        raise EscalationIsOpen(case=case.id)
    return replace(moved(case, CaseState.CLOSED), closed_at=now, question=None)


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
    return replace(moved(case, CaseState.IN_PROGRESS), closed_at=None)


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


def answered(case: Case) -> Case:
    """Return the case after a customer's public comment: one that waited is in progress again."""
    if case.state is not CaseState.WAITING_CUSTOMER:
        return replace(case, version=case.version + 1)
    return replace(moved(case, CaseState.IN_PROGRESS), question=None)


def asked(case: Case, question: OpenQuestion) -> Case:
    """Return the case waiting for the customer's answer; the newest question replaces another."""
    if case.state is not CaseState.WAITING_CUSTOMER:
        if case.state is not CaseState.IN_PROGRESS:
            case = moved(case, CaseState.IN_PROGRESS)
        case = moved(case, CaseState.WAITING_CUSTOMER)
    return replace(case, question=question, version=case.version + 1)


def with_next_step(case: Case, step: NextStep) -> Case:
    """Return the case with another agreed next step."""
    return replace(case, next_step=step, version=case.version + 1)


def shown_anew(case: Case) -> Case:
    """Return the case after something that its card shows changed elsewhere."""
    return replace(case, version=case.version + 1)
