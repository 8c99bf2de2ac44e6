"""Thresholds: read the table, try another, publish it, and ask what if."""

from collections.abc import Sequence
from dataclasses import replace

from bot.desk.act import Act, Means
from policy import laboratory
from policy.home import LOOKED_AT_FOR
from policy.ids import CaseId
from policy.laboratory import VERSIONS, Preview, WhatIf
from policy.notices import Person
from policy.owed import crossings as owed
from policy.refusals import NotYours, Stale, Unreadable
from policy.roles import Actor, Role
from policy.thresholds import ThresholdTable, available_at, faults


class Thresholds:
    """The threshold table, and what another would mean."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def versions(self, *, by: Actor) -> Sequence[ThresholdTable]:
        """Return the last tables that were published, the current one first; administrators only."""
        async with self._means.looking(by) as act:
            _administer(act)
            return await act.work.thresholds.versions(act.workspace, VERSIONS)

    async def preview(self, table: ThresholdTable, *, by: Actor) -> Preview:
        """Return what publishing the table would do to the open cases; administrators only."""
        async with self._means.looking(by) as act:
            _administer(act)
            _lawful(table)
            current = await act.work.thresholds.current(act.workspace)
            open_ = await act.work.cases.all_open(act.workspace)
            return laboratory.preview(open_, current, table, now=act.now)

    async def publish(self, table: ThresholdTable, *, by: Actor) -> ThresholdTable:
        """Make this the table that counts; every open case's crossing follows.

        `table.version` is the version that it was drawn up against.

        Raises:
            NotYours: the person is no administrator.
            Unreadable: it breaks the law that worse or higher never waits longer.
            Stale: somebody published another one meanwhile.
        """
        async with self._means.acting(by) as act:
            _administer(act)
            _lawful(table)
            current = await act.work.thresholds.current(act.workspace)
            if current.version != table.version:
                raise Stale
            published = replace(
                table, version=table.version + 1, published_by=by.user, published_at=act.now
            )
            await act.work.thresholds.publish(act.workspace, published)
            await _move_reminders(act, published)
            await act.work.homes.outdate_all(act.workspace, act.now - LOOKED_AT_FOR)
            await act.commit()
        return published

    async def what_if(self, case: CaseId, *, by: Actor) -> WhatIf:
        """Return when escalating the case would become available, for each severity and tier."""
        async with self._means.looking(by) as act:
            table = await act.work.thresholds.current(act.workspace)
            file = await act.file(await act.case(case))
            return laboratory.what_if(file, table, now=act.now)


def _administer(act: Act) -> None:
    if not act.who.has(Role.ADMINISTRATOR):
        raise NotYours(case=None, need="an administrator")


def _lawful(table: ThresholdTable) -> None:
    for fault in faults(table):
        raise Unreadable(field=fault.severity.value, message=f"{fault.message}.")


async def _move_reminders(act: Act, table: ThresholdTable) -> None:
    """Let whoever asked to be reminded be told when the new table says, not the old one."""
    for waiting in await act.work.reminders.waiting(act.workspace):
        case = await act.work.cases.find(act.workspace, waiting.case) if waiting.case else None
        if case is None or not isinstance(waiting.to, Person):
            continue
        at = available_at(case, table)
        moved = owed.reminder(case, waiting.to.user, available_at=at, at=act.now)
        if moved.key == waiting.key:
            await act.work.reminders.put(act.workspace, moved.key, at)
        else:  # its clock began anew
            act.owe(moved)
