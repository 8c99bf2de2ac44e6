"""How a person hears of what, as a form and as a digest."""

from collections.abc import Mapping
from itertools import groupby

from slack_sdk.models.views import View

from handlers.ids import Modal
from handlers.metadata import Place
from handlers.views.message import Message, context, saying, section
from handlers.views.modal import modal, radio
from handlers.views.text import quoted
from policy.hearing import Hear, Preferences, Topic
from policy.ids import CaseId
from policy.notices import CasesDigest, DigestLine, What

LISTED = 20
"""How many cases a digest lists."""
HEAR: Mapping[Hear, str] = {
    Hear.THREAD: "In the case's thread only",
    Hear.DIRECT: "Also by direct message, at once",
    Hear.DIGEST: "Also by one message a day",
}
TOPIC: Mapping[Topic, str] = {
    Topic.ANSWERS: "When somebody waits for my answer",
    Topic.NEWS: "Other news of my cases",
    Topic.FOLLOWED: "News of cases I follow",
}
WHAT: Mapping[What, tuple[str, str]] = {
    What.SAID: ("1 comment", "{} comments"),
    What.SEVERITY: ("another severity", "{} changes of severity"),
    What.STATE: ("a change of its state", "{} changes of its state"),
}


def form(chosen: Preferences, place: Place) -> View:
    """Return the form in which a person chooses."""
    options = [(each.value, text) for each, text in HEAR.items()]
    return modal(
        "How you hear of cases",
        *(
            radio(each.value, text, options, chosen=chosen.on(each).value)
            for each, text in TOPIC.items()
        ),
        context(
            "What belongs to an escalation, and what you asked to be reminded of, comes anyway."
        ),
        submit=(Modal.HEARING, "Save"),
        place=place,
    )


def chosen() -> Message:
    """Return what a person reads who chose."""
    return saying(":white_check_mark: Saved. It counts from now on.")


def digest(fact: CasesDigest) -> Message:
    """Return what happened to a person's cases since the last digest."""
    cases = [tuple(lines) for _, lines in groupby(fact.lines, key=_case)]
    more = (
        f"And {len(cases) - LISTED} more: `/case list` shows them." if len(cases) > LISTED else ""
    )
    listed = map(_line, cases[:LISTED])
    text = "\n".join(filter(None, ("What happened to your cases:", *listed, more)))
    return saying(text, section(text))


def _case(line: DigestLine) -> CaseId:
    return line.case


def _line(lines: tuple[DigestLine, ...]) -> str:
    happened = ", ".join(map(_times, lines))
    return f"• *{lines[0].case}* {quoted(lines[0].title, 60)}: {happened}"


def _times(line: DigestLine) -> str:
    once, often = WHAT[line.what]
    return once if line.times == 1 else often.format(line.times)
