"""Who hears what becomes of an escalation: by their part in it, once, and nobody who must not."""

from dataclasses import replace
from datetime import date

import pytest

from policy.board import DutyDigest, line
from policy.crossings import crossing
from policy.escalations import E, EscalationState, Event, Reach
from policy.ids import ChannelId, PromiseId, UserId
from policy.notices import (
    Administrators,
    BriefReady,
    Channel,
    ClosingUnanswered,
    Duty,
    DutyDay,
    EscalationThread,
    EscalationWaits,
    Notice,
    Person,
    PromiseLate,
    PromiseWaits,
    Thread,
)
from policy.owed import answering, duty, promises, working
from policy.owed.audience import Hears, Scene, requesters, told
from policy.owed.promises import Called
from policy.promises import Kind, Promise, rungs_due
from policy.rota import Turn
from policy.thresholds import SHIPPED
from tests.policy.escalating import CASE, NOW, OFFER, PAUSE, PROPOSAL, REQUEST, H, at, do
from tests.policy.escalating import PEOPLE as P
from tests.support.builders import (
    ANA,
    CLEO,
    ELI,
    LEA,
    MONA,
    OTTO,
    WORKSPACE,
    workspace_settings,
)

SECRET = replace(REQUEST, confidential=True)
LEADS = frozenset({LEA})
SETTINGS = workspace_settings()
CALLED = Called(duty=(MONA,), backups=(OTTO,), leads=(LEA,))


def scene(escalation, by: UserId | None = MONA) -> Scene:
    return Scene(case=CASE, escalation=escalation, by=by, leads=LEADS, at=NOW)


def heard(notices: tuple[Notice, ...]) -> list[str]:
    """Return who hears, in a word each."""
    words = {Thread: "thread", EscalationThread: "desk", Administrators: "administrators"}
    return [
        each.to.user
        if isinstance(each.to, Person)
        else each.to.channel
        if isinstance(each.to, Channel)
        else words[type(each.to)]
        for each in notices
    ]


def a_promise(kind: Kind = Kind.ACKNOWLEDGE, **facts) -> Promise:
    promise = Promise(
        workspace=WORKSPACE,
        id=PromiseId("P1"),
        case=CASE.id,
        escalation=at(E.REQUESTED).id,
        kind=kind,
        owner=None if kind is Kind.ACKNOWLEDGE else MONA,
        what="Send the logs." if kind is Kind.ACTION else "",
        made_at=NOW,
        due_at=NOW + H,
    )
    return replace(promise, **facts)


@pytest.mark.parametrize(
    ("parts", "facts", "by", "who"),
    [
        ((Hears.REQUESTER,), {}, MONA, [ANA]),
        ((Hears.REQUESTER,), {}, ANA, []),
        ((Hears.THREAD,), {}, MONA, ["thread"]),
        ((Hears.DESK,), {}, MONA, ["desk"]),
        ((Hears.OWNER,), {}, MONA, []),
        ((Hears.OWNER,), {}, LEA, [MONA]),
        ((Hears.LEADS, Hears.OWNER), {}, None, [LEA, MONA]),
        ((Hears.THREAD,), {"request": replace(REQUEST, reach=Reach.DM)}, MONA, ["thread", ANA]),
        ((Hears.REQUESTER,), {"request": replace(REQUEST, contact=CLEO)}, MONA, [ANA, CLEO]),
        ((Hears.THREAD,), {"request": SECRET}, MONA, [ANA]),
        ((Hears.DESK,), {"request": SECRET}, ANA, [MONA]),
        ((Hears.DESK,), {"request": SECRET, "owner": None}, ANA, [LEA]),
        ((Hears.REQUESTER,), {"request": replace(SECRET, contact=ELI)}, MONA, [ANA]),
    ],
)
def test_each_part_has_its_place_and_nobody_hears_of_their_own_deed(parts, facts, by, who):
    escalation = at(E.ACTIVE, **facts)
    fact = BriefReady(escalation=escalation.id, owner=MONA)
    assert heard(told(scene(escalation, by), "told", fact, *parts)) == who


def test_people_besides_are_told_once():
    escalation = at(E.ACTIVE)
    fact = BriefReady(escalation=escalation.id, owner=MONA)
    found = told(scene(escalation), "told", fact, Hears.REQUESTER, besides=(ANA, None, OTTO))
    assert heard(found) == [ANA, OTTO]
    assert [each.key for each in found] == [
        "escalations.told:E1.1:UANA",
        "escalations.told:E1.1:UOTTO",
    ]


def test_of_what_was_pulled_the_cases_own_requester_hears():
    pulled = at(E.ACTIVE, pulled="The board meets.", submitted_by=MONA)
    assert requesters(CASE, pulled) == (ANA,)


