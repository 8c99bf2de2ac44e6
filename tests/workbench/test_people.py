"""The people's side: what each can see, live, and what they cannot do."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.workbench.apps import TOKEN, asked
from tests.workbench.blocks import home, modal, section
from workbench import Trouble


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


async def got(bench, http, path, **params):
    async with http.get(f"{bench.url}/workbench/{path}", params=params) as response:
        return await response.json()


async def test_a_person_sees_everybody_and_the_channels_they_may_see(bench, http):
    state = await got(bench, http, "state", user="ana")
    assert state["me"] == "UANA"
    assert state["team"] == {"id": "T1", "name": "Acme"}
    assert {each["id"]: each["is_member"] for each in state["channels"]} == {
        "CGENERAL": True,
        "COTHER": False,
        "COLD": True,
    }
    assert state["usergroups"][0]["handle"] == "duty"
    (app,) = state["apps"]
    assert app["commands"][0] == {
        "command": "/tiny",
        "description": "Do something",
        "usage_hint": "[open]",
    }
    assert [each["type"] for each in app["shortcuts"]] == ["global", "message"]
    assert app["home"] is True
    assert state["clock"]["offset"] == 0
    (ana,) = [each for each in state["users"] if each["id"] == "UANA"]
    assert (ana["tz"], ana["deleted"], len(ana["color"])) == ("Europe/Lisbon", False, 6)


async def test_whoever_does_not_say_who_they_are_is_the_first_person(bench, http):
    assert (await got(bench, http, "state"))["me"] == "UANA"


async def test_nobody_looks_with_the_eyes_of_who_is_gone(bench, http):
    for name in ("gone", "nobody"):
        assert "no active user" in (await got(bench, http, "state", user=name))["error"]
        with pytest.raises(aiohttp.WSServerHandshakeError, match="404"):
            await http.ws_connect(f"{bench.url}/workbench/live?user={name}")


async def test_a_private_channel_is_seen_by_its_members(bench, http):
    found = await got(bench, http, "messages", user="ana", channel="secret")
    assert found["error"] == "ana sees no channel secret"
    assert (await got(bench, http, "messages", user="ben", channel="secret"))["messages"] == []


async def test_what_is_said_is_live_for_all_who_may_read_it(ana, ben):
    await ana.arrives()
    await ben.types("secret", "Between us")
    await ben.types("general", "For everybody")
    await ana.sees("For everybody", channel="general")
    await ana.never_sees("Between us")


async def test_a_new_channel_is_there_at_once(bench, ana, ben):
    await ana.arrives()
    made = await asked(bench, "admin/channels", name="fresh", private=True, members=["UBEN"])
    await ben.types("fresh", "Before she came")
    await asked(bench, "admin/channels", channel=made["channel"], invite=["UANA"])
    await ben.types("fresh", "Welcome")
    await ana.sees("Welcome", channel="fresh")
    assert [each["text"] for each in await ana.messages("fresh")] == ["Before she came", "Welcome"]
    await asked(bench, "admin/channels", channel=made["channel"], kick=["UANA"])
    with pytest.raises(AssertionError, match="sees no channel 'fresh'"):
        await ana.messages("fresh")


async def test_what_was_not_looked_at_is_counted(bench, http, ana, ben):
    await ana.types("general", "One")
    await ana.types("general", "Two")

    async def unread(user):
        state = await got(bench, http, "state", user=user)
        return {each["name"]: each["unread"] for each in state["channels"]}["general"]

    assert (await unread("ana"), await unread("ben")) == (0, 2)
    async with http.ws_connect(f"{bench.url}/workbench/live?user=ben") as socket:
        read = f"{bench.url}/workbench/read?user=ben"
        await http.post(read, json={"channel": "CGENERAL"})
        kinds = {}
        while "unread" not in kinds:
            told = await socket.receive_json(timeout=5)
            kinds[told["type"]] = told
    assert kinds["hello"]["me"] == "UBEN"
    assert kinds["stack"]["views"] == []
    assert kinds["unread"] == {"type": "unread", "channel": "CGENERAL", "unread": 0}
    assert await unread("ben") == 0


async def test_whispers_are_gone_when_the_last_page_is_closed(bench, client, http):
    live = f"{bench.url}/workbench/live?user=ana"

    async def whispers():
        found = await got(bench, http, "messages", user="ana", channel="general")
        return [each["text"] for each in found["messages"]]

    one, two = await http.ws_connect(live), await http.ws_connect(live)
    await client.chat_postEphemeral(channel="CGENERAL", user="UANA", text="Psst")
    await one.close()
    assert await whispers() == ["Psst"]
    await two.close()
    assert await whispers() == []


async def test_a_page_that_is_opened_later_sees_the_modal_and_home(bench, app, client, ana, http):
    await ana.commands("/tiny")
    await client.views_open(trigger_id=app.payloads[0]["trigger_id"], view=modal())
    await client.views_publish(user_id="UANA", view=home(section("Yours")))
    told = {}
    async with http.ws_connect(f"{bench.url}/workbench/live?user=ana") as socket:
        while "home" not in told:
            news = await socket.receive_json(timeout=5)
            told[news["type"]] = news
    assert [view["title"]["text"] for view in told["stack"]["views"]] == ["A form"]
    assert told["home"]["app"] == "A1"
    state = await got(bench, http, "state", user="ana")
    assert [view["id"] for view in state["views"]] == [told["stack"]["views"][0]["id"]]


async def test_the_log_is_read_from_a_point_on(bench, client, http):
    await client.auth_test()
    await client.team_info()
    entries = (await got(bench, http, "traffic", after="1"))["entries"]
    assert [(each["n"], each["method"]) for each in entries] == [(2, "team.info")]


async def test_traffic_is_live_too(bench, client, http):
    async with http.ws_connect(f"{bench.url}/workbench/live?user=ana") as socket:
        await client.auth_test()
        while (told := await socket.receive_json(timeout=5))["type"] != "traffic":
            pass
    assert told["entry"]["method"] == "auth.test"


async def test_nothing_is_said_where_nobody_can(ana):
    with pytest.raises(Trouble, match="archived"):
        await ana.types("old", "Hello?")
    with pytest.raises(Trouble, match="nothing to say"):
        await ana.types("general", "  ")


async def test_speaking_in_a_public_channel_joins_it(bench, ana):
    await ana.types("other", "Hello")
    assert "UANA" in bench.state.channels["COTHER"].members


async def test_a_public_channel_can_be_joined(bench, ana):
    await ana.joins("other")
    assert "UANA" in bench.state.channels["COTHER"].members
    with pytest.raises(Trouble, match="cannot be joined"):
        await ana.joins("old")
    with pytest.raises(Trouble, match="no user"):
        await ana.opens_dm("nobody")


async def test_a_request_that_lacks_something_is_told_what(bench, http):
    async with http.post(f"{bench.url}/workbench/messages?user=ana", json={}) as response:
        assert response.status == 400
        assert (await response.json())["error"] == "the request lacks 'channel'"


async def test_a_client_may_send_text_with_tokens_already_in_it(ana):
    said = await ana.types("general", "<@UBEN> a &amp; b `@ben <x>` https://example.com/a.")
    assert said["text"] == "<@UBEN> a &amp; b `@ben &lt;x&gt;` <https://example.com/a>."
    said = await ana.types("general", "@here and #other and @duty")
    assert said["text"] == "<!here> and <#COTHER|other> and <!subteam^S1>"
    (section_,) = said["blocks"][0]["elements"]
    kinds = [each["type"] for each in section_["elements"]]
    assert kinds == ["broadcast", "text", "channel", "text", "usergroup"]


async def test_an_administrator_changes_people_groups_and_rights(bench, client, ana):
    made = await asked(bench, "admin/users", name="eve", email="eve@example.com")
    assert (await client.users_info(user=made["user"]))["user"]["real_name"] == "eve"
    await asked(bench, "admin/users", id="UBEN", deleted=True)
    assert (await client.users_info(user="UBEN"))["user"]["deleted"]
    group = await asked(bench, "admin/usergroups", handle="leads", users=["UANA"])
    users = await client.usergroups_users_list(usergroup=group["usergroup"])
    assert users["users"] == ["UANA"]
    await asked(bench, "admin/usergroups", id="S1", users=["UANA"])
    assert (await client.usergroups_users_list(usergroup="S1"))["users"] == ["UANA"]
    await asked(bench, "admin/channels", channel="general", read_only=True)
    with pytest.raises(SlackApiError, match="restricted_action_read_only_channel"):
        await client.chat_postMessage(channel="CGENERAL", text="x")
    await asked(bench, "admin/scopes", scopes=["users:read"])
    with pytest.raises(SlackApiError, match="missing_scope"):
        await client.team_info()
    await asked(bench, "admin/tokens", state="token_expired")
    assert bench.state.tokens[TOKEN].state == "token_expired"
    await asked(bench, "admin/tokens", state="active", app="Tiny")
    await client.auth_test()


async def test_the_page_is_served_with_its_files(bench, http):
    async with http.get(f"{bench.url}/") as response:
        assert response.status == 200
        assert response.content_type == "text/html"
    async with http.get(f"{bench.url}/static/app.js") as response:
        assert response.status == 200
