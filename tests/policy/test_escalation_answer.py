"""The first answer, what may be said against it, and what becomes of the right."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policy import escalations as rules
from policy.cases import CaseState, Severity
from policy.escalations import (
    AskSeverity,
    Contest,
    EscalationState,
    Event,
    OpenCase,
    RedirectTarget,
    Reinstatement,
    SayOnCase,
    errand,
)
from policy.hours import DutyHours
from policy.ids import AccountId, CaseId, EscalationId
from policy.refusals import (
    CaseIsClosed,
    ContestedAlready,
    NotYours,
    OwnCase,
    ReinstatedAlready,
    RightIsUnused,
    Stale,
    Unreadable,
)
from policy.roles import Role
from policy.thresholds import GOLD
from tests.policy.escalating import CASE, NOW, PEOPLE, REQUEST, WHY, H, at, do
from tests.support.builders import ANA, ELI, LEA, a_case, a_standing, utc

LEA_ = PEOPLE["lea"]
OTHER = a_case(id=CaseId("CASE-2"))
FRIDAY_EVENING = utc("2025-06-06T16:00Z")
BERLIN = DutyHours(zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("target", "facts", "expected"),
    [
        ("comment", {}, SayOnCase),
        ("other_case", {"other": OTHER}, SayOnCase),
        ("severity_request", {"severity": Severity.S2}, AskSeverity),
        ("new_case", {}, OpenCase),
    ],
)
def test_a_redirect_restores_the_right_and_is_carried_out(target, facts, expected):
    found = do(
        Event.REDIRECT, at("requested"), PEOPLE["mona"], target=RedirectTarget(target), **facts
    )
    assert found.redirection.target == target
    assert not found.holds_right
    todo = errand(found, CASE)
    assert isinstance(todo, expected)
    said = {
        SayOnCase: lambda: (todo.case, todo.text),
        AskSeverity: lambda: (todo.severity, todo.why),
        OpenCase: lambda: (todo.request.account, todo.request.description),
    }[expected]()
    wanted = {
        "comment": (CASE.id, f"{REQUEST.impact}\n\n{REQUEST.wanted}"),
        "other_case": (OTHER.id, f"{REQUEST.impact}\n\n{REQUEST.wanted}"),
        "severity_request": (Severity.S2, REQUEST.impact),
        "new_case": (CASE.account, f"{REQUEST.impact}\n\n{REQUEST.wanted}"),
    }[target]
    assert said == wanted


@pytest.mark.parametrize(
    ("target", "facts", "field"),
    [
        ("other_case", {}, "case"),
        ("other_case", {"other": CASE}, "case"),
        ("other_case", {"other": replace(OTHER, account=AccountId("globex"))}, "case"),
        ("other_case", {"other": replace(OTHER, state=CaseState.CLOSED)}, "case"),
        ("severity_request", {}, "severity"),
        ("severity_request", {"severity": CASE.severity}, "severity"),
    ],
)
def test_a_redirect_names_where_to(target, facts, field):
    with pytest.raises(Unreadable) as refused:
        do(Event.REDIRECT, at("requested"), LEA_, target=RedirectTarget(target), **facts)
    assert refused.value.field == field


def test_what_is_confidential_is_carried_nowhere():
    secret = replace(REQUEST, confidential=True)
    found = do(Event.REDIRECT, at("requested", request=secret), LEA_)
    assert errand(found, CASE) is None
    assert errand(at("active"), CASE) is None


def test_a_decline_says_why_what_else_and_who_and_the_right_stays_used():
    found = do(Event.DECLINE, at("acknowledged"), LEA_)
    assert (found.state, found.holds_right) == (EscalationState.DECLINED, True)
    assert (found.decline.contact, found.decline.by, found.decline.at) == (ELI, LEA, NOW)


CONTESTS = [(Event.DISPUTE, "redirected"), (Event.APPEAL, "declined")]


@pytest.mark.parametrize(("event", "state"), CONTESTS)
def test_an_answer_is_contested_once(event, state):
    found = do(event, at(state), PEOPLE["ana"])
    assert (found.contest.by, found.contest.granted) == (ANA, None)
    with pytest.raises(ContestedAlready) as refused:
        do(event, found, PEOPLE["ana"])
    assert refused.value.at == NOW


@pytest.mark.parametrize(
    ("state", "granted", "holds"),
    [
        ("declined", True, False),
        ("declined", False, True),
        ("redirected", True, False),
        ("redirected", False, False),
    ],
)
def test_a_lead_settles_it_once_and_a_granted_appeal_restores_the_right(state, granted, holds):
    contest = Contest(why=WHY, by=ANA, at=NOW)
    found = do(Event.SETTLE, at(state, contest=contest), LEA_, granted=granted)
    assert (found.contest.granted, found.contest.settled_by) == (granted, LEA)
    assert found.holds_right is holds
    assert (found.reinstatement is not None) is (granted and state == "declined")
    assert found.version == 2
    with pytest.raises(Stale):
        do(Event.SETTLE, found, LEA_)
    with pytest.raises(Stale):
        do(Event.SETTLE, at(state), LEA_)


@pytest.mark.parametrize("state", ["closed", "declined"])
def test_a_right_is_reinstated_once_per_case(state):
    found = do(Event.REINSTATE, at(state), LEA_)
    assert (found.holds_right, found.state) == (False, state)
    assert found.reinstatement == Reinstatement(reason=WHY, by=LEA, at=NOW)
    for again, earlier in ((found, ()), (at(state), (found,))):
        with pytest.raises(ReinstatedAlready) as refused:
            do(Event.REINSTATE, again, LEA_, earlier=earlier)
        assert (refused.value.by, refused.value.at) == (LEA, NOW)
    assert not do(Event.REINSTATE, at(state), LEA_, earlier=(at("withdrawn"),)).holds_right


def test_a_right_that_was_not_used_is_not_reinstated():
    with pytest.raises(RightIsUnused):
        do(Event.REINSTATE, at("closed", uses_right=False, pulled=WHY), LEA_)


def test_an_appeal_is_not_granted_against_once_per_case():
    reinstated = do(Event.REINSTATE, at("closed"), LEA_)
    found = at("declined", contest=Contest(why=WHY, by=ANA, at=NOW))
    with pytest.raises(ReinstatedAlready):
        do(Event.SETTLE, found, LEA_, granted=True, earlier=(reinstated,))


def pull(by, case=CASE, reason=WHY):
    return rules.pulled(case, reason=reason, id=EscalationId("E2"), by=by, now=NOW)


def test_a_pull_is_owned_at_once_and_does_not_use_the_right():
    found = pull(PEOPLE["petra"])
    assert (found.state, found.owner, found.holds_right) == ("acknowledged", "UPETRA", False)
    assert (found.pulled, found.contact_due_at) == (WHY, NOW + H)
    assert not rules.may(
        Event.AGREE, replace(found, state=EscalationState.ACTIVE), CASE, PEOPLE["petra"]
    )
    assert rules.may(
        Event.AGREE, replace(found, state=EscalationState.ACTIVE), CASE, PEOPLE["ana"]
    )


@pytest.mark.parametrize(
    ("by", "case", "reason", "refusal"),
    [
        (PEOPLE["ana"], CASE, WHY, NotYours),
        (PEOPLE["ada"], CASE, WHY, NotYours),
        (a_standing(ELI, Role.LEAD), CASE, WHY, OwnCase),
        (PEOPLE["lea"], a_case(state=CaseState.CLOSED), WHY, CaseIsClosed),
        (PEOPLE["lea"], CASE, "Why not?", Unreadable),
    ],
)
def test_a_pull_is_refused_with_its_reason(by, case, reason, refusal):
    with pytest.raises(refusal):
        pull(by, case, reason)


def test_a_granted_dispute_may_be_taken_up_in_the_requesters_words():
    secret = replace(REQUEST, confidential=True)
    found = rules.taken_up(CASE, REQUEST, reason=WHY, id=EscalationId("E2"), by=LEA_, now=NOW)
    assert (found.request, found.owner) == (REQUEST, LEA)
    with pytest.raises(NotYours):
        rules.taken_up(CASE, secret, reason=WHY, id=EscalationId("E2"), by=PEOPLE["mona"], now=NOW)


def test_what_is_returned_waits_for_duty_anew():
    found = do(Event.RETURN, at("active", contacted_at=NOW, next_update_due_at=NOW), None)
    assert (found.state, found.owner, found.owned_at) == ("requested", None, None)
    assert found.acknowledge_due_at == NOW + timedelta(minutes=30)
    assert (found.contacted_at, found.next_update_due_at) == (None, None)
    assert do(Event.ACKNOWLEDGE, found, PEOPLE["petra"]).owner == "UPETRA"


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        ("S1", "2025-06-06T16:30Z"),
        ("S2", "2025-06-06T17:00Z"),
        ("S3", "2025-06-09T11:00Z"),  # Monday, four duty hours after nine
        ("S4", "2025-06-09T15:00Z"),
    ],
)
def test_the_clock_of_s3_and_s4_runs_in_duty_hours(severity, due):
    case = a_case(severity=Severity(severity), tier=GOLD)
    found = rules.submitted(
        case, REQUEST, id=EscalationId("E1"), by=PEOPLE["ana"], hours=BERLIN, now=FRIDAY_EVENING
    )
    assert found.acknowledge_due_at == utc(due)
    again = do(Event.RETURN, at("active"), None, case, hours=BERLIN, now=FRIDAY_EVENING)
    assert again.acknowledge_due_at == utc(due)


def test_a_submitter_withdraws_what_nobody_has_answered():
    found = do(Event.WITHDRAW, at("requested"), PEOPLE["ana"])
    assert (found.state, found.holds_right) == ("withdrawn", False)
