"""Under each notice stands what its reader may do about it, while that may still happen."""

from datetime import timedelta

import pytest

from handlers.views.notices import message
from policy.escalations import EscalationState, Proposal
from policy.ids import EscalationId, PromiseId
from policy.notices import (
    ActionPromised,
    BriefReady,
    ClosingProposed,
    EscalationClosed,
    EscalationDeclined,
    EscalationThread,
    EscalationWaits,
    HandOverOffered,
    Notice,
    Person,
    PromiseWaits,
    Thread,
)
from policy.promises import Kind
from tests.handlers.drawn.duty import the_life
from tests.handlers.drawn.notices import every
from tests.support.builders import ANA, ELI, MONA, MORNING, WORKSPACE, a_case

E = EscalationState
ESCALATION = EscalationId("escalation-1")
WORDS = "Nobody can sign in since this morning."
THREAD = EscalationThread(escalation=ESCALATION)
ENDED = {"hand_over": None, "pause": None, "proposal": None, "watch": None}


def pressable(fact, to, escalation):
    """Return the buttons under a notice."""
    notice = Notice(workspace=WORKSPACE, key="k", to=to, fact=fact, urgency=1, at=MORNING)
    drawn = message(notice, a_case(), escalation=escalation, now=MORNING)
    blocks = [block.to_dict() for block in drawn.blocks]
    return [
        element["text"]["text"]
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def a_fact(kind, /, **parts):
    """Return a fact of this kind with these parts."""
    return next(
        each
        for each in every(kind, WORDS)
        if all(getattr(each, name) == part for name, part in parts.items())
    )


@pytest.mark.parametrize(
    ("kind", "state", "user", "buttons"),
    [
        (EscalationWaits, E.REQUESTED, MONA, ["Acknowledge", "Details"]),
        (EscalationWaits, E.ACTIVE, MONA, ["Details"]),
        (HandOverOffered, E.ACTIVE, ELI, ["Accept", "Not accepted", "Details"]),
        (ClosingProposed, E.ACTIVE, ANA, ["Agree to closing", "Object"]),
        (EscalationDeclined, E.DECLINED, ANA, ["Appeal"]),
        (EscalationClosed, E.CLOSED, ANA, ["Rate"]),
        (EscalationClosed, E.CLOSED, MONA, ["Review", "Judge the guidance"]),
        (BriefReady, E.ACTIVE, MONA, []),
    ],
)
def test_a_notice_offers_its_reader_what_may_be_done(kind, state, user, buttons):
    now = the_life(WORDS, state=state)
    assert pressable(a_fact(kind), Person(user=user), now) == buttons


@pytest.mark.parametrize(
    ("kind", "state", "buttons"),
    [
        (Kind.ACKNOWLEDGE, E.REQUESTED, ["Acknowledge", "Details"]),
        (Kind.CONTACT, E.ACKNOWLEDGED, ["I have spoken to them", "Start plan", "Details"]),
        (Kind.UPDATE, E.ACTIVE, ["Update", "Details"]),
        (Kind.WATCH, E.MONITORING, ["Relapse", "Details"]),
        (Kind.ACTION, E.ACTIVE, ["Done", "Details"]),
    ],
)
def test_a_promise_that_waits_offers_what_keeps_it(kind, state, buttons):
    fact = a_fact(PromiseWaits, kind=kind)
    assert pressable(fact, Person(user=MONA), the_life(WORDS, state=state)) == buttons


def test_whoever_promised_an_action_says_that_it_is_done():
    fact = a_fact(ActionPromised, promise=PromiseId("p" * 32))
    assert pressable(fact, Person(user=ELI), the_life(WORDS)) == ["Done"]
    assert pressable(fact, THREAD, the_life(WORDS)) == []


def test_what_is_done_alone_is_offered_to_nobody_in_a_thread():
    closed = the_life(WORDS, state=E.CLOSED, **ENDED)
    assert pressable(a_fact(EscalationClosed), THREAD, closed) == []
    case = Thread(case=a_case().id)
    assert pressable(a_fact(EscalationClosed), case, closed) == []


def test_closing_is_agreed_to_only_while_it_is_proposed():
    answered = the_life(WORDS, proposal=None)
    assert pressable(a_fact(ClosingProposed), Person(user=ANA), answered) == []
    assert isinstance(the_life(WORDS).proposal, Proposal)


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "Please acknowledge by"), (1, "Nobody has acknowledged it yet")]
)
def test_whoever_is_told_late_is_told_that_it_is_late(minutes, said):
    fact = a_fact(EscalationWaits)
    notice = Notice(
        workspace=WORKSPACE, key="k", to=Person(user=MONA), fact=fact, urgency=1, at=MORNING
    )
    now = fact.due_at + timedelta(minutes=minutes)
    assert said in message(notice, a_case(), escalation=the_life(WORDS), now=now).text
