"""How far a plane is looked at: ranges that were given, or ranges that fit."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from downslope.analysis.plane import Plane, Range
from downslope.errors import InvalidValueError
from downslope.objectives import Objective

# Share of the width that is left free beside a path, and where the path alone makes the range: without its
# surroundings there would be no landscape to see.
MARGIN, PATH_MARGIN = 0.1, 0.25
# A range grows by at most so many of its own widths to each side: a path that diverged is left. But a start,
# wherever it was put, is always in the picture.
MAX_GROWTH = 4
# A side of a plane is at least this share of the other: a nearly straight path has a width too.
MIN_SHARE = 0.6
# The half width along an eigenvector, as shares of the domain's own.
MIN_REACH, MAX_REACH = 0.1, 1.0


def checked(bounds: Sequence[Sequence[float]], count: int) -> tuple[Range, ...]:
    """Return ranges as they were given.

    Raises:
        InvalidValueError: not `count` pairs (low, high), finite and low < high.
    """
    if len(bounds) != count:
        detail = f"range must hold {count} pairs [low, high], one an axis, but holds {len(bounds)}"
        raise InvalidValueError(detail, parameter="range")
    for i, pair in enumerate(bounds):
        # The width is checked, not the ends alone: -1e308 to 1e308 is wider than any double.
        if len(pair) != 2 or not 0 < pair[1] - pair[0] < math.inf:
            detail = f"range[{i}] must be finite numbers [low, high] with low < high but is {list(pair)}"
            raise InvalidValueError(detail, parameter=f"range[{i}]")
    return tuple((pair[0], pair[1]) for pair in bounds)


def box(coordinates: Tensor) -> list[Range] | None:
    """Return the (low, high) of each column of rows, shape (points, columns); None where there are none."""
    if len(coordinates) == 0:
        return None
    return list(zip(coordinates.amin(0).tolist(), coordinates.amax(0).tolist(), strict=True))


def fitting(
    objective: Objective, plane: Plane, starts: list[Range] | None, path: list[Range] | None
) -> tuple[Range, ...]:
    """Return the range of a plane for which none was given.

    Of axes: the domain, grown where the path leaves it. Of principal components: the path and the anchor.
    Of eigenvectors: the reach of each, grown likewise; of other directions -1 to 1, grown likewise.

    Args:
        objective: what is looked at.
        plane: without its range.
        starts: the box around the first points of paths; None where there is no path.
        path: the box around all of their points, likewise.
    """
    if plane.kind == "pca" and path is not None:
        return _around([(min(0.0, low), max(0.0, high)) for low, high in path])
    if plane.axes is not None:
        base = [objective.domain[axis] for axis in plane.axes]
    elif plane.eigenvalues is not None:
        base = [(-reach, reach) for reach in _reaches(objective, plane)]
    else:
        base = [(-1.0, 1.0)] * plane.num_coordinates
    if starts is None or path is None:
        return tuple(base)
    base = [_grown(*pair, math.inf) for pair in zip(base, starts, strict=True)]
    return tuple(_grown(*pair, MAX_GROWTH) for pair in zip(base, path, strict=True))


def _around(path: list[Range]) -> tuple[Range, ...]:
    widest = max(high - low for low, high in path)
    grown = []
    for low, high in path:
        margin = PATH_MARGIN * (high - low) + max(0.0, MIN_SHARE * widest - (high - low)) / 2
        grown.append((low - margin, high + margin))
    return tuple(grown)


def _grown(base: Range, path: Range, max_growth: float) -> Range:
    """Return `base`, larger on each side where the path comes out of it, with a margin beyond, to a limit."""
    (low, high), width = base, base[1] - base[0]
    margin = MARGIN * (max(high, path[1]) - min(low, path[0]))
    if path[0] < low:
        low = max(path[0] - margin, low - max_growth * width)
    if path[1] > high:
        high = min(path[1] + margin, high + max_growth * width)
    return low, high


def _reaches(objective: Objective, plane: Plane) -> list[float]:
    """Return how far to look along each eigenvector: where lambda u^2 / 2 is the loss at the anchor.

    But at least MIN_REACH and at most MAX_REACH of the half width of the domain in its direction,
    sqrt(sum (d_i h_i)^2): a minimum of 0 has no scale of its own, and a flat direction no end.
    """
    assert plane.directions is not None and plane.eigenvalues is not None
    anchor = torch.tensor(plane.anchor, dtype=torch.float64)
    with torch.no_grad():
        height = abs(objective.loss(anchor).item())
    half_widths = [(high - low) / 2 for low, high in objective.domain]
    reaches = []
    for row, value in zip(plane.directions, plane.eigenvalues, strict=True):
        full = math.hypot(*(d * h for d, h in zip(row, half_widths, strict=True)))
        wanted = math.sqrt(2 * height / abs(value)) if value and math.isfinite(height) else math.inf
        reaches.append(min(max(wanted, MIN_REACH * full), MAX_REACH * full))
    return reaches
