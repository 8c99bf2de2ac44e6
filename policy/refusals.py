"""Everything the rules refuse, with the facts that the sentence to the person needs.

A refusal is raised where its rule stands and becomes words once, in `handlers/views/refusals.py`.
They are dataclasses, but not frozen ones: Python writes the traceback into the exception itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from policy.ids import CaseId, EscalationId, UserId


class Refusal(Exception):
    """The rules say no, and know why."""

    field: str | None = None
    """The form's field under which the sentence belongs, where there is one."""


@dataclass(kw_only=True, eq=False)
class NoSuchCase(Refusal):
    """There is no such case, or this person may not see it: one and the same answer (G1)."""

    case: CaseId | None = None


@dataclass(kw_only=True, eq=False)
class NotYours(Refusal):
    """The action belongs to another role."""

    case: CaseId | None
    need: str
    """Who may do it, as words: "a duty manager"."""


@dataclass(kw_only=True, eq=False)
class AlreadyInState(Refusal):
    """The case's life has no such step from where it stands."""

    case: CaseId
    state: str


@dataclass(kw_only=True, eq=False)
class EscalationIsOpen(Refusal):
    """The case cannot be closed while somebody answers for its escalation."""

    case: CaseId


@dataclass(kw_only=True, eq=False)
class SolutionNeeded(Refusal):
    """An engineer does not close a case: a solution is accepted, or meets silence."""

    case: CaseId


@dataclass(kw_only=True, eq=False)
class OtherAccount(Refusal):
    """Cases of different customers are neither merged nor linked: one would see the other's."""

    case: CaseId
    other: CaseId
    field: str | None = "case"


@dataclass(kw_only=True, eq=False)
class NoLongerReopenable(Refusal):
    """The case was closed too long ago."""

    case: CaseId
    until: datetime


@dataclass(kw_only=True, eq=False)
class CaseIsClosed(Refusal):
    """Nobody works on the case any more (G2)."""

    case: CaseId


@dataclass(kw_only=True, eq=False)
class SameSeverity(Refusal):
    """The severity asked for is the one it has."""

    case: CaseId
    severity: str
    field: str | None = "severity"


@dataclass(kw_only=True, eq=False)
class RequestIsDecided(Refusal):
    """Somebody granted or refused the severity request already."""

    case: CaseId
    by: UserId


@dataclass(kw_only=True, eq=False)
class RequestIsOpen(Refusal):
    """A severity request of this case waits for its answer already."""

    case: CaseId


@dataclass(kw_only=True, eq=False)
class NotAvailableYet(Refusal):
    """Escalating becomes available later (G5)."""

    case: CaseId
    available_at: datetime


@dataclass(kw_only=True, eq=False)
class EscalationAlreadyOpen(Refusal):
    """Somebody escalated the case first (G3)."""

    case: CaseId
    by: UserId
    at: datetime


@dataclass(kw_only=True, eq=False)
class RightIsUsed(Refusal):
    """The case's only escalation has been used (G4)."""

    case: CaseId
    at: datetime


@dataclass(kw_only=True, eq=False)
class QuestionIsOpen(Refusal):
    """We wait for the customer's answer (G6)."""

    case: CaseId


@dataclass(kw_only=True, eq=False)
class AlreadyAcknowledged(Refusal):
    """Another duty manager was first."""

    case: CaseId
    escalation: EscalationId
    owner: UserId


@dataclass(kw_only=True, eq=False)
class EscalationIsOver(Refusal):
    """The escalation has ended; its buttons do nothing any more."""

    case: CaseId
    state: str


@dataclass(kw_only=True, eq=False)
class EscalationMoved(Refusal):
    """The escalation is open, but stands where this does not happen."""

    case: CaseId
    state: str
    owner: UserId | None


@dataclass(kw_only=True, eq=False)
class ContestedAlready(Refusal):
    """A redirect is disputed once, and a decline appealed once."""

    case: CaseId
    at: datetime


@dataclass(kw_only=True, eq=False)
class ReinstatedAlready(Refusal):
    """The case's right has been reinstated, which happens once."""

    case: CaseId
    by: UserId
    at: datetime


@dataclass(kw_only=True, eq=False)
class RightIsUnused(Refusal):
    """This escalation does not use the case's right, so there is none to reinstate."""

    case: CaseId


@dataclass(kw_only=True, eq=False)
class AgreementMissing(Refusal):
    """The requester has not agreed to closing, nor been asked twice in vain."""

    case: CaseId
    prompts: int
    """How often the requester was asked so far."""
    answer_due_at: datetime | None
    """Until when the last prompt waits; None where nobody asked."""


@dataclass(kw_only=True, eq=False)
class GivenAlready(Refusal):
    """A rating, a review and a judgement are given once."""

    case: CaseId
    by: UserId
    at: datetime


@dataclass(kw_only=True, eq=False)
class OutOfTime(Refusal):
    """A moment that somebody promises lies in the past, or further ahead than the target allows."""

    field: str | None
    earliest: datetime
    latest: datetime | None


@dataclass(kw_only=True, eq=False)
class SwapIsDecided(Refusal):
    """Somebody has accepted or refused the swap already, or its time has come."""

    accepted: bool | None
    """None where nobody did in time."""


@dataclass(kw_only=True, eq=False)
class OwnCase(Refusal):
    """The case's engineer never decides its escalation."""

    case: CaseId


@dataclass(kw_only=True, eq=False)
class NoAccount(Refusal):
    """The person named no account and belongs to none."""

    field: str | None = "account"


@dataclass(kw_only=True, eq=False)
class Unreadable(Refusal):
    """A field does not hold what it asks for; the form says what would do."""

    field: str | None
    message: str


@dataclass(kw_only=True, eq=False)
class Amiss(Unreadable):
    """Several fields do not hold what they ask for, and all of them are told at once."""

    messages: Mapping[str, str]
    """What would do, by field; the first of them is also the refusal's own."""


@dataclass(kw_only=True, eq=False)
class Stale(Refusal):
    """The thing a button spoke of is gone or changed meanwhile; ask again."""
