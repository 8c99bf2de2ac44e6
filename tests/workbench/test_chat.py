"""chat.postMessage: messages as Slack keeps them, and why it refuses them."""

import pytest

from tests.workbench.apps import TOKEN, asked
from tests.workbench.asks import error_of


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
        ("#", "channel_not_found"),
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


async def test_long_plain_text_becomes_several_messages(client, ana):
    text = "".join(f"{number:04d} " for number in range(1000))
    answer = await client.chat_postMessage(channel="CGENERAL", text=text)
    said = await ana.messages("general")
    assert [len(each["text"]) for each in said] == [4000, 1000]
    assert "".join(each["text"] for each in said) == text
    assert answer["ts"] == said[1]["ts"]


@pytest.mark.parametrize(("length", "messages"), [(4040, 1), (4041, 2), (50_000, 10)])
async def test_only_text_over_4040_is_split_and_none_is_longer_than_40000(
    client, ana, length, messages
):
    await client.chat_postMessage(channel="CGENERAL", text="x" * length)
    said = await ana.messages("general")
    assert (len(said), len(said[-1]["text"])) == (messages, {1: 4040, 2: 41, 10: 4000}[messages])


async def test_text_beside_blocks_stays_whole_and_so_does_all_when_that_is_switched(
    bench, client, ana
):
    await client.chat_postMessage(channel="CGENERAL", text="x" * 5000, blocks=[section("Look")])
    await asked(bench, "admin/quirks", splits_long_text=False)
    await client.chat_postMessage(channel="CGENERAL", text="x" * 5000)
    assert [len(each["text"]) for each in await ana.messages("general")] == [5000, 5000]
