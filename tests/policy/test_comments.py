"""Who waits for whom: chases, replies, and what counts."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.comments import (
    CHASE_GAP,
    CommentKind,
    Conversation,
    Visibility,
    conversation,
    counts,
    counts_again_at,
)
from policy.roles import Side
from tests.support.builders import a_comment, utc

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
