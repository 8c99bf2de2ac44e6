"""What happened in the workspace, told to whoever wants to know it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from workbench.state.channels import Channel
from workbench.state.shapes import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted:
    """A message stands in a channel; with `to`, only that person sees it."""

    channel: Channel
    message: Json
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageChanged:
    """A message reads differently now."""

    channel: Channel
    message: Json
    previous: Json
    to: str | None = None
    is_bookkeeping: bool = False  # only its count of replies and the like


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted:
    """A message is gone."""

    channel: Channel
    previous: Json
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined:
    """Somebody is in a channel now."""

    channel: Channel
    user: str
    inviter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeft:
    """Somebody is in a channel no more."""

    channel: Channel
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChanged:
    """A channel was made, archived, unarchived, renamed or deleted: `event` says which."""

    channel: Channel
    event: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRead:
    """A member has looked at a channel."""

    channel: Channel
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StackChanged:
    """A person's modals are these now; `kind` says what happened to `view`."""

    user: str
    kind: str
    view: Json
    views: list[Json]
    was_cleared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePublished:
    """A person's Home of an app looks like this now."""

    user: str
    app: str
    view: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted:
    """Somebody put an emoji on a message, or took it off again."""

    channel: Channel
    message: Json
    user: str
    name: str
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityOpened:
    """A person looks at what a message stands for, and its app is asked what that is."""

    channel: Channel
    message: Json
    entity: Json
    user: str
    app: str
    trigger: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityShown:
    """An app has answered, and a person sees it beside the conversation."""

    user: str
    pane: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChanged:
    """A person's profile or standing is different now."""

    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppHomeOpened:
    """A person looks at an app's Home or Messages tab."""

    user: str
    app: str
    channel: Channel
    tab: str
    view: Json | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppRemoved:
    """An app is no longer installed, or its tokens were taken away."""

    app: str
    team: str
    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelConnected:
    """A channel is shared with another workspace, or is no longer."""

    channel: Channel
    team: str
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShared:
    """A file stands in a channel."""

    channel: Channel
    file: str
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """Something that everybody at the workbench should know, and no act of theirs answers."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMoved:
    """Time has jumped."""

    now: float
    offset: float


Change: TypeAlias = (
    MessagePosted
    | MessageChanged
    | MessageDeleted
    | MemberJoined
    | MemberLeft
    | ChannelChanged
    | ChannelRead
    | StackChanged
    | HomePublished
    | Reacted
    | EntityOpened
    | EntityShown
    | UserChanged
    | AppHomeOpened
    | AppRemoved
    | ChannelConnected
    | FileShared
    | Noticed
    | ClockMoved
)


class Bus:
    """Passes every change on, in order, to all that listen."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Change], None]] = []

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Tell this listener of every change from now on."""
        self._listeners.append(listener)

    def tell(self, change: Change) -> None:
        """Tell all listeners."""
        for listener in self._listeners:
            listener(change)
