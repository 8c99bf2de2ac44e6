"""How crossings are told: singly, together, late, and never too often."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.cases import Severity
from policy.crossings import (
    COOLDOWN,
    DIGEST_OVER,
    DIGEST_SIZE,
    Late,
    announce_at,
    crossing,
    gathered,
    gathered_for_duty,
    is_late,
    joined,
    late,
)
from policy.ids import CaseId, ChannelId
from policy.thresholds import GOLD, SHIPPED
from tests.support.builders import a_case, utc

NOW = utc("2025-06-10T12:00:00Z")


def a_crossing(number=1, *, severity="S3", channel="CACME", ago=timedelta(0)):
    case = a_case(id=CaseId(f"CASE-{number}"), severity=Severity(severity), tier=GOLD)
    return replace(crossing(case, SHIPPED), channel=ChannelId(channel), crossed_at=NOW - ago)


def test_a_crossing_is_the_moment_under_one_version_of_the_clock():
    case = a_case(severity=Severity.S1, tier=GOLD, opened_at=NOW, clock_version=3)
    found = crossing(case, SHIPPED)
    assert (found.crossed_at, found.clock_version) == (NOW + timedelta(hours=8), 3)


@pytest.mark.parametrize(
    ("count", "singles", "digests"),
    [(1, 1, 0), (DIGEST_OVER, DIGEST_OVER, 0), (DIGEST_OVER + 1, 0, 1), (DIGEST_SIZE + 1, 0, 2)],
)
def test_more_than_a_handful_for_one_channel_become_digests(count, singles, digests):
    alone, together = gathered([a_crossing(n) for n in range(count)], now=NOW)
    assert (len(alone), len(together)) == (singles, digests)


def test_another_channels_flood_does_not_put_mine_in_a_digest():
    flood = [a_crossing(n, channel="CGLOBEX") for n in range(20)]
    alone, together = gathered([*flood, a_crossing(99)], now=NOW)
    assert [each.case for each in alone] == ["CASE-99"]
    assert [digest.channel for digest in together] == ["CGLOBEX"]


@pytest.mark.parametrize(
    ("ago", "single"), [(timedelta(hours=24), True), (timedelta(hours=24, seconds=1), False)]
)
def test_what_is_told_over_a_day_late_stands_in_a_digest(ago, single):
    alone, together = gathered([a_crossing(ago=ago)], now=NOW)
    assert (bool(alone), bool(together)) == (single, not single)


def test_the_worst_and_then_the_oldest_come_first():
    due = [
        a_crossing(1, severity="S3", ago=timedelta(hours=2)),
        a_crossing(2, severity="S1", ago=timedelta(hours=1)),
        a_crossing(3, severity="S1", ago=timedelta(hours=2)),
    ]
    alone, _ = gathered(due, now=NOW)
    assert [each.case for each in alone] == ["CASE-3", "CASE-2", "CASE-1"]


@pytest.mark.parametrize(
    ("severity", "singly"), [("S1", True), ("S2", True), ("S3", False), ("S4", False)]
)
def test_the_duty_channel_hears_of_s1_and_s2_one_by_one(severity, singly):
    assert a_crossing(severity=severity).goes_singly_to_duty is singly


@pytest.mark.parametrize(("seconds", "late"), [(0, False), (60, False), (61, True)])
def test_a_notice_admits_that_it_is_late(seconds, late):
    assert is_late(NOW - timedelta(seconds=seconds), now=NOW) is late


@pytest.mark.parametrize(
    ("crossed", "owed", "why"),
    [
        (60, 60, None),
        (61, 61, Late.UNDELIVERED),
        (3600, 3600, Late.UNDELIVERED),
        (3600, 60, Late.UNNOTICED),
        (3600, 61, Late.UNDELIVERED),
    ],
)
def test_a_late_notice_says_whether_it_was_noticed_or_delivered_late(crossed, owed, why):
    crossed_at, owed_at = (NOW - timedelta(seconds=each) for each in (crossed, owed))
    assert late(crossed_at, owed_at=owed_at, now=NOW) is why


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, NOW),
        (NOW - COOLDOWN, NOW),
        (NOW - timedelta(minutes=1), NOW + timedelta(minutes=59)),
        (NOW - timedelta(days=2), NOW),
    ],
)
def test_a_case_is_announced_once_an_hour_however_often_it_flips(last, expected):
    assert announce_at(NOW, last) == expected


@given(
    severities=st.lists(st.sampled_from(Severity), max_size=130),
    hours=st.integers(0, 30),
)
def test_gathering_loses_and_doubles_nothing(severities, hours):
    due = [
        a_crossing(
            n,
            severity=severity.value,
            channel=f"C{n % 3}",
            ago=timedelta(hours=hours if n % 2 else 0),
        )
        for n, severity in enumerate(severities)
    ]
    alone, together = gathered(due, now=NOW)
    told = [*alone, *(each for digest in together for each in digest.members)]
    assert sorted(each.case for each in told) == sorted(each.case for each in due)
    assert all(len(digest.members) <= DIGEST_SIZE for digest in together)


@pytest.mark.parametrize(
    ("severity", "count", "ago", "alone", "together"),
    [
        (Severity.S1, 5, timedelta(), 5, []),
        (Severity.S2, 6, timedelta(), 0, [6]),
        (Severity.S2, 60, timedelta(), 0, [50, 10]),
        (Severity.S1, 1, timedelta(hours=25), 0, [1]),
        (Severity.S3, 9, timedelta(), 0, []),
    ],
)
def test_the_duty_channel_hears_of_urgent_ones_by_the_same_measure(
    severity, count, ago, alone, together
):
    due = [
        crossing(a_case(id=f"CASE-{number + 1}", severity=severity, channel=f"C{number}"), SHIPPED)
        for number in range(count)
    ]
    now = due[0].crossed_at + ago
    singles, digests = gathered_for_duty(due, now=now)
    assert (len(singles), [len(each) for each in digests]) == (alone, together)


def test_in_a_storm_the_duty_channel_hears_of_all_urgent_ones_together():
    singles, digests = gathered_for_duty([a_crossing(severity="S1")], now=NOW, is_storm=True)
    assert (singles, [len(each) for each in digests]) == ((), [1])
    assert gathered_for_duty([a_crossing()], now=NOW, is_storm=True) == ((), ())


def test_in_a_storm_every_channel_hears_of_all_of_its_own_together():
    singles, digests = gathered(
        [a_crossing(1), a_crossing(2, channel="CB")], now=NOW, is_storm=True
    )
    assert singles == ()
    assert [(each.channel, len(each.members)) for each in digests] == [("CACME", 1), ("CB", 1)]


def test_digests_that_are_joined_name_the_worst_first_and_each_once():
    worst, other = a_crossing(2, severity="S1"), a_crossing(1)
    assert joined([(other,), (worst, other), ()]) == (worst, other)
