"""Everything that Slack can be shown, drawn from values in which every word is somebody's."""

from collections.abc import Iterator

from tests.handlers.drawn import cards, duty, forms, interview, notices, receipts, rota
from tests.handlers.drawn.values import Drawn


def messages(say: str) -> Iterator[Drawn]:
    """Yield every message, by what it is."""
    yield from cards.messages(say)
    yield from receipts.messages(say)
    yield from notices.messages(say)
    yield from duty.messages(say)
    yield from rota.messages()


def views(say: str) -> Iterator[Drawn]:
    """Yield every modal and home, by what it is."""
    yield from forms.views(say)
    yield from interview.views(say)
    yield from receipts.views(say)
    yield from duty.modals(say)
    yield from rota.views()
