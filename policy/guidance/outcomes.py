"""What a run of the guidance may end in. Each is carried out by one primary button."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from policy.comments import CommentKind
from policy.escalations import Reason
from policy.refusals import Stale, Unreadable

OVERRIDE_REASON = (20, 500)
"""How many characters a reason against the advice has, at least and at most."""


class Flag(StrEnum):
    """What the duty manager must know about the way an escalation came."""

    OVERRIDDEN = "overridden"
    """Guidance advised something else; the requester gave a reason against it."""
    ASKED_ELSEWHERE = "asked_elsewhere"
    """The requester asked for updates where the record cannot see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate:
    """Someone besides the engineer has to act: show the escalation form."""

    reason: Reason
    flags: tuple[Flag, ...] = ()
    confidential: bool = False
    asks_severity: bool = False
    """The severity no longer matches: the form offers to ask for another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """The engineer can act: post the comment, or the chase, with the text typed."""

    kind: CommentKind
    remind_at: datetime | None = None
    """When the agreed next step is due; the person is reminded then."""
    or_severity: bool = False
    """A severity request may fit as well."""
    later: Reason | None = None
    """It would be an escalation for this reason, were it available already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityRequest:
    """The severity no longer matches, and the engineer can act: ask for another."""

    later: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCase:
    """It is about another open case: pick it, and start there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """Nothing is open for it: open a case, prefilled."""


Outcome = Escalate | Comment | SeverityRequest | OtherCase | NewCase


def name(outcome: Outcome) -> str:
    """Return the outcome as the stored run names it: `escalate:blocked`, `comment:chase`, ..."""
    match outcome:
        case Escalate(reason=reason):
            return f"escalate:{reason.value}"
        case Comment(kind=kind):
            return f"comment:{kind.value}"
        case SeverityRequest():
            return "severity"
        case OtherCase():
            return "other_case"
        case NewCase():
            return "new_case"
        case _:
            assert_never(outcome)


def may_override(outcome: Outcome) -> bool:
    """Tell whether a person may escalate against this advice, once and with a reason."""
    match outcome:
        case Comment(later=later) | SeverityRequest(later=later):
            return later is None
        case Escalate() | OtherCase() | NewCase():
            return False
        case _:
            assert_never(outcome)


def overriding(outcome: Outcome, reason: str) -> str:
    """Return the reason against this advice; empty where it is to escalate, and none is needed.

    Raises:
        Unreadable: the reason is too short to be one, or too long.
        Stale: against this advice nobody escalates.
    """
    if isinstance(outcome, Escalate):
        return ""
    if not may_override(outcome):
        raise Stale
    said, (least, most) = reason.strip(), OVERRIDE_REASON
    if not least <= len(said) <= most:
        raise Unreadable(field="override", message=f"Write {least} to {most} characters.")
    return said
