"""The table of escalations, and how a row becomes an escalation and an escalation a row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, Row, Table, text

from bot.storage import codec
from bot.storage.schema import (
    choice,
    counter,
    document,
    metadata,
    moment,
    name,
    partial_index,
    words,
    workspace,
)
from policy.escalations import (
    PROMPTS,
    Contest,
    Decline,
    Ending,
    Escalation,
    EscalationRequest,
    EscalationState,
    HandOver,
    Judged,
    Pause,
    Plan,
    Proposal,
    Rating,
    Redirection,
    Reinstatement,
    Review,
    Update,
    Watch,
)
from policy.ids import EscalationId, UserId, WorkspaceId, case_id, case_number

IS_OPEN = text("state IN ('requested', 'acknowledged', 'active', 'monitoring')")
USES_RIGHT = text("uses_right AND state NOT IN ('withdrawn', 'redirected')")
IS_PROMPTED = text("prompt_due_at IS NOT NULL")

PARTS: Mapping[str, Any] = {
    "plan": Plan,
    "update": Update,
    "hand_over": HandOver,
    "pause": Pause,
    "watch": Watch,
    "redirection": Redirection,
    "decline": Decline,
    "contest": Contest,
    "proposal": Proposal,
    "ending": Ending,
    "rating": Rating,
    "review": Review,
    "judged": Judged,
    "reinstatement": Reinstatement,
}
"""What an escalation comes to hold, each in a column of its name that is only ever read whole."""

escalations = Table(
    "escalations",
    metadata,
    workspace(),
    name("id", primary_key=True),
    Column("case_number", Integer, nullable=False),
    document("request"),
    Column("state", choice(EscalationState, "state"), nullable=False),
    name("submitted_by"),
    moment("submitted_at"),
    moment("acknowledge_due_at"),
    name("owner", nullable=True),
    moment("acknowledged_at", nullable=True),
    moment("contact_due_at", nullable=True),
    Column("uses_right", Boolean, nullable=False),
    document("flags"),
    counter("version"),
    words("pulled", nullable=True),
    moment("owned_at", nullable=True),
    moment("contacted_at", nullable=True),
    moment("next_update_due_at", nullable=True),
    *(document(part, nullable=True) for part in PARTS),
    moment("prompt_due_at", nullable=True),
    ForeignKeyConstraint(["workspace", "case_number"], ["cases.workspace", "cases.number"]),
    partial_index(
        "uq_escalations_one_open_per_case",
        *("workspace", "case_number"),
        unique=True,
        where=IS_OPEN,
    ),
    partial_index(
        "uq_escalations_one_right_per_case",
        *("workspace", "case_number"),
        unique=True,
        where=USES_RIGHT,
    ),
    Index(None, "workspace", "case_number"),
    Index(None, "workspace", "owner"),
    partial_index("ix_escalations_prompt_due_at", "prompt_due_at", where=IS_PROMPTED),
)


def row_of(escalation: Escalation) -> dict[str, Any]:
    """Return the columns of an escalation."""
    return {
        "workspace": escalation.workspace,
        "id": escalation.id,
        "case_number": case_number(escalation.case),
        "request": codec.encode(EscalationRequest, escalation.request),
        "state": escalation.state,
        "submitted_by": escalation.submitted_by,
        "submitted_at": escalation.submitted_at,
        "acknowledge_due_at": escalation.acknowledge_due_at,
        "owner": escalation.owner,
        "acknowledged_at": escalation.acknowledged_at,
        "contact_due_at": escalation.contact_due_at,
        "uses_right": escalation.uses_right,
        "flags": list(escalation.flags),
        "version": escalation.version,
        "pulled": escalation.pulled or None,
        "owned_at": escalation.owned_at,
        "contacted_at": escalation.contacted_at,
        "next_update_due_at": escalation.next_update_due_at,
        **{
            part: codec.encode(kind | None, getattr(escalation, part))
            for part, kind in PARTS.items()
        },
        "prompt_due_at": _prompt_due_at(escalation),
    }


def escalation_of(row: Row[Any]) -> Escalation:
    """Return the escalation that a row of all columns says."""
    parts = {part: codec.decode(kind | None, getattr(row, part)) for part, kind in PARTS.items()}
    return Escalation(
        workspace=WorkspaceId(row.workspace),
        id=EscalationId(row.id),
        case=case_id(row.case_number),
        request=codec.decode(EscalationRequest, row.request),
        state=row.state,
        submitted_by=UserId(row.submitted_by),
        submitted_at=row.submitted_at,
        acknowledge_due_at=row.acknowledge_due_at,
        owner=UserId(row.owner) if row.owner else None,
        acknowledged_at=row.acknowledged_at,
        contact_due_at=row.contact_due_at,
        uses_right=row.uses_right,
        flags=tuple(row.flags),
        version=row.version,
        pulled=row.pulled or "",
        owned_at=row.owned_at,
        contacted_at=row.contacted_at,
        next_update_due_at=row.next_update_due_at,
        **parts,
    )


def _prompt_due_at(escalation: Escalation) -> datetime | None:
    """Return when the requester is asked once more to agree to closing, None where nobody is."""
    proposal, pause = escalation.proposal, escalation.pause
    if proposal is None or not escalation.is_open or proposal.prompts >= PROMPTS:
        return None
    return max(proposal.answer_due_at, pause.until) if pause else proposal.answer_due_at
