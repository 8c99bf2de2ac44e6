"""Asking for another severity, and the first answer that counts."""

import pytest

from policy.cases import CaseState, Severity
from policy.ids import RequestId
from policy.refusals import CaseIsClosed, NotYours, RequestIsDecided, SameSeverity
from policy.roles import Role
from policy.severities import decided, requested
from tests.support.builders import a_case, a_standing, utc

NOW = utc("2025-06-10T12:00:00Z")
CASE = a_case(severity=Severity.S3, requester="UANA", engineer="UELI")
ANA = a_standing("UANA")


def ask(case=CASE, severity=Severity.S1):
    return requested(
        case, severity, id=RequestId("R1"), why="All sites.", since="Monday", by=ANA, now=NOW
    )


def test_a_request_remembers_what_it_would_change():
    found = ask()
    assert (found.before, found.severity, found.is_open) == (Severity.S3, Severity.S1, True)


@pytest.mark.parametrize(
    ("case", "severity", "refusal"),
    [
        (CASE, Severity.S3, SameSeverity),
        (a_case(state=CaseState.CLOSED), Severity.S1, CaseIsClosed),
    ],
)
def test_a_request_must_change_something_on_an_open_case(case, severity, refusal):
    with pytest.raises(refusal):
        ask(case, severity)


@pytest.mark.parametrize("role", [Role.ENGINEER, Role.DUTY_MANAGER, Role.LEAD])
@pytest.mark.parametrize("granted", [True, False])
def test_the_support_side_answers(role, granted):
    found = decided(ask(), CASE, granted=granted, reason="Yes", by=a_standing("U1", role), now=NOW)
    assert (found.granted, found.decided_by, found.is_open) == (granted, "U1", False)


@pytest.mark.parametrize("who", [ANA, a_standing("UADAM", Role.ADMINISTRATOR)])
def test_nobody_else_answers(who):
    with pytest.raises(NotYours):
        decided(ask(), CASE, granted=True, by=who, now=NOW)


def test_the_first_answer_counts():
    eli, erin = a_standing("UELI", Role.ENGINEER), a_standing("UERIN", Role.ENGINEER)
    first = decided(ask(), CASE, granted=False, by=eli, now=NOW)
    with pytest.raises(RequestIsDecided) as refused:
        decided(first, CASE, granted=True, by=erin, now=NOW)
    assert refused.value.by == "UELI"
