"""Spreading: what a thread is told, people hear as they chose to, in the same unit of work."""

from collections.abc import Iterable
from datetime import datetime

from bot.desk.casefiles import settings_of
from bot.storage.work import Work
from policy import hearing as rules
from policy.board import next_digest_at
from policy.cases import Case
from policy.hearing import Hear
from policy.ids import UserId, WorkspaceId
from policy.notices import Notice


async def spread(work: Work, notices: Iterable[Notice], *, by: UserId, now: datetime) -> None:
    """Owe what people want to hear directly, and keep what their digests tell.

    Whoever did it need not hear of it.
    """
    for notice in notices:
        if notice.case is None or not rules.is_news(notice):
            continue
        case = await work.cases.find(notice.workspace, notice.case)
        if case is not None:
            await _told(work, notice, case, by=by, now=now)


async def _told(work: Work, notice: Notice, case: Case, *, by: UserId, now: datetime) -> None:
    chosen = await work.hearing.chosen(case.workspace, rules.audience(case) - {by})
    hear = {user: each.on(rules.topic(notice, case, user)) for user, each in chosen.items()}
    work.outbox.owe(
        *(rules.directly(notice, user) for user, how in hear.items() if how is Hear.DIRECT)
    )
    later = [user for user, how in hear.items() if how is Hear.DIGEST]
    if later:
        due_at = await _next_digest_at(work, case.workspace, now)
        found = (rules.mention(notice, case, user, due_at=due_at) for user in later)
        await work.hearing.mention(*found)


async def _next_digest_at(work: Work, workspace: WorkspaceId, now: datetime) -> datetime:
    settings = await settings_of(work, workspace)
    return next_digest_at(now, zone=settings.duty_hours.zone, clock=settings.digest_at)
