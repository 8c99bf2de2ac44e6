"""Messages that an app writes while people look on."""

from typing import Any

import pytest

from tests.workbench.apps import a_manifest, a_seed, asked, client_of, recording
from tests.workbench.asks import error_of
from tests.workbench.blocks import actions, button, section
from workbench import serving

TO_ANA: dict[str, Any] = {"recipient_team_id": "T1", "recipient_user_id": "UANA"}


def task(number, title, status, **more):
    return {"type": "task_update", "id": number, "title": title, "status": status, **more}


@pytest.fixture
async def asks(ana):
    """What Ana asked, which is answered."""
    return (await ana.types("general", "How many cases are open?"))["ts"]


@pytest.fixture
async def begun(client, asks):
    """Begin an answer, and return where it stands."""
    started = await client.chat_startStream(
        channel="CGENERAL", thread_ts=asks, markdown_text="There are ", **TO_ANA
    )
    return {"channel": "CGENERAL", "ts": started["ts"]}


async def test_people_see_an_answer_grow_in_its_thread(client, ana, begun, asks):
    await ana.sees("There are", channel="general")
    await client.chat_appendStream(**begun, markdown_text="**three** ")
    await ana.sees("There are **three**", channel="general")
    growing = await ana.message("There are", channel="general")
    assert growing["streaming_state"] == "in_progress"
    stopped = await client.chat_stopStream(
        **begun,
        markdown_text="cases.",
        blocks=[actions(button("Show them"))],
        metadata={"event_type": "answered", "event_payload": {"count": 3}},
    )
    message = stopped["message"]
    assert (message["thread_ts"], message["streaming_state"]) == (asks, "completed")
    assert message["text"] == "There are **three** cases."
    assert [each["type"] for each in message["blocks"]] == ["markdown", "actions"]
    assert message["blocks"][0]["block_id"] == growing["blocks"][0]["block_id"]
    assert message["metadata"]["event_payload"] == {"count": 3}
    assert "edited" not in message


async def test_an_app_hears_when_it_began_and_when_it_is_done():
    manifest = a_manifest(event_subscriptions={"bot_events": ["message.channels"]})
    async with serving(a_seed(manifest=manifest)) as bench:
        client = client_of(bench)
        async with recording(bench) as app:
            started = await client.chat_startStream(
                channel="CGENERAL", thread_ts="", markdown_text="a", **TO_ANA
            )
            await app.hears_events(1)
            where = {"channel": "CGENERAL", "ts": started["ts"]}
            await client.chat_appendStream(**where, markdown_text="b")
            await client.chat_stopStream(**where, markdown_text="c")
            first, last = [each["event"] for each in await app.hears_events(2)]
    assert first["text"] == "a"
    assert (last["subtype"], last["message"]["text"]) == ("message_changed", "abc")


async def test_tasks_stand_where_they_began_and_say_how_they_went(client, begun):
    await client.chat_appendStream(
        **begun, chunks=[task("1", "Count", "in_progress"), task("2", "Write", "pending")]
    )
    await client.chat_appendStream(
        **begun,
        chunks=[
            {"type": "markdown_text", "text": "Done."},
            task("1", "Counted", "complete", details="Two pages", output="Three"),
        ],
    )
    stopped = await client.chat_stopStream(**begun)
    _, first, second, text = stopped["message"]["blocks"]
    assert (first["task_id"], first["title"], first["status"]) == ("1", "Counted", "complete")
    assert first["output"]["elements"][0]["elements"] == [{"type": "text", "text": "Three"}]
    assert (second["task_id"], second["status"]) == ("2", "pending")
    assert text["text"] == "Done."


async def test_a_plan_holds_all_tasks_where_the_first_one_stands(client, asks):
    started = await client.chat_startStream(
        channel="CGENERAL",
        thread_ts=asks,
        task_display_mode="plan",
        chunks=[task("1", "Count", "in_progress"), {"type": "markdown_text", "text": "Wait."}],
        **TO_ANA,
    )
    where = {"channel": "CGENERAL", "ts": started["ts"]}
    chunks = [
        task("2", "Write", "error"),
        {"type": "plan_update", "title": "Two steps"},
        {"type": "blocks", "blocks": [section("Below")]},
    ]
    stopped = await client.chat_stopStream(**where, chunks=chunks)
    plan, text, below = stopped["message"]["blocks"]
    assert (plan["type"], plan["title"]) == ("plan", "Two steps")
    assert [each["title"] for each in plan["tasks"]] == ["Count", "Write"]
    assert (text["type"], below["type"]) == ("markdown", "section")


