"""Caseflag's own door, Bolt, runner and routes, with as many ways in as `WAYS` says; the last is asked for."""

import os
from typing import Any, cast

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import Metrics
from bot.web.bolt import bolt
from bot.web.ingress import Ingress
from bot.web.installed import Installation
from bot.web.tasks import Tasks
from handlers.ids import Action
from handlers.routes import bind
from policy.ids import WorkspaceId

WAYS = int(os.environ["WAYS"])


async def listener(ack: AsyncAck) -> None:
    """Answer."""
    await ack()


def register(app: AsyncApp) -> None:
    """Bind all the ways in, each a button."""
    names = [f"word.verb-{number}" for number in range(WAYS)]
    bind(app, Action, cast("Any", dict.fromkeys(names, listener)))


async def served() -> web.Application:
    """Return the door with all behind it."""
    result = AuthorizeResult(enterprise_id=None, team_id="T0CASEFLAG", bot_user_id="U0BOT")
    installation = Installation(
        workspace=WorkspaceId("T0CASEFLAG"),
        team="Caseflag",
        bot_user="U0BOT",
        scopes=frozenset(),
        result=result,
    )
    client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"])
    app = bolt(client, installation, cast("Any", None), Tasks(), register)
    ingress = Ingress(app, (os.environ["SLACK_SIGNING_SECRET"],), Metrics())
    application = web.Application()
    application.add_routes([web.post("/slack/events", ingress.take)])
    return application


web.run_app(served(), host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)
