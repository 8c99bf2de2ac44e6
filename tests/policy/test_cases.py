"""The life of a case: who may see and move it, and what each move leaves behind."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import cases as rules
from policy.cases import (
    MEANING,
    OPEN,
    TRANSITIONS,
    WAITING,
    CaseRequest,
    CaseState,
    NextStep,
    OpenQuestion,
    Severity,
    ThirdParty,
    asked,
    doubts_s1,
    shown_anew,
    with_next_step,
)
from policy.ids import case_id, case_number, spoken_case
from policy.refusals import (
    AlreadyInState,
    EscalationIsOpen,
    NoLongerReopenable,
    NotYours,
    SameSeverity,
    SolutionNeeded,
)
from policy.roles import Role
from tests.support.builders import MORNING, a_case, a_standing, utc

NOW = utc("2025-06-10T12:00:00Z")
ANA = a_standing("UANA")
ELI = a_standing("UELI", Role.ENGINEER)
BEN = a_standing("UBEN", accounts=frozenset({"acme"}))
CARLA = a_standing("UCARLA", accounts=frozenset({"globex"}))
LEA = a_standing("ULEA", Role.LEAD)
ADAM = a_standing("UADAM", Role.ADMINISTRATOR)
CASE = a_case(requester="UANA", account="acme")


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (ANA, True),
        (ELI, True),
        (BEN, True),
        (ADAM, True),
        (CARLA, False),
        (a_standing("UX", accounts=frozenset()), False),
    ],
)
def test_a_case_is_shown_to_support_its_requester_and_its_account(who, sees):
    assert rules.may_see(CASE, who) is sees


@pytest.mark.parametrize("role", ["requester", "contact", "reporter"])
def test_whoever_stands_for_the_customer_counts_as_requester(role):
    case = a_case(**{"requester": "U1", "contact": "U1", "reporter": None, role: "UANA"})
    assert rules.is_requester(case, ANA)


def test_every_state_has_its_ways_out_and_none_leads_nowhere():
    assert set(TRANSITIONS) == set(CaseState)
    assert all(CaseState.MERGED in ways for state, ways in TRANSITIONS.items() if ways)
    assert TRANSITIONS[CaseState.MERGED] == frozenset()


@given(state=st.sampled_from(CaseState), goal=st.sampled_from(CaseState))
def test_a_case_moves_only_along_the_table(state, goal):
    case = a_case(state=state)
    if goal in TRANSITIONS[state]:
        assert rules.moved(case, goal).state is goal
        assert rules.moved(case, goal).version == case.version + 1
    else:
        with pytest.raises(AlreadyInState):
            rules.moved(case, goal)


def test_who_takes_a_new_case_puts_it_in_progress():
    taken = rules.taken(CASE, ELI)
    assert (taken.engineer, taken.state) == ("UELI", CaseState.IN_PROGRESS)
    assert rules.taken(taken, a_standing("UERIN", Role.ENGINEER)).engineer == "UERIN"


@pytest.mark.parametrize(
    ("case", "who", "refusal"),
    [
        (CASE, ANA, NotYours),
        (CASE, ADAM, NotYours),
        (a_case(engineer="UELI", state=CaseState.IN_PROGRESS), ELI, AlreadyInState),
        (a_case(state=CaseState.CLOSED), ELI, AlreadyInState),
    ],
)
def test_a_case_is_taken_by_support_once_and_while_open(case, who, refusal):
    with pytest.raises(refusal):
        rules.taken(case, who)


@pytest.mark.parametrize("who", [ANA, LEA])
@pytest.mark.parametrize("state", sorted(OPEN))
def test_requester_and_lead_close_any_open_case(who, state):
    question = OpenQuestion(text="?", asked_by=ELI.user, asked_at=NOW)
    case = replace(CASE, state=state, question=question)
    closed = rules.closed(case, who, escalation_open=False, now=NOW)
    assert (closed.state, closed.closed_at, closed.question) == (CaseState.CLOSED, NOW, None)


@pytest.mark.parametrize(
    ("case", "who", "escalated", "refusal"),
    [
        (CASE, BEN, False, NotYours),
        (CASE, ELI, False, SolutionNeeded),
        (CASE, ANA, True, EscalationIsOpen),
        (a_case(state=CaseState.CLOSED), ANA, False, AlreadyInState),
        (a_case(state=CaseState.MERGED), ANA, False, AlreadyInState),
    ],
)
def test_a_case_is_not_closed_by_others_or_under_an_escalation(case, who, escalated, refusal):
    with pytest.raises(refusal):
        rules.closed(case, who, escalation_open=escalated, now=NOW)


def test_reopening_keeps_the_true_opening_time():
    case = rules.closed(CASE, ANA, escalation_open=False, now=NOW)
    again = rules.reopened(case, ANA, within=timedelta(days=14), now=NOW + timedelta(days=14))
    assert again.opened_at == CASE.opened_at
    assert (again.state, again.closed_at) == (CaseState.IN_PROGRESS, None)


@pytest.mark.parametrize(
    ("case", "who", "days", "refusal"),
    [
        (a_case(state=CaseState.CLOSED, closed_at=NOW), ANA, 15, NoLongerReopenable),
        (a_case(state=CaseState.CLOSED, closed_at=NOW), BEN, 1, NotYours),
        (CASE, ANA, 1, AlreadyInState),
        (a_case(state=CaseState.MERGED, closed_at=NOW), ANA, 1, AlreadyInState),
    ],
)
def test_a_case_is_reopened_in_time_and_by_those_concerned(case, who, days, refusal):
    with pytest.raises(refusal):
        rules.reopened(case, who, within=timedelta(days=14), now=NOW + timedelta(days=days))


def test_a_severity_that_does_not_change_is_refused():
    with pytest.raises(SameSeverity) as refused:
        rules.with_severity(a_case(severity=Severity.S2), Severity.S2)
    assert refused.value.field == "severity"


@pytest.mark.parametrize("state", sorted(WAITING))
def test_a_customers_word_ends_our_waiting(state):
    question = OpenQuestion(text="?", asked_by=ELI.user, asked_at=NOW)
    third = ThirdParty(whom="Their provider", until=NOW)
    waiting = a_case(state=state, question=question, third_party=third)
    answered = rules.answered(waiting, now=NOW)
    assert answered.state is CaseState.IN_PROGRESS
    assert (answered.question, answered.third_party) == (None, None)
    assert rules.answered(a_case(state=CaseState.NEW), now=NOW).state is CaseState.NEW


@pytest.mark.parametrize(
    ("severity", "down", "workaround", "doubted"),
    [
        ("S1", True, False, False),
        ("S1", False, False, True),
        ("S1", True, True, True),
        ("S1", None, None, False),
        ("S2", False, True, False),
    ],
)
def test_s1_is_doubted_when_the_answers_contradict_it(severity, down, workaround, doubted):
    request = CaseRequest(
        account=None,
        title="Login is down",
        description="Nobody can sign in.",
        severity=Severity(severity),
        production_down=down,
        has_workaround=workaround,
    )
    assert doubts_s1(request) is doubted


def test_severities_run_from_worst_to_least():
    assert [severity.rank for severity in Severity] == [1, 2, 3, 4]
    assert Severity.S1.is_worse_than(Severity.S2)
    assert not Severity.S2.is_worse_than(Severity.S2)
    assert set(MEANING) == set(Severity)


@pytest.mark.parametrize(
    ("said", "case"),
    [
        ("CASE-142", "CASE-142"),
        (" case-142 ", "CASE-142"),
        ("#142", "CASE-142"),
        ("142", "CASE-142"),
        ("CASE-007", "CASE-7"),
        ("CASE-0", None),
        ("CASE-", None),
        ("login", None),
        ("CASE-1234567890", None),
        ("CASE-²", None),
        ("", None),
    ],
)
def test_a_case_is_understood_however_it_is_written(said, case):
    assert spoken_case(said) == case


def test_a_number_and_its_name_are_the_same():
    assert case_number(case_id(142)) == 142


QUESTION = OpenQuestion(text="Which version?", asked_by=ELI.user, asked_at=MORNING)


@pytest.mark.parametrize(
    "state",
    sorted({each for each in CaseState if each not in {CaseState.CLOSED, CaseState.MERGED}}),
)
def test_a_question_of_ours_makes_any_open_case_wait(state):
    case = asked(a_case(state=state), QUESTION)
    assert (case.state, case.question) == (CaseState.WAITING_CUSTOMER, QUESTION)
    assert case.version > a_case().version


def test_a_merged_case_is_asked_nothing():
    with pytest.raises(AlreadyInState):
        asked(a_case(state=CaseState.MERGED), QUESTION)


def test_a_next_step_is_shown_and_leaves_the_clock_alone():
    step = NextStep(text="Patch 4.2", due_at=MORNING)
    case = with_next_step(a_case(), step)
    assert (case.next_step, case.version, case.clock_version) == (step, 2, 1)


def test_a_card_is_drawn_anew_for_a_higher_version_alone():
    assert shown_anew(a_case()) == a_case(version=2)
