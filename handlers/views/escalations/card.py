"""The card of an escalation in the duty channel: edited in place, always the present."""

from collections.abc import Iterator
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from handlers.ids import Action
from handlers.views.escalations.asked import flagged, request
from handlers.views.escalations.offered import DESK, on_card
from handlers.views.escalations.standing import ENDING, ended, following, owned, state, trend
from handlers.views.message import (
    Message,
    below,
    button,
    buttons,
    context,
    facts,
    given,
    header,
    saying,
    section,
)
from handlers.views.text import ago, quoted, when, who
from handlers.views.words import OUTCOME, REASON
from policy.board import Line
from policy.casefile import EscalationFile
from policy.cases import MEANING
from policy.escalations import Contest, Escalation

SHORT, INLINE = 350, 1000
"""How much of a text a card shows, and all that a form takes of what stands in one line."""


def escalation_card(file: EscalationFile, *, now: datetime) -> Message:
    """Return the card of an escalation, for whoever answers for escalations."""
    escalation, line, case = file.escalation, file.line, file.file.case
    secret = ":lock: Confidential. " if escalation.request.confidential else ""
    text = f"{secret}{case.severity.value}: *{case.id}* {quoted(case.title)}. {state(line)}."
    return saying(
        text,
        *given(
            header(f"Escalation · {case.id} · {case.title}"),
            section(":lock: *Confidential: only leads and its requester know of it.*")
            if secret
            else None,
            stands(line),
            _about(file),
            [*request(escalation), *flagged(escalation)] if escalation.is_open else None,
            work(escalation),
            context(f"As of {when(now)}.") if line.overdue else None,
            buttons(*on_card(DESK, file), *_looking(escalation)),
        ),
    )


def stands(line: Line, most: int = ENDING) -> Block:
    """Return the present in a few lines: state, owner, next promise, trend."""
    mark = ":red_circle: " if line.overdue else ""
    told = trend(line)
    lines = (
        f"{mark}*{state(line)}.*",
        owned(line) if line.escalation.is_open else ended(line.escalation, most),
        following(line),
        f"Trend: {told}" if told else "",
    )
    return section(*filter(None, lines))


def work(escalation: Escalation, *, whole: bool = False, ours: bool = True) -> tuple[Block, ...]:
    """Return what is planned, told, offered, watched and asked, as far as there is any of it.

    A hand-over is among us.
    """
    most = INLINE if whole else SHORT
    found = (*_work(escalation, most, ours=ours), *_ahead(escalation, most))
    parts = (*found, *_afterwards(escalation, most))
    return given(*(below(text, quote, None if whole else SHORT) for text, quote in parts))


def _work(escalation: Escalation, most: int, *, ours: bool) -> Iterator[tuple[str, str]]:
    if plan := escalation.plan:
        first = f"First, {who(plan.by)}: {quoted(plan.first_action, most)}"
        yield f"*Plan.* {first} It is done when:", plan.criteria
    if update := escalation.update:
        yield f"*Last update*, {when(update.at)}:", update.text
    if ours and (offer := escalation.hand_over):
        text = f"*Hand-over.* {who(offer.by)} asks {who(offer.to)} since {when(offer.at)}:"
        yield text, offer.note
    if pause := escalation.pause:
        yield f"*Pause* until {when(pause.until)}:", pause.reason


def _ahead(escalation: Escalation, most: int) -> Iterator[tuple[str, str]]:
    if watch := escalation.watch:
        yield f"*Watched* until {when(watch.until)}: {quoted(watch.what, most)}", ""
    if proposal := escalation.proposal:
        asked = f"asked {proposal.prompts} of 2 times, answer due {when(proposal.answer_due_at)}"
        text = f"*Closing was proposed* ({OUTCOME[proposal.outcome].lower()}; {asked}):"
        yield text, proposal.summary


def _afterwards(escalation: Escalation, most: int) -> Iterator[tuple[str, str]]:
    if contest := escalation.contest:
        yield f"*{who(contest.by)} objects* {ago(contest.at)}:", contest.why
        yield _settled(contest, most), ""
    if rating := escalation.rating:
        yield f"*{who(rating.by)} rated it {rating.score} of 5.*", rating.text


def _settled(contest: Contest, most: int) -> str:
    if contest.settled_by is None:
        return "A lead answers."
    verdict = "granted" if contest.granted else "refused"
    return f"{who(contest.settled_by)} {verdict} it: {quoted(contest.answer, most)}"


def _about(file: EscalationFile) -> Block:
    case, escalation = file.file.case, file.escalation
    came = f"by {who(escalation.submitted_by)} {when(escalation.submitted_at)}"
    return facts(
        (
            ("Severity", f"{case.severity.value} · {MEANING[case.severity]}"),
            ("Reason", REASON[escalation.request.reason]),
            ("Account", f"{quoted(case.account_name)} · {quoted(case.tier, 40)}"),
            ("Engineer", who(case.engineer) if case.engineer else "Nobody yet"),
            ("Pulled" if escalation.pulled else "Submitted", came),
        )
    )


def _looking(escalation: Escalation) -> tuple[ButtonElement, ...]:
    return (
        button("Brief", Action.BRIEF, escalation.id),
        button("Details", Action.SHOW_ESCALATION, escalation.id),
    )
