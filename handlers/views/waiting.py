"""What a case waits for, and the buttons that answer it."""

from slack_sdk.models.blocks import Block, ButtonElement

from handlers.ids import Action
from handlers.views.message import button, context, given, section
from handlers.views.text import passage, quoted, when, who
from policy.casefile import CaseFile
from policy.cases import Case, CaseState
from policy.ids import CaseId


def waiting(file: CaseFile) -> tuple[Block, ...]:
    """Return whom a case waits for, what was agreed, and which cases belong to it."""
    case, asks = file.case, file.severity_request
    step = case.next_step
    return given(
        _question(case),
        _third_party(case),
        _solution(case),
        context(f"Next step by {when(step.due_at)}: {quoted(step.text, 300)}") if step else None,
        context(
            f"{who(asks.asked_by)} asked for {asks.severity.value} {when(asks.asked_at)};"
            " it waits for an answer."
        )
        if asks
        else None,
        context("See also " + ", ".join(sorted(case.related)[:20])) if case.related else None,
    )


def answers(case: CaseId) -> tuple[ButtonElement, ButtonElement]:
    """Return the buttons that answer a proposed solution."""
    return (
        button("Accept", Action.ACCEPT_SOLUTION, case, style="primary"),
        button("Does not solve it", Action.REJECT_SOLUTION, case),
    )


def _question(case: Case) -> Block | None:
    asked = case.question
    if asked is None:
        return None
    first = f":speech_balloon: *{who(asked.asked_by)} asked {when(asked.asked_at)}*"
    return section(first, passage(asked.text, 500))


def _third_party(case: Case) -> Block | None:
    third = case.third_party
    return context(f"Waits for {quoted(third.whom)} until {when(third.until)}") if third else None


def _solution(case: Case) -> Block | None:
    solution = case.solution
    if solution is None:
        return None
    first = f":bulb: *{who(solution.by)} proposed a solution {when(solution.at)}*"
    if case.state is CaseState.SOLUTION_PROPOSED:
        first += f"; without an answer the case closes {when(solution.closes_at)}"
    return section(first, passage(solution.text, 500))
