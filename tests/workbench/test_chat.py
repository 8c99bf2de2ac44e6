"""chat.*: messages as Slack keeps them, and why it refuses them."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.workbench.apps import TOKEN


async def error_of(call):
    with pytest.raises(SlackApiError) as refused:
        await call
    return refused.value.response


def findings(bench):
    calls = [entry for entry in bench.traffic.entries if entry.method == "chat.postMessage"]
    return calls[-1].findings


def section(text, **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Go"}}


async def test_a_message_comes_back_as_it_stands_in_the_channel(bench, client):
    blocks = [section("a < b & <@UANA> &amp;"), {"type": "actions", "elements": [BUTTON]}]
    posted = await client.chat_postMessage(channel="CGENERAL", text="1 < 2", blocks=blocks)
    message = posted["message"]
    assert message["text"] == "1 &lt; 2"
    first, second = message["blocks"]
    assert first["text"] == {
        "type": "mrkdwn",
        "text": "a &lt; b &amp; <@UANA> &amp;",
        "verbatim": False,
    }
    assert first["block_id"] != second["block_id"]
    assert second["elements"][0]["action_id"]
    assert second["elements"][0]["text"]["emoji"] is True
    author = {"user": "UTINY", "bot_id": "B1", "app_id": "A1", "team": "T1", "type": "message"}
    assert author.items() <= message.items()
    assert message["bot_profile"]["name"] == "Tiny"
    history = await client.conversations_history(channel="CGENERAL")
    assert history["messages"] == [message]
    assert posted["ts"] == message["ts"]


async def test_moments_are_unique_and_increase(bench, client):
    stamps = [
        (await client.chat_postMessage(channel="CGENERAL", text="x"))["ts"] for _ in range(4)
    ]
    assert stamps == sorted(set(stamps))
    assert all(len(stamp.split(".")[1]) == 6 for stamp in stamps)


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("CSECRET", "channel_not_found"),  # private, and not in it: it does not exist
        ("C404", "channel_not_found"),
        ("COLD", "is_archived"),
        ("UGONE", "channel_not_found"),
        ("UTINY", "channel_not_found"),
    ],
)
async def test_where_nothing_can_be_said(client, channel, error):
    answer = await error_of(client.chat_postMessage(channel=channel, text="Hi"))
    assert answer["error"] == error


async def test_a_public_channel_one_is_not_in_takes_a_scope(bench, client):
    await client.chat_postMessage(channel="COTHER", text="Hi")
    bench.state.tokens[TOKEN].scopes = ("chat:write",)
    answer = await error_of(client.chat_postMessage(channel="COTHER", text="Hi"))
    assert answer["error"] == "not_in_channel"


async def test_a_channel_may_be_named_and_a_person_is_reached_in_their_dm(bench, client):
    assert (await client.chat_postMessage(channel="#general", text="Hi"))["channel"] == "CGENERAL"
    first = await client.chat_postMessage(channel="UANA", text="Hi")
    again = await client.chat_postMessage(channel="UANA", text="Hi again")
    assert first["channel"].startswith("D")
    assert first["channel"] == again["channel"]


async def test_a_read_only_channel_takes_nothing(bench, client):
    bench.state.channels["CGENERAL"].is_read_only = True
    answer = await error_of(client.chat_postMessage(channel="CGENERAL", text="Hi"))
    assert answer["error"] == "restricted_action_read_only_channel"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({}, "no_text"),
        ({"blocks": "nonsense"}, "invalid_blocks_format"),
        ({"blocks": '{"type": "divider"}'}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"text": "x", "attachments": [{"text": "y"}] * 101}, "too_many_attachments"),
        ({"text": "x", "blocks": [section("y" * 2_990)] * 5}, "msg_blocks_too_long"),
        ({"text": "x", "metadata": "nonsense"}, "invalid_metadata_format"),
        ({"text": "x", "metadata": [1]}, "invalid_metadata_format"),
        ({"text": "x", "metadata": {"event_type": 1}}, "invalid_metadata_schema"),
        (
            {"text": "x", "metadata": {"event_type": "a", "event_payload": {"b": {"c": {}}}}},
            "invalid_metadata_schema",
        ),
        (
            {"text": "x", "metadata": {"event_type": "a", "event_payload": {"b": "c" * 9000}}},
            "metadata_too_large",
        ),
        ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"markdown_text": "y" * 12_001}, "msg_too_long"),
    ],
    ids=[f"case {number}" for number in range(13)],
)
async def test_what_slack_takes_for_no_message(client, content, error):
    answer = await error_of(
        client.api_call("chat.postMessage", json={"channel": "CGENERAL"} | content)
    )
    assert answer["error"] == error


async def test_bad_blocks_are_told_in_slacks_words(client):
    elements = [BUTTON] * 26
    answer = await error_of(
        client.chat_postMessage(
            channel="CGENERAL",
            text="x",
            blocks=[section("fine"), {"type": "actions", "elements": elements}],
        )
    )
    told = "no more than 25 items allowed [json-pointer:/blocks/1/elements]"
    assert answer["errors"] == [told]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {told}"]


async def test_blocks_without_text_are_found_fault_with_in_the_log(bench, client):
    posted = await client.api_call(
        "chat.postMessage", json={"channel": "CGENERAL", "blocks": [section("Hi")]}
    )
    assert posted["message"]["text"] == "This content can't be displayed."
    assert "no text" in findings(bench)[0]


async def test_markdown_becomes_a_block(client):
    posted = await client.chat_postMessage(channel="CGENERAL", markdown_text="# Hi")
    (block,) = posted["message"]["blocks"]
    assert (block["type"], block["text"]) == ("markdown", "# Hi")


async def test_a_name_of_its_own_takes_a_scope(bench, client):
    plain = await client.chat_postMessage(channel="CGENERAL", text="x", username="Other")
    assert "username" not in plain["message"]
    bench.state.tokens[TOKEN].scopes = ("chat:write", "chat:write.customize")
    posted = await client.chat_postMessage(channel="CGENERAL", text="x", username="Other")
    assert posted["message"]["username"] == "Other"


async def test_a_thread_counts_its_replies(bench, client, ana):
    first = (await client.chat_postMessage(channel="CGENERAL", text="One"))["ts"]
    reply = (await client.chat_postMessage(channel="CGENERAL", text="Two", thread_ts=first))["ts"]
    said = await ana.types("general", "Three", thread=reply)  # a reply's ts means its thread
    assert said["thread_ts"] == first
    shown = await client.conversations_replies(channel="CGENERAL", ts=first)
    parent, *replies = shown["messages"]
    assert [each["text"] for each in replies] == ["Two", "Three"]
    assert parent["reply_count"] == 2
    assert parent["reply_users"] == ["UTINY", "UANA"]
    assert parent["latest_reply"] == said["ts"]
    main = await client.conversations_history(channel="CGENERAL")
    assert [each["text"] for each in main["messages"]] == ["One"]


async def test_a_broadcast_reply_is_in_the_channel_too(client):
    first = (await client.chat_postMessage(channel="CGENERAL", text="One"))["ts"]
    await client.chat_postMessage(
        channel="CGENERAL", text="Two", thread_ts=first, reply_broadcast=True
    )
    main = await client.conversations_history(channel="CGENERAL")
    assert [each.get("subtype") for each in main["messages"]] == ["thread_broadcast", None]


async def test_a_reply_to_nothing_is_found_fault_with(bench, client):
    await client.chat_postMessage(channel="CGENERAL", text="x", thread_ts="1.000001")
    assert "names no message" in findings(bench)[0]


async def test_metadata_is_told_to_who_asks_for_it(client):
    metadata = {"event_type": "kept", "event_payload": {"id": "7", "of": [{"n": 1}]}}
    await client.chat_postMessage(channel="CGENERAL", text="x", metadata=metadata)
    plain = await client.conversations_history(channel="CGENERAL")
    assert plain["messages"][0]["metadata"] == {"event_type": "kept"}
    full = await client.conversations_history(channel="CGENERAL", include_all_metadata=True)
    assert full["messages"][0]["metadata"] == metadata


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
    message = (await client.api_call("chat.update", json=body))["message"]
    assert ("blocks" in message) is blocks_stay
    assert ("edited" in message) is is_edited
    assert message.get("metadata", {}).get("event_type") == metadata
    assert message["ts"] == posted["ts"]


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


async def test_a_planned_message_is_posted_when_its_time_has_come(bench, client, ana):
    now = int(bench.clock.now())
    kept = await client.chat_scheduleMessage(channel="CGENERAL", text="Later", post_at=now + 600)
    gone = await client.chat_scheduleMessage(channel="CGENERAL", text="Never", post_at=now + 601)
    listed = (await client.chat_scheduledMessages_list(channel="CGENERAL"))["scheduled_messages"]
    assert [each["text"] for each in listed] == ["Later", "Never"]
    await client.chat_deleteScheduledMessage(
        channel="CGENERAL", scheduled_message_id=gone["scheduled_message_id"]
    )
    await ana.never_sees("Later")
    await bench.advance(700)
    await ana.sees("Later", channel="general")
    await ana.never_sees("Never")
    other = await client.chat_scheduleMessage(channel="COTHER", text="x", post_at=now + 9_000)
    answer = await error_of(
        client.chat_deleteScheduledMessage(
            channel="CGENERAL", scheduled_message_id=other["scheduled_message_id"]
        )
    )
    assert answer["error"] == "channel_not_found"
    for identifier in (kept["scheduled_message_id"], "Q404"):
        answer = await error_of(
            client.chat_deleteScheduledMessage(channel="CGENERAL", scheduled_message_id=identifier)
        )
        assert answer["error"] == "invalid_scheduled_message_id"


@pytest.mark.parametrize(
    ("seconds", "error"), [(-1, "time_in_past"), (121 * 86_400, "time_too_far")]
)
async def test_only_the_near_future_can_be_planned(bench, client, seconds, error):
    moment = int(bench.clock.now()) + seconds
    answer = await error_of(
        client.chat_scheduleMessage(channel="CGENERAL", text="x", post_at=moment)
    )
    assert answer["error"] == error
    later = int(bench.clock.now()) + 60
    answer = await error_of(
        client.api_call("chat.scheduleMessage", json={"channel": "CGENERAL", "post_at": later})
    )
    assert answer["error"] == "no_text"
    answer = await error_of(
        client.api_call(
            "chat.scheduleMessage", json={"channel": "CGENERAL", "text": "x", "post_at": "soon"}
        )
    )
    assert answer["error"] == "invalid_time"


async def test_no_more_than_thirty_messages_are_planned_for_five_minutes(bench, client):
    moment = int(bench.clock.now()) + 600
    for _ in range(30):
        await client.chat_scheduleMessage(channel="CGENERAL", text="x", post_at=moment)
    answer = await error_of(
        client.chat_scheduleMessage(channel="CGENERAL", text="x", post_at=moment)
    )
    assert answer["error"] == "restricted_too_many"
