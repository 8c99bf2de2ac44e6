"""Work Objects: posted, unfurled, opened, and shown beside the conversation."""

from dataclasses import replace

import pytest

from tests.workbench.apps import a_manifest, a_seed
from tests.workbench.asks import error_of
from workbench import Trouble, serving

URL = "https://desk.example.com/cases/7"


def entity(id_="7", title="Login is down", **more):
    """Return an incident, as an app describes it."""
    payload = {
        "attributes": {"title": {"text": title}},
        "fields": {"status": {"value": "open", "label": "Status"}},
        **more.pop("payload", {}),
    }
    return {
        "entity_type": "slack#/entities/incident",
        "url": URL,
        "external_ref": {"id": id_, "type": "case"},
        "entity_payload": payload,
        **more,
    }


@pytest.fixture
async def bench():
    manifest = a_manifest(event_subscriptions={"bot_events": ["entity_details_requested"]})
    manifest["features"]["unfurl_domains"] = ["example.com"]
    async with serving(a_seed(manifest=manifest)) as bench:
        yield bench


@pytest.fixture
async def opened(app, client, ana):
    """Open a posted Work Object; return the event of which the app hears."""
    await client.chat_postMessage(
        channel="CGENERAL", text="A case", metadata={"entities": [entity()]}
    )
    await ana.opens_object(await ana.message("Login is down", channel="general"))
    (envelope,) = await app.hears_events(1)
    return envelope["event"]


async def test_a_posted_object_is_opened_and_its_app_asked_for_the_details(opened, client, ana):
    message = await ana.message("Status: open")
    trigger = opened.pop("trigger_id")
    assert opened.pop("event_ts")
    assert opened == {
        "type": "entity_details_requested",
        "user": "UANA",
        "external_ref": {"id": "7", "type": "case"},
        "entity_url": URL,
        "link": {"url": URL, "domain": "desk.example.com"},
        "user_locale": "en-US",
        "channel": "CGENERAL",
        "message_ts": message["ts"],
    }
    custom = [{"key": "owner", "label": "Owner", "type": "string", "value": "Mona"}]
    await client.entity_presentDetails(trigger, entity(payload={"custom_fields": custom}))
    assert await ana.sees("Owner: Mona")


async def test_a_link_is_unfurled_as_an_object(bench, app, client, ana, ben):
    said = await ana.types("general", f"Look at {URL}")
    about = {"entities": [entity(app_unfurl_url=URL)]}
    await client.chat_unfurl(channel="CGENERAL", ts=said["ts"], metadata=about)
    message = await ben.message("Login is down", channel="general")
    (shown,) = message["attachments"]
    assert (shown["title"], shown["from_url"]) == ("Login is down", URL)
    await ben.opens_object(message, "7")
    (envelope,) = await app.hears_events(1)
    assert envelope["event"]["app_unfurl_url"] == URL
    await ben.types("general", "In a thread", thread=said["ts"])
    await ben.opens_object(await ben.message("Login is down", channel="general"))
    envelope = (await app.hears_events(2))[1]
    assert envelope["event"]["thread_ts"] == said["ts"]


async def test_an_app_may_show_why_there_is_nothing_or_ask_to_sign_in(opened, client, ana):
    trigger = opened["trigger_id"]
    error = {"status": "custom", "custom_title": "Gone", "custom_message": "It was deleted."}
    await client.entity_presentDetails(trigger, error=error)
    await ana.sees("It was deleted.")
    await client.entity_presentDetails(
        trigger, user_auth_required=True, user_auth_url="https://desk.example.com/login"
    )
    await ana.sees("https://desk.example.com/login")
    answer = await error_of(client.entity_presentDetails(trigger, user_auth_required=True))
    assert answer["error"] == "user_auth_url_missing"


