"""Every notice, of every fact, in each of its shapes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import Enum
from itertools import product
from types import NoneType
from typing import Any, get_args, get_type_hints

from handlers.views.notices import message
from handlers.views.notices.outdated import outdated
from policy import notices as facts
from policy.cases import Severity
from policy.comments import CommentKind
from policy.escalations import EscalationState
from policy.hours import Span
from policy.ids import CaseId, CommentId, EscalationId, PromiseId, RequestId, Tier, UserId
from policy.promises import Kind
from policy.roles import Side
from tests.handlers.drawn import casework, rota
from tests.handlers.drawn.duty import briefs, lives
from tests.handlers.drawn.values import LATER, Drawn, the_case, the_crossing, the_escalation
from tests.support.builders import ANA, ELI, HELP, MONA, MORNING, WORKSPACE, an_account

ESCALATION, REQUEST = EscalationId("e" * 32), RequestId("r" * 32)


LINKS = ("https://acme.slack.com/archives/C1/p1?thread_ts=1&cid=2", "https://x/files/1", "x|<!y>")


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
        known = (open_, secret) if hasattr(fact, "escalation") else (open_,)
        for about, of in (*((case, each) for each in known), (none, none)):
            drawn = message(a_notice(fact), about, escalation=of, now=LATER)
            yield f"notice {number} of {type(fact).__name__}", drawn
        if isinstance(fact, facts.CommentAdded):
            told = replace(a_notice(fact), to=facts.Person(user=ANA))
            yield f"comment {number} told privately", message(told, case, now=LATER)
    yield from over(say)
    ready = facts.BriefReady(escalation=ESCALATION, owner=MONA)
    for brief in briefs(say):
        drawn = message(a_notice(ready), case, escalation=open_, brief=brief, now=LATER)
        yield "notice with a brief", drawn


def over(say: str) -> Iterator[Drawn]:
    """Yield what stands in the place of a notice that waits for nothing any more."""
    case, open_ = the_case(say), the_escalation(say)
    for about in (case, None):
        yield "a notice that waits for nothing", outdated(about, None)
    for state, owner in product(EscalationState, (MONA, None)):
        later = replace(open_, state=state, owner=owner, owned_at=LATER if owner else None)
        yield "a notice whose escalation went on", outdated(case, later)
    for name, life in lives(say):
        yield f"a notice whose escalation came to {name}", outdated(case, life)


def all_facts(say: str) -> Iterator[facts.Fact]:
    """Yield every fact that can be owed."""
    yield from crossed(say)
    yield from said(say)
    yield from escalated(say)
    yield from severity(say)
    yield from rota.all_facts()
    for event in facts.PageEvent:
        yield facts.EscalationPaged(
            escalation=ESCALATION, event=event, owner=None, due_at=LATER, is_late=True
        )
    for service in facts.PagerService:
        yield facts.PagerUnusable(service=service, error=say)
    yield facts.Gathered(since=LATER)
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
        yield from (facts.CrossedTogether(crossings=(each,) * size) for size in (1, 20, 50, 51))


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
            links=LINKS if flag else (),
        )


def escalated(say: str) -> Iterator[facts.Fact]:
    """Yield what becomes of an escalation."""
    for kinds in (facts.AnsweringFact, facts.WorkingFact, facts.PromiseFact):
        for kind in get_args(kinds):
            if kind is not facts.DutyDay:
                yield from every(kind, say)
    yield from days(say)


def every(kind: Any, say: str) -> Iterator[Any]:
    """Yield a fact with each value that each of its parts can have."""
    parts = {name: tuple(values(of, say)) for name, of in get_type_hints(kind).items()}
    for chosen in product(*parts.values()):
        yield kind(**dict(zip(parts, chosen, strict=True)))


def values(of: Any, say: str) -> Iterator[Any]:
    """Yield what stands for a type: all that it can be where that is little, else one."""
    if isinstance(of, type) and issubclass(of, Enum):
        yield from of
    elif of in VALUES:
        yield from VALUES[of]
    elif get_args(of)[1:] == (NoneType,):
        yield None
        yield from values(get_args(of)[0], say)
    else:
        assert of is str, of
        yield say


VALUES: dict[Any, tuple[Any, ...]] = {
    EscalationId: (ESCALATION,),
    PromiseId: (PromiseId("p" * 32),),
    UserId: (MONA,),
    CaseId: (CaseId("CASE-2"),),
    datetime: (LATER,),
    bool: (True, False),
    int: (1, 2),
    tuple[UserId, ...]: ((), (MONA, ELI)),
}


def days(say: str) -> Iterator[facts.Fact]:
    """Yield the duty channel's day, empty and full."""
    yield facts.DutyDay(day=MORNING.date())
    opened = tuple(
        facts.OpenEscalation(
            escalation=ESCALATION,
            case=CaseId("CASE-2"),
            title=say,
            severity=Severity.S1,
            state=state,
            owner=owner,
            due_at=due,
            late_by=late,
        )
        for state, owner, due, late in product(
            EscalationState, (MONA, None), (LATER, None), (0, 12)
        )
    )
    due = tuple(
        facts.DueToday(case=CaseId("CASE-2"), kind=kind, owner=owner, what=what, due_at=LATER)
        for kind, owner, what in product(Kind, (MONA, None), ("", say))
    )
    gap = Span(start_at=MORNING, end_at=LATER)
    for most in (1, 100):
        yield facts.DutyDay(
            day=MORNING.date(),
            crossings=(the_crossing(say),) * most,
            open=opened[:most],
            due_today=due[:most],
            gaps=(gap,) * most,
        )


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
