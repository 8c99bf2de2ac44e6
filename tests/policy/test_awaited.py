"""What an escalation's notice waits for may have come by the time it is sent."""

from dataclasses import replace

import pytest

from policy.awaited import come
from policy.escalations import ClosedAs, E, Trend
from policy.ids import PromiseId
from policy.notices import (
    BriefReady,
    ClosingProposed,
    ClosingUnanswered,
    EscalationUpdated,
    EscalationWaits,
    HandOverOffered,
    PromiseLate,
    PromiseWaits,
)
from policy.promises import Kind, Promise
from tests.policy.escalating import NOW, OFFER, PAUSE, PROPOSAL, WAITING_FOR_SILENCE, WHY, H, at
from tests.support.builders import ANA, MONA, OTTO, WORKSPACE

ID = at(E.ACTIVE).id
PROMISE = Promise(
    workspace=WORKSPACE,
    id=PromiseId("P1"),
    case=at(E.ACTIVE).case,
    escalation=ID,
    kind=Kind.UPDATE,
    owner=MONA,
    made_at=NOW,
    due_at=NOW + H,
)
WAITS = PromiseWaits(
    escalation=ID,
    promise=PROMISE.id,
    kind=Kind.UPDATE,
    owner=MONA,
    what="",
    due_at=NOW,
    percent=100,
)
LATE = PromiseLate(escalation=ID, promise=PROMISE.id, kind=Kind.UPDATE, owner=MONA, due_at=NOW)
ASKED = EscalationWaits(escalation=ID, by=ANA, due_at=NOW)
BRIEF = BriefReady(escalation=ID, owner=MONA)
OFFERED = HandOverOffered(escalation=ID, by=MONA, to=OTTO, note=WHY)
PROPOSED = ClosingProposed(
    escalation=ID, by=MONA, outcome=ClosedAs.SOLVED, summary=WHY, prompt=1, answer_due_at=NOW
)
UNANSWERED = ClosingUnanswered(escalation=ID, prompt_at=NOW)
TOLD = EscalationUpdated(escalation=ID, by=MONA, text=WHY, trend=Trend.SAME, next_update_at=NOW)


@pytest.mark.parametrize(
    ("fact", "escalation", "promise", "is_told"),
    [
        (WAITS, at(E.ACTIVE), PROMISE, True),
        (LATE, at(E.ACTIVE), PROMISE, True),
        (WAITS, at(E.ACTIVE), replace(PROMISE, kept_at=NOW), False),
        (LATE, at(E.ACTIVE), replace(PROMISE, released_at=NOW), False),
        (WAITS, at(E.ACTIVE), None, False),
        (WAITS, None, PROMISE, False),
        (WAITS, at(E.CLOSED), PROMISE, False),
        (WAITS, at(E.ACTIVE, pause=PAUSE), PROMISE, False),
        (ASKED, at(E.REQUESTED), None, True),
        (ASKED, at(E.ACKNOWLEDGED), None, False),
        (ASKED, at(E.REQUESTED, id="another"), None, False),
        (ASKED, None, None, False),
        (BRIEF, at(E.ACTIVE), None, True),
        (BRIEF, at(E.ACTIVE, owner=OTTO), None, False),
        (BRIEF, None, None, False),
        (OFFERED, at(E.ACTIVE, hand_over=OFFER), None, True),
        (OFFERED, at(E.ACTIVE, hand_over=replace(OFFER, to=ANA)), None, False),
        (OFFERED, at(E.ACTIVE), None, False),
        (OFFERED, None, None, False),
        (PROPOSED, at(E.ACTIVE, proposal=PROPOSAL), None, True),
        (PROPOSED, at(E.ACTIVE, proposal=WAITING_FOR_SILENCE), None, False),
        (PROPOSED, at(E.CLOSED), None, False),
        (UNANSWERED, at(E.ACTIVE, proposal=WAITING_FOR_SILENCE), None, True),
        (UNANSWERED, at(E.ACTIVE, proposal=PROPOSAL), None, False),
        (UNANSWERED, None, None, False),
        (TOLD, None, None, True),
    ],
)
def test_a_notice_is_dropped_once_what_it_waits_for_has_come(fact, escalation, promise, is_told):
    assert (come(fact, escalation, promise, now=NOW) == "") is is_told
