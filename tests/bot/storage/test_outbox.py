"""Notices are owed once, claimed once, and their story is kept."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage.outbox.collection import MOST_ERRORS
from bot.storage.outbox.rows import NoticeState
from policy.ids import CaseId, ChannelId, Ts
from policy.notices import CaseTaken, Notice, Thread
from tests.support.builders import ELI, HELP, MORNING, WORKSPACE

CASE = CaseId("CASE-1")
LEASE = timedelta(minutes=1)
RAN_OUT = timedelta(seconds=-1)
"""A lease that is over as soon as it is given."""
LATER = MORNING + timedelta(hours=1)


def a_notice(key="cases.taken:CASE-1:thread", **facts):
    notice = {
        "workspace": WORKSPACE,
        "key": key,
        "case": CASE,
        "to": Thread(case=CASE),
        "fact": CaseTaken(engineer=ELI),
        "urgency": 3,
        "at": MORNING,
    }
    return Notice(**(notice | facts))


async def owe(database, *notices):
    async with database.begin() as work:
        work.outbox.owe(*notices)
        await work.commit()


async def claim(database, now=MORNING, limit=500, lease=LEASE):
    async with database.begin() as work:
        claimed = await work.outbox.claim(now, limit, lease)
        await work.commit()
    return claimed


async def story(database, key="cases.taken:CASE-1:thread"):
    async with database.reading() as work:
        return await work.stories.of(WORKSPACE, key)


async def becomes(database, claimed, what, *details, **more):
    async with database.begin() as work:
        became = await getattr(work.outbox, what)(claimed, *details, **more)
        await work.commit()
    return became


def keys(claimed):
    return [each.notice.key for each in claimed]


async def test_a_notice_is_claimed_as_it_was_owed(database):
    await owe(database, a_notice())
    [claimed] = await claim(database)
    assert claimed.notice == a_notice()
    assert (claimed.attempt, claimed.is_doubtful) == (1, False)


async def test_nothing_is_owed_without_a_commit(database):
    async with database.begin() as work:
        work.outbox.owe(a_notice())
    assert await claim(database) == []


async def test_a_key_is_owed_once_within_a_unit_of_work_and_ever_after(database):
    await owe(database, a_notice(), a_notice(urgency=1))
    await owe(database, a_notice())
    [claimed] = await claim(database)
    assert await becomes(database, claimed, "sent", HELP, Ts("1.1"))
    await owe(database, a_notice())
    assert await claim(database) == []


async def test_replicas_that_owe_the_same_at_once_owe_it_once(database, doors):
    notices = [a_notice(str(number)) for number in range(20)]
    await asyncio.gather(*(owe(door, *notices) for door in doors * 3))
    assert keys(await claim(database)) == [notice.key for notice in notices]


async def test_the_most_urgent_is_claimed_first_then_the_oldest(database):
    await owe(
        database,
        a_notice("new S3", at=LATER),
        a_notice("old S3"),
        a_notice("new S1", urgency=1, at=LATER),
        a_notice("digest", urgency=5),
        a_notice("old S3 too"),
    )
    assert keys(await claim(database, LATER, 2)) == ["new S1", "old S3"]
    assert keys(await claim(database, LATER)) == ["old S3 too", "new S3", "digest"]


async def test_a_notice_for_later_is_claimed_when_its_moment_has_come(database):
    await owe(database, a_notice(not_before=LATER))
    assert await claim(database, LATER - timedelta(seconds=1)) == []
    assert len(await claim(database, LATER)) == 1


async def test_what_is_claimed_is_not_claimed_again_until_its_lease_ran_out(database):
    await owe(database, a_notice())
    [first] = await claim(database, lease=RAN_OUT)
    [second] = await claim(database)
    assert await claim(database) == []
    assert (first.attempt, second.attempt) == (1, 2)
    assert second.is_doubtful, "the first may have posted before it died"


async def test_replicas_that_claim_at_once_never_claim_a_notice_twice(database, doors):
    await owe(database, *(a_notice(f"{number:03}") for number in range(200)))

    async def claims(door):
        mine = []
        while claimed := await claim(door, limit=7):
            mine += keys(claimed)
        return mine

    every = await asyncio.gather(*(claims(door) for door in doors * 2))
    assert sorted(key for mine in every for key in mine) == [f"{n:03}" for n in range(200)]


async def test_a_sent_notice_knows_its_message(database):
    await owe(database, a_notice())
    [claimed] = await claim(database)
    assert await becomes(database, claimed, "sent", HELP, Ts("1.1"))
    told = await story(database)
    assert (told.state, told.channel, told.ts, told.attempts) == (
        NoticeState.SENT,
        HELP,
        "1.1",
        1,
    )


@pytest.mark.parametrize(
    ("what", "state"), [("dead", NoticeState.DEAD), ("cancelled", NoticeState.CANCELLED)]
)
async def test_a_notice_that_is_given_up_says_why_and_stays_so(database, what, state):
    await owe(database, a_notice())
    [claimed] = await claim(database)
    assert await becomes(database, claimed, what, "the case is closed")
    told = await story(database)
    assert (told.state, told.errors) == (state, ("the case is closed",))
    await owe(database, a_notice())
    assert await claim(database, LATER) == []


@pytest.mark.parametrize("doubtful", [False, True])
async def test_a_notice_put_back_waits_and_remembers_why(database, doubtful):
    await owe(database, a_notice())
    [claimed] = await claim(database)
    assert await becomes(database, claimed, "later", LATER, "ratelimited", doubtful=doubtful)
    assert await claim(database) == []
    [again] = await claim(database, LATER)
    assert (again.attempt, again.is_doubtful) == (2, doubtful)
    assert again.errors == ("ratelimited",)


async def test_a_notice_put_back_untried_has_had_no_attempt_and_no_error(database):
    await owe(database, a_notice())
    [claimed] = await claim(database)
    assert await becomes(database, claimed, "later", MORNING, "", tried=False)
    [again] = await claim(database)
    assert (again.attempt, again.errors, again.is_doubtful) == (1, (), False)


async def test_doubt_stays_until_it_is_sent(database):
    await owe(database, a_notice())
    [claimed] = await claim(database, lease=RAN_OUT)
    [claimed] = await claim(database)
    await becomes(database, claimed, "later", LATER, "ratelimited")
    [claimed] = await claim(database, LATER)
    assert claimed.is_doubtful


async def test_only_the_last_errors_are_kept(database):
    await owe(database, a_notice())
    for number in range(MOST_ERRORS + 5):
        [claimed] = await claim(database)
        await becomes(database, claimed, "later", MORNING, f"error {number}")
    errors = (await story(database)).errors
    assert (len(errors), errors[-1]) == (MOST_ERRORS, f"error {MOST_ERRORS + 4}")


@pytest.mark.parametrize(
    ("what", "details"),
    [
        ("sent", (HELP, Ts("9.9"))),
        ("later", (LATER, "slow")),
        ("dead", ("slow",)),
        ("cancelled", ("slow",)),
    ],
)
async def test_whoever_lost_the_lease_has_no_say_any_more(database, what, details):
    await owe(database, a_notice())
    [slow] = await claim(database, lease=RAN_OUT)
    [quick] = await claim(database)
    assert not await becomes(database, slow, what, *details)
    assert await becomes(database, quick, "sent", HELP, Ts("1.1"))
    assert not await becomes(database, slow, what, *details)
    told = await story(database)
    assert (told.state, told.ts, told.errors) == (NoticeState.SENT, "1.1", ())


async def test_leases_of_processes_known_to_be_gone_end_soon(database):
    await owe(database, a_notice("claimed"), a_notice("sent"), a_notice("pending", at=LATER))
    claimed, sent = await claim(database)
    await becomes(database, sent, "sent", HELP, Ts("1.1"))
    async with database.begin() as work:
        await work.outbox.orphaned(timedelta(hours=1))
        await work.commit()
    assert await claim(database) == []
    async with database.begin() as work:
        await work.outbox.orphaned(timedelta())
        await work.commit()
    again, pending = await claim(database, LATER)
    assert (again.id, again.is_doubtful, again.attempt) == (claimed.id, True, 2)
    assert not pending.is_doubtful


async def ages(database, now):
    async with database.reading() as work:
        return await work.outbox.oldest_pending_age(now), await work.outbox.next_not_before()


async def test_an_empty_outbox_is_not_old(database):
    assert await ages(database, LATER) == (None, None)


async def test_the_oldest_notice_that_may_be_sent_tells_how_far_behind_we_are(database):
    later = MORNING + timedelta(hours=2)
    await owe(database, a_notice("1"), a_notice("2", not_before=LATER))
    assert await ages(database, later) == (timedelta(hours=2), MORNING)
    [claimed] = await claim(database)
    assert await ages(database, later) == (timedelta(hours=2), LATER), "still being sent"
    await becomes(database, claimed, "sent", HELP, Ts("1.1"))
    assert await ages(database, later) == (timedelta(hours=1), LATER)
    assert await ages(database, MORNING) == (None, LATER)


async def test_what_was_never_owed_has_no_story(database):
    assert await story(database) is None


async def test_a_notice_of_a_newer_release_holds_up_no_other(database, database_url):
    await owe(database, a_notice("theirs"), a_notice("ours"))
    newer = {"fact": {"is": "CasePainted"}}
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(
            text("UPDATE outbox SET notice = :notice WHERE key = 'theirs'"),
            {"notice": json.dumps(newer)},
        )
    await engine.dispose()
    assert keys(await claim(database)) == ["ours"]
    assert keys(await claim(database)) == []
    assert await ages(database, LATER) == (timedelta(hours=1), MORNING + timedelta(minutes=1))


async def test_channels_are_no_concern_of_the_outbox(database):
    """The same case may be told in as many places as there are keys."""
    await owe(database, a_notice("a", to=Thread(case=CASE)), a_notice("b"))
    first, second = await claim(database)
    assert await becomes(database, first, "sent", HELP, Ts("1.1"))
    assert await becomes(database, second, "sent", ChannelId("COTHER"), Ts("1.1"))
