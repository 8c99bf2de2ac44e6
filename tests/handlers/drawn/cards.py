"""Cards, cases as somebody reads them, and lists of them."""

from collections.abc import Iterator
from itertools import product

from handlers.views import cards, lists
from handlers.views.cases import shown
from policy.cases import Severity
from policy.lists import CaseFilter, Listing, searched
from tests.handlers.drawn.values import (
    Drawn,
    files,
)
from tests.support.builders import ELI


def messages(say: str) -> Iterator[Drawn]:
    """Yield them all."""
    for name, file in files(say):
        yield f"card, {name}", cards.case_card(file)
        yield f"shown, {name}", shown.shown(file)
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
