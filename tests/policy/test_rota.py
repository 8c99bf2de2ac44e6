"""Who is on duty, who comes next, and when nobody is."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.hours import DutyHours, Span
from policy.ids import OverrideId, ShiftId, SwapId, UserId
from policy.notices import Administrators, GapsForeseen, Person
from policy.owed import rota as owed
from policy.refusals import NotYours, OutOfTime, SwapIsDecided, Unreadable
from policy.roles import Role
from policy.rota import (
    MOST_AHEAD,
    NO_END,
    Bench,
    DutyPage,
    DutyTimes,
    Override,
    Rota,
    Shift,
    Source,
    accepted,
    foreseen,
    gaps,
    next_turn,
    occurrences,
    overridden,
    proposed,
    refused,
    taken,
    turn_at,
    turns,
    untold,
    who_is_on,
)
from tests.support.builders import ADA, ELI, LEA, MONA, OTTO, WORKSPACE, a_standing, utc

H = timedelta(hours=1)
MONDAY = utc("2025-06-02T00:00Z")
PETRA = UserId("UPETRA")


def a_shift(weekday=0, start=8, end=20, person=MONA, **facts):
    given = {"workspace": WORKSPACE, "id": ShiftId(f"{weekday}{start}{person}"), "zone": "UTC"}
    hours = {"start": time(start), "end": time(end)}
    return Shift(**{**given, **hours, "weekday": weekday, "person": person, **facts})


def an_override(start=8, end=20, person=OTTO, made=0, **facts):
    """Return that somebody is on duty between two hours of that Monday's week."""
    given = {
        "workspace": WORKSPACE,
        "id": OverrideId(f"{start}{person}{made}"),
        "start_at": MONDAY + start * H,
        "end_at": MONDAY + end * H,
        "made_by": LEA,
        "made_at": MONDAY + made * H,
    }
    return Override(**{**given, "person": person, **facts})


def week(start_at, end_at, shifts, overrides=(), **rota):
    found = turns(Rota(shifts=tuple(shifts), overrides=tuple(overrides), **rota), start_at, end_at)
    return [(each.start_at, each.end_at, " ".join(each.people)) for each in found]


def test_shifts_follow_each_other_and_what_lies_between_is_a_gap():
    shifts = [a_shift(start=8, end=14), a_shift(start=14, end=20, person=OTTO)]
    assert week(MONDAY, MONDAY + 24 * H, shifts) == [
        (MONDAY, MONDAY + 8 * H, ""),
        (MONDAY + 8 * H, MONDAY + 14 * H, MONA),
        (MONDAY + 14 * H, MONDAY + 20 * H, OTTO),
        (MONDAY + 20 * H, MONDAY + 24 * H, ""),
    ]


@pytest.mark.parametrize(
    ("day", "zone", "start", "end", "expected"),
    [
        (0, "UTC", 20, 8, ("2025-06-02T20:00Z", "2025-06-03T08:00Z")),  # over night
        (6, "UTC", 20, 8, ("2025-06-08T20:00Z", "2025-06-09T08:00Z")),  # into the next week
        (0, "UTC", 8, 8, ("2025-06-02T08:00Z", "2025-06-03T08:00Z")),
        (0, "Europe/Berlin", 8, 20, ("2025-06-02T06:00Z", "2025-06-02T18:00Z")),
        (0, "Asia/Kathmandu", 8, 20, ("2025-06-02T02:15Z", "2025-06-02T14:15Z")),
    ],
)
def test_a_shift_is_kept_by_its_own_clocks(day, zone, start, end, expected):
    shift = a_shift(day, start, end, zone=zone)
    (span,) = occurrences(shift, utc("2025-06-02T08:00Z"), utc("2025-06-09T01:00Z"))
    assert (span.start_at, span.end_at) == tuple(utc(each) for each in expected)


