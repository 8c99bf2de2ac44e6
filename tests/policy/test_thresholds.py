"""The threshold table: every vector of the product page, and the laws behind them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.cases import Severity, with_severity, with_tier
from policy.ids import Tier
from policy.thresholds import (
    GOLD,
    PLATINUM,
    SHIPPED,
    TITANIUM,
    available_at,
    explain,
    faults,
    is_available,
)
from tests.support.builders import a_case, utc

MORNING = "2025-06-02T08:00:00Z"
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("severity", "tier", "expected"),
    [
        ("S1", "Titanium", "2025-06-02T12:00:00Z"),
        ("S1", "Platinum", "2025-06-02T16:00:00Z"),
        ("S1", "Gold", "2025-06-02T16:00:00Z"),
        ("S2", "Titanium", "2025-06-03T08:00:00Z"),
        ("S2", "Platinum", "2025-06-04T08:00:00Z"),
        ("S2", "Gold", "2025-06-04T08:00:00Z"),
        ("S3", "Titanium", "2025-06-05T08:00:00Z"),
        ("S3", "Platinum", "2025-06-07T08:00:00Z"),
        ("S3", "Gold", "2025-06-07T08:00:00Z"),
        ("S4", "Titanium", "2025-06-07T08:00:00Z"),
        ("S4", "Platinum", "2025-06-09T08:00:00Z"),
        ("S4", "Gold", "2025-06-09T08:00:00Z"),
        ("S1", "Unheard of", "2025-06-02T16:00:00Z"),  # the longest column, never a crash
        ("S3", "Unheard of", "2025-06-07T08:00:00Z"),
        ("S4", "", "2025-06-09T08:00:00Z"),
    ],
)
def test_escalation_becomes_available_after_the_threshold(severity, tier, expected):
    case = a_case(severity=Severity(severity), tier=Tier(tier), opened_at=utc(MORNING))
    assert available_at(case, SHIPPED) == utc(expected)


@pytest.mark.parametrize(
    ("opened", "severity", "tier", "expected"),
    [
        # Wall-clock hours are counted through both changes of daylight saving time.
        (datetime(2025, 3, 8, 13, tzinfo=NEW_YORK), "S2", TITANIUM, "2025-03-09T18:00:00Z"),
        (datetime(2025, 11, 1, 13, tzinfo=NEW_YORK), "S2", TITANIUM, "2025-11-02T17:00:00Z"),
        (datetime(2028, 2, 28, 12, tzinfo=UTC), "S2", GOLD, "2028-03-01T12:00:00Z"),
    ],
)
def test_a_day_is_24_hours_whatever_the_calendar_says(opened, severity, tier, expected):
    case = a_case(severity=Severity(severity), tier=tier, opened_at=opened.astimezone(UTC))
    assert available_at(case, SHIPPED) == utc(expected)


@pytest.mark.parametrize(
    ("before", "change", "after_hours", "was", "is_now", "at"),
    [
        (
            a_case(severity=Severity.S3, tier=GOLD, opened_at=utc(MORNING)),
            lambda case: with_severity(case, Severity.S1),
            10,
            False,
            True,
            "2025-06-02T16:00:00Z",
        ),
        (
            a_case(severity=Severity.S1, tier=TITANIUM, opened_at=utc(MORNING)),
            lambda case: with_severity(case, Severity.S3),
            5,
            True,
            False,
            "2025-06-05T08:00:00Z",
        ),
        (
            a_case(severity=Severity.S2, tier=GOLD, opened_at=utc(MORNING)),
            lambda case: with_tier(case, TITANIUM),
            30,
            False,
            True,
            "2025-06-03T08:00:00Z",
        ),
    ],
    ids=["raised to S1", "lowered to S3", "made Titanium"],
)
def test_a_change_counts_from_the_opening_in_both_directions(
    before, change, after_hours, was, is_now, at
):
    now = before.opened_at + timedelta(hours=after_hours)
    assert is_available(before, SHIPPED, now=now) is was
    after = change(before)
    assert available_at(after, SHIPPED) == utc(at)
    assert is_available(after, SHIPPED, now=now) is is_now
    assert after.clock_version == before.clock_version + 1


def test_the_very_moment_counts_and_the_second_before_does_not():
    case = a_case(severity=Severity.S1, tier=TITANIUM, opened_at=utc(MORNING))
    noon = utc("2025-06-02T12:00:00Z")
    assert is_available(case, SHIPPED, now=noon)
    assert not is_available(case, SHIPPED, now=noon - timedelta(seconds=1))


def test_an_explanation_says_where_the_time_comes_from():
    case = a_case(severity=Severity.S2, tier=Tier("Bronze"), opened_at=utc(MORNING))
    why = explain(case, SHIPPED)
    assert (why.severity, why.tier, why.is_tier_known) == (Severity.S2, "Bronze", False)
    assert why.threshold == timedelta(days=2)
    assert why.available_at == why.opened_at + why.threshold
    assert why.version == SHIPPED.version


def test_the_shipped_table_is_monotone():
    assert faults(SHIPPED) == ()


@pytest.mark.parametrize(
    ("row", "waits", "said"),
    [
        (Severity.S1, (9, 8, 8), ["S1 Platinum is shorter than Titanium's"]),
        (Severity.S2, (3, 48, 48), ["S2 Titanium is shorter than S1's"]),
        (Severity.S4, (200, 168, 160), ["S4 Platinum", "S4 Gold"]),
    ],
)
def test_a_table_that_waits_longer_for_worse_or_for_higher_has_faults(row, waits, said):
    hours = tuple(timedelta(hours=wait) for wait in waits)
    found = faults(replace(SHIPPED, rows={**SHIPPED.rows, row: hours}))
    assert len(found) == len(said)
    for fault, start in zip(found, said, strict=True):
        assert fault.message.startswith(start)
        assert fault.severity is row


severities = st.sampled_from(Severity)
tiers = st.sampled_from((TITANIUM, PLATINUM, GOLD))
moments = st.datetimes(
    min_value=utc("2000-01-01T00:00Z").replace(tzinfo=None),
    max_value=utc("2100-01-01T00:00Z").replace(tzinfo=None),
    timezones=st.just(UTC),
)


@given(opened=moments, a=severities, b=severities, tier=tiers)
def test_worse_never_waits_longer(opened, a, b, tier):
    first, second = sorted((a, b), key=lambda severity: severity.rank)
    earlier = available_at(a_case(severity=first, tier=tier, opened_at=opened), SHIPPED)
    later = available_at(a_case(severity=second, tier=tier, opened_at=opened), SHIPPED)
    assert earlier <= later


@given(opened=moments, severity=severities, tier=tiers, wait=st.timedeltas(timedelta(0)))
def test_once_available_it_stays_available(opened, severity, tier, wait):
    case = a_case(severity=severity, tier=tier, opened_at=opened)
    at = available_at(case, SHIPPED)
    later = at + min(wait, timedelta(days=3650))
    assert is_available(case, SHIPPED, now=later)
