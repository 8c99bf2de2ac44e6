"""Emoji on messages: people and apps put them there, and apps hear of it."""

import pytest

from tests.workbench.apps import TOKEN, a_manifest, a_seed, client_of, recording
from tests.workbench.asks import refused
from workbench import Trouble, serving

NAMES = ("reaction_added", "reaction_removed")


@pytest.fixture
async def bench():
    manifest = a_manifest(event_subscriptions={"bot_events": list(NAMES)})
    async with serving(a_seed(manifest=manifest)) as bench:
        yield bench


async def test_a_person_reacts_and_everybody_sees_it(bench, ana, ben):
    said = await ben.types("general", "Done")
    await ana.reacts(said, ":tada:")
    await ben.reacts(said, "tada")
    await ben.reacts(said, "+1::skin-tone-4")
    message = await ana.message("Done")
    assert message["reactions"] == [
        {"name": "tada", "users": ["UANA", "UBEN"], "count": 2},
        {"name": "+1::skin-tone-4", "users": ["UBEN"], "count": 1},
    ]
    await ben.unreacts(said, "tada")
    await ben.unreacts(said, "+1::skin-tone-4")
    message = await ben.message("Done")
    assert message["reactions"] == [{"name": "tada", "users": ["UANA"], "count": 1}]
    await ana.unreacts(said, "tada")
    assert "reactions" not in await ana.message("Done")


async def test_an_app_hears_of_what_people_put_on_messages(bench, app, client, ana):
    posted = await client.chat_postMessage(channel="CGENERAL", text="Shall we?")
    message = await ana.message("Shall we?")
    await ana.reacts(message, "eyes")
    await app.hears_events(1)
    await ana.unreacts(message, "eyes")
    added, removed = [each["event"] for each in await app.hears_events(2)]
    assert added.pop("event_ts") <= removed.pop("event_ts")
    assert added == {
        "type": "reaction_added",
        "user": "UANA",
        "reaction": "eyes",
        "item_user": "UTINY",
        "item": {"type": "message", "channel": "CGENERAL", "ts": posted["ts"]},
    }
    assert removed == {**added, "type": "reaction_removed"}


async def test_an_app_hears_only_what_it_may_and_where_it_is(bench, app, ana, ben):
    elsewhere = await ben.types("other", "The bot is not here")
    await ben.reacts(elsewhere, "eyes")
    here = await ana.types("general", "But it is here")
    bench.state.tokens[TOKEN].scopes = ("channels:history",)
    await ana.reacts(here, "eyes")
    bench.state.tokens[TOKEN].scopes = ("reactions:read",)
    await ana.reacts(here, "tada")
    (envelope,) = await app.hears_events(1)
    assert envelope["event"]["reaction"] == "tada"


async def test_an_app_that_did_not_subscribe_hears_nothing():
    async with serving(a_seed()) as bench, recording(bench) as app:
        ana = bench.person("ana")
        said = await ana.types("general", "Hello")
        await ana.reacts(said, "eyes")
        await ana.types("general", "Goodbye")
        heard = [each["event"]["type"] for each in await app.hears_events(2)]
        assert heard == ["message", "message"]


async def test_what_cannot_be_put_on_a_message_is_told_so(bench, ana):
    said = await ana.types("general", "Done")
    await ana.reacts(said, "tada")
    for name, error in [("tada", "already_reacted"), ("A B", "invalid_name")]:
        with pytest.raises(Trouble, match=error):
            await ana.reacts(said, name)
    for message, error in [
        ({**said, "ts": "1.000001"}, "message_not_found"),
        ({**said, "channel": "COLD"}, "is_archived"),
    ]:
        with pytest.raises(Trouble, match=error):
            await ana.reacts(message, "eyes")
    with pytest.raises(Trouble, match="no_reaction"):
        await ana.unreacts(said, "eyes")


async def test_neither_a_person_nor_a_message_has_room_for_every_emoji(bench, client, ana, ben):
    bench.limits.is_enforced = False
    said = await ana.types("general", "Much")
    asked = {"channel": "CGENERAL", "timestamp": said["ts"]}
    for number in range(23):
        await ana.reacts(said, f"a{number}")
        await ben.reacts(said, f"b{number}")
    with pytest.raises(Trouble, match="too_many_reactions"):
        await ana.reacts(said, "one-more")
    for number in range(4):
        await client.reactions_add(**asked, name=f"c{number}")
    assert await refused(client, "reactions.add", **asked, name="c4") == "too_many_emoji"
    await client.reactions_add(**asked, name="a0")
    assert await refused(client, "reactions.add", **asked, name="::") == "invalid_name"
    assert await refused(client_of(bench), "reactions.remove", **asked, name="c9") == "no_reaction"
