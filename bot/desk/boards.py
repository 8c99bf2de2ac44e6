"""Boards: open escalations beside their promises, and one with all that is shown of it."""

from collections import defaultdict
from datetime import datetime

from bot.desk.casefiles import file_of, settings_of
from bot.desk.hours import hours_of
from bot.storage.work import Work
from policy.board import Line, line
from policy.casefile import EscalationFile
from policy.cases import Case
from policy.escalations import Escalation, latest_update_at
from policy.ids import EscalationId, WorkspaceId
from policy.promises import Promise, ledger, shown_to
from policy.roles import Standing


async def lines_of(work: Work, workspace: WorkspaceId, *, now: datetime) -> tuple[Line, ...]:
    """Return all open escalations of a workspace, confidential ones too: `board` leaves them out."""
    hours = hours_of(await settings_of(work, workspace), now=now)
    promises: defaultdict[EscalationId, list[Promise]] = defaultdict(list)
    for each in await work.promises.open_in(workspace):
        promises[each.escalation].append(each)
    return tuple(
        line(escalation, case, promises[escalation.id], hours=hours, now=now)
        for escalation, case in await work.escalations.open_in(workspace)
    )


async def escalation_file_of(
    work: Work,
    escalation: Escalation,
    case: Case,
    *,
    who: Standing | None = None,
    now: datetime,
) -> EscalationFile:
    """Return an escalation as `who` reads it, or as its card on the duty side shows it."""
    settings = await settings_of(work, case.workspace)
    hours = hours_of(settings, now=now)
    promises = await work.promises.of(case.workspace, escalation.id)
    return EscalationFile(
        file=await file_of(work, case, who=who, now=now),
        line=line(escalation, case, promises, hours=hours, now=now),
        ledger=ledger(shown_to(promises, who, settings), now=now),
        latest_update_at=latest_update_at(case, hours=hours, now=now),
        shows_targets=settings.shows_targets,
    )
