"""Comments come back in order, once each, and say who waits for whom."""

import asyncio
from datetime import timedelta

import pytest

from policy.comments import CommentKind, Visibility, conversation
from policy.ids import CaseId, CommentId
from policy.roles import Side
from tests.support.builders import ELI, MORNING, WORKSPACE, a_case, a_comment

MINUTE = timedelta(minutes=1)
CASE = CaseId("CASE-1")


@pytest.fixture
async def opened(acme):
    async with acme.begin() as work:
        await work.cases.add(a_case())
        await work.commit()
    return acme


def said(number, **facts):
    return a_comment(id=CommentId(f"c{number}"), at=MORNING + number * MINUTE, **facts)


def chase(number):
    return said(number, kind=CommentKind.CHASE)


def reply(number, **facts):
    return said(number, author=ELI, side=Side.SUPPORT, text=f"Reply {number}", **facts)


async def add(database, *comments):
    async with database.begin() as work:
        added = [await work.comments.add(comment) for comment in comments]
        await work.commit()
    return added


async def test_comments_come_back_as_they_were_oldest_first(opened):
    comments = [said(1), chase(2), reply(3), said(4, source="CHELP:1.2", text="\U0001f600 <&>")]
    await add(opened, *comments)
    async with opened.reading() as work:
        assert await work.comments.of(WORKSPACE, CASE, internal=True) == comments


async def test_only_the_last_comments_come_back(opened):
    await add(opened, *(said(number) for number in range(1, 6)))
    async with opened.reading() as work:
        found = await work.comments.of(WORKSPACE, CASE, 2, internal=True)
    assert found == [said(4), said(5)]


async def test_comments_that_are_not_public_come_back_only_when_asked_for(opened):
    hidden = [said(2, visibility=Visibility.INTERNAL), said(3, visibility=Visibility.ESCALATION)]
    await add(opened, said(1), *hidden)
    async with opened.reading() as work:
        assert await work.comments.of(WORKSPACE, CASE, internal=False) == [said(1)]
        assert await work.comments.of(WORKSPACE, CASE, internal=True) == [said(1), *hidden]


async def test_a_message_that_was_heard_before_adds_nothing(opened):
    heard = said(1, source="CHELP:1.2")
    again = said(2, source="CHELP:1.2")
    assert await add(opened, heard, again, said(3), said(4)) == [True, False, True, True]
    async with opened.reading() as work:
        assert await work.comments.of(WORKSPACE, CASE, internal=True) == [heard, said(3), said(4)]


async def test_a_message_delivered_several_times_at_once_is_heard_once(opened, doors):
    copies = (add(door, said(n, source="CHELP:1.2")) for n, door in enumerate(doors * 3))
    heard = [first for [first] in await asyncio.gather(*copies)]
    assert sorted(heard) == [False] * 11 + [True]


@pytest.mark.parametrize(
    "comments",
    [
        [],
        [said(1)],
        [chase(1), chase(30), chase(90), chase(151)],
        [chase(1), reply(2), chase(3), said(4), chase(70)],
        [reply(1), said(2), said(3)],
        [reply(1), chase(2), reply(3, visibility=Visibility.INTERNAL), chase(70)],
        [
            chase(1),
            reply(2),
            chase(
                3,
            ),
            said(4, side=Side.SYSTEM),
        ],
        [reply(1), reply(2), said(3, visibility=Visibility.INTERNAL)],
    ],
    ids=lambda comments: "".join(f"{each.side[0]}{each.kind[1]}" for each in comments) or "none",
)
async def test_the_conversation_is_what_all_comments_together_say(opened, comments):
    await add(opened, *comments)
    async with opened.reading() as work:
        assert await work.comments.conversation(WORKSPACE, CASE) == conversation(comments)
