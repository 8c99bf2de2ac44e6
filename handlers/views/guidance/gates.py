"""Gates as modals: each says what stands in the way, and offers what can be done instead."""

from dataclasses import replace
from typing import assert_never

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Action, Modal
from handlers.metadata import GuidancePath
from handlers.views.cards import computed
from handlers.views.escalations.asked import escalated
from handlers.views.message import button, buttons, given, section
from handlers.views.modal import modal, words
from handlers.views.refusals import NO_SUCH_CASE
from handlers.views.text import ago, passage, quoted, when, who
from policy.casefile import CaseFile
from policy.cases import Case, Severity
from policy.comments import TEXT_LIMIT
from policy.escalations import Escalation
from policy.guidance.gates import (
    AlreadyOpen,
    Closed,
    NotForYou,
    NotVisible,
    NotYet,
    Reply,
    RightUsed,
    WaitingForYou,
)
from policy.refusals import EscalationAlreadyOpen

Shut = NotVisible | Closed | AlreadyOpen | RightUsed | WaitingForYou | NotForYou
"""The gates at which the interview ends; at the remaining one, of time, it goes on."""


def closed(  # noqa: C901 - a row per gate
    gate: Shut, file: CaseFile, path: GuidancePath
) -> View:
    """Return the view of a gate that stays shut."""
    title = f"Escalate {file.case.id}"
    match gate:
        case NotVisible():
            return modal("No such case", section(NO_SUCH_CASE), place=path)
        case Closed():
            return modal(title, *_closed(gate, file.case), place=path)
        case AlreadyOpen(escalation=escalation):
            return joining(escalation, path)
        case RightUsed(escalation=escalation):
            return modal(title, *_used(escalation, file.case), place=path)
        case WaitingForYou():
            return _waiting(gate, file.case, path)
        case NotForYou():
            return modal(title, *_not_yours(file.case), place=path)
        case _:
            assert_never(gate)


def not_yet(gate: NotYet, case: Case) -> tuple[Block, ...]:
    """Return when escalating becomes available and why then (G5), with what helps until then."""
    at = gate.explanation.available_at
    urgent = gate.urgent_contact if case.severity is Severity.S1 else ""
    return given(
        section(
            f":hourglass_flowing_sand: *Escalating becomes available {when(at)}, {ago(at)}.*",
            computed(gate.explanation),
        ),
        section(f":rotating_light: *If it cannot wait:* {quoted(urgent, 300)}")
        if urgent
        else None,
        buttons(
            button("Remind me", Action.REMIND, case.id),
            button("What if...", Action.WHAT_IF, case.id),
        ),
        section("Until then, this finds what helps now:"),
    )


def joining(escalation: Escalation, path: GuidancePath) -> View:
    """Return who has the open escalation, and a field for a statement on it (G3)."""
    due = escalation.contact_due_at
    first = f"{escalated(escalation)}. It was submitted by {who(escalation.submitted_by)}."
    contact = f"First contact follows by {when(due)}." if due else ""
    return _statement("\n".join(filter(None, (first, contact))), path)


def second(first: EscalationAlreadyOpen, path: GuidancePath, typed: str) -> View:
    """Return who was first, and what was typed as a statement on that escalation."""
    text = (
        f"{who(first.by)} has escalated *{first.case}* {when(first.at)}, just before you. "
        "What you typed can be added to it."
    )
    return _statement(text, path, typed)


def _statement(text: str, path: GuidancePath, typed: str = "") -> View:
    return modal(
        f"Escalated: {path.case}",
        section(text),
        words(
            "text",
            "Add a statement to it",
            least=1,
            most=TEXT_LIMIT,
            kept={"text": typed},
            lines=True,
            hint="Whoever answers for the escalation reads it at once.",
        ),
        submit=(Modal.STATEMENT, "Add statement"),
        place=path,
    )


def _closed(gate: Closed, case: Case) -> tuple[Block, ...]:
    if gate.survivor:
        text = f"*{case.id}* {quoted(case.title)} was merged into *{gate.survivor}*."
        return given(
            section(text),
            buttons(
                button(f"Go to {gate.survivor}", Action.GUIDE, gate.survivor, style="primary")
            ),
        )
    until = gate.reopenable_until
    text = f"*{case.id}* {quoted(case.title)} is closed, so it cannot be escalated."
    how = (
        f"It can be reopened until {when(until)}."
        if until
        else "It was closed too long ago to be reopened; open a new case and name this one."
    )
    return given(
        section(text, how),
        buttons(
            button("Reopen it", Action.REOPEN_AND_GUIDE, case.id, style="primary")
            if until
            else None,
            button("Open a new case", Action.OPEN_CASE),
        ),
    )


def _used(escalation: Escalation, case: Case) -> tuple[Block, ...]:
    owner = who(escalation.owner) if escalation.owner else "A lead"
    return given(
        section(
            f"The one escalation of *{case.id}* was used {when(escalation.submitted_at)}.",
            f"{escalated(escalation)}.",
            f"To appeal, say so in a comment: {owner} reads it, and a lead can reinstate the right.",
        ),
        buttons(button("Comment", Action.COMMENT, case.id, style="primary")),
    )


def _waiting(gate: WaitingForYou, case: Case, path: GuidancePath) -> View:
    question = gate.question
    return modal(
        f"Escalate {case.id}",
        section(
            f"*{case.id}* waits for you. {who(question.asked_by)} asked {when(question.asked_at)}:",
            passage(question.text),
        ),
        words("text", "Your answer", least=1, most=TEXT_LIMIT, lines=True),
        *buttons(
            button("I have answered already", Action.REPLY, Reply.ALREADY_ANSWERED),
        ),
        *buttons(button("I cannot answer", Action.REPLY, Reply.CANNOT_ANSWER)),
        submit=(Modal.ADVICE_COMMENT, "Answer"),
        place=replace(path, reply=Reply.ANSWER),
    )


def _not_yours(case: Case) -> tuple[Block, ...]:
    people = {case.requester, case.contact}
    names = " or ".join(who(each) for each in sorted(people))
    return given(
        section(f"Escalating *{case.id}* is for {names} to decide. A comment is open to you."),
        buttons(button("Comment", Action.COMMENT, case.id, style="primary")),
    )
