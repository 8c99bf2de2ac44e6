"""The forms of the end: propose, object, close, rate, review, judge."""

from slack_sdk.models.views import View

from handlers.forms.escalations.close import TEXT
from handlers.ids import Modal
from handlers.metadata import EscalationPath
from handlers.views.escalations.asking import about, choices, given_text
from handlers.views.modal import YES_NO, menu, modal, radio, words
from handlers.views.words import CAUSE, JUDGEMENT, OUTCOME
from policy.casefile import EscalationFile
from policy.escalations import SCORES

STARS = {1: "1 · badly answered", 5: "5 · well answered"}


def propose(file: EscalationFile, path: EscalationPath) -> View:
    """Return the form that asks the requester to agree to closing."""
    return modal(
        f"Close {file.file.case.id}?",
        about(file, "The requester is asked, twice at most; the second silence is an answer too."),
        radio("outcome", "What came of it?", choices(OUTCOME)),
        given_text("summary", "Summary", hint="The requester reads this, and agrees or objects."),
        submit=(Modal.PROPOSE, "Ask the requester"),
        place=path,
    )


def de_escalate(file: EscalationFile, path: EscalationPath) -> View:
    """Return the form that closes without an agreement, with what was proposed before."""
    proposal = file.escalation.proposal
    return modal(
        f"Close {file.file.case.id}",
        about(
            file,
            "Without the requester's agreement: after two prompts without an answer, "
            "or as a lead who says why.",
        ),
        radio(
            "outcome",
            "What came of it?",
            choices(OUTCOME),
            chosen=proposal.outcome.value if proposal else None,
        ),
        given_text("summary", "Summary", typed=proposal.summary if proposal else ""),
        given_text(
            "override",
            "Why not wait for the requester?",
            hint="Leads only; empty after two prompts without an answer.",
            optional=True,
        ),
        submit=(Modal.DE_ESCALATE, "Close it"),
        place=path,
    )


def object_(file: EscalationFile, path: EscalationPath) -> View:
    """Return the requester's form against closing."""
    return modal(
        f"Keep {file.file.case.id} open",
        about(file, "The escalation stays open, and its owner reads why."),
        given_text("why", "What is still missing?"),
        submit=(Modal.OBJECT, "Object"),
        place=path,
    )


def rate(file: EscalationFile, path: EscalationPath) -> View:
    """Return the requester's form to rate the answer."""
    return modal(
        f"Rate {file.file.case.id}",
        about(file, "How well was your escalation answered?"),
        radio(
            "score",
            "Your rating",
            [(str(each), STARS.get(each, str(each))) for each in reversed(SCORES)],
        ),
        words("text", "What should we know?", most=TEXT, lines=True, optional=True),
        submit=(Modal.RATE, "Rate"),
        place=path,
    )


def review(file: EscalationFile, path: EscalationPath) -> View:
    """Return the owner's form to look back."""
    return modal(
        f"Review {file.file.case.id}",
        about(file, "Only the support side reads this."),
        radio("preventable", "Could it have been prevented?", YES_NO),
        menu("cause", "What made it necessary?", choices(CAUSE)),
        words("text", "What should change?", most=TEXT, lines=True, optional=True),
        submit=(Modal.REVIEW, "Review"),
        place=path,
    )


def judge(file: EscalationFile, path: EscalationPath) -> View:
    """Return a manager's form about the advice that led here."""
    return modal(
        f"Guidance for {file.file.case.id}",
        about(file, "Was the guidance right to lead here? Its error rate is counted from this."),
        radio("judgement", "Your judgement", choices(JUDGEMENT)),
        submit=(Modal.JUDGE, "Judge"),
        place=path,
    )