ACTS = {
    "redirected": (
        lambda: do(Event.REDIRECT, at(E.ACKNOWLEDGED), P["otto"]),
        lambda found: answering.redirected(scene(found, OTTO), is_carried_out=True),
        [ANA, "thread", "desk", MONA],
    ),
    "declined": (
        lambda: do(Event.DECLINE, at(E.REQUESTED), P["mona"]),
        lambda found: answering.declined(scene(found)),
        [ANA, "thread", "desk", ELI],
    ),
    "a confidential one declined": (
        lambda: do(Event.DECLINE, at(E.REQUESTED, request=SECRET), P["lea"]),
        lambda found: answering.declined(scene(found, LEA)),
        [ANA],
    ),
    "disputed": (
        lambda: do(Event.DISPUTE, do(Event.REDIRECT, at(E.REQUESTED), P["mona"]), P["ana"]),
        lambda found: answering.contested(scene(found, ANA)),
        [LEA, "desk", MONA],
    ),
    "settled": (
        lambda: do(
            Event.SETTLE,
            do(Event.APPEAL, do(Event.DECLINE, at(E.REQUESTED), P["mona"]), P["ana"]),
            P["lea"],
        ),
        lambda found: answering.settled(scene(found, LEA)),
        [ANA, "thread", "desk", MONA],
    ),
    "reinstated": (
        lambda: do(Event.REINSTATE, at(E.CLOSED), P["lea"]),
        lambda found: answering.reinstated(scene(found, LEA)),
        [ANA, "thread", "desk"],
    ),
    "started": (
        lambda: do(Event.START, at(E.ACKNOWLEDGED), P["mona"]),
        lambda found: working.started(scene(found), MONA),
        ["thread", "desk", ELI],
    ),
    "a confidential one started": (
        lambda: do(Event.START, at(E.ACKNOWLEDGED, request=SECRET, owner=LEA), P["lea"]),
        lambda found: working.started(scene(found, LEA), LEA),
        [ANA],
    ),
    "updated": (
        lambda: do(Event.UPDATE, at(E.ACTIVE), P["mona"]),
        lambda found: working.updated(scene(found), MONA),
        ["thread", "desk"],
    ),
    "paused": (
        lambda: at(E.ACTIVE, pause=PAUSE),
        lambda found: working.paused(scene(found), MONA),
        ["thread", "desk"],
    ),
    "offered": (
        lambda: at(E.ACTIVE, hand_over=OFFER),
        lambda found: working.offered(scene(found)),
        ["desk", OTTO],
    ),
    "stabilised": (
        lambda: do(Event.STABILISE, at(E.ACTIVE), P["mona"]),
        lambda found: working.stabilised(scene(found), MONA),
        ["thread", "desk"],
    ),
    "proposed": (
        lambda: at(E.ACTIVE, proposal=PROPOSAL),
        lambda found: working.proposed(scene(found)),
        [ANA, "thread"],
    ),
    "asked again": (
        lambda: do(Event.PROMPT, at(E.ACTIVE, proposal=PROPOSAL), None),
        lambda found: working.proposed(scene(found, None)),
        [ANA, "thread", MONA],
    ),
    "closed": (
        lambda: do(Event.AGREE, at(E.ACTIVE, proposal=PROPOSAL), P["ana"]),
        lambda found: working.closed(scene(found, ANA)),
        [ANA, "thread", "desk", MONA],
    ),
    "rated": (
        lambda: do(Event.RATE, at(E.CLOSED), P["ana"]),
        lambda found: working.rated(scene(found, ANA)),
        ["desk", MONA],
    ),
    "briefed": (
        lambda: at(E.ACKNOWLEDGED),
        lambda found: answering.briefed(scene(found)),
        [MONA],
    ),
}


@pytest.mark.parametrize(("happens", "owed", "who"), ACTS.values(), ids=ACTS)
def test_what_happened_is_told_to_those_it_concerns(happens, owed, who):
    found = owed(happens())
    assert heard(found) == who
    assert len({each.key for each in found}) == len(found)


@pytest.mark.parametrize("owed", [row[1] for row in ACTS.values()], ids=ACTS)
def test_what_has_not_happened_is_told_to_nobody(owed):
    assert owed(at(EscalationState.REQUESTED)) == ()


def test_after_the_last_prompt_the_owner_hears_when_the_answer_was_due():
    asked = do(Event.PROMPT, at(E.ACTIVE, proposal=PROPOSAL), None)
    *_, last = working.proposed(scene(asked, None))
    assert isinstance(last.fact, ClosingUnanswered)
    assert last.not_before == asked.proposal.answer_due_at


def test_an_offer_that_ended_is_told_to_the_one_who_did_not_end_it():
    owned = at(E.ACTIVE)
    assert heard(working.kept(scene(owned, OTTO), OTTO, OFFER)) == ["desk", MONA]
    assert heard(working.kept(scene(owned), MONA, OFFER)) == ["desk", OTTO]
    unowned = replace(owned, owner=None)
    assert heard(working.kept(scene(unowned, OTTO), OTTO, OFFER)) == ["desk"]


