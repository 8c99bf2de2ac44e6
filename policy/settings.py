"""What a workspace decides for itself: who is who, where notices go, and the numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from policy.cases import REOPENABLE_FOR, SILENT_FOR, WARNED_FOR, Patience
from policy.comments import CHASES_NEEDED
from policy.hours import DutyHours
from policy.ids import ChannelId, GroupId, Tier, WorkspaceId
from policy.thresholds import GOLD

DIGEST_AT = time(9)
DUTY_HOURS = DutyHours()


class WhoMayEscalate(StrEnum):
    """Whose decision an escalation is on the customer side."""

    REQUESTER = "requester"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceSettings:
    """The settings of one workspace, editable in Slack by its administrators.

    People are named by user ids (`U...`, `W...`) and user-group ids (`S...`), mixed as they like.
    """

    workspace: WorkspaceId
    duty_channel: ChannelId | None = None
    duty_managers: tuple[str, ...] = ()
    engineers: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    administrators: tuple[str, ...] = ()
    default_tier: Tier = GOLD
    urgent_contact: str = ""
    """What to do about an S1 before escalating it is available: a number, a page, a sentence."""
    who_may_escalate: WhoMayEscalate = WhoMayEscalate.REQUESTER
    shows_targets: bool = False
    chases_needed: int = CHASES_NEEDED
    reopenable_for: timedelta = REOPENABLE_FOR
    silent_for: timedelta = SILENT_FOR
    """How long a requester may be silent on a proposed solution before it closes the case."""
    warned_for: timedelta = WARNED_FOR
    """How long before that the requester is told of it for the first time."""
    administrators_channel: ChannelId | None = None
    """Where the highest rungs of a ladder are told; without one, each administrator in person."""
    duty_hours: DutyHours = DUTY_HOURS
    """When the targets of S3 and S4 run; its zone is the rota's own."""
    digest_at: time = DIGEST_AT
    """When the duty channel hears of its day, by the rota's own clocks."""
    holidays: str = ""
    """Whose public holidays are none of duty: a country, `DE`, or a part of one, `DE-BY`."""
    version: int = 1

    @property
    def patience(self) -> Patience:
        """How long a proposed solution waits for its answer."""
        return Patience(silent_for=self.silent_for, warned_for=self.warned_for)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserGroup:
    """A group of people that Slack keeps, as a settings' form names it."""

    id: GroupId
    name: str
    handle: str
    """What follows the `@` where people name it."""


def groups_that_fit(groups: Iterable[UserGroup], typed: str) -> tuple[UserGroup, ...]:
    """Return the groups whose name or handle has these words, by name; `@` may stand before."""
    asked = typed.strip().removeprefix("@").casefold()
    found = (each for each in groups if asked in f"{each.handle}\n{each.name}".casefold())
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))


def is_group(name: str) -> bool:
    """Tell whether a name in a list is a user group's, and so must be looked up at Slack."""
    return name.startswith("S")
