"""All that an escalation is, for one reader, with what this reader may do."""

from collections.abc import Iterable

from slack_sdk.models.blocks import Block, ButtonElement, SectionBlock
from slack_sdk.models.views import View

from handlers.ids import Action
from handlers.views.escalations.asked import flagged, request
from handlers.views.escalations.card import stands, work
from handlers.views.escalations.offered import to_reader
from handlers.views.escalations.standing import ended
from handlers.views.message import button, buttons, given, section
from handlers.views.modal import modal
from handlers.views.text import ago, mrkdwn, quoted, when, who
from handlers.views.words import CAUSE, FATE, JUDGEMENT, PAGED, PAGER, PROMISE, REASON
from policy.accounting import Page
from policy.casefile import EscalationFile
from policy.cases import is_support
from policy.escalations import Escalation
from policy.promises import Kind, Promise
from policy.roles import Standing

LONG = 2500
"""All that any form takes of a text, in a section of its own."""
MOST = 10
"""How many promises of each kind are shown: the next ones, and the last ones missed."""


def full(file: EscalationFile) -> View:
    """Return all that was asked for and done, with the phone number for the support side."""
    escalation, case, reader = file.escalation, file.file.case, file.file.reader
    ours = reader is not None and is_support(reader)
    return modal(
        f"Escalation {case.id}",
        *given(
            section(f"*{case.severity.value} · {case.id}* {quoted(case.title)}"),
            stands(file.line, LONG) if ours else _ended(escalation),
            section(f"*Reason*\n{REASON[escalation.request.reason]}"),
            request(escalation, whole=True, phone=ours),
            flagged(escalation, whole=True),
            work(escalation, whole=True, ours=ours),
            _promises("Promises missed", file.ledger.missed[-MOST:], reader),
            _promises("Promises open", file.ledger.open[:MOST], reader),
            _among_us(escalation) if ours else None,
            _pages(file.pages),
            buttons(*to_reader(file), _brief(escalation) if ours else None),
        ),
    )


def _ended(escalation: Escalation) -> Block | None:
    how = ended(escalation, LONG)
    return section(how) if how else None


def _brief(escalation: Escalation) -> ButtonElement:
    return button("Brief", Action.BRIEF, escalation.id)


def _promises(title: str, found: Iterable[Promise], reader: Standing | None) -> tuple[Block, ...]:
    rows = tuple(_promise(each, reader) for each in found)
    return (section(f"*{title}*"), *rows) if rows else ()


def _promise(promise: Promise, reader: Standing | None) -> Block:
    what = f" “{quoted(promise.what, 200)}”" if promise.what else ""
    owner = f" of {who(promise.owner)}" if promise.owner else ""
    text = (
        f"{PROMISE[promise.kind]}{what}{owner}: by {when(promise.due_at)} ({ago(promise.due_at)})"
    )
    is_theirs = reader is not None and promise.owner == reader.user
    if promise.kind is Kind.ACTION and promise.is_open and is_theirs:
        done = button("Done", Action.KEEP_PROMISE, promise.id)
        return SectionBlock(text=mrkdwn(text), accessory=done)
    return section(text)


def _pages(found: Iterable[Page]) -> Block | None:
    rows = [_page(each) for each in found][-MOST:]
    return section("*Paged beyond Slack*", *rows) if rows else None


def _page(page: Page) -> str:
    what = "nobody acknowledged in time" if page.is_late else PAGED[page.event]
    why = f" ({quoted(page.reason, 80)})" if page.reason else ""
    tried = f", tried {page.attempts} times" if page.attempts > 1 else ""
    return f"• {PAGER[page.service]}, {what}: {FATE[page.fate]} {when(page.at)}{tried}{why}"


def _among_us(escalation: Escalation) -> tuple[Block, ...]:
    review, judged = escalation.review, escalation.judged
    return given(
        section(
            f"*Review* of {who(review.by)}: {CAUSE[review.cause].lower()}; "
            f"{'preventable' if review.preventable else 'not preventable'}. "
            f"{quoted(review.text, LONG) if review.text else ''}"
        )
        if review
        else None,
        section(f"*Guidance*, {who(judged.by)}: {JUDGEMENT[judged.judgement].lower()}.")
        if judged
        else None,
        section(f"*Pulled*: {quoted(escalation.pulled, LONG)}") if escalation.pulled else None,
    )
