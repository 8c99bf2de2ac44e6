"""Several workspaces: apps in each of them, channels that connect two, and guests."""

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from tests.workbench.apps import (
    APP_TOKEN,
    SECRET,
    TOKEN,
    a_manifest,
    a_seed,
    asked,
    client_of,
    listening,
    recording,
)
from tests.workbench.asks import error_of, refused
from tests.workbench.blocks import actions, button, modal
from workbench import Trouble, serving

OTHER_TOKEN = "xoxb-beta"
EVENTS = (
    "message.channels", "reaction_added", "member_joined_channel", "channel_shared",
    "channel_unshared",
)  # fmt: skip


def two_workspaces(*, is_in_both: bool = False):
    """Return Acme with the tiny app, Beta, and #bridge, which connects them."""
    manifest = a_manifest(event_subscriptions={"bot_events": list(EVENTS)})
    seed = a_seed(manifest=manifest, channels=["CGENERAL", "CBRIDGE"])
    bridge = {"id": "CBRIDGE", "name": "bridge", "connected": ["T2"], "members": ["UANA", "UBEA"]}
    seed["channels"].append(bridge)
    seed["users"].append(
        {"id": "UGUEST", "name": "gus", "real_name": "Gus Guest", "is_restricted": True}
    )
    own = {"id": "A1", "bot_user": {"id": "UTINY2", "name": "tiny"}, "bot_token": OTHER_TOKEN}
    beta = {
        "team": {"id": "T2", "name": "Beta", "domain": "beta"},
        "users": [
            {"id": "UBEA", "name": "bea", "real_name": "Bea Quist", "email": "bea@beta.example"}
        ],
        "channels": [{"id": "CBETA", "name": "beta-only", "members": ["UBEA"]}],
        "apps": [{**own, "channels": ["CBETA"]}] if is_in_both else [],
    }
    return {**seed, "workspaces": [beta]}


@pytest.fixture
async def bench():
    async with serving(two_workspaces()) as bench:
        bench.state.tokens[TOKEN].scopes += ("reactions:read",)
        yield bench


@pytest.fixture
def bea(bench):
    return bench.person("bea")


async def test_a_stranger_is_told_with_their_workspace_and_their_profile(bench, app, bea):
    await bea.types("bridge", "Hello from Beta")
    (envelope,) = await app.hears_events(1)
    event = envelope["event"]
    assert envelope["is_ext_shared_channel"] is True
    assert (envelope["team_id"], envelope["context_team_id"]) == ("T2", "T1")
    assert [each["team_id"] for each in envelope["authorizations"]] == ["T1"]
    assert (event["user_team"], event["source_team"], event["team"]) == ("T2", "T2", "T2")
    assert event["user_profile"]["real_name"] == "Bea Quist"
    assert event["user_profile"]["team"] == "T2"


async def test_a_colleague_in_a_connected_channel_is_told_without_a_profile(bench, app, ana):
    await ana.types("bridge", "Hello from Acme")
    (envelope,) = await app.hears_events(1)
    assert (envelope["team_id"], envelope["event"]["user_team"]) == ("T1", "T1")
    assert "user_profile" not in envelope["event"]
    said = envelope["event"]["ts"]
    await client_of(bench).reactions_add(channel="CBRIDGE", timestamp=said, name="eyes")
    reaction = (await app.hears_events(2))[1]["event"]
    assert reaction["user_team"] == "T1"


async def test_an_ordinary_channel_is_not_told_as_connected(bench, app, ana):
    await ana.types("general", "Hello")
    (envelope,) = await app.hears_events(1)
    assert envelope["is_ext_shared_channel"] is False
    assert "user_team" not in envelope["event"]


async def test_a_stranger_presses_and_the_app_answers_with_its_own_token(bench, app, bea):
    client = client_of(bench)
    await client.chat_postMessage(channel="CBRIDGE", text="Look", blocks=[actions(button("Go"))])
    await bea.presses("Go")
    (payload,) = app.payloads
    assert (payload["team"]["id"], payload["team"]["domain"]) == ("T2", "beta")
    assert (payload["user"]["id"], payload["user"]["team_id"]) == ("UBEA", "T2")
    view = (await client.views_open(trigger_id=payload["trigger_id"], view=modal()))["view"]
    assert (view["team_id"], view["app_installed_team_id"]) == ("T2", "T1")
    await bea.fill("Title", "A title")
    assert await bea.submits() == {}
    submission = app.payloads[1]
    assert submission["team"]["id"] == "T2"
    assert submission["view"]["app_installed_team_id"] == "T1"


