"""Runs of the guidance: what was asked, answered and advised; a duty manager judges it later."""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Table,
    select,
    update,
)

from bot.storage import codec
from bot.storage.schema import choice, document, metadata, moment, name, words, workspace
from bot.storage.transaction import Transaction
from policy.escalations import Judged, Judgement
from policy.guidance.questions import Facts
from policy.guidance.walk import Answer, Run
from policy.ids import RunId, UserId, WorkspaceId, case_id, case_number
from policy.refusals import Stale

Answers = tuple[Answer, ...]

guidance_runs = Table(
    "guidance_runs",
    metadata,
    workspace(),
    name("id", primary_key=True),
    Column("case_number", Integer, nullable=False),
    name("by"),
    moment("at"),
    document("answers"),
    document("facts"),
    name("outcome"),
    words("override"),
    Column("judgement", choice(Judgement, "judgement")),
    name("judged_by", nullable=True),
    moment("judged_at", nullable=True),
    ForeignKeyConstraint(["workspace", "case_number"], ["cases.workspace", "cases.number"]),
    Index(None, "workspace", "case_number"),
)


class Runs:
    """The finished runs of each workspace."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def add(self, run: Run) -> None:
        """Keep a finished run."""
        row = {
            "workspace": run.workspace,
            "id": run.id,
            "case_number": case_number(run.case),
            "by": run.by,
            "at": run.at,
            "answers": codec.encode(Answers, run.answers),
            "facts": codec.encode(Facts, run.facts),
            "outcome": run.outcome,
            "override": run.override,
        }
        await self._on.run(guidance_runs.insert(), row)

    async def get(self, workspace: WorkspaceId, run: RunId) -> Run:
        """Return the run.

        Raises:
            Stale: there is none of that id.
        """
        row = await self._on.first(select(guidance_runs).where(_is(workspace, run)))
        if row is None:
            raise Stale
        return _run(row)

    async def judged(self, workspace: WorkspaceId, limit: int) -> list[Run]:
        """Return the runs whose advice was judged, the newest first."""
        query = select(guidance_runs).where(
            guidance_runs.c.workspace == workspace, guidance_runs.c.judgement.is_not(None)
        )
        newest = query.order_by(guidance_runs.c.at.desc(), guidance_runs.c.id).limit(limit)
        return [_run(row) for row in await self._on.all(newest)]

    async def judge(self, workspace: WorkspaceId, run: RunId, judged: Judged) -> None:
        """Keep what a duty manager makes of a run's advice."""
        judging = update(guidance_runs).where(_is(workspace, run))
        await self._on.run(
            judging.values(judgement=judged.judgement, judged_by=judged.by, judged_at=judged.at)
        )


def _is(workspace: WorkspaceId, run: RunId) -> ColumnElement[bool]:
    return (guidance_runs.c.workspace == workspace) & (guidance_runs.c.id == run)


def _run(row: Row[Any]) -> Run:
    return Run(
        workspace=WorkspaceId(row.workspace),
        id=RunId(row.id),
        case=case_id(row.case_number),
        by=UserId(row.by),
        at=row.at,
        answers=codec.decode(Answers, row.answers),
        facts=codec.decode(Facts, row.facts),
        outcome=row.outcome,
        override=row.override,
        judged=_judged(row),
    )


def _judged(row: Row[Any]) -> Judged | None:
    if row.judgement is None:
        return None
    return Judged(judgement=row.judgement, by=UserId(row.judged_by), at=row.judged_at)