@pytest.mark.parametrize(
    ("sunday", "hours"), [("2025-03-30", 11), ("2025-10-26", 13), ("2025-06-01", 12)]
)
def test_a_night_shift_is_as_long_as_its_clocks_make_it(sunday, hours):
    eve = utc(f"{sunday}T12:00Z") - 24 * H
    shift = a_shift(5, 20, 8, zone="Europe/Berlin")
    (span,) = occurrences(shift, eve, eve + 24 * H)
    assert span.end_at - span.start_at == hours * H


def test_a_night_that_has_begun_is_still_on_duty():
    rota = Rota(shifts=(a_shift(6, 20, 8),))
    assert turn_at(rota, MONDAY + 2 * H).people == (MONA,)
    assert turn_at(rota, MONDAY + 2 * H).end_at == MONDAY + 8 * H
    assert turn_at(rota, MONDAY + 8 * H).is_gap  # the very end is past


@pytest.mark.parametrize(("kept", "people"), [(True, (MONA,)), (False, ())])
def test_a_shift_may_rest_on_public_holidays(kept, people):
    rota = Rota(shifts=(a_shift(on_holidays=kept),), holidays=frozenset({date(2025, 6, 2)}))
    assert turn_at(rota, MONDAY + 9 * H).people == people
    assert turn_at(rota, MONDAY + 7 * 24 * H + 9 * H).people == (MONA,)


@pytest.mark.parametrize("amiss", [{"weekday": 7}, {"weekday": -1}, {"zone": "Mars"}])
def test_a_shift_of_no_day_or_place_is_refused(amiss):
    with pytest.raises(ValueError, match=r"weekday|time zone"):
        a_shift(**amiss)


BOTH = [a_shift(), a_shift(person=PETRA)]
OVERRIDES = [  # overrides, who is on duty on Monday at nine
    ([], "UMONA UPETRA"),
    ([an_override()], "UOTTO"),
    ([an_override(instead_of=PETRA)], "UMONA UOTTO"),
    ([an_override(), an_override(person=LEA, made=1)], "ULEA"),  # the one made last counts
    ([an_override(made=1), an_override(person=LEA)], "UOTTO"),
    ([an_override(instead_of=PETRA), an_override(person=LEA, made=1)], "ULEA"),
    ([an_override(), an_override(person=LEA, made=1, instead_of=OTTO)], "ULEA"),
    (
        [an_override(instead_of=PETRA), an_override(person=LEA, made=1, instead_of=MONA)],
        "ULEA UOTTO",
    ),
    ([an_override(20, 24)], "UMONA UPETRA"),
]


@pytest.mark.parametrize(("overrides", "people"), OVERRIDES)
def test_an_override_goes_before_the_week(overrides, people):
    rota = Rota(shifts=tuple(BOTH), overrides=tuple(overrides))
    turn = turn_at(rota, MONDAY + 9 * H)
    assert " ".join(turn.people) == people
    assert turn.is_overridden is (people != "UMONA UPETRA")


def test_an_override_is_told_from_the_week_around_it():
    found = week(MONDAY + 8 * H, MONDAY + 20 * H, [a_shift()], [an_override(10, 12)])
    assert [people for _, _, people in found] == [MONA, OTTO, MONA]


def test_who_comes_next_is_somebody_else():
    shifts = (a_shift(0, 8, 14), a_shift(0, 14, 20), a_shift(1, 8, 20, OTTO))
    rota = Rota(shifts=shifts)
    following = next_turn(rota, MONDAY + 9 * H)
    assert following
    assert (following.people, following.start_at) == ((OTTO,), MONDAY + 32 * H)
    assert next_turn(Rota(shifts=(a_shift(0, 8, 8),)), MONDAY + 9 * H) is None
    assert next_turn(Rota(), MONDAY) is None


