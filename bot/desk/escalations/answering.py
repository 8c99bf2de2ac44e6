"""The first answer: acknowledge, redirect, decline; and what is said against those."""

from bot.desk import ladder
from bot.desk.escalating import Matter, UseCases, acting_on, become, finished
from bot.desk.escalations import cards
from bot.desk.escalations.errands import carried_out
from bot.desk.escalations.submitting import begun
from policy import escalations as rules
from policy.cases import Severity
from policy.escalations import (
    DeclineReason,
    Escalation,
    EscalationState,
    Event,
    RedirectTarget,
)
from policy.ids import CaseId, EscalationId, UserId, spoken_case
from policy.owed import answering as answers
from policy.owed import escalations as owed
from policy.roles import Actor, Standing

GONE = "Whoever had it answers no escalations any more."


class Answering(UseCases):
    """The first answer, and what may be said against it."""

    async def acknowledge(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Make the person its owner; the first one wins, and pressing twice is once."""
        async with acting_on(self._means, escalation, by) as matter:
            act, case, found = matter.act, matter.case, matter.escalation
            if found.owner == by.user and found.is_open:
                return found
            after = rules.acknowledged(found, case, by=act.who, hours=matter.hours, now=act.now)
            await become(act, Event.ACKNOWLEDGE, case, found, after)
            await cards.owned(act, after)
            act.owe(
                *owed.acknowledged(case, after, by.user), *answers.briefed(matter.scene(after))
            )
            await act.commit()
        return after

    async def redirect(
        self,
        escalation: EscalationId,
        target: RedirectTarget,
        reason: str,
        *,
        other: CaseId | None = None,
        severity: Severity | None = None,
        by: Actor,
    ) -> Escalation:
        """Send it where it belongs, and carry that out in its submitter's name."""
        requester = await self._submitter(escalation, by)
        named = spoken_case(other) if other else None
        opens = target is RedirectTarget.NEW_CASE
        async with acting_on(self._means, escalation, by, beside=named, opens=opens) as matter:
            act, case, found = matter.act, matter.case, matter.escalation
            after = rules.redirected(
                found,
                case,
                target=target,
                reason=reason,
                other=await act.work.cases.find(by.workspace, named) if named else None,
                severity=severity,
                by=act.who,
                now=act.now,
            )
            await _sent_elsewhere(matter, after, requester)
        return after

    async def decline(
        self,
        escalation: EscalationId,
        code: DeclineReason,
        *,
        explanation: str,
        alternative: str,
        contact: UserId,
        by: Actor,
    ) -> Escalation:
        """Decline it, with what helps instead and whom to talk to; the right stays used."""
        async with acting_on(self._means, escalation, by) as matter:
            act, found = matter.act, matter.escalation
            after = rules.declined(
                found,
                matter.case,
                code=code,
                explanation=explanation,
                alternative=alternative,
                contact=contact,
                by=act.who,
                now=act.now,
            )
            return await finished(
                matter, Event.DECLINE, after, answers.declined(matter.scene(after))
            )

    async def dispute(self, escalation: EscalationId, why: str, *, by: Actor) -> Escalation:
        """Say to the leads that it should not have been redirected; once."""
        async with acting_on(self._means, escalation, by) as matter:
            act = matter.act
            after = rules.disputed(
                matter.escalation, matter.case, why=why, by=act.who, now=act.now
            )
            return await finished(
                matter, Event.DISPUTE, after, answers.contested(matter.scene(after))
            )

    async def appeal(self, escalation: EscalationId, why: str, *, by: Actor) -> Escalation:
        """Say to the leads that it should not have been declined; once."""
        async with acting_on(self._means, escalation, by) as matter:
            act = matter.act
            after = rules.appealed(
                matter.escalation, matter.case, why=why, by=act.who, now=act.now
            )
            return await finished(
                matter, Event.APPEAL, after, answers.contested(matter.scene(after))
            )

    async def settle(
        self, escalation: EscalationId, *, granted: bool, answer: str, by: Actor
    ) -> Escalation:
        """Answer a dispute or an appeal, as a lead; what is granted follows at once."""
        async with acting_on(self._means, escalation, by) as matter:
            act, case, found = matter.act, matter.case, matter.escalation
            earlier = await act.work.escalations.all_of(by.workspace, case.id)
            after = rules.settled(
                found,
                case,
                granted=granted,
                answer=answer,
                earlier=tuple(each for each in earlier if each.id != found.id),
                by=act.who,
                now=act.now,
            )
            await become(act, Event.SETTLE, case, found, after)
            act.owe(*answers.settled(matter.scene(after)))
            if granted and found.state is EscalationState.REDIRECTED:
                await _taken_up(matter, answer)
            await act.commit()
        return after

    async def reinstate(self, escalation: EscalationId, reason: str, *, by: Actor) -> Escalation:
        """Restore the right it used, as a lead; once per case."""
        async with acting_on(self._means, escalation, by) as matter:
            act, case, found = matter.act, matter.case, matter.escalation
            earlier = await act.work.escalations.all_of(by.workspace, case.id)
            after = rules.reinstated(
                found,
                case,
                reason=reason,
                earlier=tuple(each for each in earlier if each.id != found.id),
                by=act.who,
                now=act.now,
            )
            told = answers.reinstated(matter.scene(after))
            return await finished(matter, Event.REINSTATE, after, told)

    async def give_back(self, escalation: EscalationId, reason: str, *, by: Actor) -> Escalation:
        """Put it back to whoever is on duty, as a lead; its acknowledgement clock starts anew."""
        async with acting_on(self._means, escalation, by) as matter:
            rules.step(Event.RETURN, matter.escalation, matter.case, matter.act.who)
            after = await returned(matter, reason, by_caseflag=False)
            await matter.act.commit()
        return after

    async def _submitter(self, escalation: EscalationId, by: Actor) -> Standing:
        """Return who submitted an escalation, in whose name a redirect acts."""
        async with self._means.database.reading() as work:
            asked = (await work.escalations.get(by.workspace, escalation)).submitted_by
        standing, _ = await self._means.people.known(Actor(workspace=by.workspace, user=asked))
        return standing


async def returned(matter: Matter, reason: str, *, by_caseflag: bool) -> Escalation:
    """Put an escalation back to whoever is on duty, who hear of it at once."""
    act, case, found = matter.act, matter.case, matter.escalation
    after = rules.returned(
        found,
        case,
        reason=reason,
        by=None if by_caseflag else act.who,
        hours=matter.hours,
        now=act.now,
    )
    shown = await become(act, Event.RETURN, case, found, after, why=reason)
    act.owe(*answers.returned(matter.scene(after), owner=found.owner, reason=reason))
    for promise in await act.work.promises.of(act.workspace, after.id):
        if promise.is_open:
            await ladder.climb(act, promise, after, shown)
    return after


async def _sent_elsewhere(matter: Matter, after: Escalation, requester: Standing) -> None:
    """Carry out what a redirect is for, and tell where the escalation went."""
    act = matter.act
    shown = await become(act, Event.REDIRECT, matter.case, matter.escalation, after)
    errand = rules.errand(after, shown)
    opened = await carried_out(act, errand, shown, requester) if errand else None
    act.owe(
        *answers.redirected(matter.scene(after), opened=opened, is_carried_out=errand is not None)
    )
    await act.commit()


async def _taken_up(matter: Matter, reason: str) -> None:
    """Let the lead who granted a dispute answer for what was asked, unless somebody does."""
    act = matter.act
    case = await act.case(matter.case.id)
    waiting = await act.work.escalations.of_case(act.workspace, case.id)
    if not case.is_open or (waiting is not None and waiting.is_open):
        return
    pulled = rules.taken_up(
        case,
        matter.escalation.request,
        reason=reason,
        id=EscalationId(act.means.new_id()),
        by=act.who,
        hours=matter.hours,
        now=act.now,
    )
    await begun(act, case, pulled)
