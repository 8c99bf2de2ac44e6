"""Notices: what somebody must be told. Facts, frozen when they happened; looks come at delivery.

Each notice has a key; two with the same key are one, whatever restarts, retries or replicas there
are. Where it goes is named by role (`Duty`, `Thread`), and found out when it is sent.
"""

from dataclasses import dataclass
from datetime import datetime

from policy.ids import CaseId, WorkspaceId
from policy.notices.addresses import (
    Address,
    Administrators,
    Channel,
    Duty,
    EscalationThread,
    Pager,
    PagerService,
    Person,
    Thread,
)
from policy.notices.answering import (
    AnsweringFact,
    BriefReady,
    ContestSettled,
    EscalationAcknowledged,
    EscalationContested,
    EscalationDeclined,
    EscalationPulled,
    EscalationReceived,
    EscalationRedirected,
    EscalationReturned,
    EscalationWaits,
    EscalationWithdrawn,
    RequesterGone,
    RightReinstated,
    StatementAdded,
)
from policy.notices.cases import (
    CaseClosed,
    CaseFact,
    CaseReopened,
    CaseTaken,
    ChannelUnusable,
    ClosedHow,
    CommentAdded,
    Crossed,
    CrossedForDuty,
    CrossedTogether,
    CrossingNear,
    Missing,
    NextStepDue,
    ReminderDue,
    SetupMissing,
    SeverityDecided,
    SeverityRequested,
    TierUnknown,
)
from policy.notices.casework import (
    CaseAssigned,
    CaseMerged,
    CaseResumed,
    CasesDigest,
    CasesLinked,
    CaseWaits,
    CaseworkFact,
    ClockFlagged,
    DigestLine,
    NoteAdded,
    ReminderAsked,
    SilenceCloses,
    SolutionProposed,
    SolutionRejected,
    ThirdPartyDue,
    What,
)
from policy.notices.noise import Gathered
from policy.notices.paging import EscalationPaged, PageEvent, PagerUnusable, PagingFact
from policy.notices.promises import (
    ActionKept,
    ActionPromised,
    DueToday,
    DutyDay,
    OpenEscalation,
    PromiseFact,
    PromiseHastened,
    PromiseLate,
    PromiseWaits,
)
from policy.notices.rota import (
    CalendarUnusable,
    DutyArranged,
    GapsForeseen,
    RotaFact,
    SwapAnswered,
    SwapProposed,
)
from policy.notices.working import (
    ClosingProposed,
    ClosingRefused,
    ClosingUnanswered,
    EscalationClosed,
    EscalationPaused,
    EscalationRated,
    EscalationRelapsed,
    EscalationResumed,
    EscalationStabilised,
    EscalationStarted,
    EscalationUpdated,
    HandOverAccepted,
    HandOverEnded,
    HandOverOffered,
    WorkingFact,
)

__all__ = [
    "ActionKept",
    "ActionPromised",
    "Address",
    "Administrators",
    "AnsweringFact",
    "BriefReady",
    "CalendarUnusable",
    "CaseAssigned",
    "CaseClosed",
    "CaseFact",
    "CaseMerged",
    "CaseReopened",
    "CaseResumed",
    "CaseTaken",
    "CaseWaits",
    "CasesDigest",
    "CasesLinked",
    "CaseworkFact",
    "Channel",
    "ChannelUnusable",
    "ClockFlagged",
    "ClosedHow",
    "ClosingProposed",
    "ClosingRefused",
    "ClosingUnanswered",
    "CommentAdded",
    "ContestSettled",
    "Crossed",
    "CrossedForDuty",
    "CrossedTogether",
    "CrossingNear",
    "DigestLine",
    "DueToday",
    "Duty",
    "DutyArranged",
    "DutyDay",
    "EscalationAcknowledged",
    "EscalationClosed",
    "EscalationContested",
    "EscalationDeclined",
    "EscalationPaged",
    "EscalationPaused",
    "EscalationPulled",
    "EscalationRated",
    "EscalationReceived",
    "EscalationRedirected",
    "EscalationRelapsed",
    "EscalationResumed",
    "EscalationReturned",
    "EscalationStabilised",
    "EscalationStarted",
    "EscalationThread",
    "EscalationUpdated",
    "EscalationWaits",
    "EscalationWithdrawn",
    "Fact",
    "GapsForeseen",
    "Gathered",
    "HandOverAccepted",
    "HandOverEnded",
    "HandOverOffered",
    "Missing",
    "NextStepDue",
    "NoteAdded",
    "Notice",
    "OpenEscalation",
    "PageEvent",
    "Pager",
    "PagerService",
    "PagerUnusable",
    "PagingFact",
    "Person",
    "PromiseFact",
    "PromiseHastened",
    "PromiseLate",
    "PromiseWaits",
    "ReminderAsked",
    "ReminderDue",
    "RequesterGone",
    "RightReinstated",
    "RotaFact",
    "SetupMissing",
    "SeverityDecided",
    "SeverityRequested",
    "SilenceCloses",
    "SolutionProposed",
    "SolutionRejected",
    "StatementAdded",
    "SwapAnswered",
    "SwapProposed",
    "ThirdPartyDue",
    "Thread",
    "TierUnknown",
    "What",
    "WorkingFact",
]

Fact = (
    CaseFact
    | CaseworkFact
    | AnsweringFact
    | WorkingFact
    | PromiseFact
    | RotaFact
    | PagingFact
    | Gathered
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that must be told to somebody."""

    workspace: WorkspaceId
    key: str
    """`word.verb:subject:to`, unique per workspace: the database keeps one notice of each."""
    case: CaseId | None = None
    to: Address
    fact: Fact
    urgency: int
    """1 for S1 to 4 for S4; 5 for what can wait. The sender goes by it over all channels."""
    at: datetime
    """When it happened."""
    not_before: datetime | None = None
