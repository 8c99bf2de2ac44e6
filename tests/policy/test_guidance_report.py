"""The advice's error rate: for each path, of what was judged."""

from dataclasses import replace

import pytest

from policy.escalations import Judged, Judgement
from policy.guidance.questions import STEPS, Facts
from policy.guidance.report import TEXTS, Advice, advice
from policy.guidance.walk import Answer, Run
from policy.ids import AnswerId, CaseId, RunId
from tests.support.builders import ANA, MONA, MORNING, WORKSPACE

RIGHT, WRONG = Judgement.ACCEPTED, Judgement.SHOULD_HAVE_BEEN_A_COMMENT
BLOCKED = tuple(map(AnswerId, ("this", "blocked", "none")))
UPDATE = tuple(map(AnswerId, ("this", "update")))


def a_run(path, judgement, override=""):
    return Run(
        workspace=WORKSPACE,
        id=RunId("r"),
        case=CaseId("CASE-1"),
        by=ANA,
        at=MORNING,
        answers=tuple(Answer(choice=each) for each in path),
        facts=Facts(),
        outcome="escalate",
        override=override,
        judged=Judged(judgement=judgement, by=MONA, at=MORNING),
    )


@pytest.mark.parametrize(
    ("judgement", "override", "mistaken"),
    [
        (RIGHT, "", 0),
        (WRONG, "", 1),
        (RIGHT, "Our board decides today.", 1),  # it advised a comment, and was wrong
        (WRONG, "Our board decides today.", 0),  # it advised a comment, and was right
    ],
)
def test_advice_is_wrong_where_the_duty_manager_would_have_advised_otherwise(
    judgement, override, mistaken
):
    (found,) = advice([a_run(UPDATE, judgement, override)])
    assert (found.judged, found.mistaken, found.against) == (1, mistaken, int(bool(override)))
    assert found.error_rate == mistaken


def test_each_path_has_a_rate_of_its_own_and_the_worst_comes_first():
    runs = [a_run(BLOCKED, RIGHT)] * 3 + [a_run(BLOCKED, WRONG), a_run(UPDATE, RIGHT, "No!")]
    unjudged = replace(a_run(UPDATE, RIGHT), judged=None)
    assert advice([*runs, unjudged]) == (
        Advice(path=UPDATE, judged=1, mistaken=1, against=1),
        Advice(path=BLOCKED, judged=4, mistaken=1, against=0),
    )


def test_every_choice_has_its_words():
    assert {choice.id for step in STEPS.values() for choice in step.choices} == TEXTS.keys()
