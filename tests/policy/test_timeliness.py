"""Just before it is sent, a notice is held against the present."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policy.cases import CaseState, Severity
from policy.crossings import crossing
from policy.escalations import EscalationState
from policy.ids import SwapId
from policy.notices import (
    CaseReopened,
    Crossed,
    CrossedForDuty,
    Duty,
    EscalationWaits,
    NextStepDue,
    Notice,
    ReminderDue,
    SeverityRequested,
    Thread,
)
from policy.owed.rota import proposed
from policy.rota import Swap
from policy.thresholds import SHIPPED, TITANIUM
from policy.timeliness import Drop, Present, Tell, Wait, is_outdated, timeliness
from tests.support.builders import (
    ANA,
    MONA,
    OTTO,
    WORKSPACE,
    a_case,
    a_severity_request,
    an_escalation,
    utc,
)

OPENED = utc("2025-06-02T08:00:00Z")
NOON = utc("2025-06-02T12:00:00Z")
CASE = a_case(severity=Severity.S1, tier=TITANIUM, opened_at=OPENED)
SAME = {"severity": Severity.S1, "tier": TITANIUM, "opened_at": OPENED}
CROSSING = crossing(CASE, SHIPPED)
WAITS = EscalationWaits(escalation=an_escalation().id, by=ANA, due_at=NOON)
REMINDER = ReminderDue(user=ANA)
STEP = NextStepDue(user=ANA, step="Patch 4.2", due_at=NOON)
TELL, DROP = Tell, Drop


@pytest.mark.parametrize(
    ("fact", "case", "escalation", "now", "verdict"),
    [
        (Crossed(crossing=CROSSING), CASE, None, NOON, TELL),
        (CrossedForDuty(crossing=CROSSING), CASE, None, NOON, TELL),
        (Crossed(crossing=CROSSING), None, None, NOON, DROP),
        (Crossed(crossing=CROSSING), a_case(**SAME, state=CaseState.CLOSED), None, NOON, DROP),
        (Crossed(crossing=CROSSING), a_case(**SAME, clock_version=2), None, NOON, DROP),
        (Crossed(crossing=CROSSING), CASE, an_escalation(), NOON, DROP),
        (Crossed(crossing=CROSSING), CASE, None, NOON - timedelta(seconds=1), DROP),
        (REMINDER, CASE, None, NOON, TELL),
        (REMINDER, CASE, an_escalation(), NOON, DROP),
        (REMINDER, a_case(**SAME, state=CaseState.CLOSED), None, NOON, DROP),
        (REMINDER, CASE, None, NOON - timedelta(hours=1), Wait),
        (REMINDER, a_case(**SAME, clock_version=2), None, NOON, DROP),
        (STEP, CASE, None, NOON, TELL),
        (STEP, a_case(**SAME, state=CaseState.CLOSED), None, NOON, DROP),
        (STEP, None, None, NOON, DROP),
        (WAITS, CASE, an_escalation(), NOON, TELL),
        (WAITS, CASE, None, NOON, DROP),
        (WAITS, CASE, an_escalation(state=EscalationState.ACKNOWLEDGED), NOON, DROP),
        (WAITS, CASE, an_escalation(id="another"), NOON, DROP),
        (CaseReopened(by=ANA), None, None, NOON, TELL),
    ],
)
def test_only_what_is_still_true_is_told(fact, case, escalation, now, verdict):
    notice = Notice(
        workspace=WORKSPACE, key="k", to=Thread(case=CASE.id), fact=fact, urgency=1, at=OPENED
    )
    present = Present(case=case, escalation=escalation, table=SHIPPED)
    assert isinstance(timeliness(notice, present, now=now), verdict)


def test_a_reminder_whose_time_has_moved_waits_for_the_new_one():
    notice = Notice(
        workspace=WORKSPACE, key="k", to=Thread(case=CASE.id), fact=REMINDER, urgency=1, at=OPENED
    )
    slower = replace(SHIPPED, rows={**SHIPPED.rows, Severity.S1: (timedelta(days=3),) * 3})
    present = Present(case=CASE, escalation=None, table=slower)
    assert timeliness(notice, present, now=NOON) == Wait(until=OPENED + timedelta(days=3))


@pytest.mark.parametrize(
    ("to", "open_one", "verdict"),
    [
        (Thread(case=CASE.id), None, TELL),
        (Duty(), None, DROP),
        (Duty(), a_severity_request(id="another"), DROP),
        (Duty(), a_severity_request(), TELL),
    ],
)
def test_the_duty_channel_hears_only_of_requests_without_an_answer(to, open_one, verdict):
    asked = a_severity_request()
    fact = SeverityRequested(
        request=asked.id, by=ANA, before=asked.before, severity=asked.severity, why=asked.why
    )
    notice = Notice(workspace=WORKSPACE, key="k", to=to, fact=fact, urgency=1, at=OPENED)
    present = Present(case=CASE, escalation=None, table=SHIPPED, severity_request=open_one)
    assert isinstance(timeliness(notice, present, now=NOON), verdict)


ASKED = a_severity_request()


@pytest.mark.parametrize(
    ("fact", "escalation", "open_one", "is_over"),
    [
        (WAITS, an_escalation(), None, False),
        (WAITS, an_escalation(state=EscalationState.ACKNOWLEDGED), None, True),
        (CaseReopened(by=ANA), None, None, False),  # it asks for nothing
        (ASKED, None, ASKED, False),
        (ASKED, None, None, True),
        (ASKED, None, a_severity_request(id="another"), True),
    ],
)
def test_what_stands_somewhere_is_outdated_once_it_waits_for_nothing(
    fact, escalation, open_one, is_over
):
    if fact is ASKED:
        fact = SeverityRequested(
            request=ASKED.id, by=ANA, before=ASKED.before, severity=ASKED.severity, why=ASKED.why
        )
    to = Thread(case=CASE.id)
    notice = Notice(workspace=WORKSPACE, key="k", to=to, fact=fact, urgency=1, at=OPENED)
    present = Present(case=CASE, escalation=escalation, table=SHIPPED, severity_request=open_one)
    assert is_outdated(notice, present, now=NOON) is is_over


@pytest.mark.parametrize(
    ("accepted", "hours", "verdict"),
    [(None, 0, TELL), (None, 7, TELL), (None, 8, DROP), (True, 0, DROP), (False, 0, DROP)],
)
def test_an_offer_to_swap_asks_until_it_is_answered_or_its_time_is_over(accepted, hours, verdict):
    swap = Swap(
        workspace=WORKSPACE,
        id=SwapId("swap-1"),
        start_at=NOON,
        end_at=NOON + timedelta(hours=8),
        giver=MONA,
        taker=OTTO,
        proposed_by=MONA,
        proposed_at=OPENED,
    )
    offer, now = proposed(swap), NOON + timedelta(hours=hours)
    there = Present(
        case=None, escalation=None, table=SHIPPED, swap=replace(swap, accepted=accepted)
    )
    assert isinstance(timeliness(offer, there, now=now), verdict)
    assert is_outdated(offer, there, now=now) is (verdict is DROP)
    assert is_outdated(offer, replace(there, swap=None), now=now)
