"""Casework as menus, forms and receipts."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from slack_sdk.models.blocks import ActionsBlock, SectionBlock, StaticSelectElement
from slack_sdk.models.views import View

from handlers.forms import casework as fields
from handlers.ids import Action, Modal, Options
from handlers.metadata import CasePath
from handlers.views.message import Message, saying, section
from handlers.views.modal import (
    looked_up,
    modal,
    moment,
    option,
    people,
    person,
    words,
)
from handlers.views.text import plain, quoted, when, who
from policy.casefile import CaseFile
from policy.cases import WAITING, Case, CaseState, is_support, most_followers
from policy.roles import Role, Standing

Kept = Mapping[str, str]


def menu(file: CaseFile) -> tuple[ActionsBlock, ...]:
    """Return the menu *Work on it*, for a reader on the support side of an open case."""
    reader, case = file.reader, file.case
    if reader is None or not is_support(reader) or not case.is_open:
        return ()
    options = [option(f"{word} {case.id}", text) for word, text in _work(case, reader)]
    choosing = StaticSelectElement(
        action_id=Action.WORK, placeholder=plain("Work on it", 75), options=options
    )
    return (ActionsBlock(elements=[choosing]),)


def assign(file: CaseFile, path: CasePath, *, kept: Kept) -> View:
    """Return the form that gives the case to an engineer."""
    return modal(
        f"Assign {file.case.id}",
        _named(file),
        person("engineer", "Engineer", chosen=kept.get("engineer")),
        words(
            "note",
            "What should they know?",
            most=fields.NOTE,
            kept=kept,
            lines=True,
            optional=True,
            hint="Only they read this.",
        ),
        submit=(Modal.ASSIGN, "Assign"),
        place=path,
    )


def wait(file: CaseFile, path: CasePath, *, kept: Kept) -> View:
    """Return the form that lets the case wait for somebody else."""
    return modal(
        f"{file.case.id} waits",
        _named(file),
        words("whom", "For whom?", least=fields.WHOM[0], most=fields.WHOM[1], kept=kept),
        moment("until", "Until when?", kept=kept, hint="You are reminded then."),
        words(
            "text",
            "What should the customer know?",
            least=fields.TEXT[0],
            most=fields.TEXT[1],
            kept=kept,
            lines=True,
            hint="It appears in the case's thread.",
        ),
        submit=(Modal.WAIT, "Wait"),
        place=path,
    )


def solve(file: CaseFile, path: CasePath, *, kept: Kept) -> View:
    """Return the form that proposes a solution."""
    return modal(
        f"Solve {file.case.id}",
        _named(file),
        words(
            "text",
            "What solves it?",
            least=fields.TEXT[0],
            most=fields.TEXT[1],
            kept=kept,
            lines=True,
            hint="The requester accepts it, or says why it does not help.",
        ),
        submit=(Modal.SOLVE, "Propose"),
        place=path,
    )


def reject(file: CaseFile, path: CasePath, *, kept: Kept) -> View:
    """Return the form that says why it is not solved."""
    return modal(
        "Not solved",
        _named(file),
        words(
            "text",
            "What is still wrong?",
            least=fields.TEXT[0],
            most=fields.TEXT[1],
            kept=kept,
            lines=True,
            hint="It goes into the case as a comment.",
        ),
        submit=(Modal.REJECT_SOLUTION, "Send"),
        place=path,
    )


def merge(file: CaseFile, path: CasePath) -> View:
    """Return the form that merges a duplicate into the case that goes on."""
    return modal(
        f"Merge {file.case.id}",
        section(
            f"*{file.case.id}* {quoted(file.case.title)} ends here, and whoever follows it follows "
            "the other case."
        ),
        looked_up("case", "Into which case?", Options.CASES, hint="Of the same customer."),
        submit=(Modal.MERGE, "Merge"),
        place=path,
    )


def link(file: CaseFile, path: CasePath, *, kept: Kept) -> View:
    """Return the form that links a case, open or closed."""
    return modal(
        f"Link to {file.case.id}",
        _named(file),
        words("case", "Case", least=1, most=20, kept=kept, hint="Such as CASE-142."),
        submit=(Modal.LINK, "Link"),
        place=path,
    )


def remind(file: CaseFile, path: CasePath, *, kept: Kept) -> View:
    """Return the form that asks to be reminded."""
    return modal(
        f"Remind me of {file.case.id}",
        _named(file),
        moment("remind_at", "When?", kept=kept),
        words("text", "What of?", most=fields.ABOUT, kept=kept, optional=True),
        submit=(Modal.REMIND_ME, "Remind me"),
        place=path,
    )


def assigned(file: CaseFile) -> Message:
    """Return what a person reads who gave a case to somebody."""
    engineer = who(file.case.engineer) if file.case.engineer else "nobody"
    return saying(f"*{file.case.id}* is worked on by {engineer}.")


def waits(file: CaseFile) -> Message:
    """Return what a person reads who let a case wait."""
    third = file.case.third_party
    until = f" for {quoted(third.whom)} until {when(third.until)}" if third else ""
    return saying(f"*{file.case.id}* waits{until}.")


def resumed(file: CaseFile) -> Message:
    """Return what a person reads who put a case back in progress."""
    return saying(f"*{file.case.id}* {quoted(file.case.title)} is in progress again.")


def proposed(file: CaseFile) -> Message:
    """Return what a person reads who proposed a solution."""
    solution = file.case.solution
    closes = f" Without an answer it closes {when(solution.closes_at)}." if solution else ""
    return saying(f"The solution of *{file.case.id}* waits for the requester.{closes}")


def merged(file: CaseFile) -> Message:
    """Return what a person reads who merged a case."""
    return saying(f"*{file.case.id}* goes on in *{file.case.merged_into}*.")


def linked(file: CaseFile) -> Message:
    """Return what a person reads who linked cases."""
    others = ", ".join(sorted(file.case.related))
    return saying(f"*{file.case.id}* names {others}, and is named there.")


def followed(file: CaseFile, *, follows: bool) -> Message:
    """Return what a person reads who follows a case, or no longer."""
    name = f"*{file.case.id}* {quoted(file.case.title)}"
    if follows:
        return saying(f"You follow {name}. `/case notify` says how you hear of it.")
    return saying(f"You no longer follow {name}.")


def followers(file: CaseFile, path: CasePath) -> View:
    """Return the form that chooses who else hears of a case; whoever follows it stands there."""
    return modal(
        f"Followers of {file.case.id}",
        _named(file),
        people(
            "followers",
            "Who hears of it?",
            chosen=sorted(file.case.followers),
            most=most_followers(file.case),
            hint="Besides requester, contact and engineer; each says how with `/case notify`.",
        ),
        submit=(Modal.FOLLOWERS, "Save"),
        place=path,
    )


def follow(file: CaseFile) -> Message:
    """Return what a person reads who chose who follows a case."""
    named = ", ".join(map(who, sorted(file.case.followers))) or "Nobody"
    return saying(f"{named} will hear of *{file.case.id}* besides those it concerns.")


def reminds(file: CaseFile, at: datetime) -> Message:
    """Return what a person reads who wants to be reminded."""
    return saying(f":alarm_clock: I remind you of *{file.case.id}* {when(at)}.")


def _work(case: Case, reader: Standing) -> Iterator[tuple[str, str]]:
    if case.engineer == reader.user or reader.has(Role.DUTY_MANAGER, Role.LEAD):
        yield "assign", "Hand it on" if case.engineer == reader.user else "Assign it"
    yield "ask", "Ask the customer"
    yield "wait", "Wait for somebody else"
    if case.state in WAITING or case.state is CaseState.SOLUTION_PROPOSED:
        yield "resume", "Put it back in progress"
    yield "solve", "Propose a solution"
    yield "note", "Write an internal note"
    yield "merge", "Merge it into another case"
    yield "link", "Link another case"


def _named(file: CaseFile) -> SectionBlock:
    return section(f"*{file.case.id}* {quoted(file.case.title)}")
