"""Every gate, step and outcome of the guidance."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from handlers.metadata import GuidancePath
from handlers.views import guidance
from handlers.views.guidance import outcomes
from policy.casefile import Position
from policy.cases import OpenQuestion, Severity
from policy.comments import CommentKind
from policy.escalations import EscalationState, Reason
from policy.guidance import gates
from policy.guidance.outcomes import (
    Comment,
    Escalate,
    NewCase,
    OtherCase,
    Outcome,
    SeverityRequest,
)
from policy.guidance.questions import STEPS, Facts, Step
from policy.guidance.walk import Answer
from policy.ids import AnswerId, CaseId
from policy.thresholds import SHIPPED, explain
from tests.handlers.drawn.values import (
    ACKNOWLEDGED,
    CHASED,
    LATER,
    Drawn,
    the_case,
    the_escalation,
    the_file,
)
from tests.support.builders import ELI, HELP, MONA, MORNING

GOALS: tuple[Step | Outcome, ...] = (
    *STEPS.values(),
    *(Escalate(reason=each) for each in Reason),
    *(Comment(kind=each) for each in (CommentKind.COMMENT, CommentKind.CHASE)),
    Comment(kind=CommentKind.CHASE, later=Reason.BLOCKED),
    Comment(kind=CommentKind.COMMENT, remind_at=LATER, or_severity=True),
    SeverityRequest(),
    SeverityRequest(later=Reason.IMPACT_CHANGED),
    OtherCase(),
    NewCase(),
)


def views(say: str) -> Iterator[Drawn]:
    """Yield them all."""
    case = the_case(say, severity=Severity.S1)
    known = Facts(chases=1, next_step=say, next_step_due_at=LATER, last_reply_at=MORNING)
    answers = tuple(Answer(choice=AnswerId(f"a{n}"), text=say[:300]) for n in range(4))
    fresh = GuidancePath(case=case.id, here=HELP)
    deep = replace(fresh, answers=answers, undone=answers[:1], reply=gates.Reply.CANNOT_ANSWER)
    early = gates.NotYet(explanation=explain(case, SHIPPED), urgent_contact=say)
    at = Position(file=the_file(case, said=CHASED), gate=None, facts=known, next=GOALS[0])
    for goal, path in product(GOALS, (fresh, deep)):
        for now in (replace(at, next=goal), replace(at, next=goal, gate=early)):
            yield f"{goal} {now.gate} {path}", guidance.at(now, path)
    for gate in (*shut(say), replace(early, urgent_contact="")):
        yield f"gate {gate}", guidance.at(replace(at, gate=gate), fresh)
    for step in STEPS.values():
        bare = replace(at, file=the_file(case), facts=Facts(), next=step)
        yield f"bare {step}", guidance.at(bare, deep)
    yield "override", outcomes.overriding(deep)


def shut(say: str) -> Iterator[gates.Gate]:
    """Yield every gate at which the interview ends."""
    yield gates.NotVisible()
    yield gates.Closed(reopenable_until=LATER, survivor=None)
    yield gates.Closed(reopenable_until=None, survivor=None)
    yield gates.Closed(reopenable_until=None, survivor=CaseId("CASE-999999999"))
    yield gates.AlreadyOpen(escalation=the_escalation(say))
    yield gates.AlreadyOpen(escalation=the_escalation(say, **ACKNOWLEDGED))
    declined = the_escalation(say, state=EscalationState.DECLINED)
    yield gates.RightUsed(escalation=declined)
    yield gates.RightUsed(escalation=replace(declined, owner=MONA))
    question = OpenQuestion(text=say, asked_by=ELI, asked_at=MORNING)
    yield gates.WaitingForYou(question=question)
    yield gates.NotForYou()
