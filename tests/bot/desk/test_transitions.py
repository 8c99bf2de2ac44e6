"""Every step in a case's life has its guard, its entry in the history, and its message."""

from datetime import timedelta

import pytest

from policy.cases import OPEN, TRANSITIONS, CaseState, ThirdParty
from policy.ids import CaseId
from policy.refusals import Refusal
from tests.support.builders import ANA, CLEO, ELI, EVA, ZOE, an_actor
from tests.support.houses import outside

S = CaseState
CASE, OTHER = CaseId("CASE-1"), CaseId("CASE-2")


async def asks(house, by):
    await house.desk.comments.add(CASE, "Which version?", is_question=True, by=by)


async def waits(house, by):
    third = ThirdParty(whom="Their provider", until=house.clock() + timedelta(days=1))
    await house.desk.casework.wait(CASE, third, "They look at their router.", by=by)


async def proposes(house, by):
    await house.desk.casework.propose(CASE, "Please sign in again.", by=by)


async def answers(house, by):
    await house.desk.comments.add(CASE, "Version 4.2 it is.", by=by)


async def rejects(house, by):
    await house.desk.casework.reject(CASE, "The page stays white.", by=by)


async def merges(house, by):
    await house.desk.casework.merge(CASE, OTHER, by=by)


def does(word, verb):
    async def step(house, by):
        await getattr(getattr(house.desk, word), verb)(CASE, by=by)

    return step


takes, closes, reopens = does("cases", "take"), does("cases", "close"), does("cases", "reopen")
resumes, accepts = does("casework", "resume"), does("casework", "accept")
OURS, THEIRS, MEMBER, STRANGER = an_actor(ELI), an_actor(ANA), an_actor(CLEO), outside(ZOE)
REACHES = {
    S.NEW: (),
    S.IN_PROGRESS: ((takes, OURS),),
    S.WAITING_CUSTOMER: ((takes, OURS), (asks, OURS)),
    S.WAITING_THIRD_PARTY: ((takes, OURS), (waits, OURS)),
    S.SOLUTION_PROPOSED: ((takes, OURS), (proposes, OURS)),
    S.CLOSED: ((takes, OURS), (closes, THEIRS)),
}
"""How a case comes to stand where a step begins."""
STEPS = {
    (S.NEW, S.IN_PROGRESS): (takes, OURS, MEMBER),
    (S.IN_PROGRESS, S.WAITING_CUSTOMER): (asks, OURS, THEIRS),
    (S.IN_PROGRESS, S.WAITING_THIRD_PARTY): (waits, OURS, THEIRS),
    (S.IN_PROGRESS, S.SOLUTION_PROPOSED): (proposes, OURS, THEIRS),
    (S.WAITING_CUSTOMER, S.IN_PROGRESS): (answers, THEIRS, STRANGER),
    (S.WAITING_THIRD_PARTY, S.IN_PROGRESS): (resumes, OURS, THEIRS),
    (S.SOLUTION_PROPOSED, S.IN_PROGRESS): (rejects, THEIRS, MEMBER),
    (S.SOLUTION_PROPOSED, S.CLOSED): (accepts, THEIRS, OURS),
    (S.CLOSED, S.IN_PROGRESS): (reopens, THEIRS, MEMBER),
    **{(each, S.CLOSED): (closes, THEIRS, MEMBER) for each in OPEN - {S.SOLUTION_PROPOSED}},
    **{(each, S.MERGED): (merges, an_actor(EVA), THEIRS) for each in REACHES},
}


def test_the_table_knows_every_step():
    known = {(state, to) for state, ways in TRANSITIONS.items() for to in ways}
    assert known == STEPS.keys()


@pytest.mark.parametrize(("begins", "ends"), sorted(STEPS))
async def test_every_step_is_guarded_entered_and_told(house, begins, ends):
    step, may, may_not = STEPS[begins, ends]
    await house.opens()
    await house.opens(title="Another matter")
    for reach, by in REACHES[begins]:
        house.clock.moves(minutes=5)
        await reach(house, by)
    assert (await house.case(CASE)).state is begins
    house.clock.moves(minutes=5)
    told, story = len(await house.owed()), await house.entries(CASE)

    with pytest.raises(Refusal):
        await step(house, may_not)
    assert (await house.case(CASE)).state is begins
    assert (len(await house.owed()), await house.entries(CASE)) == (told, story)

    await step(house, may)
    assert (await house.case(CASE)).state is ends
    entered = [each.change for each in (await house.entries(CASE))[len(story) :]]
    moved = [each for each in entered if "state" in (each.after or {})]
    assert [(each.before["state"], each.after["state"], each.by) for each in moved] == [
        (begins.value, ends.value, may.user)
    ]
    assert len(await house.owed()) > told
