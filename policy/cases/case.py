"""A case: its facts, its states, and who may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from policy.ids import AccountId, CaseId, ChannelId, Tier, Ts, UserId, WorkspaceId
from policy.roles import Role, Side, Standing

REOPENABLE_FOR = timedelta(days=14)
SIMILAR_WITHIN = timedelta(hours=24)
SILENT_FOR = timedelta(days=5)
"""How long a requester may be silent on a proposed solution before it closes the case."""


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
WAITING = frozenset({CaseState.WAITING_CUSTOMER, CaseState.WAITING_THIRD_PARTY})


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
class ThirdParty:
    """Somebody besides us and the customer who has to do something first."""

    whom: str
    until: datetime
    """When we look again, whatever they did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What support says solves the case, for the requester to accept or reject."""

    text: str
    by: UserId
    at: datetime
    closes_at: datetime
    """When silence closes the case."""
    due_at: datetime
    """When silence is next spoken of: a warning, or the end."""


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
    third_party: ThirdParty | None = None
    """Whom the case waits for, while it does."""
    solution: Solution | None = None
    """The one that was proposed; it stays with a case that it closed."""
    related: frozenset[CaseId] = frozenset()
    """Cases of the same account that somebody linked to this one."""
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
    continues: CaseId | None = None
    """The closed case that this one goes on from; both are linked."""
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
