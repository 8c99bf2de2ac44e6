"""Who waits for whom: chases, replies, and what counts."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.cases import CaseState
from policy.comments import (
    CHASE_GAP,
    CommentKind,
    Conversation,
    Visibility,
    admitted,
    conversation,
    counts,
    counts_again_at,
    is_said_twice,
    readable,
    side_of,
)
from policy.comments import CommentKind as Kind
from policy.refusals import CaseIsClosed, NotYours, Unreadable
from policy.roles import Role, Side
from tests.support.builders import ANA, CLEO, ELI, a_case, a_comment, a_standing, utc

START = utc("2025-06-02T08:00:00Z")


def at(minutes):
    return START + timedelta(minutes=minutes)


def chase(minutes):
    return a_comment(side=Side.CUSTOMER, kind=CommentKind.CHASE, at=at(minutes))


def reply(minutes, **facts):
    return a_comment(side=Side.SUPPORT, text="We look into it.", at=at(minutes), **facts)


@pytest.mark.parametrize(
    ("comments", "chases", "last_side"),
    [
        ([], 0, None),
        ([chase(0)], 1, Side.CUSTOMER),
        ([chase(0), chase(59)], 1, Side.CUSTOMER),  # less than an hour apart count once
        ([chase(0), chase(60)], 2, Side.CUSTOMER),
        ([chase(0), chase(59), chase(60)], 2, Side.CUSTOMER),  # from the last that counted
        ([chase(0), chase(60), reply(61)], 0, Side.SUPPORT),
        ([chase(0), reply(1), chase(2)], 1, Side.CUSTOMER),
        ([chase(0), reply(1, visibility=Visibility.INTERNAL)], 1, Side.CUSTOMER),
        ([a_comment(side=Side.CUSTOMER, at=at(0))], 0, Side.CUSTOMER),
        ([chase(0), a_comment(side=Side.CUSTOMER, at=at(5))], 1, Side.CUSTOMER),
    ],
)
def test_chases_are_counted_since_the_last_public_reply(comments, chases, last_side):
    said = conversation(comments)
    assert (said.chases, said.last_side) == (chases, last_side)


def test_the_last_public_reply_is_evidence():
    said = conversation([reply(1), chase(2), reply(3, visibility=Visibility.INTERNAL)])
    assert (said.last_reply_at, said.last_reply) == (at(1), "We look into it.")
    assert counts_again_at(said) == at(62)


def test_the_first_chase_counts_at_any_time():
    assert counts(None, now=START)
    assert counts_again_at(Conversation()) is None


@given(minutes=st.lists(st.integers(0, 600), max_size=12))
def test_chasing_more_often_than_hourly_never_counts_more(minutes):
    times = sorted(minutes)
    said = conversation([chase(each) for each in times])
    most = 1 + (times[-1] - times[0]) // 60 if times else 0
    assert said.chases <= most
    if said.last_chase_at:
        assert counts(said.last_chase_at, now=said.last_chase_at + CHASE_GAP)


CUSTOMER, ENGINEER = a_standing(ANA), a_standing(ELI, Role.ENGINEER)
PLAIN: dict[str, Any] = {
    "kind": Kind.COMMENT,
    "visibility": Visibility.PUBLIC,
    "is_directing": False,
    "may_chase": True,
}


@pytest.mark.parametrize(
    ("text", "expected"), [(" Any news?\n", "Any news?"), ("x" * 3000, "x" * 3000)]
)
def test_a_comment_is_read_without_the_space_around_it(text, expected):
    assert readable(text) == expected


@pytest.mark.parametrize("text", ["", " \n ", "x" * 3001])
def test_nothing_and_too_much_are_no_comment(text):
    with pytest.raises(Unreadable) as refused:
        readable(text)
    assert refused.value.field == "text"


@pytest.mark.parametrize(
    ("who", "facts", "side"),
    [
        (CUSTOMER, {}, Side.CUSTOMER),
        (CUSTOMER, {"kind": Kind.CHASE}, Side.CUSTOMER),
        (ENGINEER, {}, Side.SUPPORT),
        (ENGINEER, {"kind": Kind.UPDATE}, Side.SUPPORT),
        (ENGINEER, {"is_directing": True}, Side.SUPPORT),
        (ENGINEER, {"visibility": Visibility.INTERNAL}, Side.SUPPORT),
        (ENGINEER, {"kind": Kind.CHASE}, Side.CUSTOMER),  # a reporter passes it on
    ],
)
def test_each_side_says_its_own(who, facts, side):
    assert admitted(a_case(), who, **{**PLAIN, **facts}) is side


@pytest.mark.parametrize(
    ("who", "facts"),
    [
        (CUSTOMER, {"is_directing": True}),
        (CUSTOMER, {"visibility": Visibility.INTERNAL}),
        (CUSTOMER, {"visibility": Visibility.ESCALATION}),
        (CUSTOMER, {"kind": Kind.UPDATE}),
        (CUSTOMER, {"kind": Kind.CHASE, "may_chase": False}),
        (ENGINEER, {"kind": Kind.SEVERITY_REQUEST, "may_chase": False}),
    ],
)
def test_nobody_says_what_is_anothers(who, facts):
    with pytest.raises(NotYours):
        admitted(a_case(), who, **{**PLAIN, **facts})


def test_on_a_closed_case_only_notes_are_made():
    case = a_case(state=CaseState.CLOSED)
    with pytest.raises(CaseIsClosed):
        admitted(case, ENGINEER, **PLAIN)
    facts = {**PLAIN, "visibility": Visibility.INTERNAL}
    assert admitted(case, ENGINEER, **facts) is Side.SUPPORT


def test_a_chase_is_the_customers_word_whoever_types_it():
    assert side_of(Kind.CHASE, ENGINEER) is Side.CUSTOMER


@pytest.mark.parametrize(
    ("facts", "twice"),
    [
        ({}, True),
        ({"seconds": 60}, True),
        ({"seconds": 61}, False),
        ({"text": "Hello?"}, False),
        ({"author": CLEO}, False),
        ({"kind": Kind.CHASE}, False),
        ({"visibility": Visibility.ESCALATION}, False),
    ],
)
def test_the_same_words_within_a_minute_are_one_press_heard_twice(facts, twice):
    last = a_comment()
    later = last.at + timedelta(seconds=facts.get("seconds", 0))
    changed = {key: value for key, value in facts.items() if key != "seconds"}
    assert is_said_twice(a_comment(at=later, **changed), last) is twice


def test_the_first_comment_repeats_nothing():
    assert not is_said_twice(a_comment(), None)
