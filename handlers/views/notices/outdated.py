"""What stands in the place of a notice that no longer waits for anything: how things stand now."""

from handlers.views.escalations.standing import ended
from handlers.views.message import Message, saying
from handlers.views.text import quoted, when, who
from handlers.views.words import ESCALATION_STATE
from policy.cases import Case
from policy.escalations import Escalation

ANSWERED = ":white_check_mark: This no longer waits for an answer."


def outdated(case: Case | None, escalation: Escalation | None) -> Message:
    """Return it, without any button."""
    of = f"*{case.id}* {quoted(case.title)}: " if case else ""
    return saying(f"{of}{_stands(escalation) if escalation else ANSWERED}")


def _stands(escalation: Escalation) -> str:
    if how := ended(escalation):
        return how
    state = ESCALATION_STATE[escalation.state].lower()
    owner, since = escalation.owner, escalation.owned_at
    whose = f"; {who(owner)} answers for it" if owner else ""
    return (
        f"{ANSWERED} The escalation is {state}{whose}{f' since {when(since)}' if since else ''}."
    )
