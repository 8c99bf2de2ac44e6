"""Guidance as modals: what stands in the way, one step, and what it advises."""

from slack_sdk.models.views import View

from handlers.metadata import GuidancePath
from handlers.views.guidance import gates, outcomes, steps
from policy.casefile import Position
from policy.guidance.gates import NotYet
from policy.guidance.questions import Step


def at(position: Position, path: GuidancePath) -> View:
    """Return where a run stands; while escalating is not available yet, the interview still runs."""
    gate, goal = position.gate, position.next
    if gate is not None and not isinstance(gate, NotYet):
        return gates.closed(gate, position.file, path)
    if isinstance(goal, Step):
        return steps.asked(goal, position, path)
    return outcomes.advised(goal, position, path)
