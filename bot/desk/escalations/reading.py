"""What is known of escalations, as far as the person who asks may know it."""

from dataclasses import replace

from bot.desk.act import Act
from bot.desk.boards import escalation_file_of, lines_of
from bot.desk.briefs import brief_of
from bot.desk.escalating import UseCases
from bot.desk.paging import pages_of
from policy import escalations as rules
from policy.board import Line, Listing, listed
from policy.brief import Brief
from policy.casefile import CaseFile, EscalationFile
from policy.cases import Case
from policy.escalations import Escalation
from policy.ids import EscalationId
from policy.refusals import NoSuchCase, NotYours
from policy.roles import Actor, Role


class Reading(UseCases):
    """What is known of escalations."""

    async def read(self, escalation: EscalationId, *, by: Actor) -> tuple[Escalation, CaseFile]:
        """Return an escalation and its case."""
        async with self._means.looking(by) as act:
            found, case = await looked_up(act, escalation)
            return found, await act.file(case)

    async def file(self, escalation: EscalationId, *, by: Actor) -> EscalationFile:
        """Return an escalation with all that a form or a view of it shows."""
        async with self._means.looking(by) as act:
            found, case = await looked_up(act, escalation)
            file = await escalation_file_of(act.work, found, case, who=act.who, now=act.now)
            promises = await act.work.promises.of(by.workspace, found.id)
            return replace(file, pages=await pages_of(act, found, promises))

    async def brief(self, escalation: EscalationId, *, by: Actor) -> Brief:
        """Return what whoever answers for it must know, from the record alone.

        Raises:
            NotYours: the person answers no escalations, or not this one.
        """
        async with self._means.looking(by) as act:
            found, case = await looked_up(act, escalation)
            confidential = found.request.confidential
            if not rules.may_answer(act.who, confidential=confidential):
                raise NotYours(case=case.id, need="a lead" if confidential else "a duty manager")
            return await brief_of(act.work, found, case, now=act.now)

    async def listed(self, listing: Listing, *, by: Actor) -> tuple[Line, ...]:
        """Return the open escalations, one's own or the overdue, the most urgent first.

        Raises:
            NotYours: the person is neither a duty manager nor a lead.
        """
        async with self._means.looking(by) as act:
            if not act.who.has(Role.DUTY_MANAGER, Role.LEAD):
                raise NotYours(case=None, need="a duty manager")
            lines = await lines_of(act.work, act.workspace, now=act.now)
            return listed(lines, listing, act.who)


async def looked_up(act: Act, escalation: EscalationId) -> tuple[Escalation, Case]:
    """Return an escalation and its case.

    Raises:
        NoSuchCase: there is none that the person may know of.
    """
    found = await act.work.escalations.get(act.workspace, escalation)
    case = await act.case(found.case)
    if not rules.may_know(found, case, act.who):
        raise NoSuchCase(case=case.id)
    return found, case
