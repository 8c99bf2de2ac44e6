"""The board: what is most urgent first, what is late by how much, and nothing confidential."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from policy.board import (
    Listing,
    board,
    digest,
    line,
    listed,
    next_digest_at,
)
from policy.cases import Severity
from policy.crossings import crossing
from policy.escalations import Pause, Trend, Update
from policy.hours import DutyHours
from policy.ids import CaseId, EscalationId, PromiseId
from policy.promises import Kind, kept
from policy.rota import Turn
from policy.thresholds import SHIPPED
from tests.policy.escalating import NOW, OFFER, PEOPLE, REQUEST, WHY, H, at
from tests.support.builders import ELI, MONA, a_case, a_promise, utc

M = timedelta(minutes=1)
BERLIN = DutyHours(zone="Europe/Berlin")


def a_line(name="E1", severity="S1", state="active", due=NOW + H, now=NOW, **facts):
    escalation = at(state, id=EscalationId(name), **facts)
    kind = Kind.ACKNOWLEDGE if state == "requested" else Kind.UPDATE
    promise = a_promise(id=PromiseId(name), escalation=escalation.id, kind=kind, due_at=due)
    case = a_case(id=CaseId(f"CASE-{name}"), severity=Severity(severity), engineer=ELI)
    return line(escalation, case, [promise], hours=BERLIN, now=now)


@pytest.mark.parametrize(
    ("severity", "due", "now", "minutes"),
    [
        ("S1", NOW, NOW, None),  # the very moment is in time
        ("S1", NOW - 12 * M, NOW, 12),
        ("S1", NOW - 12 * M - timedelta(seconds=59), NOW, 12),
        ("S2", utc("2025-06-06T14:00Z"), utc("2025-06-09T08:00Z"), 66 * 60),
        ("S3", utc("2025-06-06T14:00Z"), utc("2025-06-09T08:00Z"), 120),  # duty hours only
    ],
)
def test_what_is_late_is_said_to_the_minute(severity, due, now, minutes):
    found = a_line(severity=severity, state="requested", due=due, now=now).overdue
    assert (found.minutes if found else None) == minutes
    if found:
        assert (found.kind, found.due_at) == (Kind.ACKNOWLEDGE, due)


def test_a_line_shows_the_promise_that_is_due_next():
    first, later = a_promise(due_at=NOW), a_promise(id=PromiseId("p2"), due_at=NOW + H)
    over = kept(a_promise(id=PromiseId("p0"), due_at=NOW - H), now=NOW)
    update = Update(text=WHY, trend=Trend.WORSE, at=NOW)
    found = line(at("active", update=update), a_case(), [later, over, first], hours=None, now=NOW)
    assert (found.next, found.overdue, found.trend, found.since) == (first, None, "worse", NOW)
    bare = line(at("requested"), a_case(), [], hours=None, now=NOW)
    assert (bare.next, bare.overdue, bare.trend) == (None, None, None)
    assert bare.since == at("requested").submitted_at


def test_what_is_paused_is_not_late():
    found = a_line(due=NOW - H, pause=Pause(reason=WHY, until=NOW + H))
    assert (found.is_paused, found.overdue) == (True, None)


def test_the_most_urgent_come_first():
    lines = [
        a_line("due later", due=NOW + 2 * H),
        a_line("an S2", "S2", due=NOW - 9 * H),
        a_line("due soon", due=NOW + H),
        a_line("late", due=NOW - H),
        a_line("later still", due=NOW - 2 * H),
        a_line("waiting", state="requested"),
        a_line("closed", state="closed"),
        a_line("waiting and late", state="requested", due=NOW - M),
    ]
    assert [each.escalation.id for each in board(lines)] == [
        "waiting and late",
        "waiting",
        "later still",
        "late",
        "due soon",
        "due later",
        "an S2",
    ]
    assert board(reversed(lines)) == board(lines)
    bare = replace(a_line("bare"), next=None)
    assert board([a_line("late", due=NOW), bare])[0] == bare  # since it was submitted


SECRET = a_line("secret", request=replace(REQUEST, confidential=True))


@pytest.mark.parametrize(
    ("who", "seen"), [(None, False), ("eli", False), ("mona", False), ("lea", True)]
)
def test_a_confidential_one_stands_on_no_board_but_the_leads(who, seen):
    found = board([SECRET], PEOPLE[who] if who else None)
    assert bool(found) is seen


def test_lists_show_what_is_open_mine_and_overdue():
    mine = a_line("mine")
    offered = a_line("offered", owner="UPETRA", hand_over=replace(OFFER, to=MONA))
    late = a_line("late", due=NOW - H, owner="UPETRA")
    lines = [mine, offered, late, SECRET]
    names = {
        listing: {each.escalation.id for each in listed(lines, listing, PEOPLE["mona"])}
        for listing in Listing
    }
    assert names == {
        Listing.OPEN: {"mine", "offered", "late"},
        Listing.MINE: {"mine", "offered"},
        Listing.OVERDUE: {"late"},
    }


def a_crossing(number, severity):
    return crossing(a_case(id=CaseId(f"CASE-{number}"), severity=Severity(severity)), SHIPPED)


def test_the_digest_gathers_what_the_day_brings():
    today = a_promise(id=PromiseId("E1"), escalation=EscalationId("E1"), due_at=NOW + 9 * H)
    promises = [
        today,
        replace(today, id=PromiseId("late"), due_at=NOW - 30 * H),
        replace(today, id=PromiseId("tomorrow"), due_at=NOW + 10 * H),  # midnight in Berlin
        replace(today, id=PromiseId("secret"), escalation=EscalationId("secret")),
        kept(replace(today, id=PromiseId("kept")), now=NOW),
    ]
    gap = Turn(start_at=NOW, end_at=NOW + H)
    found = digest(
        [a_line("E1"), SECRET],
        [a_crossing(1, "S4"), a_crossing(2, "S3"), a_crossing(3, "S1")],
        promises,
        [gap],
        zone="Europe/Berlin",
        now=NOW,
    )
    assert found.day == date(2025, 6, 10)
    assert [each.case for each in found.crossings] == ["CASE-2", "CASE-1"]
    assert [each.escalation.id for each in found.lines] == ["E1"]
    assert [each.id for each in found.due_today] == ["late", "E1"]
    assert found.gaps == (gap,)
    assert not found.is_empty
    assert digest([SECRET], [], promises, [], zone="UTC", now=NOW).is_empty


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2025-06-10T06:59Z", "2025-06-10T07:00Z"),
        ("2025-06-10T07:00Z", "2025-06-11T07:00Z"),
        ("2025-03-29T12:00Z", "2025-03-30T07:00Z"),  # the clocks go forward
        ("2025-10-25T12:00Z", "2025-10-26T08:00Z"),
    ],
)
def test_the_digest_comes_at_nine_by_the_rotas_clocks(now, expected):
    assert next_digest_at(utc(now), zone="Europe/Berlin") == utc(expected)
    assert next_digest_at(utc(now), zone="UTC", clock=time(23, 59)).minute == 59
