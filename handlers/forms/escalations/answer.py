"""The forms of the first answer, and of what may be said against it, read (product, 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.forms.reading import Reader
from policy.cases import Severity
from policy.escalations import LENGTHS, DeclineReason, RedirectTarget
from policy.ids import CaseId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """Where an escalation is sent."""

    target: RedirectTarget
    reason: str
    other: CaseId | None
    severity: Severity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """Why it is declined, and what helps instead."""

    code: DeclineReason
    explanation: str
    alternative: str
    contact: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """A lead's answer."""

    granted: bool
    answer: str


def words(reader: Reader, name: str) -> str:
    """Return a text that must be given, within the lengths that the rules ask for."""
    least, most = LENGTHS[name]
    return reader.text(name, least=least, most=most)


def only(view: Mapping[str, Any], name: str) -> str:
    """Return the one text that a form asks for.

    Raises:
        Unreadable: too few words, or too many.
    """
    reader = Reader(view)
    said = words(reader, name)
    reader.done()
    return said


def redirect(view: Mapping[str, Any]) -> Redirect:
    """Return where it belongs, with the case or the severity that this takes.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    other, severity = reader.value("case"), reader.choice("severity", Severity)
    target = reader.chosen("target", RedirectTarget)
    if target is RedirectTarget.OTHER_CASE and not other:
        reader.amiss("case", "Choose the case that it belongs to.")
    if target is RedirectTarget.SEVERITY_REQUEST and severity is None:
        reader.amiss("severity", "Choose the severity to ask for.")
    typed = Redirect(
        target=target,
        reason=words(reader, "reason"),
        other=CaseId(other) if other else None,
        severity=severity,
    )
    reader.done()
    return typed


def decline(view: Mapping[str, Any]) -> Decline:
    """Return why, what helps instead, and whom to talk to.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    typed = Decline(
        code=reader.chosen("code", DeclineReason),
        explanation=words(reader, "explanation"),
        alternative=words(reader, "alternative"),
        contact=reader.somebody("contact"),
    )
    reader.done()
    return typed


def settle(view: Mapping[str, Any]) -> Settle:
    """Return whether they are right, and why.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    granted = reader.answered("granted")
    typed = Settle(granted=granted, answer=words(reader, "answer"))
    reader.done()
    return typed
