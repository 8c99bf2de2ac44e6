"""A tracer of its own for each greenlet, as each thread has one: then coverage is cheap and true.

SQLAlchemy awaits inside greenlets, whose calls and returns would mix with those of whoever waits.
Coverage's own cure (`concurrency = ["greenlet"]`) asks at each call and each return which greenlet
it is in, and costs more than all its counting; here that is asked when one gives way to another.
"""

import os
import sys
import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import greenlet
from hypothesis import given, settings
from hypothesis.strategies import text

Tracer = Any
"""What `sys.settrace` takes, or None."""


class Tracers:
    """Who traces what: those of ended greenlets serve the next ones."""

    def __init__(self, another: Callable[[], Tracer]) -> None:
        self._another = another
        self._waiting: WeakKeyDictionary[greenlet.greenlet, Tracer] = WeakKeyDictionary()
        self._free: list[Tracer] = []

    def switched(self, _event: str, between: tuple[greenlet.greenlet, greenlet.greenlet]) -> None:
        """Put one greenlet's tracer aside, take up the other's."""
        left, entered = between
        if left.dead:
            self._free.append(sys.gettrace())
        else:
            self._waiting[left] = sys.gettrace()
        sys.settrace(self._waiting.pop(entered, None) or self._fresh())

    def _fresh(self) -> Tracer:
        return self._free.pop() if self._free else self._another()


def pytest_configure() -> None:
    """See to it, where coverage traces."""
    if sys.gettrace():
        greenlet.settrace(Tracers(threading.gettrace).switched)


def pytest_collection_finish() -> None:
    """Let Hypothesis look untraced for words to try, in all our code: traced that takes long.

    The programs that tests start are left out, as nobody there sees to it; workers have started.
    """
    if tracer := sys.gettrace():
        sys.settrace(None)
        _any_text()
        sys.settrace(tracer)
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)  # noqa: TID251 - how they would be traced


@settings(max_examples=1, database=None)
@given(text())
def _any_text(_: str) -> None:
    """Be given some text."""
