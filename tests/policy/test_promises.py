"""Promises: what is made, kept, missed and let go, and by which event."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policy.escalations import Event, Watch
from policy.ids import PromiseId
from policy.promises import (
    ENTRIES,
    Kind,
    after,
    done,
    kept,
    lapsed,
    ledger,
    promised,
    released,
)
from policy.refusals import EscalationIsOver, NotYours, OutOfTime, Stale, Unreadable
from tests.policy.escalating import CASE, NOW, OFFER, PEOPLE, PROPOSAL, H, at, do
from tests.support.builders import ELI, MONA, OTTO, a_promise

SECOND = timedelta(seconds=1)
DUE = NOW + H


@pytest.mark.parametrize(
    ("moment", "missed"), [(DUE - SECOND, False), (DUE, False), (DUE + SECOND, True)]
)
def test_a_promise_is_kept_up_to_its_very_moment(moment, missed):
    promise = a_promise(due_at=DUE)
    assert promise.is_missed(now=moment) is missed
    assert (kept(promise, now=moment).kept_at, kept(promise, now=moment).missed) == (
        moment,
        missed,
    )
    assert released(promise, now=moment).missed is missed
    assert lapsed(promise, now=moment).missed is missed
    assert lapsed(promise, now=moment).is_open


def test_what_was_missed_stays_missed_and_what_is_over_stays_as_it_was():
    late = kept(lapsed(a_promise(due_at=DUE), now=DUE + H), now=DUE + H)
    assert late.is_missed(now=DUE + H)
    early = kept(a_promise(due_at=DUE), now=NOW)
    assert not early.is_missed(now=DUE + H)
    for change in (kept, released, lapsed):
        assert change(early, now=DUE + H) == early
    let_go = released(a_promise(due_at=DUE), now=NOW)
    assert kept(let_go, now=DUE + H) == let_go


EVERYTHING = [
    a_promise(id=PromiseId(kind.value), kind=kind, owner=MONA, due_at=DUE) for kind in Kind
]
ALL = " ".join(Kind)
TABLE = [  # event, the escalation after it, kept, let go, made, due
    ("submit", at("requested", acknowledge_due_at=DUE), "", "", "acknowledge"),
    ("withdraw", at("withdrawn"), "", ALL, ""),
    ("acknowledge", at("acknowledged", contact_due_at=DUE), "acknowledge", "", "contact"),
    ("pull", at("acknowledged", contact_due_at=DUE), "", "", "contact"),
    ("redirect", at("redirected"), "acknowledge contact", "update action watch", ""),
    ("decline", at("declined"), "acknowledge contact", "update action watch", ""),
    ("contact", at("acknowledged"), "contact", "", ""),
    ("start", do(Event.START, at("acknowledged"), PEOPLE["mona"]), "contact", "", "update action"),
    ("update", at("active", next_update_due_at=DUE), "contact update", "", "update"),
    ("resume", at("active", next_update_due_at=DUE), "", "update", "update"),
    ("return", at("requested", acknowledge_due_at=DUE), "", ALL, "acknowledge"),
    ("stabilise", at("monitoring", watch=Watch(what="It.", until=DUE)), "update", "", "watch"),
    ("relapse", at("active", next_update_due_at=DUE), "watch", "", "update"),
    ("propose", at("active", proposal=PROPOSAL), "watch", "", ""),
    ("object", at("active"), "", "watch", ""),
    ("object", at("monitoring", watch=Watch(what="It.", until=DUE)), "", "watch", "watch"),
    ("agree", at("closed"), "contact update watch", "acknowledge action", ""),
    ("de_escalate", at("closed"), "contact update watch", "acknowledge action", ""),
    ("rate", at("closed"), "", "", ""),
]


@pytest.mark.parametrize(("event", "escalation", "keeps", "releases", "makes"), TABLE)
def test_an_event_keeps_lets_go_and_makes_what_the_table_says(
    event, escalation, keeps, releases, makes
):
    found = after(Event(event), escalation, CASE, EVERYTHING, now=NOW)
    known = {each.id for each in EVERYTHING}
    made = [each for each in found if each.id not in known]
    assert {each.kind.value for each in found if each.kept_at} == set(keeps.split())
    assert {each.kind.value for each in found if each.released_at} == set(releases.split())
    assert [each.kind.value for each in made] == makes.split()
    assert all((each.made_at, each.due_at, each.is_open) == (NOW, DUE, True) for each in made)


def test_the_table_of_events_is_complete():
    assert {Event(row[0]) for row in TABLE} - {Event.RATE} == set(ENTRIES)


def test_a_plans_first_action_is_promised_by_whoever_does_it():
    started = do(Event.START, at("acknowledged"), PEOPLE["mona"])
    update, action = after(Event.START, started, CASE, (), now=NOW)
    assert (update.owner, update.kind) == (MONA, Kind.UPDATE)
    assert (action.owner, action.what) == (ELI, "Roll back the release.")
    assert update.id != action.id


def test_what_is_promised_again_has_another_name():
    first = do(Event.UPDATE, at("active"), PEOPLE["mona"])
    second = do(Event.UPDATE, first, PEOPLE["mona"])
    (one,) = after(Event.UPDATE, first, CASE, (), now=NOW)
    (other,) = after(Event.UPDATE, second, CASE, (), now=NOW)
    assert one.id != other.id


def test_a_hand_over_passes_on_what_is_owed_but_not_what_others_do():
    taken = do(Event.ACCEPT, at("active", hand_over=OFFER), PEOPLE["otto"])
    found = after(Event.ACCEPT, taken, CASE, EVERYTHING, now=NOW)
    assert {each.owner for each in found} == {OTTO}
    assert {each.kind for each in found} == set(Kind) - {Kind.ACTION}


def test_a_pause_lets_go_what_falls_into_it_and_promises_it_for_its_end():
    soon = a_promise(due_at=NOW - H, made_at=NOW - 2 * H, climbed=3)
    late = a_promise(id=PromiseId("late"), due_at=NOW + 3 * H)
    paused = do(Event.PAUSE, at("active"), PEOPLE["mona"], until=NOW + 2 * H)
    gone, anew = after(Event.PAUSE, paused, CASE, [soon, late], now=NOW)
    assert (gone.id, gone.released_at, gone.missed) == (soon.id, NOW, True)
    assert (anew.due_at, anew.made_at) == (NOW + 2 * H, NOW)
    assert (anew.climbed, anew.missed, anew.is_open) == (0, False, True)
    assert anew.id not in {soon.id, late.id}
    assert after(Event.PAUSE, at("active"), CASE, [soon], now=NOW) == ()


def test_what_was_watched_long_enough_is_promised_within_the_target():
    watched = at("monitoring", watch=Watch(what="It.", until=NOW))
    (found,) = after(Event.OBJECT, watched, CASE, (), now=NOW)
    assert (found.due_at, found.what) == (NOW + 2 * H, "It.")


def note(by, escalation=None, **other):
    given = {"action": "Ask the vendor.", "actor": ELI, "due_at": DUE, "now": NOW, **other}
    found = escalation or at("acknowledged")
    return promised(found, CASE, id=PromiseId("p1"), by=by, **given)


def test_the_owner_notes_who_does_what_by_when():
    found = note(PEOPLE["mona"])
    assert (found.id, found.kind, found.owner) == ("p1", Kind.ACTION, ELI)
    assert (found.what, found.due_at) == ("Ask the vendor.", DUE)
    for by in (PEOPLE["eli"], PEOPLE["mona"]):
        assert done(found, at("active"), by=by, now=NOW).kept_at == NOW
    with pytest.raises(NotYours):
        done(found, at("active"), by=PEOPLE["otto"], now=NOW)
    with pytest.raises(Stale):
        done(kept(found, now=NOW), at("active"), by=PEOPLE["mona"], now=NOW)
    with pytest.raises(Stale):
        done(a_promise(owner=MONA), at("active"), by=PEOPLE["mona"], now=NOW)


@pytest.mark.parametrize(
    ("by", "state", "other", "refusal"),
    [
        ("otto", "active", {}, NotYours),
        ("mona", "closed", {}, EscalationIsOver),
        ("mona", "active", {"action": "?"}, Unreadable),
        ("mona", "active", {"due_at": NOW}, OutOfTime),
    ],
)
def test_an_action_is_refused_with_its_reason(by, state, other, refusal):
    with pytest.raises(refusal):
        note(PEOPLE[by], at(state), **other)


def test_the_ledger_parts_promises_by_what_became_of_them():
    ahead = a_promise(id=PromiseId("ahead"), due_at=NOW + H)
    sooner = a_promise(id=PromiseId("sooner"), due_at=NOW)
    late = a_promise(id=PromiseId("late"), due_at=NOW - H)
    kept_late = kept(replace(late, id=PromiseId("kept late")), now=NOW)
    in_time = kept(replace(late, id=PromiseId("in time")), now=NOW - H)
    let_go = released(replace(late, id=PromiseId("let go")), now=NOW - H)
    found = ledger([ahead, late, kept_late, in_time, let_go, sooner], now=NOW)
    assert [each.id for each in found.open] == ["sooner", "ahead"]
    assert [each.id for each in found.missed] == ["kept late", "late"]
    assert [each.id for each in found.kept] == ["in time"]
