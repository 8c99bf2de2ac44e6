"""People hear of cases as they chose to, in the same unit of work, and of a digest once."""

import asyncio
from datetime import timedelta

import pytest

from policy.comments import Visibility
from policy.hearing import Hear, Preferences
from policy.ids import Ts
from policy.notices import (
    CasesDigest,
    CommentAdded,
    Person,
    SilenceCloses,
    SolutionProposed,
    Thread,
    What,
)
from tests.support.builders import ANA, CLEO, ELI, EVA, HELP, an_actor

LOUD = Preferences(answers=Hear.DIRECT, news=Hear.DIRECT, followed=Hear.DIRECT)
QUIET = Preferences(answers=Hear.THREAD, news=Hear.THREAD, followed=Hear.THREAD)


async def chooses(house, user, chosen):
    await house.desk.hearing.choose(chosen, by=an_actor(user))


async def people(house, kind):
    return sorted(to.user for to in await house.told(kind) if isinstance(to, Person))


async def test_a_choice_is_kept_and_replaced(house):
    assert await house.desk.hearing.read(by=an_actor()) == Preferences()
    for chosen in (LOUD, QUIET):
        await chooses(house, ANA, chosen)
        assert await house.desk.hearing.read(by=an_actor()) == chosen
    assert await house.desk.hearing.read(by=an_actor(CLEO)) == Preferences()


async def test_a_requester_is_told_directly_that_we_wait_for_them(house):
    case = await house.opens()
    await house.desk.comments.add(case.id, "Which version?", is_question=True, by=an_actor(ELI))
    assert await people(house, CommentAdded) == [ANA]
    await house.desk.casework.propose(case.id, "Please sign in again.", by=an_actor(ELI))
    assert await people(house, SolutionProposed) == [ANA]
    house.clock.moves(days=3)
    await house.desk.casework.close_silent(house.clock())
    assert await people(house, SilenceCloses) == [ANA]


async def test_whoever_wants_quiet_reads_the_thread(house):
    case = await house.opens()
    await chooses(house, ANA, QUIET)
    await house.desk.comments.add(case.id, "Which version?", is_question=True, by=an_actor(ELI))
    assert await house.told(CommentAdded) == [Thread(case=case.id)]


async def test_nobody_is_told_their_own_words(house):
    case = await house.opens()
    await chooses(house, ANA, LOUD)
    await house.desk.comments.add(case.id, "It is worse.", by=an_actor())
    assert await people(house, CommentAdded) == []


async def test_a_reply_typed_in_the_thread_is_heard_of_and_not_posted_again(house):
    case = await house.opens()
    thread = await house.posts_card(case.id)
    await chooses(house, ANA, LOUD)
    for _ in "12":
        await house.desk.comments.hear(HELP, thread, Ts("1.2"), "We look.", by=an_actor(ELI))
    assert await house.told(CommentAdded) == [Person(user=ANA)]


async def test_followers_hear_once_a_day_unless_they_chose_otherwise(house):
    case = await house.opens()
    for user in (CLEO, EVA):
        await house.desk.casework.follow(case.id, follows=True, by=an_actor(user))
    await chooses(house, EVA, LOUD)
    for text in ("It is worse.", "Much worse."):
        await house.desk.comments.add(case.id, text, by=an_actor())
    await house.desk.cases.take(case.id, by=an_actor(ELI))
    assert await people(house, CommentAdded) == [EVA, EVA]
    send = house.desk.hearing.send_digests
    assert await send(house.clock()) == 0
    house.clock.moves(days=1)
    assert sorted(await asyncio.gather(send(house.clock()), send(house.clock()))) == [0, 3]
    (notice,) = await house.owed(CasesDigest)
    assert notice.to == Person(user=CLEO)
    assert isinstance(notice.fact, CasesDigest)
    assert [(each.what, each.times) for each in notice.fact.lines] == [
        (What.SAID, 2),
        (What.STATE, 1),
    ]
    async with house.database.reading() as work:
        assert await work.hearing.next_due_at() is None


async def test_the_next_digest_is_at_nine(house):
    case = await house.opens()
    await house.desk.casework.follow(case.id, follows=True, by=an_actor(CLEO))
    await house.desk.comments.add(case.id, "It is worse.", by=an_actor())
    async with house.database.reading() as work:
        due = await work.hearing.next_due_at()
    assert due is not None
    assert timedelta(0) < due - house.clock() <= timedelta(days=1)


@pytest.mark.parametrize("visibility", [Visibility.INTERNAL])
async def test_a_note_among_ourselves_is_heard_of_by_no_follower(house, visibility):
    case = await house.opens()
    for user in (ANA, CLEO):
        await chooses(house, user, LOUD)
    await house.desk.casework.follow(case.id, follows=True, by=an_actor(CLEO))
    before = len(await house.owed())
    await house.desk.comments.add(case.id, "Proxy.", visibility=visibility, by=an_actor(ELI))
    assert len(await house.owed()) == before
    house.clock.moves(days=2)
    assert await house.desk.hearing.send_digests(house.clock()) == 0
