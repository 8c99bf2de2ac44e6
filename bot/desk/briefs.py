"""Briefs: what whoever answers for an escalation must know, read from the record."""

from datetime import datetime

from bot.desk.casefiles import is_known
from bot.storage.work import Work
from policy.brief import Brief, Past, brief
from policy.cases import Case
from policy.escalations import Escalation

EVERYTHING = 2000
"""More comments than any case has."""


async def brief_of(work: Work, escalation: Escalation, case: Case, *, now: datetime) -> Brief:
    """Return the brief of an escalation."""
    workspace = case.workspace
    said = await work.comments.of(workspace, case.id, limit=EVERYTHING, internal=True)
    past = Past(
        comments=tuple(each for each in said if is_known(each, escalation)),
        promises=tuple(await work.promises.of(workspace, escalation.id)),
        entries=tuple(await work.history.of(workspace, case.id)),
        requests=tuple(await work.severities.all_of(workspace, case.id)),
    )
    return brief(case, escalation, past, await work.thresholds.current(workspace), now=now)
