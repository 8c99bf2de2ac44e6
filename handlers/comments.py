"""Comments: by command, by form, by a reply in the card's thread."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.models.views import View

from handlers.answers import TITLE, read
from handlers.drafts import drafted
from handlers.forms import comments as fields
from handlers.forms.words import heard
from handlers.metadata import CommentPath
from handlers.ports import Desk
from handlers.views import comments as views
from handlers.views.message import Message
from handlers.views.modal import told
from policy.comments import CommentKind
from policy.ids import CaseId, ChannelId, Ts
from policy.roles import Actor

SPOKEN = frozenset({None, "file_share", "thread_broadcast"})
"""The subtypes of messages in which somebody says something."""


async def add(case: CaseId, text: str, desk: Desk, actor: Actor) -> Message:
    """Add a comment typed behind the command."""
    return views.added(await desk.comments.add(case, text, by=actor))


async def write(case: CaseId, text: str, desk: Desk, actor: Actor) -> View:
    """Show the form for a comment, with the text typed so far."""
    return await _form(CommentPath(case=case, here=actor.here), text, desk, actor)


async def chase(case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that asks for an update."""
    path = CommentPath(case=case, kind=CommentKind.CHASE, here=actor.here)
    return await _form(path, "", desk, actor)


async def submit(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Add the comment, and say what the record makes of it."""
    path = CommentPath.unpack(view["private_metadata"])
    typed = fields.read(view)
    async with drafted(path.kind, path.case, view, desk=desk, by=actor):
        said = await desk.comments.add(
            path.case,
            typed.text,
            kind=path.kind,
            visibility=typed.visibility,
            is_question=typed.is_question,
            next_step=typed.next_step,
            by=actor,
        )
    await ack(response_action="update", view=told(TITLE, views.added(said)))


async def hear(event: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """Take a person's reply in a case's thread as its comment."""
    is_reply = event.get("thread_ts", event["ts"]) != event["ts"]
    if is_reply and event.get("subtype") in SPOKEN and "bot_id" not in event:
        await desk.comments.hear(
            ChannelId(event["channel"]),
            Ts(event["thread_ts"]),
            Ts(event["ts"]),
            heard(event.get("text", "")),
            by=context["actor"],
        )


async def _form(path: CommentPath, text: str, desk: Desk, actor: Actor) -> View:
    file = await read(path.case, desk, actor)
    kept = await desk.drafts.kept(path.kind, path.case, by=actor)
    return views.form(file, path, kept={**kept, "text": text} if text else kept)
