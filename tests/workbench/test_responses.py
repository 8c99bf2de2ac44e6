"""Answers over response_url: how many, how long, seen by whom, in place of what."""

import aiohttp
import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.workbench.asks import error_of, posted
from tests.workbench.blocks import (
    actions,
    button,
    plain,
    section,
)

A, B = ({"text": {**plain(text), "emoji": True}, "value": text.lower()} for text in "AB")


async def url_of(app, client, ana, *, ephemeral=False):
    """Return the address that pressing a button brings."""
    if ephemeral:
        await client.chat_postEphemeral(
            channel="CGENERAL", user="UANA", text="Psst", blocks=[actions(button("Go"))]
        )
    else:
        await posted(client, actions(button("Go")))
    await ana.presses("Go")
    return AsyncWebhookClient(app.payloads[-1]["response_url"])


async def test_an_answer_is_read_by_the_person_only_unless_it_says_otherwise(
    app, client, ana, ben
):
    hook = await url_of(app, client, ana)
    await ben.arrives()
    assert (await hook.send(text="Only you")).status_code == 200
    await ana.sees("Only you", channel="general")
    await ben.never_sees("Only you")
    await hook.send(text="Everyone", response_type="in_channel")
    await ben.sees("Everyone", channel="general")


async def test_five_answers_within_half_an_hour(bench, app, client, ana):
    hook = await url_of(app, client, ana)
    for _ in range(5):
        assert (await hook.send(text="x")).status_code == 200
        await bench.advance(1)
    used = await hook.send(text="x")
    assert (used.status_code, used.body) == (404, '{"ok": false, "error": "used_url"}')
    late = await url_of(app, client, ana)
    await bench.advance(30 * 60 + 1)
    expired = await late.send(text="x")
    assert (expired.status_code, expired.body) == (404, '{"ok": false, "error": "expired_url"}')
    unknown = await AsyncWebhookClient(f"{bench.url}/response/T1/x/y").send(text="x")
    assert unknown.status_code == 404


async def test_answers_are_limited_like_messages(app, client, ana):
    hook = await url_of(app, client, ana)
    codes = [(await hook.send(text="x")).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 200, 429]


@pytest.mark.parametrize("ephemeral", [False, True])
async def test_the_message_is_replaced_and_stays_of_its_kind(app, client, ana, ben, ephemeral):
    hook = await url_of(app, client, ana, ephemeral=ephemeral)
    await hook.send(text="Taken", replace_original=True)
    await ana.sees("Taken", channel="general")
    await ana.never_sees("Go")
    if ephemeral:
        await ben.never_sees("Taken")
    else:
        await ben.sees("Taken", channel="general")


@pytest.mark.parametrize("ephemeral", [False, True])
async def test_the_message_is_deleted_and_what_is_said_with_it_is_new(app, client, ana, ephemeral):
    hook = await url_of(app, client, ana, ephemeral=ephemeral)
    await hook.send(text="Gone", delete_original=True)
    await ana.sees("Gone", channel="general")
    await ana.never_sees("Look")
    await ana.never_sees("Psst")


async def test_a_deletion_needs_no_words(app, client, ana):
    hook = await url_of(app, client, ana)
    assert (await hook.send(delete_original=True)).status_code == 200
    assert await ana.messages("general") == []


async def test_an_answer_works_where_the_bot_is_not(bench, app, ben):
    await ben.commands("/tiny", channel="secret")
    hook = AsyncWebhookClient(app.payloads[0]["response_url"])
    await hook.send(text="Hello", response_type="in_channel")
    await ben.sees("Hello", channel="secret")


async def test_an_answer_to_a_command_replaces_nothing(app, ana):
    await ana.commands("/tiny", channel="general")
    hook = AsyncWebhookClient(app.payloads[0]["response_url"])
    await hook.send(text="One", replace_original=True)
    await hook.send(text="Two", replace_original=True)
    assert [each["text"] for each in await ana.messages("general")] == ["One", "Two"]


async def test_what_slack_does_not_take_is_not_used_up(bench, app, client, ana):
    hook = await url_of(app, client, ana)
    bad = await hook.send(text="x", blocks=[{"type": "nonsense"}])
    assert bad.status_code == 400
    assert "invalid_blocks" in bad.body
    assert (await hook.send(text=None)).status_code == 400
    async with aiohttp.ClientSession() as session:
        async with session.post(hook.url, data={"payload": '{"text": "As a form"}'}) as response:
            assert response.status == 200
        async with session.post(hook.url, data={"payload": "nonsense"}) as response:
            assert response.status == 400
    await ana.sees("As a form")
    kinds = [entry.status for entry in bench.traffic.entries if entry.kind == "response_url"]
    assert kinds == [400, 400, 200, 400]


async def test_an_answer_may_be_longer_than_a_message(app, client, ana):
    hook = await url_of(app, client, ana)
    blocks = [section("x" * 3000) for _ in range(5)]
    assert (await hook.send(text="Long", blocks=blocks)).status_code == 200
    answer = await error_of(client.chat_postMessage(channel="CGENERAL", text="x", blocks=blocks))
    assert answer["error"] == "msg_blocks_too_long"


async def test_an_answer_is_a_reply_only_where_it_replaces_nothing(bench, app, client, ana):
    hook = await url_of(app, client, ana)
    thread = await ana.types("general", "A thread")
    wish = {"response_type": "in_channel", "thread_ts": thread["ts"]}
    await hook.send_dict({**wish, "text": "Beside it"})
    await hook.send_dict({**wish, "text": "In it", "replace_original": False})
    assert "thread_ts" not in await ana.message("Beside it", channel="general")
    assert (await ana.message("In it", channel="general"))["thread_ts"] == thread["ts"]
    findings = [each.findings for each in bench.traffic.entries if each.kind == "response_url"]
    assert findings == [["thread_ts counts only with replace_original: false"], []]
