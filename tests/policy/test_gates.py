"""The gates before the interview, in their order, and the refusals they become."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policy.cases import CaseState, OpenQuestion, Severity
from policy.comments import Conversation
from policy.escalations import EscalationState
from policy.guidance import gates
from policy.guidance.gates import Record, Reply, gate, refusal
from policy.guidance.outcomes import Comment
from policy.guidance.walk import Answer, facts, walked
from policy.ids import AnswerId, CaseId, ChannelId, UserId
from policy.refusals import (
    CaseIsClosed,
    EscalationAlreadyOpen,
    NoSuchCase,
    NotAvailableYet,
    NotYours,
    QuestionIsOpen,
    RightIsUsed,
)
from policy.roles import Role, Side
from policy.settings import WhoMayEscalate, WorkspaceSettings
from policy.thresholds import SHIPPED, TITANIUM
from tests.support.builders import WORKSPACE, a_case, a_standing, an_escalation, utc

OPENED = utc("2025-06-02T08:00:00Z")
LATE = OPENED + timedelta(days=9)
EARLY = OPENED + timedelta(hours=1)
QUESTION = OpenQuestion(text="Which version?", asked_by=UserId("UELI"), asked_at=OPENED)
SETTINGS = WorkspaceSettings(workspace=WORKSPACE, urgent_contact="Call +49 89 1234")
ANA = a_standing("UANA")
BEN = a_standing("UBEN", accounts=frozenset({"acme"}))
STRANGER = a_standing("UCARLA", accounts=frozenset({"globex"}))
MONA = a_standing("UMONA", Role.DUTY_MANAGER)


def a_record(*, escalation=None, last_side=None, settings=SETTINGS, **case):
    return Record(
        case=a_case(requester=UserId("UANA"), account="acme", opened_at=OPENED, **case),
        said=Conversation(last_side=last_side),
        escalation=escalation,
        table=SHIPPED,
        settings=settings,
    )


WAITING = {"state": CaseState.WAITING_CUSTOMER, "question": QUESTION, "last_side": Side.SUPPORT}
BY_ACCOUNT = replace(SETTINGS, who_may_escalate=WhoMayEscalate.ACCOUNT)


@pytest.mark.parametrize(
    ("record", "who", "now", "expected"),
    [
        (a_record(), ANA, LATE, None),
        (a_record(), STRANGER, LATE, gates.NotVisible),
        (a_record(state=CaseState.CLOSED, closed_at=EARLY), ANA, LATE, gates.Closed),
        (a_record(state=CaseState.MERGED), ANA, LATE, gates.Closed),
        (a_record(escalation=an_escalation()), ANA, LATE, gates.AlreadyOpen),
        (a_record(escalation=an_escalation()), ANA, EARLY, gates.AlreadyOpen),
        (
            a_record(escalation=an_escalation(state=EscalationState.CLOSED)),
            ANA,
            LATE,
            gates.RightUsed,
        ),
        (
            a_record(escalation=an_escalation(state=EscalationState.DECLINED)),
            BEN,
            LATE,
            gates.RightUsed,
        ),
        (a_record(), BEN, LATE, gates.NotForYou),
        (a_record(), MONA, LATE, gates.NotForYou),
        (a_record(settings=BY_ACCOUNT), BEN, LATE, None),
        (a_record(settings=BY_ACCOUNT), MONA, LATE, gates.NotForYou),
        (a_record(), ANA, EARLY, gates.NotYet),
        (a_record(**WAITING), ANA, EARLY, gates.NotYet),
        (a_record(**WAITING), ANA, LATE, gates.WaitingForYou),
        (a_record(**{**WAITING, "last_side": Side.CUSTOMER}), ANA, LATE, None),
    ],
)
def test_the_first_gate_that_is_shut_decides(record, who, now, expected):
    found = gate(record, who, now=now)
    assert found is None if expected is None else isinstance(found, expected)


@pytest.mark.parametrize(
    ("reply", "shut"),
    [
        (None, True),
        (Reply.ANSWER, True),  # an answer is a comment; the escalation waits for it
        (Reply.ALREADY_ANSWERED, False),
        (Reply.CANNOT_ANSWER, False),
    ],
)
def test_our_open_question_stops_only_those_who_have_not_replied(reply, shut):
    found = gate(a_record(**WAITING), ANA, reply=reply, now=LATE)
    assert (found is not None) is shut


@pytest.mark.parametrize(("days", "expected"), [(14, OPENED + timedelta(days=14)), (15, None)])
def test_a_closed_case_can_be_reopened_for_fourteen_days(days, expected):
    record = a_record(state=CaseState.CLOSED, closed_at=OPENED)
    found = gate(record, ANA, now=OPENED + timedelta(days=days))
    assert isinstance(found, gates.Closed)
    assert found.reopenable_until == expected


def test_a_merged_case_names_its_survivor():
    record = a_record(state=CaseState.MERGED, merged_into="CASE-9", closed_at=OPENED)
    found = gate(record, ANA, now=EARLY)
    assert found == gates.Closed(reopenable_until=None, survivor=CaseId("CASE-9"))


def test_a_gate_of_time_explains_itself_and_names_the_urgent_contact():
    record = a_record(severity=Severity.S1, tier=TITANIUM)
    found = gate(record, ANA, now=EARLY)
    assert isinstance(found, gates.NotYet)
    assert found.explanation.available_at == OPENED + timedelta(hours=4)
    assert found.urgent_contact == "Call +49 89 1234"


@pytest.mark.parametrize(
    ("record", "who", "now", "expected"),
    [
        (a_record(), STRANGER, LATE, NoSuchCase),
        (a_record(state=CaseState.CLOSED, closed_at=EARLY), ANA, LATE, CaseIsClosed),
        (a_record(escalation=an_escalation()), ANA, LATE, EscalationAlreadyOpen),
        (a_record(escalation=an_escalation(state=EscalationState.CLOSED)), ANA, LATE, RightIsUsed),
        (a_record(), ANA, EARLY, NotAvailableYet),
        (a_record(**WAITING), ANA, LATE, QuestionIsOpen),
        (a_record(), BEN, LATE, NotYours),
    ],
)
def test_inside_the_transaction_each_gate_is_a_refusal(record, who, now, expected):
    found = gate(record, who, now=now)
    assert found is not None
    assert isinstance(refusal(found, record.case), expected)


def test_the_record_decides_which_facts_the_interview_sees():
    record = a_record()
    assert facts(record, now=LATE).chases_needed == SETTINGS.chases_needed
    assert not facts(record, now=LATE).is_next_step_ahead


def test_the_walk_knows_whether_escalating_is_available():
    answers = tuple(Answer(choice=AnswerId(word)) for word in ("this", "blocked", "none"))
    assert isinstance(walked(answers, a_record(), now=EARLY), Comment)
    assert not isinstance(walked(answers, a_record(), now=LATE), Comment)


def test_a_channel_alone_makes_nobody_a_requester():
    here = replace(STRANGER, actor=replace(STRANGER.actor, here=ChannelId("CACME")))
    assert isinstance(gate(a_record(), here, now=LATE), gates.NotVisible)
