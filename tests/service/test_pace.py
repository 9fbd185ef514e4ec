"""Steps are released at the speed that was asked for, and a lag is forgiven, not made up for."""

import pytest

from downslope.service.pace import Pace


@pytest.mark.parametrize("speed", [0.5, 3.0, 60.0, 10_000.0])
def test_after_a_time_as_many_steps_are_due_as_the_speed_says(speed):
    pace = Pace(speed, step=100, now=0.0)
    for seconds in (0.0, 0.1, 1.0, 2.5, 60.0):
        assert pace.due(seconds) == 100 + int(seconds * speed)


@pytest.mark.parametrize("speed", [0.5, 3.0, 25.0, 60.0, 10_000.0])
def test_ticks_release_every_step_within_a_tick_and_never_too_early(speed):
    pace, now, released = Pace(speed, step=0, now=0.0), 0.0, 0
    while now < 10:
        due = pace.due(now)
        assert due - released <= max(1, speed / 30 + 1)
        released = due
        now += pace.next_tick_s(now)
    assert released == pytest.approx(10 * speed, abs=max(1, speed / 30 + 1))


def test_a_slow_run_wakes_once_a_step():
    pace = Pace(0.5, step=0, now=0.0)
    assert pace.next_tick_s(0.0) == pytest.approx(2.0)
    assert pace.next_tick_s(1.5) == pytest.approx(0.5)


def test_a_run_that_cannot_keep_up_is_not_hurried_afterwards():
    pace = Pace(100.0, step=0, now=0.0)
    pace.forgive(step=90, now=1.0)  # a tenth of a second behind: it may catch up
    assert pace.due(1.0) == 100
    pace.forgive(step=20, now=1.0)
    assert pace.due(1.0) == 20
    assert pace.due(2.0) == 120
