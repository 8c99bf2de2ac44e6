"""Reactions, pins, bookmarks, and blocks.validate."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.workbench.apps import TOKEN
from tests.workbench.asks import refused


async def test_reactions_pins_and_bookmarks_are_added_once(client, bench):
    bench.state.tokens[TOKEN].scopes += ("bookmarks:write",)
    ts = (await client.chat_postMessage(channel="CGENERAL", text="x"))["ts"]
    await client.reactions_add(channel="CGENERAL", timestamp=ts, name="eyes")
    await client.pins_add(channel="CGENERAL", timestamp=ts)
    message = (await client.conversations_history(channel="CGENERAL"))["messages"][0]
    assert message["reactions"] == [{"name": "eyes", "users": ["UTINY"], "count": 1}]
    assert message["pinned_to"] == ["CGENERAL"]
    asked = {"channel": "CGENERAL", "timestamp": ts}
    assert await refused(client, "reactions.add", **asked, name="eyes") == "already_reacted"
    assert await refused(client, "pins.add", **asked) == "already_pinned"
    for stamp, error in [
        ("", "no_item_specified"),
        ("1", "bad_timestamp"),
        ("1.000001", "message_not_found"),
    ]:
        asked = {"channel": "CGENERAL", "timestamp": stamp, "name": "eyes"}
        assert await refused(client, "reactions.add", **asked) == error
    asked = {"channel": "COLD", "timestamp": ts, "name": "eyes"}
    assert await refused(client, "reactions.add", **asked) == "is_archived"
    other = await client.chat_postMessage(channel="COTHER", text="x")
    asked = {"channel": "COTHER", "timestamp": other["ts"]}
    assert await refused(client, "pins.add", **asked) == "not_in_channel"
    added = await client.bookmarks_add(
        channel_id="CGENERAL", title="Docs", type="link", link="https://example.com"
    )
    assert added["bookmark"]["title"] == "Docs"
    asked = {"channel_id": "CGENERAL", "title": "Docs", "type": "link", "link": "ftp://x"}
    assert await refused(client, "bookmarks.add", **asked) == "invalid_link"
    asked |= {"type": "folder"}
    assert await refused(client, "bookmarks.add", **asked) == "invalid_bookmark_type"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({}, "invalid_arguments"),
        ({"blocks": "[]", "view": "{}"}, "invalid_arguments"),
        ({"blocks": '[{"type": "nonsense"}]'}, "invalid_blocks"),
        ({"view": '{"type": "modal"}'}, "invalid_view"),
        ({"message": '{"blocks": [{"type": "nonsense"}]}'}, "invalid_message"),
        ({"message": "[1]"}, "invalid_message"),
        ({"blocks": '"' + "x" * 100_000 + '"'}, "invalid_arguments"),
    ],
    ids=["nothing", "two", "blocks", "a view", "a message", "no message", "too much"],
)
async def test_blocks_can_be_judged_without_being_sent(client, args, error):
    with pytest.raises(SlackApiError) as told:
        await client.api_call("blocks.validate", data=args)
    assert told.value.response["error"] == error


async def test_a_judgement_points_at_the_place(client):
    bad = '[{"type": "divider"}, {"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]'
    with pytest.raises(SlackApiError) as error:
        await client.api_call("blocks.validate", params={"blocks": bad})
    (told,) = error.value.response["errors"]
    assert told["pointer"].startswith("/1/text")
    good = '[{"type": "divider"}]'
    assert (await client.api_call("blocks.validate", params={"blocks": good}))["ok"]
