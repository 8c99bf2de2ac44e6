"""Crossings: announce what is due, and promise to tell a person."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from bot.courtesy import SLICE
from bot.desk.act import Act, Means
from bot.storage.work import Work
from policy import crossings as rules
from policy.casefile import CaseFile
from policy.cases import Case
from policy.crossings import Crossing
from policy.escalations import may_escalate
from policy.guidance import gates
from policy.guidance.gates import AlreadyOpen, Closed, RightUsed
from policy.history import SYSTEM, Change
from policy.home import LOOKED_AT_FOR, people_of
from policy.ids import CaseId, WorkspaceId
from policy.notices import Channel, Duty, Notice
from policy.owed import crossings as owed
from policy.refusals import NotYours
from policy.roles import Actor
from policy.thresholds import available_at

BATCH = 125
"""So many are announced in one go: fewer cost more, more hold up whoever waits for an answer."""
REMINDED = "crossings.reminded"


class Crossings:
    """Being told that escalating is available."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._was_full = False

    async def remind(self, case: CaseId, *, by: Actor) -> datetime | None:
        """Promise to tell the person, privately, when it is; return when, None if it is already."""
        async with self._means.acting(by) as act:
            found = await act.case(case)
            record = await act.record(found)
            shut = gates.gate(record, act.who, now=act.now)
            if isinstance(shut, Closed | AlreadyOpen | RightUsed):
                raise gates.refusal(shut, found)
            at = available_at(found, record.table)
            if act.now >= at:
                return None
            act.owe(owed.reminder(found, by.user, available_at=at, at=act.now))
            await act.note(found.id, REMINDED, after={"available_at": at.isoformat()})
            await act.commit()
        return at

    async def dismiss(self, case: CaseId, *, by: Actor) -> CaseFile:
        """Note that the requester needs no escalation now; the right stays unused."""
        async with self._means.acting(by) as act:
            found = await act.case(case)
            if not may_escalate(found, act.who, act.settings):
                raise NotYours(case=case, need="the person who opened it, or its contact")
            await act.note(found.id, "crossings.dismissed")
            file = await act.file(found)
            await act.commit()
        return file

    async def announce(self, now: datetime) -> int:
        """Announce a batch of what is due by now, each crossing once; return how many that were."""
        async with self._means.database.begin() as work:
            claimed = await work.crossings.due(now, BATCH)
            is_full = len(claimed) == BATCH
            is_storm = is_full or self._was_full  # what is left at its end belongs to it
            for workspace, theirs in groupby(sorted(claimed, key=_workspace), key=_workspace):
                await _announce(work, workspace, tuple(theirs), now=now, is_storm=is_storm)
            if claimed:
                await work.commit()
        self._was_full = is_full
        if claimed:
            self._means.wake()
        return len(claimed)

    async def warn(self, now: datetime) -> int:
        """Warn the engineers of a batch of cases that cross soon; return how many cases it was."""
        async with self._means.database.begin() as work:
            claimed = await work.crossings.near(now, BATCH)
            for workspace, theirs in groupby(sorted(claimed, key=_workspace), key=_workspace):
                await _warn(work, workspace, tuple(theirs), now=now)
            if claimed:
                await work.commit()
        if claimed:
            self._means.wake()
        return len(claimed)


async def move_reminders(act: Act, case: Case) -> None:
    """Owe anew, by the case's new clock, what people asked to be reminded of by the old one."""
    entries = await act.work.history.of(act.workspace, case.id)
    people = {each.change.by for each in entries if each.change.what == REMINDED}
    table = await act.work.thresholds.current(act.workspace)
    at = available_at(case, table)
    act.owe(*(owed.reminder(case, user, available_at=at, at=act.now) for user in sorted(people)))


def _workspace(case: Case) -> WorkspaceId:
    return case.workspace


async def _announce(
    work: Work, workspace: WorkspaceId, cases: Sequence[Case], *, now: datetime, is_storm: bool
) -> None:
    table = await work.thresholds.current(workspace)
    crossed = list[Crossing]()
    for start in range(0, len(cases), SLICE):
        crossed += (rules.crossing(case, table) for case in cases[start : start + SLICE])
        await work.courtesy.after_you()
    escalated = await work.escalations.escalated(workspace, [case.id for case in cases])
    await work.history.append_each([_entry(each, now=now) for each in crossed])
    await work.homes.outdate(workspace, people_of(*cases), now - LOOKED_AT_FOR)
    told = [each for each in crossed if each.case not in escalated]
    work.outbox.owe(*_notices(told, now=now, is_storm=is_storm))


async def _warn(
    work: Work, workspace: WorkspaceId, cases: Sequence[Case], *, now: datetime
) -> None:
    table = await work.thresholds.current(workspace)
    for case in cases:
        at = available_at(case, table)
        if case.engineer and now < at:
            work.outbox.owe(owed.near(case, case.engineer, available_at=at, at=now))
    await work.homes.outdate(workspace, people_of(*cases), now - LOOKED_AT_FOR)


def _notices(told: Sequence[Crossing], *, now: datetime, is_storm: bool) -> list[Notice]:
    singles, digests = rules.gathered(told, now=now, is_storm=is_storm)
    urgent, together = rules.gathered_for_duty(told, now=now, is_storm=is_storm)
    return [
        *(owed.crossed_for_duty(each, at=now) for each in urgent),
        *(owed.crossed(each, at=now) for each in singles),
        *(owed.crossed_together(each, Duty(), at=now) for each in together),
        *(
            owed.crossed_together(each.members, Channel(channel=each.channel), at=now)
            for each in digests
        ),
    ]


def _entry(crossing: Crossing, *, now: datetime) -> Change:
    return Change(
        workspace=crossing.workspace,
        case=crossing.case,
        at=now,
        by=SYSTEM,
        what="crossings.announced",
        after={
            "available_at": crossing.crossed_at.isoformat(),
            "clock_version": crossing.clock_version,
        },
    )
