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

    def __init__(self, *, is_movable: bool = False) -> None:
        self.is_movable = is_movable
        self._offset = timedelta()

    @property
    def offset(self) -> timedelta:
        """How far it is ahead of real time."""
        return self._offset

    def __call__(self) -> datetime:
        """Return the moment in aware UTC and whole seconds."""
        return (real_now() + self._offset).replace(microsecond=0)

    def set_ahead(self, offset: timedelta) -> None:
        """Put the clock so far ahead of real time, as all replicas do.

        Raises:
            ValueError: it is no sandbox's clock, or would run backwards.
        """
        if not self.is_movable or offset < self._offset:
            message = "only a sandbox's clock moves, and only forward"
            raise ValueError(message)
        self._offset = offset
