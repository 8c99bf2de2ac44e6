"""Seeing: everything waits for what the workbench pushes, and complains in words."""

from typing import Any, Self, TypeVar

from workbench.person.places import Modal
from workbench.person.reading import contains
from workbench.person.server import Server
from workbench.person.world import Sight, World

Json = dict[str, Any]
T = TypeVar("T")
SECONDS = 15.0
"""For how long somebody looks for what does not come: machines that others use as well hiccup."""
LISTED = 15


class Eyes:
    """Somebody who looks at Slack."""

    def __init__(self, name: str, url: str) -> None:
        self.name = name
        self._server = Server(name, url)
        self._world = World(self._server)
        self._is_here = False

    async def arrives(self) -> Self:
        """Open Slack; every other verb does so by itself."""
        if not self._is_here:
            self._is_here = True
            await self._world.load()
        return self

    async def leaves(self) -> None:
        """Close Slack."""
        self._is_here = False
        await self._server.close()

    @property
    def id(self) -> str:
        """Return the user's id, once they have arrived."""
        return self._world.me

    @property
    def banners(self) -> list[str]:
        """Return what Slack complained of so far."""
        return self._world.banners

    async def sees(
        self,
        text: str,
        *,
        channel: str | None = None,
        in_: str | None = None,
        within: float = SECONDS,
    ) -> str:
        """Wait until a text can be read, anywhere or in one channel; return what it is part of.

        `in_` narrows that to "modal", "home", "pane" or "banner".
        """
        await self.arrives()
        where = await self._reaches(channel, within)
        found = await self._world.until(lambda: self._sight(text, where, in_), seconds=within)
        return self._there(found, f"does not see {text!r}", where).text

    async def never_sees(self, text: str, *, channel: str | None = None) -> None:
        """Make sure that a text can be read nowhere at this moment."""
        await self.arrives()
        await self._server.sync()
        known = channel is None or self._world.find(channel)
        found = self._sight(text, self._place(channel)) if known else None
        if found is not None:
            message = f"{self.name} sees {text!r} in\n  {found.line()}"
            raise AssertionError(message)

    async def messages(self, channel: str) -> list[Json]:
        """Return a channel's messages, ephemerals included, oldest first, fresh from Slack."""
        await self.arrives()
        found = await self._server.get("messages", channel=self._world.channel(channel)["id"])
        messages: list[Json] = found["messages"]
        return messages

    async def thread(self, channel: str, ts: str) -> list[Json]:
        """Return a thread, its first message included, oldest first."""
        said = await self.messages(channel)
        return [each for each in said if ts in {each["ts"], each.get("thread_ts")}]

    async def message(
        self, text: str, *, channel: str | None = None, within: float = SECONDS
    ) -> Json:
        """Wait for a message with this text and return the newest."""
        await self.arrives()
        where = await self._reaches(channel, within)
        reader = self._world.reader

        def look() -> Json | None:
            newest = self._world.newest(where)
            return next((each for each in newest if contains(reader.message(each), text)), None)

        found = await self._world.until(look, seconds=within)
        return self._there(found, f"sees no message {text!r}", where)

    async def modal(self, *, title: str | None = None, within: float = SECONDS) -> Modal:
        """Wait until a modal, or the one with this title, is on top; return it."""
        await self.arrives()
        found = await self._world.until(lambda: self._modal(title), seconds=within)
        return self._there(found, f"sees no modal {title or 'at all'!r}", None)

    async def sees_no_modal(self, *, within: float = SECONDS) -> None:
        """Wait until no modal is open."""
        await self.arrives()
        gone = await self._world.until(lambda: not self._world.stack or None, seconds=within)
        self._there(gone, "still sees a modal", None)

    def _modal(self, title: str | None) -> Modal | None:
        for view in self._world.stack[-1:]:
            if title in {None, view["title"]["text"]}:
                return Modal(view, self._world.reader.view(view))
        return None

    async def _reaches(self, channel: str | None, within: float) -> str | None:
        """Wait for a channel; a direct message begins with its first word."""
        if channel:
            await self._world.until(lambda: self._world.find(channel), seconds=within)
        return self._place(channel)

    def _place(self, channel: str | None) -> str | None:
        return str(self._world.channel(channel)["id"]) if channel else None

    def _sight(self, text: str, channel: str | None, in_: str | None = None) -> Sight | None:
        sights = (each for each in self._world.sights(channel) if in_ in {None, each.where})
        return next((each for each in sights if contains(each.text, text)), None)

    def _there(self, found: T | None, complaint: str, channel: str | None) -> T:
        """Return what was found, or complain, telling what can be seen instead."""
        if found is not None:
            return found
        sights = list(self._world.sights(channel))
        seen = "\n".join(f"  {each.line()}" for each in sights[:LISTED]) or "  nothing"
        where = f" in {self._world.title(channel)}" if channel else ""
        cut = (
            " The line to Slack is cut: this is what was seen last." if self._world.is_cut else ""
        )
        message = (
            f"{self.name} {complaint}{where}.{cut} What {self.name} sees, newest first:\n{seen}"
        )
        raise AssertionError(message)
