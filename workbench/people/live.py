"""What each person sees change, pushed to all who look on."""

import asyncio
import contextlib
import json
from collections.abc import Iterable, Iterator

from aiohttp import WSMsgType, web

from workbench.people.looking import channel_entry
from workbench.state import changes
from workbench.state.channels import Channel
from workbench.state.shapes import Json
from workbench.state.users import User
from workbench.state.workspaces import Workspaces
from workbench.traffic import Entry, Traffic

STACK_WORDS = {"opened": "view_opened", "updated": "view_updated", "closed": "view_closed"}


class Onlooker:
    """Somebody who looks on, and what they are still to be told, written already."""

    def __init__(self, user: str, *, hears_traffic: bool, name: str) -> None:
        self.user = user
        self.hears_traffic = hears_traffic
        self.name = name
        self.told = 0
        self.queue: asyncio.Queue[str | None] = asyncio.Queue()

    def tell(self, written: str) -> None:
        """Tell them something, after all that came before."""
        self.told += 1
        self.queue.put_nowait(written)


class Live:
    """Serves `/workbench/live`."""

    def __init__(self, spaces: Workspaces, traffic: Traffic) -> None:
        self._spaces = spaces
        self._onlookers: list[Onlooker] = []
        spaces.shared.bus.listen(self._hear)
        traffic.listen(self._note)

    async def handle(self, request: web.Request, user: User) -> web.StreamResponse:
        """Push to one onlooker until they leave."""
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        onlooker = Onlooker(
            user.id,
            hears_traffic=request.query.get("traffic") != "0",
            name=request.query.get("live", ""),
        )
        for first in self._first(user):
            onlooker.tell(json.dumps(first))
        self._onlookers.append(onlooker)
        reader = asyncio.get_running_loop().create_task(_drain(socket, onlooker))
        try:
            while (told := await onlooker.queue.get()) is not None:
                await socket.send_str(told)
        except ConnectionError:
            pass
        finally:
            self._forget(onlooker)
            reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await reader
        await socket.close()
        return socket

    def told(self, name: str | None) -> int | None:
        """Return how much the onlooker of this name was told so far, if there is one."""
        named = (each.told for each in self._onlookers if name and each.name == name)
        return next(named, None)

    def _forget(self, onlooker: Onlooker) -> None:
        """Note that an onlooker left; with the last one a person's ephemerals are gone."""
        self._onlookers.remove(onlooker)
        user = onlooker.user
        if user not in self._users():
            home = self._spaces.of(user)
            for channel in home.channels.values() if home else ():
                channel.ephemerals.pop(user, None)

    def stop(self) -> None:
        """Send everybody away."""
        for onlooker in self._onlookers:
            onlooker.queue.put_nowait(None)

    def _users(self) -> set[str]:
        return {onlooker.user for onlooker in self._onlookers}

    def tell(self, users: Iterable[str], told: Json) -> None:
        """Tell these people, wherever they look."""
        wanted = set(users)
        _write([each for each in self._onlookers if each.user in wanted], told)

    def _first(self, user: User) -> Iterator[Json]:
        shared = self._spaces.shared
        clock = shared.clock
        yield {"type": "hello", "me": user.id}
        yield {"type": "clock", "now": clock.now(), "offset": clock.offset}
        stack = shared.views.stack(user.id)
        yield {"type": "stack", "views": [view.shape() for view in stack]}
        for (owner, app), view in shared.views.homes.items():
            if owner == user.id:
                yield {"type": "home", "app": app, "view": view.shape()}

    def _note(self, entry: Entry) -> None:
        curious = [each for each in self._onlookers if each.hears_traffic]
        if curious:
            _write(curious, {"type": "traffic", "entry": entry.shape()})

    def _hear(self, change: changes.Change) -> None:
        match change:
            case changes.MessagePosted() | changes.MessageChanged() | changes.MessageDeleted():
                self._message(change)
            case changes.StackChanged():
                self._stack(change)
            case changes.HomePublished() | changes.EntityShown():
                self.tell([change.user], _shown(change))
            case changes.ClockMoved(now=now, offset=offset):
                _write(self._onlookers, {"type": "clock", "now": now, "offset": offset})
            case changes.Noticed(text=text):
                _write(self._onlookers, {"type": "banner", "text": text})
            case _:
                self._place(change)

    def _message(
        self, change: changes.MessagePosted | changes.MessageChanged | changes.MessageDeleted
    ) -> None:
        channel = change.channel
        told: Json = {"type": _message_word(change), "channel": channel.id}
        if isinstance(change, changes.MessageDeleted):
            told["ts"] = change.previous["ts"]
        else:
            told["message"] = {**change.message, "channel": channel.id}
        users = self._seeing(channel) if change.to is None else {change.to}
        self.tell(users, told)
        if isinstance(change, changes.MessagePosted) and change.to is None:
            for user in users:
                self._unread(channel, user)

    def _unread(self, channel: Channel, user: str) -> None:
        told = {"type": "unread", "channel": channel.id, "unread": channel.unread(user)}
        self.tell([user], told)

    def _stack(self, change: changes.StackChanged) -> None:
        word = STACK_WORDS[change.kind]
        if word == "view_closed":
            told = {"type": word, "view_id": change.view["id"], "cleared": change.was_cleared}
        else:
            told = {"type": word, "view": change.view}
        self.tell([change.user], told)
        self.tell([change.user], {"type": "stack", "views": change.views})

    def _place(self, change: changes.Change) -> None:
        match change:
            case changes.ChannelRead(channel=channel, user=user):
                self._unread(channel, user)
            case changes.Reacted(channel=channel, message=message):
                self._reacted(channel, message)
            case (
                changes.MemberJoined(channel=channel)
                | changes.MemberLeft(channel=channel)
                | changes.ChannelChanged(channel=channel)
                | changes.ChannelConnected(channel=channel)
            ):
                self._channel(channel)
            case _:
                return

    def _reacted(self, channel: Channel, message: Json) -> None:
        told = {**message, "channel": channel.id}
        told = {"type": "message_changed", "channel": channel.id, "message": told}
        self.tell(self._seeing(channel), told)

    def _channel(self, channel: Channel) -> None:
        """Tell everybody in its workspaces what a channel looks like to them."""
        for user in self._users():
            home = self._spaces.of(user)
            if home is not None and home.id in channel.teams:
                entry = channel_entry(home, channel, user)
                self.tell([user], {"type": "channel", "channel": entry})

    def _seeing(self, channel: Channel) -> set[str]:
        homes = {user: self._spaces.of(user) for user in self._users()}
        return {user for user, home in homes.items() if home and home.can_see(channel, user)}


def _shown(change: changes.HomePublished | changes.EntityShown) -> Json:
    if isinstance(change, changes.HomePublished):
        return {"type": "home", "app": change.app, "view": change.view}
    return {"type": "entity", "pane": change.pane}


def _message_word(
    change: changes.MessagePosted | changes.MessageChanged | changes.MessageDeleted,
) -> str:
    match change:
        case changes.MessagePosted():
            return "message"
        case changes.MessageChanged():
            return "message_changed"
        case changes.MessageDeleted():
            return "message_deleted"


def _write(onlookers: list[Onlooker], told: Json) -> None:
    """Write something down once, and tell it to all of these."""
    if onlookers:
        written = json.dumps(told)
        for onlooker in onlookers:
            onlooker.tell(written)


async def _drain(socket: web.WebSocketResponse, onlooker: Onlooker) -> None:
    """Read until the onlooker leaves; whoever asks learns when all before has been told."""
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            break
        asked = message.json()
        if asked.get("type") == "sync":
            onlooker.tell(json.dumps({"type": "synced", "id": asked.get("id")}))
    onlooker.queue.put_nowait(None)
