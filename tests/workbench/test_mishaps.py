"""Rate limits, faults on order, and the clock that moves them all."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.workbench.apps import a_seed, asked, client_of
from tests.workbench.blocks import actions, button, section
from workbench import serving


async def limited(call):
    with pytest.raises(SlackApiError) as error:
        await call
    response = error.value.response
    assert response.status_code == 429
    assert response.data == {"ok": False, "error": "ratelimited"}
    return int(response.headers["Retry-After"])


async def test_a_channel_takes_a_message_a_second_after_a_short_burst(bench, client):
    for _ in range(4):
        await client.chat_postMessage(channel="CGENERAL", text="x")
    assert await limited(client.chat_postMessage(channel="CGENERAL", text="x")) == 1
    await client.chat_postMessage(channel="COTHER", text="x")  # another channel is another matter
    await bench.advance(1)
    await client.chat_postMessage(channel="CGENERAL", text="x")
    await limited(client.chat_postMessage(channel="CGENERAL", text="x"))


async def test_a_tier_is_counted_by_method(bench, client):
    for _ in range(20):
        await client.conversations_list()
    assert await limited(client.conversations_list()) == 3  # twenty a minute
    await client.conversations_info(channel="CGENERAL")
    await bench.advance(3)
    await client.conversations_list()


async def test_limits_can_be_switched_off():
    async with serving(a_seed(), limits=False) as bench:
        client = client_of(bench)
        for _ in range(10):
            await client.chat_postMessage(channel="CGENERAL", text="x")


@pytest.mark.parametrize(
    ("fault", "status", "error"),
    [
        ("ratelimited", 429, "ratelimited"),
        ("500", 500, "internal_error"),
        ("503", 503, "internal_error"),
        ("error:is_archived", 200, "is_archived"),
    ],
)
async def test_an_ordered_fault_is_answered_and_nothing_happens(
    bench, client, fault, status, error
):
    await asked(bench, "faults", method="chat.postMessage", fault=fault, times=1, retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="CGENERAL", text="x")
    assert refused.value.response.status_code == status
    assert refused.value.response["error"] == error
    if fault == "ratelimited":
        assert refused.value.response.headers["Retry-After"] == "7"
    assert bench.state.channels["CGENERAL"].messages == {}
    await client.chat_postMessage(channel="CGENERAL", text="x")
    assert f"fault on order: {fault}" in bench.traffic.entries[0].findings


async def test_a_lost_answer_leaves_the_message_behind(bench, client):
    await asked(bench, "faults", method="chat.postMessage", fault="lost_answer")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="CGENERAL", text="Once")
    found = await client.conversations_history(channel="CGENERAL")
    assert [each["text"] for each in found["messages"]] == ["Once"]


async def test_a_reset_leaves_nothing_behind(bench, client):
    await asked(bench, "faults", method="chat.postMessage", fault="reset")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="CGENERAL", text="Never")
    assert bench.state.channels["CGENERAL"].messages == {}


async def test_no_answer_comes_where_a_time_out_was_ordered(bench, client):
    await asked(bench, "faults", method="chat.postMessage", fault="timeout")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.chat_postMessage(channel="CGENERAL", text="Never"), 0.2)
    assert bench.state.channels["CGENERAL"].messages == {}


async def test_a_late_call_does_nothing_until_its_time_has_passed(bench, client):
    await asked(bench, "faults", method="chat.postMessage", fault="late", retry_after=60)
    began = bench.clock.now()
    late = asyncio.create_task(client.chat_postMessage(channel="CGENERAL", text="Late"))
    while not late.done():
        await bench.advance(20)
    assert float((await late)["ts"]) >= began + 60


async def test_a_slow_answer_comes_when_its_time_has_passed(bench, client):
    await asked(bench, "faults", method="auth.test", fault="slow", retry_after=60)
    noted = asyncio.Event()
    bench.traffic.listen(lambda _: noted.set())
    answer = asyncio.create_task(client.auth_test())
    await asyncio.wait_for(noted.wait(), 5)
    assert not answer.done()
    await bench.advance(61)
    assert (await answer)["ok"]


async def test_a_fault_strikes_its_channel_and_its_method_so_often(bench, client):
    wish = {"method": "chat.postMessage", "channel": "COTHER", "fault": "500", "times": 2}
    await asked(bench, "faults", **wish)
    await client.chat_postMessage(channel="CGENERAL", text="x")
    await client.auth_test()
    for _ in range(2):
        with pytest.raises(SlackApiError):
            await client.chat_postMessage(channel="COTHER", text="x")
    await client.chat_postMessage(channel="COTHER", text="x")


async def test_what_is_still_on_order_can_be_read(bench, client):
    await asked(bench, "faults", method="auth.test", fault="error:fatal_error")
    await asked(bench, "faults", method="event", fault="duplicate", probability=0.5)
    with pytest.raises(SlackApiError, match="fatal_error"):
        await client.auth_test()
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{bench.url}/workbench/faults") as answer,
    ):
        (waiting,) = (await answer.json())["faults"]
    assert waiting == {
        "method": "event",
        "fault": "duplicate",
        "probability": 0.5,
        "retry_after": 2,
    }


async def test_a_fault_strikes_with_its_probability_until_it_is_cleared(bench, client):
    await asked(bench, "faults", method="*", fault="error:fatal_error", probability=1)
    for _ in range(3):
        with pytest.raises(SlackApiError, match="fatal_error"):
            await client.auth_test()
    async with aiohttp.ClientSession() as session:
        await session.delete(f"{bench.url}/workbench/faults")
    await client.auth_test()


@pytest.mark.parametrize(
    ("path", "wish", "told"),
    [
        ("faults", {"method": "x", "fault": "nonsense"}, "unknown fault"),
        ("faults", {"fault": "500"}, "method"),
        ("faults", {"method": "x", "fault": "500", "colour": "red"}, "colour"),
        ("clock", {"advance_seconds": -1}, "not negative"),
        ("clock", {"advance_seconds": True}, "not negative"),
        ("clock", {}, "advance_seconds"),
        ("admin/channels", {"channel": "nowhere"}, "no channel nowhere"),
        ("admin/channels", {}, "name"),
        ("admin/tokens", {"state": "tired"}, "tired"),
        ("admin/tokens", {"state": "active", "app": "other"}, "no app other"),
    ],
    ids=[f"wish {number}" for number in range(10)],
)
async def test_a_wish_that_makes_no_sense_is_told_so(bench, path, wish, told):
    answer = await asked(bench, path, **wish)
    assert answer["ok"] is False
    assert told in answer["error"]


async def test_a_body_that_is_no_object_is_told_so(bench):
    async with aiohttp.ClientSession() as session:
        for raw in (b"{", b"[1]"):
            for path in ("clock", "messages?user=ana"):
                async with session.post(f"{bench.url}/workbench/{path}", data=raw) as response:
                    assert (await response.json())["ok"] is False


async def test_the_clock_moves_here_and_where_a_hook_says(bench, app):
    hook = bench.app.addresses.events
    bench.control.clock_hooks += [hook]
    before = bench.clock.now()
    moved = await asked(bench, "clock", advance_seconds=3600)
    assert moved["offset"] == 3600
    assert moved["now"] - before == pytest.approx(3600, abs=5)
    assert app.payloads == [{"advance_seconds": 3600.0}]
    bench.control.clock_hooks += ["http://127.0.0.1:9/"]
    assert (await asked(bench, "clock", advance_seconds=1))["failed_hooks"] == [
        "http://127.0.0.1:9/"
    ]


async def test_messages_bear_the_workbenchs_time(bench, client):
    await bench.advance(86_400)
    posted = await client.chat_postMessage(channel="CGENERAL", text="x")
    assert float(posted["ts"]) == pytest.approx(bench.clock.now(), abs=5)


async def test_what_nobody_is_sure_of_can_be_switched(bench, client, app, ana):
    quirks = await asked(bench, "admin/quirks")
    assert quirks["quirks"]["text_drops_blocks"] is True
    assert "no quirk" in (await asked(bench, "admin/quirks", text_drops_blocks="yes"))["error"]
    await asked(bench, "admin/quirks", text_drops_blocks=False, replaces_by_default=True)
    blocks = [section("old"), actions(button("Go"))]
    posted = await client.chat_postMessage(channel="CGENERAL", text="old", blocks=blocks)
    kept = await client.chat_update(channel="CGENERAL", ts=posted["ts"], text="new")
    assert len(kept["message"]["blocks"]) == 2
    await ana.presses("Go")
    await AsyncWebhookClient(app.payloads[0]["response_url"]).send(text="Replaced")
    assert [each["text"] for each in await ana.messages("general")] == ["Replaced"]


async def test_histories_may_be_scarce(bench, client):
    bench.limits.is_enforced = False
    for number in range(20):
        await client.chat_postMessage(channel="CGENERAL", text=str(number))
    bench.limits.is_enforced = True
    await asked(bench, "admin/quirks", histories_are_scarce=True)
    found = await client.conversations_history(channel="CGENERAL", limit=100)
    assert (len(found["messages"]), found["has_more"]) == (15, True)
    assert await limited(client.conversations_history(channel="CGENERAL")) == 60
    first = bench.state.channels["CGENERAL"].messages
    await client.conversations_replies(channel="CGENERAL", ts=next(iter(first)))
    await client.conversations_info(channel="CGENERAL")


async def test_the_clock_only_moves_forward(bench):
    with pytest.raises(ValueError, match="forward"):
        bench.clock.advance(-1)


async def test_what_is_due_happens_when_real_time_passes(bench):
    woken = asyncio.Event()
    bench.clock.at(bench.clock.now() + 0.01, woken.set)
    never = bench.clock.at(bench.clock.now() + 0.005, lambda: pytest.fail("it was cancelled"))
    never.cancel()
    async with asyncio.timeout(5):
        await woken.wait()
