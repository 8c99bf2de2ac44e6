"""The brief: all that whoever answers must know, for nobody else, and nothing of what is private."""

import pytest

from policy.history import SYSTEM
from policy.notices import BriefReady, Person
from policy.refusals import NoSuchCase, NotYours
from tests.bot.desk.nights import CONDUCT, WORDS, a_night
from tests.support.builders import ADA, ANA, CLEO, ELI, EVA, LEA, MONA, OTTO, an_actor


async def test_it_says_what_was_asked_and_answered_promised_and_missed(house):
    night = await a_night(house)
    await house.desk.comments.add(
        night.case, "Which browser is it?", is_question=True, by=an_actor(ELI)
    )
    house.clock.moves(minutes=5)
    await house.desk.comments.add(night.case, "All of them.", by=an_actor(ANA))
    await night.active()
    house.clock.moves(hours=2)
    brief = await night.desk.brief(night.id, by=an_actor(OTTO))
    (asked,) = brief.asked
    assert asked.answer is not None
    assert (asked.question, asked.answer.text) == ("Which browser is it?", "All of them.")
    assert [each.kind.value for each in brief.ledger.missed] == ["action", "update"]
    assert {each.user for each in brief.people} >= {ANA, ELI, MONA, CLEO}


async def test_it_is_for_those_who_answer_escalations(house):
    night = await a_night(house)
    await night.acknowledged()
    for by in (ANA, ELI, EVA, ADA):
        with pytest.raises(NotYours):
            await night.desk.brief(night.id, by=an_actor(by))


@pytest.mark.parametrize("by", [MONA, ELI, CLEO, ADA])
async def test_a_confidential_one_does_not_exist_for_others_than_leads(house, by):
    night = await a_night(house)
    await night.acknowledged(LEA, **CONDUCT)
    with pytest.raises(NoSuchCase):
        await night.desk.brief(night.id, by=an_actor(by))
    with pytest.raises(NoSuchCase):
        await night.desk.file(night.id, by=an_actor(by))
    with pytest.raises(NoSuchCase):
        await night.desk.read(night.id, by=an_actor(by))


async def test_its_requester_knows_it_and_has_no_brief_of_it(house):
    night = await a_night(house)
    await night.acknowledged(LEA, **CONDUCT)
    assert (await night.desk.file(night.id, by=an_actor(ANA))).escalation.owner == LEA
    with pytest.raises(NotYours):
        await night.desk.brief(night.id, by=an_actor(ANA))


async def test_each_owner_gets_it_once(house):
    night = await a_night(house)
    await night.offered(OTTO)
    await night.desk.accept(night.id, by=an_actor(OTTO))
    assert await house.told(BriefReady) == [Person(user=MONA), Person(user=OTTO)]


async def test_what_was_said_confidentially_stays_out_of_a_later_brief(house):
    night = await a_night(house)
    await night.requested(**CONDUCT)
    await house.desk.escalations.state(night.case, "And again on Friday.", by=an_actor(ANA))
    await night.withdraws()
    house.clock.moves(minutes=1)
    await night.acknowledged()
    brief = await night.desk.brief(night.id, by=an_actor(MONA))
    assert "And again on Friday." not in str(brief)
    file = await house.desk.cases.read(night.case, by=an_actor(MONA))
    assert file is not None
    assert "And again on Friday." not in str(file.comments)


async def test_of_a_confidential_one_the_history_says_only_that_it_moved(house):
    night = await a_night(house)
    await night.active(LEA, **CONDUCT)
    await night.promises_something(LEA, by=LEA)
    await night.updates(LEA)
    await night.stabilises(LEA)
    await night.proposes(LEA)
    await night.desk.agree(night.id, by=an_actor(ANA))
    await night.rates()
    changes = [
        each.change
        for each in await house.entries(night.case)
        if each.change.what.startswith(("escalations.", "promises."))
    ]
    assert len(changes) == 9
    for change in changes:
        assert change.after == {"escalation": night.id, "confidential": True}
        assert change.before is None
        assert change.by != SYSTEM
    assert WORDS not in str(changes)
