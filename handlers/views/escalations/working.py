"""The forms of the work: start, tell how it goes, promise, pause, hand over, watch, begin again."""

from slack_sdk.models.blocks import InputBlock
from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.metadata import EscalationPath
from handlers.views.escalations.asking import about, choices, given_text
from handlers.views.modal import modal, moment, person, radio
from handlers.views.text import when
from handlers.views.words import TREND
from policy.casefile import EscalationFile


def start(file: EscalationFile, path: EscalationPath) -> View:
    """Return the form of the plan."""
    return modal(
        f"Plan for {file.file.case.id}",
        about(file, _latest(file)),
        given_text("criteria", "It is done when", hint="What everybody will recognise it by."),
        given_text("first_action", "What happens first?"),
        person("actor", "Who does that?", chosen=file.escalation.owner),
        _next_update(file),
        submit=(Modal.START, "Start"),
        place=path,
    )


def update(file: EscalationFile, path: EscalationPath) -> View:
    """Return the form of an update."""
    before = file.escalation.update
    return modal(
        f"Update on {file.file.case.id}",
        about(file, _latest(file)),
        given_text("text", "How does it go?", hint="The requester reads this on the case."),
        radio(
            "trend",
            "Trend",
            choices(TREND),
            hint=f"It was: {TREND[before.trend]}" if before else "",
        ),
        _next_update(file),
        submit=(Modal.UPDATE, "Update"),
        place=path,
    )


def promise(file: EscalationFile, path: EscalationPath) -> View:
    """Return the form of an action that somebody will do."""
    return modal(
        f"Action for {file.file.case.id}",
        about(file, "Whoever does it hears of it, and is reminded."),
        given_text("action", "What will be done?"),
        person("actor", "By whom?", chosen=file.escalation.owner),
        moment("due_at", "By when?", optional=False),
        submit=(Modal.PROMISE, "Add"),
        place=path,
    )


def pause(file: EscalationFile, path: EscalationPath) -> View:
    """Return the form of a pause."""
    return modal(
        f"Pause {file.file.case.id}",
        about(file, "Nothing is due until then, as the requester wants it; 14 days at most."),
        given_text("reason", "Why?", hint="The requester reads this."),
        moment("until", "Until when?", optional=False),
        submit=(Modal.PAUSE, "Pause"),
        place=path,
    )


def hand_over(file: EscalationFile, path: EscalationPath) -> View:
    """Return the form that offers an escalation to somebody else."""
    return modal(
        f"Hand over {file.file.case.id}",
        about(file, "You answer for it until it is accepted."),
        person("to", "To whom?", hint="A duty manager or a lead."),
        given_text("note", "What should they know?"),
        submit=(Modal.HAND_OVER, "Hand over"),
        place=path,
    )


def stabilise(file: EscalationFile, path: EscalationPath) -> View:
    """Return the form that lets an escalation only be watched."""
    return modal(
        f"Stabilise {file.file.case.id}",
        about(file, "It is only watched from now on."),
        given_text("watch", "What is watched?"),
        moment("until", "Until when?", optional=False),
        submit=(Modal.STABILISE, "Stabilise"),
        place=path,
    )


def relapse(file: EscalationFile, path: EscalationPath) -> View:
    """Return the form that says that it is back."""
    return modal(
        f"Relapse of {file.file.case.id}",
        about(file, "It is worked on again, and an update becomes due."),
        given_text("note", "What happened?"),
        submit=(Modal.RELAPSE, "Work on it"),
        place=path,
    )


def _latest(file: EscalationFile) -> str:
    return f"Promise the next update by {when(file.latest_update_at)} at the latest."


def _next_update(file: EscalationFile) -> InputBlock:
    latest = str(int(file.latest_update_at.timestamp()))
    return moment(
        "next_update_at", "Next update by", kept={"next_update_at": latest}, optional=False
    )
