"""`/case advice`: how often the guidance advised wrongly, for those who lead."""

import pytest

from handlers.escalations.seen import advice
from handlers.views.escalations import advice as drawn
from handlers.views.escalations.advice import MOST, NONE
from policy.escalations import Judgement
from policy.guidance.report import Advice
from policy.ids import AnswerId, CaseId
from policy.refusals import NotYours
from tests.bot.desk.nights import a_night
from tests.support.builders import ADA, ANA, ELI, LEA, MONA, an_actor

NO_CASE = CaseId("")


async def asked(house, by=LEA):
    return (await advice(NO_CASE, "", house.desk, an_actor(by))).text


async def test_leads_read_how_often_the_advice_of_each_path_was_wrong(house):
    assert await asked(house) == NONE
    night = await a_night(house)
    await night.closed()
    wrong = Judgement.SHOULD_HAVE_BEEN_A_COMMENT
    await night.desk.judge(night.id, wrong, by=an_actor(MONA))
    said = await asked(house, ADA)
    assert "100 % of what was judged was wrong (1 of 1)" in said
    assert "• 100 % (1 of 1): Yes, about this case → " in said


@pytest.mark.parametrize("by", [ANA, ELI, MONA])
async def test_nobody_else_does(house, by):
    with pytest.raises(NotYours):
        await asked(house, by)


def test_the_worst_paths_are_told_and_how_many_are_left():
    path = (AnswerId("of an older release"),)
    found = [Advice(path=path, judged=4, mistaken=1, against=2)] * (MOST + 3)
    said = drawn([*found, Advice(path=(), judged=1, mistaken=0, against=0)]).text
    assert "• 25 % (1 of 4; 2 escalated against it): of an older release" in said
    assert "And 4 more paths" in said
    assert "without a question" in drawn([Advice(path=(), judged=1, mistaken=0, against=0)]).text
