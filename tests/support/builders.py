"""Builders: values with good defaults, so that a test spells out only the fact it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from policy.accounts import Account
from policy.cases import Case, CaseRequest, Severity
from policy.comments import Comment
from policy.escalations import Escalation, EscalationRequest, Reason
from policy.history import Change, Entry, Value, chained
from policy.ids import (
    AccountId,
    CaseId,
    ChannelId,
    CommentId,
    EscalationId,
    PromiseId,
    RequestId,
    Ts,
    UserId,
    WorkspaceId,
)
from policy.promises import Kind, Promise
from policy.roles import Actor, Role, Side, Standing
from policy.settings import WorkspaceSettings
from policy.severities import SeverityRequest
from policy.thresholds import GOLD

WORKSPACE = WorkspaceId("T1")
ANA, CLEO = UserId("UANA"), UserId("UCLEO")
"""Customers: Ana opens cases, Cleo belongs to the same account."""
ZOE = UserId("UZOE")
"""A customer of nobody's, or of another account."""
ELI, EVA = UserId("UELI"), UserId("UEVA")
"""Support engineers."""
MONA, OTTO = UserId("UMONA"), UserId("UOTTO")
"""Duty managers."""
LEA, ADA = UserId("ULEA"), UserId("UADA")
"""The lead, and the administrator."""
ACME, GLOBEX = AccountId("acme"), AccountId("globex")
HELP, DUTY = ChannelId("CHELP"), ChannelId("CDUTY")


def utc(text: str) -> datetime:
    """Return the moment that the text names: `2025-06-02T08:00Z`."""
    return datetime.fromisoformat(text).astimezone(UTC)


MORNING = utc("2025-06-02T08:00Z")
"""When a case of the tests was opened, where the test does not say."""


def an_account(**facts: Any) -> Account:
    """Return Acme, a Gold customer, except for these facts."""
    acme = Account(
        workspace=WORKSPACE,
        id=ACME,
        name="Acme",
        tier=GOLD,
        channels=frozenset({HELP}),
        contacts=frozenset({ANA, CLEO}),
    )
    return replace(acme, **facts)


def a_case(**facts: Any) -> Case:
    """Return Ana's case for Acme, an S3 opened in the morning, except for these facts."""
    case = Case(
        workspace=WORKSPACE,
        id=CaseId("CASE-1"),
        account=ACME,
        account_name="Acme",
        tier=GOLD,
        title="Login is down",
        description="Nobody can sign in; the page stays white.",
        severity=Severity.S3,
        requester=ANA,
        contact=ANA,
        channel=HELP,
        thread=Ts("1748851200.000100"),
        opened_at=MORNING,
    )
    return replace(case, **facts)


def a_case_request(**facts: Any) -> CaseRequest:
    """Return what Ana types to open a case, except for these facts."""
    request = CaseRequest(
        account=ACME,
        title="Login is down",
        description="Nobody can sign in; the page stays white.",
        severity=Severity.S3,
    )
    return replace(request, **facts)


def a_comment(**facts: Any) -> Comment:
    """Return a customer's public comment, except for these facts."""
    comment = Comment(
        workspace=WORKSPACE,
        id=CommentId("comment-1"),
        case=CaseId("CASE-1"),
        author=ANA,
        side=Side.CUSTOMER,
        text="Any news?",
        at=MORNING,
    )
    return replace(comment, **facts)


def an_escalation_request(**facts: Any) -> EscalationRequest:
    """Return what Ana types to escalate, except for these facts."""
    request = EscalationRequest(
        reason=Reason.BLOCKED,
        impact="Nobody can sign in since this morning, and orders are lost.",
        wanted="A plan with dates from someone who can decide.",
        contact=ANA,
    )
    return replace(request, **facts)


def an_escalation(**facts: Any) -> Escalation:
    """Return Ana's escalation, not yet acknowledged, except for these facts."""
    escalation = Escalation(
        workspace=WORKSPACE,
        id=EscalationId("escalation-1"),
        case=CaseId("CASE-1"),
        request=an_escalation_request(),
        submitted_by=ANA,
        submitted_at=utc("2025-06-08T08:00Z"),
        acknowledge_due_at=utc("2025-06-08T12:00Z"),
    )
    return replace(escalation, **facts)


def an_entry(
    what: str,
    before: Mapping[str, Value] | None = None,
    after: Mapping[str, Value] | None = None,
    *,
    at: datetime = MORNING,
    by: UserId = ELI,
) -> Entry:
    """Return an entry of a case's history, the first of its chain."""
    change = Change(
        workspace=WORKSPACE,
        case=CaseId("CASE-1"),
        at=at,
        by=by,
        what=what,
        before=before,
        after=after,
    )
    return chained(change, None, salt="00")


def a_promise(**facts: Any) -> Promise:
    """Return Mona's promise to tell how it goes within two hours, except for these facts."""
    promise = Promise(
        workspace=WORKSPACE,
        id=PromiseId("promise-1"),
        case=CaseId("CASE-1"),
        escalation=EscalationId("escalation-1"),
        kind=Kind.UPDATE,
        owner=MONA,
        made_at=utc("2025-06-08T08:00Z"),
        due_at=utc("2025-06-08T10:00Z"),
    )
    return replace(promise, **facts)


def a_severity_request(**facts: Any) -> SeverityRequest:
    """Return Ana's wish for an S2, not yet answered, except for these facts."""
    request = SeverityRequest(
        workspace=WORKSPACE,
        id=RequestId("request-1"),
        case=CaseId("CASE-1"),
        before=Severity.S3,
        severity=Severity.S2,
        why="The nightly import fails as well now.",
        asked_by=ANA,
        asked_at=MORNING,
    )
    return replace(request, **facts)


def an_actor(user: str = ANA, here: ChannelId | None = HELP) -> Actor:
    """Return a person who acts in a channel."""
    return Actor(workspace=WORKSPACE, user=UserId(user), here=here)


def a_standing(user: str = ANA, *roles: Role, accounts: Iterable[str] | None = None) -> Standing:
    """Return what a person is: one of Acme's, unless roles say support or accounts say whose."""
    assumed: Iterable[str] = () if roles else (ACME,)
    return Standing(
        actor=an_actor(user),
        roles=frozenset(roles),
        accounts=frozenset(
            AccountId(each) for each in (assumed if accounts is None else accounts)
        ),
    )


def workspace_settings(**facts: Any) -> WorkspaceSettings:
    """Return the settings that name the tests' people, except for these facts."""
    settings = WorkspaceSettings(
        workspace=WORKSPACE,
        duty_channel=DUTY,
        duty_managers=(MONA, OTTO),
        engineers=(ELI, EVA),
        leads=(LEA,),
        administrators=(ADA,),
    )
    return replace(settings, **facts)
