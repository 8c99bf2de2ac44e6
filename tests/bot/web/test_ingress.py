import asyncio
import json
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncBoltRequest

from bot import courtesy
from bot.clock import real_now
from bot.metrics import Metrics
from bot.web.ingress import LARGEST, Ingress, named
from bot.web.server import listening
from tests.bot.web.conftest import SECRET, an_app, opened


@pytest.fixture
def heard(app):
    """What `/case` was asked, text by text."""
    texts = []

    @app.command("/case")
    async def case(ack, command):
        texts.append(command["text"])
        await ack("heard")

    return texts


def a_command(text):
    return urlencode({"command": "/case", "text": text, "team_id": "T1", "user_id": "U1"})


@pytest.mark.parametrize("text", ["open", "", "the payload is lost", 'payload={"a":1}', "ä €&=%"])
async def test_a_command_arrives_whatever_its_text(slack, heard, text):
    assert await slack.sends(a_command(text)) == (200, "heard")
    assert heard == [text]


async def test_an_interaction_arrives_from_its_form(app, slack):
    @app.action("press")
    async def press(ack, action):
        await ack({"pressed": action["value"]})

    payload = {
        "type": "block_actions",
        "user": {"id": "U1"},
        "team": {"id": "T1"},
        "actions": [{"type": "button", "action_id": "press", "block_id": "b", "value": "payload"}],
    }
    answer = await slack.sends(urlencode({"payload": json.dumps(payload)}))
    assert answer == (200, '{"pressed": "payload"}')


async def test_an_address_is_verified_by_its_challenge(slack):
    body = json.dumps({"type": "url_verification", "challenge": "c", "token": "t"})
    status, answer = await slack.sends(body, kind="json")
    assert (status, json.loads(answer)) == (200, {"challenge": "c"})


@pytest.mark.parametrize(
    "spoiled",
    [
        {"X-Slack-Signature": "v0=00"},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=\u00e4"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": "\u00b2"},
        {"X-Slack-Request-Timestamp": "9" * 5000},
    ],
)
async def test_what_slack_did_not_sign_is_refused(slack, heard, spoiled):
    assert (await slack.sends(a_command("open"), headers=spoiled))[0] == 401
    assert heard == []


@pytest.mark.parametrize(("age", "status"), [(290, 200), (310, 401), (-310, 401)])
async def test_a_signature_is_good_for_five_minutes_of_real_time(slack, heard, age, status):
    at = int(real_now().timestamp()) - age
    assert (await slack.sends(a_command("open"), at=at))[0] == status


async def test_old_and_new_secret_count_while_one_is_replaced(app, heard):
    async with opened(app, "old", "new") as slack:
        assert (await slack.sends(a_command("a"), secret="old"))[0] == 200
        assert (await slack.sends(a_command("b"), secret="new"))[0] == 200
        assert (await slack.sends(a_command("c"), secret="other"))[0] == 401
    assert heard == ["a", "b"]


@pytest.mark.parametrize("body", ["[1]", '"payload"', "{", "null"])
async def test_what_cannot_be_read_is_refused_though_signed(slack, body):
    assert (await slack.sends(body, kind="json"))[0] == 400


async def test_what_is_too_large_is_refused(slack):
    assert (await slack.sends("x" * (LARGEST + 1)))[0] == 413


async def test_nothing_unverified_reaches_the_log(slack, caplog):
    caplog.set_level("DEBUG")
    await slack.sends("text=hush-unverified", headers={"X-Slack-Signature": "v0=00"})
    await slack.sends('{"hush-unverified"', kind="json", headers={"X-Slack-Signature": "v0=00"})
    assert "hush-unverified" not in caplog.text


async def test_bolts_own_check_of_certificates_is_not_a_way_around_the_signature(slack):
    assert (await slack.sends("ssl_check=1&token=t", secret="other"))[0] == 401
    assert (await slack.sends("ssl_check=1&token=t"))[0] == 200


async def test_deliveries_are_counted_by_kind_and_answer(slack, heard):
    await slack.sends(a_command("open"))
    await slack.sends(a_command("open"), secret="other")
    text = slack.metrics.text().decode()
    assert 'caseflag_deliveries_total{kind="command",status="200"} 1.0' in text
    assert 'caseflag_deliveries_total{kind="unverified",status="401"} 1.0' in text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"command": "/case"}, "command"),
        ({"type": "view_submission"}, "view_submission"),
        ({"type": "anything an attacker likes"}, "other"),
        ({}, "other"),
    ],
)
def test_kinds_are_few_whatever_is_sent(body, kind):
    assert named(body) == kind


async def test_bolt_as_it_comes_does_lose_the_word_payload():
    """The reason for a door of our own; when this fails, Bolt has been mended."""
    app = an_app()

    @app.command("/case")
    async def case(ack):
        await ack("heard")

    request = AsyncBoltRequest(
        body=a_command("the payload"),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert (await app.async_dispatch(request)).status == 404


async def test_nobody_waits_for_what_slack_has_not_signed(app, monkeypatch):
    """Else whoever begins a request and never ends it slows down all that is done in slices."""
    monkeypatch.setattr(courtesy, "AT_MOST", 60)
    here, is_inside = courtesy.Courtesy(), asyncio.Event()
    ingress = Ingress(app, (SECRET,), Metrics(), here)

    async def take(request):
        is_inside.set()
        return await ingress.take(request)

    async def half():
        yield b"text="
        await asyncio.Event().wait()

    async with (
        asyncio.timeout(5),
        listening("127.0.0.1", 0, [web.post("/", take)], largest=LARGEST) as port,
        aiohttp.ClientSession() as session,
    ):
        sending = asyncio.create_task(session.post(f"http://127.0.0.1:{port}/", data=half()))
        await is_inside.wait()
        await here.after_you()
        sending.cancel()
        await asyncio.wait([sending])
