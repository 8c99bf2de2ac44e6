"""Messages that are planned: when they come, when they cannot, and how they are taken back."""

import pytest

from tests.workbench.apps import asked
from tests.workbench.asks import error_of, refused


async def test_a_planned_message_is_posted_when_its_time_has_come(bench, client, ana):
    now = int(bench.clock.now())
    kept = await client.chat_scheduleMessage(channel="CGENERAL", text="Later", post_at=now + 600)
    gone = await client.chat_scheduleMessage(channel="CGENERAL", text="Never", post_at=now + 601)
    listed = (await client.chat_scheduledMessages_list(channel="CGENERAL"))["scheduled_messages"]
    assert [each["text"] for each in listed] == ["Later", "Never"]
    await client.chat_deleteScheduledMessage(
        channel="CGENERAL", scheduled_message_id=gone["scheduled_message_id"]
    )
    await ana.never_sees("Later")
    await bench.advance(700)
    await ana.sees("Later", channel="general")
    await ana.never_sees("Never")
    other = await client.chat_scheduleMessage(channel="COTHER", text="x", post_at=now + 9_000)
    answer = await error_of(
        client.chat_deleteScheduledMessage(
            channel="CGENERAL", scheduled_message_id=other["scheduled_message_id"]
        )
    )
    assert answer["error"] == "channel_not_found"
    for identifier in (kept["scheduled_message_id"], "Q404"):
        answer = await error_of(
            client.chat_deleteScheduledMessage(channel="CGENERAL", scheduled_message_id=identifier)
        )
        assert answer["error"] == "invalid_scheduled_message_id"


@pytest.mark.parametrize(
    ("seconds", "error"), [(-1, "time_in_past"), (121 * 86_400, "time_too_far")]
)
async def test_only_the_near_future_can_be_planned(bench, client, seconds, error):
    moment = int(bench.clock.now()) + seconds
    answer = await error_of(
        client.chat_scheduleMessage(channel="CGENERAL", text="x", post_at=moment)
    )
    assert answer["error"] == error
    later = int(bench.clock.now()) + 60
    answer = await error_of(
        client.api_call("chat.scheduleMessage", json={"channel": "CGENERAL", "post_at": later})
    )
    assert answer["error"] == "no_text"
    answer = await error_of(
        client.api_call(
            "chat.scheduleMessage", json={"channel": "CGENERAL", "text": "x", "post_at": "soon"}
        )
    )
    assert answer["error"] == "invalid_time"


async def test_no_more_than_thirty_messages_are_planned_for_five_minutes(bench, client):
    moment = int(bench.clock.now()) + 600
    for _ in range(30):
        await client.chat_scheduleMessage(channel="CGENERAL", text="x", post_at=moment)
    answer = await error_of(
        client.chat_scheduleMessage(channel="CGENERAL", text="x", post_at=moment)
    )
    assert answer["error"] == "restricted_too_many"


async def test_a_planned_message_is_a_reply_that_everybody_sees(bench, client, ana):
    first = await ana.types("general", "Remind us")
    await client.chat_scheduleMessage(
        channel="CGENERAL",
        text="Now",
        post_at=int(bench.clock.now()) + 600,
        thread_ts=first["ts"],
        reply_broadcast=True,
    )
    await bench.advance(600)
    reply = await ana.message("Now", channel="general")
    assert (reply["thread_ts"], reply["subtype"]) == (first["ts"], "thread_broadcast")


@pytest.mark.parametrize("wish", [{"archived": True}, {"read_only": True}, {"delete": True}])
async def test_nothing_planned_is_said_where_nothing_can_be_said_any_more(bench, client, wish):
    channel = bench.state.channels["CGENERAL"]
    moment = int(bench.clock.now()) + 600
    await client.chat_scheduleMessage(channel="CGENERAL", text="Too late", post_at=moment)
    await asked(bench, "admin/channels", channel="general", **wish)
    await bench.advance(600)
    assert channel.messages == {}
    assert bench.state.scheduled == {}


async def test_an_app_that_was_removed_says_nothing_of_what_it_planned(bench, client):
    moment = int(bench.clock.now()) + 600
    await client.chat_scheduleMessage(channel="CGENERAL", text="Too late", post_at=moment)
    await asked(bench, "admin/uninstall")
    await bench.advance(600)
    assert bench.state.channels["CGENERAL"].messages == {}


async def test_what_is_as_good_as_posted_is_not_taken_back(bench, client):
    moment = int(bench.clock.now()) + 120
    planned = await client.chat_scheduleMessage(channel="CGENERAL", text="x", post_at=moment)
    await bench.advance(65)
    answer = await error_of(
        client.chat_deleteScheduledMessage(
            channel="CGENERAL", scheduled_message_id=planned["scheduled_message_id"]
        )
    )
    assert answer["error"] == "invalid_scheduled_message_id"


async def test_what_is_planned_is_listed_by_place_and_time(bench, client):
    now = int(bench.clock.now())
    for minutes in (10, 20, 30):
        await client.chat_scheduleMessage(
            channel="CGENERAL", text=f"In {minutes}", post_at=now + minutes * 60
        )
    found = await client.chat_scheduledMessages_list(
        oldest=str(now + 700), latest=f"{now + 1300}.000000"
    )
    assert [each["text"] for each in found["scheduled_messages"]] == ["In 20"]
    assert set(found["scheduled_messages"][0]) == {
        "id", "channel_id", "post_at", "date_created", "text",
    }  # fmt: skip
    assert await refused(client, "chat.scheduledMessages.list", channel="C404") == (
        "invalid_channel"
    )
    assert await refused(client, "chat.scheduledMessages.list", oldest="then") == (
        "invalid_arguments"
    )


@pytest.mark.parametrize(
    ("method", "more"),
    [("chat.scheduleMessage", {"post_at": 600}), ("chat.postEphemeral", {"user": "UANA"})],
)
async def test_a_text_that_would_be_cut_off_is_refused(bench, client, method, more):
    if "post_at" in more:
        more = {"post_at": int(bench.clock.now()) + more["post_at"]}
    wish = {"channel": "CGENERAL", "text": "x" * 40_001, **more}
    assert (await error_of(client.api_call(method, json=wish)))["error"] == "msg_too_long"
