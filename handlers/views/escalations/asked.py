"""What an escalation asks for, and where it stands in one sentence; shared by cards and modals."""

from slack_sdk.models.blocks import Block

from handlers.forms.escalations import WHY
from handlers.views.message import below, context, facts, given
from handlers.views.text import PASSAGE, quoted, when, who
from handlers.views.words import ESCALATION_STATE, FLAG, REACH, WORKAROUND
from policy.escalations import Escalation, EscalationState

WANTED, SAID = 600, 500
"""How much of what is wanted, and of what was said in the guidance, a card shows."""


def escalated(escalation: Escalation) -> str:
    """Return where an escalation stands and who has it, as one sentence."""
    said = f":triangular_flag_on_post: Escalated {when(escalation.submitted_at)}"
    if escalation.state is EscalationState.REQUESTED:
        return f"{said}, waiting for a duty manager"
    owner = f", {who(escalation.owner)} answers for it" if escalation.owner else ""
    return f"{said}: {ESCALATION_STATE[escalation.state].lower()}{owner}"


def request(
    escalation: Escalation, *, whole: bool = False, phone: bool = False
) -> tuple[Block, ...]:
    """Return what an escalation says; the phone number only where no channel sees it."""
    asked = escalation.request
    return given(
        below("*Impact now*", asked.impact, None if whole else PASSAGE),
        below("*What changed or was missed*", asked.changed, None if whole else PASSAGE)
        if asked.changed
        else None,
        below("*Wanted result*", asked.wanted, None if whole else WANTED),
        facts(
            (
                ("Workaround", _workaround(escalation)),
                *_optional(escalation),
                ("Contact", who(asked.contact)),
                ("Reach them", _reach(escalation, phone=phone)),
            )
        ),
    )


def flagged(escalation: Escalation, *, whole: bool = False) -> tuple[Block, ...]:
    """Return what a duty manager must know about how it came, in the requester's own words too."""
    flags = (context(f":warning: {FLAG[each]}") for each in escalation.flags)
    said = (below("", each, None if whole else SAID) for each in escalation.request.said)
    return given(*flags, *said)


def _optional(escalation: Escalation) -> tuple[tuple[str, str], ...]:
    asked = escalation.request
    found: list[tuple[str, str]] = []
    if asked.critical_at:
        meaning = quoted(asked.critical_meaning, 200)
        found.append(("Critical date", f"{when(asked.critical_at)}: {meaning}"))
    if asked.users_affected is not None:
        found.append(("Users affected", f"{asked.users_affected:,}"))
    if asked.alternate:
        found.append(("Alternate contact", who(asked.alternate)))
    if asked.severity:
        found.append(("Also asks for", asked.severity.value))
    return tuple(found)


def _workaround(escalation: Escalation) -> str:
    asked = escalation.request
    why = f": {quoted(asked.workaround_why, WHY)}" if asked.workaround_why else ""
    return f"{WORKAROUND[asked.workaround]}{why}"


def _reach(escalation: Escalation, *, phone: bool) -> str:
    asked = escalation.request
    number = f" ({asked.phone})" if phone and asked.phone else ""
    return f"{REACH[asked.reach]}{number}"
