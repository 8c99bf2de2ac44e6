"""What the support side does with a case, and what answers it, as messages."""

from collections.abc import Mapping
from typing import assert_never

from slack_sdk.models.blocks import ButtonElement

from handlers.ids import Action
from handlers.views.hearing import digest
from handlers.views.message import Message, button, buttons, given, saying, section
from handlers.views.text import lasts, passage, quoted, when, who
from handlers.views.waiting import answers
from policy.cases import Case
from policy.fairness import Deed, Flag, Timing
from policy.ids import CaseId
from policy.notices import (
    CaseAssigned,
    CaseMerged,
    CaseResumed,
    CasesDigest,
    CasesLinked,
    CaseWaits,
    CaseworkFact,
    ClockFlagged,
    NoteAdded,
    ReminderAsked,
    SilenceCloses,
    SolutionProposed,
    SolutionRejected,
    ThirdPartyDue,
)

DEED: Mapping[Deed, str] = {
    Deed.LOWERED: "lowered the severity",
    Deed.SET_WAITING: "let the case wait",
}
TIMING: Mapping[Timing, str] = {
    Timing.BEFORE_THRESHOLD: "before escalating became available",
    Timing.AFTER_REPLY: "after the customer's reply",
}


def casework(  # noqa: C901, PLR0911, PLR0912 - a row per fact
    fact: CaseworkFact, case: Case | None, of: str
) -> Message:
    """Return the message that tells the fact; `of` names the case."""
    show = _show(case.id) if case else None
    match fact:
        case CaseAssigned(by=by, engineer=engineer, note=note):
            return _with(f"{of}{who(by)} gave this case to {who(engineer)}.", note, show)
        case CaseWaits(by=by, whom=whom, until=until, text=text):
            first = f"{of}{who(by)} waits for {quoted(whom)} until {when(until)}."
            return _with(first, text)
        case ThirdPartyDue(whom=whom, until=until):
            return _with(f"{of}it was to wait for {quoted(whom)} until {when(until)}.", "", show)
        case CaseResumed(by=by):
            return saying(f"{of}in progress again, says {who(by)}.")
        case SolutionProposed() | SilenceCloses():
            return _solution(fact, case, of)
        case SolutionRejected(by=by, reason=reason):
            return _with(f"{of}{who(by)} says that it is not solved:", reason)
        case CaseMerged(by=by, gone=gone, into=into):
            text = f"*{gone}* goes on in *{into}*: {who(by)} merged it, and its followers moved."
            return _with(text, "", _show(into))
        case CasesLinked(by=by, other=other):
            return _with(f"{of}{who(by)} linked *{other}*.", "", _show(other))
        case ReminderAsked(text=text, asked_at=at):
            return _with(f"{of}you asked {when(at)} to be reminded.", text, show)
        case NoteAdded(author=author, text=text):
            return _with(f"{of}{who(author)} notes, for us alone:", text, show)
        case ClockFlagged(flag=flag):
            return _with(of + _flagged(flag), "", show)
        case CasesDigest():
            return digest(fact)
        case _:
            assert_never(fact)


def _solution(fact: SolutionProposed | SilenceCloses, case: Case | None, of: str) -> Message:
    silence = f"Without an answer the case is closed {when(fact.closes_at)}."
    if isinstance(fact, SolutionProposed):
        first, words = f"{who(fact.contact)} {of}{who(fact.by)} proposes a solution:", fact.text
    else:
        first, words = f"{who(fact.contact)} {of}does the proposed solution help?", ""
    quote = passage(words, 2500) if words else ""
    return saying(
        "\n".join(filter(None, (first, quote, silence))),
        *given(
            section(*filter(None, (first, quote))),
            section(silence),
            buttons(*(answers(case.id) if case else ())),
        ),
    )


def _flagged(flag: Flag) -> str:
    return (
        f"{who(flag.by)} {DEED[flag.deed]} {when(flag.at)}, {lasts(flag.margin)} "
        f"{TIMING[flag.timing]}. This accuses nobody; it shows the clock beside the deed."
    )


def _with(text: str, quote: str, *links: ButtonElement | None) -> Message:
    words = passage(quote, 2500) if quote else ""
    lines = tuple(filter(None, (text, words)))
    return saying("\n".join(lines), section(*lines), *buttons(*links))


def _show(case: CaseId) -> ButtonElement:
    return button("Show the case", Action.SHOW_CASE, case)
