"""The smallest server that speaks the page's protocol, for payloads no app would send."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

PAGE = Path(__file__).parents[3] / "workbench" / "page"
NOON = 1748865600.0  # 2025-06-02T12:00:00Z

type_of = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def person(id_: str, name: str, real_name: str, **more: Any) -> dict[str, Any]:
    """Describe someone as the state does."""
    return {"id": id_, "name": name, "real_name": real_name, "tz": "Europe/Berlin"} | more


def channel(id_: str, name: str, **more: Any) -> dict[str, Any]:
    """Describe a public channel one is in, unless told otherwise."""
    usual = {"type": "public", "is_archived": False, "is_member": True, "topic": "", "unread": 0}
    return {"id": id_, "name": name, "with": None} | usual | more


PEOPLE = [
    person("UANA", "ana", "Ana Costa"),
    person("UMONA", "mona", "Mona Weiss", tz="America/New_York"),
    person("UOTTO", "otto", "Otto Lind", is_restricted=True),
    person("UGONE", "gone", "Gone Away", deleted=True),
    person("UBOT", "caseflag", "Caseflag", is_bot=True),
]
CHANNELS = [
    channel("C1", "support", topic="Cases of *Acme*"),
    channel("C2", "general", unread=3),
    channel("C3", "duty", type="private"),
    channel("C4", "lounge", is_member=False),
    channel("C5", "attic", is_archived=True),
    channel("D1", "", type="im") | {"with": "UMONA"},
    channel("D2", "", type="im") | {"with": "UBOT"},
]
APP = {
    "id": "A1",
    "name": "Caseflag",
    "bot_user": "UBOT",
    "home": True,
    "commands": [
        {"command": "/case", "description": "Support cases", "usage_hint": "open | show | list"},
        {"command": "/casual", "description": "Nothing serious", "usage_hint": ""},
    ],
    "shortcuts": [
        {
            "type": "global",
            "name": "Open a case",
            "callback_id": "open",
            "description": "Starts one",
        },
        {
            "type": "message",
            "name": "Open a case from this",
            "callback_id": "from",
            "description": "",
        },
    ],
}


class Fake:
    """What the page asked for, and what it will be answered."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.messages: dict[str, list[dict[str, Any]]] = {}
        self.stack: list[dict[str, Any]] = []
        self.home: dict[str, Any] | None = None
        self.traffic: list[dict[str, Any]] = []
        self.faults: list[dict[str, Any]] = []
        self.channels = [dict(one) for one in CHANNELS]
        self.offset = 0.0
        self.least_typed = 3
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.answers: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
        self.sockets: list[tuple[str, web.WebSocketResponse]] = []

    def state(self, user: str) -> dict[str, Any]:
        """Describe the world as `user` sees it."""
        return {
            "team": {"id": "T1", "name": "Acme Support"},
            "me": user,
            "users": PEOPLE,
            "usergroups": [{"id": "S1", "handle": "duty", "name": "Duty managers"}],
            "channels": self.channels,
            "apps": [APP],
            "min_query_length": self.least_typed,
            "clock": {"now": NOON + self.offset, "offset": self.offset},
            "views": self.stack,
        }

    def bodies(self, path: str) -> list[dict[str, Any]]:
        """Return what was posted to `/workbench/<path>`, oldest first."""
        return [body for asked, _, body in self.asked if asked == path]

    async def tell(self, kind: str, **news: Any) -> None:
        """Send one piece of news to every page that looks."""
        for _, socket in self.sockets:
            await socket.send_json({"type": kind, **news})

    async def say(self, text: str = "", *, ts: str, channel: str = "C1", **more: Any) -> None:
        """Post a message, as an app unless `user` says who."""
        who = {} if "user" in more else {"user": "UBOT", "bot_id": "B1", "app_id": "A1"}
        message = {"type": "message", "ts": ts, "text": text} | who | more
        self.messages.setdefault(channel, []).append(message)
        await self.tell("message", channel=channel, message=message)

    async def show(self, *views: dict[str, Any]) -> None:
        """Make these the stack of everyone who looks."""
        self.stack = list(views)
        await self.tell("stack", views=self.stack)


