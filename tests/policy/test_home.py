"""A home shows first what is most urgent."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from policy.casefile import CaseFile
from policy.cases import CaseState, Severity
from policy.comments import Conversation
from policy.home import Ailment, Health, ailments, answers, is_near, people_of, queue
from policy.ids import CaseId
from policy.roles import Role
from policy.thresholds import SHIPPED, explain, is_available
from tests.support.builders import (
    ANA,
    CLEO,
    ELI,
    MORNING,
    a_case,
    a_standing,
    an_escalation,
    workspace_settings,
)

H = timedelta(hours=1)
NOW = MORNING + 100 * H  # an S3 of Gold crosses after 120 h, and is near from 96 h on


def a_file(now=NOW, escalation=None, **facts):
    case = a_case(**facts)
    return CaseFile(
        case=case,
        said=Conversation(),
        explanation=explain(case, SHIPPED),
        is_available=is_available(case, SHIPPED, now=now),
        escalation=escalation,
    )


@pytest.mark.parametrize(
    ("hours", "facts", "expected"),
    [
        (95.9, {}, False),
        (96, {}, True),
        (119.9, {}, True),
        (120, {}, False),
        (100, {"state": CaseState.CLOSED}, False),
        (100, {"severity": Severity.S4}, False),
    ],
)
def test_a_case_is_near_when_most_of_its_threshold_has_passed(hours, facts, expected):
    now = MORNING + hours * H
    assert is_near(a_file(now, **facts), now=now) is expected


def test_a_case_that_is_escalated_is_near_nothing():
    assert not is_near(a_file(escalation=an_escalation()), now=NOW)


def test_a_queue_begins_with_what_is_escalated_then_available_then_near():
    facts: dict[str, Any] = {
        "CASE-1": {"severity": Severity.S4},
        "CASE-2": {"state": CaseState.WAITING_CUSTOMER, "severity": Severity.S2},
        "CASE-3": {},
        "CASE-4": {"severity": Severity.S1},
        "CASE-5": {"severity": Severity.S2, "opened_at": NOW - H},
        "CASE-6": {"severity": Severity.S3, "opened_at": NOW - 2 * H},
        "CASE-7": {"state": CaseState.WAITING_CUSTOMER, "opened_at": NOW - 2 * H},
    }
    files = [a_file(id=CaseId(name), **each) for name, each in facts.items()]
    files.append(a_file(id=CaseId("CASE-8"), escalation=an_escalation()))
    expected = [8, 4, 2, 3, 5, 6, 1, 7]
    assert [int(each.case.id[5:]) for each in queue(files, now=NOW)] == expected


def test_an_administrator_reads_what_is_missing_and_what_failed():
    bare = replace(
        workspace_settings(), duty_channel=None, duty_managers=(), leads=(), engineers=()
    )
    health = Health(dead_notices=2, unusable_channels=1)
    assert dict(ailments(bare, health)) == {
        Ailment.NO_DUTY_CHANNEL: 1,
        Ailment.NO_DUTY_MANAGERS: 1,
        Ailment.NO_LEADS: 1,
        Ailment.NO_ENGINEERS: 1,
        Ailment.UNUSABLE_CHANNELS: 1,
        Ailment.DEAD_NOTICES: 2,
    }
    assert ailments(workspace_settings(), Health()) == ()


def test_whose_homes_a_case_stands_on():
    assert people_of(a_case(contact=CLEO, engineer=ELI), a_case()) == {ANA, CLEO, ELI}


@pytest.mark.parametrize(
    ("role", "expected"),
    [(Role.DUTY_MANAGER, True), (Role.LEAD, True), (Role.ENGINEER, False)],
)
def test_who_answers_escalations_sees_them(role, expected):
    assert answers(a_standing(ELI, role)) is expected
