"""The severity request and the answer to it, read (product, 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.forms.reading import Reader
from policy.cases import Severity

WHY = (20, 1000)
SINCE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the form asks for."""

    severity: Severity
    why: str
    since: str


def read(view: Mapping[str, Any]) -> Typed:
    """Return what was asked for.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    typed = Typed(
        severity=reader.chosen("severity", Severity),
        why=reader.text("why", least=WHY[0], most=WHY[1]),
        since=reader.text("since", least=0, most=SINCE),
    )
    reader.done()
    return typed


def refusal(view: Mapping[str, Any]) -> str:
    """Return why a request is refused.

    Raises:
        Unreadable: too few words, or too many.
    """
    reader = Reader(view)
    reason = reader.text("reason", least=WHY[0], most=WHY[1])
    reader.done()
    return reason
