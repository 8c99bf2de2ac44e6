"""What waits for one place is told there together: every crossing once, in one digest or another."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage.digests import WHY
from bot.storage.outbox.rows import NoticeState
from policy.crossings import crossing
from policy.ids import CaseId, ChannelId, Ts, WorkspaceId
from policy.notices import Channel, Duty, Person
from policy.owed.crossings import crossed_together
from policy.thresholds import SHIPPED
from tests.bot.storage.test_outbox import LATER, RAN_OUT, a_notice, becomes, claim, owe, story
from tests.support.builders import ANA, HELP, MORNING, WORKSPACE, a_case

HERE, THERE = Channel(channel=HELP), Channel(channel=ChannelId("C0THERE"))
SOON = timedelta(minutes=1)


def a_digest(number, to=HERE, workspace=WORKSPACE):
    case = replace(a_case(id=CaseId(f"CASE-{number}")), workspace=workspace)
    return crossed_together((crossing(case, SHIPPED),), to, at=MORNING)


async def taken(database, limit=500, now=MORNING):
    """Claim as delivery does; return which crossings stand in what is left to be told."""
    async with database.begin() as work:
        kept = await work.digests.join(await work.outbox.claim(now, limit, SOON))
        await work.commit()
    return {each.notice.key: await cases_in(database, each.notice) for each in kept}


async def cases_in(database, notice):
    async with database.reading() as work:
        members = await work.stories.gathered(notice.workspace, notice.key)
    return {each.case for one in (notice, *members) for each in one.fact.crossings}


@pytest.mark.parametrize("limit", [1, 2, 500])
async def test_all_that_waits_for_one_place_stands_in_one_digest(database, limit):
    await owe(database, *(a_digest(number) for number in range(1, 5)))
    [members] = (await taken(database, limit)).values()
    assert members == {f"CASE-{number}" for number in range(1, 5)}
    told = await story(database, a_digest(4).key)
    assert (told.state, told.errors, told.told_in) == ("cancelled", (WHY,), a_digest(1).key)
    assert await claim(database, LATER) == []


async def test_each_place_and_each_workspace_has_a_digest_of_its_own(database):
    elsewhere = WorkspaceId("TOTHER")
    others = (a_digest(2, THERE), a_digest(3, Duty()), a_digest(4, HERE, elsewhere))
    await owe(database, a_digest(1), *others)
    assert [len(members) for members in (await taken(database)).values()] == [1, 1, 1, 1]


async def test_a_digest_that_took_others_along_and_waits_again_brings_all_of_them(database):
    await owe(database, a_digest(1), a_digest(2))
    async with database.begin() as work:
        [first] = await work.digests.join(await work.outbox.claim(MORNING, 9, SOON))
        await work.outbox.later(first, MORNING + SOON, "ratelimited")
        await work.commit()
    await owe(database, a_digest(3))
    [members] = (await taken(database)).values()  # the newest is the only one whose time has come
    assert members == {"CASE-1", "CASE-2", "CASE-3"}


@pytest.mark.parametrize("limit", [1, 500])
async def test_what_may_have_been_posted_takes_nothing_along_and_stands_alone(database, limit):
    await owe(database, a_digest(1))
    await claim(database, lease=RAN_OUT)
    await owe(database, a_digest(2))
    first = await taken(database, limit)
    second = await taken(database, limit) if limit == 1 else {}
    assert sorted(map(len, (first | second).values())) == [1, 1]


async def test_what_stands_already_is_shown_anew_and_takes_nothing_along(database):
    await owe(database, a_digest(1))
    [claimed] = await claim(database)
    await becomes(database, claimed, "sent", HELP, Ts("1.1"))
    async with database.begin() as work:
        assert await work.stories.outdated(WORKSPACE, HELP, Ts("1.1"), MORNING)
        await work.commit()
    await owe(database, a_digest(2))
    assert sorted(map(len, (await taken(database)).values())) == [1, 1]


async def test_no_other_notice_is_joined(database):
    to_ana = replace(a_digest(3), to=Person(user=ANA))
    await owe(database, a_notice("a", to=HERE), a_notice("b", to=HERE), to_ana)
    async with database.begin() as work:
        claimed = await work.outbox.claim(MORNING, 9, SOON)
        assert await work.digests.join(claimed) == claimed


async def test_replicas_that_claim_at_once_tell_each_crossing_once(database, doors):
    await owe(database, *(a_digest(number) for number in range(1, 21)))
    found = await asyncio.gather(*(taken(door, 3) for door in doors))
    found += [await taken(database)]
    told = [each for digests in found for members in digests.values() for each in members]
    assert sorted(told) == sorted({f"CASE-{number}" for number in range(1, 21)})
    async with database.reading() as work:
        assert NoticeState.PENDING not in await work.stories.counted()