BENCH = Bench(
    calendar=frozenset({UserId("UCALENDAR")}),
    group=frozenset({UserId("UGROUP")}),
    listed=frozenset({UserId("ULISTED")}),
    leads=frozenset({LEA}),
    administrators=frozenset({ADA}),
)
SOURCES = [  # the rota, who is away, who is asked and why
    (Rota(shifts=(a_shift(backup=PETRA),), overrides=(an_override(),)), "", OTTO, "override"),
    (Rota(shifts=(a_shift(backup=PETRA),), overrides=(an_override(),)), OTTO, PETRA, "backup"),
    (Rota(shifts=(a_shift(backup=PETRA),)), "", MONA, "rota"),
    (Rota(shifts=(a_shift(backup=PETRA),)), MONA, PETRA, "backup"),
    (Rota(shifts=(a_shift(backup=PETRA),)), f"{MONA} {PETRA}", "UCALENDAR", "calendar"),
    (Rota(shifts=(a_shift(weekday=3),)), "", "UCALENDAR", "calendar"),  # a gap
    (Rota(), "UCALENDAR", "UGROUP", "group"),
    (Rota(), "UCALENDAR UGROUP", "ULISTED", "list"),
    (Rota(), "UCALENDAR UGROUP ULISTED", LEA, "leads"),
    (Rota(), f"UCALENDAR UGROUP ULISTED {LEA}", ADA, "administrators"),
    (Rota(), f"UCALENDAR UGROUP ULISTED {LEA} {ADA}", "", "nobody"),
]


@pytest.mark.parametrize(("rota", "away", "asked", "source"), SOURCES)
def test_the_first_source_that_names_somebody_who_is_there_counts(rota, away, asked, source):
    bench = replace(BENCH, unavailable=frozenset(away.split()))
    found = who_is_on(rota, bench, now=MONDAY + 9 * H)
    assert (" ".join(found.people), found.source) == (asked, Source(source))


def test_the_backup_stands_behind_whoever_is_on_duty():
    rota = Rota(shifts=(a_shift(backup=PETRA), a_shift(1, person=OTTO)))
    found = who_is_on(rota, BENCH, now=MONDAY + 9 * H)
    assert (found.people, found.backups) == ((MONA,), (PETRA,))
    assert found.next
    assert found.next.people == (OTTO,)
    away = replace(BENCH, unavailable=frozenset({MONA}))
    assert who_is_on(rota, away, now=MONDAY + 9 * H).backups == ()


WHOLE_WEEK = [a_shift(day, 8, 20, backup=None) for day in range(7)] + [
    a_shift(day, 20, 8, OTTO, backup=PETRA) for day in range(7)
]


