"""Each form reads what it asks for, and names the field that does not do (product, 5)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handlers.forms import accounts, cases, comments, escalations, guidance, settings, severities
from policy.cases import CaseRequest, NextStep, Patience, Severity
from policy.comments import Visibility
from policy.escalations import EscalationRequest, Reach, Reason, Workaround
from policy.guidance.walk import Answer
from policy.ids import AccountId, AnswerId, UserId
from policy.refusals import Amiss
from policy.settings import WhoMayEscalate
from tests.handlers.filled import at, channel, chosen, filled, people, person, said, ticks
from tests.support.builders import ANA, CLEO, workspace_settings

MOMENT = datetime(2025, 6, 2, 8, tzinfo=UTC)
EPOCH = int(MOMENT.timestamp())

CASE = {
    "account": chosen("acme"),
    "title": said("  Login   is down "),
    "description": said("Nobody can sign in since this morning."),
    "severity": chosen("S3"),
    "impact": said(None),
    "component": said("Portal"),
    "environment": said(None),
    "contact": person(CLEO),
}
URGENT = CASE | {
    "severity": chosen("S1"),
    "impact": said("Orders are lost."),
    "production_down": chosen("yes"),
    "has_workaround": chosen("no"),
}
ESCALATION = {
    "reason": chosen("blocked"),
    "impact": said("Nobody can sign in, and orders are lost."),
    "changed": said(None),
    "wanted": said("A plan with dates."),
    "critical_at": at(None),
    "critical_meaning": said(None),
    "workaround": chosen("none"),
    "workaround_why": said(None),
    "users_affected": said(None),
    "contact": person(ANA),
    "alternate": person(None),
    "reach": chosen("thread"),
    "phone": said(None),
    "severity": chosen(None),
    "followers": people(),
    "confidential": ticks(),
    "right": ticks("yes"),
}
COMMENT = {
    "text": said("Any news?"),
    "visibility": chosen("public"),
    "question": ticks(),
    "next_step": said(None),
    "next_step_at": at(None),
}
SETTINGS = {
    "duty_channel": channel("CDUTY"),
    "default_tier": said("Gold"),
    "urgent_contact": said("Call 112"),
    "who_may_escalate": chosen("account"),
    "shows_targets": ticks("yes"),
    "chases_needed": said("3"),
    "reopenable_days": said("7"),
    "silent_days": said("10"),
    "warned_days": said("4"),
    "duty_managers": people("UMONA"),
    "duty_managers_groups": ticks("S0DUTY", "S0NIGHT"),
    "engineers": people(),
    "engineers_groups": ticks("S0ENG"),
    "leads": people("ULEA"),
    "leads_groups": ticks(),
    "administrators": people("UADA"),
    "administrators_groups": ticks(),
}


NUMBERS = ("chases_needed", "reopenable_days", "silent_days", "warned_days")


def test_open_case_is_read():
    assert cases.read(filled(**CASE)) == CaseRequest(
        account=AccountId("acme"),
        title="Login is down",
        description="Nobody can sign in since this morning.",
        severity=Severity.S3,
        component="Portal",
        contact=CLEO,
    )


def test_an_s1_is_read_with_its_answers_and_the_tick_that_insists():
    request = cases.read(filled(**URGENT, insist__doubted=ticks("yes")))
    assert request.production_down is True
    assert request.has_workaround is False
    assert request.business_impact == "Orders are lost."
    assert request.despite_warning


def test_whoever_belongs_nowhere_yet_opens_a_case_without_an_account():
    assert cases.read(filled(**CASE | {"account": chosen(None)})).account is None


def test_an_escalation_is_read():
    assert escalations.read(filled(**ESCALATION)) == EscalationRequest(
        reason=Reason.BLOCKED,
        impact="Nobody can sign in, and orders are lost.",
        wanted="A plan with dates.",
        contact=ANA,
    )


def test_an_escalation_is_read_with_all_that_can_be_said():
    full = ESCALATION | {
        "changed": said("The workaround stopped working."),
        "critical_at": at(EPOCH),
        "critical_meaning": said("The payroll is due."),
        "workaround": chosen("impractical"),
        "workaround_why": said("By hand, for 900 people."),
        "users_affected": said("900"),
        "alternate": person(CLEO),
        "reach": chosen("call"),
        "phone": said("+49 (30) 123-456.7"),
        "severity": chosen("S1"),
        "followers": people("U1", "U2"),
        "confidential": ticks("yes"),
    }
    assert escalations.read(filled(**full)) == EscalationRequest(
        reason=Reason.BLOCKED,
        impact="Nobody can sign in, and orders are lost.",
        changed="The workaround stopped working.",
        wanted="A plan with dates.",
        critical_at=MOMENT,
        critical_meaning="The payroll is due.",
        workaround=Workaround.IMPRACTICAL,
        workaround_why="By hand, for 900 people.",
        users_affected=900,
        contact=ANA,
        alternate=CLEO,
        reach=Reach.CALL,
        phone="49301234567",
        severity=Severity.S1,
        followers=(UserId("U1"), UserId("U2")),
        confidential=True,
    )


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, comments.Typed(text="Any news?")),
        (
            {"question": ticks("yes"), "next_step": said("A patch"), "next_step_at": at(EPOCH)},
            comments.Typed(
                text="Any news?",
                is_question=True,
                next_step=NextStep(text="A patch", due_at=MOMENT),
            ),
        ),
        (
            {"visibility": chosen("internal")},
            comments.Typed(text="Any news?", visibility=Visibility.INTERNAL),
        ),
    ],
)
def test_a_comment_is_read(more, expected):
    assert comments.read(filled(**COMMENT | more)) == expected


def test_a_severity_request_and_its_refusal_are_read():
    why = "The nightly import fails as well now."
    view = filled(severity=chosen("S2"), why=said(why), since=said("Monday"))
    assert severities.read(view) == severities.Typed(severity=Severity.S2, why=why, since="Monday")
    assert severities.refusal(filled(reason=said(why))) == why


def test_what_is_answered_to_the_guidance_is_read():
    view = filled(answer__Q3=chosen("elsewhere"), text__Q3=said("By phone"))
    assert guidance.answer(view) == Answer(choice=AnswerId("elsewhere"), text="By phone")
    assert guidance.comment(filled(text=said("Hello"))) == "Hello"
    assert guidance.override(filled(override=said("x" * 20))) == "x" * 20
    assert guidance.case(filled(case=chosen("CASE-2"))) == "CASE-2"
    assert escalations.statement(filled(text=said("More"))) == "More"


def test_an_account_is_read():
    view = filled(account=said(" Acme  Bank "), tier=said("Titanium"))
    assert accounts.read(view) == ("Acme Bank", "Titanium")


def test_settings_are_read_over_those_before():
    before = workspace_settings(version=7)
    after = settings.read(filled(**SETTINGS), before)
    assert after.version == 7
    assert after.duty_channel == "CDUTY"
    assert after.duty_managers == ("UMONA", "S0DUTY", "S0NIGHT")
    assert after.engineers == ("S0ENG",)
    assert after.who_may_escalate is WhoMayEscalate.ACCOUNT
    assert after.shows_targets
    assert after.chases_needed == 3
    assert after.reopenable_for == timedelta(days=7)
    assert after.urgent_contact == "Call 112"
    assert after.patience == Patience(silent_for=timedelta(days=10), warned_for=timedelta(days=4))


def test_numbers_left_empty_stay_as_they_were():
    before = workspace_settings(chases_needed=4)
    empty = SETTINGS | {name: said(None) for name in NUMBERS}
    after = settings.read(filled(**empty), before)
    assert (after.chases_needed, after.reopenable_for) == (4, before.reopenable_for)
    assert after.patience == before.patience


def read_settings(view: Any) -> Any:
    return settings.read(view, workspace_settings())


SHORT = {"why": said("short"), "severity": chosen("S2"), "since": said(None)}


@pytest.mark.parametrize(
    ("read", "form", "changed", "fields"),
    [
        (cases.read, CASE, {"title": said("Hi")}, {"title"}),
        (cases.read, CASE, {"title": said("x" * 121)}, {"title"}),
        (cases.read, CASE, {"description": said("Too short")}, {"description"}),
        (cases.read, CASE, {"severity": chosen(None)}, {"severity"}),
        (cases.read, CASE, {"severity": chosen("S2")}, {"impact"}),
        (cases.read, CASE, {"impact": said("short")}, {"impact"}),
        (cases.read, URGENT, {"production_down": chosen(None)}, {"production_down"}),
        (cases.read, URGENT, {"has_workaround": chosen(None)}, {"has_workaround"}),
        (cases.read, CASE, {"title": said(None), "description": said(None)}, {"title", "description"}),
        (comments.read, COMMENT, {"text": said("\u200b")}, {"text"}),
        (comments.read, COMMENT, {"text": said("x" * 3001)}, {"text"}),
        (comments.read, COMMENT, {"next_step": said("A patch")}, {"next_step_at"}),
        (comments.read, COMMENT, {"next_step_at": at(EPOCH)}, {"next_step"}),
        (
            comments.read,
            COMMENT,
            {"question": ticks("yes"), "visibility": chosen("internal")},
            {"question"},
        ),
        (severities.read, SHORT, {}, {"why"}),
        (severities.refusal, {}, {"reason": said("no")}, {"reason"}),
        (guidance.answer, {}, {"answer": chosen(None)}, {"answer"}),
        (guidance.answer, {}, {"answer": chosen("a"), "text": said("x" * 301)}, {"text"}),
        (guidance.comment, {}, {"text": said(None)}, {"text"}),
        (guidance.override, {}, {"override": said("x" * 19)}, {"override"}),
        (guidance.override, {}, {"override": said("x" * 501)}, {"override"}),
        (guidance.case, {}, {"case": chosen(None)}, {"case"}),
        (escalations.statement, {}, {"text": said(None)}, {"text"}),
        (escalations.read, ESCALATION, {"reason": chosen(None)}, {"reason"}),
        (escalations.read, ESCALATION, {"impact": said("x" * 29)}, {"impact"}),
        (escalations.read, ESCALATION, {"impact": said("x " * 30)}, {"impact"}),
        (escalations.read, ESCALATION, {"changed": said("short")}, {"changed"}),
        (escalations.read, ESCALATION, {"wanted": said("help")}, {"wanted"}),
        (escalations.read, ESCALATION, {"critical_at": at(EPOCH)}, {"critical_meaning"}),
        (escalations.read, ESCALATION, {"critical_meaning": said("Payroll")}, {"critical_at"}),
        (escalations.read, ESCALATION, {"workaround": chosen("impractical")}, {"workaround_why"}),
        (escalations.read, ESCALATION, {"users_affected": said("many")}, {"users_affected"}),
        (escalations.read, ESCALATION, {"contact": person(None)}, {"contact"}),
        (escalations.read, ESCALATION, {"reach": chosen("call")}, {"phone"}),
        (escalations.read, ESCALATION, {"phone": said("123456")}, {"phone"}),
        (escalations.read, ESCALATION, {"phone": said("1234567890123456")}, {"phone"}),
        (escalations.read, ESCALATION, {"phone": said("call me 1234567")}, {"phone"}),
        (escalations.read, ESCALATION, {"followers": people(*"abcdefghijk")}, {"followers"}),
        (escalations.read, ESCALATION, {"right": ticks()}, {"right"}),
        (accounts.read, {}, {"account": said("A"), "tier": said(None)}, {"account", "tier"}),
        (read_settings, SETTINGS, {"administrators": people()}, {"administrators"}),
        (read_settings, SETTINGS, {"chases_needed": said("0")}, {"chases_needed"}),
        (read_settings, SETTINGS, {"silent_days": said("1")}, {"silent_days"}),
        (read_settings, SETTINGS, {"warned_days": said("10")}, {"warned_days"}),
        (read_settings, SETTINGS, {"default_tier": said(None)}, {"default_tier"}),
    ],
)  # fmt: skip
def test_what_does_not_do_is_told_under_its_field(read, form, changed, fields):
    with pytest.raises(Amiss) as caught:
        read(filled(**form | changed))
    assert set(caught.value.messages) == fields
