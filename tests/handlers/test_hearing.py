"""What is heard of a thread: what people say there, and what becomes of it."""

import pytest
from slack_bolt.async_app import AsyncBoltContext

from handlers import comments as conversation
from policy.ids import CaseId
from tests.support.builders import an_actor

THREAD = "1748851200.000100"
CASE = CaseId("CASE-1")


@pytest.fixture
async def case(house):
    opened = await house.opens()
    await house.posts_card(opened.id, THREAD)
    return opened


def a_reply(**other):
    return {
        "user": "UANA",
        "ts": "1.2",
        "thread_ts": THREAD,
        "text": "It is worse &amp; worse.",
    } | other


async def comments(house):
    file = await house.desk.cases.read(CASE, by=an_actor())
    return [each.text for each in file.comments]


async def test_an_edit_of_what_was_never_heard_is_heard_then(house, ana, case):
    await ana.happens(type="message", subtype="message_changed", message=a_reply(), ts="9.9")
    assert await comments(house) == ["It is worse & worse."]
    changed = a_reply(text="It is better.")
    await ana.happens(type="message", subtype="message_changed", message=changed, ts="9.9")
    assert await comments(house) == ["It is better."]


@pytest.mark.parametrize(
    "event",
    [
        {"subtype": "message_deleted", "deleted_ts": "1.2", "previous_message": a_reply()},
        {"subtype": "message_changed", "message": a_reply(subtype="tombstone")},
    ],
    ids=["deleted", "replaced by a tombstone"],
)
async def test_what_is_taken_back_is_empty(house, ana, case, event):
    await ana.happens(type="message", **a_reply())
    await ana.happens(type="message", ts="9.9", **event)
    assert await comments(house) == [""]


@pytest.mark.parametrize(
    "event",
    [
        a_reply(bot_id="B1"),
        a_reply(subtype="channel_join"),
        {"ts": "1.2", "text": "Not in a thread."},
        {"subtype": "message_changed", "message": a_reply(bot_id="B1"), "ts": "9.9"},
        {"subtype": "message_changed", "message": a_reply(subtype="tombstone"), "ts": "9.9"},
        {"subtype": "message_changed", "message": {"ts": "1.2", "text": "x"}, "ts": "9.9"},
        {"subtype": "message_deleted", "deleted_ts": "1.2", "ts": "9.9"},
    ],
    ids=str,
)
async def test_what_nobody_says_in_the_thread_is_no_comment(house, ana, case, event):
    await ana.happens(type="message", **event)
    assert await comments(house) == []


async def test_what_no_person_says_is_no_comment(house, case):
    await conversation.hear(a_reply(), AsyncBoltContext(actor=None), house.desk)
    assert await comments(house) == []


async def test_a_file_of_which_slack_tells_nothing_is_passed_over(house, ana, case):
    files = [{"id": "F1", "file_access": "check_file_info"}, {"permalink": "https://x/files/F2"}]
    await ana.happens(type="message", **a_reply(files=files, subtype="file_share"))
    file = await house.desk.cases.read(CASE, by=an_actor())
    assert file.comments[0].links == ("https://x/files/F2",)
