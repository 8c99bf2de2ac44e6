"""Severity requests: rows, one that waits per case, and the first answer counts."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    Row,
    Select,
    Table,
    bindparam,
    select,
    text,
    update,
)

from bot.storage.cases.rows import hold
from bot.storage.schema import choice, metadata, moment, name, partial_index, words, workspace
from bot.storage.transaction import Parameters, Transaction
from policy.cases import Severity
from policy.ids import CaseId, RequestId, UserId, WorkspaceId, case_id, case_number
from policy.refusals import Refusal, RequestIsDecided, RequestIsOpen, Stale
from policy.severities import SeverityRequest

WAITS = text("decided_by IS NULL")

severity_requests = Table(
    "severity_requests",
    metadata,
    workspace(),
    name("id", primary_key=True),
    Column("case_number", Integer, nullable=False),
    Column("before", choice(Severity, "before"), nullable=False),
    Column("severity", choice(Severity, "severity"), nullable=False),
    words("why"),
    words("since"),
    name("asked_by"),
    moment("asked_at"),
    Column("granted", Boolean),
    name("decided_by", nullable=True),
    moment("decided_at", nullable=True),
    words("reason"),
    ForeignKeyConstraint(["workspace", "case_number"], ["cases.workspace", "cases.number"]),
    partial_index(
        "uq_severity_requests_one_waits_per_case",
        *("workspace", "case_number"),
        unique=True,
        where=WAITS,
    ),
)
WAITING = select(severity_requests).where(
    severity_requests.c.workspace == bindparam("of_workspace"),
    severity_requests.c.case_number == bindparam("of_case"),
    WAITS,
)


class Severities:
    """The severity requests of each workspace."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def add(self, request: SeverityRequest) -> None:
        """Add a request.

        Raises:
            RequestIsOpen: one of this case waits for its answer already.
        """
        adding = self._on.insert(severity_requests)
        once = adding.on_conflict_do_nothing().returning(severity_requests.c.id)
        if await self._on.first(once, _row(request)) is None:
            raise RequestIsOpen(case=request.case)

    async def get(self, workspace: WorkspaceId, request: RequestId) -> SeverityRequest:
        """Return the request.

        Raises:
            Stale: there is none of that id.
        """
        query = select(severity_requests).where(
            severity_requests.c.workspace == workspace, severity_requests.c.id == request
        )
        found = await self._only(query)
        if found is None:
            raise Stale
        return found

    async def open_of(self, workspace: WorkspaceId, case: CaseId) -> SeverityRequest | None:
        """Return the case's request that waits for its answer."""
        this = {"of_workspace": workspace, "of_case": case_number(case)}
        return await self._only(WAITING, this)

    async def all_of(self, workspace: WorkspaceId, case: CaseId) -> list[SeverityRequest]:
        """Return every request of a case, oldest first."""
        query = select(severity_requests).where(
            severity_requests.c.workspace == workspace,
            severity_requests.c.case_number == case_number(case),
        )
        in_order = query.order_by(severity_requests.c.asked_at, severity_requests.c.id)
        return [_request(row) for row in await self._on.all(in_order)]

    async def save(self, request: SeverityRequest) -> None:
        """Replace a request that still waits; of two answers, the first counts.

        Raises:
            RequestIsDecided: somebody was first.
        """
        await hold(self._on, request.workspace, request.case)
        saving = update(severity_requests).where(
            severity_requests.c.workspace == request.workspace,
            severity_requests.c.id == request.id,
            WAITS,
        )
        if not await self._on.run(saving.values(**_row(request))):
            raise _decided(await self.get(request.workspace, request.id))

    async def _only(
        self, query: Select[Any], parameters: Parameters = None
    ) -> SeverityRequest | None:
        row = await self._on.first(query, parameters)
        return _request(row) if row else None


def _decided(now: SeverityRequest) -> Refusal:
    return RequestIsDecided(case=now.case, by=now.decided_by) if now.decided_by else Stale()


def _row(request: SeverityRequest) -> dict[str, Any]:
    return {
        "workspace": request.workspace,
        "id": request.id,
        "case_number": case_number(request.case),
        "before": request.before,
        "severity": request.severity,
        "why": request.why,
        "since": request.since,
        "asked_by": request.asked_by,
        "asked_at": request.asked_at,
        "granted": request.granted,
        "decided_by": request.decided_by,
        "decided_at": request.decided_at,
        "reason": request.reason,
    }


def _request(row: Row[Any]) -> SeverityRequest:
    return SeverityRequest(
        workspace=WorkspaceId(row.workspace),
        id=RequestId(row.id),
        case=case_id(row.case_number),
        before=row.before,
        severity=row.severity,
        why=row.why,
        since=row.since,
        asked_by=UserId(row.asked_by),
        asked_at=row.asked_at,
        granted=row.granted,
        decided_by=UserId(row.decided_by) if row.decided_by else None,
        decided_at=row.decided_at,
        reason=row.reason,
    )
