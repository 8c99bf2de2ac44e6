from datetime import UTC, timedelta

import pytest

from bot.clock import SystemClock, real_now


def test_the_clock_tells_aware_utc_in_whole_seconds():
    now = SystemClock()()
    assert now.tzinfo is UTC
    assert now.microsecond == 0
    assert abs(now - real_now()) < timedelta(seconds=2)


def test_only_the_rules_clock_moves_never_the_real_one():
    clock = SystemClock(is_movable=True)
    clock.set_ahead(timedelta(hours=8))
    assert timedelta(hours=7, minutes=59) < clock() - real_now() <= timedelta(hours=8)
    assert clock.offset == timedelta(hours=8)


def test_the_clock_never_moves_back():
    clock = SystemClock(is_movable=True)
    clock.set_ahead(timedelta(hours=8))
    with pytest.raises(ValueError, match="only forward"):
        clock.set_ahead(timedelta(hours=7))


def test_outside_a_sandbox_the_clock_does_not_move_at_all():
    with pytest.raises(ValueError, match="only a sandbox's clock moves"):
        SystemClock().set_ahead(timedelta(seconds=1))
