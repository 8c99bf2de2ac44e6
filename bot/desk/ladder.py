"""The ladder: promises kept up with what happens to their escalation, and insisted on in time."""

from dataclasses import replace

from bot.desk import paging
from bot.desk.act import Act
from bot.desk.duty import called
from bot.desk.hours import hours_of
from policy import escalations
from policy import promises as rules
from policy.cases import Case
from policy.escalations import Escalation, Event, running
from policy.hours import DutyHours
from policy.ids import PromiseId
from policy.owed import promises as owed
from policy.promises import Promise

FIRST_RUNG = 1
"""How many rungs are climbed by submitting: whoever is on duty hears at once."""


async def keep_up(act: Act, event: Event, escalation: Escalation, case: Case) -> None:
    """Make, keep and release promises as an event does, and time the ladders of the others anew."""
    known = await act.work.promises.of(act.workspace, escalation.id)
    hours = hours_of(act.settings, now=act.now)
    changed = rules.after(event, escalation, case, known, hours=hours, now=act.now)
    if event is Event.SUBMIT:
        changed = tuple(replace(each, climbed=FIRST_RUNG) for each in changed)
    waiting: dict[PromiseId, Promise] = {each.id: each for each in known if each.is_open}
    for promise in (waiting | {each.id: each for each in changed}).values():
        await put(act, promise, escalation, case)


async def hasten(act: Act, before: Case, case: Case) -> None:
    """Let what a case's escalation owes come no later than its new severity and tier say.

    The ladders are timed anew: the severity decides in which hours they run.
    """
    found = await act.work.escalations.of_case(act.workspace, case.id)
    if found is None or not found.is_open:
        return
    hours = hours_of(act.settings, now=act.now)
    after = escalations.hastened(found, case, hours=hours, now=act.now)
    await act.work.escalations.save(after)
    paging.raised(act, before, case, after)
    for promise in await act.work.promises.of(act.workspace, found.id):
        if promise.is_open:
            sooner = rules.hastened(promise, after)
            await put(act, sooner, after, case)
            act.owe(*owed.hastened(case, after, promise, sooner, act.who.user, at=act.now))


async def put(act: Act, promise: Promise, escalation: Escalation, case: Case) -> None:
    """Keep a promise, and when its next rung is climbed."""
    at = rules.next_rung_at(promise, escalation, hours=_running(act, case))
    await act.work.promises.put(promise, next_rung_at=at)


async def climb(act: Act, promise: Promise, escalation: Escalation, case: Case) -> bool:
    """Climb the rungs of a promise whose time has come; return whether there were any."""
    due = rules.rungs_due(promise, escalation, hours=_running(act, case), now=act.now)
    if due:
        paging.late(act, case, escalation, promise)
        reached = await called(act, case, escalation, promise)
        act.owe(
            *owed.climbed(
                case,
                escalation,
                promise,
                due,
                called=reached,
                settings=act.settings,
                now=act.now,
            )
        )
    await put(act, rules.climbed(promise, due, now=act.now), escalation, case)
    return bool(due)


def _running(act: Act, case: Case) -> DutyHours | None:
    return running(case.severity, hours_of(act.settings, now=act.now))
