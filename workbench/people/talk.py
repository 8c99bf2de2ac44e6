"""Saying something as a person, joining, reading, opening a direct message."""

import html
import re
import uuid
from collections.abc import Callable, Sequence

from workbench.people.floor import Impossible, visible
from workbench.people.uploads import uploaded
from workbench.state import reactions
from workbench.state.blocks import TOKEN, escape
from workbench.state.changes import FileShared
from workbench.state.channels import Channel, Kind
from workbench.state.ids import new_block_id
from workbench.state.messages import Content
from workbench.state.shapes import Json
from workbench.state.users import User
from workbench.state.workspace import Workspace
from workbench.state.workspaces import Workspaces

_NAME = re.compile(r"(?<![\w<@])@([\w.-]*\w)")
_CHANNEL = re.compile(r"(?<![\w<#&])#([\w-]*\w)")
_LINK = re.compile(r"(?<![<\w|])https?://[^\s<>|]+[^\s<>|.,;:!?)]")
_KEPT = re.compile(rf"(```.*?```|`[^`\n]+`|{TOKEN.pattern})", re.DOTALL)


def say(
    space: Workspace,
    user: User,
    word: str,
    text: str,
    *,
    thread_ts: str | None = None,
    files: Sequence[Json] = (),
) -> Json:
    """Say something in a channel, or in a thread of it, perhaps with files."""
    channel = visible(space, user, word)
    if channel.is_archived:
        message = f"#{channel.name} is archived"
        raise Impossible(message)
    if not text.strip() and not files:
        message = "there is nothing to say"
        raise Impossible(message)
    if _is_closed(space, channel, user):
        message = "Sending messages to this app has been turned off."
        raise Impossible(message)
    if channel.kind is Kind.PUBLIC:
        space.join(channel, user.id)
    shared = [uploaded(space, user, each) for each in files]
    written = linked(space, text)
    author = {"user": user.id, "team": space.id, "client_msg_id": str(uuid.uuid4())}
    content = Content(
        text=written, blocks=[_rich(written)] if text.strip() else None, files=shared
    )
    said = space.messages.post(channel, author, content, thread_ts=thread_ts)
    for file in shared:
        space.bus.tell(FileShared(channel=channel, file=file.id, user=user.id))
    space.mark_read(channel, user.id)
    return said


def _is_closed(space: Workspace, channel: Channel, user: User) -> bool:
    """Tell whether it is the Messages tab of an app that takes no messages."""
    other = space.users.get(channel.other(user.id) or "")
    app = space.apps.get(other.app or "") if other else None
    return app is not None and (app.only_speaks or not app.has_messages_tab)


def linked(space: Workspace, text: str) -> str:
    """Return typed text with names, channels and links as Slack's client sends them.

    Code stays as it is typed, and so does what a client has put into tokens already.
    """
    parts = _KEPT.split(text)
    return "".join(_kept(part) if n % 2 else _linked(space, part) for n, part in enumerate(parts))


def _kept(part: str) -> str:
    return escape(part) if part.startswith("`") else part


def _linked(space: Workspace, text: str) -> str:
    text = _LINK.sub(lambda found: f"<{found.group()}>", escape(text))
    text = _NAME.sub(lambda found: _person(space, found.group(1)) or found.group(), text)
    return _CHANNEL.sub(lambda found: _place(space, found.group(1)) or found.group(), text)


def _person(space: Workspace, name: str) -> str | None:
    if name in {"here", "channel", "everyone"}:
        return f"<!{name}>"
    for group in space.usergroups.values():
        if group.handle == name:
            return f"<!subteam^{group.id}>"
    user = next((each for each in space.users.values() if each.name == name), None)
    return f"<@{user.id}>" if user else None


def _place(space: Workspace, name: str) -> str | None:
    channel = space.find_channel(name)
    if channel is None:
        return None
    shown = channel.name if channel.kind is Kind.PUBLIC else ""
    return f"<#{channel.id}|{shown}>"


def unlinked(space: Workspace, text: str) -> str:
    """Return text as a command without `should_escape` gets it: names instead of ids."""

    def plain(found: re.Match[str]) -> str:
        kind, rest = found.group()[1], found.group()[2:-1].partition("|")[0]
        if kind == "@" and rest in space.users:
            return f"@{space.users[rest].name}"
        if kind == "#" and rest in space.channels:
            return f"#{space.channels[rest].name}"
        return found.group()[1:-1].partition("|")[0]

    return TOKEN.sub(plain, text)


def _rich(text: str) -> Json:
    parts = [_element(part) for part in re.split(f"({TOKEN.pattern})", text) if part]
    section = {"type": "rich_text_section", "elements": parts}
    return {"type": "rich_text", "block_id": new_block_id(), "elements": [section]}


def _element(part: str) -> Json:
    for start, build in _ELEMENTS.items():
        if part.startswith(start):
            return build(part[len(start) : -1])
    return {"type": "text", "text": html.unescape(part)}


_ELEMENTS: dict[str, Callable[[str], Json]] = {
    "<@": lambda name: {"type": "user", "user_id": name},
    "<#": lambda name: {"type": "channel", "channel_id": name.partition("|")[0]},
    "<!subteam^": lambda name: {"type": "usergroup", "usergroup_id": name},
    "<!": lambda name: {"type": "broadcast", "range": name},
    "<": lambda url: {"type": "link", "url": url},
}


def join(space: Workspace, user: User, word: str) -> None:
    """Join a public channel."""
    channel = visible(space, user, word)
    if channel.kind is not Kind.PUBLIC or channel.is_archived:
        message = f"{word} cannot be joined"
        raise Impossible(message)
    space.join(channel, user.id)


def read(space: Workspace, user: User, word: str) -> None:
    """Look at a channel."""
    space.mark_read(visible(space, user, word), user.id)


def react(
    space: Workspace, user: User, word: str, ts: str, name: str, *, is_over: bool = False
) -> None:
    """Put an emoji on a message, or take it off again.

    Raises:
        Impossible: with Slack's error.
    """
    channel = visible(space, user, word)
    message, known = channel.messages.get(ts), reactions.named(name)
    if channel.is_archived:
        refusal: str | None = "is_archived"
    elif message is None:
        refusal = "message_not_found"
    elif known is None:
        refusal = "invalid_name"
    else:
        do = reactions.unreact if is_over else reactions.react
        refusal = do(space.bus, channel, message, user=user.id, name=known)
    if refusal:
        raise Impossible(refusal)


def dm(spaces: Workspaces, user: User, other: str) -> Channel:
    """Open a direct message with somebody, who may be of another workspace that shares a channel."""
    found = spaces[user.team].find_user(other)
    if found is None:
        message = f"there is no user {other}"
        raise Impossible(message)
    return spaces.im(user.id, found.id)