async def test_a_stranger_cannot_use_an_app_that_is_not_in_their_workspace(bench, bea):
    with pytest.raises(Trouble, match="not a valid command"):
        await bea.commands("/tiny", channel="bridge")


async def test_who_is_known_from_a_connected_channel_can_be_looked_up(bench):
    client = client_of(bench)
    bea = (await client.users_info(user="UBEA"))["user"]
    assert (bea["team_id"], bea["is_stranger"]) == ("T2", False)
    assert "is_stranger" not in (await client.users_info(user="UANA"))["user"]
    assert "UBEA" not in [each["id"] for each in (await client.users_list())["members"]]
    assert (
        await refused(client, "users.lookupByEmail", email="bea@beta.example") == "users_not_found"
    )
    bench.state.leave(bench.state.channels["CBRIDGE"], "UBEA")
    assert (await client.users_info(user="UBEA"))["user"]["is_stranger"] is True


async def test_nobody_writes_to_a_stranger_directly(bench):
    client = client_of(bench)
    assert await refused(client, "conversations.open", users="UBEA") == "user_not_visible"
    answer = await error_of(client.chat_postMessage(channel="UBEA", text="Hello"))
    assert answer["error"] == "channel_not_found"


async def test_a_connected_channel_says_so(bench):
    client = client_of(bench)
    bridge = (await client.conversations_info(channel="CBRIDGE"))["channel"]
    assert (bridge["is_shared"], bridge["is_ext_shared"]) == (True, True)
    assert bridge["shared_team_ids"] == ["T1", "T2"]
    assert (bridge["conversation_host_id"], bridge["connected_team_ids"]) == ("T1", ["T2"])
    general = (await client.conversations_info(channel="CGENERAL"))["channel"]
    assert (general["is_ext_shared"], general["shared_team_ids"]) == (False, ["T1"])


async def test_each_workspace_sees_its_own_channels_and_the_bridge(bench, ana, bea):
    await ana.arrives()
    await bea.arrives()
    assert await bea.messages("bridge") == []
    for person, unseen in ((bea, "general"), (ana, "beta-only")):
        with pytest.raises(AssertionError, match="sees no channel"):
            await person.messages(unseen)
    await ana.types("bridge", "Both read this")
    await bea.sees("Both read this", channel="bridge")


async def test_channels_are_connected_and_disconnected_by_an_administrator(bench, app, bea):
    await bea.arrives()
    await asked(bench, "admin/channels", channel="general", connect=["T2"], invite=["UBEA"])
    await bea.types("general", "Now I am here")
    await asked(bench, "admin/channels", channel="general", disconnect=["T2"])
    with pytest.raises(AssertionError, match="sees no channel"):
        await bea.messages("general")
    kinds = [each["event"]["type"] for each in await app.hears_events(4)]
    assert kinds[:3] == ["channel_shared", "member_joined_channel", "message"]
    assert app.events[0]["event"]["connected_team_id"] == "T2"
    assert app.events[3]["event"]["previously_connected_team_id"] == "T2"
    answer = await asked(bench, "admin/channels", channel="general", connect=["TNONE"])
    assert answer["error"] == "there is no workspace TNONE"


async def test_a_deleted_bridge_is_gone_on_both_sides(bench, bea):
    await bea.arrives()
    await asked(bench, "admin/channels", channel="bridge", delete=True)
    with pytest.raises(AssertionError, match="sees no channel"):
        await bea.messages("bridge")


async def test_an_app_in_both_workspaces_hears_a_connected_channel_once():
    async with serving(two_workspaces(is_in_both=True)) as bench, recording(bench) as app:
        bench.deliver_to(bench.app.addresses.events or "")
        bench.workspaces["T2"].join(bench.state.channels["CBRIDGE"], "UTINY2")
        await app.hears_events(1)  # it joined
        await bench.person("bea").types("bridge", "Once")
        await bench.person("bea").types("beta-only", "And here")
        events = await app.hears_events(3)
        assert [each["event"].get("text") for each in events[1:]] == ["Once", "And here"]
        assert [each["context_team_id"] for each in events[1:]] == ["T1", "T2"]
        client = client_of(bench, APP_TOKEN)
        listed = await client.apps_event_authorizations_list(
            event_context=events[1]["event_context"]
        )
        assert [each["team_id"] for each in listed["authorizations"]] == ["T1", "T2"]
        assert [each["user_id"] for each in listed["authorizations"]] == ["UTINY", "UTINY2"]
        alone = await client.apps_event_authorizations_list(
            event_context=events[2]["event_context"]
        )
        assert [each["team_id"] for each in alone["authorizations"]] == ["T2"]
        wrong = await error_of(client.apps_event_authorizations_list(event_context="4-odd"))
        assert wrong["error"] == "invalid_event_context"


