"""What an escalation comes to hold: plan, hand-over, answers, ending, and who said so when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy.cases import Severity
from policy.ids import CaseId, UserId


class Trend(StrEnum):
    """How things are, compared with the last update."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class RedirectTarget(StrEnum):
    """What an escalation should have been, and becomes."""

    COMMENT = "comment"
    SEVERITY_REQUEST = "severity_request"
    OTHER_CASE = "other_case"
    NEW_CASE = "new_case"


class DeclineReason(StrEnum):
    """Why an escalation is declined, as reports count it."""

    ENGINEER_ACTS = "engineer_acts"
    """The case's engineer can do what is wanted, and does."""
    UNDER_WAY = "under_way"
    """What is wanted is under way, and has a date."""
    OUT_OF_SCOPE = "out_of_scope"
    """Contract or product do not cover what is wanted."""
    NOT_BORNE_OUT = "not_borne_out"
    """The record does not bear out what is claimed."""
    OTHER = "other"


class ClosedAs(StrEnum):
    """What came of an escalation that was worked on."""

    SOLVED = "solved"
    WORKAROUND = "workaround"
    PLAN_AGREED = "plan_agreed"
    NO_LONGER_NEEDED = "no_longer_needed"


class Agreement(StrEnum):
    """What allows an escalation to be closed."""

    REQUESTER = "requester"
    SILENCE = "silence"
    """The requester was asked twice and did not answer."""
    LEAD = "lead"


class Cause(StrEnum):
    """What made the escalation necessary, as its owner sees it afterwards."""

    LATE_RESPONSE = "late_response"
    MISSED_PROMISE = "missed_promise"
    WRONG_SEVERITY = "wrong_severity"
    LOST_IN_HAND_OVER = "lost_in_hand_over"
    TOO_FEW_PEOPLE = "too_few_people"
    PRODUCT_DEFECT = "product_defect"
    EXPECTATIONS = "expectations"
    OTHER = "other"


class Judgement(StrEnum):
    """What a duty manager makes of the guidance's advice."""

    ACCEPTED = "accepted"
    SHOULD_HAVE_BEEN_A_COMMENT = "should_have_been_a_comment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirection:
    """Where an escalation was sent instead, which restores the case's right."""

    target: RedirectTarget
    reason: str
    case: CaseId | None = None
    """The other case, where the target is one."""
    severity: Severity | None = None
    """The severity to ask for, where the target is a severity request."""
    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """Why an escalation was declined, and what helps instead."""

    code: DeclineReason
    explanation: str
    alternative: str
    contact: UserId
    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A redirect disputed, or a decline appealed, and what a lead made of it; once each."""

    why: str
    by: UserId
    at: datetime
    granted: bool | None = None
    answer: str = ""
    settled_by: UserId | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the owner has set out to do."""

    criteria: str
    """By what everybody will know that it is done."""
    first_action: str
    by: UserId
    """Who does the first action."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """The last that the owner told of it."""

    text: str
    trend: Trend
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """An offer to answer for it from now on; the old owner does until it is accepted."""

    to: UserId
    note: str
    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A time in which nothing is due, agreed with the requester."""

    reason: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is watched before it is closed, and for how long."""

    what: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The owner's wish to close it, as the requester is asked to agree."""

    outcome: ClosedAs
    summary: str
    by: UserId
    at: datetime
    prompts: int = 1
    """How often the requester was asked."""
    answer_due_at: datetime
    """When the last prompt counts as not answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How an escalation that was worked on came to its end."""

    outcome: ClosedAs
    summary: str
    agreement: Agreement
    override: str = ""
    """Why a lead did not wait for the requester."""
    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What the requester makes of it: 1, badly answered, to 5, well answered."""

    score: int
    text: str = ""
    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What the owner makes of it."""

    preventable: bool
    cause: Cause
    text: str = ""
    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a duty manager makes of the advice that led here."""

    judgement: Judgement
    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinstatement:
    """That a lead restored the case's right."""

    reason: str
    by: UserId
    at: datetime
