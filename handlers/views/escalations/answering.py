"""The forms of the first answer, of what may be said against it, and of a pull."""

from slack_sdk.models.views import View

from handlers.ids import Modal, Options
from handlers.metadata import CasePath, EscalationPath
from handlers.views.escalations.asking import about, choices, given_text
from handlers.views.message import section
from handlers.views.modal import YES_NO, looked_up, menu, modal, person, radio
from handlers.views.text import quoted
from handlers.views.words import DECLINED, REDIRECTED
from policy.casefile import CaseFile, EscalationFile
from policy.cases import MEANING, Severity


def redirect(file: EscalationFile, path: EscalationPath) -> View:
    """Return the form that sends an escalation where it belongs."""
    case = file.file.case
    severities = [each for each in Severity if each is not case.severity]
    return modal(
        f"Redirect {case.id}",
        about(file, "Its right is restored, and what it should have been is done at once."),
        radio(
            "target",
            "It should have been",
            [(value, name[0].upper() + name[1:]) for value, name in choices(REDIRECTED)],
        ),
        given_text("reason", "Why?", hint="The requester reads this, and may dispute it once."),
        looked_up(
            "case",
            "Which other case?",
            Options.CASES,
            hint="For a comment on another case.",
            optional=True,
        ),
        menu(
            "severity",
            "Which severity?",
            [(each.value, f"{each.value} · {MEANING[each]}") for each in severities],
            hint="For a request for another severity.",
            optional=True,
        ),
        submit=(Modal.REDIRECT, "Redirect"),
        place=path,
    )


def decline(file: EscalationFile, path: EscalationPath) -> View:
    """Return the form that declines an escalation."""
    case = file.file.case
    return modal(
        f"Decline {case.id}",
        about(file, "The right stays used. The requester reads all of this, and may appeal once."),
        menu("code", "Reason", choices(DECLINED)),
        given_text("explanation", "Explanation"),
        given_text("alternative", "What helps instead?"),
        person("contact", "Whom to talk to", chosen=case.engineer),
        submit=(Modal.DECLINE, "Decline"),
        place=path,
    )


def dispute(file: EscalationFile, path: EscalationPath) -> View:
    """Return the form against a redirect."""
    return _contest(file, path, "Dispute", Modal.DISPUTE, "Why should it not be redirected?")


def appeal(file: EscalationFile, path: EscalationPath) -> View:
    """Return the form against a decline."""
    return _contest(file, path, "Appeal", Modal.APPEAL, "Why should it not be declined?")


def settle(file: EscalationFile, path: EscalationPath) -> View:
    """Return a lead's form that answers a dispute or an appeal."""
    contest = file.escalation.contest
    said = f"It was said: {quoted(contest.why, 1000)}" if contest else ""
    return modal(
        f"Answer for {file.file.case.id}",
        about(file, said),
        radio("granted", "Are they right?", YES_NO),
        given_text("answer", "Your answer", hint="Everybody concerned reads this."),
        submit=(Modal.SETTLE, "Answer"),
        place=path,
    )


def reinstate(file: EscalationFile, path: EscalationPath) -> View:
    """Return a lead's form that restores the right."""
    return modal(
        f"Reinstate {file.file.case.id}",
        about(file, "The case may be escalated again; this is possible once per case."),
        given_text("reason", "Why?", hint="The requester reads this."),
        submit=(Modal.REINSTATE, "Reinstate"),
        place=path,
    )


def give_back(file: EscalationFile, path: EscalationPath) -> View:
    """Return a lead's form that gives an escalation back to whoever is on duty."""
    return modal(
        f"Give back {file.file.case.id}",
        about(file, "Whoever is on duty is asked anew to acknowledge it."),
        given_text("reason", "Why?"),
        submit=(Modal.GIVE_BACK, "Give back"),
        place=path,
    )


def pull(file: CaseFile, path: CasePath) -> View:
    """Return the form with which management takes a case up by itself."""
    case = file.case
    return modal(
        f"Pull {case.id}",
        section(
            f"*{case.severity.value} · {case.id}* {quoted(case.title)}",
            "You answer for it at once. Its customer's own escalation stays unused.",
        ),
        given_text("reason", "Why?", hint="The requester reads this."),
        submit=(Modal.PULL, "Pull"),
        place=path,
    )


def _contest(
    file: EscalationFile, path: EscalationPath, word: str, name: Modal, question: str
) -> View:
    return modal(
        f"{word} {file.file.case.id}",
        about(file, "A lead reads this and answers; it is possible once."),
        given_text("why", question),
        submit=(name, word),
        place=path,
    )
