"""Events: who hears of what, in which envelope, and how often it is tried."""

import asyncio

import pytest
from aiohttp import web

from tests.workbench.apps import TOKEN, a_manifest, a_seed, asked, client_of, recording
from workbench import serving


def subscribed(*names, **app):
    """Return a seed whose app subscribed to these events."""
    manifest = a_manifest(event_subscriptions={"bot_events": list(names)})
    return a_seed(manifest=manifest, **app)


async def test_an_event_comes_in_slacks_envelope(bench, app, ana):
    said = await ana.types("general", "Hello @ben")
    (envelope,) = await app.hears_events(1)
    event = envelope["event"]
    assert envelope["type"] == "event_callback"
    assert (envelope["team_id"], envelope["api_app_id"]) == ("T1", "A1")
    assert envelope["event_id"].startswith("Ev")
    assert abs(envelope["event_time"] - bench.clock.now()) < 5
    assert envelope["authorizations"] == [
        {
            "enterprise_id": None,
            "team_id": "T1",
            "user_id": "UTINY",
            "is_bot": True,
            "is_enterprise_install": False,
        }
    ]
    assert (event["type"], event["channel"], event["channel_type"]) == (
        "message",
        "CGENERAL",
        "channel",
    )
    assert (event["user"], event["text"], event["ts"]) == ("UANA", "Hello <@UBEN>", said["ts"])
    assert event["client_msg_id"]
    assert event["blocks"][0]["elements"][0]["elements"] == [
        {"type": "text", "text": "Hello "},
        {"type": "user", "user_id": "UBEN"},
    ]
    assert app.event_requests[0].content_type == "application/json"
    assert app.event_requests[0].headers["X-Slack-Signature"]


async def test_the_apps_own_messages_come_back_with_its_bot_id(app, client):
    await client.chat_postMessage(channel="CGENERAL", text="Hello")
    (envelope,) = await app.hears_events(1)
    assert envelope["event"]["bot_id"] == "B1"


async def test_changes_and_deletions_are_told_but_the_count_of_replies_is_not(app, client):
    ts = (await client.chat_postMessage(channel="CGENERAL", text="One"))["ts"]
    await client.chat_update(channel="CGENERAL", ts=ts, text="Two")
    await client.chat_postMessage(channel="CGENERAL", text="Reply", thread_ts=ts)
    reply = (await app.hears_events(3))[2]["event"]
    await client.chat_delete(channel="CGENERAL", ts=reply["ts"])
    one, two, three, four = [each["event"] for each in await app.hears_events(4)]
    assert (one["text"], two["subtype"], three["text"]) == ("One", "message_changed", "Reply")
    assert (two["message"]["text"], two["previous_message"]["text"]) == ("Two", "One")
    assert (four["subtype"], four["deleted_ts"]) == ("message_deleted", reply["ts"])


async def test_an_app_hears_only_what_it_listed_may_read_and_is_there_for(
    bench, app, client, ana, ben
):
    await ben.types("other", "The bot is not here")
    await ben.types("secret", "Nor here, and message.groups is not listed")
    await client.chat_postEphemeral(channel="CGENERAL", user="UANA", text="Psst")
    bench.state.tokens[TOKEN].scopes = ("chat:write",)
    await ana.types("general", "No scope to read this")
    bench.state.tokens[TOKEN].scopes = ("channels:history",)
    await ana.types("general", "This")
    (envelope,) = await app.hears_events(1)
    assert envelope["event"]["text"] == "This"


async def test_a_direct_message_is_heard_by_the_app_that_is_in_it(app, ana):
    channel = await ana.opens_messages()
    await app.hears_events(1)  # app_home_opened
    await ana.types(channel, "Hello")
    event = (await app.hears_events(2))[1]["event"]
    assert (event["channel_type"], event["text"]) == ("im", "Hello")


async def test_many_things_can_be_heard_of():
    names = (
        "app_mention", "member_joined_channel", "member_left_channel", "channel_created",
        "channel_archive", "channel_unarchive", "channel_deleted", "reaction_added", "user_change",
        "group_archive",
    )  # fmt: skip
    scopes = ["app_mentions:read", "channels:read", "groups:read", "reactions:read", "users:read"]
    scopes += ["reactions:write", "channels:history"]
    async with serving(subscribed(*names, scopes=scopes)) as bench, recording(bench) as app:
        ana = bench.person("ana")
        said = await ana.types("general", "Hello @tiny")
        space = bench.state
        secret = space.channels["CSECRET"]
        await app.hears_events(1)
        await asked(bench, "admin/channels", channel="general", kick=["UBEN"])
        await app.hears_events(2)
        await asked(bench, "admin/channels", channel="general", invite=["UBEN"], by="UANA")
        await app.hears_events(3)
        made = await asked(bench, "admin/channels", name="fresh")
        await app.hears_events(4)
        await asked(bench, "admin/channels", channel=made["channel"], archived=True)
        await app.hears_events(5)
        await asked(bench, "admin/channels", channel=made["channel"], archived=False)
        await app.hears_events(6)
        await asked(bench, "admin/channels", channel=made["channel"], delete=True)
        await app.hears_events(7)
        from_bot = {"channel": "CGENERAL", "timestamp": said["ts"], "name": "eyes"}
        await client_of(bench).api_call("reactions.add", params=from_bot)
        await app.hears_events(8)
        await asked(bench, "admin/users", id="UBEN", tz="Asia/Tokyo")
        await app.hears_events(9)
        space.archive(secret, is_archived=True, by="UBEN")  # the bot is not in it
        space.join(secret, "UTINY")
        await app.hears_events(10)
        space.archive(secret, is_archived=False, by="UBEN")
        space.archive(secret, is_archived=True, by="UBEN")
        events = [each["event"] for each in await app.hears_events(11)]
    assert [event["type"] for event in events] == [
        "app_mention", "member_left_channel", "member_joined_channel", "channel_created",
        "channel_archive", "channel_unarchive", "channel_deleted", "reaction_added", "user_change",
        "member_joined_channel", "group_archive",
    ]  # fmt: skip
    assert events[2]["inviter"] == "UANA"
    assert events[3]["channel"]["name"] == "fresh"
    assert events[7]["item"]["ts"] == said["ts"]
    assert events[8]["user"]["tz"] == "Asia/Tokyo"


