"""A seed, and tiny Bolt apps: clients of the workbench that know nothing of Caseflag."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from workbench import Workbench
from workbench.state.apps import Addresses

SECRET = "a-signing-secret"
TOKEN = "xoxb-tiny"
APP_TOKEN = "xapp-tiny"


def a_manifest(**settings: Any) -> dict[str, Any]:
    """Return what a tiny app asks of Slack."""
    return {
        "display_information": {"name": "Tiny"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "tiny"},
            "slash_commands": [
                {
                    "command": "/tiny",
                    "description": "Do something",
                    "usage_hint": "[open]",
                    "should_escape": True,
                },
                {"command": "/plain", "description": "The same, unescaped"},
            ],
            "shortcuts": [
                {
                    "type": "global",
                    "name": "Open it",
                    "callback_id": "open_it",
                    "description": "-",
                },
                {
                    "type": "message",
                    "name": "Keep it",
                    "callback_id": "keep_it",
                    "description": "-",
                },
            ],
        },
        "settings": {
            "event_subscriptions": {
                "bot_events": [
                    "message.channels",
                    "message.im",
                    "app_home_opened",
                    "member_joined_channel",
                    "app_uninstalled",
                    "tokens_revoked",
                ]
            },
            "interactivity": {"is_enabled": True},
            **settings,
        },
    }


def a_seed(**app: Any) -> dict[str, Any]:
    """Return a workspace with three people, four channels and the tiny app."""
    return {
        "team": {"id": "T1", "name": "Acme", "domain": "acme"},
        "users": [
            {
                "id": "UANA",
                "name": "ana",
                "real_name": "Ana Lima",
                "email": "ana@example.com",
                "tz": "Europe/Lisbon",
            },
            {"id": "UBEN", "name": "ben", "real_name": "Ben Okoro", "email": "ben@example.com"},
            {"id": "UGONE", "name": "gone", "real_name": "Gone Long", "deleted": True},
        ],
        "usergroups": [{"id": "S1", "handle": "duty", "name": "Duty", "users": ["UANA", "UBEN"]}],
        "channels": [
            {"id": "CGENERAL", "name": "general", "members": ["UANA", "UBEN"]},
            {"id": "COTHER", "name": "other", "members": ["UBEN"]},
            {"id": "CSECRET", "name": "secret", "private": True, "members": ["UBEN"]},
            {"id": "COLD", "name": "old", "archived": True, "members": ["UANA"]},
        ],
        "apps": [
            {
                "id": "A1",
                "name": "Tiny",
                "bot_user": {"id": "UTINY", "name": "tiny"},
                "bot_id": "B1",
                "bot_token": TOKEN,
                "app_token": APP_TOKEN,
                "signing_secret": SECRET,
                "client_id": "1.2",
                "client_secret": "shh",
                "manifest": a_manifest(),
                "channels": ["CGENERAL", "COLD"],
                **app,
            }
        ],
    }


def client_of(bench: Workbench, token: str = TOKEN) -> AsyncWebClient:
    """Return Slack's own client, pointed at the workbench."""
    return AsyncWebClient(token=token, base_url=bench.api_url, retry_handlers=[])


def bolt(bench: Workbench) -> AsyncApp:
    """Return an app without listeners."""
    return AsyncApp(client=client_of(bench), signing_secret=SECRET)


@contextlib.asynccontextmanager
async def listening(bench: Workbench, app: AsyncApp) -> AsyncIterator[None]:
    """Serve a Bolt app over HTTP and let the workbench deliver to it."""
    async with door(bench, app.web_app()):
        yield


@contextlib.asynccontextmanager
async def door(bench: Workbench, app: web.Application) -> AsyncIterator[None]:
    """Serve any web application in the app's place, at every path."""
    listener = socket.create_server(("127.0.0.1", 0))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
    bench.app.addresses = Addresses.all_at(url)
    try:
        yield
    finally:
        await runner.cleanup()
        listener.close()


class Recorder:
    """An app that only writes down what it is sent, and answers what it is told to.

    Events are kept apart from what people do, and so are the answers to them.
    """

    def __init__(self) -> None:
        self.payloads: list[dict[str, Any]] = []
        self.requests: list[web.Request] = []
        self.raw: list[bytes] = []
        self.answers: list[Any] = []
        self.events: list[dict[str, Any]] = []
        self.event_requests: list[web.Request] = []
        self.event_answers: list[Any] = []
        self._news = asyncio.Event()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Take one delivery."""
        payload = await _payload(request)
        if payload.get("type") == "event_callback":
            self.event_requests.append(request)
            self.events.append(payload)
            answers = self.event_answers
        else:
            self.requests.append(request)
            self.raw.append(await request.read())
            self.payloads.append(payload)
            answers = self.answers
        self._news.set()
        return await _answer(answers.pop(0) if answers else None, request)

    async def hears(self, count: int) -> list[dict[str, Any]]:
        """Wait until people did so many things, and return them all."""
        return await self._until(self.payloads, count)

    async def hears_events(self, count: int) -> list[dict[str, Any]]:
        """Wait until so many events have come, and return them all."""
        return await self._until(self.events, count)

    async def hears_event(self, kind: str) -> dict[str, Any]:
        """Wait for an event of this type and return it."""
        async with asyncio.timeout(5):
            while True:
                for envelope in self.events:
                    if envelope["event"]["type"] == kind:
                        event: dict[str, Any] = envelope["event"]
                        return event
                self._news.clear()
                await self._news.wait()

    async def _until(self, kept: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
        async with asyncio.timeout(5):
            while len(kept) < count:
                self._news.clear()
                await self._news.wait()
        return kept

    def app(self) -> web.Application:
        """Return the web application that writes down."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.handle)
        return app


async def _answer(answer: Any, request: web.Request) -> web.StreamResponse:
    if callable(answer):
        answer = await answer(request)
    if isinstance(answer, int):
        return web.Response(status=answer)
    if isinstance(answer, web.StreamResponse):
        return answer
    return web.json_response(answer) if answer is not None else web.Response()


async def _payload(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        body: dict[str, Any] = await request.json()
        return body
    form = await request.post()
    if "payload" in form:
        parsed: dict[str, Any] = json.loads(str(form["payload"]))
        return parsed
    return dict(form)


@contextlib.asynccontextmanager
async def recording(bench: Workbench) -> AsyncIterator[Recorder]:
    """Let an app that only writes down stand in the app's place."""
    recorder = Recorder()
    async with door(bench, recorder.app()):
        yield recorder


async def asked(bench: Workbench, path: str, **wish: Any) -> dict[str, Any]:
    """Post to the workbench's own side and return its answer."""
    url = f"{bench.url}/workbench/{path}"
    async with aiohttp.ClientSession() as session, session.post(url, json=wish) as response:
        answer: dict[str, Any] = await response.json()
        return answer
