"""Exports: every case with all that belongs to it, read page by page, at the machine itself."""

from collections.abc import AsyncIterator
from typing import Any

from bot.desk.act import Means
from bot.storage import codec
from bot.storage.work import Work
from policy.cases import Case
from policy.comments import Comment
from policy.escalations import Escalation
from policy.exports import CaseRecord
from policy.history import Entry
from policy.ids import CaseId, WorkspaceId, case_number
from policy.severities import SeverityRequest

BATCH = 100
ALL = 1_000_000
"""More comments than any case has."""


class Exports:
    """What is taken elsewhere, and looked through."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def count(self, workspace: WorkspaceId) -> int:
        """Return how many cases there are."""
        async with self._means.database.reading() as work:
            return await work.cases.count(workspace)

    async def one(self, workspace: WorkspaceId, case: CaseId) -> CaseRecord:
        """Return one case with all that belongs to it.

        Raises:
            NoSuchCase: there is none of that number.
        """
        async with self._means.database.reading() as work:
            return await _record(work, await work.cases.get(workspace, case))

    async def all(self, workspace: WorkspaceId) -> AsyncIterator[CaseRecord]:
        """Yield every case with all that belongs to it, by number; each page is read at once."""
        after = 0
        while True:
            async with self._means.database.reading() as work:
                found = await work.cases.numbered(workspace, after, BATCH)
                records = [await _record(work, each) for each in found]
            for each in records:
                yield each
            if len(found) < BATCH:
                return
            after = case_number(found[-1].id)


def as_json(record: CaseRecord) -> dict[str, Any]:
    """Return a record as JSON holds it."""
    return {
        "case": codec.encode(Case, record.case),
        "comments": codec.encode(tuple[Comment, ...], record.comments),
        "escalations": codec.encode(tuple[Escalation, ...], record.escalations),
        "severity_requests": codec.encode(tuple[SeverityRequest, ...], record.severity_requests),
        "history": [_entry(each) for each in record.history],
        "history_verifies": record.broken_at is None,
    }


async def _record(work: Work, case: Case) -> CaseRecord:
    of = (case.workspace, case.id)
    return CaseRecord(
        case=case,
        comments=tuple(await work.comments.of(*of, limit=ALL, internal=True)),
        escalations=tuple(await work.escalations.all_of(*of)),
        severity_requests=tuple(await work.severities.all_of(*of)),
        history=tuple(await work.history.of(*of)),
    )


def _entry(entry: Entry) -> dict[str, Any]:
    change = entry.change
    return {
        "number": entry.number,
        "at": change.at.isoformat(),
        "by": change.by,
        "what": change.what,
        "before": dict(change.before) if change.before else None,
        "after": dict(change.after) if change.after else None,
        "salt": entry.salt,
        "digest": entry.digest,
        "previous": entry.previous,
        "chain": entry.chain,
    }
