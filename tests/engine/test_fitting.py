"""When fits are taken: soon, never for much of the time, and always at the end."""

from types import SimpleNamespace

import numpy as np
import pytest

from downslope.descents.fit import Fit
from downslope.engine.fitting import COST_FACTOR, MIN_INTERVAL_S, Fitting


class ManualRun:
    """What a fitting needs of a run: descents that a test moves, and fits that take a while."""

    def __init__(self, clock, cost_s=0.0, fits_something=True):
        self.descents = [SimpleNamespace(index=i, num_steps=0) for i in range(2)]
        self.has_ended = False
        self._clock = clock
        self._cost_s = cost_s
        self._fits_something = fits_something

    def fits(self, known):
        self._clock.now += self._cost_s
        moved = [d for d in self.descents if known.get(d.index) != d.num_steps]
        fits = [Fit(d.index, d.num_steps, np.zeros(1, np.float32), None, None, None) for d in moved]
        return fits if self._fits_something else []

    def move(self, *steps):
        for descent, step in zip(self.descents, steps, strict=True):
            descent.num_steps = step


@pytest.fixture
def clock():
    return SimpleNamespace(now=100.0)


def fitting_of(run, clock):
    return Fitting(run, lambda: clock.now)


def taken(fitting, clock):
    return [(fit.descent, fit.step) for fit in fitting.take(clock.now)]


def test_a_run_that_has_just_begun_gets_its_fits_at_once(clock):
    fitting = fitting_of(ManualRun(clock), clock)
    assert fitting.is_owed
    assert fitting.wait_s(clock.now) == 0
    assert taken(fitting, clock) == [(0, 0), (1, 0)]
    assert not fitting.is_owed
    assert taken(fitting, clock) == []


def test_the_next_fits_wait_for_the_interval(clock):
    run = ManualRun(clock)
    fitting = fitting_of(run, clock)
    fitting.take(clock.now)
    run.move(5, 5)
    clock.now += MIN_INTERVAL_S / 2
    assert fitting.is_owed
    assert taken(fitting, clock) == []
    assert fitting.wait_s(clock.now) == pytest.approx(MIN_INTERVAL_S / 2)
    run.move(9, 5)
    clock.now += MIN_INTERVAL_S
    assert fitting.wait_s(clock.now) == 0
    assert taken(fitting, clock) == [(0, 9), (1, 5)]


def test_fits_that_take_long_come_rarely(clock):
    run = ManualRun(clock, cost_s=0.2)
    fitting = fitting_of(run, clock)
    began = clock.now
    num_taken = 0
    while clock.now - began < 100:
        run.move(*[descent.num_steps + 1 for descent in run.descents])
        num_taken += bool(fitting.take(clock.now))
        clock.now += 0.05
    assert num_taken * 0.2 <= 100 / COST_FACTOR
    assert num_taken * 0.2 >= 100 / (2 * COST_FACTOR)


def test_the_end_has_its_fits_at_once(clock):
    run = ManualRun(clock, cost_s=1.0)
    fitting = fitting_of(run, clock)
    fitting.take(clock.now)
    run.move(7, 3)
    run.has_ended = True
    assert taken(fitting, clock) == [(0, 7), (1, 3)]
    assert taken(fitting, clock) == []


def test_only_what_has_moved_is_taken(clock):
    run = ManualRun(clock)
    fitting = fitting_of(run, clock)
    fitting.take(clock.now)
    run.move(0, 1)
    clock.now += MIN_INTERVAL_S
    assert taken(fitting, clock) == [(1, 1)]


def test_a_run_that_fits_nothing_owes_nothing(clock):
    run = ManualRun(clock, fits_something=False)
    fitting = fitting_of(run, clock)
    assert fitting.take(clock.now) == []
    run.move(9, 9)
    clock.now += 1000
    assert not fitting.is_owed