@pytest.mark.parametrize(
    ("shifts", "overrides", "away", "expected"),
    [
        (WHOLE_WEEK, [], "", []),
        (WHOLE_WEEK[1:], [], "", [(8, 20), (176, 188)]),
        (WHOLE_WEEK[1:], [an_override(8, 18)], "", [(18, 20), (176, 188)]),
        (WHOLE_WEEK[1:], [an_override(6, 22)], OTTO, [(8, 20), (176, 188)]),
        (WHOLE_WEEK[1:], [an_override(8, 20)], f"{OTTO} {PETRA} {MONA}", [(0, 336)]),
        ([], [an_override(8, 20)], "", [(0, 8), (20, 336)]),
        ([], [], "", [(0, 336)]),
    ],
)
def test_gaps_are_foreseen_for_two_weeks(shifts, overrides, away, expected):
    found = gaps(shifts, overrides, MONDAY, unavailable=frozenset(away.split()))
    spans = [((each.start_at - MONDAY) // H, (each.end_at - MONDAY) // H) for each in found]
    assert spans == expected


def test_gaps_mind_public_holidays_and_look_as_far_as_they_are_asked():
    shifts = [a_shift(day, 0, 0, on_holidays=day != 0) for day in range(7)]
    holidays = frozenset({date(2025, 6, 2)})
    (gap,) = gaps(shifts, [], MONDAY, 3, holidays=holidays)
    assert (gap.start_at, gap.end_at) == (MONDAY, MONDAY + 24 * H)


PEOPLE = [MONA, OTTO, PETRA]
SHIFTS = st.lists(
    st.builds(
        Shift,
        workspace=st.just(WORKSPACE),
        id=st.just(ShiftId("s")),
        zone=st.sampled_from(["Europe/Berlin", "America/New_York", "UTC"]),
        weekday=st.integers(0, 6),
        start=st.builds(time, st.integers(0, 23), st.sampled_from([0, 30])),
        end=st.builds(time, st.integers(0, 23), st.sampled_from([0, 30])),
        person=st.sampled_from(PEOPLE),
        backup=st.none() | st.sampled_from(PEOPLE),
        on_holidays=st.booleans(),
    ),
    max_size=8,
)
HOURS = st.integers(0, 24 * 16)


@st.composite
def an_overriding(draw):
    start = draw(HOURS)
    end = start + draw(st.integers(1, 72))
    person = draw(st.sampled_from(PEOPLE))
    instead_of = draw(st.none() | st.sampled_from(PEOPLE))
    return an_override(start, end, person, draw(st.integers(0, 5)), instead_of=instead_of)


@given(
    shifts=SHIFTS,
    overrides=st.lists(an_overriding(), max_size=4),
    start=HOURS,
    away=st.frozensets(st.sampled_from(PEOPLE), max_size=2),
)
@settings(max_examples=60, deadline=None)
def test_turns_leave_no_hole_and_gaps_never_touch(shifts, overrides, start, away):
    now = datetime(2025, 3, 20, tzinfo=UTC) + start * H
    moved = [
        replace(each, start_at=each.start_at - 75 * 24 * H, end_at=each.end_at - 75 * 24 * H)
        for each in overrides
    ]
    rota = Rota(shifts=tuple(shifts), overrides=tuple(moved))
    found = turns(rota, now, now + 14 * 24 * H, unavailable=away)
    assert (found[0].start_at, found[-1].end_at) == (now, now + 14 * 24 * H)
    for one, other in pairwise(found):
        assert one.start_at < one.end_at == other.start_at
        assert replace(one, start_at=now, end_at=now) != replace(other, start_at=now, end_at=now)
    holes = gaps(shifts, moved, now, unavailable=away)
    assert all(one.end_at < other.start_at for one, other in pairwise(holes))
    assert all(away.isdisjoint({*each.people, *each.backups}) for each in found)
    middles = [each.start_at + (each.end_at - each.start_at) / 2 for each in found]
    for turn, middle in zip(found, middles, strict=True):
        assert turn_at(rota, middle, unavailable=away).people == turn.people


MONA_ = a_standing(MONA, Role.DUTY_MANAGER)
OTTO_ = a_standing(OTTO, Role.DUTY_MANAGER)
ENGINEER = a_standing(ELI, Role.ENGINEER)
LEAD = a_standing(LEA, Role.LEAD)
ADMIN = a_standing(ADA, Role.ADMINISTRATOR)
ROTA = Rota(shifts=(a_shift(),))
SPAN = Span(start_at=MONDAY + 8 * H, end_at=MONDAY + 20 * H)
GAP = Span(start_at=MONDAY + 20 * H, end_at=MONDAY + 24 * H)
PAST = Span(start_at=MONDAY - 3 * H, end_at=MONDAY)
BACKWARDS = Span(start_at=MONDAY + 9 * H, end_at=MONDAY + 8 * H)
FAR = Span(start_at=MONDAY, end_at=MONDAY + MOST_AHEAD + H)


def override(person=OTTO_, span=SPAN, by=LEAD):
    return overridden(person, span, id=OverrideId("o"), by=by, now=MONDAY)


@pytest.mark.parametrize("by", [LEAD, ADMIN])
def test_leads_and_administrators_say_who_is_on_duty(by):
    found = override(by=by)
    assert (found.person, found.start_at, found.made_by) == (OTTO, SPAN.start_at, by.user)
    rota = replace(ROTA, overrides=(found,))
    assert turn_at(rota, MONDAY + 9 * H).people == (OTTO,)


@pytest.mark.parametrize(
    ("person", "span", "by", "refusal"),
    [
        (OTTO_, SPAN, MONA_, NotYours),
        (OTTO_, PAST, LEAD, OutOfTime),
        (OTTO_, BACKWARDS, LEAD, OutOfTime),
        (OTTO_, FAR, LEAD, OutOfTime),
        (ENGINEER, SPAN, LEAD, Unreadable),
    ],
)
def test_an_override_is_refused_with_its_reason(person, span, by, refusal):
    with pytest.raises(refusal):
        override(person, span, by)


def test_a_duty_manager_takes_what_nobody_has():
    found = taken(ROTA, GAP, id=OverrideId("o"), by=OTTO_, now=MONDAY)
    assert (found.person, found.instead_of) == (OTTO, None)
    for span, by in ((SPAN, OTTO_), (GAP, ENGINEER)):
        with pytest.raises(NotYours):
            taken(ROTA, span, id=OverrideId("o"), by=by, now=MONDAY)
    with pytest.raises(OutOfTime):
        taken(ROTA, PAST, id=OverrideId("o"), by=OTTO_, now=MONDAY)


def swap(by=MONA_, span=SPAN, giver=MONA, taker=OTTO_):
    return proposed(ROTA, span, id=SwapId("s"), giver=giver, taker=taker, by=by, now=MONDAY)


@pytest.mark.parametrize(("by", "other"), [(MONA_, OTTO_), (OTTO_, MONA_)])
def test_a_swap_counts_once_the_other_one_accepts(by, other):
    offer = swap(by=by)
    assert offer.asked == other.user
    with pytest.raises(NotYours):
        accepted(offer, id=OverrideId("o"), by=by, now=MONDAY)
    answer, change = accepted(offer, id=OverrideId("o"), by=other, now=MONDAY + H)
    assert (answer.accepted, answer.decided_at) == (True, MONDAY + H)
    assert (change.person, change.instead_of) == (OTTO, MONA)
    rota = replace(ROTA, overrides=(change,))
    assert turn_at(rota, MONDAY + 9 * H).people == (OTTO,)
    for again in (accepted, refused):
        with pytest.raises(SwapIsDecided) as decided:
            again(
                answer,
                **({"id": OverrideId("o")} if again is accepted else {}),
                by=other,
                now=MONDAY,
            )
        assert decided.value.accepted is True


@pytest.mark.parametrize("by", [MONA_, OTTO_])
def test_a_swap_is_refused_or_taken_back(by):
    answer = refused(swap(), by=by, now=MONDAY + H)
    assert answer.accepted is False
    with pytest.raises(SwapIsDecided):
        refused(answer, by=by, now=MONDAY + H)
    with pytest.raises(NotYours):
        refused(swap(), by=LEAD, now=MONDAY)


def test_nobody_swaps_what_is_over_or_without_the_role():
    with pytest.raises(SwapIsDecided):
        accepted(swap(), id=OverrideId("o"), by=OTTO_, now=SPAN.end_at)
    with pytest.raises(NotYours):
        accepted(swap(), id=OverrideId("o"), by=a_standing(OTTO, Role.ENGINEER), now=MONDAY)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"by": LEAD}, NotYours),
        ({"span": PAST}, OutOfTime),
        ({"taker": ENGINEER}, Unreadable),
        ({"span": GAP}, Unreadable),  # it is not Mona's
        ({"giver": OTTO, "taker": MONA_}, Unreadable),
        ({"giver": MONA, "taker": MONA_}, Unreadable),
    ],
)
def test_a_swap_is_proposed_between_two_who_can(changes, refusal):
    with pytest.raises(refusal):
        swap(**changes)


