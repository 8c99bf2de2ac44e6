"""People who have left Slack: what they had goes back to duty, and whoever has the rest hears."""

import pytest

from bot.desk.escalations.leaving import OWN
from policy.escalations import E
from policy.notices import (
    EscalationReturned,
    EscalationThread,
    EscalationWaits,
    Person,
    RequesterGone,
)
from tests.bot.desk.nights import CONDUCT, a_night
from tests.support.builders import ANA, CLEO, LEA, MONA, OTTO, WORKSPACE, an_actor


async def test_what_somebody_had_who_left_goes_back_to_duty_before_anybody_writes_to_them(house):
    night = await a_night(house)
    await night.active(MONA)
    assert await night.desk.lose_the_gone() == 0
    house.directory.left = frozenset({MONA})
    house.clock.moves(minutes=1)
    assert [await night.desk.lose_the_gone() for _ in range(2)] == [1, 0]
    after = await night.kept()
    assert (after.state, after.owner) == (E.REQUESTED, None)
    again = [each.to for each in await house.owed(EscalationWaits) if each.at == night.now()]
    assert again == [Person(user=OTTO)]
    (told, *_) = await house.owed(EscalationReturned)
    assert isinstance(told.fact, EscalationReturned)
    assert told.fact.owner == MONA


@pytest.mark.parametrize(
    ("left", "asked"), [({ANA}, CLEO), ({CLEO}, None), ({ANA, CLEO}, None), ({LEA, OTTO}, None)]
)
async def test_whoever_answers_for_it_hears_once_that_the_requester_left(house, left, asked):
    night = await a_night(house)
    await night.active(MONA)
    house.directory.left = frozenset(left)
    for turn in range(2):
        assert await night.desk.lose_the_gone() == 0
        await night.updates(text=f"We look into it, for the {turn}. time.")
    facts = {each.fact for each in await house.owed(RequesterGone)}
    if ANA in left:
        assert facts == {RequesterGone(escalation=night.id, user=ANA, contact=asked)}
        where = {EscalationThread(escalation=night.id), Person(user=MONA)}
        assert set(await house.told(RequesterGone)) == where
        assert len(await house.owed(RequesterGone)) == len(where)
    else:
        assert facts == set()


async def test_that_a_confidential_requester_left_stays_with_whoever_has_it(house):
    night = await a_night(house)
    await night.requested(**CONDUCT)
    await night.desk.acknowledge(night.id, by=an_actor(LEA))
    house.directory.left = frozenset({ANA})
    await night.desk.lose_the_gone()
    assert await house.told(RequesterGone) == [Person(user=LEA)]


@pytest.mark.parametrize(("owner", "facts"), [(MONA, {}), (LEA, CONDUCT)], ids=["open", "secret"])
async def test_whoever_comes_to_work_the_case_itself_answers_for_its_escalation_no_longer(
    house, owner, facts
):
    night = await a_night(house)
    await night.active(owner, **facts)
    await house.desk.cases.take(night.case, by=an_actor(owner))
    assert [await night.desk.lose_the_gone() for _ in range(2)] == [1, 0]
    after = await night.kept()
    assert (after.state, after.owner) == (E.REQUESTED, None)


async def test_whoever_has_given_the_case_away_meanwhile_keeps_its_escalation(house):
    night = await a_night(house)
    await night.active(MONA)
    assert not await night.desk.lose(WORKSPACE, night.id, MONA, OWN)
    assert (await night.kept()).owner == MONA
