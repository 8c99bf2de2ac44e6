from datetime import UTC, timedelta

import pytest

from bot.clock import SystemClock, real_now


def test_the_clock_tells_aware_utc_in_whole_seconds():
    now = SystemClock()()
    assert now.tzinfo is UTC
    assert now.microsecond == 0
    assert abs(now - real_now()) < timedelta(seconds=2)


def test_only_the_rules_clock_moves_never_the_real_one():
    clock = SystemClock()
    clock.advance(timedelta(hours=8))
    assert timedelta(hours=7, minutes=59) < clock() - real_now() <= timedelta(hours=8)
    assert clock.offset == timedelta(hours=8)


def test_the_clock_never_moves_back():
    with pytest.raises(ValueError, match="only moves forward"):
        SystemClock().advance(timedelta(seconds=-1))
