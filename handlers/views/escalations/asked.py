"""What an escalation asks for, and where it stands in one sentence; shared by cards and modals."""

from slack_sdk.models.blocks import Block

from handlers.views.message import context, facts, given, section
from handlers.views.text import PASSAGE, passage, passages, quoted, when, who
from handlers.views.words import ESCALATION_STATE, FLAG, REACH, WORKAROUND
from policy.escalations import Escalation, EscalationState


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
        _said("Impact now", asked.impact, whole=whole),
        _said("What changed or was missed", asked.changed, whole=whole) if asked.changed else None,
        _said("Wanted result", asked.wanted, whole=whole, short=600),
        facts(
            (
                ("Workaround", _workaround(escalation)),
                *_optional(escalation),
                ("Contact", who(asked.contact)),
                ("Reach them", _reach(escalation, phone=phone)),
            )
        ),
    )


def _said(title: str, words: str, *, whole: bool, short: int = PASSAGE) -> tuple[Block, ...]:
    """Return somebody's words under a title: to their end, or their beginning."""
    begins, *goes_on = passages(words) if whole else (passage(words, short),)
    return (section(f"*{title}*\n{begins}"), *map(section, goes_on))


def flagged(escalation: Escalation, *, most: int = 500) -> tuple[Block, ...]:
    """Return what a duty manager must know about how it came, in the requester's own words too."""
    flags = (context(f":warning: {FLAG[each]}") for each in escalation.flags)
    said = (section(passage(each, most)) for each in escalation.request.said)
    return (*flags, *said)


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
    why = f": {quoted(asked.workaround_why, 300)}" if asked.workaround_why else ""
    return f"{WORKAROUND[asked.workaround]}{why}"


def _reach(escalation: Escalation, *, phone: bool) -> str:
    asked = escalation.request
    number = f" ({asked.phone})" if phone and asked.phone else ""
    return f"{REACH[asked.reach]}{number}"
