"""One question of the interview as a modal, with the facts of the record beside it."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.ids import Action, Modal
from handlers.metadata import GuidancePath
from handlers.views.comments import asked as asked_before
from handlers.views.guidance.gates import not_yet
from handlers.views.message import button, buttons, context, given, section
from handlers.views.modal import modal, radio, words
from handlers.views.text import quoted, when
from policy.casefile import Position
from policy.cases import MEANING
from policy.guidance.gates import NotYet
from policy.guidance.questions import Step
from policy.guidance.walk import TEXT_LIMIT


def asked(step: Step, position: Position, path: GuidancePath) -> View:
    """Return one question; an answer taken back by *Back* is offered again."""
    case, before = position.file.case, path.undone[:1]
    chosen = before[0].choice if before else None
    typed = {"text": before[0].text} if before else {}
    hints = [each.asks_text for each in step.choices if each.asks_text]
    return modal(
        f"Escalate {case.id}",
        *given(
            early(position, path),
            section(f"*{case.id}* {quoted(case.title)}"),
            _shown(step, position),
            radio(
                "answer",
                step.text,
                [(each.id, each.text) for each in step.choices],
                chosen=chosen,
                showing=step.question.value,
            ),
            words(
                "text",
                hints[0],
                most=TEXT_LIMIT,
                kept=typed,
                optional=len(hints) < len(step.choices),
                showing=step.question.value,
            )
            if hints
            else None,
            back(path),
        ),
        submit=(Modal.STEP, "Continue"),
        place=path,
    )


def early(position: Position, path: GuidancePath) -> tuple[Block, ...]:
    """Return what is said while escalating is not available yet: all at first, then in small."""
    gate = position.gate
    if not isinstance(gate, NotYet):
        return ()
    if not path.answers:
        return not_yet(gate, position.file.case)
    return (context(f"Escalating becomes available {when(gate.explanation.available_at)}."),)


def back(path: GuidancePath) -> tuple[Block, ...]:
    """Return the button that takes the last answer back, where there is one."""
    return buttons(button("Back", Action.GO_BACK) if path.answers else None)


def _shown(step: Step, position: Position) -> tuple[Block, ...]:
    facts = position.facts
    match step.shown:
        case "chases":
            need = f"{facts.chases_needed} without a public reply are needed to escalate for it."
            return (section(f"{asked_before(position.file)} {need}"),)
        case "next_step":
            due = f" by {when(facts.next_step_due_at)}" if facts.next_step_due_at else ""
            return (section(f"The agreed next step{due}: {quoted(facts.next_step, 300)}"),)
        case "severities":
            now = position.file.case.severity
            lines = (f"• {each.value}: {means}" for each, means in MEANING.items())
            return (section(f"It is {now.value} now.", *lines),)
        case _:
            return ()