async def test_what_is_being_written_is_not_edited_and_what_is_done_is(client, begun):
    answer = await error_of(client.chat_update(**begun, text="Something else"))
    assert answer["error"] == "streaming_state_conflict"
    await client.chat_stopStream(**begun)
    updated = await client.chat_update(**begun, text="Something else")
    assert updated["text"] == "Something else"
    for call in (
        client.chat_appendStream(**begun, markdown_text="x"),
        client.chat_stopStream(**begun),
    ):
        assert (await error_of(call))["error"] == "message_not_in_streaming_state"


async def test_who_pauses_too_long_cannot_go_on(bench, client, begun):
    await bench.advance(301)
    answer = await error_of(client.chat_appendStream(**begun, markdown_text="x"))
    assert answer["error"] == "message_not_in_streaming_state"
    await asked(bench, "admin/quirks", stream_seconds=3600)
    started = await client.chat_startStream(
        channel="CGENERAL", thread_ts="", markdown_text="x", **TO_ANA
    )
    await bench.advance(600)
    await client.chat_appendStream(channel="CGENERAL", ts=started["ts"], markdown_text="x")


async def test_a_direct_message_needs_a_thread_and_no_recipient(bench, client, ana):
    channel = await ana.opens_messages()
    first = await ana.types(channel, "Hello?")
    await client.chat_startStream(channel=channel, thread_ts=first["ts"], markdown_text="Hi")
    await ana.sees("Hi", channel=channel)
    answer = await error_of(client.chat_startStream(channel=channel, thread_ts=""))
    assert answer["error"] == "invalid_arguments"


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        ({"recipient_team_id": ""}, "missing_recipient_team_id"),
        ({"recipient_user_id": ""}, "missing_recipient_user_id"),
        ({"task_display_mode": "pile"}, "invalid_arguments"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"chunks": {}}, None),
        ({"chunks": "["}, "invalid_chunks"),
        ({"chunks": [1]}, "invalid_chunks"),
        ({"chunks": [{"type": "song"}]}, "invalid_chunks"),
        ({"chunks": [{"type": "markdown_text"}]}, "invalid_chunks"),
        ({"chunks": [task("1", "x", "tired")]}, "invalid_chunks"),
        ({"chunks": [task("1", "x", "error", output=3)]}, "invalid_chunks"),
        ({"chunks": [{"type": "blocks", "blocks": "x"}]}, "invalid_chunks"),
        ({"chunks": [{"type": "blocks", "blocks": [{"type": "x"}]}]}, "invalid_blocks"),
        ({"channel": "COLD"}, "is_archived"),
        ({"channel": "CSECRET"}, "channel_not_found"),
    ],
)
async def test_what_slack_would_not_begin(bench, client, wish, error):
    call = client.api_call(
        "chat.startStream", json={"channel": "CGENERAL", "thread_ts": "1.1", **TO_ANA, **wish}
    )
    if error is None:
        assert (await call)["ok"]
        return
    assert (await error_of(call))["error"] == error
    assert bench.state.channels["CGENERAL"].messages == {}


async def test_what_slack_would_not_go_on_with(client, ana, begun):
    own = (await ana.types("general", "Mine"))["ts"]
    for wish, error in [
        ({}, "no_text"),
        ({"markdown_text": "x" * 12_000}, "msg_too_long"),
        ({"ts": "1.000001", "markdown_text": "x"}, "message_not_found"),
        ({"ts": own, "markdown_text": "x"}, "message_not_owned_by_app"),
    ]:
        call = client.api_call("chat.appendStream", json={**begun, **wish})
        assert (await error_of(call))["error"] == error
    started = await client.chat_startStream(channel="CGENERAL", thread_ts="", **TO_ANA)
    answer = await error_of(client.chat_stopStream(channel="CGENERAL", ts=started["ts"]))
    assert answer["error"] == "no_text"
