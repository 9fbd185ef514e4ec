"""What a worker answers about surfaces: planes, and grids over them part by part. Loaded only in a worker."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from downslope import objectives
from downslope.analysis import batches, planes, surfaces
from downslope.analysis import plane as restoring
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


def plane(objective: ObjectiveRef, **view: Any) -> dict[str, Any]:
    """Return the plane that `view` asks for, which `analysis.planes.create` takes, and what points cost."""
    built = _objective(objective)
    seen = planes.create(built, **view)
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
