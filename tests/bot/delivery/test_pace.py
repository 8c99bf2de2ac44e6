from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pace import Pace


def test_a_short_burst_goes_at_once_and_then_one_message_a_second():
    pace, sent = Pace(burst=3), []
    now = 100.0
    for _ in range(6):
        now += pace.wait("C1", now=now)
        pace.take("C1", now=now)
        sent.append(now)
    assert sent == [100.0, 100.0, 100.0, 101.0, 102.0, 103.0]


def test_one_channel_does_not_wait_for_another():
    pace = Pace(burst=1)
    pace.take("C1", now=0.0)
    assert pace.wait("C1", now=0.0) == 1.0
    assert pace.wait("C2", now=0.0) == 0.0


def test_a_channel_is_silent_for_as_long_as_slack_asked():
    pace = Pace(burst=3)
    pace.hold("C1", 30.0, now=10.0)
    assert pace.wait("C1", now=10.0) == 30.0
    assert pace.wait("C1", now=40.0) == 0.0


@given(st.lists(st.floats(min_value=0, max_value=5), min_size=1, max_size=40))
def test_no_ten_seconds_hold_more_than_the_burst_and_one_a_second(pauses):
    pace, now, sent = Pace(burst=3), 0.0, []
    for pause in pauses:
        now += pause
        now += pace.wait("C1", now=now)
        pace.take("C1", now=now)
        sent.append(now)
    assert all(len([at for at in sent if start <= at < start + 10]) <= 10 + 3 for start in sent)


def test_channels_long_silent_are_forgotten():
    pace = Pace()
    for number in range(1500):
        pace.take(f"C{number}", now=float(number))
    assert len(pace._due) < 1100
