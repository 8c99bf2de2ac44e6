"""What goes wrong on the way to an app, on order: twice, late, out of order, unheard, cut off."""

import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from tests.workbench.apps import a_manifest, a_seed, asked, bolt, client_of
from workbench import Trouble, serving


async def ordered(bench, **wish):
    assert await asked(bench, "faults", **wish) == {"ok": True}


async def test_an_event_comes_twice(bench, app, ana):
    await ordered(bench, method="event/message", fault="duplicate")
    await ana.types("general", "Hello")
    await ana.types("general", "Over")
    one, two, _ = sorted(await app.hears_events(3), key=lambda each: each["event"]["ts"])
    assert one == two


async def test_an_event_comes_twice_under_two_ids(bench, app, ana):
    await ordered(bench, method="event", fault="duplicate_other_id")
    await ana.types("general", "Hello")
    one, two = await app.hears_events(2)
    assert one["event"] == two["event"]
    assert one["event_id"] != two["event_id"]


async def test_an_event_comes_after_the_next_one(bench, app, ana):
    await ordered(bench, method="event/message", fault="reordered", channel="CGENERAL")
    for text in ("First", "Second", "Third"):
        await ana.types("general", text)
    texts = [each["event"]["text"] for each in await app.hears_events(3)]
    assert texts.index("First") > texts.index("Second")


async def test_an_event_that_is_held_back_for_ever_disturbs_nobody(bench, app, ana):
    await ordered(bench, method="event", fault="reordered")
    await ana.types("general", "Never told")
    assert app.events == []


async def test_an_answer_gets_lost_and_the_event_is_tried_again(bench, app, ana):
    await ordered(bench, method="event", fault="lost_answer")
    await ana.types("general", "Hello")
    one, two = await app.hears_events(2)
    assert one["event_id"] == two["event_id"]
    assert app.event_requests[1].headers["x-slack-retry-reason"] == "http_timeout"


async def test_a_commands_answer_gets_lost(bench, app, ana):
    await ordered(bench, method="command//tiny", fault="lost_answer")
    with pytest.raises(Trouble, match="operation_timeout"):
        await ana.commands("/tiny", channel="general")
    assert len(app.payloads) == 1
    await ana.commands("/tiny", channel="general")


async def test_a_delivery_is_slow(bench, app, ana):
    await ordered(bench, method="event", fault="slow", retry_after=20)
    await ana.types("general", "Slow")
    await ana.types("general", "Quick")
    await app.hears_events(1)
    await bench.advance(20)
    texts = [each["event"]["text"] for each in await app.hears_events(2)]
    assert texts == ["Quick", "Slow"]
    await bench.courier.settle(5)
    assert "fault on order: slow" in bench.traffic.entries[-1].findings


async def test_a_socket_is_cut_and_the_event_comes_over_the_next():
    seed = a_seed(manifest=a_manifest(socket_mode_enabled=True))
    async with serving(seed) as bench:
        app, ana = bolt(bench), bench.person("ana")

        @app.event("message")
        async def heard(event, say):
            await say(f"I heard {event['text']}")

        handler = AsyncSocketModeHandler(app, "xapp-tiny", web_client=client_of(bench))
        handler.client.ping_interval = 0.2
        await handler.connect_async()
        try:
            await ordered(bench, method="event/message", fault="dropped")
            await ana.types("general", "one")
            await bench.sockets.until_open("A1")
            await bench.advance(60)
            await bench.sockets.until_open("A1")
            await ana.sees("I heard one", channel="general")
        finally:
            await handler.close_async()


@pytest.mark.parametrize("wish", [
    {"method": "event", "fault": "ratelimited"},
    {"method": "chat.update", "fault": "duplicate"},
    {"method": "command", "fault": "error:nope"},
])  # fmt: skip
async def test_calls_and_deliveries_have_faults_of_their_own(bench, wish):
    assert "unknown fault" in (await asked(bench, "faults", **wish))["error"]
