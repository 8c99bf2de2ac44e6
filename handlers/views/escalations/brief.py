"""The brief: what the record knows, so that the customer is asked nothing twice (product, 8.10)."""

from collections.abc import Iterable, Iterator, Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Action
from handlers.views.message import (
    SECTION,
    Message,
    button,
    buttons,
    context,
    facts,
    given,
    header,
    saying,
    section,
)
from handlers.views.modal import modal
from handlers.views.text import ago, lasts, quoted, when, who
from handlers.views.words import (
    AWAITED,
    DEED,
    FLAG,
    PART,
    PARTY,
    PROMISE,
    REASON,
    TIMING,
)
from policy.brief import Asked, Brief, Involved, Tried, Waits
from policy.fairness import Flag
from policy.promises import Promise
from policy.severities import SeverityRequest
from policy.trail import Turned

FEW, MANY = 3, 12
"""How much of each kind a message shows, and a modal."""
WORDS = 180


def brief_message(of: str, brief: Brief) -> Message:
    """Return the brief for whoever has come to answer for an escalation; `of` names the case."""
    escalation = brief.escalation
    first = f"{of}you answer for the escalation now. {REASON[escalation.request.reason]}."
    waits = f" {_sentence(brief.waits[0])}" if brief.waits else ""
    return saying(
        f"{first}{waits}",
        *given(
            header(f"Brief · {brief.case.id} · {brief.case.title}"),
            section(f"{first}{waits}"),
            _blocks(brief, FEW),
            buttons(
                button("Whole brief", Action.BRIEF, escalation.id, style="primary"),
                button("Details", Action.SHOW_ESCALATION, escalation.id),
                button("Show the case", Action.SHOW_CASE, brief.case.id),
            ),
        ),
    )


def brief_view(brief: Brief) -> View:
    """Return the brief as somebody reads it who asked for it."""
    case = brief.case
    return modal(
        f"Brief {case.id}",
        *given(
            section(f"*{case.severity.value} · {case.id}* {quoted(case.title)}"),
            _blocks(brief, MANY),
        ),
    )


def _blocks(brief: Brief, most: int) -> tuple[Block, ...]:
    return given(
        _part("Who waits", map(_sentence, brief.waits), most),
        _request(brief, most),
        _part("Asked and answered", map(_asked, brief.asked), most, last=True),
        _part("Tried and agreed", map(_tried, brief.tried), most, last=True),
        _part("Promises missed", map(_missed, brief.ledger.missed), most, last=True),
        _part("Promises open", map(_open, brief.ledger.open), most),
        _part("People", map(_involved, brief.people), most * 2),
        _part("Severity and tier", _turns(brief), most, last=True),
        _part("Look at the clock", map(_flag, brief.flags), most),
        context(_kept(brief)),
    )


def _part(title: str, lines: Iterable[str], most: int, *, last: bool = False) -> tuple[Block, ...]:
    """Return some lines under a title: the first of them, or the last; nothing for none."""
    found = list(lines)
    shown = found[-most:] if last else found[:most]
    left = len(found) - len(shown)
    if not found:
        return ()
    more = (f"_{left} {'earlier' if last else 'more'}_",) if left else ()
    told = [f"• {each}" for each in shown]
    body = (*more, *told) if last else (*told, *more)
    return tuple(section(*lines) for lines in _fitting((f"*{title}*", *body)))


