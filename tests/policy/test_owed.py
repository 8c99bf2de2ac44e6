"""Who is owed which notice, and the key that makes it once."""

from datetime import timedelta

import pytest

from policy.cases import NextStep, Severity
from policy.comments import CommentKind
from policy.crossings import crossing
from policy.notices import (
    Administrators,
    Channel,
    CrossedTogether,
    Duty,
    EscalationAcknowledged,
    EscalationThread,
    Missing,
    NextStepDue,
    Person,
    SetupMissing,
    Thread,
)
from policy.owed import accounts, cases, comments, crossings, escalations, notice, severities
from policy.settings import WorkspaceSettings
from policy.thresholds import SHIPPED
from tests.support.builders import (
    ANA,
    CLEO,
    HELP,
    LEA,
    MONA,
    MORNING,
    OTTO,
    WORKSPACE,
    a_case,
    a_comment,
    a_severity_request,
    an_account,
    an_escalation,
    an_escalation_request,
    workspace_settings,
)

CASE = a_case(severity=Severity.S2)
SETTINGS = workspace_settings()
CROSSING = crossing(CASE, SHIPPED)
SECRET = an_escalation(request=an_escalation_request(confidential=True))
OWNED = an_escalation(owner=MONA, acknowledged_at=MORNING, contact_due_at=MORNING)


