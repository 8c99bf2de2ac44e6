"""The end: ask for agreement, close, and look back from both sides."""

from datetime import datetime

from bot.desk.escalating import Matter, UseCases, acting_on, attending, finished
from policy import escalations as rules
from policy.escalations import PROMPTS, Cause, ClosedAs, Escalation, Event, Judgement
from policy.ids import EscalationId
from policy.owed import working as owed
from policy.roles import Actor

BATCH = 100


class Closing(UseCases):
    """The end, and looking back."""

    async def propose(
        self, escalation: EscalationId, outcome: ClosedAs, summary: str, *, by: Actor
    ) -> Escalation:
        """Ask the requester to agree to closing; asked again by itself where no answer comes."""
        async with acting_on(self._means, escalation, by) as matter:
            act, found = matter.act, matter.escalation
            after = rules.proposed(
                found,
                matter.case,
                outcome=outcome,
                summary=summary,
                by=act.who,
                hours=matter.hours,
                now=act.now,
            )
            if _is_proposed_twice(found, after):
                return found
            return await finished(matter, Event.PROPOSE, after, owed.proposed(matter.scene(after)))

    async def prompt(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Ask once more, after the answer to the first question was due."""
        async with acting_on(self._means, escalation, by) as matter:
            return await _prompted(matter, by_caseflag=False)

    async def prompt_due(self, now: datetime) -> int:
        """Ask all requesters once more whose answer is due; return how many that were."""
        async with self._means.database.reading() as work:
            due = await work.escalations.to_prompt(now, BATCH)
        asked = 0
        for each in due:
            async with attending(self._means, each) as matter:
                if _waits_for_prompt(matter.escalation, now=matter.act.now):
                    await _prompted(matter, by_caseflag=True)
                    asked += 1
        return asked

    async def agree(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Close it as was proposed."""
        async with acting_on(self._means, escalation, by) as matter:
            act = matter.act
            after = rules.agreed(matter.escalation, matter.case, by=act.who, now=act.now)
            return await finished(matter, Event.AGREE, after, owed.closed(matter.scene(after)))

    async def object(self, escalation: EscalationId, why: str, *, by: Actor) -> Escalation:
        """Keep it open, though closing was proposed."""
        async with acting_on(self._means, escalation, by) as matter:
            words = why.strip()
            after = rules.objected(matter.escalation, matter.case, why=why, by=matter.act.who)
            told = owed.refused(matter.scene(after), by.user, words)
            return await finished(matter, Event.OBJECT, after, told, why=words)

    async def de_escalate(
        self,
        escalation: EscalationId,
        outcome: ClosedAs,
        summary: str,
        *,
        override: str = "",
        by: Actor,
    ) -> Escalation:
        """Close it without an agreement: after two prompts, or as a lead who says why."""
        async with acting_on(self._means, escalation, by) as matter:
            act = matter.act
            after = rules.de_escalated(
                matter.escalation,
                matter.case,
                outcome=outcome,
                summary=summary,
                override=override,
                by=act.who,
                now=act.now,
            )
            told = owed.closed(matter.scene(after))
            return await finished(matter, Event.DE_ESCALATE, after, told)

    async def rate(
        self, escalation: EscalationId, score: int, text: str = "", *, by: Actor
    ) -> Escalation:
        """Say, as the requester, how well it was answered: 1 to 5."""
        async with acting_on(self._means, escalation, by) as matter:
            act = matter.act
            after = rules.rated(
                matter.escalation, matter.case, score=score, text=text, by=act.who, now=act.now
            )
            return await finished(matter, Event.RATE, after, owed.rated(matter.scene(after)))

    async def review(
        self,
        escalation: EscalationId,
        *,
        preventable: bool,
        cause: Cause,
        text: str = "",
        by: Actor,
    ) -> Escalation:
        """Say, as the owner, what made it necessary."""
        async with acting_on(self._means, escalation, by) as matter:
            act = matter.act
            after = rules.reviewed(
                matter.escalation,
                matter.case,
                preventable=preventable,
                cause=cause,
                text=text,
                by=act.who,
                now=act.now,
            )
            return await finished(matter, Event.REVIEW, after)

    async def judge(
        self, escalation: EscalationId, judgement: Judgement, *, by: Actor
    ) -> Escalation:
        """Say whether the guidance advised well; stored with the run that led here."""
        async with acting_on(self._means, escalation, by) as matter:
            act, found = matter.act, matter.escalation
            after = rules.judged(found, matter.case, judgement=judgement, by=act.who, now=act.now)
            if found.request.run is not None and after.judged is not None:
                await act.work.runs.judge(by.workspace, found.request.run, after.judged)
            return await finished(matter, Event.JUDGE, after)


async def _prompted(matter: Matter, *, by_caseflag: bool) -> Escalation:
    act = matter.act
    after = rules.prompted(
        matter.escalation,
        matter.case,
        by=None if by_caseflag else act.who,
        hours=matter.hours,
        now=act.now,
    )
    return await finished(matter, Event.PROMPT, after, owed.proposed(matter.scene(after)))


def _is_proposed_twice(before: Escalation, after: Escalation) -> bool:
    last, now = before.proposal, after.proposal
    return (
        last is not None
        and now is not None
        and (last.outcome, last.summary, last.by) == (now.outcome, now.summary, now.by)
    )


def _waits_for_prompt(escalation: Escalation, *, now: datetime) -> bool:
    proposal = escalation.proposal
    return (
        proposal is not None
        and escalation.is_open
        and not escalation.is_paused(now=now)
        and proposal.prompts < PROMPTS
        and now >= proposal.answer_due_at
    )
