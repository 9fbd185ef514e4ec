"""The points that descents went through, as planes look at them: finite ones, and few enough to decompose."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from downslope.errors import InvalidValueError

# A point of a path farther out than this has diverged; squares of its distances would overflow.
FARTHEST = 1e100
# Principal components are found from so many points of all paths together: their decomposition is one call
# of a worker, during which its runs stand still, and takes the square of the number.
MAX_POINTS = 512


def finite(paths: Sequence[NDArray[np.float64]], dim: int) -> list[Tensor]:
    """Return the points of each path, shape (points, dim), without those that diverged.

    Raises:
        InvalidValueError: a path of another number of parameters.
    """
    for path in paths:
        if path.shape[1] != dim:
            detail = f"plane.run is a run of {path.shape[1]} parameters but this objective has {dim}"
            raise InvalidValueError(detail, parameter="plane.run")
    return [_finite(torch.from_numpy(path)) for path in paths]


def _finite(path: Tensor) -> Tensor:
    is_near = path.abs().amax(1) <= FARTHEST
    return path if is_near.all() else path[is_near]


def joined(paths: Sequence[Tensor], num_columns: int) -> Tensor:
    """Return the rows of all, shape (points, num_columns); no rows where there are no paths."""
    return torch.cat([torch.empty(0, num_columns, dtype=torch.float64), *paths])


def thinned(paths: Sequence[Tensor], num_points: int = MAX_POINTS) -> list[Tensor]:
    """Return at most `num_points` points of all paths together, evenly apart along each, its ends kept.

    Each path keeps its share of the points, so that it weighs as much as before.

    Args:
        paths: each of shape (points, dim).
        num_points: at least twice the number of paths; of more paths only the ends are left.
    """
    total = sum(map(len, paths))
    if total <= num_points:
        return list(paths)
    spare = max(0, num_points - 2 * len(paths))
    counts = [min(len(path), 2 + spare * len(path) // total) for path in paths]
    return [
        path[torch.linspace(0, max(0, len(path) - 1), count, dtype=torch.float64).round().long()]
        for path, count in zip(paths, counts, strict=True)
    ]
