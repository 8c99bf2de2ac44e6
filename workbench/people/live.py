"""What each person sees change, pushed to all who look on."""

import asyncio
import contextlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from aiohttp import WSMsgType, web

from workbench.people.looking import channel_entry
from workbench.state import changes
from workbench.state.channels import Channel
from workbench.state.shapes import Json
from workbench.state.users import User
from workbench.state.workspaces import Workspaces
from workbench.traffic import Entry, Traffic

STACK_WORDS = {"opened": "view_opened", "updated": "view_updated", "closed": "view_closed"}


Queue: TypeAlias = asyncio.Queue[str | None]


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who looks on, and whether they want to hear of the traffic with apps, too."""

    user: str
    hears_traffic: bool


class Live:
    """Serves `/workbench/live`: one queue for each onlooker, of what is written already."""

    def __init__(self, spaces: Workspaces, traffic: Traffic) -> None:
        self._spaces = spaces
        self._queues: dict[Queue, Onlooker] = {}
        spaces.shared.bus.listen(self._hear)
        traffic.listen(self._note)

    async def handle(self, request: web.Request, user: User) -> web.StreamResponse:
        """Push to one onlooker until they leave."""
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        queue: Queue = asyncio.Queue()
        for first in self._first(user):
            queue.put_nowait(json.dumps(first))
        wants_traffic = request.query.get("traffic") != "0"
        self._queues[queue] = Onlooker(user.id, wants_traffic)
        reader = asyncio.get_running_loop().create_task(_drain(socket, queue))
        try:
            while (told := await queue.get()) is not None:
                await socket.send_str(told)
        except ConnectionError:
            pass
        finally:
            self._forget(queue)
            reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await reader
        await socket.close()
        return socket

    def _forget(self, queue: Queue) -> None:
        """Note that an onlooker left; with the last one a person's ephemerals are gone."""
        user = self._queues.pop(queue).user
        if user not in self._users():
            home = self._spaces.of(user)
            for channel in home.channels.values() if home else ():
                channel.ephemerals.pop(user, None)

    def stop(self) -> None:
        """Send everybody away."""
        for queue in self._queues:
            queue.put_nowait(None)

    def _users(self) -> set[str]:
        return {onlooker.user for onlooker in self._queues.values()}

    def tell(self, users: Iterable[str], told: Json) -> None:
        """Tell these people, wherever they look."""
        wanted = set(users)
        queues = [queue for queue, onlooker in self._queues.items() if onlooker.user in wanted]
        self._put(queues, told)

    def _put(self, queues: list[Queue], told: Json) -> None:
        if queues:
            written = json.dumps(told)
            for queue in queues:
                queue.put_nowait(written)

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
        queues = [queue for queue, onlooker in self._queues.items() if onlooker.hears_traffic]
        if queues:
            self._put(queues, {"type": "traffic", "entry": entry.shape()})

    def _hear(self, change: changes.Change) -> None:
        match change:
            case changes.MessagePosted() | changes.MessageChanged() | changes.MessageDeleted():
                self._message(change)
            case changes.StackChanged():
                self._stack(change)
            case changes.HomePublished() | changes.EntityShown():
                self.tell([change.user], _shown(change))
            case changes.ClockMoved(now=now, offset=offset):
                self._put(list(self._queues), {"type": "clock", "now": now, "offset": offset})
            case changes.Noticed(text=text):
                self._put(list(self._queues), {"type": "banner", "text": text})
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
        users = self._onlookers(channel) if change.to is None else {change.to}
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
        self.tell(self._onlookers(channel), told)

    def _channel(self, channel: Channel) -> None:
        """Tell everybody in its workspaces what a channel looks like to them."""
        for user in self._users():
            home = self._spaces.of(user)
            if home is not None and home.id in channel.teams:
                entry = channel_entry(home, channel, user)
                self.tell([user], {"type": "channel", "channel": entry})

    def _onlookers(self, channel: Channel) -> set[str]:
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


async def _drain(socket: web.WebSocketResponse, queue: Queue) -> None:
    """Read until the onlooker leaves; whoever asks learns when all before has been told."""
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            break
        asked = message.json()
        if asked.get("type") == "sync":
            queue.put_nowait(json.dumps({"type": "synced", "id": asked.get("id")}))
    queue.put_nowait(None)
