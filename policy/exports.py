"""A case as it leaves: all that is known of it, or what whoever may see it may read of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from policy.cases import Case
from policy.comments import Comment
from policy.escalations import Escalation
from policy.history import Entry, Value, broken_at, written
from policy.severities import SeverityRequest

COLUMNS = (
    *("id", "account_name", "tier", "title", "severity", "state", "requester", "contact"),
    *("engineer", "component", "environment", "business_impact", "opened_at", "closed_at"),
    *("merged_into", "description"),
)
"""A case's own fields in a line of its own."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """One case with all that belongs to it, oldest first each."""

    case: Case
    comments: tuple[Comment, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    severity_requests: tuple[SeverityRequest, ...] = ()
    history: tuple[Entry, ...] = ()

    @property
    def broken_at(self) -> int | None:
        """The number of the first entry of the history that does not verify, None where all do."""
        return broken_at(self.history)


def public(record: CaseRecord) -> CaseRecord:
    """Return what a customer who may see the case may read of it: what was said in public.

    Notes, escalations and the history, which speaks of both, stay with the support side.
    """
    said = tuple(each for each in record.comments if each.is_public)
    return CaseRecord(case=record.case, comments=said)


def line(record: CaseRecord) -> Mapping[str, str]:
    """Return the case as one line of a table."""
    own = {name: cell(written(getattr(record.case, name))) for name in COLUMNS}
    return {**own, "comments": str(len(record.comments)), "history": _history(record)}


def cell(value: Value) -> str:
    """Return what a cell says, so that no spreadsheet takes it for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _history(record: CaseRecord) -> str:
    if not record.history:
        return ""
    return "verifies" if record.broken_at is None else f"broken at {record.broken_at}"
