"""The escalation: once per case, its states, who may move it, and how soon it must be answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from policy.cases import Case, Severity, is_requester
from policy.ids import CaseId, EscalationId, RunId, Tier, UserId, WorkspaceId
from policy.refusals import AlreadyAcknowledged, EscalationIsOver, NotYours, OwnCase, Unreadable
from policy.roles import Role, Side, Standing
from policy.settings import WhoMayEscalate, WorkspaceSettings
from policy.thresholds import TITANIUM


class EscalationState(StrEnum):
    """Where an escalation stands (product, 6)."""

    REQUESTED = "requested"
    ACKNOWLEDGED = "acknowledged"
    ACTIVE = "active"
    MONITORING = "monitoring"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REDIRECTED = "redirected"
    DECLINED = "declined"


E = EscalationState
OPEN = frozenset({E.REQUESTED, E.ACKNOWLEDGED, E.ACTIVE, E.MONITORING})
RESTORES_RIGHT = frozenset({E.WITHDRAWN, E.REDIRECTED})


class Reason(StrEnum):
    """Why a case needs someone besides its engineer; guidance finds it."""

    NO_RESPONSE = "no_response"
    SERVICE_QUALITY = "service_quality"
    BLOCKED = "blocked"
    IMPACT_CHANGED = "impact_changed"
    OTHER = "other"


WHAT_CHANGED_REQUIRED = frozenset({Reason.IMPACT_CHANGED, Reason.SERVICE_QUALITY})


class Workaround(StrEnum):
    """Whether the customer can work around the problem."""

    NONE = "none"
    IMPRACTICAL = "impractical"
    WORKS = "works"


class Reach(StrEnum):
    """How the requester wants to be reached."""

    THREAD = "thread"
    DM = "dm"
    CALL = "call"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRequest:
    """What the escalation form asks for, read and cleaned."""

    reason: Reason
    impact: str
    changed: str = ""
    """What changed or was missed."""
    wanted: str
    critical_at: datetime | None = None
    critical_meaning: str = ""
    workaround: Workaround = Workaround.NONE
    workaround_why: str = ""
    users_affected: int | None = None
    contact: UserId
    alternate: UserId | None = None
    reach: Reach = Reach.THREAD
    phone: str = ""
    """Digits only; never shown in a channel."""
    severity: Severity | None = None
    """The severity to ask for besides."""
    followers: tuple[UserId, ...] = ()
    confidential: bool = False
    run: RunId | None = None
    """The run of the guidance that led here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """The one request per case for someone besides the assigned engineer."""

    workspace: WorkspaceId
    id: EscalationId
    case: CaseId
    request: EscalationRequest
    state: EscalationState = EscalationState.REQUESTED
    submitted_by: UserId
    submitted_at: datetime
    acknowledge_due_at: datetime
    owner: UserId | None = None
    acknowledged_at: datetime | None = None
    contact_due_at: datetime | None = None
    uses_right: bool = True
    flags: tuple[str, ...] = ()
    """What the duty manager must know about how it came: overridden advice, claims unproven."""
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether somebody answers for it, or should."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How soon an escalation must be answered and kept up to date."""

    acknowledge: timedelta
    contact: timedelta
    update: timedelta


M = timedelta(minutes=1)
H = timedelta(hours=1)

TARGETS: Mapping[Severity, tuple[Target, Target]] = {
    # Titanium, every other tier
    Severity.S1: (
        Target(acknowledge=15 * M, contact=30 * M, update=1 * H),
        Target(acknowledge=30 * M, contact=60 * M, update=2 * H),
    ),
    Severity.S2: (
        Target(acknowledge=30 * M, contact=2 * H, update=4 * H),
        Target(acknowledge=60 * M, contact=4 * H, update=8 * H),
    ),
    Severity.S3: (
        Target(acknowledge=2 * H, contact=8 * H, update=24 * H),
        Target(acknowledge=4 * H, contact=12 * H, update=24 * H),
    ),
    Severity.S4: (
        Target(acknowledge=4 * H, contact=24 * H, update=48 * H),
        Target(acknowledge=8 * H, contact=24 * H, update=48 * H),
    ),
}


