"""Escalations: use the case's right, answer for it, add to it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.desk import comments, severities
from bot.desk.act import Act, Means
from bot.desk.runs import outcome_of, run_of
from policy import cases as casework
from policy import escalations as rules
from policy.casefile import CaseFile
from policy.cases import Case
from policy.comments import Visibility, readable
from policy.escalations import Escalation, EscalationRequest
from policy.guidance import gates, outcomes
from policy.guidance.gates import Reply
from policy.guidance.outcomes import Escalate, Flag, Outcome
from policy.guidance.walk import Answer
from policy.ids import CaseId, EscalationId, UserId
from policy.owed import escalations as owed
from policy.refusals import EscalationIsOver, NoSuchCase, NotYours
from policy.roles import Actor, Role
from policy.rota import on_duty


class Escalations:
    """The one request per case for someone besides the engineer."""

    def __init__(self, means: Means) -> None:
        self._means = means

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
                now=act.now,
            )
            await act.work.escalations.add(escalation)
            await act.spoke_of(case)
            await _tell(act, await _entered(act, found, escalation), escalation)
            await act.commit()
        return escalation

    async def acknowledge(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Make the person its owner; the first one wins, and pressing twice is once."""
        async with self._means.looking(by) as act:
            of = (await act.work.escalations.get(by.workspace, escalation)).case
        async with self._means.acting(by) as act:
            case = await act.case(of)  # whoever changes either holds the case first
            found = await act.work.escalations.get(by.workspace, escalation)
            if found.owner == by.user and found.is_open:
                return found
            answer = rules.acknowledged(found, case, by=act.who, now=act.now)
            await act.work.escalations.save(answer)
            await act.note(
                case.id,
                "escalations.acknowledged",
                {"state": found.state.value, "owner": None},
                {"state": answer.state.value, "owner": by.user, "escalation": answer.id},
            )
            if not answer.request.confidential:
                await act.work.cases.save(casework.shown_anew(case))
            act.owe(*owed.acknowledged(case, answer, by.user))
            await act.commit()
        return answer

    async def read(self, escalation: EscalationId, *, by: Actor) -> tuple[Escalation, CaseFile]:
        """Return an escalation and its case."""
        async with self._means.looking(by) as act:
            found = await act.work.escalations.get(by.workspace, escalation)
            case = await act.case(found.case)
            if not rules.may_know(found, case, act.who):
                raise NoSuchCase(case=case.id)
            return found, await act.file(case)

    async def state(self, case: CaseId, text: str, *, by: Actor) -> Escalation:
        """Add a statement to the case's open escalation."""
        async with self._means.acting(by) as act:
            found = await act.case(case)
            escalation = (await act.file(found)).escalation
            if not (casework.is_support(act.who) or _may_escalate(act, found)):
                raise NotYours(case=case, need="whoever may escalate it, or the support side")
            if escalation is None or not escalation.is_open:
                state = escalation.state.value if escalation else "none"
                raise EscalationIsOver(case=case, state=state)
            comment = comments.drawn(act, found, readable(text), visibility=Visibility.ESCALATION)
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
    facts: dict[str, str | bool | None] = {"escalation": escalation.id, "confidential": True}
    if request.confidential:
        await act.note(case.id, "escalations.submitted", after={**facts})
        return case
    followers = case.followers | frozenset(request.followers)
    after = casework.shown_anew(replace(case, followers=followers))
    await act.work.cases.save(after)
    facts |= {
        "confidential": False,
        "reason": request.reason.value,
        "flags": ", ".join(escalation.flags),
        "acknowledge_due_at": escalation.acknowledge_due_at.isoformat(),
    }
    await act.note(case.id, "escalations.submitted", after={**facts})
    return await _asked_severity(act, after, request)


async def _asked_severity(act: Act, case: Case, request: EscalationRequest) -> Case:
    """File the severity the requester asks for besides, unless one is being asked for already."""
    if request.severity is None or request.severity is case.severity:
        return case
    if await act.work.severities.open_of(act.workspace, case.id) is None:
        await severities.filed(act, case, request.severity, request.changed or request.impact)
    return await act.case(case.id)


async def _tell(act: Act, case: Case, escalation: Escalation) -> None:
    confidential, channel = escalation.request.confidential, act.settings.duty_channel
    if channel is not None and not confidential:
        await act.work.cards.want(act.workspace, "escalation", escalation.id, channel)
    told = _answerable(act, case, confidential=confidential)
    act.owe(*owed.escalated(case, escalation, told=told, settings=act.settings))


def _answerable(act: Act, case: Case, *, confidential: bool) -> tuple[UserId, ...]:
    """Return whoever may answer: of a confidential escalation, leads only."""
    people = act.roster.people
    unavailable = frozenset({act.who.user}) | ({case.engineer} if case.engineer else set())
    leads = people[Role.LEAD]
    if confidential:
        return on_duty(leads, (), (), unavailable=unavailable)
    return on_duty(
        people[Role.DUTY_MANAGER], leads, people[Role.ADMINISTRATOR], unavailable=unavailable
    )
