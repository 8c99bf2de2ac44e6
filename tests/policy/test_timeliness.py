"""Just before it is sent, a notice is held against the present."""

from datetime import timedelta

import pytest

from policy.cases import CaseState, Severity
from policy.crossings import crossing
from policy.escalations import EscalationState
from policy.notices import (
    CaseReopened,
    Crossed,
    CrossedForDuty,
    Drop,
    EscalationWaits,
    Notice,
    ReminderDue,
    Tell,
    Thread,
    Wait,
)
from policy.thresholds import SHIPPED, TITANIUM
from policy.timeliness import Present, timeliness
from tests.support.builders import WORKSPACE, a_case, an_escalation, utc

OPENED = utc("2025-06-02T08:00:00Z")
NOON = utc("2025-06-02T12:00:00Z")
CASE = a_case(severity=Severity.S1, tier=TITANIUM, opened_at=OPENED)
SAME = {"severity": Severity.S1, "tier": TITANIUM, "opened_at": OPENED}
CROSSING = crossing(CASE, SHIPPED)
WAITS = EscalationWaits(escalation=an_escalation().id, by="UANA", due_at=NOON)
REMINDER = ReminderDue(user="UANA")
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
        (WAITS, CASE, an_escalation(), NOON, TELL),
        (WAITS, CASE, None, NOON, DROP),
        (WAITS, CASE, an_escalation(state=EscalationState.ACKNOWLEDGED), NOON, DROP),
        (WAITS, CASE, an_escalation(id="another"), NOON, DROP),
        (CaseReopened(by="UANA"), None, None, NOON, TELL),
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
    slower = a_case(severity=Severity.S3, tier=TITANIUM, opened_at=OPENED, clock_version=2)
    present = Present(case=slower, escalation=None, table=SHIPPED)
    assert timeliness(notice, present, now=NOON) == Wait(until=OPENED + timedelta(days=3))
