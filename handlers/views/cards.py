"""Cards: messages that are edited in place and always show the current state."""

from slack_sdk.models.blocks import Block, ButtonElement

from handlers.ids import Action
from handlers.views.escalations.asked import escalated
from handlers.views.message import (
    Message,
    button,
    buttons,
    facts,
    given,
    header,
    saying,
    section,
)
from handlers.views.text import lasts, passage, quoted, when, who
from handlers.views.waiting import answers, waiting
from handlers.views.words import STATE
from policy.casefile import CaseFile
from policy.cases import MEANING, Case, CaseState
from policy.thresholds import Explanation

DESCRIPTION, IMPACT = 700, 700


def case_card(file: CaseFile) -> Message:
    """Return the card of a case, for everybody in its channel to read."""
    return saying(
        summary(file),
        *given(
            header(f"{file.case.id} · {file.case.title}"),
            *details(file),
            section(passage(file.case.description, DESCRIPTION)),
            buttons(*answers(file.case.id))
            if file.case.state is CaseState.SOLUTION_PROPOSED
            else None,
            buttons(
                _escalate(file),
                button("Comment", Action.COMMENT, file.case.id) if file.case.is_open else None,
                _severity(file),
                _reopen(file),
            ),
        ),
    )


def summary(file: CaseFile) -> str:
    """Return the case in one line, with its state and what may be done about it."""
    case = file.case
    line = f"*{case.id}* {quoted(case.title)} · {case.severity.value} · {STATE[case.state]}"
    return " · ".join(filter(None, (line, standing(file))))


def details(file: CaseFile) -> tuple[Block, ...]:
    """Return the facts of a case, and where its escalation stands."""
    case = file.case
    stands = standing(file)
    return given(
        facts(
            (
                ("Severity", f"{case.severity.value} · {MEANING[case.severity]}"),
                ("State", _state(case)),
                ("Account", f"{quoted(case.account_name)} · {quoted(case.tier, 40)}"),
                ("Engineer", who(case.engineer) if case.engineer else "Nobody yet"),
                ("Opened", f"{when(case.opened_at)} by {who(case.requester)}"),
                *((("Contact", who(case.contact)),) if case.contact != case.requester else ()),
                *((("Component", quoted(case.component)),) if case.component else ()),
                *((("Environment", quoted(case.environment)),) if case.environment else ()),
            )
        ),
        section(f"*Business impact*\n{quoted(case.business_impact, IMPACT)}")
        if case.business_impact
        else None,
        section(stands) if stands else None,
        *waiting(file),
    )


def standing(file: CaseFile) -> str:
    """Return when escalating becomes available, or what came of it; empty where a button says it.

    Of a confidential escalation the card says nothing: everybody in the channel reads it.
    """
    if file.escalation is not None:
        is_hidden = file.escalation.request.confidential and file.reader is None
        return "" if is_hidden else escalated(file.escalation)
    if not file.case.is_open or file.is_available:
        return ""
    return f"Escalating becomes available {when(file.explanation.available_at)}"


def computed(explanation: Explanation) -> str:
    """Return how the moment of availability was found, for a person to follow."""
    known = "" if explanation.is_tier_known else " (a tier without a column: the longest wait)"
    return (
        f"Opened {when(explanation.opened_at)}, plus {lasts(explanation.threshold)} "
        f"for {explanation.severity.value} and {quoted(explanation.tier, 40)}{known}, "
        f"by version {explanation.version} of the threshold table."
    )


def _state(case: Case) -> str:
    if case.state is CaseState.MERGED and case.merged_into:
        return f"Merged into {case.merged_into}"
    return STATE[case.state]


def _escalate(file: CaseFile) -> ButtonElement | None:
    if not file.offers_escalation:
        return None
    return button("Escalate case", Action.GUIDE, file.case.id, style="danger")


def _severity(file: CaseFile) -> ButtonElement | None:
    if not file.case.is_open:
        return None
    return button("Change severity", Action.REQUEST_SEVERITY, file.case.id)


def _reopen(file: CaseFile) -> ButtonElement | None:
    if file.case.state is not CaseState.CLOSED:
        return None
    return button("Reopen", Action.REOPEN_CASE, file.case.id)
