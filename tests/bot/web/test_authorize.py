"""Who we are, asked once, beside Bolt's own authorization: listeners are granted the same."""

import asyncio
from typing import Any, cast

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.web.bolt import bolt
from bot.web.installed import installed
from bot.web.server import listening
from tests.bot.web.test_runner import ACTION, COMMAND, EVENT, SUBMISSION, plain
from tests.bot.web.test_runner import listening as bound_all
from tests.support.waiting import PATIENCE

ME = {
    "ok": True,
    "url": "https://acme.slack.com/",
    "team": "Acme",
    "team_id": "T1",
    "user": "caseflag",
    "user_id": "UBOT",
    "bot_id": "BBOT",
}
TOKEN = "xoxb-1"


class Slack:
    """Knows who we are, and counts how often it is asked."""

    def __init__(self):
        self.asked = 0
        self.url = ""

    async def tell(self, _request):
        self.asked += 1
        return web.json_response(ME, headers={"x-oauth-scopes": "commands,chat:write"})

    def client(self):
        return AsyncWebClient(token=TOKEN, base_url=self.url)


@pytest.fixture
async def slack():
    slack = Slack()
    async with listening(
        "127.0.0.1", 0, [web.post("/api/auth.test", slack.tell)], largest=1000
    ) as port:
        slack.url = f"http://127.0.0.1:{port}/api/"
        yield slack


async def granted(app, body):
    """Return what a listener is granted for a delivery, as far as it says who we are."""
    seen, done = {}, asyncio.Event()

    async def listener(context):
        seen.update(
            {
                "token": context.bot_token,
                "bot": context.bot_id,
                "user": context.bot_user_id,
                "team": context.team_id,
                "who": context.user_id,
                "client": context.client.token,
                "result": context.authorize_result.bot_user_id,
                "at": context.authorize_result.team_id,
                "scopes": context.authorize_result.bot_scopes,
            }
        )
        await context.ack()
        done.set()

    bound_all(app, listener)
    answer = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
    assert answer.status == 200
    await done.wait()
    return seen


async def ours(slack, tasks):
    client = slack.client()
    return bolt(client, await installed(client), cast("Any", None), tasks, lambda _app: None)


def theirs(slack):
    return AsyncApp(client=slack.client(), request_verification_enabled=False)


@pytest.mark.parametrize("body", [COMMAND, SUBMISSION, ACTION, EVENT])
async def test_both_grant_listeners_the_same(body, slack, tasks):
    mine, bolts = await granted(await ours(slack, tasks), body), await granted(theirs(slack), body)
    assert mine.pop("scopes") == ["chat:write", "commands"]
    assert set(bolts.pop("scopes") or []) <= {"chat:write", "commands"}
    assert mine == bolts
    assert mine["token"] == TOKEN


async def test_however_much_happens_slack_is_asked_once_who_we_are(slack, tasks):
    app = bound_all(await ours(slack, tasks), plain)
    for body in (COMMAND, SUBMISSION, ACTION, EVENT, COMMAND):
        answer = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
        assert answer.status == 200
    await tasks.drained(within=PATIENCE)
    assert slack.asked == 1
