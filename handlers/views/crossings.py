"""Crossings as messages: that escalating a case, or several, is available."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from slack_sdk.models.blocks import ButtonElement

from handlers.ids import Action
from handlers.views.message import Message, button, buttons, given, saying, section
from handlers.views.text import quoted, when, who
from policy.casefile import CaseFile
from policy.crossings import DIGEST_SIZE, Crossing, Late, late
from policy.ids import CaseId

LINES = 10
"""How many cases of a digest stand in one block."""
NAMED = 20
"""How many cases of a digest its notification names."""
DIGEST_TITLE = 60
WHY_LATE: Mapping[Late, str] = {
    Late.UNNOTICED: "as it was noticed only then",
    Late.UNDELIVERED: "as it could not be delivered before",
}


def crossed(crossing: Crossing, *, owed_at: datetime, now: datetime) -> Message:
    """Return the notice in the case's thread, for requester and followers."""
    people = " ".join(map(who, (crossing.requester, *sorted(crossing.followers))))
    text = f"{people} {_said(crossing, owed_at=owed_at, now=now)}"
    return saying(
        text,
        *given(
            section(text),
            buttons(
                button("Check if escalating fits", Action.GUIDE, crossing.case, style="primary"),
                button("Ask for an update", Action.CHASE, crossing.case),
                button("Not needed", Action.DISMISS, crossing.case),
            ),
        ),
    )


def crossed_for_duty(crossing: Crossing, *, owed_at: datetime, now: datetime) -> Message:
    """Return the notice for the duty channel: the requester decides, nobody has to act yet."""
    engineer = who(crossing.engineer) if crossing.engineer else "nobody yet"
    text = (
        f"{_said(crossing, owed_at=owed_at, now=now)} {crossing.severity.value} of "
        f"{quoted(crossing.account_name)} ({quoted(crossing.tier, 40)}); engineer: {engineer}."
    )
    return saying(text, section(text), *buttons(_show(crossing.case)))


def crossed_together(
    crossings: Sequence[Crossing], *, owed_at: datetime, now: datetime
) -> Message:
    """Return one digest for one channel: it names the first, and counts the others."""
    oldest = min(each.crossed_at for each in crossings)
    why = late(oldest, owed_at=owed_at, now=now)
    told = f" Told at {when(now)}, {WHY_LATE[why]}." if why else ""
    many = "1 case" if len(crossings) == 1 else f"{len(crossings)} cases"
    first = f"Escalating is available for {many}; each requester decides.{told}"
    names = ", ".join(f"{each.case} ({each.severity.value})" for each in crossings[:NAMED])
    more = f" and {len(crossings) - NAMED} more" if len(crossings) > NAMED else ""
    listed = (section(*lines) for lines in _groups(map(_line, crossings[:DIGEST_SIZE])))
    rest = len(crossings) - DIGEST_SIZE
    others = section(f"And {rest} more: `/case list available` shows all.") if rest > 0 else None
    return saying(f"{first} {names}{more}.", *given(section(f"*{first}*"), *listed, others))


def promised(case: CaseId, at: datetime | None) -> Message:
    """Return what a person reads who wants to be reminded; None where nothing is to wait for."""
    if at is None:
        text = f"Escalating *{case}* is available already."
        guide = button("Check if escalating fits", Action.GUIDE, case)
        return saying(text, section(text), *buttons(guide))
    return saying(f":bell: I tell you when escalating *{case}* becomes available: {when(at)}.")


def dismissed(file: CaseFile) -> Message:
    """Return what a person reads who needs no escalation; the right stays."""
    case = file.case
    text = (
        f"Noted: *{case.id}* needs no escalation now. It can still be escalated, once, whenever "
        "that changes."
    )
    return saying(
        text, section(text), *buttons(button("Check if escalating fits", Action.GUIDE, case.id))
    )


def _said(crossing: Crossing, *, owed_at: datetime, now: datetime) -> str:
    why = late(crossing.crossed_at, owed_at=owed_at, now=now)
    told = f", told at {when(now)}, {WHY_LATE[why]}" if why else ""
    return (
        f"*{crossing.case}* {quoted(crossing.title)}: "
        f"escalating is available since {when(crossing.crossed_at)}{told}."
    )


def _line(crossing: Crossing) -> str:
    title = quoted(crossing.title, DIGEST_TITLE)
    named = f"*{crossing.case}* {crossing.severity.value} {title}"
    return f"• {named}, since {when(crossing.crossed_at)}"


def _groups(lines: Iterable[str]) -> Iterator[tuple[str, ...]]:
    rest = iter(lines)
    while group := tuple(islice(rest, LINES)):
        yield group


def _show(case: CaseId) -> ButtonElement:
    return button("Show the case", Action.SHOW_CASE, case)
