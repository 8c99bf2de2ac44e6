"""conversations.*: channels, direct messages, and what was said in them."""

import pytest

from tests.workbench.apps import TOKEN
from tests.workbench.asks import refused
from workbench.state.messages import Content


async def test_a_channel_is_told_of_as_the_bot_stands_to_it(client):
    general = (await client.conversations_info(channel="CGENERAL", include_num_members=True))[
        "channel"
    ]
    assert (general["is_member"], general["is_private"], general["num_members"]) == (
        True,
        False,
        3,
    )
    other = (await client.conversations_info(channel="COTHER"))["channel"]
    assert other["is_member"] is False
    old = (await client.conversations_info(channel="COLD"))["channel"]
    assert old["is_archived"] is True


async def test_a_private_channel_without_the_bot_does_not_exist(bench, client):
    for method in ("info", "members", "history"):
        error = await refused(client, f"conversations.{method}", channel="CSECRET")
        assert error == "channel_not_found"
    bench.state.join(bench.state.channels["CSECRET"], "UTINY")
    assert (await client.conversations_info(channel="CSECRET"))["channel"]["is_private"]


async def test_channels_are_listed_by_type_and_page_by_page(client):
    names = []
    cursor = ""
    while True:
        answer = await client.conversations_list(limit=2, cursor=cursor, exclude_archived=True)
        names += [each["name"] for each in answer["channels"]]
        cursor = answer["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert names == ["general", "other"]
    assert (await client.conversations_list(types="private_channel"))["channels"] == []


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"types": "nonsense"}, "invalid_types"),
        ({"cursor": "nonsense"}, "invalid_cursor"),
        ({"limit": "0"}, "invalid_limit"),
        ({"limit": "many"}, "invalid_limit"),
    ],
)
async def test_a_list_is_asked_for_in_the_right_words(client, args, error):
    assert await refused(client, "conversations.list", **args) == error


async def test_the_scope_of_a_channels_kind_is_asked_for(bench, client):
    bench.state.join(bench.state.channels["CSECRET"], "UTINY")
    bench.state.tokens[TOKEN].scopes = ("channels:read", "channels:history")
    for method in ("info", "members", "history", "replies"):
        error = await refused(client, f"conversations.{method}", channel="CSECRET", ts="1")
        assert error == "missing_scope"


async def test_members_are_told(client):
    assert (await client.conversations_members(channel="CGENERAL"))["members"] == [
        "UANA",
        "UBEN",
        "UTINY",
    ]


async def test_a_direct_message_is_opened_once(client):
    first = await client.conversations_open(users="UANA")
    again = await client.conversations_open(users="UANA", return_im=True)
    assert "already_open" not in first
    assert again["already_open"]
    assert again["channel"]["id"] == first["channel"]["id"]
    assert again["channel"]["user"] == "UANA"
    by_id = await client.conversations_open(channel=first["channel"]["id"])
    assert by_id["channel"]["id"] == first["channel"]["id"]


async def test_several_people_share_a_group_message(bench, client):
    bench.state.tokens[TOKEN].scopes += ("mpim:write",)
    group = (await client.conversations_open(users=["UANA", "UBEN"]))["channel"]["id"]
    info = (await client.conversations_info(channel=group))["channel"]
    assert info["is_mpim"]
    assert (await client.conversations_open(users="UANA,UBEN"))["channel"]["id"] == group


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("", "users_list_not_supplied"),
        ("U404", "user_not_found"),
        ("UGONE", "user_disabled"),
        (",".join(f"U{n}" for n in range(9)), "too_many_users"),
    ],
)
async def test_who_cannot_be_written_to(client, users, error):
    assert await refused(client, "conversations.open", users=users) == error


async def test_a_bot_joins_a_public_channel(client):
    joined = await client.conversations_join(channel="COTHER")
    assert joined["channel"]["is_member"]
    assert (await client.conversations_join(channel="COTHER"))["warning"] == "already_in_channel"


@pytest.mark.parametrize(
    ("channel", "error"), [("COLD", "is_archived"), ("CSECRET", "channel_not_found")]
)
async def test_what_cannot_be_joined(client, channel, error):
    assert await refused(client, "conversations.join", channel=channel) == error


async def test_a_direct_message_is_neither_joined_nor_filled(bench, client):
    bench.state.tokens[TOKEN].scopes += ("channels:manage",)
    channel = (await client.conversations_open(users="UANA"))["channel"]["id"]
    for method in ("join", "invite"):
        error = await refused(client, f"conversations.{method}", channel=channel, users="UBEN")
        assert error == "method_not_supported_for_channel_type"


async def test_a_bot_makes_a_channel_and_invites(bench, client, ben):
    bench.state.tokens[TOKEN].scopes += ("channels:manage", "groups:write")
    made = (await client.conversations_create(name="new-one", is_private=True))["channel"]
    assert (made["is_private"], made["is_member"]) == (True, True)
    await client.conversations_invite(channel=made["id"], users=["UBEN"])
    await client.chat_postMessage(channel=made["id"], text="Welcome")
    await ben.sees("Welcome", channel="new-one")
    for users, error in [
        ("UBEN", "already_in_channel"),
        ("UTINY", "cant_invite_self"),
        ("U404", "user_not_found"),
        ("", "no_user"),
    ]:
        asked = {"channel": made["id"], "users": users}
        assert await refused(client, "conversations.invite", **asked) == error
    for channel, error in [("COTHER", "not_in_channel"), ("COLD", "is_archived")]:
        asked = {"channel": channel, "users": "UANA"}
        assert await refused(client, "conversations.invite", **asked) == error


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("No Way", "invalid_name_specials"),
        ("_-_", "invalid_name_punctuation"),
        ("general", "name_taken"),
    ],
)
async def test_a_channels_name_must_do(bench, client, name, error):
    bench.state.tokens[TOKEN].scopes += ("channels:manage",)
    assert await refused(client, "conversations.create", name=name) == error


async def test_history_is_read_from_the_newest_back_between_two_moments(client):
    one, two, three = [
        (await client.chat_postMessage(channel="CGENERAL", text=text))["ts"] for text in "123"
    ]

    async def texts(**args):
        found = await client.conversations_history(channel="CGENERAL", **args)
        return [each["text"] for each in found["messages"]]

    assert await texts() == ["3", "2", "1"]
    assert await texts(oldest=one) == ["3", "2"]
    assert await texts(latest=three, oldest=one, inclusive=True) == ["3", "2", "1"]
    assert await texts(latest=two) == ["1"]
    first = await client.conversations_history(channel="CGENERAL", limit=2)
    assert first["has_more"]
    following = first["response_metadata"]["next_cursor"]
    assert await texts(limit=2, cursor=following) == ["1"]


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("history", {"channel": "COTHER"}, "not_in_channel"),
        ("history", {"channel": "CGENERAL", "oldest": "then"}, "invalid_ts_oldest"),
        ("history", {"channel": "CGENERAL", "latest": "now"}, "invalid_ts_latest"),
        ("replies", {"channel": "CGENERAL", "ts": "1.000001"}, "thread_not_found"),
    ],
)
async def test_what_cannot_be_read(client, bench, method, args, error):
    bench.state.messages.post(
        bench.state.channels["CGENERAL"], {"user": "UANA"}, Content(text="There is something")
    )
    assert await refused(client, f"conversations.{method}", **args) == error