@pytest.mark.parametrize(
    ("minutes", "who"),
    [
        (0, [MONA]),
        (30, [MONA]),
        (60, [MONA, "desk", ANA]),
        (120, [LEA, MONA, "desk", ANA]),
        (240, [LEA, MONA, "desk", ANA, "administrators"]),
    ],
)
def test_a_ladder_speaks_to_each_once_of_the_highest_rung(minutes, who):
    escalation, promise = at(E.REQUESTED), a_promise()
    now = NOW + minutes * H / 60
    due = rungs_due(promise, escalation, hours=None, now=now)
    found = promises.climbed(
        CASE, escalation, promise, due, called=CALLED, settings=SETTINGS, now=now
    )
    assert heard(found) == who
    assert all(
        isinstance(each.fact, EscalationWaits) for each in found if each.to == Person(user=MONA)
    )


def test_in_the_thread_all_who_are_called_are_named_once():
    escalation, promise = at(E.REQUESTED), a_promise()
    due = rungs_due(promise, escalation, hours=None, now=NOW + 2 * H)
    found = promises.climbed(
        CASE, escalation, promise, due, called=CALLED, settings=SETTINGS, now=NOW
    )
    (openly,) = [each.fact for each in found if isinstance(each.fact, PromiseWaits)]
    assert openly.mentions == (MONA, OTTO, LEA)


def test_of_a_confidential_one_nothing_is_said_openly():
    escalation = at(E.ACTIVE, request=SECRET, owner=LEA)
    promise = a_promise(Kind.UPDATE, owner=LEA)
    due = rungs_due(promise, escalation, hours=None, now=NOW + 9 * H)
    called = Called(duty=(LEA,), owner=(LEA,), leads=(LEA,))
    found = promises.climbed(
        CASE, escalation, promise, due, called=called, settings=SETTINGS, now=NOW
    )
    assert heard(found) == [LEA, ANA]


@pytest.mark.parametrize(
    ("kind", "shows", "is_dated"),
    [
        (Kind.UPDATE, False, True),
        (Kind.CONTACT, False, False),
        (Kind.CONTACT, True, True),
    ],
)
def test_the_requester_reads_a_date_that_was_promised_or_is_shown(kind, shows, is_dated):
    escalation, promise = at(E.ACTIVE), a_promise(kind)
    due = rungs_due(promise, escalation, hours=None, now=NOW + H)
    decided = workspace_settings(shows_targets=shows, administrators_channel=ChannelId("CADMIN"))
    found = promises.climbed(
        CASE, escalation, promise, due, called=CALLED, settings=decided, now=NOW
    )
    (late,) = [each.fact for each in found if isinstance(each.fact, PromiseLate)]
    assert (late.due_at is not None) is is_dated


def test_the_highest_rung_goes_to_the_administrators_channel_where_there_is_one():
    escalation, promise = at(E.ACTIVE), a_promise(Kind.ACTION)
    due = rungs_due(promise, escalation, hours=None, now=NOW + 9 * H)
    decided = workspace_settings(administrators_channel=ChannelId("CADMIN"))
    found = promises.climbed(
        CASE, escalation, promise, due, called=CALLED, settings=decided, now=NOW
    )
    assert heard(found) == [LEA, "desk", "CADMIN"]


@pytest.mark.parametrize(
    ("facts", "by", "who"),
    [({}, MONA, []), ({"owner": ELI}, MONA, [ELI]), ({"owner": None}, MONA, [])],
)
def test_who_is_to_act_hears_of_it_unless_it_is_their_own_word(facts, by, who):
    promise = a_promise(Kind.ACTION, **facts)
    assert heard(promises.made(CASE, promise, by, at=NOW)) == who


@pytest.mark.parametrize(
    ("facts", "by", "who"),
    [
        ({}, ELI, ["desk"]),
        ({"request": SECRET}, ANA, [MONA]),
        ({"request": SECRET}, MONA, []),
        ({"request": SECRET, "owner": None}, ANA, []),
    ],
)
def test_what_was_done_is_told_to_the_duty_side(facts, by, who):
    escalation = at(E.ACTIVE, **facts)
    promise = a_promise(Kind.ACTION)
    assert heard(promises.done(CASE, escalation, promise, by, at=NOW)) == who


def test_a_day_on_duty_is_frozen_as_it_stood():
    escalation = at(E.ACTIVE)
    late = a_promise(Kind.UPDATE, due_at=NOW - H)
    stands = line(escalation, CASE, [late], hours=None, now=NOW)
    digest = DutyDigest(
        day=date(2025, 6, 10),
        crossings=(crossing(CASE, SHIPPED),),
        lines=(stands, line(at(E.REQUESTED), CASE, [], hours=None, now=NOW)),
        due_today=(replace(late, escalation=escalation.id),),
        gaps=(Turn(start_at=NOW, end_at=NOW + H),),
    )
    found = duty.day(WORKSPACE, digest, at=NOW)
    assert (found.key, found.to) == (f"duty.day:{NOW.isoformat()}:duty", Duty())
    assert isinstance(found.fact, DutyDay)
    assert [(each.late_by, each.due_at) for each in found.fact.open] == [
        (60, NOW - H),
        (0, None),
    ]
    assert found.fact.due_today[0].case == CASE.id
    assert found.fact.gaps[0].end_at == NOW + H
