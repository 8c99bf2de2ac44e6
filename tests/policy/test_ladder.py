"""The ladder: each rung in its time and once, none after what it waits for."""

from dataclasses import replace
from datetime import timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from policy.cases import Severity
from policy.escalations import OPEN, EscalationState, Pause, due_at, running
from policy.hours import DutyHours
from policy.ids import PromiseId
from policy.promises import (
    LADDERS,
    REPEATS,
    Call,
    Kind,
    climbed,
    is_waited_for,
    kept,
    lapsed,
    next_rung_at,
    released,
    rungs,
    rungs_due,
    told,
)
from tests.policy.escalating import CASE, NOW, WHY, H, at
from tests.support.builders import a_promise, utc

M = timedelta(minutes=1)
D = timedelta(days=1)
WAITING = at("requested")
ACTIVE = at("active")
FIXED = 5 + REPEATS
"""How many rungs there are before those that come once a day."""


def a_wait(minutes=30, **facts):
    given = {"kind": Kind.ACKNOWLEDGE, "owner": None, "made_at": NOW, "due_at": NOW + minutes * M}
    return a_promise(**{**given, **facts})


ACKNOWLEDGE = [  # minutes into a target of 30, at how many percent, who and how
    (0, 0, "card duty_dm"),
    (15, 50, "duty_dm"),
    (30, 100, "duty_in_thread backup_in_thread requester"),
    (60, 200, "lead_dm lead_in_thread"),
    (120, 400, "administrators_channel"),
    *[(120 + 30 * n, 400 + 100 * n, "administrators_channel") for n in range(1, 7)],
    (300 + 1440, None, "administrators_channel"),
    (300 + 2880, None, "administrators_channel"),
]
TOLD = [
    (24, 80, "owner_dm"),
    (30, 100, "owner_in_thread duty_in_thread backup_in_thread requester"),
    *ACKNOWLEDGE[3:],
]
AMONG_US = [
    (24, 80, "owner_dm"),
    (30, 100, "owner_in_thread duty_in_thread backup_in_thread"),
    *ACKNOWLEDGE[3:],
]


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("acknowledge", ACKNOWLEDGE),
        ("contact", TOLD),
        ("update", TOLD),
        ("action", AMONG_US),
        ("watch", AMONG_US),
    ],
)
def test_the_ladder_has_the_rungs_of_the_page(kind, rows):
    found = list(islice(rungs(a_wait(kind=Kind(kind)), hours=None), len(rows)))
    spoken = [((rung.at - NOW) // M, rung.percent, " ".join(rung.calls)) for rung in found]
    assert spoken == rows
    assert [rung.number for rung in found] == list(range(len(rows)))


def test_every_kind_of_promise_has_a_ladder():
    assert set(LADDERS) == set(Kind)


def test_every_rung_has_a_key_of_its_own():
    promises = (a_wait(), a_wait(id=PromiseId("other")))
    keys = [rung.key for each in promises for rung in islice(rungs(each, hours=None), 30)]
    assert len(set(keys)) == 60


def test_a_rung_is_climbed_when_its_moment_comes_and_the_next_is_known():
    promise = a_wait()
    assert rungs_due(promise, WAITING, hours=None, now=NOW - M) == ()
    for minute in (0, 14, 15, 29, 30, 31):
        now = NOW + minute * M
        due = rungs_due(promise, WAITING, hours=None, now=now)
        assert bool(due) is (minute in {0, 15, 30})
        promise = climbed(promise, due, now=now)
        assert (following := next_rung_at(promise, WAITING, hours=None))
        assert following > now
    assert (promise.climbed, promise.missed) == (3, True)


def test_what_comes_at_once_speaks_to_each_once_for_the_highest_rung():
    due = rungs_due(a_wait(), WAITING, hours=None, now=NOW + 130 * M)
    assert [rung.percent for rung in due] == [0, 50, 100, 200, 400]
    said = told(due)
    assert {call: rung.percent for call, rung in said.items()} == {
        Call.CARD: 0,
        Call.DUTY_DM: 50,
        Call.DUTY_IN_THREAD: 100,
        Call.BACKUP_IN_THREAD: 100,
        Call.REQUESTER: 100,
        Call.LEAD_DM: 200,
        Call.LEAD_IN_THREAD: 200,
        Call.ADMINISTRATORS_CHANNEL: 400,
    }


@pytest.mark.parametrize(
    ("promise", "escalation"),
    [
        (kept(a_wait(), now=NOW), WAITING),
        (released(a_wait(), now=NOW), WAITING),
        *[(a_wait(), at(state)) for state in set(EscalationState) - OPEN],
    ],
)
def test_the_ladder_is_silent_once_nobody_waits(promise, escalation):
    assert rungs_due(promise, escalation, hours=None, now=NOW + D) == ()
    assert next_rung_at(promise, escalation, hours=None) is None
    assert not is_waited_for(promise, escalation, now=NOW)


def test_the_ladder_is_silent_in_a_pause():
    paused = replace(ACTIVE, pause=Pause(reason=WHY, until=NOW + 4 * H))
    promise = a_wait(kind=Kind.ACTION)
    assert rungs_due(promise, paused, hours=None, now=NOW + 4 * H - M) == ()
    assert next_rung_at(promise, paused, hours=None) == NOW + 4 * H
    assert rungs_due(promise, paused, hours=None, now=NOW + 4 * H)
    late = a_wait(kind=Kind.ACTION, due_at=NOW + 9 * H)
    assert next_rung_at(late, paused, hours=None) == NOW + 432 * M


BERLIN = DutyHours(zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("severity", "moments"),
    [  # at 0, 50, 100, 200 and 400 % of four hours that begin on Friday at 14:00 in Berlin
        ("S1", "06T12:00Z 06T14:00Z 06T16:00Z 06T20:00Z 07T04:00Z"),
        ("S3", "06T12:00Z 06T14:00Z 09T08:00Z 09T12:00Z 10T12:00Z"),
    ],
)
def test_the_ladder_of_s3_rests_when_duty_does(severity, moments):
    case = replace(CASE, severity=Severity(severity))
    friday = utc("2025-06-06T12:00Z")
    promise = a_wait(made_at=friday, due_at=due_at(case, 4 * H, hours=BERLIN, start_at=friday))
    hours = running(case.severity, BERLIN)
    found = [rung.at for rung in islice(rungs(promise, hours=hours), 5)]
    assert found == [utc(f"2025-06-{each}") for each in moments.split()]


def test_once_a_day_is_once_a_working_day():
    promise = a_wait(made_at=utc("2025-06-05T07:00Z"), due_at=utc("2025-06-05T08:00Z"))
    found = [rung.at for rung in islice(rungs(promise, hours=BERLIN), FIXED - 1, FIXED + 3)]
    assert found == [
        utc("2025-06-06T09:00Z"),  # Friday, the sixth repetition
        utc("2025-06-09T07:00Z"),
        utc("2025-06-10T07:00Z"),
        utc("2025-06-11T07:00Z"),
    ]


def test_a_promise_for_a_closed_hour_does_not_climb_everything_at_once():
    night = utc("2025-06-04T20:00Z")
    promise = a_wait(kind=Kind.UPDATE, made_at=night, due_at=night + H)
    found = list(islice(rungs(promise, hours=BERLIN), FIXED))
    assert found[1].at == night + H
    assert all(one.at < other.at for one, other in pairwise(found[1:]))


MINUTES = st.integers(1, 3000)


@given(
    kind=st.sampled_from(Kind),
    minutes=MINUTES,
    start=st.integers(0, 7 * 24 * 60),
    hours=st.sampled_from([None, BERLIN]),
)
@settings(max_examples=60)
def test_rungs_never_go_down(kind, minutes, start, hours):
    made_at = NOW + start * M
    promise = a_wait(kind=kind, made_at=made_at, due_at=made_at + minutes * M)
    found = list(islice(rungs(promise, hours=hours), FIXED + 4))
    assert made_at <= found[0].at
    assert all(one.at <= other.at for one, other in pairwise(found))
    assert all(each.at.microsecond == 0 for each in found)
    assert (
        found[next(n for n, each in enumerate(found) if each.percent == 100)].at == promise.due_at
    )


class Climbing(RuleBasedStateMachine):
    """One promise, ticks at any times by any number of replicas, and the event it waits for."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.promise = a_wait()
        self.escalation = WAITING
        self.climbed: list[tuple[str, int]] = []
        self.ended = False

    @rule(minutes=st.sampled_from([1, 7, 15, 30, 240, 3000]))
    def time_passes(self, minutes):
        self.now += minutes * M

    @rule(replicas=st.integers(1, 3))
    def a_tick(self, replicas):
        """Let some replicas look at once; the row that is saved first counts."""
        seen = self.promise
        for _ in range(replicas):
            due = rungs_due(seen, self.escalation, hours=None, now=self.now)
            if due and self.promise == seen:
                assert not self.ended
                self.climbed += ((rung.key, rung.number) for rung in due)
                self.promise = climbed(seen, due, now=self.now)

    @rule(is_kept=st.booleans())
    def the_event(self, is_kept):
        """Let what it waits for happen, once it has waited a while."""
        if len(self.climbed) > 2:
            change = kept if is_kept else released
            self.promise = change(self.promise, now=self.now)
            self.ended = True

    @rule()
    def its_time_is_noted(self):
        self.promise = lapsed(self.promise, now=self.now)

    @invariant()
    def no_rung_is_climbed_twice_nor_left_out(self):
        assert [number for _, number in self.climbed] == list(range(len(self.climbed)))
        assert len({key for key, _ in self.climbed}) == len(self.climbed)

    @invariant()
    def nothing_is_lost(self):
        """Whatever was not climbed yet is due at the next tick, or lies ahead."""
        if self.ended:
            assert next_rung_at(self.promise, self.escalation, hours=None) is None
            return
        following = next_rung_at(self.promise, self.escalation, hours=None)
        due = rungs_due(self.promise, self.escalation, hours=None, now=self.now)
        assert following
        assert bool(due) == (following <= self.now)
        reached = sum(
            1 for rung in islice(rungs(self.promise, hours=None), 40) if rung.at <= self.now
        )
        assert len(self.climbed) + len(due) >= min(reached, 40)


TestClimbing = Climbing.TestCase
TestClimbing.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