def target(severity: Severity, tier: Tier) -> Target:
    """Return how soon an escalation of such a case must be answered."""
    titanium, other = TARGETS[severity]
    return titanium if tier == TITANIUM else other


def may_escalate(case: Case, who: Standing, settings: WorkspaceSettings) -> bool:
    """Tell whether the person may raise the case's flag (product, 1)."""
    if is_requester(case, who):
        return True
    by_account = settings.who_may_escalate is WhoMayEscalate.ACCOUNT
    return by_account and who.side is Side.CUSTOMER and case.account in who.accounts


def may_know(escalation: Escalation, case: Case, who: Standing | None) -> bool:
    """Tell whether somebody may learn that the escalation exists; None stands for a card's readers.

    Of a confidential one only its requesters and the leads hear, and the case's engineer never.
    """
    if not escalation.request.confidential:
        return True
    if who is None or who.user == case.engineer:
        return False
    return who.has(Role.LEAD) or is_requester(case, who) or who.user == escalation.submitted_by


def readable(request: EscalationRequest, case: Case) -> EscalationRequest:
    """Return the request, which fits its case.

    Raises:
        Unreadable: a field repeats the case, or lacks what such a case needs.
    """
    for field, is_amiss, message in (
        ("impact", _same(request.impact, case.description), "Say what the impact is now."),
        ("changed", _lacks_change(request), "Say what changed, or what was missed."),
        ("alternate", _lacks_alternate(request, case), "Name somebody else for an S1."),
        ("alternate", request.alternate == request.contact, "Name another person."),
    ):
        if is_amiss:
            raise Unreadable(field=field, message=message)
    return request


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _lacks_change(request: EscalationRequest) -> bool:
    return request.reason in WHAT_CHANGED_REQUIRED and not request.changed.strip()


def _lacks_alternate(request: EscalationRequest, case: Case) -> bool:
    return case.severity is Severity.S1 and request.alternate is None


def submitted(
    case: Case,
    request: EscalationRequest,
    *,
    id: EscalationId,  # noqa: A002 - the value's own word
    by: Standing,
    flags: tuple[str, ...] = (),
    now: datetime,
) -> Escalation:
    """Return the escalation that uses the case's right; the acknowledgement clock starts."""
    return Escalation(
        workspace=case.workspace,
        id=id,
        case=case.id,
        request=request,
        submitted_by=by.user,
        submitted_at=now,
        acknowledge_due_at=now + target(case.severity, case.tier).acknowledge,
        flags=flags,
    )


def acknowledged(escalation: Escalation, case: Case, *, by: Standing, now: datetime) -> Escalation:
    """Return the escalation with this person as its owner.

    Raises:
        NotYours: only duty managers and leads acknowledge; confidential ones only leads.
        OwnCase: the case's engineer never decides.
        AlreadyAcknowledged: somebody was first.
        EscalationIsOver: it has ended meanwhile.
    """
    need = (Role.LEAD,) if escalation.request.confidential else (Role.DUTY_MANAGER, Role.LEAD)
    if not by.has(*need):
        words = "a lead" if escalation.request.confidential else "a duty manager"
        raise NotYours(case=case.id, need=words)
    if by.user == case.engineer:
        raise OwnCase(case=case.id)
    if escalation.owner is not None and escalation.is_open:
        raise AlreadyAcknowledged(case=case.id, escalation=escalation.id, owner=escalation.owner)
    if escalation.state is not EscalationState.REQUESTED:
        raise EscalationIsOver(case=case.id, state=escalation.state.value)
    return replace(
        escalation,
        state=EscalationState.ACKNOWLEDGED,
        owner=by.user,
        acknowledged_at=now,
        contact_due_at=now + target(case.severity, case.tier).contact,
        version=escalation.version + 1,
    )
