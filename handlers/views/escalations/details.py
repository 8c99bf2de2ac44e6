"""All that an escalation is, for one reader, with what this reader may do."""

from slack_sdk.models.views import View

from handlers.views.escalations.asked import escalated, flagged, request
from handlers.views.message import given, section
from handlers.views.modal import modal
from handlers.views.text import quoted
from handlers.views.words import REASON
from policy.casefile import CaseFile
from policy.cases import is_support
from policy.escalations import Escalation


def full(escalation: Escalation, file: CaseFile) -> View:
    """Return all that was asked for, with the phone number for the support side."""
    case, reader = file.case, file.reader
    return modal(
        f"Escalation {case.id}",
        *given(
            section(f"*{case.id}* {quoted(case.title)}", f"{escalated(escalation)}."),
            section(f"*Reason*\n{REASON[escalation.request.reason]}"),
            request(escalation, phone=reader is not None and is_support(reader)),
            flagged(escalation),
        ),
    )
