"""users.* and usergroups.*: who there is, and who may know."""

from tests.workbench.apps import TOKEN
from tests.workbench.asks import refused


async def test_a_person_is_told_of_with_their_zone(client):
    ana = (await client.users_info(user="UANA"))["user"]
    assert (ana["name"], ana["real_name"], ana["tz"]) == ("ana", "Ana Lima", "Europe/Lisbon")
    assert ana["tz_offset"] in {0, 3600}
    assert ana["profile"]["email"] == "ana@example.com"
    gone = (await client.users_info(user="UGONE"))["user"]
    assert gone["deleted"] is True
    assert "tz" not in gone
    bot = (await client.users_info(user="UTINY"))["user"]
    assert (bot["is_bot"], bot["profile"]["bot_id"]) == (True, "B1")


async def test_an_address_takes_a_scope_of_its_own(bench, client):
    bench.state.tokens[TOKEN].scopes = ("users:read",)
    assert "email" not in (await client.users_info(user="UANA"))["user"]["profile"]


async def test_people_are_found_by_address_unless_they_are_gone(bench, client):
    found = await client.users_lookupByEmail(email="ANA@example.com")
    assert found["user"]["id"] == "UANA"
    bench.state.users["UBEN"].deleted = True
    for email in ("ben@example.com", "nobody@example.com"):
        assert await refused(client, "users.lookupByEmail", email=email) == "users_not_found"


async def test_everybody_is_listed(client):
    listed = (await client.users_list())["members"]
    assert {"UANA", "UBEN", "UGONE", "UTINY", "USLACKBOT"} == {each["id"] for each in listed}
    assert await refused(client, "users.info", user="U404") == "user_not_found"


async def test_ones_conversations_are_listed(client):
    await client.conversations_open(users="UANA")
    names = [each["name"] for each in (await client.users_conversations())["channels"]]
    assert names == ["general", "old"]
    ims = await client.users_conversations(types="im")
    assert [each["user"] for each in ims["channels"]] == ["UANA"]
    assert await refused(client, "users.conversations", types="nonsense") == "invalid_types"


async def test_groups_and_who_is_in_them(bench, client):
    (group,) = (await client.usergroups_list(include_users=True))["usergroups"]
    assert (group["handle"], group["users"]) == ("duty", ["UANA", "UBEN"])
    users = await client.usergroups_users_list(usergroup="S1")
    assert users["users"] == ["UANA", "UBEN"]
    assert await refused(client, "usergroups.users.list", usergroup="S404") == "no_such_subteam"
    bench.state.usergroups["S1"].is_disabled = True
    assert (await client.usergroups_list())["usergroups"] == []
    assert await refused(client, "usergroups.users.list", usergroup="S1") == "no_such_subteam"
