"""Duty: who is on it, who stands behind them, and whom a ladder's calls reach."""

from bot.desk.act import Act
from bot.desk.people import Roster
from bot.storage.work import Work
from policy.cases import Case
from policy.escalations import Escalation
from policy.ids import UserId, WorkspaceId
from policy.owed.promises import Called
from policy.promises import Promise
from policy.roles import Role
from policy.rota import Bench, OnDuty, Rota, who_is_on

NOBODY: frozenset[UserId] = frozenset()


async def rota_of(_work: Work, _workspace: WorkspaceId) -> Rota:
    """Return the week and what takes precedence over it; without any, the settings' lists count."""
    return Rota()


def bench_of(roster: Roster, *, unavailable: frozenset[UserId] = NOBODY) -> Bench:
    """Return who may be asked where the rota names nobody."""
    people = roster.people
    return Bench(
        listed=people.get(Role.DUTY_MANAGER, NOBODY),
        leads=people.get(Role.LEAD, NOBODY),
        administrators=people.get(Role.ADMINISTRATOR, NOBODY),
        unavailable=unavailable,
    )


async def on_duty(act: Act, case: Case, *, besides: UserId | None = None) -> OnDuty:
    """Return who is on duty for a case at this moment: never its engineer, nor this person."""
    away = frozenset(each for each in (case.engineer, besides) if each is not None)
    rota = await rota_of(act.work, act.workspace)
    return who_is_on(rota, bench_of(act.roster, unavailable=away), now=act.now)


async def answerable(act: Act, case: Case, escalation: Escalation) -> tuple[UserId, ...]:
    """Return who is asked to answer for an escalation: of a confidential one, leads only."""
    asked_by = None if escalation.pulled else escalation.submitted_by
    if escalation.request.confidential:
        return tuple(sorted(leads_of(act, case) - {asked_by}))
    return (await on_duty(act, case, besides=asked_by)).people


def leads_of(act: Act, case: Case) -> frozenset[UserId]:
    """Return the leads, without the case's engineer."""
    return act.roster.people.get(Role.LEAD, NOBODY) - {case.engineer}


async def called(act: Act, case: Case, escalation: Escalation, promise: Promise) -> Called:
    """Return whom the calls of a promise's ladder reach at this moment."""
    leads = tuple(sorted(leads_of(act, case)))
    owner = () if promise.owner is None else (promise.owner,)
    if escalation.request.confidential:
        return Called(duty=await answerable(act, case, escalation), owner=owner, leads=leads)
    asked_by = None if escalation.pulled else escalation.submitted_by
    found = await on_duty(act, case, besides=asked_by)
    return Called(duty=found.people, backups=found.backups, owner=owner, leads=leads)
