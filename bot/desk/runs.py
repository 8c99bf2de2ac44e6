"""Runs of the guidance: what was answered, what the record showed, where it led."""

from collections.abc import Sequence

from bot.desk.act import Act
from policy.guidance import outcomes
from policy.guidance.gates import Record
from policy.guidance.outcomes import Outcome
from policy.guidance.questions import Step
from policy.guidance.walk import Answer, Run, facts, walked
from policy.ids import RunId
from policy.refusals import Stale


def outcome_of(act: Act, record: Record, answers: Sequence[Answer]) -> Outcome:
    """Return what the answers lead to with the record as it is now.

    Raises:
        Stale: they lead to a question: the record has changed since the advice was given.
    """
    found = walked(answers, record, now=act.now)
    if isinstance(found, Step):
        raise Stale
    return found


def run_of(
    act: Act,
    record: Record,
    answers: Sequence[Answer],
    *,
    outcome: str = "",
    override: str = "",
) -> Run:
    """Return the finished run, as it is stored."""
    return Run(
        workspace=act.workspace,
        id=RunId(act.means.new_id()),
        case=record.case.id,
        by=act.who.user,
        at=act.now,
        answers=tuple(answers),
        facts=facts(record, now=act.now),
        outcome=outcome or outcomes.name(outcome_of(act, record, answers)),
        override=override,
    )