async def test_one_app_serves_two_workspaces_with_a_token_for_each():
    async def authorize(team_id):
        return AuthorizeResult(
            enterprise_id=None,
            team_id=team_id,
            bot_token={"T1": TOKEN, "T2": OTHER_TOKEN}[team_id],
            bot_user_id={"T1": "UTINY", "T2": "UTINY2"}[team_id],
        )

    async with serving(two_workspaces(is_in_both=True)) as bench:
        app = AsyncApp(
            client=AsyncWebClient(base_url=bench.api_url),
            signing_secret=SECRET,
            authorize=authorize,
        )

        @app.command("/tiny")
        async def tiny(ack, client, command):
            await ack()
            team = (await client.auth_test())["team"]
            await client.chat_postMessage(channel=command["channel_id"], text=f"Hello {team}")

        async with listening(bench, app):
            bench.deliver_to(bench.app.addresses.events or "")
            await bench.person("ana").commands("/tiny", channel="general")
            await bench.person("bea").commands("/tiny", channel="beta-only")
            await bench.person("ana").sees("Hello Acme", channel="general")
            await bench.person("bea").sees("Hello Beta", channel="beta-only")
            await bench.person("ana").never_sees("Hello Beta")


async def test_a_token_of_one_workspace_sees_nothing_of_another():
    async with serving(two_workspaces(is_in_both=True)) as bench:
        acme, beta = client_of(bench), client_of(bench, OTHER_TOKEN)
        assert (await beta.auth_test())["team_id"] == "T2"
        assert await refused(acme, "conversations.info", channel="CBETA") == "channel_not_found"
        assert await refused(beta, "conversations.info", channel="CGENERAL") == "channel_not_found"
        assert await refused(beta, "users.info", user="UBEN") == "user_not_found"
        await asked(bench, "admin/uninstall", app="A1", team="T2")
        assert await refused(beta, "auth.test") == "account_inactive"
        assert (await acme.auth_test())["team_id"] == "T1"


async def test_a_guest_sees_only_where_they_are_a_member(bench):
    gus = bench.person("gus")
    await gus.arrives()
    with pytest.raises(AssertionError, match="sees no channel"):
        await gus.messages("general")
    await asked(bench, "admin/channels", channel="general", invite=["UGUEST"])
    await gus.types("general", "Thank you")
    guest = (await client_of(bench).users_info(user="UGUEST"))["user"]
    assert (guest["is_restricted"], guest["is_ultra_restricted"]) == (True, False)


async def test_a_guest_of_one_channel_is_invited_to_no_other(bench):
    await asked(bench, "admin/users", id="UGUEST", is_ultra_restricted=True)
    bench.state.tokens[TOKEN].scopes += ("channels:manage",)
    client = client_of(bench)
    answer = await refused(client, "conversations.invite", channel="CGENERAL", users="UGUEST")
    assert answer == "user_is_restricted"
    guest = (await client.users_info(user="UGUEST"))["user"]
    assert (guest["is_restricted"], guest["is_ultra_restricted"]) == (True, True)


async def test_people_of_two_workspaces_write_to_each_other(bench, app, client, ana, bea):
    channel = await ana.opens_dm("bea")
    assert await bea.opens_dm("ana") == channel
    await ana.types(channel, "Just the two of us")
    await bea.sees("Just the two of us", channel="ana")
    await bea.types("ana", "Indeed")
    await ana.sees("Indeed", channel="bea")
    await ana.types("bridge", "All of you")
    (envelope,) = await app.hears_events(1)
    assert envelope["event"]["text"] == "All of you"
    with pytest.raises(Trouble, match="no user gus"):
        await bea.opens_dm("gus")  # with whom she shares no channel
