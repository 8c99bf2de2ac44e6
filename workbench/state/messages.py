"""Messages as Slack keeps them: written, changed, answered in threads, deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbench.blockkit.copying import copied
from workbench.state.apps import App
from workbench.state.blocks import escaped, normalised
from workbench.state.changes import Bus, MessageChanged, MessageDeleted, MessagePosted
from workbench.state.channels import Channel
from workbench.state.clock import Clock
from workbench.state.files import File
from workbench.state.quirks import Quirks
from workbench.state.shapes import Json

NO_TEXT = "This content can't be displayed."
TEXT_LIMIT = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a message says; None means that the caller did not speak of it."""

    text: str | None = None
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    metadata: Json | None = None
    files: Sequence[File] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show."""
        return not (self.text or self.blocks or self.attachments or self.files)

    def fields(self) -> Json:
        """Return the parts that stand in the message, as Slack keeps them."""
        fields: Json = {"text": escaped(self.text or "")[:TEXT_LIMIT]}
        if self.blocks:
            fields["blocks"] = normalised(self.blocks)
            fields["text"] = fields["text"] or NO_TEXT
        if self.attachments:
            fields["attachments"] = _attachments(self.attachments)
        if self.metadata:
            fields["metadata"] = copied(self.metadata)
        if self.files:
            fields |= {"files": [each.shape() for each in self.files], "subtype": "file_share"}
            fields |= {"upload": True, "display_as_bot": False}
        return fields


def _attachments(attachments: list[Json]) -> list[Json]:
    numbered = []
    for number, attachment in enumerate(attachments, start=1):
        own: Json = {"id": number, **copied(attachment)}
        if own.get("blocks"):
            own["blocks"] = normalised(own["blocks"])
        own.setdefault("fallback", "[no preview available]")
        numbered.append(own)
    return numbered


def _origin(channel: Channel, author: Json) -> Json:
    """Return from which workspace a message in a connected channel is."""
    if not channel.is_connected or "team" not in author:
        return {}
    return {"user_team": author["team"], "source_team": author["team"]}


def bot_author(app: App, *, team: str, now: float) -> Json:
    """Return the fields that name an app's bot as a message's author."""
    profile = {
        "id": app.bot_id,
        "app_id": app.id,
        "name": app.name,
        "icons": {},
        "deleted": not app.is_installed,
        "updated": int(now),
        "team_id": team,
    }
    return {
        "user": app.bot_user,
        "bot_id": app.bot_id,
        "app_id": app.id,
        "team": team,
        "bot_profile": profile,
    }


class Messages:
    """Writes into channels and tells everybody."""

    def __init__(self, clock: Clock, bus: Bus, quirks: Quirks) -> None:
        self._clock = clock
        self._bus = bus
        self._quirks = quirks

    def post(
        self,
        channel: Channel,
        author: Json,
        content: Content,
        *,
        thread_ts: str | None = None,
        is_broadcast: bool = False,
    ) -> Json:
        """Add a message that everybody in the channel sees."""
        message: Json = {"type": "message", **author, **content.fields()}
        message["ts"] = channel.next_ts(self._clock.now())
        message |= _origin(channel, author)
        parent = self._parent(channel, thread_ts)
        if thread_ts:
            message["thread_ts"] = thread_ts = parent["ts"] if parent else thread_ts
            if parent:
                message["parent_user_id"] = parent.get("user")
            if is_broadcast:
                message["subtype"] = "thread_broadcast"
        for file in content.files:
            file.share(channel, message)
        channel.messages[message["ts"]] = message
        self._bus.tell(MessagePosted(channel=channel, message=message))
        if parent:
            self._count_replies(channel, parent)
        return message

    def whisper(
        self,
        channel: Channel,
        author: Json,
        content: Content,
        *,
        to: str,
        thread_ts: str | None = None,
    ) -> Json:
        """Add a message that only one person sees; it is not kept in the channel."""
        fields = content.fields()
        fields.pop("metadata", None)
        message: Json = {"type": "message", **author, **fields, "is_ephemeral": True}
        message["ts"] = channel.next_ts(self._clock.now())
        if thread_ts:
            message["thread_ts"] = thread_ts
        channel.ephemerals.setdefault(to, {})[message["ts"]] = message
        self._bus.tell(MessagePosted(channel=channel, message=message, to=to))
        return message

    def change(
        self, channel: Channel, message: Json, content: Content, *, to: str | None = None
    ) -> None:
        """Give a message new content; see `replaced` for what stays."""
        previous = copied(message)
        replaced(message, content, drops=self._quirks.text_drops_blocks)
        if "blocks" not in message and not to:
            now = self._clock.now()
            message["edited"] = {"user": message["user"], "ts": f"{int(now)}.000000"}
        change = MessageChanged(channel=channel, message=message, previous=previous, to=to)
        self._bus.tell(change)

    def grow(self, channel: Channel, message: Json, content: Content) -> None:
        """Show more of a message that is being written; apps hear of it when it is done."""
        previous = copied(message)
        message |= content.fields()
        self._bus.tell(
            MessageChanged(
                channel=channel, message=message, previous=previous, is_bookkeeping=True
            )
        )

    def attach(self, channel: Channel, message: Json, content: Content) -> None:
        """Give a message these attachments, and leave the rest as it is."""
        previous = copied(message)
        message["attachments"] = content.fields()["attachments"]
        self._bus.tell(MessageChanged(channel=channel, message=message, previous=previous))

    def delete(self, channel: Channel, message: Json, *, to: str | None = None) -> None:
        """Take a message away; one with replies leaves a tombstone."""
        ts = message["ts"]
        if to:
            channel.ephemerals[to].pop(ts)
        elif message.get("reply_count"):
            self._bury(channel, message)
            return
        else:
            channel.messages.pop(ts)
        self._bus.tell(MessageDeleted(channel=channel, previous=message, to=to))
        parent = self._parent(channel, message.get("thread_ts"))
        if parent and parent["ts"] != ts and not to:
            self._count_replies(channel, parent)

    def _bury(self, channel: Channel, message: Json) -> None:
        previous = copied(message)
        for gone in ("blocks", "attachments", "metadata", "bot_id", "app_id", "bot_profile"):
            message.pop(gone, None)
        message |= {
            "subtype": "tombstone",
            "hidden": True,
            "user": "USLACKBOT",
            "text": "This message was deleted.",
        }
        self._bus.tell(MessageChanged(channel=channel, message=message, previous=previous))

    def _parent(self, channel: Channel, thread_ts: str | None) -> Json | None:
        parent = channel.messages.get(thread_ts or "")
        if parent and parent.get("thread_ts", parent["ts"]) != parent["ts"]:
            return channel.messages.get(parent["thread_ts"])
        return parent

    def _count_replies(self, channel: Channel, parent: Json) -> None:
        previous = copied(parent)
        replies = list(channel.replies(parent["ts"]))
        authors = list(dict.fromkeys(reply["user"] for reply in replies))
        parent["thread_ts"] = parent["ts"]
        parent["reply_count"] = len(replies)
        parent["reply_users_count"] = len(authors)
        parent["reply_users"] = authors[:5]
        parent["is_locked"] = False
        parent["subscribed"] = False
        if replies:
            parent["latest_reply"] = replies[-1]["ts"]
        self._bus.tell(
            MessageChanged(channel=channel, message=parent, previous=previous, is_bookkeeping=True)
        )


def replaced(message: Json, content: Content, *, drops: bool = True) -> None:
    """Write new content into a message, as chat.update does.

    Text without blocks removes the blocks and the attachments, if it `drops` them; metadata stays unless it is spoken of, and `{}` removes it.
    """
    fields = content.fields()
    is_rewritten = content.blocks is not None or (drops and content.text is not None)
    if is_rewritten:
        message.pop("blocks", None)
    if is_rewritten or content.attachments is not None:
        message.pop("attachments", None)
    if content.metadata is not None:
        message.pop("metadata", None)
    if content.text is None and content.blocks is None:
        fields.pop("text")
    message.update(fields)


def told(message: Json, *, with_metadata: bool) -> Json:
    """Return the message as histories tell it; only who asks for it gets the metadata's payload."""
    shape: dict[str, Any] = copied(message)
    if not with_metadata and "metadata" in shape:
        known = shape.pop("metadata")
        if "event_type" in known:
            shape["metadata"] = {"event_type": known["event_type"]}
    return shape
