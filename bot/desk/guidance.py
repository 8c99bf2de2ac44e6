"""Guidance: look where a run stands, and do what it advises."""

from collections.abc import Sequence
from typing import assert_never

from bot.desk.act import Act, Means
from bot.desk.comments import added
from bot.desk.runs import outcome_of, run_of
from policy.casefile import Position, Said
from policy.guidance.gates import Record, Reply, gate
from policy.guidance.outcomes import Comment, Escalate, NewCase, OtherCase, SeverityRequest
from policy.guidance.report import Advice, advice, may_read_advice
from policy.guidance.walk import Answer, deferred, facts, walked
from policy.ids import CaseId
from policy.owed import crossings as owed
from policy.refusals import NotYours, Stale
from policy.roles import Actor

ANSWERED = "comment:answer"
"""The outcome of a run that ended at our own open question, by its answer."""
MOST_JUDGED = 5000
"""How many runs the error rate is taken of: the last ones that were judged."""


class Guidance:
    """The interview. Nothing is stored until the person does what it advises."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def look(
        self, case: CaseId, answers: Sequence[Answer], *, reply: Reply | None = None, by: Actor
    ) -> Position:
        """Return the gate, and the next question or outcome that these answers lead to."""
        async with self._means.looking(by) as act:
            found = await act.case(case)
            record = await act.record(found)
            file = await act.file(found, record)
        return Position(
            file=file,
            gate=gate(record, act.who, reply=reply, now=act.now),
            facts=facts(record, now=act.now),
            next=walked(answers, record, now=act.now),
        )

    async def comment(
        self,
        case: CaseId,
        answers: Sequence[Answer],
        text: str,
        *,
        reply: Reply | None = None,
        by: Actor,
    ) -> Said:
        """Do what the outcome *comment* advises: post it, or the chase, and remind where agreed."""
        async with self._means.acting(by) as act:
            found = await act.case(case)
            record = await act.record(found)
            if reply is Reply.ANSWER:
                run = run_of(act, record, answers, outcome=ANSWERED)
                said = await added(act, found, text, run=run)
            else:
                said = await _advised(act, record, answers, text)
            await act.commit()
        return said

    async def leave(self, case: CaseId, answers: Sequence[Answer], *, by: Actor) -> None:
        """Store the run of a person who goes on with another case, or a new one."""
        async with self._means.acting(by) as act:
            record = await act.record(await act.case(case))
            await act.work.runs.add(run_of(act, record, answers))
            await act.commit()

    async def advice(self, *, by: Actor) -> tuple[Advice, ...]:
        """Return how often the advice of each path was judged to be wrong."""
        async with self._means.looking(by) as act:
            if not may_read_advice(act.who):
                raise NotYours(case=None, need="a lead or an administrator")
            return advice(await act.work.runs.judged(by.workspace, MOST_JUDGED))


async def _advised(act: Act, record: Record, answers: Sequence[Answer], text: str) -> Said:
    """Post what the advice is, or what can be done instead where it has become an escalation."""
    run = run_of(act, record, answers)
    advice = deferred(outcome_of(act, record, answers))
    match advice:
        case Comment(kind=kind, remind_at=remind_at):
            said = await added(act, record.case, text, kind=kind, run=run)
            if remind_at is not None:
                act.owe(
                    owed.next_step_reminder(
                        record.case, act.who.user, due_at=remind_at, at=act.now
                    )
                )
            return said
        case SeverityRequest():
            return await added(act, record.case, text, run=run)
        case Escalate() | OtherCase() | NewCase():
            raise Stale
        case _:
            assert_never(advice)
