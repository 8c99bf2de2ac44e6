"""What the escalation form asks for, and whether it fits its case."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy.cases import Case, Severity
from policy.ids import RunId, UserId
from policy.refusals import Amiss


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
    said: tuple[str, ...] = ()
    """What was typed during it: where updates were asked for, why against its advice."""


def readable(request: EscalationRequest, case: Case) -> EscalationRequest:
    """Return the request, which fits its case.

    Raises:
        Amiss: fields repeat the case, or lack what such a case needs; all of them at once.
    """
    checks = (
        ("impact", _same(request.impact, case.description), "Say what the impact is now."),
        ("changed", _lacks_change(request), "Say what changed, or what was missed."),
        ("alternate", _lacks_alternate(request, case), "Name somebody else for an S1."),
        ("alternate", request.alternate == request.contact, "Name another person."),
    )
    messages = {field: message for field, is_amiss, message in checks if is_amiss}
    if messages:
        field, message = next(iter(messages.items()))
        raise Amiss(field=field, message=message, messages=messages)
    return request


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _lacks_change(request: EscalationRequest) -> bool:
    return request.reason in WHAT_CHANGED_REQUIRED and not request.changed.strip()


def _lacks_alternate(request: EscalationRequest, case: Case) -> bool:
    return case.severity is Severity.S1 and request.alternate is None
