"""What pagers hear of an escalation, and until when."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from policy.cases import Severity
from policy.escalations import EscalationState
from policy.ids import PromiseId
from policy.notices import EscalationPaged, Pager, PagerService
from policy.owed import paging
from policy.thresholds import SHIPPED
from policy.timeliness import Drop, Present, Tell, timeliness
from tests.support.builders import MONA, MORNING, a_case, an_escalation, an_escalation_request

PAGERDUTY, WEBHOOK = PagerService.PAGERDUTY, PagerService.WEBHOOK
BOTH = frozenset(PagerService)
WAITING = an_escalation()
STATES = EscalationState


def became(state, **facts: Any):
    owner = None if state is STATES.REQUESTED else MONA
    return replace(WAITING, state=state, owner=owner, version=2, **facts)


def page_of(notice):
    assert isinstance(notice.fact, EscalationPaged)
    return notice.fact


def service_of(notice):
    assert isinstance(notice.to, Pager)
    return notice.to.service


def told(before, after, severity=Severity.S1, services=BOTH):
    found = paging.paged(a_case(severity=severity), before, after, services, at=MORNING)
    return [(page_of(each).event.value, service_of(each)) for each in found]


@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        (None, WAITING, "trigger"),
        (None, became(STATES.ACKNOWLEDGED, pulled="We took it up."), None),
        (WAITING, replace(WAITING, version=2), None),
        (WAITING, became(STATES.ACKNOWLEDGED), "acknowledge"),
        (WAITING, became(STATES.WITHDRAWN), "resolve"),
        (WAITING, became(STATES.DECLINED), "resolve"),
        (became(STATES.ACKNOWLEDGED), became(STATES.ACTIVE), None),
        (became(STATES.ACKNOWLEDGED), became(STATES.REQUESTED), "trigger"),
        (became(STATES.MONITORING), became(STATES.CLOSED), "resolve"),
        (became(STATES.CLOSED), became(STATES.CLOSED), None),
    ],
)
def test_a_pager_hears_when_it_waits_when_somebody_has_it_and_when_it_ends(before, after, event):
    expected = [(event, PAGERDUTY), (event, WEBHOOK)] if event else []
    assert told(before, after) == expected


@pytest.mark.parametrize("severity", [Severity.S3, Severity.S4])
def test_what_can_wait_for_the_morning_wakes_nobody_at_once(severity):
    assert told(None, WAITING, severity) == [("trigger", WEBHOOK)]
    assert told(WAITING, became(STATES.ACKNOWLEDGED), severity)[0] == ("acknowledge", PAGERDUTY)


def test_nobody_acknowledging_in_time_is_paged_whatever_the_severity():
    case = a_case(severity=Severity.S4)
    late = paging.late(case, WAITING, PromiseId("p1"), BOTH, at=MORNING)
    assert [each.key for each in late] == ["paging.late:p1:pagerduty", "paging.late:p1:webhook"]
    assert all(page_of(each).is_late for each in late)


def test_of_a_confidential_escalation_there_is_no_trace_outside():
    secret = replace(WAITING, request=an_escalation_request(confidential=True))
    assert told(None, secret) == []
    assert paging.late(a_case(), secret, PromiseId("p1"), BOTH, at=MORNING) == ()


def test_nothing_is_owed_where_no_pager_is_configured():
    assert told(None, WAITING, services=frozenset()) == []


def test_administrators_hear_of_a_pagers_trouble_once_a_day():
    at = [MORNING, MORNING + timedelta(hours=1), MORNING + timedelta(days=1)]
    keys = [paging.unusable(WAITING.workspace, WEBHOOK, "http_500", at=each).key for each in at]
    assert len(set(keys)) == 2


ACKNOWLEDGED, CLOSED = became(STATES.ACKNOWLEDGED), became(STATES.CLOSED)


@pytest.mark.parametrize(
    ("before", "after", "now", "is_told"),
    [
        (None, WAITING, WAITING, True),
        (None, WAITING, ACKNOWLEDGED, False),
        (None, WAITING, None, False),
        (WAITING, ACKNOWLEDGED, ACKNOWLEDGED, True),
        (WAITING, ACKNOWLEDGED, CLOSED, False),
        (WAITING, ACKNOWLEDGED, WAITING, False),
        (ACKNOWLEDGED, CLOSED, CLOSED, True),
    ],
)
def test_a_pager_hears_only_what_is_still_true(before, after, now, is_told):
    case = a_case(severity=Severity.S1)
    page, _ = paging.paged(case, before, after, BOTH, at=MORNING)
    assert isinstance(page.fact, EscalationPaged)
    found = timeliness(page, Present(case=case, escalation=now, table=SHIPPED), now=MORNING)
    assert isinstance(found, Tell if is_told else Drop)
