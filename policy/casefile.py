"""A case as somebody reads it: its facts beside what the record makes of them."""

from dataclasses import dataclass
from datetime import datetime

from policy.accounting import Page
from policy.accounts import Account
from policy.board import Line
from policy.cases import Case
from policy.comments import Comment, Conversation
from policy.escalations import Escalation
from policy.guidance.gates import Gate
from policy.guidance.outcomes import Outcome
from policy.guidance.questions import Facts, Step
from policy.promises import Ledger
from policy.roles import Standing
from policy.severities import SeverityRequest
from policy.thresholds import Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One case, with all that a card, a view or a command's answer shows of it."""

    case: Case
    said: Conversation
    explanation: Explanation
    is_available: bool
    escalation: Escalation | None = None
    """The open one, else the one that used the right, else None."""
    severity_request: SeverityRequest | None = None
    """The one that waits for its answer."""
    reader: Standing | None = None
    """Who reads; None for a card, which everybody in its channel reads."""
    chase_counts_at: datetime | None = None
    """From when asking for an update counts again, None where it does already."""
    comments: tuple[Comment, ...] = ()
    """The last public ones, oldest first; internal ones too for a reader on the support side."""

    @property
    def offers_escalation(self) -> bool:
        """Whether the *Escalate case* button stands on it: available, and the right unused."""
        return self.case.is_open and self.is_available and self.escalation is None


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationFile:
    """One escalation, with all that a card, a form or a view shows of it."""

    file: CaseFile
    """Its case; the escalation there may be a later one."""
    line: Line
    """The escalation itself, its next promise, and what is late."""
    ledger: Ledger
    """Its promises, as far as the reader may know of them."""
    latest_update_at: datetime
    """By when the next update has to be promised at the latest, were it promised now."""
    shows_targets: bool
    """Whether the customer side may read by when it is to be acknowledged, and contacted."""
    pages: tuple[Page, ...] = ()
    """What pagers beyond Slack were told of it, oldest first: for those who answer for it."""

    @property
    def escalation(self) -> Escalation:
        """The escalation itself."""
        return self.line.escalation


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What the form *open case* offers."""

    accounts: tuple[Account, ...]
    """Those the person may open a case for; empty where nobody has been set up yet."""
    default: Account | None
    reader: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """The case was not opened: the answers contradict S1; the person may insist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """The case was not opened: the account has one like it; the person may insist."""

    cases: tuple[Case, ...]


Opened = Case | Doubted | Similar


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a run of the guidance stands."""

    file: CaseFile
    gate: Gate | None
    """What stands in the way; with G5 the interview runs all the same, in `next`."""
    facts: Facts
    next: Step | Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A comment that was just made, and what the record makes of it."""

    comment: Comment
    file: CaseFile
    counts: bool
    """Whether, being a chase, it counted."""
    counts_again_at: datetime | None
    """From when the next chase counts."""
