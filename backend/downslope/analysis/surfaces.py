"""Surfaces: the loss on a grid over a plane, and the true gradient on a coarser grid for an arrow field."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from downslope.analysis import planes
from downslope.analysis.planes import Plane
from downslope.errors import InvalidValueError
from downslope.objectives import Objective

Array = NDArray[np.float64]

# Components of theta evaluated at once: 512 KiB of float64 an intermediate result, so that they stay in the
# cache and memory is bounded, whatever the resolution.
CHUNK_COMPONENTS = 65_536


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
    resolution: int = 129,
    gradient_resolution: int | None = None,
) -> Surface:
    """Evaluate an objective on a grid in float64.

    Args:
        objective: what is evaluated, in batches.
        plane: the axes to look along, see `planes.create`; None for the whole of an objective with dim <= 2.
        ranges: (low, high) along each axis of the plane; None for the domain.
        resolution: grid points along each axis, at least 2, both ends included.
        gradient_resolution: the same for the gradient; None for no gradient.

    Raises:
        InvalidValueError: a plane, range or resolution that cannot be.
    """
    seen = planes.create(objective, plane)
    bounds = _ranges(objective, seen, ranges)
    axes = _grid_axes(bounds, resolution, "resolution")
    z = values(objective, _grid(seen, axes)).reshape([len(axis) for axis in reversed(axes)])
    gradient = None
    if gradient_resolution is not None:
        gradient = _gradient(objective, seen, _grid_axes(bounds, gradient_resolution, "gradient_resolution"))
    v = axes[1] if len(axes) == 2 else None
    return Surface(axes[0], v, z.numpy(), seen, objective.describe(), gradient)


def _gradient(objective: Objective, plane: Plane, axes: list[Array]) -> Gradient:
    shape = [len(axis) for axis in reversed(axes)]
    slopes = gradients(objective, _grid(plane, axes)).reshape(*shape, objective.dim)
    along = [slopes[..., axis].numpy().copy() for axis in plane.axes]
    if len(axes) == 1:
        return Gradient(axes[0], None, along[0], None)
    return Gradient(axes[0], axes[1], along[0], along[1])


def _ranges(
    objective: Objective, plane: Plane, ranges: Sequence[Sequence[float]] | None
) -> list[Sequence[float]]:
    if ranges is None:
        return [objective.domain[axis] for axis in plane.axes]
    if len(ranges) != len(plane.axes):
        detail = f"range must hold {len(plane.axes)} pairs [low, high], one an axis, but holds {len(ranges)}"
        raise InvalidValueError(detail, parameter="range")
    for i, bounds in enumerate(ranges):
        # The width is checked, not the ends alone: -1e308 to 1e308 is wider than any double.
        if len(bounds) != 2 or not 0 < bounds[1] - bounds[0] < math.inf:
            detail = f"range[{i}] must be finite numbers [low, high] with low < high but is {list(bounds)}"
            raise InvalidValueError(detail, parameter=f"range[{i}]")
    return list(ranges)


def _grid_axes(bounds: list[Sequence[float]], resolution: int, parameter: str) -> list[Array]:
    if resolution < 2:
        detail = f"{parameter} must be at least 2 but is {resolution}; try 33"
        raise InvalidValueError(detail, parameter=parameter, allowed="at least 2")
    return [np.linspace(low, high, resolution) for low, high in bounds]


def _grid(plane: Plane, axes: list[Array]) -> Tensor:
    """Return theta at all grid points, shape (points, dim), u varying fastest."""
    rows_first = torch.meshgrid(*(torch.from_numpy(axis) for axis in reversed(axes)), indexing="ij")
    return plane.points(*(along.reshape(-1) for along in reversed(rows_first)))


def _chunks(theta: Tensor, components: int) -> tuple[Tensor, ...]:
    return torch.split(theta, max(1, components // theta.shape[-1]))


def values(objective: Objective, theta: Tensor, components: int = CHUNK_COMPONENTS) -> Tensor:
    """Return the loss at theta, shape (points, dim) -> (points,), `components` numbers at a time."""
    with torch.no_grad():
        return torch.cat([objective.loss(chunk) for chunk in _chunks(theta, components)])


def gradients(objective: Objective, theta: Tensor, components: int = CHUNK_COMPONENTS) -> Tensor:
    """Return the gradient by autograd at theta, shape (points, dim) -> (points, dim), in such chunks."""
    return torch.cat([_gradient_of(objective, chunk) for chunk in _chunks(theta, components)])


def _gradient_of(objective: Objective, theta: Tensor) -> Tensor:
    theta = theta.detach().requires_grad_()
    # No point depends on another, so the gradient of the sum is every point's own.
    (gradient,) = torch.autograd.grad(objective.loss(theta).sum(), theta)
    return gradient
