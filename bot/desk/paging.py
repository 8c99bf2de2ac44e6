"""Paging: what pagers beyond Slack are owed, where any are configured."""

from collections.abc import Iterable

from bot.desk.act import Act
from bot.storage.stories import Story
from policy.accounting import Fate, Page
from policy.cases import Case
from policy.escalations import Escalation, may_answer
from policy.notices import PageEvent, PagerService
from policy.owed import paging as owed
from policy.owed.paging import AT_ONCE
from policy.promises import Kind, Promise


def paged(act: Act, case: Case, before: Escalation | None, after: Escalation) -> None:
    """Owe pagers what an escalation has become."""
    act.owe(*owed.paged(case, before, after, act.means.pagers, at=act.now))


async def pages_of(
    act: Act, escalation: Escalation, promises: Iterable[Promise]
) -> tuple[Page, ...]:
    """Return what pagers were told of an escalation, for those who may answer for it."""
    confidential = escalation.request.confidential
    if not (act.means.pagers and may_answer(act.who, confidential=confidential)):
        return ()
    known = owed.keys(escalation, promises)
    found = await act.work.stories.of_keys(act.workspace, known)
    return tuple(_page(story, known[story.key]) for story in found)


def _page(story: Story, told: tuple[PagerService, PageEvent, bool]) -> Page:
    service, event, is_late = told
    return Page(
        service=service,
        event=event,
        is_late=is_late,
        at=story.settled_at or story.not_before,
        fate=Fate(story.state.value),
        attempts=story.attempts,
        reason=story.errors[-1] if story.errors else "",
    )


def raised(act: Act, before: Case, case: Case, escalation: Escalation) -> None:
    """Owe pagers that what waits has become so severe that they would have heard of it at once."""
    if escalation.owner is None and before.severity not in AT_ONCE and case.severity in AT_ONCE:
        paged(act, case, None, escalation)


def late(act: Act, case: Case, escalation: Escalation, promise: Promise) -> None:
    """Owe pagers that nobody has acknowledged an escalation in time, if nobody has."""
    if promise.kind is Kind.ACKNOWLEDGE and promise.is_open and act.now >= promise.due_at:
        act.owe(*owed.late(case, escalation, promise.id, act.means.pagers, at=act.now))
