"""Cases as a file lists them, and as they leave."""

import pytest

from policy import exports
from policy.cases import CaseState, Severity
from policy.comments import Visibility
from policy.exports import CaseRecord
from policy.imports import read, unknown
from tests.support.builders import (
    ANA,
    CLEO,
    ELI,
    HELP,
    a_case,
    a_comment,
    an_account,
    an_entry,
    an_escalation,
    utc,
)

HEADING = "reference,account,title,description,severity,requester,opened_at"
GOOD = f"A-1,Acme,Login is down,Nobody can sign in.,s2,{ANA},2025-05-01T10:00+02:00"


def a_file(*lines, more=""):
    return "\n".join((HEADING + more, *lines))


def the_case(*lines, more=""):
    found, problems = read(a_file(*lines, more=more))
    assert problems == ()
    return found[0].case(an_account())


def test_a_line_is_a_case_as_old_as_it_says():
    case = the_case(GOOD)
    assert (case.severity, case.opened_at) == (Severity.S2, utc("2025-05-01T08:00Z"))
    assert (case.state, case.engineer, case.contact) == (CaseState.NEW, None, ANA)
    assert (case.account_name, case.tier, case.channel) == ("Acme", "Gold", HELP)


def test_what_may_stand_there_besides_counts():
    more = ",contact,engineer,state,closed_at,channel,component"
    case = the_case(f"{GOOD},{CLEO},{ELI},closed,2025-05-02T08:00Z,C0OTHER,Login", more=more)
    assert (case.contact, case.engineer, case.channel) == (CLEO, ELI, "C0OTHER")
    assert (case.state, case.closed_at) == (CaseState.CLOSED, utc("2025-05-02T08:00Z"))
    assert case.component == "Login"
    taken = the_case(f"{GOOD},,{ELI},,,,", more=more)
    assert (taken.state, taken.closed_at) == (CaseState.IN_PROGRESS, None)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("A-1", "", "reference: write 1 to 64 characters"),
        ("Login is down", "Hi", "title: write 5 to 120 characters"),
        ("s2", "high", "severity: write S1, S2, S3 or S4"),
        (ANA, "ana", "requester: “ana” is no id"),
        ("+02:00", "", "opened_at: write a moment with its zone, such as 2025-06-02T08:00Z"),
        ("2025-05-01T10:00+02:00", "May", "opened_at: write a moment with its zone"),
        (",Acme", "", "has 6 columns instead of 7"),
    ],
)
def test_every_problem_is_told_by_its_line(was, becomes, told):
    found, problems = read(a_file(GOOD.replace("A-1", "A-0"), "", GOOD.replace(was, becomes)))
    assert len(found) == 1
    assert any(each.line == 4 and each.message.startswith(told) for each in problems)


def test_a_state_that_needs_more_than_a_name_is_no_state_to_import():
    more = ",state,closed_at"
    _, problems = read(a_file(f"{GOOD},waiting_customer,", f"B{GOOD},closed,soon", more=more))
    assert [each.message.partition(":")[0] for each in problems] == ["state", "closed_at"]


def test_cells_over_several_lines_keep_the_numbers_right():
    long = GOOD.replace("Nobody can sign in.", '"Nobody\ncan sign in."')
    _, problems = read(a_file(long, GOOD))
    assert [(each.line, each.message) for each in problems] == [
        (4, "reference: the same as in line 2")
    ]


@pytest.mark.parametrize("heading", ["", "reference,title", HEADING + ",colour"])
def test_a_file_without_its_columns_says_which_there_are(heading):
    (problem,) = read(f"{heading}\n{GOOD}")[1]
    assert problem.line == 1
    assert "opened_at" in problem.message


def test_an_account_that_is_not_known_is_told():
    lines, _ = read(a_file(GOOD, GOOD.replace("A-1,Acme", "A-2,Globex")))
    (problem,) = unknown(lines, {"acme": an_account()})
    assert (problem.line, "Globex" in problem.message) == (3, True)


NOTE = a_comment(visibility=Visibility.INTERNAL, text="Their password is swordfish.")
RECORD = CaseRecord(
    case=a_case(),
    comments=(a_comment(), NOTE),
    escalations=(an_escalation(),),
    history=(an_entry("cases.opened"),),
)


def test_what_a_customer_may_read_is_what_was_said_in_public():
    assert exports.public(RECORD) == CaseRecord(case=a_case(), comments=(a_comment(),))


@pytest.mark.parametrize("text", ["=1+1", "+49", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(text):
    said = exports.line(CaseRecord(case=a_case(title=text)))
    assert said["title"] == f"'{text}"
    assert (said["severity"], said["closed_at"], said["history"]) == ("S3", "", "")


def test_a_line_says_whether_the_history_verifies():
    assert exports.line(RECORD)["history"] == "verifies"
    forged = CaseRecord(case=a_case(), history=(an_entry("x"), an_entry("y")))
    assert exports.line(forged)["history"] == "broken at 2"
