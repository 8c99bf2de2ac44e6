"""Deliveries over HTTP: what an app is sent, signed, and what becomes of bad answers."""

import asyncio
import hashlib
import hmac

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from tests.workbench.apps import SECRET, a_seed, asked, bolt, door, listening, recording
from tests.workbench.blocks import actions, button
from workbench import Trouble, serving
from workbench.delivery.probes import CHALLENGE
from workbench.state.apps import Addresses


async def test_a_command_arrives_in_slacks_words(bench, app, ana):
    await ana.commands("/tiny open", channel="general")
    (payload,) = app.payloads
    assert payload.pop("trigger_id").count(".") == 2
    assert payload.pop("response_url").startswith(f"{bench.url}/response/")
    assert payload == {
        "token": bench.app.verification_token,
        "team_id": "T1",
        "team_domain": "acme",
        "channel_id": "CGENERAL",
        "channel_name": "general",
        "user_id": "UANA",
        "user_name": "ana",
        "command": "/tiny",
        "text": "open",
        "api_app_id": "A1",
        "is_enterprise_install": "false",
    }
    assert app.requests[0].content_type == "application/x-www-form-urlencoded"


async def test_every_delivery_is_signed_in_real_time(bench, app, ana):
    await bench.advance(3 * 3600)
    real = bench.clock.now() - bench.clock.offset
    await ana.commands("/tiny")
    headers = app.requests[0].headers
    stamp = headers["X-Slack-Request-Timestamp"]
    assert abs(int(stamp) - real) < 5
    base = f"v0:{stamp}:".encode() + app.raw[0]
    digest = hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
    assert headers["X-Slack-Signature"] == f"v0={digest}"
    assert SignatureVerifier(SECRET).is_valid(app.raw[0], stamp, headers["X-Slack-Signature"])


@pytest.mark.parametrize(
    ("command", "typed", "told"),
    [
        ("/tiny", "@ben in #general", "<@UBEN> in <#CGENERAL|general>"),
        (
            "/tiny",
            "@duty see https://example.com/a?b=1.",
            "<!subteam^S1> see <https://example.com/a?b=1>.",
        ),
        ("/tiny", "to @ben. In #general, please", "to <@UBEN>. In <#CGENERAL|general>, please"),
        ("/tiny", "a < b & c", "a &lt; b &amp; c"),
        ("/tiny", "@nobody #nowhere", "@nobody #nowhere"),
        ("/plain", "@ben in #general", "@ben in #general"),
        ("/plain", "<@UBEN> in <#CGENERAL|general>", "@ben in #general"),
        ("/plain", "a < b & c", "a < b & c"),
    ],
)
async def test_escaping_is_as_the_manifest_says(app, ana, command, typed, told):
    await ana.commands(f"{command} {typed}")
    assert app.payloads[0]["text"] == told


async def test_a_private_channel_goes_without_its_name(app, ben):
    await ben.commands("/tiny #secret", channel="secret")
    assert app.payloads[0]["text"] == "<#CSECRET|>"
    assert app.payloads[0]["channel_name"] == "privategroup"


async def test_a_direct_message_has_the_name_of_all_direct_messages(app, ana):
    channel = await ana.opens_dm("ben")
    await ana.commands("/tiny", channel=channel)
    assert app.payloads[0]["channel_name"] == "directmessage"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (500, "dispatch_failed"),
        (404, "dispatch_failed"),
    ],
    ids=["500", "404"],
)
async def test_a_command_that_is_not_taken_fails_to_the_person_only(app, ana, ben, answer, error):
    await ben.arrives()
    app.answers = [answer]
    with pytest.raises(Trouble, match=error):
        await ana.commands("/tiny")
    await ana.sees(error)
    await ben.never_sees(error)


async def test_an_app_that_is_not_there_fails_the_command(bench, ana):
    bench.app.addresses = Addresses.all_at("http://127.0.0.1:9/")
    with pytest.raises(Trouble, match="dispatch_failed"):
        await ana.commands("/tiny")
    bench.app.addresses = Addresses()
    with pytest.raises(Trouble, match="dispatch_failed"):
        await ana.commands("/tiny")


async def test_an_app_has_three_seconds_from_the_sending(bench, app, ana):
    late = asyncio.Event()

    async def sleeps(_request):
        late.set()
        await asyncio.Event().wait()

    app.answers = [sleeps]
    command = asyncio.create_task(ana.commands("/tiny"))
    await late.wait()
    await bench.advance(2.9)
    assert not command.done()
    await bench.advance(0.2)
    with pytest.raises(Trouble, match="operation_timeout"):
        await command
    assert len(app.payloads) == 1  # and it is never tried again


async def test_an_unknown_command_is_no_command(app, ana):
    with pytest.raises(Trouble, match="/huge is not a valid command"):
        await ana.commands("/huge")
    assert app.payloads == []


