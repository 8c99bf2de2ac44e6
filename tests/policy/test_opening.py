"""Whose an opened case is, where its card stands, and what it is like."""

from datetime import timedelta

import pytest

from policy.cases import Severity
from policy.ids import CaseId, ChannelId
from policy.opening import (
    UNASSIGNED,
    chosen_account,
    opened,
    similar_to,
    twin_of,
    unassigned,
)
from policy.refusals import NoAccount
from policy.roles import Role
from policy.thresholds import GOLD
from tests.support.builders import (
    ACME,
    ANA,
    CLEO,
    ELI,
    GLOBEX,
    HELP,
    MORNING,
    ZOE,
    a_case,
    a_case_request,
    a_standing,
    an_account,
)

ACMES = an_account()
THEIRS = an_account(
    id=GLOBEX, name="Globex", channels=frozenset({ChannelId("CGLOBEX")}), contacts=frozenset({ZOE})
)
SUPPORT = a_standing(ELI, Role.ENGINEER)


@pytest.mark.parametrize(
    ("named", "known", "linked", "expected"),
    [
        (ACME, (ACMES, THEIRS), THEIRS, ACMES),  # what was named, wherever it was
        (None, (ACMES, THEIRS), THEIRS, THEIRS),
        (None, (ACMES, THEIRS), None, ACMES),  # the only one she is named in
        (None, (), None, None),
    ],
)
def test_the_account_is_named_or_assumed(named, known, linked, expected):
    assert chosen_account(named, known, linked, a_standing(ANA)) == expected


@pytest.mark.parametrize(("named", "known"), [(GLOBEX, (ACMES,)), (ACME, ()), (None, (THEIRS,))])
def test_without_an_account_of_theirs_people_are_asked_again(named, known):
    with pytest.raises(NoAccount):
        chosen_account(named, known, None, a_standing(ANA))


def test_the_account_of_the_unassigned_has_the_default_tier_and_no_members():
    account = unassigned(a_standing(ZOE), GOLD)
    assert (account.id, account.tier, account.contacts) == (UNASSIGNED, GOLD, frozenset())


@pytest.mark.parametrize(
    ("who", "contact", "requester", "reporter"),
    [
        (a_standing(ANA), None, ANA, None),
        (a_standing(ANA), CLEO, ANA, None),
        (SUPPORT, None, ELI, ELI),
        (SUPPORT, CLEO, CLEO, ELI),
    ],
)
def test_a_reporter_opens_in_the_customers_name(who, contact, requester, reporter):
    case = opened(a_case_request(contact=contact), ACMES, who, linked=ACMES, now=MORNING)
    assert (case.requester, case.reporter) == (requester, reporter)
    assert case.contact == (contact or who.user)
    assert (case.channel, case.opened_at) == (HELP, MORNING)


@pytest.mark.parametrize(
    ("facts", "is_twin"),
    [
        ({}, True),
        ({"opened_at": MORNING + timedelta(seconds=60)}, True),
        ({"opened_at": MORNING + timedelta(seconds=61)}, False),
        ({"id": CaseId("CASE-1")}, False),  # itself
        ({"title": "Something else"}, False),
        ({"requester": CLEO}, False),
        ({"severity": Severity.S1}, False),
    ],
)
def test_a_twin_is_the_same_form_within_a_minute(facts, is_twin):
    other = a_case(**{"id": CaseId("CASE-2"), **facts})
    assert twin_of(a_case(), [other]) == (other if is_twin else None)


@pytest.mark.parametrize(
    ("facts", "is_similar"),
    [
        ({}, True),
        ({"id": CaseId("CASE-1")}, False),
        ({"title": "Export hangs"}, False),
        ({"account": GLOBEX, "requester": ZOE, "contact": ZOE}, False),  # not for her eyes
    ],
)
def test_similar_cases_are_those_of_one_title_that_the_person_sees(facts, is_similar):
    other = a_case(**{"id": CaseId("CASE-2"), **facts})
    found = similar_to(a_case(), [other], a_standing(ANA))
    assert found == ((other,) if is_similar else ())
