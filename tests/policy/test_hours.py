"""Duty hours: what a team's time adds up to, across nights, weekends, holidays and clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.hours import DutyHours, added, at_local, elapsed, is_zone, local_day, spans
from tests.support.builders import utc

H = timedelta(hours=1)
BERLIN = DutyHours(zone="Europe/Berlin", holidays=frozenset({date(2025, 6, 9)}))
NIGHTS = DutyHours(zone="Europe/Berlin", opens=time(22), closes=time(6))
EVERY_HOUR = DutyHours(zone="America/New_York", days=frozenset(range(7)), closes=time(9))


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2025-06-04T07:00Z", 0, "2025-06-04T07:00Z"),  # Wednesday, 09:00 in Berlin
        ("2025-06-04T07:00Z", 3, "2025-06-04T10:00Z"),
        ("2025-06-04T07:00Z", 8, "2025-06-04T15:00Z"),  # ends with the day, not the next morning
        ("2025-06-04T07:00Z", 9, "2025-06-05T08:00Z"),
        ("2025-06-04T20:00Z", 0, "2025-06-05T07:00Z"),
        ("2025-06-04T02:00Z", 1, "2025-06-04T08:00Z"),
        ("2025-06-06T14:00Z", 2, "2025-06-10T08:00Z"),  # over a weekend and Whit Monday
        ("2025-03-28T15:00Z", 2, "2025-03-31T08:00Z"),  # the clocks go forward in between
        ("2025-10-24T14:00Z", 2, "2025-10-27T09:00Z"),  # and back
    ],
)
def test_duty_time_is_added_where_somebody_is_at_work(start, hours, expected):
    assert added(utc(start), hours * H, BERLIN) == utc(expected)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2025-06-04T07:00Z", "2025-06-04T09:00Z", 2),
        ("2025-06-04T15:00Z", "2025-06-05T07:00Z", 0),
        ("2025-06-06T14:00Z", "2025-06-10T08:00Z", 2),
        ("2025-06-07T00:00Z", "2025-06-09T22:00Z", 0),
        ("2025-06-04T09:00Z", "2025-06-04T07:00Z", 0),
    ],
)
def test_only_working_hours_elapse(start, end, hours):
    assert elapsed(utc(start), utc(end), BERLIN) == hours * H


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2025-06-02T20:00Z", "2025-06-03T04:00Z", 8),
        ("2025-03-28T21:00Z", "2025-03-29T05:00Z", 8),
        ("2025-06-03T04:00Z", "2025-06-03T20:00Z", 0),
        ("2025-06-06T20:00Z", "2025-06-07T04:00Z", 8),  # Friday's night belongs to Friday
        ("2025-06-07T20:00Z", "2025-06-08T04:00Z", 0),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(start, end, hours):
    assert elapsed(utc(start), utc(end), NIGHTS) == hours * H


def test_round_the_clock_every_hour_counts():
    start = utc("2025-06-07T03:00Z")
    assert added(start, 5 * H, None) == start + 5 * H
    assert elapsed(start, start + 5 * H, None) == 5 * H
    assert elapsed(start, start - 5 * H, None) == 0 * H


def test_a_day_that_closes_as_it_opens_is_a_whole_day_of_true_hours():
    start = utc("2025-03-08T14:00Z")
    assert added(start, 47 * H, EVERY_HOUR) == start + 47 * H
    assert elapsed(start, start + 47 * H, EVERY_HOUR) == 47 * H


@pytest.mark.parametrize(
    ("day", "clock", "zone", "expected"),
    [
        (date(2025, 3, 30), time(1, 59), "Europe/Berlin", "2025-03-30T00:59Z"),
        (date(2025, 3, 30), time(2, 0), "Europe/Berlin", "2025-03-30T01:00Z"),
        (date(2025, 3, 30), time(2, 30), "Europe/Berlin", "2025-03-30T01:00Z"),
        (date(2025, 3, 30), time(3, 0), "Europe/Berlin", "2025-03-30T01:00Z"),
        (date(2025, 10, 26), time(2, 30), "Europe/Berlin", "2025-10-26T00:30Z"),
        (date(2025, 10, 5), time(2, 15), "Australia/Lord_Howe", "2025-10-04T15:30Z"),
        (date(2025, 6, 1), time(9), "UTC", "2025-06-01T09:00Z"),
    ],
)
def test_a_time_that_the_clocks_skip_is_the_moment_of_the_change(day, clock, zone, expected):
    assert at_local(day, clock, zone) == utc(expected)


@pytest.mark.parametrize(
    "amiss",
    [{"days": frozenset()}, {"days": frozenset({7})}, {"zone": "Mars/Olympus"}, {"zone": "../x"}],
)
def test_hours_in_which_nobody_ever_works_are_refused(amiss):
    with pytest.raises(ValueError, match=r"duty hours need|is no time zone"):
        DutyHours(**amiss)


@pytest.mark.parametrize(
    ("name", "known"),
    [("Europe/Berlin", True), ("UTC", True), ("Mars/Olympus", False), ("", False)],
)
def test_time_zones_are_known_by_name(name, known):
    assert is_zone(name) is known


def test_a_day_is_the_local_one():
    assert local_day(utc("2025-06-04T23:00Z"), "Europe/Berlin") == date(2025, 6, 5)


ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
HOURS = st.builds(
    DutyHours,
    zone=st.sampled_from(ZONES),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    opens=CLOCKS,
    closes=CLOCKS,
    holidays=st.frozensets(st.dates(date(2025, 3, 1), date(2025, 4, 15)), max_size=6),
)
MOMENTS = st.integers(0, 60 * 24 * 60).map(
    lambda minutes: datetime(2025, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
DURATIONS = st.integers(0, 50 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(hours=HOURS, start=MOMENTS, one=DURATIONS, other=DURATIONS)
def test_adding_twice_is_adding_the_sum_and_more_is_never_sooner(hours, start, one, other):
    assert added(added(start, one, hours), other, hours) == added(start, one + other, hours)
    if one < other:
        assert added(start, one, hours) < added(start, other, hours)


@given(hours=HOURS, start=MOMENTS, later=MOMENTS, duration=DURATIONS)
def test_a_later_start_never_ends_sooner(hours, start, later, duration):
    first, last = sorted((start, later))
    assert added(first, duration, hours) <= added(last, duration, hours)


@given(hours=HOURS, start=MOMENTS, duration=DURATIONS)
def test_what_is_added_has_elapsed_and_ends_in_working_time(hours, start, duration):
    end = added(start, duration, hours)
    assert elapsed(start, end, hours) == duration
    span = next(spans(hours, end))
    assert span.start_at <= end <= span.end_at


@given(hours=HOURS, moments=st.lists(MOMENTS, min_size=3, max_size=3))
def test_elapsed_time_adds_up(hours, moments):
    first, middle, last = sorted(moments)
    parts = elapsed(first, middle, hours) + elapsed(middle, last, hours)
    assert elapsed(first, last, hours) == parts


@given(hours=HOURS, start=MOMENTS)
def test_working_spans_run_forwards_and_never_overlap(hours, start):
    for one, other in pairwise(islice(spans(hours, start), 12)):
        assert one.start_at < one.end_at <= other.start_at
