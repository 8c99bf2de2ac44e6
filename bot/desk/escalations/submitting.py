"""The way in and the way back: submit, withdraw, pull, and add a statement."""

from collections.abc import Sequence
from dataclasses import replace

from bot.desk import comments, severities
from bot.desk.act import Act
from bot.desk.duty import answerable
from bot.desk.escalating import UseCases, acting_on, entered, finished, scene
from bot.desk.escalations import cards
from bot.desk.hours import hours_of
from bot.desk.runs import outcome_of, run_of
from policy import cases as casework
from policy import escalations as rules
from policy.cases import Case
from policy.comments import Visibility, is_said_twice, readable
from policy.escalations import Escalation, EscalationRequest, Event
from policy.guidance import gates, outcomes
from policy.guidance.gates import Reply
from policy.guidance.outcomes import Escalate, Flag, Outcome
from policy.guidance.walk import Answer
from policy.ids import CaseId, EscalationId
from policy.owed import answering as answers
from policy.owed import escalations as owed
from policy.refusals import EscalationIsOver, NotYours
from policy.roles import Actor, Role


class Submitting(UseCases):
    """The way in, and the way back."""

    async def submit(
        self,
        case: CaseId,
        request: EscalationRequest,
        *,
        answers: Sequence[Answer],
        override: str = "",
        reply: Reply | None = None,
        by: Actor,
    ) -> Escalation:
        """Use the case's one escalation; every gate runs again inside the transaction."""
        async with self._means.acting(by) as act:
            found = await act.case(case)
            record = await act.record(found)
            if shut := gates.gate(record, act.who, reply=reply, now=act.now):
                raise gates.refusal(shut, found)
            advice = outcome_of(act, record, answers)
            reason = outcomes.overriding(advice, override)
            run = run_of(act, record, answers, override=reason)
            await act.work.runs.add(run)
            request = _completed(rules.readable(request, found), advice)
            escalation = rules.submitted(
                found,
                replace(request, run=run.id, said=_said(answers, reason)),
                id=EscalationId(act.means.new_id()),
                by=act.who,
                flags=_flags(advice, reason),
                hours=hours_of(act.settings, now=act.now),
                now=act.now,
            )
            await act.work.escalations.add(escalation)
            await act.spoke_of(case)
            await _tell(act, await _entered(act, found, escalation), escalation)
            await act.commit()
        return escalation

    async def withdraw(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Take it back before anybody acknowledged it; the right is restored."""
        async with acting_on(self._means, escalation, by) as matter:
            after = rules.withdrawn(matter.escalation, matter.case, by=matter.act.who)
            told = answers.withdrawn(matter.scene(after), by.user)
            return await finished(matter, Event.WITHDRAW, after, told)

    async def pull(self, case: CaseId, reason: str, *, by: Actor) -> Escalation:
        """Take a case up for management; its customer's right stays as it is."""
        async with self._means.acting(by) as act:
            found = await act.case(case)
            pulled = rules.pulled(
                found,
                reason=reason,
                id=EscalationId(act.means.new_id()),
                by=act.who,
                hours=hours_of(act.settings, now=act.now),
                now=act.now,
            )
            await begun(act, found, pulled)
            await act.spoke_of(case)
            await act.commit()
        return pulled

    async def state(self, case: CaseId, text: str, *, by: Actor) -> Escalation:
        """Add a statement to the case's open escalation; the same twice is once."""
        async with self._means.acting(by) as act:
            found = await act.case(case)
            escalation = (await act.file(found)).escalation
            if not (casework.is_support(act.who) or _may_escalate(act, found)):
                raise NotYours(case=case, need="whoever may escalate it, or the support side")
            if escalation is None or not escalation.is_open:
                state = escalation.state.value if escalation else "none"
                raise EscalationIsOver(case=case, state=state)
            comment = comments.drawn(act, found, readable(text), visibility=Visibility.ESCALATION)
            last = await act.work.comments.of(act.workspace, case, limit=1, internal=True)
            if last and is_said_twice(comment, last[-1]):
                return escalation
            await comments.spoken(act, found, comment)
            leads = act.roster.people[Role.LEAD] - {found.engineer}
            act.owe(*owed.stated(found, escalation, comment, leads=leads))
            await act.commit()
        return escalation


def _may_escalate(act: Act, case: Case) -> bool:
    return rules.may_escalate(case, act.who, act.settings)


def _completed(request: EscalationRequest, advice: Outcome) -> EscalationRequest:
    """Keep confidential what guidance has found to be, whatever became of the tick."""
    is_confidential = isinstance(advice, Escalate) and advice.confidential
    return replace(request, confidential=request.confidential or is_confidential)


def _flags(advice: Outcome, override: str) -> tuple[str, ...]:
    flags = advice.flags if isinstance(advice, Escalate) else ()
    return tuple(flag.value for flag in (*flags, *((Flag.OVERRIDDEN,) if override else ())))


def _said(answers: Sequence[Answer], override: str) -> tuple[str, ...]:
    return tuple(filter(None, (*(each.text for each in answers), override)))


async def _entered(act: Act, case: Case, escalation: Escalation) -> Case:
    """Enter the escalation in the case's history and, unless confidential, on its card."""
    request = escalation.request
    if request.confidential:
        return await entered(act, Event.SUBMIT, case, None, escalation)
    followers = case.followers | frozenset(request.followers)
    after = await entered(
        act,
        Event.SUBMIT,
        replace(case, followers=followers),
        None,
        escalation,
        confidential=False,
        reason=request.reason.value,
        flags=", ".join(escalation.flags),
        acknowledge_due_at=escalation.acknowledge_due_at.isoformat(),
    )
    return await _asked_severity(act, after, request)


async def _asked_severity(act: Act, case: Case, request: EscalationRequest) -> Case:
    """File the severity the requester asks for besides, unless one is being asked for already."""
    if request.severity is None or request.severity is case.severity:
        return case
    if await act.work.severities.open_of(act.workspace, case.id) is None:
        await severities.filed(act, case, request.severity, request.changed or request.impact)
    return await act.case(case.id)


async def begun(act: Act, case: Case, escalation: Escalation) -> None:
    """Begin an escalation that management takes up, and is owned by whoever does."""
    await act.work.escalations.add(escalation)
    shown = await entered(act, Event.PULL, case, None, escalation, reason=escalation.pulled)
    await cards.wanted(act, shown, escalation)
    act.owe(*answers.pulled(scene(act, shown, escalation), act.who.user))


async def _tell(act: Act, case: Case, escalation: Escalation) -> None:
    await cards.wanted(act, case, escalation)
    told = await answerable(act, case, escalation)
    act.owe(*owed.escalated(case, escalation, told=told, settings=act.settings))