@pytest.mark.parametrize(
    "answer", [{"text": "Only you"}, web.Response(text="Only you")], ids=["JSON", "text"]
)
async def test_the_text_of_an_ack_is_read_by_the_person_only(app, ana, ben, answer):
    await ben.arrives()
    app.answers = [answer]
    await ana.commands("/tiny", channel="general")
    await ana.sees("Only you", channel="general")
    await ben.never_sees("Only you")


async def test_an_ack_in_channel_shows_what_was_typed_too(app, ana, ben):
    app.answers = [{"response_type": "in_channel", "text": "Done"}]
    await ana.commands("/tiny open", channel="general")
    await ben.sees("/tiny open", channel="general")
    await ben.sees("Done", channel="general")


async def test_an_ack_that_slack_does_not_take_is_told(app, ana):
    app.answers = [{"blocks": [{"type": "nonsense"}]}]
    with pytest.raises(Trouble, match="invalid_blocks"):
        await ana.commands("/tiny")


async def test_the_latest_installation_of_a_command_wins():
    seed = a_seed()
    other = {
        **seed["apps"][0],
        "id": "A2",
        "bot_id": "B2",
        "bot_user": {"id": "UTWO", "name": "two"},
    }
    seed["apps"].append({**other, "bot_token": "xoxb-two", "app_token": "xapp-two"})
    async with serving(seed) as bench, recording(bench) as first:
        second = []

        async def takes(request):
            second.append(await request.post())
            return web.Response()

        app = web.Application()
        app.router.add_post("/", takes)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        bench.state.apps["A2"].addresses = Addresses.all_at(url)
        await bench.person("ana").commands("/tiny")
        await runner.cleanup()
        assert len(second) == 1
        assert first.payloads == []


async def test_two_redirects_are_followed_and_three_are_too_many(bench, ana):
    seen = []

    async def hops(request):
        left = int(request.match_info["left"])
        seen.append(left)
        if left:
            following = f"/hop/{left - 1}"
            raise web.HTTPTemporaryRedirect(following)
        return web.Response()

    app = web.Application()
    app.router.add_post("/hop/{left}", hops)
    async with door(bench, app):
        base = bench.app.addresses.commands.rsplit("/", 2)[0]
        bench.app.addresses = Addresses.all_at(f"{base}/hop/2")
        await ana.commands("/tiny")
        assert seen == [2, 1, 0]
        bench.app.addresses = Addresses.all_at(f"{base}/hop/3")
        with pytest.raises(Trouble, match="dispatch_failed"):
            await ana.commands("/tiny")


async def test_each_kind_of_delivery_has_its_own_address():
    manifest = a_seed()["apps"][0]["manifest"]
    manifest["features"]["slash_commands"][0]["url"] = "http://commands"
    manifest["settings"]["interactivity"] |= {
        "request_url": "http://interactivity",
        "message_menu_options_url": "http://options",
    }
    manifest["settings"]["event_subscriptions"]["request_url"] = "http://events"
    async with serving(a_seed(manifest=manifest)) as bench:
        addresses = bench.app.addresses
        assert [each.url for each in bench.app.commands] == ["http://commands", None]
        assert addresses.interactivity == "http://interactivity"
        assert addresses.options == "http://options"
        assert addresses.events == "http://events"


PROBES = [
    ("url_verification", 200),
    ("wrong_signature", 401),
    ("old_timestamp", 401),
    ("ssl_check", 200),
]


@pytest.mark.parametrize(("what", "status"), PROBES)
async def test_an_administrator_tries_how_an_app_receives_odd_deliveries(bench, what, status):
    async with listening(bench, bolt(bench)):
        answer = await asked(bench, "admin/probe", what=what)
    assert answer["status"] == status
    if what == "url_verification":
        assert CHALLENGE in str(answer["body"])


async def test_an_unsigned_delivery_can_be_tried(bench, app):
    answer = await asked(bench, "admin/probe", what="unsigned")
    assert answer["status"] == 200
    assert "X-Slack-Signature" not in app.event_requests[0].headers


async def test_an_odd_delivery_must_be_known_and_have_an_address(bench):
    assert "must be one of" in (await asked(bench, "admin/probe", what="nonsense"))["error"]
    bench.app.addresses = Addresses()
    answer = await asked(bench, "admin/probe", what="unsigned")
    assert answer["failure"] == "connection_failed"


async def test_what_was_sent_and_answered_is_in_the_log(bench, app, client, ana):
    app.answers = [{"text": "Done"}]
    await ana.commands("/tiny open")
    (entry,) = bench.traffic.entries
    assert (entry.direction, entry.kind, entry.method, entry.status) == (
        "to_app",
        "command",
        "/tiny",
        200,
    )
    assert entry.payload["text"] == "open"
    assert entry.response == {"text": "Done"}
    await client.chat_postMessage(channel="UANA", text="x", blocks=[actions(button("Go"))])
    app.answers = [500] * 4
    with pytest.raises(Trouble):
        await ana.presses("Go")
    failed = [each for each in bench.traffic.entries if each.kind == "action"]
    assert failed[0].findings == ["not delivered: http_error"]
