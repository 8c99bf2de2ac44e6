"""Counts what people did that failed because of us: the boundary says so in the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from typing_extensions import override

from bot.metrics import Metrics

BOUNDARY = logging.getLogger("handlers.boundary")


class Counting(logging.Handler):
    """Hears the boundary's errors; handlers know nothing of metrics."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__(logging.ERROR)
        self._metrics = metrics

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        self._metrics.listener_errors.labels(getattr(record, "listener", "answer")).inc()


@contextmanager
def counted(metrics: Metrics) -> Iterator[None]:
    """Count while the block runs."""
    counting = Counting(metrics)
    BOUNDARY.addHandler(counting)
    try:
        yield
    finally:
        BOUNDARY.removeHandler(counting)
