"""Comments: by command, by form, by a reply in the card's thread."""

from collections.abc import Iterable, Iterator
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import TITLE, opened, read
from handlers.drafts import drafted
from handlers.forms import casework
from handlers.forms import comments as fields
from handlers.forms.words import heard
from handlers.metadata import CommentPath, MessagePath
from handlers.ports import Desk
from handlers.views import comments as views
from handlers.views.message import Message
from handlers.views.modal import told
from policy.comments import CommentKind
from policy.ids import CaseId, ChannelId, Ts
from policy.roles import Actor

MOST_FILES = 10
ROOM = 2000
"""How many characters of links a modal remembers, which has 3,000 for all there is."""


async def add(case: CaseId, text: str, desk: Desk, actor: Actor) -> Message:
    """Add a comment typed behind the command."""
    return views.added(await desk.comments.add(case, text, by=actor))


async def write(case: CaseId, text: str, desk: Desk, actor: Actor) -> View:
    """Show the form for a comment, with the text typed so far."""
    return await _form(CommentPath(case=case, here=actor.here), text, desk, actor)


async def chase(case: CaseId, text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that asks for an update, with the text typed so far."""
    path = CommentPath(case=case, kind=CommentKind.CHASE, here=actor.here)
    return await _form(path, text, desk, actor)


async def submit(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Add the comment, and say what the record makes of it."""
    path = CommentPath.unpack(view["private_metadata"])
    async with drafted(path.kind, path.case, view, desk=desk, by=actor):
        typed = fields.read(view)
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


async def add_from_message(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    actor: Actor,
) -> None:
    """Show the form that adds a message to a case."""
    await ack()
    modal = await opened(client, body, context)
    message = body["message"]
    at = await client.chat_getPermalink(channel=body["channel"]["id"], message_ts=message["ts"])
    path = MessagePath(here=actor.here, links=(str(at["permalink"]), *_fitting(_files(message))))
    await modal.shows(views.adding(path, heard(message.get("text", ""))))


async def submit_message(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Add the message's words to the case that was picked, with a link to it."""
    path = MessagePath.unpack(view["private_metadata"])
    case, text = casework.case(view), fields.read(view).text
    said = await desk.comments.add(case, text, links=path.links, by=actor)
    await ack(response_action="update", view=told(TITLE, views.added(said)))


async def hear(event: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """Take a person's reply in a case's thread as its comment, and follow what becomes of it."""
    actor: Actor | None = context["actor"]
    if actor is None:
        return
    match event.get("subtype"):
        case "message_changed" if _is_reply(event["message"]):
            await _changed(event["message"], event["channel"], desk, actor)
        case "message_deleted" if _is_reply(event.get("previous_message") or {}):
            at = Ts(event["deleted_ts"])
            await desk.comments.reword(ChannelId(event["channel"]), at, "", by=actor)
        case None | "file_share" | "thread_broadcast":
            await _spoken(event, event["channel"], desk, actor)
        case _:
            return  # the channel's own business: who joined, what its topic is


async def _changed(message: dict[str, Any], channel: str, desk: Desk, actor: Actor) -> None:
    """Follow an edit; where the message itself was never heard, hear it now."""
    is_gone = message.get("subtype") == "tombstone"
    text, files = ("", ()) if is_gone else (heard(message.get("text", "")), _files(message))
    known = await desk.comments.reword(
        ChannelId(channel), Ts(message["ts"]), text, links=files, by=actor
    )
    if not known and not is_gone:
        await _spoken(message, channel, desk, actor)


async def _spoken(message: dict[str, Any], channel: str, desk: Desk, actor: Actor) -> None:
    if _is_reply(message) and "bot_id" not in message:
        await desk.comments.hear(
            ChannelId(channel),
            Ts(message["thread_ts"]),
            Ts(message["ts"]),
            heard(message.get("text", "")),
            links=_files(message),
            by=actor,
        )


def _is_reply(message: dict[str, Any]) -> bool:
    return message.get("thread_ts", message.get("ts")) != message.get("ts")


def _files(message: dict[str, Any]) -> tuple[str, ...]:
    """Return where the files of a message stand; of a guest's file Slack may not say."""
    found = (each.get("permalink") for each in message.get("files", ()))
    return tuple(each for each in found if each)[:MOST_FILES]


def _fitting(links: Iterable[str]) -> Iterator[str]:
    """Yield as many links as there is room for; the message itself has them all."""
    room = ROOM
    for link in links:
        room -= len(link)
        if room >= 0:
            yield link


async def _form(path: CommentPath, text: str, desk: Desk, actor: Actor) -> View:
    file = await read(path.case, desk, actor)
    kept = await desk.drafts.kept(path.kind, path.case, by=actor)
    return views.form(file, path, kept={**kept, "text": text} if text else kept)
