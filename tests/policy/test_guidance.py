"""Guidance: where each path lands, what the record decides, and what no path may do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.comments import CommentKind
from policy.escalations import Reason
from policy.guidance import outcomes
from policy.guidance.outcomes import (
    Comment,
    Escalate,
    Flag,
    NewCase,
    OtherCase,
    SeverityRequest,
    may_override,
    name,
)
from policy.guidance.questions import STEPS, Facts, Question, Step
from policy.guidance.walk import MOST_ANSWERS, Answer, walk
from policy.ids import AnswerId
from policy.refusals import Stale, Unreadable
from tests.support.builders import utc

DUE = utc("2025-06-03T08:00:00Z")
NOTHING = Facts()
TWO_CHASES = Facts(chases=2)
ONE_CHASE = Facts(chases=1)
STEP_AHEAD = Facts(next_step="A patch", next_step_due_at=DUE, is_next_step_ahead=True)
STEP_OVERDUE = Facts(next_step="A patch", next_step_due_at=DUE, is_next_step_ahead=False)


def path(words):
    """Read `this impact differs:why someone` as answers; what follows a colon is typed text."""
    answers = []
    for word in words.split():
        choice, _, text = word.partition(":")
        answers.append(Answer(choice=AnswerId(choice), text=text))
    return tuple(answers)


PATHS: list[tuple[str, Facts, outcomes.Outcome]] = [
    # the process's own examples
    ("this impact matches someone", NOTHING, Escalate(reason=Reason.IMPACT_CHANGED)),
    ("this fell_short agreed_time", NOTHING, Escalate(reason=Reason.SERVICE_QUALITY)),
    ("this blocked none", NOTHING, Escalate(reason=Reason.BLOCKED)),
    ("this unanswered", TWO_CHASES, Escalate(reason=Reason.NO_RESPONSE)),
    ("this update", NOTHING, Comment(kind=CommentKind.CHASE)),
    ("this exception", NOTHING, Comment(kind=CommentKind.COMMENT)),
    ("another", NOTHING, OtherCase()),
    ("nothing", NOTHING, NewCase()),
    ("this impact differs engineer", NOTHING, SeverityRequest()),
    # and the rest of the tree
    (
        "this impact differs someone",
        NOTHING,
        Escalate(reason=Reason.IMPACT_CHANGED, asks_severity=True),
    ),
    ("this impact matches engineer", NOTHING, Comment(kind=CommentKind.COMMENT)),
    ("this unanswered as_recorded", ONE_CHASE, Comment(kind=CommentKind.CHASE)),
    (
        "this unanswered elsewhere:e-mail",
        ONE_CHASE,
        Escalate(reason=Reason.NO_RESPONSE, flags=(Flag.ASKED_ELSEWHERE,)),
    ),
    ("this unanswered", Facts(chases=3), Escalate(reason=Reason.NO_RESPONSE)),
    ("this fell_short first_response", NOTHING, Escalate(reason=Reason.SERVICE_QUALITY)),
    ("this fell_short wrong_handling", NOTHING, Escalate(reason=Reason.SERVICE_QUALITY)),
    ("this fell_short closed_early", NOTHING, Escalate(reason=Reason.SERVICE_QUALITY)),
    (
        "this fell_short conduct",
        NOTHING,
        Escalate(reason=Reason.SERVICE_QUALITY, confidential=True),
    ),
    (
        "this blocked stands",
        STEP_AHEAD,
        Comment(kind=CommentKind.COMMENT, remind_at=DUE),
    ),
    ("this blocked gone none", STEP_AHEAD, Escalate(reason=Reason.BLOCKED)),
    ("this blocked none", STEP_OVERDUE, Escalate(reason=Reason.BLOCKED)),
    (
        "this blocked works",
        NOTHING,
        Comment(kind=CommentKind.COMMENT, or_severity=True),
    ),
    ("this else later:hm", NOTHING, Comment(kind=CommentKind.COMMENT)),
    ("this else soon:fire", NOTHING, Escalate(reason=Reason.OTHER)),
]


@pytest.mark.parametrize(("words", "facts", "outcome"), PATHS)
def test_each_path_lands_where_the_process_says(words, facts, outcome):
    assert walk(path(words), facts) == outcome


@pytest.mark.parametrize(
    ("words", "facts", "question"),
    [
        ("", NOTHING, Question.ABOUT),
        ("this", NOTHING, Question.WHAT),
        ("this unanswered", NOTHING, Question.ASKED),
        ("this unanswered", ONE_CHASE, Question.ASKED),
        ("this fell_short", NOTHING, Question.MISSED),
        ("this blocked", STEP_AHEAD, Question.NEXT_STEP),
        ("this blocked", STEP_OVERDUE, Question.WORKAROUND),
        ("this blocked", NOTHING, Question.WORKAROUND),
        ("this impact", NOTHING, Question.SEVERITY),
        ("this impact matches", NOTHING, Question.SOMEONE_ELSE),
        ("this else", NOTHING, Question.SOON),
    ],
)
def test_each_answer_leads_to_the_next_question(words, facts, question):
    step = walk(path(words), facts)
    assert isinstance(step, Step)
    assert step.question is question


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("this blocked none", Comment(kind=CommentKind.CHASE, later=Reason.BLOCKED)),
        ("this impact differs someone", SeverityRequest(later=Reason.IMPACT_CHANGED)),
        ("this impact differs engineer", SeverityRequest()),
        ("this update", Comment(kind=CommentKind.CHASE)),
        ("nothing", NewCase()),
    ],
)
def test_before_the_threshold_no_path_ends_in_an_escalation(words, outcome):
    assert walk(path(words), NOTHING, available=False) == outcome


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("elsewhere", "answer"),  # belongs to another question
        ("this else soon", "text"),  # the sentence is missing
        ("this update this", None),  # an answer after the end
        ("this bogus", "answer"),
    ],
)
def test_answers_that_do_not_fit_are_refused(words, field):
    with pytest.raises(Unreadable) as refused:
        walk(path(words), NOTHING)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("outcome", "allowed"),
    [
        (Comment(kind=CommentKind.COMMENT), True),
        (SeverityRequest(), True),
        (Comment(kind=CommentKind.CHASE, later=Reason.BLOCKED), False),  # G5 is never overridden
        (SeverityRequest(later=Reason.IMPACT_CHANGED), False),
        (OtherCase(), False),
        (NewCase(), False),
        (Escalate(reason=Reason.OTHER), False),
    ],
)
def test_only_advice_can_be_overridden(outcome, allowed):
    assert may_override(outcome) is allowed


def test_every_outcome_has_a_name_of_its_own():
    names = [name(outcome) for _, _, outcome in PATHS]
    assert {"escalate:blocked", "comment:chase", "severity", "other_case", "new_case"} <= {*names}


def test_every_question_can_be_reached():
    reached = {Question.ABOUT}
    for words, facts, _ in PATHS:
        answers = path(words)
        for end in range(len(answers)):
            step = walk(answers[:end], facts)
            assert isinstance(step, Step)
            reached.add(step.question)
    assert reached == {*Question} == {*STEPS}


known_facts = st.builds(
    Facts,
    chases=st.integers(0, 5),
    chases_needed=st.integers(1, 4),
    next_step_due_at=st.just(DUE),
    is_next_step_ahead=st.booleans(),
)


@given(facts=known_facts, picks=st.lists(st.integers(0, 6), min_size=8, max_size=8))
def test_guidance_ends_after_at_most_four_answers(facts, picks):
    answers: tuple[Answer, ...] = ()
    for pick in picks:
        step = walk(answers, facts)
        if not isinstance(step, Step):
            break
        choice = step.choices[pick % len(step.choices)]
        answers = (*answers, Answer(choice=choice.id, text="a word"))
    assert not isinstance(walk(answers, facts), Step)
    assert len(answers) <= MOST_ANSWERS


@given(facts=known_facts, picks=st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_going_back_returns_to_the_question_that_was_asked(facts, picks):
    asked: list[Step] = []
    answers: tuple[Answer, ...] = ()
    for pick in picks:
        step = walk(answers, facts)
        if not isinstance(step, Step):
            break
        asked.append(step)
        choice = step.choices[pick % len(step.choices)]
        answers = (*answers, Answer(choice=choice.id, text="a word"))
    while answers:
        answers = answers[:-1]
        assert walk(answers, facts) == asked.pop()


@given(facts=known_facts, chases=st.integers(0, 5))
def test_enough_counted_chases_never_need_another_question(facts, chases):
    facts = replace(facts, chases=chases)
    found = walk(path("this unanswered"), facts)
    assert isinstance(found, Escalate) is (chases >= facts.chases_needed)


CHASED = outcomes.Comment(kind=CommentKind.CHASE)


@pytest.mark.parametrize(
    ("outcome", "reason", "expected"),
    [
        (outcomes.Escalate(reason=Reason.BLOCKED), "whatever was typed before", ""),
        (CHASED, f" {'x' * 20} ", "x" * 20),
        (CHASED, "x" * 500, "x" * 500),
        (outcomes.SeverityRequest(), "x" * 20, "x" * 20),
    ],
)
def test_only_advice_to_do_something_else_needs_a_reason_against_it(outcome, reason, expected):
    assert outcomes.overriding(outcome, reason) == expected


@pytest.mark.parametrize("reason", ["", "x" * 19, " " * 40, "x" * 501])
def test_a_reason_against_the_advice_has_twenty_characters_or_more(reason):
    with pytest.raises(Unreadable) as refused:
        outcomes.overriding(CHASED, reason)
    assert refused.value.field == "override"


@pytest.mark.parametrize(
    "outcome",
    [
        outcomes.OtherCase(),
        outcomes.NewCase(),
        outcomes.Comment(kind=CommentKind.CHASE, later=Reason.BLOCKED),  # before its time
    ],
)
def test_some_advice_cannot_be_overridden(outcome):
    with pytest.raises(Stale):
        outcomes.overriding(outcome, "x" * 30)
