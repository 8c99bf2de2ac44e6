"""The form *open case*: a policy value, the draft and the doubts, drawn as a modal."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block, InputBlock, SectionBlock
from slack_sdk.models.views import View

from handlers.forms import cases as fields
from handlers.ids import Action, Modal, Options
from handlers.metadata import Place
from handlers.views.cases.shown import account_choice
from handlers.views.message import button, given, section
from handlers.views.modal import YES_NO, looked_up, menu, modal, person, radio, tick, words
from handlers.views.text import mrkdwn, quoted, when
from policy.casefile import Doubted, Opening, Similar
from policy.cases import IMPACT_REQUIRED, MEANING, Case, Severity, is_support

SIMILAR = 3
"""How many similar cases are named before a new one is opened."""


def form(
    opening: Opening,
    place: Place,
    *,
    kept: Mapping[str, str],
    doubt: Doubted | Similar | None = None,
) -> View:
    """Return the form *open case*, with what was typed into it before."""
    severity = Severity(kept["severity"]) if "severity" in kept else None
    return modal(
        "Open a case",
        *given(
            _doubt(doubt),
            _account(opening, kept),
            _problem(kept),
            _severity(severity),
            _questions(kept) if severity is Severity.S1 else None,
            words(
                "impact",
                "Business impact",
                least=fields.IMPACT[0],
                most=fields.IMPACT[1],
                kept=kept,
                lines=True,
                hint="Required for S1 and S2.",
                optional=severity not in IMPACT_REQUIRED,
            ),
            words("component", "Component", most=fields.DETAIL, kept=kept, optional=True),
            words("environment", "Environment", most=fields.DETAIL, kept=kept, optional=True),
            _contact(opening, kept),
        ),
        submit=(Modal.CASE, "Open the case"),
        place=place,
    )


def _problem(kept: Mapping[str, str]) -> tuple[Block, ...]:
    least, most = fields.DESCRIPTION
    return (
        words("title", "Title", least=fields.TITLE[0], most=fields.TITLE[1], kept=kept),
        words(
            "description", "What is the problem?", least=least, most=most, kept=kept, lines=True
        ),
    )


def _doubt(doubt: Doubted | Similar | None) -> tuple[Block, ...]:
    if isinstance(doubt, Doubted):
        text = (
            ":warning: S1 means that production is down and that there is no workaround; "
            "your answers say otherwise. Choose another severity, or tick the box."
        )
        return (section(text), _insist(doubt))
    if isinstance(doubt, Similar):
        text = ":warning: This may be open already. Look, or tick the box."
        return (section(text), *map(_similar, doubt.cases[:SIMILAR]), _insist(doubt))
    return ()


def _similar(case: Case) -> Block:
    opened = f"{case.severity.value}, opened {when(case.opened_at)}"
    return SectionBlock(
        text=mrkdwn(f"*{case.id}* {quoted(case.title)} · {opened}"),
        accessory=button("Show", Action.SHOW_CASE, case.id),
    )


def _insist(doubt: Doubted | Similar) -> InputBlock:
    # A tick for one doubt is no answer to the other: each has a block of its own.
    showing = type(doubt).__name__.lower()
    return tick("insist", "All the same", "Open it all the same", showing=showing)


def _account(opening: Opening, kept: Mapping[str, str]) -> tuple[Block, ...]:
    if not opening.accounts:
        return ()
    known = {account.id: account for account in opening.accounts}
    typed = next((each for each in known if each == kept.get("account")), None)
    chosen = known[typed] if typed else opening.default
    option = account_choice(chosen) if chosen else None
    return (looked_up("account", "Account", Options.ACCOUNTS, chosen=option),)


def _severity(chosen: Severity | None) -> InputBlock:
    return menu(
        "severity",
        "Severity",
        [(each.value, f"{each.value} · {MEANING[each]}") for each in Severity],
        chosen=chosen,
        tells=Action.CHOOSE_SEVERITY,
    )


def _questions(kept: Mapping[str, str]) -> tuple[Block, ...]:
    return tuple(
        radio(field, label, YES_NO, chosen=kept.get(field))
        for field, label in (
            ("production_down", "Is production down?"),
            ("has_workaround", "Is there a workaround?"),
        )
    )


def _contact(opening: Opening, kept: Mapping[str, str]) -> InputBlock:
    if is_support(opening.reader):
        hint = "Who on the customer's side speaks for this case?"
        return person("contact", "Customer contact", chosen=kept.get("contact"), hint=hint)
    chosen = kept.get("contact", opening.reader.user)
    return person("contact", "Contact", chosen=chosen, hint="Who speaks for this case?")
