"""Planes: the axes along which an objective is looked at, and where the other components are held."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from downslope.errors import InvalidValueError
from downslope.objectives import Objective


@dataclass(frozen=True)
class Plane:
    """One or two axes of parameter space, through an anchor.

    Args:
        axes: the components of theta that vary: first u, then v.
        anchor: shape (dim,), the point that gives all other components; None where there are none.
    """

    axes: tuple[int, ...]
    anchor: tuple[float, ...] | None

    def points(self, *coordinates: Tensor) -> Tensor:
        """Return theta, shape (..., dim), at coordinates of shape (...) along each axis."""
        if self.anchor is None:
            theta = torch.empty(*coordinates[0].shape, len(self.axes), dtype=torch.float64)
        else:
            anchor = torch.tensor(self.anchor, dtype=torch.float64)
            theta = anchor.repeat(*coordinates[0].shape, 1)
        for axis, along in zip(self.axes, coordinates, strict=True):
            theta[..., axis] = along
        return theta

    def describe(self) -> dict[str, Any]:
        """Return the fields as JSON-ready data."""
        return {"axes": list(self.axes), "anchor": None if self.anchor is None else list(self.anchor)}


def create(objective: Objective, plane: Mapping[str, Any] | None, parameter: str = "plane") -> Plane:
    """Build the plane that a request asks for; None asks for the whole of an objective with dim <= 2.

    Args:
        objective: what is looked at.
        plane: ``axes``, one or two different components of theta, and ``anchor``, dim finite numbers, which
            may be left out where no component is held.
        parameter: path of `plane`, which errors name.

    Raises:
        InvalidValueError: axes or anchor that this objective does not have.
    """
    if plane is None:
        if objective.dim > 2:
            detail = f"{objective.id} has {objective.dim} dimensions; choose two of them with plane.axes"
            raise InvalidValueError(detail, parameter=parameter)
        return Plane(tuple(range(objective.dim)), None)
    axes = _axes(objective, plane.get("axes"), f"{parameter}.axes")
    return Plane(axes, _anchor(objective, axes, plane.get("anchor"), f"{parameter}.anchor"))


def _axes(objective: Objective, axes: object, parameter: str) -> tuple[int, ...]:
    allowed = list(range(objective.dim))
    if (
        isinstance(axes, Sequence)
        and len(axes) in (1, 2)
        and all(_is_axis(axis, objective.dim) for axis in axes)
    ):
        found = tuple(axes)
        if len(set(found)) == len(found):
            return found
    detail = f"{parameter} must be one or two different axes out of {allowed} but is {axes!r}"
    raise InvalidValueError(detail, parameter=parameter, allowed=allowed)


def _is_axis(axis: object, dim: int) -> bool:
    return isinstance(axis, int) and not isinstance(axis, bool) and 0 <= axis < dim


def _anchor(
    objective: Objective, axes: tuple[int, ...], anchor: object, parameter: str
) -> tuple[float, ...] | None:
    if anchor is None and len(axes) == objective.dim:
        return None
    if isinstance(anchor, Sequence) and len(anchor) == objective.dim and all(map(_is_finite, anchor)):
        return tuple(float(number) for number in anchor)
    detail = f"{parameter} must be {objective.dim} finite numbers but is {anchor!r}"
    raise InvalidValueError(detail, parameter=parameter)


def _is_finite(number: object) -> bool:
    return isinstance(number, int | float) and not isinstance(number, bool) and math.isfinite(number)
