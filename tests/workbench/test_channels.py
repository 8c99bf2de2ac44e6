"""What is done to channels, and to what stands in them: names, topics, members, pins, links, emoji."""

import pytest

from tests.workbench.apps import TOKEN, a_manifest, a_seed, client_of, recording
from tests.workbench.asks import refused
from workbench import serving

SCOPES = (
    "bookmarks:read", "bookmarks:write", "channels:manage", "channels:read", "chat:write",
    "channels:history", "im:write", "pins:read", "pins:write", "reactions:read", "reactions:write",
    "users:read", "users.profile:read", "groups:write",
)  # fmt: skip
EVENTS = ("channel_rename", "reaction_removed", "reaction_added", "member_left_channel")


@pytest.fixture
async def bench():
    manifest = a_manifest(event_subscriptions={"bot_events": list(EVENTS)})
    async with serving(a_seed(manifest=manifest, scopes=list(SCOPES))) as bench:
        yield bench


@pytest.fixture
async def fresh(client):
    """A channel that the bot has made, with Ben in it."""
    made = (await client.conversations_create(name="fresh"))["channel"]["id"]
    await client.conversations_invite(channel=made, users="UBEN")
    return made


async def test_a_channel_gets_another_name_a_topic_and_a_purpose(client, app, fresh, ben):
    channel = (await client.conversations_rename(channel=fresh, name="stale"))["channel"]
    assert (channel["name"], channel["previous_names"]) == ("stale", ["fresh"])
    event = (await app.hears_events(1))[0]["event"]
    assert (event["type"], event["channel"]["name"]) == ("channel_rename", "stale")
    await client.conversations_setTopic(channel=fresh, topic="Old things")
    channel = (await client.conversations_setPurpose(channel=fresh, purpose="To wait"))["channel"]
    assert (channel["topic"]["value"], channel["purpose"]["value"]) == ("Old things", "To wait")
    await ben.sees("set the channel topic: Old things", channel="stale")
    kinds = [each.get("subtype") for each in await ben.messages("stale")]
    assert kinds == ["channel_topic", "channel_purpose"]


async def test_members_are_taken_out_and_leave(client, app, fresh, bench):
    await client.conversations_kick(channel=fresh, user="UBEN")
    assert (await app.hears_events(1))[0]["event"]["user"] == "UBEN"
    assert (await client.conversations_members(channel=fresh))["members"] == ["UTINY"]
    await client.conversations_leave(channel=fresh)
    assert (await client.conversations_leave(channel=fresh))["not_in_channel"] is True
    assert bench.state.channels[fresh].members == []


async def test_a_channel_is_closed_and_opened_again(client, fresh):
    await client.conversations_archive(channel=fresh)
    assert await refused(client, "conversations.archive", channel=fresh) == "already_archived"
    assert await refused(client, "conversations.setTopic", channel=fresh) == "is_archived"
    await client.conversations_unarchive(channel=fresh)
    assert await refused(client, "conversations.unarchive", channel=fresh) == "not_archived"


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("kick", {"channel": "CGENERAL", "user": "UBEN"}, "cant_kick_from_general"),
        ("kick", {"channel": "CGENERAL", "user": "UTINY"}, "cant_kick_self"),
        ("kick", {"channel": "CGENERAL", "user": "UNOBODY"}, "user_not_found"),
        ("leave", {"channel": "CGENERAL"}, "cant_leave_general"),
        ("archive", {"channel": "CGENERAL"}, "cant_archive_general"),
        ("archive", {"channel": "COTHER"}, "not_in_channel"),
        ("archive", {"channel": "CNONE"}, "channel_not_found"),
        ("rename", {"channel": "CGENERAL", "name": "other"}, "name_taken"),
        ("rename", {"channel": "CGENERAL", "name": "Loud!"}, "invalid_name_specials"),
        ("setTopic", {"channel": "CGENERAL", "topic": "x" * 251}, "too_long"),
        ("close", {"channel": "CGENERAL"}, "method_not_supported_for_channel_type"),
        ("mark", {"channel": "COTHER", "ts": "1.000001"}, "not_in_channel"),
        ("mark", {"channel": "CGENERAL"}, "invalid_timestamp"),
    ],
)  # fmt: skip
async def test_what_cannot_be_done_to_a_channel(client, method, args, error):
    assert await refused(client, f"conversations.{method}", **args) == error


async def test_a_direct_message_is_closed_and_nothing_else_is_done_to_it(client):
    dm = (await client.conversations_open(users="UBEN"))["channel"]["id"]
    await client.conversations_close(channel=dm)
    for method in ("leave", "archive", "rename"):
        error = await refused(client, f"conversations.{method}", channel=dm, name="dm")
        assert error == "method_not_supported_for_channel_type"


async def test_how_far_was_read_is_noted(bench, client):
    said = await client.chat_postMessage(channel="CGENERAL", text="Read me")
    await client.conversations_mark(channel="CGENERAL", ts=said["ts"])
    assert bench.state.channels["CGENERAL"].read["UTINY"] == said["ts"]


async def test_an_emoji_is_taken_off_again(client, app, ana):
    said = await ana.types("general", "Hello")
    where = {"channel": "CGENERAL", "timestamp": said["ts"]}
    await client.reactions_add(**where, name="eyes")
    shown = await client.reactions_get(**where)
    assert shown["message"]["reactions"] == [{"name": "eyes", "users": ["UTINY"], "count": 1}]
    assert shown["message"]["permalink"].startswith("https://acme.slack.com/archives/CGENERAL/p")
    await client.reactions_remove(**where, name="eyes")
    assert await refused(client, "reactions.remove", **where, name="eyes") == "no_reaction"
    kinds = [each["event"]["type"] for each in await app.hears_events(2)]
    assert kinds == ["reaction_added", "reaction_removed"]
    assert "reactions" not in (await client.reactions_get(**where))["message"]


async def test_pins_and_links_are_listed_and_taken_away(client, ana):
    said = await ana.types("general", "Pin me")
    await client.pins_add(channel="CGENERAL", timestamp=said["ts"])
    (item,) = (await client.pins_list(channel="CGENERAL"))["items"]
    assert item["message"]["text"] == "Pin me"
    await client.pins_remove(channel="CGENERAL", timestamp=said["ts"])
    assert (await client.pins_list(channel="CGENERAL"))["items"] == []
    again = {"channel": "CGENERAL", "timestamp": said["ts"]}
    assert await refused(client, "pins.remove", **again) == "no_pin"
    made = await client.bookmarks_add(
        channel_id="CGENERAL", title="Docs", type="link", link="https://example.com"
    )
    mark = {"channel_id": "CGENERAL", "bookmark_id": made["bookmark"]["id"]}
    assert len((await client.bookmarks_list(channel_id="CGENERAL"))["bookmarks"]) == 1
    await client.bookmarks_remove(**mark)
    assert await refused(client, "bookmarks.remove", **mark) == "not_found"


async def test_a_profile_and_whether_somebody_is_there(client):
    assert (await client.users_profile_get(user="UANA"))["profile"]["last_name"] == "Lima"
    assert (await client.users_profile_get())["profile"]["bot_id"] == "B1"
    assert (await client.users_getPresence(user="UANA"))["presence"] == "active"
    assert (await client.users_getPresence(user="UGONE"))["presence"] == "away"


async def test_doing_something_to_a_channel_takes_a_scope():
    async with serving(a_seed(scopes=["chat:write"])) as bench, recording(bench):
        error = await refused(client_of(bench, TOKEN), "conversations.archive", channel="CGENERAL")
        assert error == "missing_scope"