NIGHTLY = tuple(a_shift(weekday) for weekday in range(7))
"""Somebody is on duty from eight to eight, and nobody at night."""


def test_gaps_are_foreseen_to_their_ends_even_where_those_lie_further_ahead():
    weekly = Rota(shifts=(a_shift(0),))
    first, second = foreseen(weekly, now=MONDAY + 9 * H)
    assert first == Span(start_at=MONDAY + 20 * H, end_at=MONDAY + timedelta(days=7, hours=8))
    assert second.end_at == MONDAY + timedelta(days=14, hours=8)
    (ending,) = foreseen(weekly, now=MONDAY + 9 * H, unavailable=frozenset({MONA}))
    assert ending.end_at == NO_END


def test_a_rota_without_shifts_has_no_gaps():
    assert foreseen(Rota(overrides=(an_override(),)), now=MONDAY) == ()


def test_a_gap_is_told_once_also_where_it_is_under_way_or_has_become_smaller():
    rota = Rota(shifts=NIGHTLY)
    found = foreseen(rota, now=MONDAY + 9 * H)
    assert untold(found, ()) == found
    (further,) = untold(foreseen(rota, now=MONDAY + 22 * H), found)
    assert further.start_at > found[-1].end_at
    smaller = replace(rota, overrides=(an_override(22, 23),))
    assert untold(foreseen(smaller, now=MONDAY + 9 * H), found) == ()
    larger = Rota(shifts=NIGHTLY[:1] + NIGHTLY[2:])
    assert untold(foreseen(larger, now=MONDAY + 9 * H), found)[0] == Span(
        start_at=MONDAY + 20 * H, end_at=MONDAY + timedelta(days=2, hours=8)
    )


