"""Comments as forms and receipts."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.forms import comments as fields
from handlers.ids import Modal, Options
from handlers.metadata import CommentPath, MessagePath
from handlers.views.message import Message, context, given, saying, section
from handlers.views.modal import looked_up, modal, moment, radio, tick, words
from handlers.views.text import quoted, when
from policy.casefile import CaseFile, Said
from policy.cases import is_support
from policy.comments import TEXT_LIMIT, CommentKind, Visibility

CHASE = "Is there any news?"
VISIBILITY = (
    (Visibility.PUBLIC.value, "Public: the customer reads it"),
    (Visibility.INTERNAL.value, "Internal: only the support side reads it"),
)


def form(file: CaseFile, path: CommentPath, *, kept: Mapping[str, str]) -> View:
    """Return the form for a comment, or for a chase; the support side may ask and promise."""
    chases = path.kind is CommentKind.CHASE
    typed = {"text": CHASE, **kept} if chases else kept
    reader = file.reader
    return modal(
        "Ask for an update" if chases else f"Comment on {file.case.id}",
        *given(
            section(f"*{file.case.id}* {quoted(file.case.title)}"),
            section(asked(file), _counting(file)) if chases else None,
            words("text", "Comment", least=1, most=TEXT_LIMIT, kept=typed, lines=True),
            _ours(kept) if reader and is_support(reader) and not chases else None,
        ),
        submit=(Modal.COMMENT, "Ask" if chases else "Comment"),
        place=path,
    )


def adding(path: MessagePath, text: str) -> View:
    """Return the form that adds a message to a case, with its words."""
    return modal(
        "Add to a case",
        looked_up("case", "Case", Options.CASES, hint="Type a number or words of its title."),
        words("text", "Comment", least=1, most=TEXT_LIMIT, kept={"text": text}, lines=True),
        context("Everybody who sees the case reads this, with a link to the message."),
        submit=(Modal.ADD_TO_CASE, "Add"),
        place=path,
    )


def asked(file: CaseFile) -> str:
    """Return what the record shows about who waits for whom: the same words for both sides."""
    said = file.said
    since = (
        f"support's last public reply {when(said.last_reply_at)}"
        if said.last_reply_at
        else "the case was opened"
    )
    times = "once" if said.chases == 1 else f"{said.chases} times"
    many = times if said.chases else "never"
    last = f", last {when(said.last_chase_at)}" if said.last_chase_at else ""
    return f"The record: you asked for an update {many} since {since}{last}."


def _counting(file: CaseFile) -> str:
    if file.chase_counts_at is None:
        return "Asking now counts towards an escalation."
    return (
        "Asks less than an hour apart count once: asking counts towards an escalation again from "
        f"{when(file.chase_counts_at)}."
    )


def added(said: Said) -> Message:
    """Return what a person reads who commented, with what the record makes of it."""
    case, comment = said.file.case, said.comment
    if comment.kind is not CommentKind.CHASE:
        return saying(f":white_check_mark: Added to *{case.id}* {quoted(case.title)}.")
    again = (
        f" The next one counts from {when(said.counts_again_at)}." if said.counts_again_at else ""
    )
    counted = "It counts." if said.counts else "It came too soon after the last one to count."
    return saying(
        f":bell: You asked for an update on *{case.id}* {quoted(case.title)}. {counted}{again}\n"
        f"{asked(said.file)}"
    )


def _ours(kept: Mapping[str, str]) -> tuple[Block, ...]:
    return (
        radio(
            "visibility",
            "Who reads it",
            VISIBILITY,
            chosen=kept.get("visibility", Visibility.PUBLIC.value),
        ),
        tick("question", "Question", "Wait for the customer's answer", ticked="question" in kept),
        words("next_step", "Next step", most=fields.STEP[1], kept=kept, optional=True),
        moment(
            "next_step_at", "Due", kept=kept, hint="Guidance asks the customer about this step."
        ),
    )
