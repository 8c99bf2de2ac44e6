"""Who may learn of a confidential escalation, and what fits its case."""

import pytest

from policy.cases import Severity
from policy.escalations import Reason, may_know, readable
from policy.refusals import Amiss, Unreadable
from policy.roles import Role
from tests.support.builders import (
    ANA,
    CLEO,
    ELI,
    LEA,
    MONA,
    a_case,
    a_standing,
    an_escalation,
    an_escalation_request,
)

CONFIDENTIAL = an_escalation(request=an_escalation_request(confidential=True))
EVERYBODY = [
    (None, False),  # a card's readers
    (a_standing(ANA), True),
    (a_standing(CLEO), False),
    (a_standing(ELI, Role.ENGINEER), False),
    (a_standing(ELI, Role.LEAD), False),  # the case's engineer never
    (a_standing(MONA, Role.DUTY_MANAGER), False),
    (a_standing(LEA, Role.LEAD), True),
]


@pytest.mark.parametrize(("who", "knows"), EVERYBODY)
def test_of_a_confidential_escalation_only_requesters_and_leads_know(who, knows):
    case = a_case(engineer=ELI)
    assert may_know(CONFIDENTIAL, case, who) is knows
    assert may_know(an_escalation(), case, who)


def test_who_submitted_a_confidential_escalation_knows_of_it_as_an_account_member_too():
    escalation = an_escalation(request=CONFIDENTIAL.request, submitted_by=CLEO)
    assert may_know(escalation, a_case(), a_standing(CLEO))


@pytest.mark.parametrize(
    ("field", "case", "facts"),
    [
        ("impact", {"description": "Nobody  can\nWORK"}, {"impact": "nobody can work"}),
        ("changed", {}, {"reason": Reason.SERVICE_QUALITY}),
        ("changed", {}, {"reason": Reason.IMPACT_CHANGED, "changed": " "}),
        ("alternate", {"severity": Severity.S1}, {}),
        ("alternate", {}, {"alternate": ANA}),
    ],
)
def test_a_request_that_does_not_fit_its_case_is_refused_under_its_field(field, case, facts):
    with pytest.raises(Unreadable) as refused:
        readable(an_escalation_request(**facts), a_case(**case))
    assert refused.value.field == field


def test_all_that_does_not_fit_its_case_is_told_at_once():
    case = a_case(description="Nobody can work", severity=Severity.S1)
    facts = {"impact": "nobody can work", "reason": Reason.SERVICE_QUALITY}
    with pytest.raises(Amiss) as refused:
        readable(an_escalation_request(**facts), case)
    assert set(refused.value.messages) == {"impact", "changed", "alternate"}


@pytest.mark.parametrize(
    ("case", "facts"),
    [
        ({}, {}),
        ({"severity": Severity.S1}, {"alternate": CLEO}),
        ({}, {"reason": Reason.SERVICE_QUALITY, "changed": "The first response came a day late."}),
    ],
)
def test_a_request_that_fits_is_taken_as_it_is(case, facts):
    request = an_escalation_request(**facts)
    assert readable(request, a_case(**case)) == request