def a_page(user, *roles, rota=Rota(), now=MONDAY + 9 * H):  # noqa: B008 - a value, and frozen
    """Return the rota as somebody reads it on Monday morning."""
    return DutyPage(
        reader=a_standing(user, *roles),
        on=who_is_on(rota, Bench(), now=now),
        rota=rota,
        gaps=foreseen(rota, now=now),
        swaps=(),
        times=DutyTimes(hours=DutyHours(), holidays="", digest_at=time(9)),
        now=now,
    )


ROUND = Rota(shifts=tuple(a_shift(day, 0, 0, (MONA, OTTO)[day % 2]) for day in range(7)))
"""Mona and Otto in turns, day and night."""


@pytest.mark.parametrize(
    ("user", "roles", "rota", "free"),
    [
        (OTTO, {Role.DUTY_MANAGER}, Rota(shifts=NIGHTLY), (20, 32)),
        (ELI, {Role.ENGINEER}, Rota(shifts=NIGHTLY), None),
        (MONA, {Role.DUTY_MANAGER}, ROUND, (24, 48)),
        (OTTO, {Role.DUTY_MANAGER}, ROUND, None),
        (OTTO, {Role.DUTY_MANAGER}, Rota(), None),
    ],
)
def test_a_duty_manager_is_offered_the_next_gap_else_the_next_ones_turn(user, roles, rota, free):
    hours = None if free is None else tuple(MONDAY + each * H for each in free)
    span = hours and Span(start_at=hours[0], end_at=hours[1])
    assert a_page(user, *roles, rota=rota).free == span


def test_leads_and_administrators_may_arrange_what_they_read():
    assert a_page(LEA, Role.LEAD).may_arrange
    assert a_page(ADA, Role.ADMINISTRATOR).may_arrange
    assert not a_page(MONA, Role.DUTY_MANAGER).may_arrange


@pytest.mark.parametrize(("start", "urgency"), [(2, 2), (30, 5)])
def test_gaps_are_told_to_each_who_can_close_them_and_sooner_where_they_are_near(start, urgency):
    gap = Span(start_at=MONDAY + start * H, end_at=MONDAY + 40 * H)
    told = owed.gaps(WORKSPACE, (gap,) * 60, (LEA, ADA), at=MONDAY)
    assert [each.to for each in told] == [Person(user=ADA), Person(user=LEA)]
    assert {each.urgency for each in told} == {urgency}
    assert all(isinstance(each.fact, GapsForeseen) and len(each.fact.gaps) == 50 for each in told)
    (nobody,) = owed.gaps(WORKSPACE, (gap,), (), at=MONDAY)
    assert nobody.to == Administrators()
