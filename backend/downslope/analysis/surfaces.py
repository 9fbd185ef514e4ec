"""Surfaces: the loss on a grid over a plane, and the true gradient on a coarser grid for an arrow field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from downslope.analysis import batches, planes
from downslope.analysis.plane import Plane
from downslope.errors import InvalidValueError
from downslope.objectives import Objective

# Components of theta made at once, as long as they are whole batches: 1 MiB of float64.
BLOCK_NUMBERS = 1 << 17
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Gradient:
    """The gradient along the plane: du, dv of shape (len(v), len(u)); v and dv are None for a curve."""

    u: Array
    v: Array | None
    du: Array
    dv: Array | None

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {"u": self.u, "v": self.v, "du": self.du, "dv": self.dv}


@dataclass(frozen=True)
class Surface:
    """The loss on a grid: z[j, i] is the loss at (u[i], v[j]); for a curve v is None and z[i] is at u[i].

    Where the loss overflows or has no value, z holds an infinity or NaN.
    """

    u: Array
    v: Array | None
    z: Array
    plane: Plane
    objective: dict[str, Any]
    gradient: Gradient | None

    @property
    def minimum(self) -> float | None:
        """The least finite loss of the grid; None where there is none."""
        return self._extreme(np.min)

    @property
    def maximum(self) -> float | None:
        """The greatest finite loss of the grid; None where there is none."""
        return self._extreme(np.max)

    def _extreme(self, of: Any) -> float | None:
        finite = self.z[np.isfinite(self.z)]
        return float(of(finite)) if finite.size else None

    def to_dict(self) -> dict[str, Any]:
        """Return the answer of ``POST /api/surfaces``: JSON-ready but for its float64 arrays."""
        return {
            "u": self.u,
            "v": self.v,
            "z": self.z,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "plane": self.plane.describe(),
            "objective": self.objective,
            "gradient": None if self.gradient is None else self.gradient.to_dict(),
        }


def compute(
    objective: Objective,
    *,
    plane: Mapping[str, Any] | None = None,
    ranges: Sequence[Sequence[float]] | None = None,
    paths: Sequence[Array] = (),
    seed: int = 0,
    resolution: int = 129,
    gradient_resolution: int | None = None,
) -> Surface:
    """Evaluate an objective on a grid in float64.

    Args:
        objective: what is evaluated, in batches.
        plane, ranges, paths, seed: where to look, see `planes.create`.
        resolution: grid points along each axis, at least 2, both ends included.
        gradient_resolution: the same for the gradient; None for no gradient.

    Raises:
        InvalidValueError: a plane, range or resolution that cannot be.
    """
    seen = planes.create(objective, plane, bounds=ranges, paths=paths, seed=seed)
    u, v = axes(seen, resolution, "resolution")
    z = values(objective, seen, resolution)
    gradient = None
    if gradient_resolution is not None:
        coarse_u, coarse_v = axes(seen, gradient_resolution, "gradient_resolution")
        along = slopes(objective, seen, gradient_resolution)
        gradient = Gradient(coarse_u, coarse_v, along[0], along[1] if len(along) == 2 else None)
    return Surface(u, v, z, seen, objective.describe(), gradient)


def axes(plane: Plane, resolution: int, parameter: str) -> tuple[Array, Array | None]:
    """Return u and v, each of `resolution` numbers over its range; v is None for a line.

    Raises:
        InvalidValueError: fewer than 2 numbers; the error names `parameter`.
    """
    if resolution < 2:
        detail = f"{parameter} must be at least 2 but is {resolution}; try 33"
        raise InvalidValueError(detail, parameter=parameter, allowed="at least 2")
    found = [np.linspace(low, high, resolution) for low, high in plane.range]
    return found[0], found[1] if len(found) == 2 else None


def values(objective: Objective, plane: Plane, resolution: int) -> Array:
    """Return the loss on the whole grid, shape (resolution, resolution) or (resolution,)."""
    shape = (resolution,) * plane.num_coordinates
    return values_between(objective, plane, resolution, 0, resolution ** len(shape)).reshape(shape)


def slopes(objective: Objective, plane: Plane, resolution: int) -> Array:
    """Return the derivatives along u and v on the whole grid: a first dimension before that of `values`."""
    shape = (resolution,) * plane.num_coordinates
    found = slopes_between(objective, plane, resolution, 0, resolution ** len(shape))
    return np.ascontiguousarray(found.T).reshape(len(shape), *shape)


def values_between(objective: Objective, plane: Plane, resolution: int, first: int, end: int) -> Array:
    """Return the loss at the grid points first .. end - 1, shape (end - first,), u varying fastest.

    The same point has the same bits in every part that begins at a multiple of `batches.size` and ends at one
    or at the end of the grid: products of matrices may round differently in batches of other sizes.
    """
    blocks = _points(batches.size(objective), plane, resolution, first, end)
    parts = [batches.values(objective, points) for points in blocks]
    return torch.cat(parts).numpy()


def slopes_between(objective: Objective, plane: Plane, resolution: int, first: int, end: int) -> Array:
    """Return the derivatives along u and v at the same points, shape (end - first, 1 or 2).

    Likewise for `batches.gradient_size`.
    """
    blocks = _points(batches.gradient_size(objective), plane, resolution, first, end)
    parts = [plane.slopes(batches.gradients(objective, points)) for points in blocks]
    return torch.cat(parts).numpy()


def _points(size: int, plane: Plane, resolution: int, first: int, end: int) -> Iterator[Tensor]:
    """Give theta at the grid points first .. end - 1, shape (points, dim), batches of `size` at a time."""
    size *= max(1, BLOCK_NUMBERS // (size * len(plane.anchor)))
    u, v = (
        None if axis is None else torch.from_numpy(axis) for axis in axes(plane, resolution, "resolution")
    )
    assert u is not None
    for numbers in torch.split(torch.arange(first, end), size):
        if v is None:
            yield plane.points(u[numbers])
        else:
            yield plane.points(u[numbers % resolution], v[numbers // resolution])
