"""Each greenlet's calls and returns are told to one tracer, and to no other."""

import sys
import threading
from itertools import count

import greenlet
import pytest

from tests.support.tracing import Tracers


@pytest.fixture
def told():
    """What was told to whom: `[(number of the tracer, function, event)]`."""
    return []


@pytest.fixture
def tracing(told):
    """How tracers are made: by number, as they are needed."""
    numbers = count()

    def another():
        number = next(numbers)

        def tracer(frame, event, _):
            if frame.f_globals is globals() and event in {"call", "return"}:
                told.append((number, frame.f_code.co_name, event))
            return tracer

        return tracer

    return another


def within_a_thread(work, another):
    """Trace this in a thread of its own, where no coverage is disturbed."""

    def traced():
        greenlet.settrace(Tracers(another).switched)
        sys.settrace(another())
        work()
        sys.settrace(None)

    thread = threading.Thread(target=traced)
    thread.start()
    thread.join()


def awaiting():
    outer().switch()


def outer():
    return greenlet.getcurrent().parent


def twice():
    """Wait inside a greenlet, go on outside, and return to it; then once more in another."""
    for _ in range(2):
        inner = greenlet.greenlet(awaiting)
        inner.switch()
        between()
        inner.switch()
        between()


def between():
    pass


def test_what_waits_in_a_greenlet_does_not_mix_with_what_goes_on(told, tracing):
    within_a_thread(twice, tracing)
    outside = [("between", "call"), ("between", "return")] * 4
    assert [each[1:] for each in told if each[0] == 0] == [
        ("twice", "call"),
        *outside,
        ("twice", "return"),
    ]
    inside = [("awaiting", "call"), ("outer", "call"), ("outer", "return"), ("awaiting", "return")]
    assert [each[1:] for each in told if each[0] == 1] == inside * 2, "an ended one's serves again"
