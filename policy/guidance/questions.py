"""The interview as data: each question, its choices, and where each choice leads (product, 4).

A choice leads to another question, to an outcome, or to a rule that finds one in the record.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy.comments import CommentKind
from policy.escalations import Reason
from policy.guidance.outcomes import (
    Comment,
    Escalate,
    Flag,
    NewCase,
    OtherCase,
    Outcome,
    SeverityRequest,
)
from policy.ids import AnswerId


class Question(StrEnum):
    """The questions, in the product's numbering."""

    ABOUT = "Q1"
    WHAT = "Q2"
    ASKED = "Q3"
    MISSED = "Q4"
    NEXT_STEP = "Q5"
    WORKAROUND = "Q5b"
    SEVERITY = "Q6"
    SOMEONE_ELSE = "Q6b"
    SOON = "Q7"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the record contributes: claims are checked against it, and both sides see it."""

    chases: int = 0
    chases_needed: int = 2
    last_reply_at: datetime | None = None
    next_step: str = ""
    next_step_due_at: datetime | None = None
    is_next_step_ahead: bool = False
    severity_matches: bool | None = None
    """The answer to Q6, once given; the tree's last question needs it."""


Rule = Callable[[Facts], "Question | Outcome"]
Goal = Question | Outcome | Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that a person may choose."""

    id: AnswerId
    text: str
    to: Goal
    asks_text: str = ""
    """What to type besides choosing, where the choice needs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question with its choices."""

    question: Question
    text: str
    choices: tuple[Choice, ...]
    shown: str = ""
    """Which facts of the record stand with it: `chases`, `next_step`, `severities`, or none."""


CHASE = Comment(kind=CommentKind.CHASE)
COMMENT = Comment(kind=CommentKind.COMMENT)


def asked(facts: Facts) -> Question | Outcome:
    """Believe the record: enough counted chases are an escalation without another question."""
    if facts.chases >= facts.chases_needed:
        return Escalate(reason=Reason.NO_RESPONSE)
    return Question.ASKED


def next_step(facts: Facts) -> Question | Outcome:
    """Ask about the agreed next step only where the record has one that is still ahead."""
    return Question.NEXT_STEP if facts.is_next_step_ahead else Question.WORKAROUND


def wait_for_it(facts: Facts) -> Question | Outcome:
    """Comment, and remind the person when the agreed next step is due."""
    return Comment(kind=CommentKind.COMMENT, remind_at=facts.next_step_due_at)


def by_engineer(facts: Facts) -> Question | Outcome:
    """Nobody else has to act: only the severity decides."""
    return COMMENT if facts.severity_matches else SeverityRequest()


def by_someone_else(facts: Facts) -> Question | Outcome:
    """Somebody else has to act: escalate, and ask for the severity that fits."""
    return Escalate(reason=Reason.IMPACT_CHANGED, asks_severity=facts.severity_matches is False)


def _choice(id: str, text: str, to: Goal, asks_text: str = "") -> Choice:  # noqa: A002
    return Choice(id=AnswerId(id), text=text, to=to, asks_text=asks_text)


QUALITY = Escalate(reason=Reason.SERVICE_QUALITY)
CONDUCT = Escalate(reason=Reason.SERVICE_QUALITY, confidential=True)
ELSEWHERE = Escalate(reason=Reason.NO_RESPONSE, flags=(Flag.ASKED_ELSEWHERE,))

STEPS: Mapping[Question, Step] = {
    step.question: step
    for step in (
        Step(
            question=Question.ABOUT,
            text="Is it about this case's problem?",
            choices=(
                _choice("this", "Yes, about this case", Question.WHAT),
                _choice("another", "No, about another open case", OtherCase()),
                _choice("nothing", "No, nothing is open for it yet", NewCase()),
            ),
        ),
        Step(
            question=Question.WHAT,
            text="What describes it best?",
            choices=(
                _choice("update", "I want an update, or to add information", CHASE),
                _choice("unanswered", "I asked for updates and got no answer", asked),
                _choice(
                    "fell_short", "The service fell short of what was promised", Question.MISSED
                ),
                _choice("blocked", "I cannot use the product; no clear next step", next_step),
                _choice("impact", "The impact on our business has grown", Question.SEVERITY),
                _choice("exception", "I want an exception to the normal process", COMMENT),
                _choice("else", "Something else", Question.SOON),
            ),
        ),
        Step(
            question=Question.ASKED,
            text="This is what the case's record shows.",
            shown="chases",
            choices=(
                _choice("as_recorded", "That is right", CHASE),
                _choice("elsewhere", "I asked elsewhere", ELSEWHERE, "Where, and when?"),
            ),
        ),
        Step(
            question=Question.MISSED,
            text="What was missed?",
            choices=(
                _choice("first_response", "The first response", QUALITY),
                _choice("agreed_time", "An agreed time", QUALITY),
                _choice("wrong_handling", "It was handled wrongly", QUALITY),
                _choice("closed_early", "It was closed too early", QUALITY),
                _choice("conduct", "How somebody behaved (only leads will see this)", CONDUCT),
            ),
        ),
        Step(
            question=Question.NEXT_STEP,
            text="An agreed next step is still ahead. Does it stand?",
            shown="next_step",
            choices=(
                _choice("stands", "Yes, it stands", wait_for_it),
                _choice("gone", "No, or it is overdue", Question.WORKAROUND),
            ),
        ),
        Step(
            question=Question.WORKAROUND,
            text="Is there a workaround that works for you?",
            choices=(
                _choice("works", "Yes", Comment(kind=CommentKind.COMMENT, or_severity=True)),
                _choice("none", "No", Escalate(reason=Reason.BLOCKED)),
            ),
        ),
        Step(
            question=Question.SEVERITY,
            text="Does the severity still match?",
            shown="severities",
            choices=(
                _choice("matches", "Yes, it matches", Question.SOMEONE_ELSE),
                _choice("differs", "No, it should be another", Question.SOMEONE_ELSE),
            ),
        ),
        Step(
            question=Question.SOMEONE_ELSE,
            text="Does someone besides the engineer have to act?",
            choices=(
                _choice("engineer", "No, the engineer can handle it", by_engineer),
                _choice("someone", "Yes, someone else is needed", by_someone_else),
            ),
        ),
        Step(
            question=Question.SOON,
            text="Must someone besides the engineer answer soon?",
            choices=(
                _choice("later", "No", COMMENT, "In one sentence: what is it?"),
                _choice(
                    "soon", "Yes", Escalate(reason=Reason.OTHER), "In one sentence: what is it?"
                ),
            ),
        ),
    )
}
