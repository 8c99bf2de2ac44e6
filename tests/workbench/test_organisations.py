"""An organisation of several workspaces, and the channels that they share."""

import pytest

from tests.workbench.apps import a_manifest, a_seed, asked, recording
from tests.workbench.asks import refused
from workbench import Trouble, serving

ACME = {"id": "E1", "name": "All of Acme"}


def an_organisation():
    """Return two workspaces of one organisation and a third of nobody's, with an app in the two."""
    manifest = a_manifest(
        event_subscriptions={"bot_events": ["message.channels", "channel_shared"]}
    )
    seed = a_seed(manifest=manifest, channels=["CGENERAL", "CALL"])
    seed["team"]["enterprise"] = ACME
    everybody = {"id": "CALL", "name": "all", "connected": ["T2"], "members": ["UANA", "UBEA"]}
    seed["channels"].append(everybody)
    sales = {
        "team": {"id": "T2", "name": "Acme Sales", "domain": "acme-sales", "enterprise": ACME},
        "users": [{"id": "UBEA", "name": "bea", "real_name": "Bea Quist"}],
        "apps": [{"id": "A1", "bot_user": {"id": "UTINY2", "name": "tiny"}}],
    }
    other = {
        "team": {"id": "T3", "name": "Other"},
        "users": [{"id": "UCAL", "name": "cal", "real_name": "Cal"}],
    }
    return {**seed, "workspaces": [sales, other]}


@pytest.fixture
async def bench():
    async with serving(an_organisation()) as bench:
        yield bench


@pytest.fixture
async def app_of_everything():
    """The organisation and one more workspace, with an app that hears what is shared no more."""
    seed = an_organisation()
    seed["workspaces"].append({"team": {"id": "T4", "name": "Another"}})
    events = {"bot_events": ["channel_unshared"]}
    seed["apps"][0]["manifest"]["settings"]["event_subscriptions"] = events
    async with serving(seed) as bench, recording(bench) as app:
        yield bench, app


async def test_a_channel_of_the_whole_organisation_is_not_shared_with_strangers(bench, client):
    shape = (await client.conversations_info(channel="CALL"))["channel"]
    assert (shape["is_shared"], shape["is_org_shared"], shape["is_ext_shared"]) == (
        True, True, False,
    )  # fmt: skip
    assert (shape["internal_team_ids"], shape["connected_team_ids"]) == (["T1", "T2"], [])


async def test_a_channel_may_be_shared_within_and_without(bench, app, client):
    await asked(bench, "admin/channels", channel="all", connect=["T3"])
    (envelope,) = await app.hears_events(1)
    assert envelope["event"]["connected_team_id"] == "T3"
    shape = (await client.conversations_info(channel="CALL"))["channel"]
    assert (shape["is_org_shared"], shape["is_ext_shared"]) == (True, True)
    assert (shape["internal_team_ids"], shape["connected_team_ids"]) == (["T1", "T2"], ["T3"])


async def test_nobody_is_told_that_a_channel_is_shared_within_the_organisation(bench, app, ana):
    await asked(bench, "admin/channels", channel="general", connect=["T2"])
    await ana.types("general", "Welcome")
    await asked(bench, "admin/channels", channel="general", disconnect=["T2"])
    assert bench.state.channels["CGENERAL"].org_teams == []
    (envelope,) = await app.hears_events(1)
    assert envelope["event"]["text"] == "Welcome"
    assert envelope["is_ext_shared_channel"] is False


async def test_a_command_is_used_in_the_workspace_that_one_chooses(bench, app, ana):
    bench.deliver_to(bench.app.addresses.events)  # in every workspace
    await ana.commands("/tiny", channel="all")
    await ana.commands("/tiny", channel="all", team="T2")
    here, there = app.payloads
    assert (here["team_id"], there["team_id"]) == ("T1", "T2")
    assert (here["enterprise_id"], there["enterprise_id"]) == ("E1", "E1")
    assert there["channel_id"] == "CALL"
    with pytest.raises(Trouble, match="no workspace T3 of this organisation"):
        await ana.commands("/tiny", channel="all", team="T3")


async def test_an_app_of_the_whole_organisation_says_of_which_workspace_it_asks(bench, client):
    bench.app.is_org_wide = True
    for method in ("users.list", "usergroups.list", "conversations.list"):
        assert await refused(client, method) == "missing_argument"
        assert await refused(client, method, team_id="T3") == "team_access_not_granted"
    users = (await client.users_list(team_id="T2"))["members"]
    assert {each["id"] for each in users} == {"UBEA", "UTINY2", "USLACKBOT"}
    assert (await client.usergroups_list(team_id="T2"))["usergroups"] == []
    channels = (await client.conversations_list(team_id="T2"))["channels"]
    assert [each["id"] for each in channels] == ["CALL"]
    await client.chat_postMessage(channel="CGENERAL", text="By its id")
    for word, error in [("#general", "team_not_found"), ("C404", "channel_not_found")]:
        assert await refused(client, "chat.postMessage", channel=word, text="x") == error


async def test_what_is_shared_no_longer_says_whether_others_are_left(app_of_everything):
    bench, app = app_of_everything
    await asked(bench, "admin/channels", channel="all", connect=["T3", "T4"])
    for team in ("T3", "T4"):
        await asked(bench, "admin/channels", channel="all", disconnect=[team])
        await bench.courier.settle(5)
    left = {
        each["event"]["previously_connected_team_id"]: each["event"]["is_ext_shared"]
        for each in await app.hears_events(2)
    }
    assert left == {"T3": True, "T4": False}
