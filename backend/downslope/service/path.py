"""The path of a descent, thinned, out of the log of its run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from downslope.descents import samples
from downslope.descents.frame import Rows, columns
from downslope.service.log import RunLog

MAX_POINTS = 512


def points(log: RunLog, descent: int, num_extras: int) -> tuple[NDArray[np.int64], Rows]:
    """Return (steps, theta) of at most MAX_POINTS points of a path, step 0 and the newest among them.

    Args:
        log: of the run.
        descent: number of the descent.
        num_extras: number of extra columns in a row.

    Returns:
        steps: shape (n,), ascending, evenly apart but for the last.
        theta: shape (n, dim). Where rows do not hold theta, all but the first and the last are of float32.
    """
    newest = log.heads[descent] - 1
    if not log.samples:
        steps = samples.thinned(newest, MAX_POINTS)
        rows = [log.descents[descent].rows(step, step + 1) for step in steps.tolist()]
        return steps, columns(np.concatenate(rows), num_extras).theta
    return _of_samples(log, descent, newest)


def _of_samples(log: RunLog, descent: int, newest: int) -> tuple[NDArray[np.int64], Rows]:
    kept = log.samples[descent]
    steps = samples.thinned(newest, min(MAX_POINTS, samples.num_dense(len(kept.first))))
    theta = np.empty((len(steps), len(kept.first)))
    for i, step in enumerate(steps[:-1].tolist()):
        number = kept.since(step)
        theta[i] = kept.theta(number, number + 1)
    theta[0], theta[-1] = kept.first, kept.newest
    return steps, theta
