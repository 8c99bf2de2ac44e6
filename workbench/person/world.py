"""What a person has before their eyes, kept up to date by what the workbench pushes."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from workbench.person.reading import Reader
from workbench.person.server import Server

Json = dict[str, Any]
T = TypeVar("T")
SHOWN = 400


@dataclass(frozen=True, slots=True)
class Sight:
    """A text a person can read, and where."""

    where: str
    text: str
    channel: str | None = None

    def line(self) -> str:
        """Return it in one line, for a complaint."""
        short = " / ".join(self.text.splitlines())
        return f"{self.where}: {short[:SHOWN]}{'…' if len(short) > SHOWN else ''}"


class World:
    """Channels with their messages, the open modals, the Home tabs, and banners."""

    def __init__(self, server: Server) -> None:
        self.reader = Reader()
        self.me = ""
        self.users: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, dict[str, Json]] = {}
        self.apps: list[Json] = []
        self.stack: list[Json] = []
        self.homes: dict[str, Json] = {}
        self.banners: list[str] = []
        self.pane: Json | None = None
        self.is_cut = False
        """Whether nothing new is heard any more."""
        self._server = server
        self._news = asyncio.Event()

    async def load(self) -> None:
        """Look at everything once, then keep it up to date."""
        self.is_cut = False
        await self._server.connect()
        state = await self._server.get("state")
        self.me = state["me"]
        self.apps = state["apps"]
        self.users = {user["id"]: user for user in state["users"]}
        self.reader.users = {user["id"]: user["name"] for user in state["users"]}
        self.reader.groups = {group["id"]: group["handle"] for group in state["usergroups"]}
        self.reader.zone = ZoneInfo(self.users[self.me]["tz"])
        for channel in state["channels"]:
            self._meet(channel)
        for message in (await self._server.get("messages"))["messages"]:
            self._message({"channel": message["channel"], "message": message})
        self._server.listen(self.hear)

    def _meet(self, channel: Json) -> None:
        self.channels[channel["id"]] = channel
        self.reader.channels[channel["id"]] = channel["name"]
        self.messages.setdefault(channel["id"], {})

    def hear(self, told: Json) -> None:
        """Take in one push, and wake whoever waits for news."""
        hearers = {
            "message": self._message,
            "message_changed": self._message,
            "message_deleted": self._deleted,
            "stack": self._stack,
            "home": self._home,
            "channel": self._channel,
            "banner": self._banner,
            "entity": self._entity,
            "cut": self._cut,
        }
        hearer = hearers.get(told["type"])
        if hearer is None:
            return
        hearer(told)
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _message(self, told: Json) -> None:
        self.messages.setdefault(told["channel"], {})[told["message"]["ts"]] = told["message"]

    def _deleted(self, told: Json) -> None:
        self.messages.get(told["channel"], {}).pop(told["ts"], None)

    def _stack(self, told: Json) -> None:
        self.stack = told["views"]

    def _home(self, told: Json) -> None:
        self.homes[told["app"]] = told["view"]

    def _channel(self, told: Json) -> None:
        channel = told["channel"]
        if channel["is_deleted"] or (channel["type"] != "public" and not channel["is_member"]):
            self.channels.pop(channel["id"], None)
            self.messages.pop(channel["id"], None)
        else:
            self._meet(channel)

    def _entity(self, told: Json) -> None:
        self.pane = told["pane"]

    def _cut(self, _told: Json) -> None:
        self.is_cut = True

    def _banner(self, told: Json) -> None:
        self.banners.append(told["text"])

    async def until(self, look: Callable[[], T | None], *, seconds: float) -> T | None:
        """Look again at each piece of news until there is something, or none can come in time."""
        deadline = asyncio.get_running_loop().time() + seconds
        while (found := look()) is None:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or self.is_cut:
                return None
            try:
                await asyncio.wait_for(self._news.wait(), left)
            except TimeoutError:
                return look()
        return found

    def find(self, word: str) -> Json | None:
        """Return a visible channel by id, by name, or by whom a direct message is with."""
        name = word.lstrip("#@")
        for channel in self.channels.values():
            other = self.users.get(channel["with"] or "", {}).get("name")
            if name in {channel["id"], channel["name"], other, channel["with"]}:
                return channel
        return None

    def channel(self, word: str) -> Json:
        """Return a channel that must be visible by now."""
        found = self.find(word)
        if found is None:
            message = f"{self.users[self.me]['name']} sees no channel {word!r}"
            raise AssertionError(message)
        return found

    def title(self, channel: str) -> str:
        """Return how a channel is called."""
        known = self.channels.get(channel, {})
        other = self.users.get(known.get("with") or "", {}).get("name")
        return f"@{other}" if other else f"#{known.get('name', channel)}"

    def newest(self, channel: str | None = None) -> Iterator[Json]:
        """Yield messages, the newest first, of one channel or of all."""
        channels = [channel] if channel else list(self.messages)
        told = [each for name in channels for each in self.messages.get(name, {}).values()]
        yield from sorted(told, key=lambda each: each["ts"], reverse=True)

    def sights(self, channel: str | None = None) -> Iterator[Sight]:
        """Yield everything that can be read: the modal on top, messages, Home tabs, banners."""
        if channel is None:
            yield from self._around()
        for message in self.newest(channel):
            author = self.users.get(message["user"], {}).get("name", message["user"])
            whisper = " (only you)" if message.get("is_ephemeral") else ""
            where = f"{self.title(message['channel'])} {author}{whisper}"
            yield Sight(where, self.reader.message(message), message["channel"])

    def _around(self) -> Iterator[Sight]:
        """Yield what can be read beside the channels."""
        if self.stack:
            yield Sight("modal", self.reader.view(self.stack[-1]))
        for view in self.homes.values():
            yield Sight("home", self.reader.view(view))
        if self.pane is not None:
            yield Sight("pane", self.reader.pane(self.pane))
        for banner in self.banners:
            yield Sight("banner", banner)
