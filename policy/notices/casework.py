"""What the support side does with a case, what answers it, and what somebody is told alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy.fairness import Flag
from policy.ids import CaseId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAssigned:
    """A case has another engineer: for that engineer and the one before, privately."""

    by: UserId
    engineer: UserId
    note: str = ""
    """What the next engineer should know; never for the customer side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWaits:
    """A case waits for somebody besides us and the customer: for its thread."""

    by: UserId
    whom: str
    until: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyDue:
    """The date has come until which a case was to wait: for its engineer, privately."""

    whom: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResumed:
    """A case waits for nobody any more: for its thread."""

    by: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionProposed:
    """Something may solve a case: for its thread, with the buttons to answer."""

    by: UserId
    contact: UserId
    text: str
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionRejected:
    """What was proposed does not solve the case: for its thread."""

    by: UserId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceCloses:
    """Silence will close a case: for its thread, with the buttons to answer."""

    contact: UserId
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMerged:
    """A case goes on in another one: for the threads of both."""

    by: UserId
    gone: CaseId
    into: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesLinked:
    """Somebody linked another case of the same customer: for the thread."""

    by: UserId
    other: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderAsked:
    """What a person asked to be reminded of at this time, privately."""

    user: UserId
    text: str
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded:
    """A note among ourselves: for the case's engineer, privately, and nowhere else."""

    author: UserId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFlagged:
    """Something was done to a case just when it would have mattered: for each lead, privately."""

    flag: Flag


class What(StrEnum):
    """What a digest says happened to a case."""

    SAID = "said"
    SEVERITY = "severity"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """What happened to one case, and how often."""

    case: CaseId
    title: str
    what: What
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesDigest:
    """What happened to the cases that a person wants to hear of once a day, privately."""

    lines: tuple[DigestLine, ...]


CaseworkFact = (
    CaseAssigned
    | CaseWaits
    | ThirdPartyDue
    | CaseResumed
    | SolutionProposed
    | SolutionRejected
    | SilenceCloses
    | CaseMerged
    | CasesLinked
    | ReminderAsked
    | NoteAdded
    | ClockFlagged
    | CasesDigest
)
