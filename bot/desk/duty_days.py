"""Duty days: what the duty channel hears of once a day, at the rota's own time."""

from datetime import datetime

from bot.desk.act import Means
from bot.desk.boards import lines_of
from bot.desk.casefiles import settings_of
from bot.desk.duty import bench_of, rota_of
from bot.desk.people import Roster
from bot.storage.work import Work
from policy import crossings as crossing_rules
from policy.board import DutyDigest, digest, next_digest_at
from policy.history import SYSTEM
from policy.ids import WorkspaceId
from policy.owed import duty as owed
from policy.roles import Actor
from policy.rota import GAPS_AHEAD, turns
from policy.settings import WorkspaceSettings


class DutyDays:
    """Tell each duty channel of its day."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def tell(self, now: datetime) -> int:
        """Tell the duty channels whose time has come, each day once; return how many that were."""
        await self._plan(now)
        async with self._means.database.reading() as work:
            due = await work.duty_days.due(now)
        for workspace in due:
            _, roster = await self._means.people.known(Actor(workspace=workspace, user=SYSTEM))
            async with self._means.database.begin() as work:
                await _tell(work, workspace, roster, now=now)
                await work.commit()
        if due:
            self._means.wake()
        return len(due)

    async def _plan(self, now: datetime) -> None:
        async with self._means.database.reading() as work:
            unplanned = await work.duty_days.unplanned()
        if not unplanned:
            return
        async with self._means.database.begin() as work:
            for workspace in unplanned:
                settings = await settings_of(work, workspace)
                await work.duty_days.plan(workspace, next_at(settings, now), now=now)
            await work.commit()


async def _tell(work: Work, workspace: WorkspaceId, roster: Roster, *, now: datetime) -> None:
    settings = roster.settings
    since = await work.duty_days.take(workspace, now, next_at=next_at(settings, now))
    if since is None or settings.duty_channel is None:
        return
    day = await _gathered(work, roster, since, now=now)
    if not day.is_empty:
        work.outbox.owe(owed.day(workspace, day, at=now))


async def _gathered(work: Work, roster: Roster, since: datetime, *, now: datetime) -> DutyDigest:
    settings, workspace = roster.settings, roster.settings.workspace
    table = await work.thresholds.current(workspace)
    crossed = [
        crossing_rules.crossing(case, table)
        for case in await work.crossings.told_between(workspace, since, now)
        if await work.escalations.of_case(workspace, case.id) is None
    ]
    rota = await rota_of(work, settings, now=now)
    away = bench_of(roster).unavailable
    gaps = [each for each in turns(rota, now, now + GAPS_AHEAD, unavailable=away) if each.is_gap]
    return digest(
        await lines_of(work, workspace, now=now),
        crossed,
        await work.promises.open_in(workspace),
        gaps if rota.shifts else (),
        zone=settings.duty_hours.zone,
        now=now,
    )


def next_at(settings: WorkspaceSettings, now: datetime) -> datetime:
    """Return when the duty channel hears of its day next."""
    return next_digest_at(now, zone=settings.duty_hours.zone, clock=settings.digest_at)
