"""The only reader of the clock; everything else takes `now`."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Tells the moment the rules go by: aware UTC, in whole seconds."""


def real_now() -> datetime:
    """Return the moment that signatures, leases and drift are measured by, never moved."""
    return datetime.now(UTC)


class SystemClock:
    """The clock the rules go by: real time, plus an offset that only a sandbox ever moves."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def __call__(self) -> datetime:
        """Return the moment in aware UTC and whole seconds."""
        return (real_now() + self.offset).replace(microsecond=0)

    def advance(self, by: timedelta) -> None:
        """Move the clock on.

        Raises:
            ValueError: time would run backwards.
        """
        if by < timedelta():
            message = "the clock only moves forward"
            raise ValueError(message)
        self.offset += by
