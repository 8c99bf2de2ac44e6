"""How a person is answered where they look: ephemerally, or in a modal; never by a post.

A modal is opened before the desk is asked, because Slack's trigger lives three seconds.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers import turns
from handlers.drafts import remembered
from handlers.ports import Desk
from handlers.talks import speak_of
from handlers.views.message import Message
from handlers.views.modal import loading, told
from policy.casefile import CaseFile
from policy.ids import CaseId
from policy.refusals import NoSuchCase
from policy.roles import Actor

Says = Callable[[CaseId, str, Desk, Actor], Awaitable[Message]]
"""Does what was asked of a case, with the text typed behind it, and says so."""
Shows = Callable[[CaseId, str, Desk, Actor], Awaitable[View]]
"""Shows what was asked of a case as a modal."""
Listener = Callable[..., Awaitable[None]]
OPENED = "opened_view"
"""Where the context keeps the modal that was opened, so that a refusal is told in it."""
TITLE = "Caseflag"
GONE = frozenset({"not_found", "hash_conflict"})
"""What Slack says of a modal that nobody has open any more, or that shows something newer."""


@dataclass(slots=True, kw_only=True)
class Opened:
    """A modal that is open, and shows that we are at it."""

    client: AsyncWebClient
    view: str
    hash: str | None = None
    """The drawing of it that we know of; nothing newer is drawn over. Unknown is no matter."""
    act: int = field(default_factory=turns.act)
    """In whose turn it is drawn."""
    desk: Desk | None = None
    """Who remembers what a person typed into the form that is shown, where one may be."""
    actor: Actor | None = None

    async def shows(self, view: View) -> None:
        """Show this in it, unless it was closed meanwhile, or shows what came of a later act."""
        if self.desk and self.actor:
            view = await remembered(view, desk=self.desk, by=self.actor)
        async with turns.drawing(self.view):
            over = turns.newest(self.view, self.hash, self.act) if self.hash else None
            if over or not self.hash:
                await self._draw(view, over)

    async def _draw(self, view: View, over: str | None) -> None:
        try:
            answer = await self.client.views_update(view_id=self.view, view=view, hash=over)
        except SlackApiError as error:
            if error.response.get("error") not in GONE:
                raise
            return
        self.hash = answer["view"]["hash"]
        if over:
            turns.drew(self.view, over, self.hash, self.act)

    async def says(self, message: Message) -> None:
        """Say this in it."""
        await self.shows(told(TITLE, message))


@dataclass(frozen=True, slots=True, kw_only=True)
class Whisper:
    """A channel in which only this person sees the answer."""

    respond: AsyncRespond
    replaces: bool = False
    """Whether the answer takes the place of the one before, which only this person saw either."""

    async def says(self, message: Message) -> None:
        """Say this, for them alone."""
        await self.respond(
            text=message.text,
            blocks=list(message.blocks),
            response_type="ephemeral",
            replace_original=self.replaces,
        )


def whispered(message: Message) -> dict[str, Any]:
    """Return a message as the ack of a command carries it, for this person alone."""
    blocks = [block.to_dict() for block in message.blocks]
    return {"text": message.text, "blocks": blocks, "response_type": "ephemeral"}


async def opened(
    client: AsyncWebClient, body: Mapping[str, Any], context: AsyncBoltContext
) -> Opened:
    """Open a modal; over one in which something may have been typed, else in its place."""
    shown = body.get("view") or {}
    if shown.get("type") != "modal":
        answer = await client.views_open(trigger_id=body["trigger_id"], view=loading())
    elif any(block["type"] == "input" for block in shown["blocks"]):
        answer = await client.views_push(trigger_id=body["trigger_id"], view=loading())
    else:
        modal = context[OPENED] = _remembering(client, shown, context)
        await modal.shows(loading())
        return modal
    modal = context[OPENED] = _remembering(client, answer["view"], context)
    return modal


def drawn(client: AsyncWebClient, view: Mapping[str, Any]) -> Opened:
    """Return the modal in which somebody acted, to be drawn anew as long as nothing else did."""
    return Opened(client=client, view=view["id"], hash=view["hash"])


def _remembering(
    client: AsyncWebClient, view: Mapping[str, Any], context: AsyncBoltContext
) -> Opened:
    return Opened(
        client=client,
        view=view["id"],
        hash=view["hash"],
        desk=context["desk"],
        actor=context["actor"],
    )


async def near(
    client: AsyncWebClient,
    body: Mapping[str, Any],
    context: AsyncBoltContext,
    respond: AsyncRespond,
) -> Opened | Whisper:
    """Return where to answer a command or a button: ephemerally where that can be, else a modal."""
    if body.get("response_url"):
        return Whisper(respond=respond)
    return await opened(client, body, context)


async def read(case: CaseId, desk: Desk, actor: Actor) -> CaseFile:
    """Return a case that was named.

    Raises:
        NoSuchCase: there is none, or not for this person.
    """
    file = await desk.cases.read(case, by=actor)
    if file is None:
        raise NoSuchCase(case=case)
    speak_of(file.case.id)
    return file


def saying(says: Says) -> Listener:
    """Return the listener of a button that does something to the case in its value."""

    async def listener(
        ack: AsyncAck,
        action: dict[str, Any],
        body: dict[str, Any],
        client: AsyncWebClient,
        context: AsyncBoltContext,
        respond: AsyncRespond,
        desk: Desk,
        actor: Actor,
    ) -> None:
        await ack()
        answer = await near(client, body, context, respond)
        await answer.says(await says(CaseId(action.get("value", "")), "", desk, actor))

    return listener


def showing(shows: Shows) -> Listener:
    """Return the listener of a button that shows a modal about the case in its value."""

    async def listener(
        ack: AsyncAck,
        action: dict[str, Any],
        body: dict[str, Any],
        client: AsyncWebClient,
        context: AsyncBoltContext,
        desk: Desk,
        actor: Actor,
    ) -> None:
        await ack()
        modal = await opened(client, body, context)
        await modal.shows(await shows(CaseId(action.get("value", "")), "", desk, actor))

    return listener