def _fitting(lines: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the lines in as few groups as there have to be sections: none is cut off."""
    groups: list[tuple[str, ...]] = [()]
    for line in lines:
        longer = (*groups[-1], line)
        groups[-1:] = [longer] if len("\n".join(longer)) <= SECTION else [groups[-1], (line,)]
    return groups


def _sentence(waits: Waits) -> str:
    waiting = PARTY[waits.who]
    words = f": “{quoted(waits.words, WORDS)}”" if waits.words else "."
    return (
        f"{waiting[0].upper()}{waiting[1:]} waits for {PARTY[waits.whom]} "
        f"{AWAITED[waits.what]} since {when(waits.since)} ({ago(waits.since)}){words}"
    )


def _request(brief: Brief, most: int) -> tuple[Block, ...]:
    asked, talk = brief.escalation.request, brief.evidence
    words = WORDS * most // FEW
    chases = f"{talk.chases} since our last public word" if talk.chases else "None counted"
    replied = when(talk.last_reply_at) if talk.last_reply_at else "Never"
    flags = [f":warning: {FLAG[each]}" for each in brief.escalation.flags]
    return given(
        section(
            *filter(
                None,
                (
                    f"*Impact now* {quoted(asked.impact, words)}",
                    f"*What changed or was missed* {quoted(asked.changed, words)}"
                    if asked.changed
                    else "",
                    f"*Wanted* {quoted(asked.wanted, words)}",
                    *(f"*Said in the guidance* {quoted(each, words)}" for each in asked.said),
                    *flags,
                ),
            )
        ),
        facts((("Requests for an update", chases), ("Our last public word", replied))),
    )


def _asked(asked: Asked) -> str:
    answer = (
        f"{who(asked.answer.author)} answered {when(asked.answer.at)}: "
        f"“{quoted(asked.answer.text, WORDS)}”"
        if asked.answer
        else "not answered yet"
    )
    return f"{who(asked.by)} {when(asked.at)}: “{quoted(asked.question, WORDS)}” {answer}"


def _tried(tried: Tried) -> str:
    by = f"{who(tried.by)} " if tried.by else ""
    return f"{by}{when(tried.at)}: {quoted(tried.what, WORDS)}"


def _missed(promise: Promise) -> str:
    kept = f", kept {when(promise.kept_at)}" if promise.kept_at else ""
    return f"{_promise(promise)} was due {when(promise.due_at)}{kept}"


def _open(promise: Promise) -> str:
    return f"{_promise(promise)} by {when(promise.due_at)} ({ago(promise.due_at)})"


def _promise(promise: Promise) -> str:
    what = f" “{quoted(promise.what, 100)}”" if promise.what else ""
    owner = f" of {who(promise.owner)}" if promise.owner else ""
    return f"{PROMISE[promise.kind]}{what}{owner}"


def _involved(person: Involved) -> str:
    return f"{who(person.user)}: {', '.join(PART[each] for each in person.parts)}"


def _turns(brief: Brief) -> Iterator[str]:
    """Yield what became of severity and tier, and what was asked for, in the order of time."""
    changes: Sequence[tuple[Turned, str]] = (
        *((each, "Severity") for each in brief.severities),
        *((each, "Tier") for each in brief.tiers),
    )
    told = [
        *((each.at, _turned(each, what)) for each, what in changes),
        *((each.asked_at, _severity(each)) for each in brief.requests if not each.granted),
    ]
    yield from (line for _, line in sorted(told))


def _turned(change: Turned, what: str) -> str:
    why = f": {quoted(change.why, WORDS)}" if change.why else ""
    before, after = quoted(str(change.before), 40), quoted(str(change.after), 40)
    return f"{what} from {before} to {after}, by {who(change.by)} {when(change.at)}{why}"


def _severity(request: SeverityRequest) -> str:
    answer = "waits for its answer" if request.is_open else "was refused"
    asked = f"{who(request.asked_by)} asked for {request.severity.value} {when(request.asked_at)}"
    return f"{asked}, which {answer}"


def _flag(flag: Flag) -> str:
    return (
        f"{who(flag.by)} {DEED[flag.deed]} {when(flag.at)}, {lasts(flag.margin)} "
        f"{TIMING[flag.timing]}"
    )


def _kept(brief: Brief) -> str:
    kept, missed = len(brief.ledger.kept), len(brief.ledger.missed)
    return f"From the record alone. Promises kept in time: {kept}, missed: {missed}."
