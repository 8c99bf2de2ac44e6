"""What is done with a case, what stays of it in its history, and who is told."""

import asyncio
from datetime import timedelta

import pytest

from policy.cases import CaseState, ThirdParty
from policy.comments import Visibility
from policy.history import SYSTEM
from policy.ids import CaseId
from policy.notices import (
    CaseAssigned,
    CaseClosed,
    CaseMerged,
    CaseResumed,
    CasesLinked,
    CaseTaken,
    CaseWaits,
    ClosedHow,
    CommentAdded,
    NoteAdded,
    Person,
    ReminderAsked,
    SilenceCloses,
    SolutionProposed,
    SolutionRejected,
    Thread,
)
from policy.refusals import NoSuchCase, NotYours, OutOfTime, SolutionNeeded
from tests.support.builders import ANA, CLEO, ELI, EVA, LEA, MORNING, ZOE, an_actor
from tests.support.houses import outside

DAY = timedelta(days=1)
FIX = "Version 4.2 is rolled out; sign in again."
THIRD = ThirdParty(whom="Their provider", until=MORNING + 2 * DAY)


async def proposes(house, case):
    return await house.desk.casework.propose(case.id, FIX, by=an_actor(ELI))


async def last(house, case):
    change = (await house.entries(case.id))[-1].change
    return change.what, change.before, change.after


async def test_a_lead_gives_a_case_to_an_engineer_who_hears_why(house):
    case = await house.opens()
    file = await house.desk.casework.assign(case.id, ELI, "Careful.", by=an_actor(LEA))
    assert (file.case.engineer, file.case.state) == (ELI, CaseState.IN_PROGRESS)
    assert await house.told(CaseTaken) == [Thread(case=case.id)]
    (told,) = await house.owed(CaseAssigned)
    assert told.to == Person(user=ELI)
    before, after = {"engineer": None, "state": "new"}, {"engineer": ELI, "state": "in_progress"}
    assert await last(house, case) == ("cases.assigned", before, {**after, "note": "Careful."})


async def test_a_case_waits_for_others_until_it_is_resumed(house):
    case = await house.opens()
    wait = house.desk.casework.wait
    file = await wait(case.id, THIRD, "They look at their router.", by=an_actor(ELI))
    assert file.case.third_party == THIRD
    assert file.comments[-1].text == "They look at their router."
    twice = await wait(case.id, THIRD, "They look at their router.", by=an_actor(ELI))
    assert twice.comments == file.comments
    await house.desk.casework.resume(case.id, by=an_actor(EVA))
    assert (await house.case(case.id)).third_party is None
    assert await house.told(CaseWaits) == await house.told(CaseResumed) == [Thread(case=case.id)]
    assert await house.owed(CommentAdded) == []  # the notice says it
    told = ["cases.opened", "comments.added", "cases.waits", "cases.resumed"]
    assert await house.story(case.id) == told


async def test_a_solution_is_proposed_once_rejected_and_accepted(house):
    case = await house.opens()
    first, second = await asyncio.gather(proposes(house, case), proposes(house, case))
    assert first.case == second.case
    rejected = await house.desk.casework.reject(case.id, "It stays white.", by=an_actor())
    assert rejected.case.state is CaseState.IN_PROGRESS
    assert rejected.comments[-1].text == "It stays white."
    house.clock.moves(minutes=5)
    await proposes(house, case)
    accepted = await house.desk.casework.accept(case.id, by=an_actor())
    assert accepted.case.state is CaseState.CLOSED
    told = await house.told(SolutionProposed)
    assert told.count(Thread(case=case.id)) == told.count(Person(user=ANA)) == 2
    assert len(await house.owed(SolutionRejected)) == 1
    (closed,) = await house.owed(CaseClosed)
    assert isinstance(closed.fact, CaseClosed)
    assert closed.fact.how is ClosedHow.ACCEPTED
    what, before, after = await last(house, case)
    assert (what, before["state"], after["state"]) == (
        "cases.solution_accepted",
        "solution_proposed",
        "closed",
    )


async def test_an_engineer_closes_nothing_and_no_member_accepts(house):
    case = await house.opens()
    with pytest.raises(SolutionNeeded):
        await house.desk.cases.close(case.id, by=an_actor(ELI))
    await proposes(house, case)
    for by in (CLEO, ELI):
        with pytest.raises(NotYours):
            await house.desk.casework.accept(case.id, by=an_actor(by))
        with pytest.raises(NotYours):
            await house.desk.casework.reject(case.id, "It stays white.", by=an_actor(by))


async def test_silence_is_announced_twice_and_closes_once(house):
    case = await house.opens()
    await proposes(house, case)
    close = house.desk.casework.close_silent
    assert await close(house.clock()) == 0
    for days, warned in ((3, 1), (1, 2)):
        house.clock.moves(days=days)
        counts = await asyncio.gather(close(house.clock()), close(house.clock()))
        assert sorted(counts) == [0, 1]
        assert (await house.told(SilenceCloses)).count(Thread(case=case.id)) == warned
    house.clock.moves(days=1)
    wakes = len(house.wakes)
    assert await close(house.clock()) == 1
    assert await close(house.clock()) == 0
    assert len(house.wakes) == wakes + 1
    assert (await house.case(case.id)).state is CaseState.CLOSED
    (closed,) = await house.owed(CaseClosed)
    assert closed.fact == CaseClosed(
        by=SYSTEM, reopenable_until=house.clock() + 14 * DAY, how=ClosedHow.SILENCE
    )
    announced = ["cases.closing_announced"] * 2
    assert (await house.story(case.id))[-3:] == [*announced, "cases.closed"]


