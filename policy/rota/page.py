"""The rota as one person reads it: who is on duty, who comes next, and what may be done about it."""

from dataclasses import dataclass
from datetime import datetime, time

from policy.hours import DutyHours, Span
from policy.ids import UserId
from policy.roles import Role, Standing
from policy.rota.changes import may_arrange
from policy.rota.present import OnDuty
from policy.rota.shifts import Rota, Swap
from policy.rota.turns import GAPS_AHEAD, Turn, turns

DUTY = (Role.DUTY_MANAGER, Role.LEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRequest:
    """What somebody fills in to put a shift into the week."""

    zone: str
    weekday: int
    start: time
    end: time
    person: UserId
    backup: UserId | None = None
    on_holidays: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyTimes:
    """When the targets of S3 and S4 run, and when the duty channel hears of its day."""

    hours: DutyHours
    """Without holidays: those follow from the next field."""
    holidays: str
    """A country, `DE`, or a part of one, `DE-BY`; empty for none."""
    digest_at: time


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPage:
    """All that `/case duty` tells."""

    reader: Standing
    on: OnDuty
    rota: Rota
    gaps: tuple[Span, ...]
    """When nobody will be on duty, as far as that is foreseen."""
    swaps: tuple[Swap, ...]
    """Those that wait for an answer, and concern the reader."""
    times: DutyTimes
    now: datetime

    @property
    def may_arrange(self) -> bool:
        """Whether the reader decides who is on duty."""
        return may_arrange(self.reader)

    @property
    def free(self) -> Span | None:
        """The time the reader could take next: the first gap, else the next one's turn."""
        if not self.reader.has(*DUTY):
            return None
        if self.gaps:
            return self.gaps[0]
        following = self.on.next
        if following is None or self.reader.user in following.people:
            return None
        return Span(start_at=following.start_at, end_at=following.end_at)

    @property
    def mine(self) -> tuple[Turn, ...]:
        """The reader's own turns ahead, the one under way included."""
        ahead = turns(self.rota, self.now, self.now + GAPS_AHEAD)
        return tuple(each for each in ahead if self.reader.user in each.people)
