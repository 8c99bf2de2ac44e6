"""What a case offers to whoever reads it."""

import pytest

from policy.casefile import CaseFile
from policy.cases import CaseState
from policy.comments import Conversation
from policy.escalations import EscalationState
from policy.thresholds import SHIPPED, explain
from tests.support.builders import a_case, an_escalation


@pytest.mark.parametrize(
    ("state", "is_available", "escalation", "offers"),
    [
        (CaseState.NEW, True, None, True),
        (CaseState.NEW, False, None, False),
        (CaseState.CLOSED, True, None, False),
        (CaseState.NEW, True, an_escalation(), False),
        (CaseState.NEW, True, an_escalation(state=EscalationState.CLOSED), False),
    ],
)
def test_the_button_stands_on_an_open_available_case_with_its_right_unused(
    state, is_available, escalation, offers
):
    case = a_case(state=state)
    file = CaseFile(
        case=case,
        said=Conversation(),
        explanation=explain(case, SHIPPED),
        is_available=is_available,
        escalation=escalation,
    )
    assert file.offers_escalation is offers
