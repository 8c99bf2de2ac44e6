"""Every notice, of every fact, in each of its shapes."""

from collections.abc import Iterator
from itertools import product

from handlers.views.notices import message
from policy import notices as facts
from policy.cases import Severity
from policy.comments import CommentKind
from policy.ids import CommentId, EscalationId, RequestId, Tier
from policy.roles import Side
from tests.handlers.drawn import casework
from tests.handlers.drawn.values import LATER, Drawn, the_case, the_crossing, the_escalation
from tests.support.builders import ANA, ELI, HELP, MONA, MORNING, WORKSPACE, an_account

ESCALATION, REQUEST = EscalationId("e" * 32), RequestId("r" * 32)


def a_notice(fact: facts.Fact) -> facts.Notice:
    """Return the notice of a fact."""
    return facts.Notice(
        workspace=WORKSPACE, key="a", to=facts.Duty(), fact=fact, urgency=1, at=MORNING
    )


def messages(say: str) -> Iterator[Drawn]:
    """Yield the notice of every fact, of a case that is known and of none."""
    case, none = the_case(say), None
    open_, secret = the_escalation(say), the_escalation(say, confidential=True)
    for number, fact in enumerate(all_facts(say)):
        for about, of in ((case, open_), (case, secret), (none, none)):
            drawn = message(a_notice(fact), about, escalation=of, now=LATER)
            yield f"notice {number} of {type(fact).__name__}", drawn


def all_facts(say: str) -> Iterator[facts.Fact]:
    """Yield every fact that can be owed."""
    yield from crossed(say)
    yield from said(say)
    yield from escalated(say)
    yield from severity(say)
    yield facts.ReminderDue(user=ANA)
    yield facts.NextStepDue(user=ANA, step=say, due_at=LATER)
    yield from casework.all_facts(say)
    yield facts.CaseReopened(by=ANA)
    yield facts.CaseTaken(engineer=ELI)
    yield facts.TierUnknown(account=an_account().id, name=say, tier=Tier(say))
    yield from (facts.SetupMissing(missing=each, user=ANA) for each in facts.Missing)
    yield facts.ChannelUnusable(channel=HELP, error=say)


def crossed(say: str) -> Iterator[facts.Fact]:
    """Yield crossings told in time and late, singly and together."""
    for at, engineer in product((MORNING, LATER), (ELI, None)):
        each = the_crossing(say, crossed_at=at, engineer=engineer)
        yield facts.Crossed(crossing=each)
        yield facts.CrossedForDuty(crossing=each)
        yield from (facts.CrossedTogether(crossings=(each,) * size) for size in (1, 20, 50))


def said(say: str) -> Iterator[facts.Fact]:
    """Yield comments of every kind, of every side."""
    for kind, side, flag in product(CommentKind, Side, (True, False)):
        yield facts.CommentAdded(
            comment=CommentId("c"),
            author=ANA,
            side=side,
            kind=kind,
            text=say,
            counts=flag,
            is_question=flag,
        )
    yield facts.StatementAdded(escalation=ESCALATION, author=ANA, text=say)


def escalated(say: str) -> Iterator[facts.Fact]:
    """Yield what becomes of an escalation."""
    yield facts.EscalationReceived(escalation=ESCALATION, by=ANA)
    yield facts.EscalationWaits(escalation=ESCALATION, by=ANA, due_at=LATER)
    for due in (LATER, None):
        yield facts.EscalationAcknowledged(escalation=ESCALATION, owner=MONA, contact_due_at=due)


def severity(say: str) -> Iterator[facts.Fact]:
    """Yield what becomes of a wish for another severity."""
    yield facts.SeverityRequested(
        request=REQUEST, by=ANA, before=Severity.S3, severity=Severity.S1, why=say
    )
    for granted, reason in product((True, False), (say, "")):
        yield facts.SeverityDecided(
            by=MONA,
            before=Severity.S3,
            severity=Severity.S1,
            granted=granted,
            reason=reason,
            available_at=LATER,
        )
