"""Lists of cases: a page of them, each with a way into its thread, and the form that filters."""

from slack_sdk.models.blocks import Block, ButtonElement, SectionBlock
from slack_sdk.models.views import View

from handlers.forms import lists as fields
from handlers.ids import Action, Modal
from handlers.metadata import ListPath, Place
from handlers.views.cards import summary
from handlers.views.message import Message, button, buttons, context, given, saying, section
from handlers.views.modal import modal, person, radio, several, words
from handlers.views.text import ago, mrkdwn, quoted
from policy.casefile import CaseFile
from policy.cases import MEANING, Case
from policy.lists import CaseFilter, Listing

WHOSE = (
    ("all", "All that I may see"),
    ("mine", "Mine: opened by me, or worked on by me"),
    ("account", "Those of my accounts, or of this channel's"),
)
STATES = (
    ("any", "In any state"),
    ("open", "Open"),
    ("waiting", "Waiting for the customer or a third party"),
    ("available", "Escalating is available"),
)


def listed(found: Listing) -> Message:
    """Return one page of cases."""
    title = f"{_title(found.wanted)}, page {found.number}" + (":" if found.files else ": none.")
    lines = "\n".join(summary(each) for each in found.files)
    return saying(
        f"{title}\n{lines}".rstrip(),
        *given(
            section(f"*{title}*"),
            rows(found.files, found.site),
            context("Nothing fits. `/case open` opens a case.") if not found.files else None,
            *map(buttons, _turns(found)),
            buttons(
                button("Filter", Action.FILTER, _path(found.wanted, 1)),
                button("Open a case", Action.OPEN_CASE),
            ),
        ),
    )


def rows(files: tuple[CaseFile, ...], site: str) -> tuple[Block, ...]:
    """Return cases, each with its next step, a link to its thread and a button that shows it."""
    return tuple(
        SectionBlock(
            text=mrkdwn("\n".join(filter(None, (summary(file), more(file.case, site))))),
            accessory=button("Show", Action.SHOW_CASE, file.case.id),
        )
        for file in files
    )


def form(wanted: CaseFilter, place: Place) -> View:
    """Return the form that filters."""
    whose = "mine" if wanted.mine else "account" if wanted.account else "all"
    return modal(
        "Find cases",
        words(
            "words",
            "Words",
            most=fields.SEARCH,
            kept={"words": " ".join(wanted.words)},
            hint="Of the case or a comment; the beginning of a word is enough.",
            optional=True,
        ),
        radio("whose", "Whose", WHOSE, chosen=whose),
        radio("state", "State", STATES, chosen=_state(wanted)),
        several(
            "severity",
            "Severity",
            ((each.value, f"{each.value} · {MEANING[each]}") for each in MEANING),
            chosen=tuple(each.value for each in wanted.severities),
        ),
        person(
            "owner",
            "Owner",
            chosen=wanted.owner or wanted.engineer,
            hint="Whoever works on the case, or answers for its escalation.",
            optional=True,
        ),
        submit=(Modal.FILTER, "Show"),
        place=place,
    )


def thread(case: Case, site: str) -> str:
    """Return the address of a case's thread; empty before its card stands there."""
    if case.thread is None or not site or not case.channel.startswith(("C", "G")):
        return ""
    return f"{site.rstrip('/')}/archives/{case.channel}/p{case.thread.replace('.', '')}"


def more(case: Case, site: str) -> str:
    """Return a case's next step and a link to its thread, where it has them."""
    step, link = case.next_step, thread(case, site)
    return " · ".join(
        filter(
            None,
            (
                f"Next step {ago(step.due_at)}: {quoted(step.text)}" if step else "",
                f"<{link}|Open the thread>" if link else "",
            ),
        )
    )


def _state(wanted: CaseFilter) -> str:
    for name in ("available", "waiting", "open"):
        if getattr(wanted, fields.FLAGS[name]):
            return name
    return "any"


def _title(wanted: CaseFilter) -> str:
    filters = fields.spelled(wanted).replace("@", "").split()
    people = {wanted.owner, wanted.engineer}
    named = [f"<@{each}>" if each in people else each for each in filters]
    looked_for = f"with “{quoted(' '.join(wanted.words))}”" if wanted.words else ""
    said = " ".join(filter(None, (" ".join(named), looked_for)))
    return f"Cases ({said})" if said else "All cases that you may see"


def _turns(found: Listing) -> tuple[ButtonElement | None, ...]:
    # Each stands in a row of its own: one action's buttons may not share a block.
    back, on = found.number - 1, found.number + 1
    newer, older = _path(found.wanted, back), _path(found.wanted, on)
    return (
        button("Previous page", Action.TURN_PAGE, newer) if back >= 1 else None,
        button("Next page", Action.TURN_PAGE, older) if found.has_more else None,
    )


def _path(wanted: CaseFilter, page: int) -> str:
    path = ListPath(typed=fields.spelled(wanted), words=" ".join(wanted.words), page=page)
    return path.pack()
