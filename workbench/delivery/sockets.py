"""Socket Mode: tickets, envelopes to any one connection, acks, and goodbyes."""

import asyncio
import json
import secrets
import uuid
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aiohttp import WSMsgType, web

from workbench.delivery.answer import CONNECTION_FAILED, TIMEOUT, Answer, Parcel
from workbench.state.apps import App
from workbench.state.clock import Timer
from workbench.state.shapes import Json
from workbench.state.shared import Shared

CONNECTIONS = 10
LIFE_SECONDS = 3600.0
SHORT_LIFE_SECONDS = 360.0
WARNING_SECONDS = 10.0
PING_SECONDS = 10.0


@dataclass(eq=False, slots=True)
class Connection:
    """One open socket of an app."""

    app: str
    socket: web.WebSocketResponse
    host: str
    transport: asyncio.Transport | None
    timers: list[Timer] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sent:
    """An envelope that waits for its ack, and the connection it went over."""

    over: Connection
    ack: asyncio.Future[Json]


class Sockets:
    """All Socket Mode connections, and the envelopes that wait for an ack."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._open: dict[str, list[Connection]] = {}
        self._waiting: dict[str, Sent] = {}
        self._goodbyes: set[asyncio.Task[None]] = set()
        self._opened = asyncio.Condition()

    def count(self, app: str) -> int:
        """Return how many connections an app has."""
        return len(self._open.get(app, []))

    async def until_open(self, app: str) -> None:
        """Wait until an app has a connection."""
        async with self._opened:
            await self._opened.wait_for(lambda: self.count(app) > 0)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection, from its ticket to its end."""
        app = self._shared.tickets.pop(request.query.get("ticket", ""), None)
        if app is None:
            raise web.HTTPForbidden(text="the ticket is unknown or was used")
        socket = web.WebSocketResponse(heartbeat=PING_SECONDS)
        await socket.prepare(request)
        host = f"applink-{secrets.token_hex(4)}"
        connection = Connection(app, socket, host, request.transport)
        if self.count(app) >= CONNECTIONS:
            await self._goodbye(connection, "too_many_websockets")
            return socket
        is_short = request.query.get("debug_reconnects") == "true"
        await self._greet(connection, SHORT_LIFE_SECONDS if is_short else LIFE_SECONDS)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take(connection, message.data)
        finally:
            self._forget(connection)
        return socket

    async def _greet(self, connection: Connection, life: float) -> None:
        self._open.setdefault(connection.app, []).append(connection)
        clock = self._shared.clock
        for wait, reason in ((life - WARNING_SECONDS, "warning"), (life, "refresh_requested")):
            timer = clock.at(clock.now() + wait, partial(self._later, connection, reason))
            connection.timers.append(timer)
        hello = {
            "type": "hello",
            "num_connections": self.count(connection.app),
            "connection_info": {"app_id": connection.app},
            "debug_info": {
                "host": connection.host,
                "build_number": 54,
                "approximate_connection_time": int(life),
            },
        }
        await connection.socket.send_json(hello)
        async with self._opened:
            self._opened.notify_all()

    def _later(self, connection: Connection, reason: str) -> None:
        task = asyncio.get_running_loop().create_task(self._goodbye(connection, reason))
        self._goodbyes.add(task)
        task.add_done_callback(self._goodbyes.discard)

    async def _goodbye(self, connection: Connection, reason: str) -> None:
        if connection.socket.closed:
            return
        said = {"type": "disconnect", "reason": reason, "debug_info": {"host": connection.host}}
        await connection.socket.send_json(said)
        if reason != "warning":
            self._forget(connection)
            await connection.socket.close()

    def _forget(self, connection: Connection) -> None:
        for timer in connection.timers:
            timer.cancel()
        ours = self._open.get(connection.app, [])
        if connection in ours:
            ours.remove(connection)

    async def disconnect(self, app: str, reason: str) -> None:
        """Say goodbye to all connections of an app."""
        for connection in list(self._open.get(app, [])):
            await self._goodbye(connection, reason)

    def cut(self, app: str) -> None:
        """Cut all connections of an app, without a word."""
        for connection in list(self._open.get(app, [])):
            self._forget(connection)
            if connection.transport is not None:
                connection.transport.abort()

    async def stop(self) -> None:
        """Close everything."""
        for app in list(self._open):
            for connection in list(self._open[app]):
                self._forget(connection)
                await connection.socket.close()
        for sent in self._waiting.values():
            sent.ack.cancel()

    def _take(self, connection: Connection, data: str) -> None:
        try:
            ack: Any = json.loads(data)
        except ValueError:
            return
        sent = self._waiting.get(ack.get("envelope_id", "")) if isinstance(ack, dict) else None
        if sent is None or sent.ack.done():
            return
        if sent.over is connection or self._shared.quirks.acks_over_any_socket:
            sent.ack.set_result(ack)

    async def send(self, app: App, parcel: Parcel, *, seconds: float) -> Answer:
        """Send an envelope to any one of the app's connections and return the ack."""
        ours = self._open.get(app.id, [])
        if not ours:
            return Answer(failure=CONNECTION_FAILED)
        envelope = _envelope(parcel)
        sent = Sent(secrets.choice(ours), asyncio.get_running_loop().create_future())
        self._waiting[envelope["envelope_id"]] = sent
        try:
            async with self._shared.clock.limit(seconds):
                await sent.over.socket.send_json(envelope)
                ack = await sent.ack
        except TimeoutError:
            return Answer(failure=TIMEOUT)
        except ConnectionError:
            return Answer(failure=CONNECTION_FAILED)
        finally:
            del self._waiting[envelope["envelope_id"]]
        takes_payload = envelope["accepts_response_payload"]
        return Answer(status=200, body=(ack.get("payload") or None) if takes_payload else None)


def _envelope(parcel: Parcel) -> Json:
    envelope: Json = {
        "envelope_id": str(uuid.uuid4()),
        "type": parcel.envelope,
        "accepts_response_payload": parcel.kind != "event",
        "payload": parcel.payload,
    }
    if parcel.kind == "event":
        envelope |= {"retry_attempt": parcel.retry, "retry_reason": parcel.reason or ""}
    return envelope