@pytest.mark.parametrize(
    ("shown", "error"),
    [
        ({}, "invalid_metadata"),
        ({"entity_type": "slack#/entities/cat"}, "invalid_metadata"),
        ({**entity(), "entity_type": "slack#/entities/cat"}, "invalid_metadata"),
        ({**entity(), "external_ref": "7"}, "invalid_metadata"),
        ({**entity(), "url": ""}, "invalid_metadata"),
        ({**entity(), "entity_payload": {"attributes": []}}, "invalid_metadata"),
        (entity("8"), "entity_metadata_does_not_match_trigger"),
    ],
)
async def test_details_must_be_of_what_was_opened(opened, client, shown, error):
    call = client.entity_presentDetails(opened["trigger_id"], shown)
    assert (await error_of(call))["error"] == error


async def test_details_with_buttons_and_lists_need_an_address_for_them(bench, opened, client):
    trigger, addresses = opened["trigger_id"], bench.app.addresses
    buttons = {"actions": {"primary_actions": [{"text": "Take it", "action_id": "take"}]}}
    edit = {"enabled": True, "select": {"fetch_options_dynamically": True}}
    lists = {"custom_fields": [{"key": "a", "label": "A", "type": "string", "edit": edit}]}
    for given, payload, error in [
        (replace(addresses, interactivity=None), buttons, "missing_interactivity_url"),
        (replace(addresses, options=None), lists, "missing_options_load_url"),
    ]:
        bench.app.addresses = given
        call = client.entity_presentDetails(trigger, entity(payload=payload))
        assert (await error_of(call))["error"] == error
    bench.app.addresses = addresses
    await client.entity_presentDetails(trigger, entity(payload=buttons | lists))
    bench.app.is_socket_mode = True
    bench.app.addresses = replace(addresses, options=None, interactivity=None)
    await client.entity_presentDetails(trigger, entity(payload=buttons | lists))


async def test_details_need_the_trigger_of_an_object(app, client, ana):
    await ana.commands("/tiny")
    for trigger in ("1.2.abc", app.payloads[-1]["trigger_id"]):
        call = client.entity_presentDetails(trigger, entity())
        assert (await error_of(call))["error"] == "invalid_trigger_id"


async def test_only_an_object_can_be_opened(client, ana):
    said = await ana.types("general", "Only words")
    with pytest.raises(Trouble, match="no such Work Object"):
        await ana.opens_object(said)


@pytest.mark.parametrize(
    "metadata",
    [
        {"entities": {}},
        {"entities": [{"entity_type": "slack#/entities/task"}]},
        {"entities": [entity()], "event_type": "opened"},
        {"other": 1},
    ],
)
async def test_metadata_of_a_message_must_be_an_event_or_objects(client, metadata):
    call = client.chat_postMessage(channel="CGENERAL", text="x", metadata=metadata)
    assert (await error_of(call))["error"] == "invalid_metadata_schema"


async def test_an_event_and_objects_go_together(client):
    metadata = {"entities": [entity()], "event_type": "opened", "event_payload": {"id": 7}}
    await client.chat_postMessage(channel="CGENERAL", text="x", metadata=metadata)
    whole = await client.conversations_history(channel="CGENERAL", include_all_metadata=True)
    assert whole["messages"][0]["metadata"] == metadata
    short = await client.conversations_history(channel="CGENERAL")
    assert short["messages"][0]["metadata"] == {"event_type": "opened"}


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ([], "invalid_metadata_format"),
        ({"entities": 1}, "invalid_metadata_format"),
        ({"entities": [entity()]}, "invalid_metadata_format"),
        ({"entities": [entity(app_unfurl_url="https://other.test")]}, "cannot_unfurl_url"),
        ({"entities": []}, "missing_unfurls"),
    ],
)
async def test_a_link_is_unfurled_as_what_it_is_or_not_at_all(client, ana, metadata, error):
    said = await ana.types("general", URL)
    wish = {"channel": "CGENERAL", "ts": said["ts"], "metadata": metadata}
    assert (await error_of(client.api_call("chat.unfurl", json=wish)))["error"] == error
