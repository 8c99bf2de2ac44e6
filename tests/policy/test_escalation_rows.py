"""The escalation's table, row by row, beside the product's page."""

from typing import Any

import pytest

from policy import escalations as rules
from policy.escalations import (
    ENDED,
    LENGTHS,
    OPEN,
    ROWS,
    Contest,
    EscalationState,
    Event,
    may,
    step,
)
from policy.refusals import (
    AlreadyAcknowledged,
    EscalationIsOver,
    EscalationMoved,
    NotYours,
    OwnCase,
    Refusal,
    Unreadable,
)
from policy.roles import Role
from tests.policy.escalating import (
    CASE,
    DEEDS,
    NOW,
    OFFER,
    PAUSE,
    PEOPLE,
    PROPOSAL,
    WAITING_FOR_SILENCE,
    WHY,
    at,
    do,
)
from tests.support.builders import ANA, ELI, MONA, a_case, a_standing, an_escalation_request

E = EscalationState
CONTEST = Contest(why=WHY, by=ANA, at=NOW)
NEEDS: dict[Event, Any] = {  # what an event finds, besides its state
    Event.ACCEPT: {"hand_over": OFFER},
    Event.KEEP: {"hand_over": OFFER},
    Event.RESUME: {"pause": PAUSE},
    Event.PROMPT: {"proposal": PROPOSAL},
    Event.OBJECT: {"proposal": PROPOSAL},
    Event.AGREE: {"proposal": PROPOSAL},
    Event.DE_ESCALATE: {"proposal": WAITING_FOR_SILENCE},
    Event.SETTLE: {"contest": CONTEST},
}
TABLE = [  # event, from, to, who may
    ("withdraw", "requested", "withdrawn", "ana"),
    ("acknowledge", "requested", "acknowledged", "mona otto petra lea"),
    ("redirect", "requested acknowledged", "redirected", "mona otto petra lea"),
    ("dispute", "redirected", None, "ana"),
    ("decline", "requested acknowledged", "declined", "mona otto petra lea"),
    ("appeal", "declined", None, "ana"),
    ("settle", "redirected declined", None, "lea"),
    ("contact", "acknowledged active monitoring", None, "mona"),
    ("start", "acknowledged", "active", "mona"),
    ("update", "active", None, "mona"),
    ("pause", "active", None, "mona"),
    ("resume", "active", None, "ana mona lea"),
    ("hand_over", "active", None, "mona"),
    ("accept", "active monitoring", None, "otto"),
    ("keep", "active monitoring", None, "otto mona"),
    ("return", "acknowledged active monitoring", "requested", "lea nobody"),
    ("stabilise", "active", "monitoring", "mona"),
    ("relapse", "monitoring", "active", "ana mona lea"),
    ("propose", "active monitoring", None, "mona lea"),
    ("prompt", "active monitoring", None, "mona nobody"),
    ("object", "active monitoring", None, "ana"),
    ("agree", "active monitoring", "closed", "ana"),
    ("de_escalate", "active monitoring", "closed", "mona lea"),
    ("rate", "closed", None, "ana"),
    ("review", "closed", None, "mona"),
    (
        "judge",
        "acknowledged active monitoring closed redirected declined",
        None,
        "mona otto petra lea",
    ),
    ("reinstate", "closed declined", None, "lea"),
]
EVERYBODY = {**PEOPLE, "nobody": None}
CELLS = [(Event(event), E(state)) for event, _, _, _ in TABLE for state in E]


BEGINNINGS = {Event.SUBMIT, Event.PULL, Event.PROMISE}


@pytest.mark.parametrize(("event", "start", "to", "who"), TABLE)
def test_an_event_leads_from_where_to_where_as_the_page_says(event, start, to, who):
    event = Event(event)
    for state in start.split():
        before = at(state, **NEEDS.get(event, {}))
        for name in who.split():
            after = do(event, before, EVERYBODY[name])
            assert after.state == (to or state)
            assert after.version == before.version + 1


@pytest.mark.parametrize(("event", "start", "to", "who"), TABLE)
def test_only_those_may_whom_the_page_names(event, start, to, who):
    event = Event(event)
    for state in start.split():
        found = at(state, **NEEDS.get(event, {}))
        allowed = {name for name, by in EVERYBODY.items() if may(event, found, CASE, by)}
        assert allowed == set(who.split())


