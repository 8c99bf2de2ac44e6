"""What the workbench sends and answers, held to the types that Slack publishes for JavaScript.

Those of the answers are generated from recorded ones; those of deliveries are written by hand, and
know less than Slack's documentation. Where they disagree the documentation wins, and it stands here.
"""

import pytest

from tests.workbench.typescript import complaints, program
from tests.workbench.whole import EVENTS, told
from workbench.webapi.registry import METHODS

ALL_BUT_COMMANDS = r"bolt\.(?!Slash|Enveloped).*"
SPECIAL = r".*(FileShare|ChannelTopic|ChannelPurpose)MessageEvent>"
KNOWN = {
    (
        ALL_BUT_COMMANDS,
        "enterprise",
    ): "null outside an organisation, as the pages on payloads show",
    (r"bolt\.(BlockSuggestion|View.*)", "user.username"): "recorded in bolt-python's tests",
    (
        r".*MessageEvent>|.*Message.*Event>",
        "event.app_id",
    ): "recorded in chat.postMessage's answer",
    (r".*MessageEvent>", "event.streaming_state"): "recorded in chat.stopStream's answer",
    (
        r"api\.ConversationsRepliesResponse",
        "messages.*.streaming_state",
    ): "recorded in chat.stopStream's answer",
    (r"api\.ChatPostMessageResponse", "message.metadata.entities"): "the page on the method",
    (r"api\.ChatStopStreamResponse", "message.app_id"): "recorded in java-slack-sdk's samples",
    (r"api\.ChatStopStreamResponse", "message.team"): "recorded in java-slack-sdk's samples",
    (
        r"api\.ChatStopStreamResponse",
        "message.bot_profile",
    ): "recorded in java-slack-sdk's samples",
    (r".*MessageEvent>", "event.metadata"): "the page on message metadata",
    (r".*Event>", "event.user_team"): "Slack Connect: the page on connected channels",
    (r".*Event>", "event.source_team"): "Slack Connect: recorded in histories",
    (r".*Event>", "event.user_profile"): "Slack Connect: recorded in histories",
    (
        r".*Message(Changed|Deleted)Event>",
        "event.message",
    ): "the type wants a whole event in there",
    (r".*Message(Changed|Deleted)Event>", "event.previous_message"): "the same",
    (
        r".*AppHomeOpenedEvent>",
        "event.view",
    ): "the type is that of a view to publish, without an id",
    (
        r".*FileShareMessageEvent>",
        "event.files.*.comments_count",
    ): "a number, as files.info records",
    (r".*FileShareMessageEvent>", "event.files.*.timestamp"): "recorded in files.info",
    (r".*FileShareMessageEvent>", "event.files.*.user_team"): "recorded in files.info",
    (r".*FileShareMessageEvent>", "event.files.*.ims"): "recorded in files.info",
    (r".*FileShareMessageEvent>", "event.files.*.has_more_shares"): "recorded in files.info",
    (r".*FileShareMessageEvent>", "event.files.*.file_access"): "recorded in files.info",
    (SPECIAL, "event.bot_id"): "recorded in histories",
    (SPECIAL, "event.bot_profile"): "recorded in histories",
    (SPECIAL, "event.team"): "recorded in histories",
    (SPECIAL, "event.client_msg_id"): "recorded in histories",
    (r"api\.Conversations(History|Replies)Response", "messages.*.blocks"): "rich text is too deep",
    (
        r"api\.Conversations(History|Replies)Response",
        "messages.*.pinned_to",
    ): "the page on messages",
    (r"api\.ConversationsRepliesResponse", "messages.*.client_msg_id"): "recorded in histories",
    (r"api\.ReactionsGetResponse", "message.blocks"): "rich text is too deep",
    (r"api\.ReactionsGetResponse", "message.client_msg_id"): "recorded in histories",
    (r"api\.ReactionsGetResponse", "message.pinned_to"): "the page on messages",
    (r"api\.PinsListResponse", "items.*.channel"): "the page on the method",
    (r"api\.PinsListResponse", "items.*.message"): "the page on the method",
    (r"api\.AuthRevokeResponse", "revoked"): "the page on the method",
    (r".*ChannelDeletedEvent>", "event.event_ts"): "as with all other channel events",
    (r"api\.UsergroupsListResponse", "usergroups.*.auto_type"): "null in the page on the method",
}


@pytest.mark.node
async def test_all_that_passes_is_what_slacks_own_types_say(node):
    async with told() as (bench, _):
        entries = [entry.shape() for entry in bench.traffic.entries]
    assert [each["method"] for each in entries if each["findings"]] == []
    wrong = await complaints(node, program(entries, KNOWN))
    assert wrong == [], "\n".join(wrong)


@pytest.mark.node
async def test_what_is_wrong_would_be_found(node):
    async with told() as (bench, _):
        entries = [entry.shape() for entry in bench.traffic.entries]
    for entry in entries:
        if entry["method"] == "users.info":
            entry["response"]["user"]["invented"] = True
        if entry["kind"] == "action":
            del entry["payload"]["trigger_id"]
    wrong = await complaints(node, program(entries, KNOWN))
    assert {each.partition(":")[0] for each in wrong} == {
        "api.UsersInfoResponse",
        "bolt.BlockAction",
    }


async def test_every_method_and_every_event_has_passed():
    async with told() as (bench, app):
        called = {each.method for each in bench.traffic.entries if each.kind == "api"}
        heard = {each["event"]["type"] for each in app.events}
    assert set(METHODS) - called == set()
    assert {event.partition(".")[0] for event in EVENTS} - heard == set()
