"""What the guidance advises as modals: each with one primary button that does the thing."""

from typing import assert_never

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from handlers.ids import Action, Modal, Options
from handlers.metadata import GuidancePath
from handlers.views.comments import CHASE
from handlers.views.comments import asked as asked_before
from handlers.views.guidance.steps import back, early
from handlers.views.message import button, buttons, given, section
from handlers.views.modal import looked_up, modal, words
from handlers.views.text import quoted, when
from handlers.views.words import REASON
from policy.casefile import Position
from policy.comments import TEXT_LIMIT, CommentKind
from policy.escalations import Reason
from policy.guidance.outcomes import (
    OVERRIDE_REASON,
    Comment,
    Escalate,
    NewCase,
    OtherCase,
    Outcome,
    SeverityRequest,
    may_override,
)


def advised(outcome: Outcome, position: Position, path: GuidancePath) -> View:
    """Return the advice, ready to be followed."""
    match outcome:
        case Escalate(reason=reason):
            text = _escalate(reason, position)
            submit = (Modal.ADVICE_ESCALATION, "Fill in the form")
        case Comment():
            return _comment(outcome, position, path)
        case SeverityRequest():
            text = _severity(outcome)
            submit = (Modal.ADVICE_SEVERITY, "Choose the severity")
        case OtherCase():
            return _other_case(position, path)
        case NewCase():
            text = "It needs a case of its own, with an engineer and a clock of its own."
            submit = (Modal.ADVICE_NEW_CASE, "Open a case")
        case _:
            assert_never(outcome)
    blocks = given(early(position, path), section(text), _ways(outcome, path))
    return modal(f"Escalate {path.case}", *blocks, submit=submit, place=path)


def overriding(path: GuidancePath) -> View:
    """Return the field for the reason why a person escalates against the advice."""
    least, most = OVERRIDE_REASON
    return modal(
        f"Escalate {path.case}",
        section(
            "You can escalate all the same. The duty manager sees the advice and your reason."
        ),
        words("override", "Why escalate?", least=least, most=most, lines=True),
        *back(path),
        submit=(Modal.OVERRIDE, "Continue"),
        place=path,
    )


def _escalate(reason: Reason, position: Position) -> str:
    evidence = f"\n{asked_before(position.file)}" if reason is Reason.NO_RESPONSE else ""
    return (
        f":triangular_flag_on_post: *Escalating fits.* {REASON[reason]}.{evidence}\n"
        "A case has one escalation; sending the form uses it."
    )


def _comment(outcome: Comment, position: Position, path: GuidancePath) -> View:
    case, chases = position.file.case, outcome.kind is CommentKind.CHASE
    return modal(
        f"Escalate {case.id}",
        *given(
            early(position, path),
            section(f"*{case.id}* {quoted(case.title)}"),
            section(_why_comment(outcome, position)),
            words(
                "text",
                "Comment",
                least=1,
                most=TEXT_LIMIT,
                kept={"text": CHASE} if chases and not outcome.later else {},
                lines=True,
            ),
            _ways(outcome, path),
        ),
        submit=(Modal.ADVICE_COMMENT, "Ask for an update" if chases else "Comment"),
        place=path,
    )


def _why_comment(outcome: Comment, position: Position) -> str:
    chases = outcome.kind is CommentKind.CHASE
    lines = [
        "*Ask for an update.* It goes to the engineer, and it is counted."
        if chases
        else "*Comment.* The engineer can act on what you write."
    ]
    if chases:
        lines.append(asked_before(position.file))
    if outcome.remind_at:
        lines.append(f"I remind you {when(outcome.remind_at)}, when the agreed next step is due.")
    if outcome.later:
        lines.append(_later(outcome.later))
    return "\n".join(lines)


def _severity(outcome: SeverityRequest) -> str:
    later = f"\n{_later(outcome.later)}" if outcome.later else ""
    return (
        "*Ask for another severity.* The engineer can handle it; once the severity changes, so "
        f"does the time from which escalating is available.{later}"
    )


def _later(reason: Reason) -> str:
    return f"Once escalating is available, it fits if this is still so: {REASON[reason].lower()}."


def _other_case(position: Position, path: GuidancePath) -> View:
    return modal(
        f"Escalate {path.case}",
        *given(
            early(position, path),
            section("*It is about another case.* The guidance starts again there."),
            looked_up("case", "Which one?", Options.CASES),
            back(path),
        ),
        submit=(Modal.ADVICE_OTHER_CASE, "Go there"),
        place=path,
    )


def _ways(outcome: Outcome, path: GuidancePath) -> tuple[Block, ...]:
    or_severity = isinstance(outcome, Comment) and outcome.or_severity
    severity = button("Ask for another severity", Action.ADVISED_SEVERITY)
    ways: tuple[ButtonElement | None, ...] = (
        button("Back", Action.GO_BACK) if path.answers else None,
        severity if or_severity else None,
        button("Escalate all the same", Action.OVERRIDE) if may_override(outcome) else None,
    )
    return buttons(*ways)