async def test_a_removed_app_is_told_so_and_which_tokens_died(bench, app):
    await asked(bench, "admin/uninstall")
    events = {each["event"]["type"]: each["event"] for each in await app.hears_events(2)}
    assert set(events) == {"app_uninstalled", "tokens_revoked"}
    assert events["tokens_revoked"]["tokens"] == {"oauth": [], "bot": ["UTINY"]}


async def test_an_event_is_tried_again_at_once_after_a_minute_and_after_five(bench, app, ana):
    app.event_answers = [500] * 3
    await ana.types("general", "Hello")
    first, second = await app.hears_events(2)
    assert first == second  # the very same event, event_id included
    await bench.advance(59)
    assert len(app.events) == 2
    await bench.advance(1)
    await app.hears_events(3)
    await bench.advance(299)
    assert len(app.events) == 3
    await bench.advance(1)
    await app.hears_events(4)
    told = [
        (request.headers.get("x-slack-retry-num"), request.headers.get("x-slack-retry-reason"))
        for request in app.event_requests
    ]
    assert told == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    await bench.courier.settle(5)
    findings = [each.findings for each in bench.traffic.entries if each.kind == "event"]
    assert findings[1] == ["not delivered: http_error", "retry 1 after http_error"]
    assert findings[3] == ["retry 3 after http_error"]


async def test_an_event_is_given_up_after_three_retries(bench, app, ana):
    app.event_answers = [500] * 4
    await ana.types("general", "Hello")
    await app.hears_events(2)
    await bench.advance(60)
    await app.hears_events(3)
    await bench.advance(300)
    await app.hears_events(4)
    await bench.advance(3600)
    assert len(app.events) == 4


async def test_an_app_that_wants_delayed_events_is_asked_once_an_hour_for_a_day(bench, app, ana):
    answer = await asked(bench, "admin/subscriptions", delayed_events=True)
    assert answer["delayed_events"] is True
    app.event_answers = [500] * 28
    await ana.types("general", "Hello")
    await app.hears_events(2)
    for number, seconds in enumerate([60, 300, *[3600] * 24]):
        await bench.advance(seconds)
        await app.hears_events(number + 3)
    await bench.advance(3600)
    assert [each.headers.get("x-slack-retry-num") for each in app.event_requests] == [
        None,
        *(str(number) for number in range(1, 28)),
    ]


async def test_delayed_events_can_be_switched_off_while_one_waits():
    async with serving(a_seed(delayed_events=True)) as bench, recording(bench) as app:
        app.event_answers = [500] * 5
        await bench.person("ana").types("general", "Hello")
        await app.hears_events(2)
        for count, seconds in enumerate([60, 300, 3600], start=3):
            await bench.advance(seconds)
            await app.hears_events(count)
        await bench.courier.settle(5)
        await asked(bench, "admin/subscriptions", delayed_events=False)
        await bench.advance(3600)
        await app.hears_events(6)  # the next was planned already
        await bench.courier.settle(5)
        await bench.advance(86_400)
        assert len(app.events) == 6


async def test_an_app_may_ask_not_to_be_asked_again(bench, app, ana):
    app.event_answers = [web.Response(status=500, headers={"x-slack-no-retry": "1"})]
    await ana.types("general", "One")
    await app.hears_events(1)
    await bench.advance(3600)
    await ana.types("general", "Two")
    events = [each["event"]["text"] for each in await app.hears_events(2)]
    assert events == ["One", "Two"]


async def test_an_event_that_nobody_answers_in_three_seconds_is_tried_again(bench, app, ana):
    reached = asyncio.Event()

    async def sleeps(_request):
        reached.set()
        await asyncio.Event().wait()

    app.event_answers = [sleeps]
    await ana.types("general", "Hello")
    await reached.wait()
    await bench.advance(3.1)
    await app.hears_events(2)
    assert app.event_requests[1].headers["x-slack-retry-reason"] == "http_timeout"


@pytest.mark.parametrize("kind", ["command", "action"])
async def test_what_people_do_is_never_tried_again(bench, app, ana, kind):
    app.answers = [500]
    await ana.arrives()
    if kind == "command":
        await ana._server.post("command", {"channel": "CGENERAL", "command": "/tiny"})
    else:
        await ana._server.post("shortcut", {"callback_id": "open_it"})
    await bench.advance(3600)
    assert len(app.payloads) == 1
