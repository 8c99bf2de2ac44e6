"""What the support side does with a case: who may, what it needs, what it leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import cases as rules
from policy.cases import (
    SILENT_FOR,
    TRANSITIONS,
    CaseState,
    OpenQuestion,
    Patience,
    Solution,
    ThirdParty,
)
from policy.ids import CaseId, UserId
from policy.notices import (
    CaseAssigned,
    CaseTaken,
    Person,
    SilenceCloses,
    SolutionProposed,
    ThirdPartyDue,
    Thread,
)
from policy.owed import casework as owed
from policy.refusals import (
    AlreadyInState,
    CaseIsClosed,
    EscalationIsOpen,
    NotYours,
    OtherAccount,
    OutOfTime,
    Unreadable,
)
from policy.roles import Role
from policy.thresholds import SHIPPED
from policy.timeliness import Drop, Present, Tell, timeliness
from tests.support.builders import (
    ANA,
    CLEO,
    ELI,
    EVA,
    GLOBEX,
    LEA,
    MONA,
    a_case,
    a_standing,
    utc,
)

NOW = utc("2025-06-10T12:00Z")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CUSTOMER, MEMBER = a_standing(ANA), a_standing(CLEO)
ENGINEER, OTHER = a_standing(ELI, Role.ENGINEER), a_standing(EVA, Role.ENGINEER)
MANAGER, LEAD = a_standing(MONA, Role.DUTY_MANAGER), a_standing(LEA, Role.LEAD)
ADMIN = a_standing("UADA", Role.ADMINISTRATOR)
WORKS, WORKS_NOT = frozenset({Role.ENGINEER}), frozenset[Role]()
CASE = a_case(engineer=ELI, state=CaseState.IN_PROGRESS)
CLOSED = a_case(state=CaseState.CLOSED, closed_at=NOW)
THIRD = ThirdParty(whom="Their provider", until=NOW + DAY)
DUPLICATE = a_case(id=CaseId("CASE-2"), requester=CLEO, followers=frozenset({EVA}))
SOLVED = rules.proposed(CASE, ENGINEER, "Sign in again.", now=NOW)
WITH_ALL = {
    "question": OpenQuestion(text="?", asked_by=ELI, asked_at=NOW),
    "third_party": THIRD,
    "solution": Solution(text="!", by=ELI, at=NOW, closes_at=NOW, due_at=NOW),
}


@pytest.mark.parametrize(
    ("case", "who", "to", "roles", "refusal"),
    [
        (CASE, MANAGER, EVA, WORKS, None),
        (CASE, LEAD, EVA, WORKS, None),
        (CASE, ENGINEER, EVA, WORKS, None),  # hands an own case on
        (a_case(), LEAD, ELI, WORKS, None),
        (CASE, OTHER, EVA, WORKS, NotYours),
        (CASE, CUSTOMER, EVA, WORKS, NotYours),
        (CASE, ADMIN, EVA, WORKS, NotYours),
        (CASE, a_standing(ELI), EVA, WORKS, NotYours),  # no engineer any more
        (CLOSED, LEAD, EVA, WORKS, CaseIsClosed),
        (CASE, LEAD, CLEO, WORKS_NOT, Unreadable),
        (CASE, LEAD, ADMIN.user, ADMIN.roles, Unreadable),
        (CASE, LEAD, ELI, WORKS, Unreadable),
    ],
)
def test_a_case_is_given_to_an_engineer_by_who_may(case, who, to, roles, refusal):
    if refusal:
        with pytest.raises(refusal):
            rules.assigned(case, who, to, roles)
        return
    given_on = rules.assigned(case, who, to, roles)
    assert (given_on.engineer, given_on.state) == (to, CaseState.IN_PROGRESS)
    assert given_on.version > case.version


@pytest.mark.parametrize("state", sorted(rules.OPEN))
def test_any_open_case_can_wait_for_others_be_resumed_and_solved(state):
    case = a_case(state=state, **WITH_ALL)
    waits = rules.waiting(case, ENGINEER, THIRD, now=NOW)
    assert (waits.state, waits.third_party) == (CaseState.WAITING_THIRD_PARTY, THIRD)
    solved = rules.proposed(case, ENGINEER, "Sign in again.", now=NOW)
    assert (solved.state, solved.third_party) == (CaseState.SOLUTION_PROPOSED, None)
    assert solved.solution is not None
    assert solved.solution.closes_at == NOW + SILENT_FOR
    if state is not CaseState.IN_PROGRESS:
        at_work = rules.resumed(case, ENGINEER)
        assert at_work.state is CaseState.IN_PROGRESS
        assert (at_work.question, at_work.third_party, at_work.solution) == (None, None, None)


@pytest.mark.parametrize("state", sorted(set(CaseState) - rules.OPEN))
def test_nothing_is_done_with_a_case_that_has_ended(state):
    case = a_case(state=state)
    for step in (
        lambda: rules.waiting(case, ENGINEER, THIRD, now=NOW),
        lambda: rules.resumed(case, ENGINEER),
        lambda: rules.proposed(case, ENGINEER, "!", now=NOW),
    ):
        with pytest.raises(CaseIsClosed):
            step()
    with pytest.raises(AlreadyInState):
        rules.at_work(case)


@pytest.mark.parametrize(
    "step",
    [
        lambda who: rules.waiting(CASE, who, THIRD, now=NOW),
        lambda who: rules.resumed(SOLVED, who),
        lambda who: rules.proposed(CASE, who, "!", now=NOW),
        lambda who: rules.merged(DUPLICATE, CASE, who, escalation_open=False, now=NOW),
    ],
    ids=["wait", "resume", "propose", "merge"],
)
def test_customers_do_none_of_the_supports_work(step):
    for who in (CUSTOMER, MEMBER):
        with pytest.raises(NotYours):
            step(who)
    step(OTHER)


def test_nobody_waits_for_what_is_past_or_resumes_what_goes_on():
    with pytest.raises(OutOfTime):
        rules.waiting(CASE, ENGINEER, ThirdParty(whom="They", until=NOW), now=NOW)
    with pytest.raises(AlreadyInState):
        rules.resumed(CASE, ENGINEER)


def test_a_requester_accepts_a_solution_or_says_why_not():
    closed = rules.accepted(SOLVED, CUSTOMER, escalation_open=False, now=NOW)
    assert (closed.state, closed.closed_at) == (CaseState.CLOSED, NOW)
    assert closed.solution == SOLVED.solution  # it stays with the case that it closed
    assert rules.rejected(SOLVED, CUSTOMER).state is CaseState.IN_PROGRESS
    again = rules.reopened(closed, CUSTOMER, within=DAY, now=NOW)
    assert again.solution is None


@pytest.mark.parametrize(
    ("case", "who", "is_open", "refusal"),
    [
        (SOLVED, ENGINEER, False, NotYours),
        (SOLVED, MEMBER, False, NotYours),
        (CASE, CUSTOMER, False, AlreadyInState),
        (SOLVED, CUSTOMER, True, EscalationIsOpen),
    ],
)
def test_nobody_else_accepts_and_nothing_else_is_accepted(case, who, is_open, refusal):
    with pytest.raises(refusal):
        rules.accepted(case, who, escalation_open=is_open, now=NOW)


def test_followers_of_a_duplicate_move_to_the_case_that_goes_on():
    gone, stays = rules.merged(DUPLICATE, CASE, ENGINEER, escalation_open=False, now=NOW)
    assert (gone.state, gone.merged_into, gone.closed_at) == (CaseState.MERGED, CASE.id, NOW)
    assert stays.followers == frozenset({CLEO, EVA})  # Ana opened both
    assert stays.version > CASE.version


@pytest.mark.parametrize(
    ("case", "into", "is_open", "refusal"),
    [
        (CASE, CASE, False, Unreadable),
        (DUPLICATE, a_case(account=GLOBEX), False, OtherAccount),
        (DUPLICATE, CASE, True, EscalationIsOpen),
        (DUPLICATE, CLOSED, False, AlreadyInState),
        (a_case(id=CaseId("CASE-2"), state=CaseState.MERGED), CASE, False, AlreadyInState),
    ],
)
def test_what_cannot_be_merged_is_not(case, into, is_open, refusal):
    with pytest.raises(refusal):
        rules.merged(case, into, ENGINEER, escalation_open=is_open, now=NOW)


def test_linked_cases_name_each_other_once():
    one, two = rules.related(DUPLICATE, CLOSED, a_standing(CLEO))
    assert one.related == {CLOSED.id}
    assert two.related == {DUPLICATE.id}
    with pytest.raises(Unreadable):
        rules.related(one, two, ENGINEER)
    with pytest.raises(NotYours):
        rules.related(CASE, DUPLICATE, MEMBER)


def test_following_twice_is_once_and_no_new_version():
    case = rules.followed(rules.followed(CASE, CLEO, follows=True), CLEO, follows=True)
    assert case.followers == {CLEO}
    assert case.version == CASE.version
    assert rules.followed(case, CLEO, follows=False) == CASE


@pytest.mark.parametrize("who", [CUSTOMER, ENGINEER, LEAD])
def test_requester_and_support_side_choose_who_else_hears_of_a_case(who):
    case = rules.with_followers(CASE, who, [CLEO, EVA])
    assert case.followers == {CLEO, EVA}
    assert case.version == CASE.version
    assert rules.with_followers(case, who, []) == CASE


def test_others_do_not_choose_followers_and_nobody_chooses_a_crowd():
    with pytest.raises(NotYours):
        rules.with_followers(CASE, MEMBER, [CLEO])
    crowd = [UserId(f"U{number}") for number in range(12)]
    with pytest.raises(Unreadable):
        rules.with_followers(CASE, CUSTOMER, crowd[:11])
    followed = replace(CASE, followers=frozenset(crowd))
    assert len(rules.with_followers(followed, CUSTOMER, crowd).followers) == 12


def test_silence_is_warned_of_twice_and_then_closes():
    case, due, steps = SOLVED, NOW, []
    while case.solution and not rules.is_over(case.solution, now=due):
        due = case.solution.due_at
        steps.append(due - NOW)
        case = rules.warned(case, now=due) if due < case.solution.closes_at else case
    assert steps == [3 * DAY, 4 * DAY, 5 * DAY]


@pytest.mark.parametrize(
    ("silent", "warned", "told"),
    [(10, 4, [6, 9]), (2, 1, [1]), (90, 30, [60, 89])],
)
def test_a_workspace_decides_how_long_silence_lasts_and_when_it_is_told(silent, warned, told):
    patience = Patience(silent_for=silent * DAY, warned_for=warned * DAY)
    case, days = rules.proposed(CASE, ENGINEER, "Clear it.", patience=patience, now=NOW), []
    solution = case.solution
    while solution and solution.due_at < solution.closes_at:
        days.append((solution.due_at - NOW) // DAY)
        case = rules.warned(case, patience=patience, now=solution.due_at)
        solution = case.solution
    assert days == told
    assert solution is not None
    assert solution.closes_at == NOW + silent * DAY


def test_silence_never_closes_unannounced_however_late_one_looks():
    late = NOW + 6 * DAY
    assert SOLVED.solution is not None
    assert not rules.is_over(SOLVED.solution, now=late)
    warned = rules.warned(SOLVED, now=late).solution
    assert warned is not None
    assert (warned.closes_at, warned.due_at) == (late + 12 * HOUR, late + 12 * HOUR)
    assert rules.is_over(warned, now=late + 12 * HOUR)


def test_a_word_of_the_customer_begins_the_silence_anew():
    heard = rules.answered(SOLVED, now=NOW + DAY)
    assert heard.state is CaseState.SOLUTION_PROPOSED
    assert heard.solution is not None
    assert heard.solution.closes_at == NOW + DAY + SILENT_FOR


def test_an_open_escalation_puts_the_end_off_until_a_warning_can_be_given():
    late = NOW + 5 * DAY
    put_off = rules.postponed(SOLVED, now=late).solution
    assert put_off is not None
    assert (put_off.closes_at, put_off.due_at) == (late + 2 * DAY, late + DAY)


def test_without_a_solution_there_is_no_silence():
    for step in (rules.warned, rules.postponed, rules.heard_from):
        assert step(CASE, now=NOW).solution is None


STEPS = {
    "taken": lambda case: rules.taken(case, OTHER),
    "assigned": lambda case: rules.assigned(case, LEAD, MONA, WORKS),
    "asked": lambda case: rules.asked(case, OpenQuestion(text="?", asked_by=ELI, asked_at=NOW)),
    "waiting": lambda case: rules.waiting(case, ENGINEER, THIRD, now=NOW),
    "resumed": lambda case: rules.resumed(case, ENGINEER),
    "proposed": lambda case: rules.proposed(case, ENGINEER, "!", now=NOW),
    "answered": lambda case: rules.answered(case, now=NOW),
    "accepted": lambda case: rules.accepted(case, CUSTOMER, escalation_open=False, now=NOW),
    "rejected": lambda case: rules.rejected(case, CUSTOMER),
    "closed": lambda case: rules.closed(case, CUSTOMER, escalation_open=False, now=NOW),
    "reopened": lambda case: rules.reopened(case, CUSTOMER, within=DAY, now=NOW),
    "merged": lambda case: rules.merged(
        case, a_case(id=CaseId("CASE-9")), ENGINEER, escalation_open=False, now=NOW
    )[0],
}
HOLDS = {
    CaseState.WAITING_CUSTOMER: "question",
    CaseState.WAITING_THIRD_PARTY: "third_party",
    CaseState.SOLUTION_PROPOSED: "solution",
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_no_path_leaves_the_table_and_each_state_holds_what_it_waits_for(path):
    case = a_case()
    for name in path:
        try:
            after = STEPS[name](case)
        except (AlreadyInState, CaseIsClosed, Unreadable):
            continue
        if after.state is not case.state:
            ways = TRANSITIONS[case.state]
            through = {each for way in ways & rules.OPEN for each in TRANSITIONS[way]}
            assert after.state in ways | through
        case = after
        for state, field in HOLDS.items():
            if case.state in rules.OPEN:
                assert (getattr(case, field) is not None) == (case.state is state)


def present(case):
    return Present(case=case, escalation=None, table=SHIPPED)


def test_who_gives_a_case_away_tells_the_next_engineer_and_the_one_before():
    thread, *private = owed.assigned(CASE, EVA, before=ELI, by=LEA, note="Careful.", at=NOW)
    assert (thread.to, thread.fact) == (Thread(case=CASE.id), CaseTaken(engineer=EVA))
    assert [each.to for each in private] == [Person(user=ELI), Person(user=EVA)]
    assert {each.fact for each in private} == {CaseAssigned(by=LEA, engineer=EVA, note="Careful.")}
    assert len(owed.assigned(CASE, EVA, before=None, by=EVA, note="", at=NOW)) == 1


def test_the_engineer_hears_when_waiting_ends_if_it_still_waits():
    waits = rules.waiting(CASE, ENGINEER, THIRD, now=NOW)
    _, due = owed.waits(waits, THIRD, "They look at it.", by=EVA, at=NOW)
    assert (due.to, due.not_before) == (Person(user=ELI), THIRD.until)
    assert due.fact == ThirdPartyDue(whom=THIRD.whom, until=THIRD.until)
    assert timeliness(due, present(waits), now=THIRD.until) == Tell()
    for gone in (CASE, None):
        assert isinstance(timeliness(due, present(gone), now=THIRD.until), Drop)


def test_a_warning_is_dropped_once_somebody_answered():
    assert SOLVED.solution is not None
    warned = owed.silence(SOLVED, SOLVED.solution, at=NOW)
    assert isinstance(warned.fact, SilenceCloses)
    assert timeliness(warned, present(SOLVED), now=NOW) == Tell()
    for moved in (rules.rejected(SOLVED, CUSTOMER), rules.heard_from(SOLVED, now=NOW + DAY), None):
        assert isinstance(timeliness(warned, present(moved), now=NOW), Drop)


def test_whoever_is_to_answer_a_solution_is_named_in_it():
    assert SOLVED.solution is not None
    fact = owed.proposed(SOLVED, SOLVED.solution).fact
    assert isinstance(fact, SolutionProposed)
    assert fact.contact == ANA
