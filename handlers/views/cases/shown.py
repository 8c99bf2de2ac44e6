"""Cases as somebody reads them: one, a page of them, and what was just done to one."""

from dataclasses import replace

from slack_sdk.models.blocks import Block, ButtonElement, Option
from slack_sdk.models.views import View

from handlers.ids import Action, Modal, Options
from handlers.metadata import PickPath
from handlers.views.cards import computed, details, summary
from handlers.views.casework import menu
from handlers.views.message import (
    Message,
    button,
    buttons,
    context,
    given,
    header,
    saying,
    section,
)
from handlers.views.modal import METADATA, looked_up, modal, option, words
from handlers.views.text import links, passage, passages, quoted, when, who
from handlers.views.waiting import answers
from policy.accounts import Account
from policy.casefile import CaseFile
from policy.cases import Case, CaseState, is_requester, is_support, may_choose_followers
from policy.comments import TEXT_LIMIT, Comment
from policy.roles import Role

COMMENTS = 5
"""How many of the last comments stand with a case that is shown."""


def shown(file: CaseFile) -> Message:
    """Return a case as one person reads it, with what this person may do."""
    case = file.case
    return saying(
        summary(file),
        *given(
            header(f"{case.id} · {case.title}"),
            details(file),
            [section(each) for each in passages(case.description)],
            [_comment(each) for each in file.comments[-COMMENTS:]],
            context(computed(file.explanation)) if case.is_open else None,
            buttons(*answers(case.id)) if _answers(file) else None,
            buttons(button("What if...", Action.WHAT_IF, case.id)) if case.is_open else None,
            buttons(*_doable(file)),
            buttons(*_hearing(file)),
            menu(file),
        ),
    )


def opening(style: str | None = None) -> ButtonElement:
    """Return the button that opens the form *open case*."""
    return button("Open a case", Action.OPEN_CASE, style=style)


def closed(file: CaseFile) -> Message:
    """Return what a person reads who closed a case."""
    text = f"*{file.case.id}* {quoted(file.case.title)} is closed."
    return saying(
        text, section(text), *buttons(button("Reopen", Action.REOPEN_CASE, file.case.id))
    )


def reopened(file: CaseFile) -> Message:
    """Return what a person reads who reopened a case."""
    return saying(f"*{file.case.id}* {quoted(file.case.title)} is in progress again.")


def taken(file: CaseFile) -> Message:
    """Return what a person reads who took a case."""
    return saying(f"*{file.case.id}* {quoted(file.case.title)} is yours now.")


def opened(case: Case) -> View:
    """Return the receipt of a case that was opened."""
    is_channel = case.channel.startswith(("C", "G"))
    where = f"<#{case.channel}>" if is_channel else "your messages with me"
    return modal(
        f"{case.id} is open",
        section(
            f":white_check_mark: *{case.id}* {quoted(case.title)} is open.",
            f"Its card stands in {where}; replies in the card's thread become comments.",
        ),
    )


def picker(path: PickPath, notice: str = "") -> View:
    """Return a modal in which to pick the case that a command did not name."""
    is_long = len(path.pack()) > METADATA
    return modal(
        "Which case?",
        *given(
            section(notice) if notice else None,
            looked_up("case", "Case", Options.CASES, hint="Type a number or words of its title."),
            words("text", "What you typed", most=TEXT_LIMIT, kept={"text": path.text}, lines=True)
            if is_long
            else None,
        ),
        submit=(Modal.PICK, "Continue"),
        place=replace(path, text="") if is_long else path,
    )


def choice(case: Case) -> Option:
    """Return a case as an option of a menu."""
    return option(case.id, f"{case.id} · {case.severity.value} · {case.title}")


def account_choice(account: Account) -> Option:
    """Return an account as an option of a menu."""
    return option(account.id, f"{account.name} ({account.tier})")


def _answers(file: CaseFile) -> bool:
    reader = file.reader
    is_proposed = file.case.state is CaseState.SOLUTION_PROPOSED
    return is_proposed and reader is not None and is_requester(file.case, reader)


def _hearing(file: CaseFile) -> tuple[ButtonElement | None, ...]:
    case, reader = file.case, file.reader
    if reader is None or not case.is_open:
        return ()
    follows = reader.user in case.followers
    concerned = is_requester(case, reader) or case.engineer == reader.user
    return (
        button("Remind me", Action.REMIND_ME, case.id),
        button("Stop following", Action.UNFOLLOW, case.id) if follows else None,
        button("Follow", Action.FOLLOW, case.id) if not (follows or concerned) else None,
        button("Followers", Action.FOLLOWERS, case.id)
        if may_choose_followers(case, reader)
        else None,
    )


def _doable(file: CaseFile) -> tuple[ButtonElement | None, ...]:
    case, reader = file.case, file.reader
    if not case.is_open:
        is_closed = case.state is CaseState.CLOSED
        return (
            button("Reopen", Action.REOPEN_CASE, case.id) if is_closed else None,
            button("Open a new case from it", Action.GO_ON, case.id),
        )
    may_take = reader is not None and is_support(reader) and case.engineer != reader.user
    waits = file.escalation is None and not file.is_available
    is_theirs = reader is not None and is_requester(case, reader)
    is_led = reader is not None and reader.has(Role.LEAD)
    return (
        button("Escalate case", Action.GUIDE, case.id, style="danger")
        if file.offers_escalation
        else None,
        button("Comment", Action.COMMENT, case.id),
        button("Change severity", Action.REQUEST_SEVERITY, case.id),
        button("Remind me when escalating is available", Action.REMIND, case.id)
        if waits
        else None,
        button("Take the case", Action.TAKE_CASE, case.id) if may_take else None,
        button("Ask for an update", Action.CHASE, case.id) if is_theirs else None,
        button("Close", Action.CLOSE_CASE, case.id) if is_theirs or is_led else None,
    )


def _comment(comment: Comment) -> Block:
    internal = "" if comment.is_public else " (internal)"
    said = passage(comment.text, 400) if comment.text else ""
    more = "_deleted_" if comment.is_deleted else links(comment.links)
    first = f"{who(comment.author)}{internal}, {when(comment.at)}:"
    return section(*filter(None, (first, said, more)))
