"""Severities as forms and answers."""

from collections.abc import Mapping
from datetime import datetime

from slack_sdk.models.views import View

from handlers.forms import severities as fields
from handlers.ids import Action, Modal
from handlers.metadata import GuidancePath, RequestPath
from handlers.views.message import Message, button, buttons, given, saying, section
from handlers.views.modal import modal, radio, words
from handlers.views.text import quoted, when
from policy.casefile import CaseFile
from policy.cases import MEANING, Severity, may_decide_severity
from policy.severities import SeverityRequest

Preview = Mapping[Severity, datetime]


def form(file: CaseFile, preview: Preview, path: GuidancePath, *, kept: Mapping[str, str]) -> View:
    """Return the form for another severity, with what each would mean for escalating."""
    case, reader = file.case, file.reader
    decides = reader is not None and may_decide_severity(case, reader)
    others = [each for each in Severity if each is not case.severity]
    return modal(
        f"Severity of {case.id}",
        *given(
            section(
                f"*{case.id}* {quoted(case.title)} is {case.severity.value}: "
                f"{MEANING[case.severity]}."
            ),
            section(_effect(preview, others, decides=decides)),
            buttons(button("For each severity and tier", Action.WHAT_IF, case.id)),
            radio(
                "severity",
                "New severity",
                [(each.value, f"{each.value} · {MEANING[each]}") for each in others],
                chosen=kept.get("severity"),
            ),
            words(
                "why",
                "Why?",
                least=fields.WHY[0],
                most=fields.WHY[1],
                kept=kept,
                lines=True,
                hint="What is new goes into the case as a comment.",
            ),
            words("since", "Since when?", most=fields.SINCE, kept=kept, optional=True),
        ),
        submit=(Modal.SEVERITY, "Change it" if decides else "Ask for it"),
        place=path,
    )


def answered(request: SeverityRequest, available_at: datetime) -> Message:
    """Return what a person reads who asked for another severity, or changed it."""
    asked = f"*{request.case}*: {request.severity.value} instead of {request.before.value}"
    if request.granted:
        return saying(
            f":white_check_mark: {asked}. Escalating is available from {when(available_at)}."
        )
    return saying(
        f":white_check_mark: {asked} is asked for; an engineer, a duty manager or a lead answers. "
        f"If agreed, escalating is available from {when(available_at)}."
    )


def decided(request: SeverityRequest) -> Message:
    """Return what a person reads who answered a request."""
    if request.granted:
        return saying(f"*{request.case}* is {request.severity.value} now.")
    return saying(f"*{request.case}* stays {request.before.value}; the requester is told why.")


def refusal(path: RequestPath) -> View:
    """Return the form for the reason why a request is refused."""
    return modal(
        "Refuse the severity",
        words(
            "reason",
            "Why not?",
            least=fields.WHY[0],
            most=fields.WHY[1],
            lines=True,
            hint="The requester reads this.",
        ),
        submit=(Modal.SEVERITY_REFUSAL, "Refuse"),
        place=path,
    )


def _effect(preview: Preview, others: list[Severity], *, decides: bool) -> str:
    first = (
        "Escalating would be available from:"
        if decides
        else ("If agreed, escalating would be available from:")
    )
    lines = (f"• {each.value}: {when(preview[each])}" for each in others if each in preview)
    return "\n".join((first, *lines))
