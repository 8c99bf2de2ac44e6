"""The work on an escalation: started, told of, paused, handed over, watched, begun again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policy.cases import Severity
from policy.escalations import PAUSED_AT_MOST, Event, Pause, Plan, Trend, Watch, hastened
from policy.hours import DutyHours
from policy.promises import Kind
from policy.promises import hastened as promise_hastened
from policy.refusals import EscalationIsOver, NotYours, OutOfTime, Stale, Unreadable
from policy.roles import Role
from policy.thresholds import GOLD, TITANIUM
from tests.policy.escalating import (
    CASE,
    NOW,
    OFFER,
    PAUSE,
    PEOPLE,
    PROPOSAL,
    REQUEST,
    WHY,
    H,
    at,
    do,
)
from tests.support.builders import ELI, MONA, OTTO, a_case, a_promise, a_standing, utc

MONA_ = PEOPLE["mona"]


def test_who_starts_says_what_is_done_when_and_by_whom():
    found = do(Event.START, at("acknowledged"), MONA_)
    assert found.plan == Plan(
        criteria="Everybody can sign in again.", first_action="Roll back the release.", by=ELI
    )
    assert (found.next_update_due_at, found.contacted_at) == (NOW + H, NOW)


def test_the_first_contact_counts():
    early = NOW - H
    found = do(Event.CONTACT, at("acknowledged"), MONA_, now=early)
    assert found.contacted_at == early
    assert do(Event.CONTACT, found, MONA_) == found  # said again, it is said once
    assert do(Event.START, found, MONA_).contacted_at == early
    assert do(Event.UPDATE, at("active", contacted_at=early), MONA_).contacted_at == early


def test_an_update_tells_how_it_goes_and_when_more_follows():
    paused = at("active", pause=Pause(reason=WHY, until=NOW + H))
    found = do(Event.UPDATE, paused, MONA_)
    assert (found.update.text, found.update.trend, found.update.at) == (WHY, Trend.BETTER, NOW)
    assert (found.next_update_due_at, found.pause) == (NOW + H, None)


LATEST = [  # S1 Gold every two hours, S3 within 24 duty hours
    ("S1", GOLD, None, NOW + 2 * H),
    ("S1", TITANIUM, None, NOW + 1 * H),
    ("S3", GOLD, None, NOW + 24 * H),
    ("S3", GOLD, DutyHours(), utc("2025-06-13T12:00Z")),
]


@pytest.mark.parametrize(("severity", "tier", "hours", "latest"), LATEST)
@pytest.mark.parametrize(("event", "state"), [("start", "acknowledged"), ("update", "active")])
def test_the_next_update_is_promised_within_the_target(
    event, state, severity, tier, hours, latest
):
    case = a_case(severity=Severity(severity), tier=tier)
    given = {"case": case, "hours": hours}
    found = do(Event(event), at(state), MONA_, next_update_at=latest, **given)
    assert found.next_update_due_at == latest
    for amiss in (NOW, NOW - H, latest + timedelta(seconds=1)):
        with pytest.raises(OutOfTime) as refused:
            do(Event(event), at(state), MONA_, next_update_at=amiss, **given)
        assert (refused.value.field, refused.value.latest) == ("next_update_at", latest)


def test_a_pause_puts_off_what_is_due_and_ends_by_itself_or_when_somebody_says_so():
    found = do(Event.PAUSE, at("active", next_update_due_at=NOW), MONA_, until=NOW + 9 * H)
    assert found.next_update_due_at == NOW + 9 * H
    assert found.is_paused(now=NOW)
    assert not found.is_paused(now=NOW + 9 * H)
    assert not at("active").is_paused(now=NOW)
    again = do(Event.RESUME, found, PEOPLE["ana"])
    assert (again.pause, again.next_update_due_at) == (None, NOW + 2 * H)
    with pytest.raises(Stale):
        do(Event.RESUME, found, PEOPLE["ana"], now=NOW + 9 * H)


@pytest.mark.parametrize("until", [NOW, NOW + PAUSED_AT_MOST + H])
def test_a_pause_ends_ahead_and_in_sight(until):
    with pytest.raises(OutOfTime):
        do(Event.PAUSE, at("active"), MONA_, until=until)


def test_a_later_promise_is_not_brought_forward_by_a_pause():
    found = do(Event.PAUSE, at("active", next_update_due_at=NOW + 2 * H), MONA_)
    assert found.next_update_due_at == NOW + 2 * H


def test_the_old_owner_answers_for_it_until_the_new_one_accepts():
    offered = do(Event.HAND_OVER, at("active"), MONA_)
    assert (offered.owner, offered.hand_over.to) == (MONA, OTTO)
    assert do(Event.UPDATE, offered, MONA_).hand_over == offered.hand_over
    taken = do(Event.ACCEPT, offered, PEOPLE["otto"], now=NOW + H)
    assert (taken.owner, taken.owned_at, taken.hand_over) == (OTTO, NOW + H, None)
    with pytest.raises(NotYours):
        do(Event.UPDATE, taken, MONA_)


@pytest.mark.parametrize("who", ["otto", "mona"])
def test_what_is_not_accepted_stays_where_it_was(who):
    found = do(Event.KEEP, at("active", hand_over=OFFER), PEOPLE[who])
    assert (found.owner, found.hand_over) == (MONA, None)
    with pytest.raises(NotYours):
        do(Event.ACCEPT, found, PEOPLE["otto"])
    with pytest.raises(Stale):
        do(Event.KEEP, found, MONA_)


@pytest.mark.parametrize(
    ("to", "confidential"),
    [
        (PEOPLE["mona"], False),
        (PEOPLE["ana"], False),
        (PEOPLE["ada"], False),
        (a_standing(ELI, Role.LEAD), False),
        (PEOPLE["otto"], True),
    ],
)
def test_it_is_handed_to_somebody_else_who_may_answer_for_it(to, confidential):
    by = a_standing(MONA, Role.DUTY_MANAGER, Role.LEAD)
    found = at("active", request=replace(REQUEST, confidential=confidential))
    with pytest.raises(Unreadable) as refused:
        do(Event.HAND_OVER, found, by, to=to)
    assert refused.value.field == "to"


def test_nobody_accepts_what_was_closed_meanwhile():
    closed = do(Event.AGREE, at("active", hand_over=OFFER, proposal=PROPOSAL), PEOPLE["ana"])
    assert (closed.hand_over, closed.proposal) == (None, None)
    with pytest.raises(NotYours):  # nothing is offered any more
        do(Event.ACCEPT, closed, PEOPLE["otto"])
    with pytest.raises(EscalationIsOver):
        do(Event.ACCEPT, replace(closed, hand_over=OFFER), PEOPLE["otto"])


def test_what_is_stable_is_watched_and_may_relapse():
    found = do(Event.STABILISE, at("active", next_update_due_at=NOW + H), MONA_)
    assert found.watch == Watch(what="Sign-ins per minute.", until=NOW + H)
    assert found.next_update_due_at is None
    again = do(Event.RELAPSE, replace(found, proposal=PROPOSAL), PEOPLE["ana"])
    assert (again.state, again.watch, again.proposal) == ("active", None, None)
    assert again.next_update_due_at == NOW + 2 * H
    with pytest.raises(OutOfTime):
        do(Event.STABILISE, at("active"), MONA_, until=NOW)


S3_GOLD, S1_GOLD = a_case(severity=Severity.S3, tier=GOLD), CASE
HASTENED = [
    # what is owed, the case by now, what is owed then
    (
        at("requested", acknowledge_due_at=NOW + 4 * H),
        S1_GOLD,
        {"acknowledge_due_at": NOW + H / 2},
    ),
    (at("requested", acknowledge_due_at=NOW + H / 4), S1_GOLD, {}),  # of two dates the earlier
    (at("requested", acknowledge_due_at=NOW - H), S1_GOLD, {}),  # late it was, late it stays
    (at("requested", acknowledge_due_at=NOW + H / 2), S3_GOLD, {}),  # lowered: nothing is put off
    (at("acknowledged", contact_due_at=NOW + 9 * H), S1_GOLD, {"contact_due_at": NOW + H}),
    (at("acknowledged", contact_due_at=NOW + 9 * H, contacted_at=NOW), S1_GOLD, {}),
    (at("active", next_update_due_at=NOW + 9 * H), S1_GOLD, {"next_update_due_at": NOW + 2 * H}),
    (at("active", next_update_due_at=NOW + H), S3_GOLD, {}),
    (
        at("active", next_update_due_at=NOW + 9 * H, pause=replace(PAUSE, until=NOW + 3 * H)),
        S1_GOLD,
        {"next_update_due_at": NOW + 3 * H},  # a pause is kept
    ),
    (at("monitoring"), S1_GOLD, {}),
]


@pytest.mark.parametrize(("before", "case", "dates"), HASTENED)
def test_what_is_owed_follows_a_severity_that_rises_and_is_never_put_off(before, case, dates):
    found = hastened(before, case, now=NOW)
    assert found == replace(before, version=before.version + 1, **dates)
    for kind, date in (
        (Kind.ACKNOWLEDGE, found.acknowledge_due_at),
        (Kind.CONTACT, found.contact_due_at),
        (Kind.UPDATE, found.next_update_due_at),
    ):
        promise = a_promise(kind=kind, due_at=NOW + 99 * H)
        assert promise_hastened(promise, found).due_at == (date or promise.due_at)
        over = a_promise(kind=kind, due_at=NOW + 99 * H, kept_at=NOW)
        assert promise_hastened(over, found) == over
    action = a_promise(kind=Kind.ACTION, due_at=NOW + 99 * H)
    assert promise_hastened(action, found) == action


def test_a_case_of_another_engineer_is_no_obstacle():
    assert do(Event.ACCEPT, at("active", hand_over=OFFER), PEOPLE["otto"], CASE).owner == OTTO