@pytest.mark.parametrize(("event", "state"), CELLS)
def test_nothing_happens_from_where_the_page_has_no_row(event, state):
    start, _, who = next(row[1:] for row in TABLE if row[0] == event.value)
    by = EVERYBODY[who.split()[0]]
    found = at(state, **{"owner": MONA, **NEEDS.get(event, {})})
    if state.value in start.split():
        step(event, found, CASE, by)
        return
    refusal: type[Refusal] = EscalationIsOver if state in ENDED else EscalationMoved
    if event is Event.ACKNOWLEDGE and state in OPEN:
        refusal = AlreadyAcknowledged
    with pytest.raises(refusal):
        do(event, found, by)


def test_every_event_stands_in_the_table():
    assert {Event(row[0]) for row in TABLE} | BEGINNINGS == set(Event) == set(ROWS)
    assert set(DEEDS) | BEGINNINGS == set(Event)


TEXTS = [(event, field) for event, row in ROWS.items() for field in row.gives if field in LENGTHS]


@pytest.mark.parametrize(("event", "field"), [each for each in TEXTS if each[0] in DEEDS])
def test_a_text_that_must_be_given_is_neither_empty_nor_endless(event, field):
    start, _, who = next(row[1:] for row in TABLE if row[0] == event.value)
    found = at(start.split()[0], **NEEDS.get(event, {}))
    least, most = LENGTHS[field]
    for text in ("", " " * 50, "x" * (least - 1), "x" * (most + 1)):
        with pytest.raises(Unreadable) as refused:
            do(event, found, EVERYBODY[who.split()[0]], **{field: text})
        assert refused.value.field == field
    do(event, found, EVERYBODY[who.split()[0]], **{field: "x" * least})
    do(event, found, EVERYBODY[who.split()[0]], **{field: f" {'x' * most} "})


DECISIONS = sorted(event for event, row in ROWS.items() if row.is_decision and event in DEEDS)


@pytest.mark.parametrize("event", DECISIONS)
def test_the_cases_engineer_never_decides_whatever_else_they_are(event):
    eli = a_standing(ELI, Role.ENGINEER, Role.DUTY_MANAGER, Role.LEAD)
    start = next(row[1] for row in TABLE if row[0] == event.value).split()[0]
    offer = {"hand_over": at("active", hand_over=OFFER).hand_over}
    found = at(start, **{**NEEDS.get(event, {}), **offer, "owner": ELI})
    if event is Event.ACCEPT:
        found = at(start, hand_over=rules.HandOver(to=ELI, note=WHY, by=MONA, at=NOW))
    with pytest.raises(OwnCase):
        do(event, found, eli)
    assert not may(event, found, CASE, eli)
    assert may(event, found, a_case(engineer=None), eli)


def test_what_decides_is_all_that_the_engineer_must_not():
    assert {each.value for each in DECISIONS} == {
        *("accept", "acknowledge", "de_escalate", "decline", "judge", "propose", "redirect"),
        *("reinstate", "settle"),
    }


@pytest.mark.parametrize(
    ("event", "who", "words"),
    [
        ("acknowledge", "ana", "a lead"),
        ("acknowledge", "petra", "a lead"),
        ("redirect", "petra", "its owner or a lead"),
        ("update", "mona", "its owner"),  # who may not answer for it any more
        ("accept", "otto", "the person it was handed to"),
    ],
)
def test_confidential_ones_belong_to_leads_only(event, who, words):
    event, secret = Event(event), an_escalation_request(confidential=True)
    start = next(row[1] for row in TABLE if row[0] == event.value).split()[0]
    found = at(start, request=secret, hand_over=OFFER)
    with pytest.raises(NotYours) as refused:
        do(event, found, PEOPLE[who])
    assert refused.value.need == words
    assert may(Event.ACKNOWLEDGE, at("requested", request=secret), CASE, PEOPLE["lea"])


def test_a_role_that_is_gone_no_longer_counts():
    former = a_standing(MONA, Role.ENGINEER)
    with pytest.raises(NotYours):
        do(Event.UPDATE, at("active"), former)