@pytest.mark.parametrize(
    ("owed", "key", "to"),
    [
        (
            comments.commented(CASE, a_comment(kind=CommentKind.CHASE), counts=False),
            "comments.added:comment-1:thread",
            Thread(case=CASE.id),
        ),
        (cases.taken(CASE, MONA, at=MORNING), "cases.taken:CASE-1.1:thread", Thread(case=CASE.id)),
        (
            cases.closed(CASE, ANA, SETTINGS, at=MORNING),
            "cases.closed:CASE-1.1:thread",
            Thread(case=CASE.id),
        ),
        (
            cases.reopened(CASE, ANA, at=MORNING),
            "cases.reopened:CASE-1.1:thread",
            Thread(case=CASE.id),
        ),
        (
            severities.decided(CASE, a_severity_request(), available_at=MORNING),
            "severities.decided:request-1:thread",
            Thread(case=CASE.id),
        ),
        (
            crossings.crossed(CROSSING, at=MORNING),
            "crossings.announced:CASE-1.1:thread",
            Thread(case=CASE.id),
        ),
        (
            crossings.crossed_for_duty(CROSSING, at=MORNING),
            "crossings.announced:CASE-1.1:duty",
            Duty(),
        ),
        (
            crossings.reminder(CASE, ANA, available_at=MORNING, at=MORNING),
            "crossings.reminder:CASE-1.1:UANA",
            Person(user=ANA),
        ),
        (
            crossings.next_step_reminder(CASE, ANA, due_at=MORNING, at=MORNING),
            "guidance.next_step:CASE-1.2025-06-02T08:00:00+00:00:UANA",
            Person(user=ANA),
        ),
        (
            accounts.tier_unknown(an_account(), at=MORNING),
            "accounts.tier_unknown:acme.Gold:administrators",
            Administrators(),
        ),
        (
            accounts.account_missing(CASE, ANA, at=MORNING),
            "accounts.missing:UANA:administrators",
            Administrators(),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_notice_has_its_key_and_its_place(owed, key, to):
    assert (owed.key, owed.to, owed.workspace) == (key, to, WORKSPACE)


def test_a_notice_is_as_urgent_as_its_case_and_administrators_can_wait():
    assert cases.taken(CASE, MONA, at=MORNING).urgency == 2
    assert crossings.crossed(CROSSING, at=MORNING).urgency == 2
    assert accounts.tier_unknown(an_account(), at=MORNING).urgency == notice.CAN_WAIT
    assert accounts.account_missing(CASE, ANA, at=MORNING).urgency == notice.CAN_WAIT


@pytest.mark.parametrize(
    ("severity", "hours"),
    [(Severity.S1, 1), (Severity.S2, 8), (Severity.S3, 8), (Severity.S4, 8)],
)
def test_a_severity_request_reaches_the_duty_channel_after_its_wait(severity, hours):
    thread, duty = severities.requested(CASE, a_severity_request(severity=severity))
    assert (thread.to, thread.not_before) == (Thread(case=CASE.id), None)
    assert (duty.to, duty.not_before) == (Duty(), MORNING + timedelta(hours=hours))
    assert thread.key != duty.key


def test_a_digest_keeps_its_members_and_has_a_key_of_theirs():
    other = crossing(a_case(id="CASE-2", severity=Severity.S1), SHIPPED)
    to = Channel(channel=HELP)
    digest = crossings.crossed_together((CROSSING, other), to, at=MORNING)
    same = crossings.crossed_together((CROSSING, other), to, at=MORNING)
    for_duty = crossings.crossed_together((CROSSING, other), Duty(), at=MORNING)
    fewer = crossings.crossed_together((CROSSING,), to, at=MORNING)
    assert digest.fact == CrossedTogether(crossings=(CROSSING, other))
    assert (digest.case, digest.urgency) == (None, 1)
    assert digest == same
    assert len({digest.key, for_duty.key, fewer.key}) == 3


def test_the_next_step_is_told_in_its_words():
    case = a_case(next_step=NextStep(text="Patch 4.2", due_at=MORNING))
    owed = crossings.next_step_reminder(case, ANA, due_at=MORNING, at=MORNING)
    assert owed.fact == NextStepDue(user=ANA, step="Patch 4.2", due_at=MORNING)
    assert owed.not_before == MORNING


@pytest.mark.parametrize(
    ("escalation", "told", "settings", "places"),
    [
        (
            an_escalation(),
            (MONA, OTTO),
            SETTINGS,
            [Person(user=MONA), Person(user=OTTO), Thread(case=CASE.id)],
        ),
        (SECRET, (LEA,), SETTINGS, [Person(user=LEA)]),
        (an_escalation(), (), SETTINGS, [Thread(case=CASE.id), Missing.DUTY]),
        (SECRET, (), SETTINGS, [Missing.LEADS]),
        (
            an_escalation(),
            (MONA,),
            WorkspaceSettings(workspace=WORKSPACE),
            [Person(user=MONA), Thread(case=CASE.id), Missing.DUTY_CHANNEL],
        ),
        (SECRET, (LEA,), WorkspaceSettings(workspace=WORKSPACE), [Person(user=LEA)]),
    ],
)
def test_an_escalation_is_told_to_whom_it_concerns(escalation, told, settings, places):
    found = escalations.escalated(CASE, escalation, told=told, settings=settings)
    assert [
        each.fact.missing if isinstance(each.fact, SetupMissing) else each.to for each in found
    ] == places
    assert len({each.key for each in found}) == len(found)


def test_what_is_missing_for_an_escalation_is_urgent_and_names_no_confidential_case():
    (open_one,) = escalations.escalated(CASE, an_escalation(), told=(), settings=SETTINGS)[1:]
    (secret,) = escalations.escalated(CASE, SECRET, told=(), settings=SETTINGS)
    assert (open_one.urgency, open_one.case) == (1, CASE.id)
    assert (secret.urgency, secret.case) == (1, None)


@pytest.mark.parametrize(
    ("escalation", "places"),
    [(OWNED, [Person(user=ANA), Thread(case=CASE.id)]), (SECRET, [Person(user=ANA)])],
)
def test_who_answers_is_told_to_the_requester_and_unless_confidential_to_all(escalation, places):
    found = escalations.acknowledged(CASE, escalation, MONA)
    assert [each.to for each in found] == places
    told = EscalationAcknowledged(
        escalation=escalation.id, owner=MONA, contact_due_at=escalation.contact_due_at
    )
    assert {each.fact for each in found} == {told}


@pytest.mark.parametrize(
    ("escalation", "author", "places"),
    [
        (an_escalation(), ANA, [EscalationThread(escalation=SECRET.id)]),
        (SECRET, ANA, [Person(user=LEA), Person(user=OTTO)]),
        (SECRET, LEA, [Person(user=OTTO)]),  # nobody is told their own words
        (an_escalation(request=SECRET.request, owner=OTTO), ANA, [Person(user=OTTO)]),
    ],
)
def test_a_statement_reaches_whoever_answers(escalation, author, places):
    comment = a_comment(author=author)
    found = escalations.stated(CASE, escalation, comment, leads=(OTTO, LEA))
    assert [each.to for each in found] == places
    assert len({each.key for each in found}) == len(found)


def test_another_version_of_the_clock_is_another_notice():
    moved = crossing(a_case(clock_version=2), SHIPPED)
    keys = {crossings.crossed(each, at=MORNING).key for each in (CROSSING, moved)}
    reminders = {
        crossings.reminder(each, CLEO, available_at=MORNING, at=MORNING).key
        for each in (CASE, a_case(clock_version=2))
    }
    assert len(keys) == len(reminders) == 2
