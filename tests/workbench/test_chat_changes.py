"""Updating, deleting, whispering and linking messages."""

import pytest

from tests.workbench.asks import error_of


def section(text, **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


@pytest.mark.parametrize(
    ("change", "blocks_stay", "is_edited", "metadata"),
    [
        ({"text": "new"}, False, True, "kept"),
        ({"text": "new", "blocks": [section("new")]}, True, False, "kept"),
        ({"metadata": {}}, True, False, None),
        ({"text": "new", "metadata": {"event_type": "b", "event_payload": {}}}, False, True, "b"),
    ],
    ids=["text alone", "text and blocks", "no metadata any more", "other metadata"],
)
async def test_an_update_keeps_what_it_does_not_speak_of(
    client, change, blocks_stay, is_edited, metadata
):
    posted = await client.chat_postMessage(
        channel="CGENERAL",
        text="old",
        blocks=[section("old")],
        metadata={"event_type": "kept", "event_payload": {}},
    )
    body = {"channel": "CGENERAL", "ts": posted["ts"], **change}
    answer = await client.api_call("chat.update", json=body)
    message = answer["message"]
    assert ("blocks" in message) is blocks_stay
    assert ("edited" in message) is is_edited
    assert message.get("metadata", {}).get("event_type") == metadata
    assert answer["ts"] == posted["ts"]


async def test_an_update_keeps_the_thread(client):
    first = (await client.chat_postMessage(channel="CGENERAL", text="One"))["ts"]
    reply = await client.chat_postMessage(channel="CGENERAL", text="Two", thread_ts=first)
    updated = await client.chat_update(channel="CGENERAL", ts=reply["ts"], text="Zwei")
    assert updated["message"]["thread_ts"] == first


async def test_what_cannot_be_updated(bench, client, ana):
    posted = await client.chat_postMessage(channel="CGENERAL", text="x")
    hers = await ana.types("general", "Hello")
    to_dm = await client.chat_postMessage(channel="UANA", text="x")
    for args, error in [
        ({"channel": "CGENERAL", "ts": "1.000001", "text": "y"}, "message_not_found"),
        ({"channel": "CGENERAL", "ts": hers["ts"], "text": "y"}, "cant_update_message"),
        ({"channel": "CGENERAL", "ts": posted["ts"], "text": "y" * 4001}, "msg_too_long"),
        ({"channel": "CGENERAL", "ts": posted["ts"]}, "no_text"),
        ({"channel": "UANA", "ts": to_dm["ts"], "text": "y"}, "channel_not_found"),
    ]:
        answer = await error_of(client.api_call("chat.update", json=args))
        assert answer["error"] == error
    bench.state.channels["CGENERAL"].is_archived = True
    answer = await error_of(client.chat_update(channel="CGENERAL", ts=posted["ts"], text="y"))
    assert answer["error"] == "is_inactive"


async def test_a_deleted_message_is_gone_and_one_with_replies_leaves_a_tombstone(client, ana):
    one = (await client.chat_postMessage(channel="CGENERAL", text="One"))["ts"]
    two = (await client.chat_postMessage(channel="CGENERAL", text="Two"))["ts"]
    reply = (await client.chat_postMessage(channel="CGENERAL", text="Three", thread_ts=two))["ts"]
    await client.chat_delete(channel="CGENERAL", ts=one)
    await client.chat_delete(channel="CGENERAL", ts=two)
    (stone,) = (await client.conversations_history(channel="CGENERAL"))["messages"]
    assert (stone["subtype"], stone["text"]) == ("tombstone", "This message was deleted.")
    hers = await ana.types("general", "Hello")
    for ts, error in [(two, "message_not_found"), (hers["ts"], "cant_delete_message")]:
        answer = await error_of(client.chat_delete(channel="CGENERAL", ts=ts))
        assert answer["error"] == error
    await client.chat_delete(channel="CGENERAL", ts=reply)
    thread = await client.conversations_replies(channel="CGENERAL", ts=two)
    assert [each["reply_count"] for each in thread["messages"]] == [0]


async def test_an_ephemeral_message_is_seen_by_one_member_and_kept_nowhere(
    bench, client, ana, ben
):
    await ben.arrives()
    await client.chat_postEphemeral(channel="CGENERAL", user="UANA", text="Only you")
    await ana.sees("Only you", channel="general")
    await ben.never_sees("Only you")
    assert (await client.conversations_history(channel="CGENERAL"))["messages"] == []
    whispered = await ana.message("Only you")
    answer = await error_of(
        client.chat_update(channel="CGENERAL", ts=whispered["ts"], text="Everyone")
    )
    assert answer["error"] == "message_not_found"


@pytest.mark.parametrize(
    ("channel", "user", "error"),
    [
        ("COTHER", "UANA", "user_not_in_channel"),
        ("CGENERAL", "U404", "user_not_in_channel"),
        ("CSECRET", "UBEN", "channel_not_found"),
        ("COLD", "UANA", "is_archived"),
    ],
)
async def test_nobody_is_whispered_to_where_they_are_not(client, channel, user, error):
    answer = await error_of(client.chat_postEphemeral(channel=channel, user=user, text="Psst"))
    assert answer["error"] == error


async def test_a_whisper_may_stand_in_a_thread(client, ana):
    first = await ana.types("general", "One")
    empty = {"channel": "CGENERAL", "user": "UANA"}
    answer = await error_of(client.api_call("chat.postEphemeral", json=empty))
    assert answer["error"] == "no_text"
    await client.chat_postEphemeral(
        channel="CGENERAL", user="UANA", text="Psst", thread_ts=first["ts"]
    )
    assert [each["text"] for each in await ana.thread("general", first["ts"])] == ["One", "Psst"]


async def test_a_permalink_names_the_message_and_its_thread(client):
    first = (await client.chat_postMessage(channel="CGENERAL", text="One"))["ts"]
    reply = (await client.chat_postMessage(channel="CGENERAL", text="Two", thread_ts=first))["ts"]
    links = [
        (await client.chat_getPermalink(channel="CGENERAL", message_ts=ts))["permalink"]
        for ts in (first, reply)
    ]
    base = "https://acme.slack.com/archives/CGENERAL/p"
    assert links == [
        base + first.replace(".", ""),
        f"{base}{reply.replace('.', '')}?thread_ts={first}&cid=CGENERAL",
    ]
    answer = await error_of(client.chat_getPermalink(channel="CGENERAL", message_ts="1.000001"))
    assert answer["error"] == "message_not_found"
