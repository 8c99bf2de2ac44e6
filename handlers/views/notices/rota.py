"""What becomes of the rota, as messages."""

from typing import assert_never

from handlers.ids import Action
from handlers.views.message import Message, button, buttons, saying, section
from handlers.views.rota import lasting
from handlers.views.text import quoted, when, who
from policy.hours import Span
from policy.notices import (
    CalendarUnusable,
    DutyArranged,
    GapsForeseen,
    RotaFact,
    SwapAnswered,
    SwapProposed,
)

UNATTENDED = (
    "*Nobody is on duty then.* Take a time, or arrange who does it; until somebody does, "
    "leads and administrators are told of escalations."
)
CALENDAR = (
    "The calendar that says who is on duty gives nothing that can be read (`{error}`); what it said "
    "last counts until then. Check CASEFLAG_ROTA_ICAL_URL."
)
MOST = 12
"""How many gaps are listed."""


def rota(fact: RotaFact) -> Message:
    """Return the message that tells the fact."""
    match fact:
        case SwapProposed():
            return _proposed(fact)
        case SwapAnswered():
            return saying(_answered(fact))
        case DutyArranged():
            return saying(_arranged(fact))
        case GapsForeseen(gaps=gaps):
            return _gaps(gaps)
        case CalendarUnusable(error=error):
            return saying(CALENDAR.format(error=quoted(error, 80)))
        case _:
            assert_never(fact)


def _proposed(fact: SwapProposed) -> Message:
    span = lasting(Span(start_at=fact.start_at, end_at=fact.end_at))
    text = (
        f"{who(fact.by)} proposes a swap: {who(fact.taker)} is on duty instead of "
        f"{who(fact.giver)}, {span}. It counts once you accept."
    )
    return saying(
        text,
        section(text),
        *buttons(
            button("Accept", Action.ACCEPT_SWAP, fact.swap, style="primary"),
            button("Refuse", Action.REFUSE_SWAP, fact.swap),
        ),
    )


def _answered(fact: SwapAnswered) -> str:
    span = lasting(Span(start_at=fact.start_at, end_at=fact.end_at))
    if fact.accepted:
        return f"{who(fact.by)} accepted the swap: {who(fact.taker)} is on duty {span}."
    return f"{who(fact.by)} called the swap off: {who(fact.giver)} stays on duty {span}."


def _arranged(fact: DutyArranged) -> str:
    span = lasting(Span(start_at=fact.start_at, end_at=fact.end_at))
    instead = f" instead of {who(fact.instead_of)}" if fact.instead_of else ""
    if fact.is_revoked:
        return f"{who(fact.by)} took this back: {who(fact.person)} on duty{instead}, {span}."
    return f"{who(fact.by)} arranged that {who(fact.person)} is on duty{instead}, {span}."


def _gaps(gaps: tuple[Span, ...]) -> Message:
    lines = [f"• {lasting(each)}" for each in gaps[:MOST]]
    if len(gaps) > MOST:
        lines.append(f"• and {len(gaps) - MOST} times more, until {when(gaps[-1].start_at)}")
    text = "\n".join(
        (
            UNATTENDED,
            *lines,
        )
    )
    return saying(text, section(text), *buttons(button("Who is on duty", Action.DUTY)))
