"""A clock that stands still until a test moves it."""

from datetime import datetime, timedelta

from tests.support.builders import MORNING


class StandingClock:
    """The moment that the test says it is."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    def moves(self, **by: float) -> datetime:
        """Let time pass: `clock.moves(hours=8)`; return what time it is then."""
        self.now += timedelta(**by)
        return self.now
