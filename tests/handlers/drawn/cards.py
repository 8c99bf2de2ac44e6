"""Cards, cases as somebody reads them, and lists of them."""

from collections.abc import Iterator
from itertools import product

from handlers.views import cards, lists
from handlers.views.cases import shown
from policy.cases import Severity
from policy.escalations import EscalationState
from policy.lists import CaseFilter, Listing, searched
from tests.handlers.drawn.values import (
    ACKNOWLEDGED,
    LATER,
    Drawn,
    files,
    the_case,
    the_escalation,
    the_file,
)
from tests.support.builders import ELI, MONA, a_case, an_escalation


def messages(say: str) -> Iterator[Drawn]:
    """Yield them all."""
    for name, file in files(say):
        yield f"card, {name}", cards.case_card(file)
        yield f"shown, {name}", shown.shown(file)
    yield from escalated(say)
    yield from lists_of(say)


def lists_of(say: str) -> Iterator[Drawn]:
    """Yield pages of lists, of nothing, of all, and of all that can be filtered."""
    page = tuple(file for _, file in files(say))[:10]
    narrow = CaseFilter(
        mine=True,
        account=True,
        is_waiting=True,
        severities=tuple(Severity),
        engineer=ELI,
        words=searched(say),
    )
    for number, wanted, found in product((1, 3), (CaseFilter(), narrow), (page, ())):
        has_more = number == 1 and bool(found)
        for site in ("https://acme.slack.com/", ""):
            many = Listing(wanted=wanted, files=found, number=number, has_more=has_more, site=site)
            yield f"page {number} of {len(found)}", lists.listed(many)


def escalated(say: str) -> Iterator[Drawn]:
    """Yield an escalation's card in every state."""
    file = the_file(the_case(say, engineer=None))
    for state in EscalationState:
        for owner in (MONA, None):
            due = LATER if owner else None
            each = the_escalation(say, state=state, owner=owner, contact_due_at=due)
            yield f"escalation card, {state} {owner}", cards.escalation_card(each, file)
    secret = the_escalation(say, confidential=True, **ACKNOWLEDGED)
    yield "confidential card", cards.escalation_card(secret, the_file(the_case(say)))
    plain = the_file(a_case(title=say))
    yield "plain card", cards.escalation_card(an_escalation(), plain)
