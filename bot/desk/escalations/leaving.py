"""People who have left: whatever they answered for goes back, and whoever has it hears of the rest."""

from bot.desk.escalating import UseCases, attending
from bot.desk.escalations.answering import GONE, returned
from policy.cases import Case
from policy.escalations import Escalation
from policy.ids import EscalationId, UserId, WorkspaceId
from policy.owed import answering as owed
from policy.owed.audience import requesters

OWN = "Whoever had it works the case itself by now, and never decides of an own case."


class Leaving(UseCases):
    """What follows when somebody is not there any more."""

    async def lose(
        self, workspace: WorkspaceId, escalation: EscalationId, owner: UserId, why: str = GONE
    ) -> bool:
        """Put it back to whoever is on duty, if this is its owner, and gone or the case's engineer."""
        async with self._means.database.reading() as work:
            found = await work.escalations.get(workspace, escalation)
        async with attending(self._means, found) as matter:
            is_owner = matter.escalation.is_open and matter.escalation.owner == owner
            if not is_owner or (why == OWN and matter.case.engineer != owner):
                return False
            await returned(matter, why, by_caseflag=True)
            await matter.act.commit()
        return True

    async def lose_the_gone(self) -> int:
        """Look who has left Slack of those who own or asked for escalations, though nobody writes.

        What they own goes back to whoever is on duty, and so does what the case's own engineer
        has; whoever has it hears, once, that the person is gone who asked for it. Return how many
        went back.
        """
        async with self._means.database.reading() as work:
            known = {
                each: await work.escalations.open_in(each) for each in await work.workspaces.all()
            }
        return sum([await self._lost(each, theirs) for each, theirs in known.items()])

    async def _lost(self, workspace: WorkspaceId, known: list[tuple[Escalation, Case]]) -> int:
        people = frozenset(user for each in known for user in _people(*each))
        gone = await self._means.people.gone(workspace, people) if people else frozenset()
        lost = 0
        for escalation, case in known:
            if escalation.owner in gone:
                lost += await self.lose(workspace, escalation.id, escalation.owner)
            elif escalation.owner and escalation.owner == case.engineer:
                lost += await self.lose(workspace, escalation.id, escalation.owner, OWN)
            for user in gone.intersection(requesters(case, escalation)):
                await self._told_of(escalation, user, gone)
        return lost

    async def _told_of(
        self, escalation: Escalation, user: UserId, gone: frozenset[UserId]
    ) -> None:
        async with attending(self._means, escalation) as matter:
            scene = matter.scene(matter.escalation)
            matter.act.owe(*owed.requester_gone(scene, user, gone))
            await matter.act.commit()


def _people(escalation: Escalation, case: Case) -> set[UserId]:
    """Return whom an escalation needs, or may need in their place."""
    request = escalation.request
    named = (escalation.owner, request.alternate, case.contact, case.requester, case.reporter)
    return {*requesters(case, escalation), *filter(None, named)}
