"""Cards, cases as somebody reads them, and lists of them."""

from collections.abc import Iterator

from handlers.views import cards
from handlers.views.cases import shown
from policy.casefile import CasePage
from policy.escalations import EscalationState
from tests.handlers.drawn.values import (
    ACKNOWLEDGED,
    LATER,
    Drawn,
    files,
    the_case,
    the_escalation,
    the_file,
)
from tests.support.builders import MONA, a_case, an_escalation


def messages(say: str) -> Iterator[Drawn]:
    """Yield them all."""
    for name, file in files(say):
        yield f"card, {name}", cards.case_card(file)
        yield f"shown, {name}", shown.shown(file)
    yield from escalated(say)
    page = tuple(file for _, file in files(say))[:10]
    for number in (1, 2, 3):
        many = CasePage(files=page, number=number, pages=3, total=30)
        yield f"page {number}", shown.listed(many)
    yield "no page", shown.listed(CasePage(files=(), number=1, pages=1, total=0))


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
