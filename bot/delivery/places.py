"""Where a notice goes, found out at the moment it is sent."""

from dataclasses import dataclass
from typing import assert_never

from bot.storage.work import Work
from policy.cases import Case
from policy.ids import ChannelId, EscalationId, Ts, UserId, WorkspaceId
from policy.notices import (
    Administrators,
    Channel,
    Duty,
    EscalationThread,
    Notice,
    Pager,
    PagerService,
    Person,
    Thread,
)
from policy.settings import WorkspaceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A conversation of Slack's, or a person; and the thread in it."""

    channel: ChannelId | UserId
    thread: Ts | None = None

    @property
    def is_person(self) -> bool:
        """Whether it is somebody's id: Slack posts to it privately."""
        return self.channel.startswith(("U", "W"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """The card in whose thread it belongs has not been posted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nowhere:
    """No such place has been set up."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EachAdministrator:
    """To every administrator, as a notice of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """To a pager beyond Slack."""

    service: PagerService


Destination = Place | NotYet | Nowhere | EachAdministrator | Paged


async def destination(  # noqa: C901 - a row per address
    work: Work, notice: Notice, case: Case | None, settings: WorkspaceSettings
) -> Destination:
    """Return where the notice goes now."""
    match notice.to:
        case Thread():
            return _of_case(case)
        case EscalationThread(escalation=escalation):
            return await _of_escalation(work, notice.workspace, escalation)
        case Duty():
            return _of_duty(settings)
        case Person(user=name) | Channel(channel=name):
            return Place(channel=name)
        case Administrators():
            return EachAdministrator()
        case Pager(service=service):
            return Paged(service=service)
        case _:
            assert_never(notice.to)


def _of_duty(settings: WorkspaceSettings) -> Destination:
    if settings.duty_channel is None:
        return Nowhere(why="no duty channel is set")
    return Place(channel=settings.duty_channel)


def _of_case(case: Case | None) -> Destination:
    if case is None:
        return Nowhere(why="there is no such case")
    return Place(channel=case.channel, thread=case.thread) if case.thread else NotYet()


async def _of_escalation(
    work: Work, workspace: WorkspaceId, escalation: EscalationId
) -> Destination:
    card = await work.cards.of(workspace, "escalation", escalation)
    if card is None:
        return Nowhere(why="the escalation has no card")
    return Place(channel=card.channel, thread=card.ts) if card.ts else NotYet()
