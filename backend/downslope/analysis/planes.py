"""Planes, built from what a request asks for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from downslope.analysis import curvature, directions, points, ranges
from downslope.analysis.directions import Directions
from downslope.analysis.krylov import Krylov
from downslope.analysis.plane import Plane
from downslope.errors import InvalidValueError
from downslope.objectives import Objective

KINDS = ("axes", "random", "pca", "hessian", "directions")


def create(
    objective: Objective,
    plane: Mapping[str, Any] | None = None,
    *,
    bounds: Sequence[Sequence[float]] | None = None,
    paths: Sequence[NDArray[np.float64]] = (),
    seed: int = 0,
    space: Krylov | None = None,
) -> Plane:
    """Build the plane that a request asks for.

    Args:
        objective: what is looked at.
        plane: ``kind``, one of KINDS, and what it needs: ``axes``, one or two components of theta by
            number or name; ``seed`` of random directions; ``directions``, two rows of dim numbers; and
            ``anchor``, dim finite numbers, or None for the objective's own start. Left out: the first two
            axes.
        bounds: (low, high) of u and v; None for a range that fits, see `ranges.fitting`.
        paths: points that descents went through, each of shape (points, dim): what ``pca`` looks at, and
            what a range that is left out covers.
        seed: draws the start where it is random.
        space: from `krylov_space`, where it is built already.

    Raises:
        InvalidValueError: what this objective does not have.
    """
    asked = dict(plane or {})
    kind = asked.get("kind") or "axes"
    walked = points.finite(paths, objective.dim)
    anchor = _anchor(objective, asked.get("anchor"), seed)
    if kind == "axes":
        axes = _axes(objective, asked.get("axes"))
        names = tuple(objective.theta_names[axis] for axis in axes)
        made = Plane(kind, axes, tuple(anchor.tolist()), None, names)
    else:
        has_diverged = sum(map(len, walked)) < sum(map(len, paths))
        found = _directions(objective, kind, asked, anchor, walked, has_diverged, space)
        rows = tuple(map(tuple, found.rows.tolist()))
        made = Plane(
            kind, None, tuple(anchor.tolist()), rows, found.names, found.explained, found.eigenvalues
        )
    if bounds is not None:
        return replace(made, range=ranges.checked(bounds, made.num_coordinates))
    starts = points.finite([path[:1] for path in paths], objective.dim)
    seen = (map(made.coordinates, parts) for parts in (starts, walked))
    boxes = (ranges.box(points.joined(list(parts), made.num_coordinates)) for parts in seen)
    return replace(made, range=ranges.fitting(objective, made, *boxes))


def krylov_space(
    objective: Objective, plane: Mapping[str, Any], seed: int, so_far: Krylov | None, duration_s: float
) -> Krylov | None:
    """Return what the plane of a large Hessian is found from, built on for `duration_s` seconds.

    Each of its products may take long; between two calls whoever waits has a turn.

    Args:
        objective, plane, seed: as of `create`.
        so_far: what the call before returned; None at first.
        duration_s: at least one product is made.

    Returns:
        The space, for `create` when `is_done`; None where the plane is found without it.

    Raises:
        InvalidValueError: as `create`.
    """
    if plane.get("kind") != "hessian" or objective.dim <= curvature.MAX_FULL_DIM:
        return None
    directions.check_curvature(objective)
    anchor = _anchor(objective, plane.get("anchor"), seed)
    return curvature.krylov_space(objective, anchor, so_far, duration_s)


def _directions(
    objective: Objective,
    kind: str,
    asked: Mapping[str, Any],
    anchor: Tensor,
    walked: Sequence[Tensor],
    has_diverged: bool,
    space: Krylov | None,
) -> Directions:
    if objective.dim < 2:
        detail = f"{objective.id} has one parameter and {kind} is a plane; leave plane out"
        raise InvalidValueError(detail, parameter="plane.kind")
    match kind:
        case "random":
            return directions.random(objective, anchor, asked.get("seed") or 0, "plane.anchor")
        case "pca":
            path = points.joined(points.thinned(walked), objective.dim)
            return directions.principal(anchor, path, has_diverged, "plane.run")
        case "hessian":
            return directions.eigenvectors(objective, anchor, space, "plane.anchor")
        case "directions":
            return directions.given(_rows(objective, asked.get("directions")), "plane.directions")
    detail = f"plane.kind must be one of {', '.join(KINDS)} but is {kind!r}"
    raise InvalidValueError(detail, parameter="plane.kind", allowed=list(KINDS))


def _axes(objective: Objective, axes: object) -> tuple[int, ...]:
    if axes is None:
        return tuple(range(min(2, objective.dim)))
    names = objective.theta_names
    if isinstance(axes, Sequence) and not isinstance(axes, str) and len(axes) in (1, 2):
        found = [names.index(axis) if axis in names else axis for axis in axes]
        if all(_is_axis(axis, objective.dim) for axis in found) and len(set(found)) == len(found):
            return tuple(found)
    some = ", ".join(names[:8]) + (f", ... {names[-1]}" if len(names) > 8 else "")
    detail = (
        "plane.axes must be one or two different axes, numbers from 0 to "
        f"{objective.dim - 1} or names such as {some} but is {axes!r}"
    )
    raise InvalidValueError(detail, parameter="plane.axes", allowed=list(names[:64]))


def _is_axis(axis: object, dim: int) -> bool:
    return isinstance(axis, int) and not isinstance(axis, bool) and 0 <= axis < dim


def _anchor(objective: Objective, anchor: object, seed: int) -> Tensor:
    if anchor is None:
        try:
            anchor = objective.start(torch.Generator().manual_seed(seed))
        except InvalidValueError:  # a formula with no value at any point tried: it is drawn all the same
            anchor = objective.describe()["start"]
    return torch.tensor(_point(anchor, objective.dim, "plane.anchor"), dtype=torch.float64)


def _rows(objective: Objective, rows: object) -> Tensor:
    if not isinstance(rows, Sequence) or len(rows) != 2:
        detail = f"plane.directions must be two directions of {objective.dim} numbers each"
        raise InvalidValueError(detail, parameter="plane.directions")
    found = [_point(row, objective.dim, f"plane.directions[{i}]") for i, row in enumerate(rows)]
    return torch.tensor(found, dtype=torch.float64)


def _point(point: object, dim: int, parameter: str) -> list[float]:
    if not isinstance(point, Sequence) or isinstance(point, str):
        found = f"is {point!r}"
    elif len(point) != dim:
        found = f"has {len(point)}"
    elif faulty := [i for i, number in enumerate(point) if not _is_finite(number)]:
        found = f"number {faulty[0]} is {point[faulty[0]]!r}"
    else:
        return [float(number) for number in point]
    raise InvalidValueError(f"{parameter} must be {dim} finite numbers but {found}", parameter=parameter)


def _is_finite(number: object) -> bool:
    return isinstance(number, int | float) and not isinstance(number, bool) and math.isfinite(number)
