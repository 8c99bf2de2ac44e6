"""How many events an app gets, and when it gets none any more."""

from collections import deque
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from workbench.state.apps import App
from workbench.state.changes import Noticed
from workbench.state.workspaces import Workspaces

HOUR = 3600.0
MINUTE = 60.0
EVENTS_AN_HOUR = 30_000
FAILURES_COUNT_FROM = 1_000  # attempts an hour
FAILED_SHARE = 0.95

Ration: TypeAlias = Literal["send", "tell", "hold"]


@dataclass(slots=True)
class _Hour:
    """What went to one app in one workspace within the last hour."""

    events: deque[float] = field(default_factory=deque)
    attempts: deque[tuple[float, bool]] = field(default_factory=deque)
    failed: int = 0
    told_at: float = 0.0


class Subscriptions:
    """Counts events and their failures, by the workbench's clock."""

    def __init__(self, spaces: Workspaces) -> None:
        self.events_an_hour = EVENTS_AN_HOUR
        self.failures_count_from = FAILURES_COUNT_FROM
        self._spaces = spaces
        self._hours: dict[tuple[str, str], _Hour] = {}

    def ration(self, app: App) -> Ration:
        """Count an event: it is sent, or held back; once a minute the app is told of that."""
        now = self._spaces.shared.clock.now()
        hour = self._hour(app)
        while hour.events and hour.events[0] <= now - HOUR:
            hour.events.popleft()
        if len(hour.events) < self.events_an_hour:
            hour.events.append(now)
            return "send"
        if now - hour.told_at < MINUTE:
            return "hold"
        hour.told_at = now
        return "tell"

    def note(self, app: App, *, is_ok: bool) -> None:
        """Count an attempt; after too many failures nothing is sent any more."""
        now = self._spaces.shared.clock.now()
        hour = self._hour(app)
        hour.attempts.append((now, is_ok))
        hour.failed += not is_ok
        while hour.attempts[0][0] <= now - HOUR:
            hour.failed -= not hour.attempts.popleft()[1]
        count = len(hour.attempts)
        is_much = count >= self.failures_count_from
        if is_much and hour.failed > FAILED_SHARE * count and app.hears_events:
            self.switch(app, is_on=False)
            share = 100 * hour.failed // count
            text = f"{app.name} gets no more events: {share} % failed within an hour."
            self._spaces.shared.bus.tell(Noticed(text=text))

    def switch(self, app: App, *, is_on: bool) -> None:
        """Let an app hear events again, or no more, in every workspace."""
        for each in self._spaces.apps():
            if each.id == app.id:
                each.hears_events = is_on
                self._hours.pop((each.id, each.team), None)

    def delay(self, app: App, *, is_on: bool) -> None:
        """Switch Delayed Events on or off for an app, in every workspace."""
        for each in self._spaces.apps():
            if each.id == app.id:
                each.delays_events = is_on

    def _hour(self, app: App) -> _Hour:
        return self._hours.setdefault((app.id, app.team), _Hour())
