"""How well the guidance advised, for those who lead."""

from collections.abc import Sequence

from handlers.views.message import Message, saying
from policy.guidance.report import TEXTS, Advice

MOST = 15
"""How many paths are told: the worst ones."""
NONE = (
    "No advice has been judged yet. Duty managers judge it with *Judge the guidance*, in an "
    "escalation's details."
)


def advice(found: Sequence[Advice]) -> Message:
    """Return the error rate of all advice that was judged, and of each path."""
    if not found:
        return saying(NONE)
    judged, mistaken = (sum(getattr(each, of) for each in found) for of in ("judged", "mistaken"))
    rate = f"{_rate(mistaken, judged)} of what was judged was wrong ({mistaken} of {judged})"
    lines = [f"*The guidance's advice*: {rate}.", *map(_path, found[:MOST])]
    if len(found) > MOST:
        lines.append(f"_And {len(found) - MOST} more paths, less often wrong._")
    return saying("\n".join(lines))


def _path(each: Advice) -> str:
    path = " → ".join(TEXTS.get(choice, choice) for choice in each.path) or "without a question"
    against = f"; {each.against} escalated against it" if each.against else ""
    return f"• {_rate(each.mistaken, each.judged)} ({each.mistaken} of {each.judged}{against}): {path}"


def _rate(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"
