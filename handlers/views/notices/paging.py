"""What pagers are told, and that one cannot be told, as messages."""

from collections.abc import Mapping
from typing import assert_never

from handlers.views.message import Message, saying
from handlers.views.text import quoted
from handlers.views.words import PAGER
from policy.notices import EscalationPaged, PageEvent, PagerService, PagerUnusable, PagingFact

CURES: Mapping[PagerService, str] = {
    PagerService.PAGERDUTY: "CASEFLAG_PAGERDUTY_KEY and CASEFLAG_PAGERDUTY_URL",
    PagerService.WEBHOOK: "CASEFLAG_WEBHOOK_URL, and what stands behind it",
}
PAGED: Mapping[PageEvent, str] = {
    PageEvent.TRIGGER: "it is paged that the escalation waits.",
    PageEvent.ACKNOWLEDGE: "it is paged that somebody has the escalation.",
    PageEvent.RESOLVE: "it is paged that the escalation has ended.",
}


def paging(fact: PagingFact, of: str) -> Message:
    """Return the message that tells the fact; `of` names the case."""
    match fact:
        case EscalationPaged(event=event):
            return saying(of + PAGED[event])
        case PagerUnusable(service=service, error=error):
            return saying(
                f"{PAGER[service]} does not take our pages (`{quoted(error, 80)}`); people are "
                f"told in Slack as always. Check {CURES[service]}."
            )
        case _:
            assert_never(fact)