class Stage:
    """Where it listens, for as long as there are tests; each test finds it as new."""

    def __init__(self) -> None:
        self.fake = Fake("")

    def cleared(self, address: str = "") -> Fake:
        """Forget all that was asked and answered."""
        self.fake = Fake(address or self.fake.address)
        return self.fake


def view(*blocks: dict[str, Any], id_: str = "V1", **more: Any) -> dict[str, Any]:
    """Build a modal with a title and a submit button."""
    usual = {"title": plain("A form"), "submit": plain("Send"), "close": None}
    return {"id": id_, "type": "modal", "blocks": list(blocks)} | usual | more


def plain(text: str) -> dict[str, Any]:
    """Build a plain text object."""
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> dict[str, Any]:
    """Build a mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def option(value: str, text: str = "", **more: Any) -> dict[str, Any]:
    """Build an option whose text is its value unless told otherwise."""
    return {"text": plain(text or value), "value": value} | more


def an_input(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Build an input block labelled by its id."""
    label = plain(block_id.capitalize())
    named = {"action_id": f"{block_id}.field"} | element
    return {"type": "input", "block_id": block_id, "label": label, "element": named} | more


async def _static(request: web.Request) -> web.Response:
    path = PAGE / (request.match_info.get("path") or "index.html")
    kind = type_of.get(path.suffix, "text/html")
    kept = {"Cache-Control": "max-age=600"}  # read once, and not by every test again
    return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8", headers=kept)


async def _live(request: web.Request) -> web.WebSocketResponse:
    fake = request.app[STAGE].fake
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    place = (request.query["user"], socket)
    fake.sockets.append(place)
    async for message in socket:
        if message.type is WSMsgType.ERROR:
            break
    fake.sockets.remove(place)
    return socket


async def _read(request: web.Request) -> web.Response:
    fake = request.app[STAGE].fake
    path = request.match_info["path"]
    if path == "state":
        return web.json_response(fake.state(request.query.get("user", "UANA")))
    if path == "messages":
        return web.json_response({"messages": fake.messages.get(request.query["channel"], [])})
    return web.json_response({"entries": fake.traffic, "faults": fake.faults})


async def _act(request: web.Request) -> web.Response:
    fake = request.app[STAGE].fake
    path = request.match_info["path"]
    body = json.loads(await request.text() or "{}")
    fake.asked.append((path, request.query.get("user", ""), body))
    if path in fake.answers:
        return web.json_response(fake.answers[path](body))
    return web.json_response(await _usual(fake, path, body))


def _unpacked(file: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in file.items() if key != "content_base64"}


async def _usual(fake: Fake, path: str, body: dict[str, Any]) -> dict[str, Any]:
    if path == "clock":
        fake.offset += body["advance_seconds"]
        await fake.tell("clock", now=NOON + fake.offset, offset=fake.offset)
        return {"now": NOON + fake.offset, "offset": fake.offset}
    if path == "files":
        return {"ok": True, "files": [{"id": "F1", **_unpacked(each)} for each in body["files"]]}
    if path == "home":
        return {"view": fake.home}
    if path == "view/close":
        await fake.show(*([] if body["cleared"] else fake.stack[:-1]))
    return {"ok": True, "channel": "D2"}


STAGE = web.AppKey("stage", Stage)


@asynccontextmanager
async def staged(port: int = 0) -> AsyncIterator[Stage]:
    """Serve the page on 127.0.0.1 for as long as the block runs."""
    stage = Stage()
    app = web.Application()
    app[STAGE] = stage
    app.router.add_get("/", _static)
    app.router.add_get("/static/{path:.*}", _static)
    app.router.add_get("/workbench/live", _live)
    app.router.add_get("/workbench/{path:.*}", _read)
    app.router.add_route("*", "/workbench/{path:.*}", _act)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    stage.cleared(f"http://127.0.0.1:{runner.addresses[0][1]}")
    yield stage
    await runner.cleanup()
