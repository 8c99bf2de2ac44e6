"""Fair-clock flags: what was done just when it would have mattered, and only that."""

from datetime import timedelta

import pytest

from policy.cases import Severity
from policy.fairness import RIGHT_AFTER, Deed, Flag, Timing, flags
from policy.roles import Side
from policy.thresholds import GOLD, SHIPPED, TITANIUM
from tests.support.builders import ELI, MORNING, a_case, a_comment, an_entry

M = timedelta(minutes=1)
H = timedelta(hours=1)
CASE = a_case(severity=Severity.S3, tier=GOLD, opened_at=MORNING)


def lowered(at, before="S1", after="S3", what="severities.changed"):
    return an_entry(what, {"severity": before}, {"severity": after}, at=at)


def set_waiting(at, before="in_progress", after="waiting_customer"):
    return an_entry("comments.added", {"state": before}, {"state": after}, at=at)


def said(at, **facts):
    return a_comment(at=at, **facts)


BEFORE, AFTER = Timing.BEFORE_THRESHOLD, Timing.AFTER_REPLY
LOWERED = [  # an S1 of Gold: eight hours, of which the last fifth counts
    (8 * H, None),  # it was available already
    (8 * H - M, M),
    (6 * H + 24 * M, 96 * M),
    (6 * H + 23 * M, None),
    (1 * H, None),
]


@pytest.mark.parametrize(("after", "margin"), LOWERED)
def test_a_severity_lowered_just_before_its_threshold_is_flagged(after, margin):
    found = flags(CASE, [lowered(MORNING + after)], [], SHIPPED)
    flag = Flag(deed=Deed.LOWERED, timing=BEFORE, at=MORNING + after, by=ELI, margin=margin or H)
    assert found == ((flag,) if margin else ())


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("S3", "S1", "severities.changed"),  # raised
        ("S1", "S3", "severities.granted"),  # the customer asked for it
        ("S1", "S3", "severities.requested"),
    ],
)
def test_what_does_not_lower_it_by_ourselves_is_not_flagged(before, after, what):
    entry = lowered(MORNING + 8 * H - M, before, after, what)
    replies = [said(MORNING + 8 * H - 2 * M)]
    assert flags(CASE, [entry], replies, SHIPPED) == ()


@pytest.mark.parametrize(("minutes", "flagged"), [(0, True), (30, True), (31, False), (-1, False)])
@pytest.mark.parametrize("deed", [Deed.LOWERED, Deed.SET_WAITING])
def test_what_is_done_right_after_a_customers_reply_is_flagged(minutes, flagged, deed):
    at = MORNING + 1 * H
    entry = lowered(at) if deed is Deed.LOWERED else set_waiting(at)
    found = flags(CASE, [entry], [said(at - minutes * M)], SHIPPED)
    flag = Flag(deed=deed, timing=AFTER, at=at, by=ELI, margin=minutes * M)
    assert found == ((flag,) if flagged else ())
    assert timedelta(minutes=30) == RIGHT_AFTER


@pytest.mark.parametrize(
    "facts", [{"side": Side.SUPPORT}, {"visibility": "internal"}, {"side": Side.SYSTEM}]
)
def test_only_a_customers_public_word_is_a_reply(facts):
    at = MORNING + 1 * H
    assert flags(CASE, [set_waiting(at)], [said(at, **facts)], SHIPPED) == ()


def test_a_case_set_waiting_just_before_its_threshold_is_flagged():
    at = MORNING + 119 * H  # an S3 of Gold: five days
    (found,) = flags(CASE, [set_waiting(at)], [], SHIPPED)
    assert (found.deed, found.timing, found.margin) == (Deed.SET_WAITING, BEFORE, H)
    back = set_waiting(at, "waiting_customer", "in_progress")
    assert flags(CASE, [back], [], SHIPPED) == ()


def test_the_threshold_is_that_of_severity_and_tier_at_the_time():
    at = MORNING + 4 * H - M  # an S1 of Titanium: four hours
    tier = an_entry("cases.tier_changed", {"tier": TITANIUM}, {"tier": GOLD}, at=MORNING + 5 * H)
    later = lowered(MORNING + 9 * H)
    found = flags(CASE, [set_waiting(at), tier, later], [said(at)], SHIPPED)
    assert [(each.timing, each.margin) for each in found] == [(BEFORE, M), (AFTER, 0 * M)]
