"""A Bolt app behind our own door, on a port of its own."""

import io
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import real_now
from bot.metrics import Metrics
from bot.web.ingress import LARGEST, Ingress
from bot.web.runner import Runner
from bot.web.server import listening
from bot.web.tasks import Tasks

SECRET = "a-secret"


async def _authorize():
    return AuthorizeResult(
        enterprise_id=None, team_id="T1", bot_user_id="UBOT", bot_token="xoxb-1"
    )


def an_app(tasks=None):
    """A Bolt app with our runner, or with its own where no tasks are given."""
    app = AsyncApp(
        client=AsyncWebClient(), authorize=_authorize, request_verification_enabled=False
    )
    if tasks is not None:
        app._async_listener_runner = Runner.of(app, tasks)
    return app


class Door:
    """Slack, sending to us."""

    def __init__(self, session, url, metrics):
        self._session = session
        self._url = url
        self.metrics = metrics

    async def sends(self, body, *, secret=SECRET, at=None, headers=None, kind="form"):
        timestamp = str(int(real_now().timestamp()) if at is None else at)
        verifier = SignatureVerifier(secret)
        signature = verifier.generate_signature(timestamp=timestamp, body=body)
        types = {"form": "application/x-www-form-urlencoded", "json": "application/json"}
        signed = {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature,
            "Content-Type": types[kind],
        }
        async with self._session.post(
            self._url, data=io.BytesIO(body.encode()), headers=signed | (headers or {})
        ) as answer:
            return answer.status, await answer.text()


@pytest.fixture
def tasks():
    return Tasks()


@pytest.fixture
def app(tasks):
    return an_app(tasks)


@asynccontextmanager
async def opened(app, *secrets):
    metrics = Metrics()
    ingress = Ingress(app, secrets or (SECRET,), metrics)
    routes = [web.post("/slack/events", ingress.take)]
    async with (
        listening("127.0.0.1", 0, routes, largest=LARGEST) as port,
        aiohttp.ClientSession() as session,
    ):
        yield Door(session, f"http://127.0.0.1:{port}/slack/events", metrics)


@pytest.fixture
async def slack(app):
    async with opened(app) as door:
        yield door
