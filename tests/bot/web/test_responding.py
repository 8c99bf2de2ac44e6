"""Our `respond` beside Bolt's own: the same is said, over one connection instead of many."""

from typing import Any, cast

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncBoltRequest, AsyncRespond
from slack_bolt.response import BoltResponse
from slack_sdk.models.blocks import DividerBlock

from bot.web.context import Provide, Seen
from bot.web.responding import Responding
from bot.web.server import listening
from policy.ids import WorkspaceId


@pytest.fixture
async def answers():
    """Where answers go: the address, what was said there, and over which connections."""
    said, connections = [], set()

    async def take(request):
        said.append((request.content_type, await request.json()))
        connections.add(request.transport.get_extra_info("peername"))
        return web.Response(text="ok")

    async with listening("127.0.0.1", 0, [web.post("/answer", take)], largest=1000) as port:
        yield f"http://127.0.0.1:{port}/answer", said, connections


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.parametrize(
    "words",
    [
        {"text": "hello"},
        {"text": "hello", "blocks": [DividerBlock()], "response_type": "ephemeral"},
        {"text": "hello", "replace_original": True},
        {"text": "hello", "replace_original": False, "delete_original": True},
    ],
)
async def test_both_say_the_same(words, answers, session):
    url, said, _ = answers
    ours = await Responding(url, session)(**words)
    theirs = await AsyncRespond(response_url=url)(**words)
    assert (ours.status_code, ours.body) == (theirs.status_code, theirs.body) == (200, "ok")
    assert said[0] == said[1]


async def test_answers_share_a_connection(answers, session):
    url, said, connections = answers
    for _ in range(3):
        await Responding(url, session)(text="hello")
    assert (len(said), len(connections)) == (3, 1)


async def test_without_an_address_both_refuse(session):
    for respond in (Responding(None, session), AsyncRespond(response_url=None)):
        with pytest.raises(ValueError, match="response_url"):
            await respond(text="hello")


async def test_a_listener_is_granted_our_respond(answers, session):
    url, said, _ = answers
    body = {"command": "/case", "user_id": "U1", "response_url": url}
    request = AsyncBoltRequest(mode="socket_mode", body=body)

    async def go_on():
        await request.context["respond"](text="hello")
        return BoltResponse(status=200)

    provide = Provide(
        desk=cast("Any", None), workspace=WorkspaceId("T1"), seen=Seen(), session=session
    )
    await provide.async_process(req=request, resp=BoltResponse(status=200), next=go_on)
    assert isinstance(request.context.respond, Responding)
    assert said == [("application/json", {"text": "hello"})]
