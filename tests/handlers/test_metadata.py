"""What Slack remembers for us comes back as it went, and fits."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from handlers.metadata import (
    CasePath,
    CommentPath,
    GuidancePath,
    ListPath,
    PickPath,
    Place,
    RequestPath,
    ShiftPath,
    SpanValue,
    placed,
)
from policy.comments import CommentKind
from policy.guidance.gates import Reply
from policy.guidance.outcomes import OVERRIDE_REASON
from policy.guidance.walk import MOST_ANSWERS, TEXT_LIMIT, Answer
from policy.hours import Span
from policy.ids import AnswerId, CaseId, RequestId, ShiftId
from tests.support.builders import HELP, MORNING, an_actor

CASE = CaseId("CASE-142")
ONE, TWO = (Answer(choice=AnswerId(each), text="By phone") for each in ("this", "blocked"))


@pytest.mark.parametrize(
    "path",
    [
        Place(),
        Place(here=HELP),
        CasePath(case=CASE, here=HELP),
        CommentPath(case=CASE),
        CommentPath(case=CASE, kind=CommentKind.CHASE, here=HELP),
        ListPath(),
        ListPath(typed="mine S1", words="login", page=7),
        RequestPath(request=RequestId("r1")),
        ShiftPath(),
        ShiftPath(shift=ShiftId("s1"), here=HELP),
        SpanValue(span=Span(start_at=MORNING, end_at=MORNING + timedelta(days=400))),
        PickPath(verb="comment", text='“ä" <&>', here=HELP),
        GuidancePath(case=CASE),
        GuidancePath(
            case=CASE,
            here=HELP,
            answers=(ONE, TWO),
            undone=(TWO,),
            reply=Reply.CANNOT_ANSWER,
            against="Because it cannot wait.",
        ),
    ],
)
def test_a_path_comes_back_as_it_went(path):
    assert type(path).unpack(path.pack()) == path


@given(some.text(alphabet=some.characters(exclude_categories=["C"]), max_size=TEXT_LIMIT))
def test_the_longest_run_fits_into_what_slack_remembers(text):
    long = (text * TEXT_LIMIT)[:TEXT_LIMIT]
    answers = [Answer(choice=AnswerId("first_response")) for _ in range(MOST_ANSWERS)]
    answers[-1] = replace(answers[-1], text=long)
    path = GuidancePath(
        case=CaseId("CASE-999999999"),
        here=HELP,
        answers=tuple(answers),
        reply=Reply.ALREADY_ANSWERED,
        against=(long * 2)[: OVERRIDE_REASON[1]],
    )
    assert len(path.pack()) <= 3000


def test_back_takes_the_last_answer_and_offers_it_again():
    path = GuidancePath(case=CASE, answers=(ONE, TWO)).back().back()
    assert (path.answers, path.undone) == ((), (ONE, TWO))


def test_the_same_answer_keeps_those_behind_it():
    path = GuidancePath(case=CASE, answers=(ONE, TWO)).back().back()
    assert path.answered(ONE) == GuidancePath(case=CASE, answers=(ONE,), undone=(TWO,))


def test_another_answer_forgets_those_behind_the_old_one():
    path = GuidancePath(case=CASE, answers=(ONE, TWO)).back().back()
    assert path.answered(TWO) == GuidancePath(case=CASE, answers=(TWO,))


def test_back_at_the_first_question_stays_there():
    assert GuidancePath(case=CASE).back() == GuidancePath(case=CASE)


@pytest.mark.parametrize(
    ("here", "body", "expected"),
    [
        (None, {"view": {"private_metadata": Place(here=HELP).pack()}}, HELP),
        (None, {"view": {"private_metadata": Place().pack()}}, None),
        (None, {"view": {"private_metadata": ""}}, None),
        (None, {}, None),
        (None, {"view": None}, None),
        (HELP, {"view": {"private_metadata": Place().pack()}}, HELP),
    ],
)
def test_whoever_acts_in_a_modal_acts_where_it_was_opened(here, body, expected):
    assert placed(an_actor(here=here), body).here == expected
