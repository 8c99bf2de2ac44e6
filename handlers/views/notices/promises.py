"""What becomes of promises, and the duty channel's day, as messages."""

from collections.abc import Iterable
from typing import assert_never

from slack_sdk.models.blocks import Block

from handlers.ids import Action
from handlers.views.message import (
    Message,
    button,
    buttons,
    given,
    header,
    saying,
    section,
)
from handlers.views.text import ago, quoted, when, who
from handlers.views.words import ESCALATION_STATE, PROMISE, PROMISED
from policy.crossings import Crossing
from policy.hours import Span
from policy.notices import (
    ActionKept,
    ActionPromised,
    DueToday,
    DutyDay,
    OpenEscalation,
    PromiseFact,
    PromiseHastened,
    PromiseLate,
    PromiseWaits,
)
from policy.promises import Kind

MOST = 12
"""How many of a kind the day lists."""


def promises(fact: PromiseFact, of: str) -> Message:  # noqa: C901 - a row per fact
    """Return the message that tells the fact; `of` names the case."""
    match fact:
        case PromiseWaits():
            return saying(of + _waits(fact))
        case PromiseLate():
            return saying(of + _late(fact))
        case PromiseHastened():
            return saying(of + _hastened(fact))
        case ActionPromised(by=by, actor=actor, what=what, due_at=due_at):
            return saying(
                f"{of}{who(by)} notes that {who(actor)} will do this by {when(due_at)}: "
                f"{quoted(what, 500)}"
            )
        case ActionKept(by=by, what=what):
            return saying(f"{of}{who(by)} says that this is done: {quoted(what, 500)}")
        case DutyDay():
            return _day(fact)
        case _:
            assert_never(fact)


def _waits(fact: PromiseWaits) -> str:
    called = "".join(f"{who(each)} " for each in fact.mentions)
    owner = who(fact.owner) if fact.owner else "Whoever is on duty"
    what = quoted(fact.what, 300) if fact.kind is Kind.ACTION else PROMISED[fact.kind]
    return f"{called}{owner} is to {what} by {when(fact.due_at)} ({ago(fact.due_at)})."


def _hastened(fact: PromiseHastened) -> str:
    owner = who(fact.owner) if fact.owner else "whoever is on duty"
    return (
        f"it is {fact.severity.value} now, so {owner} is to {PROMISED[fact.kind]} by "
        f"{when(fact.due_at)} ({ago(fact.due_at)}), not by {when(fact.before)}."
    )


def _late(fact: PromiseLate) -> str:
    due = f" (it was due {when(fact.due_at)})" if fact.due_at else ""
    if fact.kind is Kind.ACKNOWLEDGE:
        return f"your escalation has not been acknowledged yet{due}; we keep asking."
    owner = who(fact.owner) if fact.owner else "whoever is on duty"
    return f"{owner} has yet to {PROMISED[fact.kind]}{due}; we keep asking."


def _day(day: DutyDay) -> Message:
    told = f"The duty desk, {day.day:%A} {day.day.day} {day.day:%B}"
    counted = f"{len(day.open)} open, {len(day.due_today)} due today, {len(day.gaps)} gaps ahead"
    return saying(
        f"{told}: {counted}.",
        *given(
            header(told),
            _part("Open escalations", map(_open, day.open)) or section("No escalation is open."),
            _part("Promises due today", map(_due, day.due_today)),
            _part("Escalating has become available", map(_crossed, day.crossings)),
            _part("Nobody is on duty", map(_gap, day.gaps)),
            buttons(button("All escalations", Action.LIST_OPEN)),
        ),
    )


def _part(title: str, lines: Iterable[str]) -> Block | None:
    found = list(lines)
    left = len(found) - MOST
    more = (f"_And {left} more._",) if left > 0 else ()
    return section(f"*{title}*", *(f"• {each}" for each in found[:MOST]), *more) if found else None


def _open(each: OpenEscalation) -> str:
    owner = who(each.owner) if each.owner else "nobody yet"
    late = f" · :red_circle: {each.late_by} minutes over the target" if each.late_by else ""
    due = f" · next promise {when(each.due_at)}" if each.due_at and not each.late_by else ""
    return (
        f"*{each.severity.value} · {each.case}* {quoted(each.title, 60)} · "
        f"{ESCALATION_STATE[each.state].lower()} · {owner}{due}{late}"
    )


def _due(each: DueToday) -> str:
    what = f" “{quoted(each.what, 80)}”" if each.what else ""
    owner = f" of {who(each.owner)}" if each.owner else ""
    return f"{each.case}: {PROMISE[each.kind].lower()}{what}{owner} by {when(each.due_at)}"


def _crossed(each: Crossing) -> str:
    return f"{each.severity.value} · {each.case} {quoted(each.title, 60)} since {when(each.crossed_at)}"


def _gap(each: Span) -> str:
    return f"from {when(each.start_at)} to {when(each.end_at)}"
