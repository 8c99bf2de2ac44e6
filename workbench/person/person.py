"""A person: talks, commands, opens tabs and shortcuts, with eyes and hands."""

from collections.abc import Sequence
from typing import Any

from workbench.person.hands import Hands

Json = dict[str, Any]


class Person(Hands):
    """Somebody in the workspace, by name or id; what they do is done when the verb returns."""

    async def types(
        self,
        channel: str,
        text: str,
        *,
        thread: str | None = None,
        files: Sequence[Json] = (),
    ) -> Json:
        """Say something in a channel, or in the thread under a message's ts.

        Files are dicts of `name` and `content`, or `content_base64`.
        """
        await self.arrives()
        wish: Json = {"channel": self._world.channel(channel)["id"], "text": text}
        if thread:
            wish["thread_ts"] = thread
        if files:
            wish["files"] = list(files)
        answer = self._fine(await self._server.post("messages", wish))
        message: Json = answer["message"]
        return message

    async def reacts(self, message: Json, emoji: str) -> None:
        """Put an emoji on a message that they see, by its name."""
        await self._react(message, emoji, is_over=False)

    async def unreacts(self, message: Json, emoji: str) -> None:
        """Take one's own emoji off a message again."""
        await self._react(message, emoji, is_over=True)

    async def _react(self, message: Json, emoji: str, *, is_over: bool) -> None:
        await self.arrives()
        wish = {"channel": message["channel"], "ts": message["ts"], "name": emoji}
        self._fine(await self._server.post("react", wish | {"is_over": is_over}))

    async def commands(
        self, line: str, *, channel: str | None = None, team: str | None = None
    ) -> None:
        """Use a slash command such as "/case open", in the first of their channels if none is named.

        `team` is the workspace they choose where several of their organisation share the channel.

        Raises:
            Trouble: the app did not take it: `operation_timeout`, `dispatch_failed`.
        """
        await self.arrives()
        name, _, text = line.partition(" ")
        where = self._place(channel) or self._first_channel()
        wish = {"channel": where, "command": name, "text": text, "team": team}
        self._fine(await self._server.post("command", wish))

    def _first_channel(self) -> str:
        for channel in self._world.channels.values():
            if channel["is_member"] and not channel["is_archived"]:
                return str(channel["id"])
        message = f"{self.name} is in no channel"
        raise AssertionError(message)

    async def joins(self, channel: str) -> None:
        """Join a public channel."""
        await self.arrives()
        wish = {"channel": self._world.channel(channel)["id"]}
        self._fine(await self._server.post("join", wish))

    async def opens_dm(self, other: str) -> str:
        """Open the direct message with somebody; return its channel."""
        await self.arrives()
        answer = self._fine(await self._server.post("dm", {"with": other}))
        return str(answer["channel"])

    async def goes_home(self, app: str | None = None) -> None:
        """Open the Home tab of an app, the first one if none is named."""
        await self._tab("home", app)

    async def opens_messages(self, app: str | None = None) -> str:
        """Open the Messages tab of an app; return the direct message's channel."""
        return await self._tab("messages", app)

    async def opens_object(self, message: Json, id_: str | None = None) -> None:
        """Open a Work Object of a message, the first if no id is named; it shows beside it all."""
        await self.arrives()
        wish = {"channel": message["channel"], "ts": message["ts"], "id": id_}
        self._fine(await self._server.post("entity", wish))

    async def _tab(self, tab: str, app: str | None) -> str:
        await self.arrives()
        known = (each for each in self._world.apps if app in {None, each["id"], each["name"]})
        wish = {"app": next(known)["id"], "tab": tab}
        answer = self._fine(await self._server.post("home", wish))
        return str(answer["channel"])

    async def shortcut(self, name: str) -> None:
        """Use a global shortcut, by its name or callback_id."""
        await self.arrives()
        wish = {"callback_id": self._callback(name, "global")}
        self._fine(await self._server.post("shortcut", wish))

    async def shortcut_on(self, message: Json, name: str) -> None:
        """Use a message shortcut, by its name or callback_id."""
        await self.arrives()
        wish = {"callback_id": self._callback(name, "message"), "channel": message["channel"]}
        self._fine(await self._server.post("shortcut", wish | {"message_ts": message["ts"]}))

    def _callback(self, name: str, kind: str) -> str:
        for shortcut in [each for app in self._world.apps for each in app["shortcuts"]]:
            names = {shortcut["name"], shortcut["callback_id"]}
            if shortcut["type"] == kind and name in names:
                return str(shortcut["callback_id"])
        message = f"{self.name} finds no {kind} shortcut {name!r}"
        raise AssertionError(message)
