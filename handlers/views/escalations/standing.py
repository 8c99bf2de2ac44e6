"""Where an escalation stands, in sentences: who has it, what is promised, what is late.

Cards, board, lists and home say it with the same words; none of them is kinder than the record.
"""

from handlers.views.text import PASSAGE, ago, quoted, when, who
from handlers.views.words import (
    AGREEMENT,
    DECLINED,
    ESCALATION_STATE,
    OUTCOME,
    PROMISE,
    REDIRECTED,
    TREND,
)
from policy.board import Line, Overdue
from policy.escalations import Decline, Ending, Escalation, EscalationState, Redirection
from policy.promises import Kind

ENDING = 500
"""How much of the words at its end is told in passing."""
HOUR = 60
HOURS_FROM = 120
"""From how many minutes on lateness is told in hours."""


def over(overdue: Overdue) -> str:
    """Return by how much a target is missed: `12 minutes over the target`."""
    minutes = overdue.minutes
    if minutes >= HOURS_FROM:
        rest = f" {minutes % HOUR} min" if minutes % HOUR else ""
        return f"{minutes // HOUR} h{rest} over the target"
    if minutes < 1:
        return "less than a minute over the target"
    return f"{minutes} minute{'s' if minutes > 1 else ''} over the target"


def owned(line: Line) -> str:
    """Return who has it and since when; where nobody does, how long it has waited."""
    owner = line.escalation.owner
    if owner is None:
        return f"Nobody has it yet; it waits since {when(line.since)}"
    return f"{who(owner)} has it since {when(line.since)}"


def state(line: Line) -> str:
    """Return the state as one honest sentence, without a full stop."""
    escalation, late = line.escalation, line.overdue
    if escalation.state is not EscalationState.REQUESTED:
        paused = ", paused" if line.is_paused else ""
        return f"{ESCALATION_STATE[escalation.state]}{paused}"
    if late is not None and late.kind is Kind.ACKNOWLEDGE:
        return f"Not acknowledged yet, {over(late)}"
    due = escalation.acknowledge_due_at
    return f"Not acknowledged yet; to be acknowledged by {when(due)} ({ago(due)})"


def following(line: Line) -> str:
    """Return the promise that is due next, or how late it is; empty where nothing is promised.

    That nobody acknowledged is the state itself, and not said twice.
    """
    promise, late = line.next, line.overdue
    if promise is None or promise.kind is Kind.ACKNOWLEDGE:
        return ""
    what = PROMISE[promise.kind]
    if promise.what:
        what = f"{what} “{quoted(promise.what, 80)}”"
    if promise.owner and promise.owner != line.escalation.owner:
        what = f"{what} of {who(promise.owner)}"
    if late is not None:
        return f":red_circle: {what}: was due {when(promise.due_at)}, {over(late)}"
    return f"{what}: by {when(promise.due_at)} ({ago(promise.due_at)})"


def trend(line: Line) -> str:
    """Return how things are, as the owner told last; empty where nothing was told."""
    update = line.escalation.update
    return f"{TREND[update.trend]}, as of {when(update.at)}" if update else ""


def ended(escalation: Escalation, most: int = ENDING) -> str:
    """Return how it came to its end, for everybody to read; empty while it is open."""
    for end in (escalation.ending, escalation.redirection, escalation.decline):
        if end is not None and not escalation.is_open:
            return _end(end, most)
    return ""


def _end(end: Ending | Redirection | Decline, most: int) -> str:
    if isinstance(end, Ending):
        how = f"{OUTCOME[end.outcome]}; {AGREEMENT[end.agreement]}"
        return f"{who(end.by)} closed it {when(end.at)} ({how}): {quoted(end.summary, most)}"
    if isinstance(end, Redirection):
        becomes = REDIRECTED[end.target]
        return f"{who(end.by)} redirected it {when(end.at)}: {becomes}. {quoted(end.reason, most)}"
    half = min(most, PASSAGE)  # two texts share a section
    return (
        f"{who(end.by)} declined it {when(end.at)} ({DECLINED[end.code].lower()}): "
        f"{quoted(end.explanation, half)} Instead: {quoted(end.alternative, half)} "
        f"Please talk to {who(end.contact)}."
    )
