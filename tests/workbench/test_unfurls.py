"""Links that an app knows: it is told of them, and shows what is behind them."""

import json

import pytest

from tests.workbench.apps import a_manifest, a_seed, recording
from tests.workbench.asks import error_of, refused
from tests.workbench.blocks import actions, button, section
from workbench import serving

URL = "https://desk.example.com/cases/7"


@pytest.fixture
async def bench():
    manifest = a_manifest(event_subscriptions={"bot_events": ["link_shared", "message.channels"]})
    manifest["features"]["unfurl_domains"] = ["example.com"]
    async with serving(a_seed(manifest=manifest)) as bench:
        yield bench


@pytest.fixture
async def shared(app, ana):
    """Ana's message with a link, and the event that tells of it."""
    said = await ana.types("other", f"Look at {URL} and https://elsewhere.test/1")
    (envelope,) = await app.hears_events(1)
    return said, envelope["event"]


async def test_an_app_hears_of_its_links_even_where_it_is_no_member(shared):
    said, event = shared
    assert event["links"] == [{"url": URL, "domain": "example.com"}]
    assert (event["channel"], event["message_ts"], event["user"]) == ("COTHER", said["ts"], "UANA")
    assert (event["is_bot_user_member"], event["source"]) == (False, "conversations_history")
    assert event["unfurl_id"].startswith(f"COTHER.{said['ts']}.")


async def test_an_app_does_not_hear_of_its_own_links(client, app, ana):
    await client.chat_postMessage(channel="CGENERAL", text=f"<{URL}|case 7>")
    await ana.types("general", "No link here")
    kinds = [each["event"]["type"] for each in await app.hears_events(2)]
    assert kinds == ["message", "message"]


async def test_without_the_scope_nothing_is_heard_of_links():
    manifest = a_manifest(event_subscriptions={"bot_events": ["link_shared", "message.channels"]})
    manifest["features"]["unfurl_domains"] = ["example.com"]
    seed = a_seed(manifest=manifest, scopes=["channels:history"])
    async with serving(seed) as bench, recording(bench) as app:
        await bench.person("ana").types("general", URL)
        await bench.person("ana").types("general", "Over")
        assert [each["event"]["type"] for each in await app.hears_events(2)] == ["message"] * 2


async def test_what_an_app_unfurls_stands_under_the_message(client, shared, ben):
    said, _ = shared
    shown = {URL: {"blocks": [section("Case 7: Login is down")]}}
    await client.chat_unfurl(channel="COTHER", ts=said["ts"], unfurls=shown)
    message = await ben.message("Case 7: Login is down", channel="other")
    (attachment,) = message["attachments"]
    assert (attachment["from_url"], attachment["is_app_unfurl"]) == (URL, True)
    assert (attachment["app_id"], attachment["bot_id"], attachment["id"]) == ("A1", "B1", 1)
    assert (message["user"], message["text"]) == ("UANA", said["text"])
    again = {URL: {"text": "Case 7 is closed"}}
    await client.chat_unfurl(channel="COTHER", ts=said["ts"], unfurls=again)
    message = await ben.message("Case 7 is closed", channel="other")
    assert len(message["attachments"]) == 1


async def test_an_unfurl_is_named_by_its_id_too(client, shared, ben):
    _, event = shared
    shown = json.dumps({URL: {"text": "Case 7"}})
    await client.chat_unfurl(unfurl_id=event["unfurl_id"], source=event["source"], unfurls=shown)
    await ben.sees("Case 7", channel="other")


async def test_a_button_in_an_unfurl_reaches_the_app_that_put_it_there(client, app, shared, ben):
    said, _ = shared
    shown = {URL: {"blocks": [actions(button("Take it"))]}}
    await client.chat_unfurl(channel="COTHER", ts=said["ts"], unfurls=shown)
    await ben.presses("Take it")
    (payload,) = app.payloads
    assert payload["container"] == {
        "type": "message_attachment",
        "message_ts": said["ts"],
        "channel_id": "COTHER",
        "is_ephemeral": False,
        "attachment_id": 1,
        "is_app_unfurl": True,
        "app_unfurl_url": URL,
    }
    assert payload["app_unfurl"]["from_url"] == URL
    assert payload["message"]["user"] == "UANA"


@pytest.mark.parametrize(
    ("change", "error"),
    [({"unfurls": ""}, "missing_unfurls"),
     ({"unfurls": "[]"}, "invalid_unfurls_format"),
     ({"unfurls": '{"https://desk.example.com/cases/7": 1}'}, "cannot_parse_attachment"),
     ({"unfurls": '{"https://other.example.com": {}}'}, "cannot_unfurl_url"),
     ({"channel": "CNONE"}, "cannot_find_channel"),
     ({"ts": "1.000001"}, "cannot_find_message"),
     ({"ts": ""}, "missing_ts"),
     ({"channel": ""}, "missing_channel"),
     ({"source": "composer"}, "missing_unfurl_id"),
     ({"source": "hearsay", "unfurl_id": "x"}, "invalid_source"),
     ({"source": "composer", "unfurl_id": "COTHER.1.2.x"}, "invalid_unfurl_id"),
     ({"unfurl_id": "x"}, "missing_source")],
)  # fmt: skip
async def test_what_cannot_be_unfurled(client, shared, change, error):
    said, _ = shared
    usual = {"channel": "COTHER", "ts": said["ts"], "unfurls": json.dumps({URL: {"text": "Case"}})}
    assert await refused(client, "chat.unfurl", **{**usual, **change}) == error


async def test_blocks_in_an_unfurl_are_judged_and_ones_own_message_has_none(client, shared):
    said, _ = shared
    bad = {URL: {"blocks": [{"type": "nonsense"}]}}
    call = client.chat_unfurl(channel="COTHER", ts=said["ts"], unfurls=bad)
    assert (await error_of(call))["error"] == "invalid_blocks"
    own = await client.chat_postMessage(channel="CGENERAL", text=f"<{URL}>")
    call = client.chat_unfurl(channel="CGENERAL", ts=own["ts"], unfurls={URL: {"text": "Case"}})
    assert (await error_of(call))["error"] == "cannot_unfurl_message"


async def test_a_link_in_a_thread_is_told_with_its_thread(client, app, ana):
    first = await ana.types("general", "A thread")
    await ana.types("general", URL, thread=first["ts"])
    events = [each["event"] for each in await app.hears_events(3)]
    (event,) = [each for each in events if each["type"] == "link_shared"]
    assert event["thread_ts"] == first["ts"]
    assert event["is_bot_user_member"] is True