async def test_a_reply_puts_the_end_off(house):
    case = await house.opens()
    await proposes(house, case)
    house.clock.moves(days=4)
    await house.desk.comments.add(case.id, "I will try tomorrow.", by=an_actor())
    house.clock.moves(days=2)
    assert await house.desk.casework.close_silent(house.clock()) == 0


async def test_an_open_escalation_is_never_closed_over(house):
    case = await house.opens()
    await proposes(house, case)
    house.clock.moves(days=6)
    await house.escalates(case.id)
    assert await house.desk.casework.close_silent(house.clock()) == 1
    assert (await house.case(case.id)).state is CaseState.SOLUTION_PROPOSED
    assert await house.owed(SilenceCloses) == []
    assert (await house.story(case.id))[-1] == "cases.closing_postponed"
    async with house.database.reading() as work:
        assert await work.silences.next_due_at() == house.clock() + DAY


async def test_a_duplicate_goes_where_its_followers_go(house):
    case, twin = await house.opens(), await house.opens(CLEO, title="Sign-in is broken")
    file = await house.desk.casework.merge(twin.id, CaseId("case-1"), by=an_actor(ELI))
    assert (file.case.state, file.case.merged_into) == (CaseState.MERGED, case.id)
    assert (await house.case(case.id)).followers == {CLEO}
    threads = [Thread(case=each.id) for each in (twin, case)]
    assert sorted(await house.told(CaseMerged), key=str) == sorted(threads, key=str)
    assert await house.story(twin.id) == ["cases.opened", "cases.merged"]
    assert await house.story(case.id) == ["cases.opened", "cases.absorbed"]


async def test_two_people_who_merge_crosswise_end_with_one_case(house):
    case, twin = await house.opens(), await house.opens(CLEO, title="Sign-in is broken")
    merge = house.desk.casework.merge
    found = await asyncio.gather(
        merge(case.id, twin.id, by=an_actor(ELI)),
        merge(twin.id, case.id, by=an_actor(EVA)),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Exception) for each in found) == 1


async def test_a_case_names_others_in_both_histories(house):
    case, other = await house.opens(), await house.opens(title="Export is slow")
    file = await house.desk.casework.link(case.id, other.id, by=an_actor())
    assert file.case.related == {other.id}
    assert (await house.case(other.id)).related == {case.id}
    assert len(await house.owed(CasesLinked)) == 2
    for each in (case, other):
        assert (await house.story(each.id))[-1] == "cases.linked"
    for name in ("CASE-99", "nonsense"):
        with pytest.raises(NoSuchCase):
            await house.desk.casework.link(case.id, CaseId(name), by=an_actor())


async def test_a_new_case_goes_on_from_one_that_cannot_be_reopened(house):
    old = await house.opens()
    await house.desk.cases.close(old.id, by=an_actor())
    house.clock.moves(days=15)
    new = await house.opens(continues=old.id)
    assert new.related == {old.id}
    assert (await house.case(old.id)).related == {new.id}


async def test_who_may_see_a_case_may_follow_it(house):
    case = await house.opens()
    for _ in "12":
        file = await house.desk.casework.follow(case.id, follows=True, by=an_actor(CLEO))
        assert file.case.followers == {CLEO}
    await house.desk.casework.follow(case.id, follows=False, by=an_actor(CLEO))
    told = ["cases.opened", "cases.followed", "cases.unfollowed"]
    assert await house.story(case.id) == told
    with pytest.raises(NoSuchCase):
        await house.desk.casework.follow(case.id, follows=True, by=outside(ZOE))


async def test_a_reminder_comes_when_it_was_asked_for(house):
    case = await house.opens()
    at = house.clock() + DAY
    await house.desk.casework.remind(case.id, "Ask the bank.", at, by=an_actor())
    (notice,) = await house.owed(ReminderAsked)
    assert (notice.to, notice.not_before) == (Person(user=ANA), at)
    with pytest.raises(OutOfTime):
        await house.desk.casework.remind(case.id, "", house.clock(), by=an_actor())


async def test_a_note_goes_to_the_engineer_alone(house):
    case = await house.opens()
    note = {"visibility": Visibility.INTERNAL}
    await house.desk.comments.add(case.id, "Nobody works on it yet.", by=an_actor(EVA), **note)
    await house.desk.cases.take(case.id, by=an_actor(ELI))
    await house.desk.comments.add(case.id, "Their proxy?", by=an_actor(ELI), **note)
    await house.desk.comments.add(case.id, "It is their proxy.", by=an_actor(EVA), **note)
    (notice,) = await house.owed(NoteAdded)
    assert (notice.to, notice.fact) == (
        Person(user=ELI),
        NoteAdded(author=EVA, text="It is their proxy."),
    )
    assert await house.owed(CommentAdded) == []


async def test_what_was_said_just_before_is_proposed_all_the_same_and_said_once(house):
    case = await house.opens()
    await house.desk.comments.add(case.id, FIX, by=an_actor(ELI))
    file = await proposes(house, case)
    assert (file.case.state, len(file.comments)) == (CaseState.SOLUTION_PROPOSED, 1)
    again = await proposes(house, case)
    assert again.case.version == file.case.version
    assert (await house.told(SolutionProposed)).count(Thread(case=case.id)) == 1


async def test_what_was_said_just_before_lets_a_case_wait_all_the_same(house):
    case = await house.opens()
    await house.desk.comments.add(case.id, "They look at their router.", by=an_actor(ELI))
    wait = house.desk.casework.wait
    file = await wait(case.id, THIRD, "They look at their router.", by=an_actor(ELI))
    assert (file.case.third_party, len(file.comments)) == (THIRD, 1)
