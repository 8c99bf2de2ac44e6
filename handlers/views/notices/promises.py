"""What becomes of promises, and the duty channel's day, as messages."""

from typing import assert_never

from handlers.views.message import Message, saying, section
from handlers.views.text import ago, quoted, when, who
from handlers.views.words import ESCALATION_STATE, PROMISED
from policy.notices import (
    ActionKept,
    ActionPromised,
    DutyDay,
    PromiseFact,
    PromiseLate,
    PromiseWaits,
)
from policy.promises import Kind

MOST = 20
"""How many of a kind the day lists."""


def promises(fact: PromiseFact, of: str) -> Message:
    """Return the message that tells the fact; `of` names the case."""
    match fact:
        case PromiseWaits():
            return saying(of + _waits(fact))
        case PromiseLate():
            return saying(of + _late(fact))
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


def _late(fact: PromiseLate) -> str:
    due = f" (it was due {when(fact.due_at)})" if fact.due_at else ""
    if fact.kind is Kind.ACKNOWLEDGE:
        return f"your escalation has not been acknowledged yet{due}; we keep asking."
    owner = who(fact.owner) if fact.owner else "whoever is on duty"
    return f"{owner} has yet to {PROMISED[fact.kind]}{due}; we keep asking."


def _day(day: DutyDay) -> Message:
    crossed = ", ".join(each.case for each in day.crossings[:MOST])
    parts = (
        f"Escalating has become available: {crossed}." if crossed else "",
        *(
            f"*{each.case}* {quoted(each.title)} · {each.severity.value} · "
            f"{ESCALATION_STATE[each.state]}"
            for each in day.open[:MOST]
        ),
        *(
            f"Due today, {each.case}: {PROMISED[each.kind]} by {when(each.due_at)}"
            for each in day.due_today[:MOST]
        ),
        *(
            f"Nobody is on duty from {when(each.start_at)} to {when(each.end_at)}."
            for each in day.gaps[:MOST]
        ),
    )
    text = "\n".join(("The duty desk today:", *filter(None, parts)))
    return saying(text, section(text[:2900]))
