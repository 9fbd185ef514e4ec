"""What a worker answers about surfaces: planes, and grids over them part by part. Loaded only in a worker."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from downslope import objectives
from downslope.analysis import batches, planes, surfaces
from downslope.analysis import plane as restoring
from downslope.analysis.krylov import Krylov
from downslope.objectives import Objective
from downslope.recipe import ObjectiveRef

# The parts of a grid are asked for one by one: their objective, with all of its data, is built once.
_recent: deque[tuple[ObjectiveRef, Objective]] = deque(maxlen=4)


def _objective(ref: ObjectiveRef) -> Objective:
    for known, objective in _recent:
        if known == ref:
            return objective
    objective = objectives.create(ref)
    _recent.append((ref, objective))
    return objective


def plane(
    objective: ObjectiveRef,
    band_s: float = math.inf,
    unfinished: dict[str, Any] | None = None,
    **view: Any,
) -> dict[str, Any]:
    """Return the plane that `view` asks for, and what points cost.

    Args:
        objective: what is looked at.
        band_s: how long a call should take, in seconds.
        unfinished: what the call before answered under this name.
        view: what `analysis.planes.create` takes.

    Returns:
        ``plane``, ``objective``, ``cost``, ``batch`` and ``gradient_batch``; or ``unfinished``, where the
        plane takes longer than a call should: ask again with it.
    """
    built = _objective(objective)
    so_far = None if unfinished is None else Krylov(**unfinished)
    space = planes.krylov_space(built, view.get("plane") or {}, view.get("seed", 0), so_far, band_s)
    if space is not None and not space.is_done:
        return {"unfinished": {"basis": space.basis, "images": space.images}}
    seen = planes.create(built, space=space, **view)
    return {
        "plane": seen.describe(),
        "objective": built.describe_seeded(view.get("seed", 0)),
        "cost": built.cost,
        "batch": batches.size(built),
        "gradient_batch": batches.gradient_size(built),
    }


def values(objective: ObjectiveRef, plane: dict[str, Any], resolution: int, first: int, end: int) -> Any:
    """Return the loss at grid points, see `analysis.surfaces.values_between`, and the seconds it took."""
    return _timed(surfaces.values_between, objective, plane, resolution, first, end)


def slopes(objective: ObjectiveRef, plane: dict[str, Any], resolution: int, first: int, end: int) -> Any:
    """Return the derivatives along the plane there, see `surfaces.slopes_between`, and the seconds."""
    return _timed(surfaces.slopes_between, objective, plane, resolution, first, end)


def _timed(
    part: Callable[..., surfaces.Array], ref: ObjectiveRef, plane: dict[str, Any], *where: int
) -> dict[str, Any]:
    objective = _objective(ref)
    began = time.perf_counter()
    found = part(objective, restoring.restore(plane), *where)
    return {"part": found, "elapsed_s": time.perf_counter() - began}
