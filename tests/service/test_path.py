"""The path of a descent out of the log of its run, whether or not rows hold theta."""

import numpy as np
import pytest

from downslope.descents.frame import Frame, row_width
from downslope.descents.samples import Samples, is_sample, num_dense
from downslope.service.log import RunLog
from downslope.service.path import MAX_POINTS, points


def theta_at(step, dim):
    return np.sin(1.0 + step + np.arange(dim))


def log_of(num_steps, dim, num_extras, chunk=997):
    """Return the log of one descent of `num_steps` updates, appended in chunks."""
    log, dense = None, num_dense(dim)
    for first in range(0, num_steps + 1, chunk):
        steps = range(first, min(first + chunk, num_steps + 1))
        rows = np.zeros((len(steps), row_width(dim, num_extras)))
        sampled = newest = None
        if dim <= 16:
            rows[:, 3 + num_extras : 3 + num_extras + dim] = [theta_at(step, dim) for step in steps]
        else:
            newest = theta_at(steps[-1], dim)
            kept = [step for step in steps if is_sample(step, dense)]
            if kept:
                theta = np.array([theta_at(step, dim) for step in kept], np.float32)
                sampled = Samples(np.array(kept), theta)
        frame = Frame(0, first, rows, sampled, newest)
        if log is None:
            start = theta_at(0, dim) if newest is not None else None
            log = RunLog([Frame(0, 0, rows, None, start)])
        log.append(frame)
    return log


@pytest.mark.parametrize("dim", [1, 2, 16, 17, 5000])
@pytest.mark.parametrize("num_extras", [0, 2])
@pytest.mark.parametrize("num_steps", [0, 1, 255, 511, 512, 513, 3000])
def test_a_path_is_theta_at_its_steps_with_both_ends_to_the_last_bit(dim, num_extras, num_steps):
    steps, theta = points(log_of(num_steps, dim, num_extras), 0, num_extras)
    exact = np.array([theta_at(step, dim) for step in steps])
    assert (steps[0], steps[-1]) == (0, num_steps)
    assert len(steps) <= MAX_POINTS
    assert theta.dtype == np.float64
    assert theta.shape == exact.shape
    assert np.array_equal(theta[[0, -1]], exact[[0, -1]])
    assert np.array_equal(
        theta if dim <= 16 else theta.astype(np.float32),
        exact.astype(theta.dtype if dim <= 16 else np.float32),
    )


def test_samples_are_read_back_in_any_range():
    kept = log_of(3000, 20, 0, chunk=7).samples[0]
    theta = kept.theta(3, len(kept.steps))
    assert np.array_equal(theta, np.array([theta_at(step, 20) for step in kept.steps[3:]], np.float32))
    assert kept.steps[kept.since(1501)] == 1504
    assert kept.since(10**6) == len(kept.steps)
