"""Duty: who is on it, who stands behind them, and whom a ladder's calls reach."""

from dataclasses import replace
from datetime import datetime

from bot.desk.act import Act
from bot.desk.holidays import public_holidays
from bot.desk.people import Roster
from bot.storage.work import Work
from policy.cases import Case
from policy.escalations import Escalation
from policy.ids import UserId
from policy.owed.promises import Called
from policy.promises import Promise
from policy.roles import Role
from policy.rota import Bench, OnDuty, Rota, who_is_on
from policy.settings import WorkspaceSettings

NOBODY: frozenset[UserId] = frozenset()


async def rota_of(work: Work, settings: WorkspaceSettings, *, now: datetime) -> Rota:
    """Return the week and what takes precedence over it from now on, with the holidays."""
    kept = await work.rota.of(settings.workspace, since=now)
    return replace(kept, holidays=public_holidays(settings.holidays, now=now))


def bench_of(roster: Roster, *, unavailable: frozenset[UserId] = NOBODY) -> Bench:
    """Return who may be asked where the rota names nobody who is there.

    A user group comes before the people whom the settings list one by one.
    """
    named = roster.people.get(Role.DUTY_MANAGER, NOBODY)
    return Bench(
        calendar=roster.calendar,
        group=roster.grouped,
        listed=named - roster.grouped,
        leads=roster.people.get(Role.LEAD, NOBODY),
        administrators=roster.people.get(Role.ADMINISTRATOR, NOBODY),
        unavailable=roster.absent | unavailable,
    )


async def present(
    work: Work, roster: Roster, *, unavailable: frozenset[UserId] = NOBODY, now: datetime
) -> OnDuty:
    """Return who is on duty; `unavailable` are those who must not answer, though they are there."""
    rota = await rota_of(work, roster.settings, now=now)
    return who_is_on(rota, bench_of(roster, unavailable=unavailable), now=now)


async def on_duty(act: Act, case: Case, *, besides: UserId | None = None) -> OnDuty:
    """Return who is on duty for a case at this moment: never its engineer, nor this person."""
    away = frozenset(each for each in (case.engineer, besides) if each is not None)
    return await present(act.work, act.roster, unavailable=away, now=act.now)


async def answerable(act: Act, case: Case, escalation: Escalation) -> tuple[UserId, ...]:
    """Return who is asked to answer for an escalation: of a confidential one, leads only."""
    asked_by = None if escalation.pulled else escalation.submitted_by
    if escalation.request.confidential:
        return tuple(sorted(leads_of(act, case) - {asked_by}))
    return (await on_duty(act, case, besides=asked_by)).people


def leads_of(act: Act, case: Case) -> frozenset[UserId]:
    """Return the leads who are there, without the case's engineer."""
    return act.roster.people.get(Role.LEAD, NOBODY) - act.roster.absent - {case.engineer}


async def called(act: Act, case: Case, escalation: Escalation, promise: Promise) -> Called:
    """Return whom the calls of a promise's ladder reach at this moment."""
    leads = tuple(sorted(leads_of(act, case)))
    owner = () if promise.owner is None else (promise.owner,)
    if escalation.request.confidential:
        return Called(duty=await answerable(act, case, escalation), owner=owner, leads=leads)
    asked_by = None if escalation.pulled else escalation.submitted_by
    found = await on_duty(act, case, besides=asked_by)
    return Called(duty=found.people, backups=found.backups, owner=owner, leads=leads)
