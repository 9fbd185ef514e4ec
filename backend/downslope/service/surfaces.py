"""Surfaces: where to look, which may be said in points of a run, and how much of it this server computes."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from downslope.errors import InvalidValueError, LimitError, NotFoundError
from downslope.recipe import ObjectiveRef, Range
from downslope.service.refinement import Caller, Message, Refinement
from downslope.service.session import Session
from downslope.settings import Settings

Array = NDArray[np.float64]


@dataclass(frozen=True)
class SurfaceQuery:
    """What to compute.

    Args:
        objective: what is looked at.
        plane: the fields of the API's plane, or None for the first two axes.
        range: (low, high) of u and v; None for a range that fits.
        resolution: grid points along each axis, at least 2.
        gradient_resolution: the same for the gradient; None for no gradient.
        seed: draws the start where it is random.
    """

    objective: ObjectiveRef
    plane: Mapping[str, Any] | None = None
    range: list[Range] | None = None
    resolution: int = 129
    gradient_resolution: int | None = None
    seed: int = 0


class Surfaces:
    """Computes surfaces in a worker.

    Args:
        settings: the limits, and how long one call may take.
        call: asks a worker.
        session: gives a run by its id, or raises NotFoundError.
        resolve: gives an objective with the rows of its table written out.
    """

    def __init__(
        self,
        settings: Settings,
        call: Caller,
        session: Callable[[str], Session],
        resolve: Callable[[ObjectiveRef], ObjectiveRef],
    ) -> None:
        self._settings = settings
        self._call = call
        self._session = session
        self._resolve = resolve

    async def compute(self, query: SurfaceQuery, *, is_refined: bool) -> AsyncIterator[Message]:
        """Give ``progress`` messages and a ``surface``, or several, coarse to fine; the last ``is_final``.

        Nothing is asked of a worker before the next message is, so whoever stops reading stops the work. The
        last surface has the same bits whether or not coarser ones went before.

        Raises:
            UserError: a plane, range or resolution that cannot be, or over a limit.
        """
        self._check_resolution("resolution", query.resolution)
        self._check_resolution("gradient_resolution", query.gradient_resolution or 0)
        objective = self._resolve(query.objective)
        plane, paths = self._located(query.plane or {})
        band_s = self._settings.band_ms / 1000
        view = {"plane": plane, "bounds": query.range, "paths": paths, "seed": query.seed}
        found: dict[str, Any] = {"unfinished": None}
        while "unfinished" in found:
            found = await self._call("plane", objective=objective, band_s=band_s, **found, **view)
            if "unfinished" in found:
                yield {"type": "progress", "done": 0, "total": query.resolution**2}
        self._check_numbers(query, found["cost"], len(found["plane"]["range"]))
        refinement = Refinement(self._call, objective, found, band_s)
        async for message in refinement.messages(query.resolution, query.gradient_resolution, is_refined):
            yield message

    # Where ---------------------------------------------------------------------------------------------

    def _located(self, asked: Mapping[str, Any]) -> tuple[dict[str, Any], list[Array]]:
        """Return the plane with numbers where it named points of a run, and the paths it looks at."""
        plane = {name: value for name, value in asked.items() if name not in ("run", "descent")}
        anchor = plane.get("anchor")
        if asked.get("run") is None:
            if anchor in ("current", "end") or plane.get("kind") == "pca":
                what = f"anchor {anchor}" if anchor in ("current", "end") else "kind pca"
                detail = f"plane.{what} is found from the path of a run; name it in plane.run"
                raise InvalidValueError(detail, parameter="plane.run")
            return plane | ({"anchor": None} if anchor == "start" else {}), []
        paths = self._paths(asked)
        if anchor is None or isinstance(anchor, str):
            plane["anchor"] = _point_of(paths[0], anchor or "start")
        return plane, paths

    def _paths(self, asked: Mapping[str, Any]) -> list[Array]:
        try:
            session = self._session(asked["run"])
        except NotFoundError as error:
            raise NotFoundError(error.detail, parameter="plane.run") from None
        count, descent = len(session.recipe.descents), asked.get("descent")
        if descent is not None and descent >= count:
            raise InvalidValueError(
                f"plane.descent must be below {count} but is {descent}; the first descent is number 0",
                parameter="plane.descent",
                allowed=list(range(count)),
            )
        return [session.path(i)[1] for i in (range(count) if descent is None else [descent])]

    # Limits --------------------------------------------------------------------------------------------

    def _check_resolution(self, parameter: str, resolution: int) -> None:
        limit = self._settings.max_resolution
        if resolution > limit:
            raise LimitError(
                f"{parameter} must be at most {limit} grid points along an axis but is {resolution}; "
                "this server sets the limit",
                parameter=parameter,
                allowed=limit,
            )

    def _check_numbers(self, query: SurfaceQuery, cost: int, num_axes: int) -> None:
        """Refuse a grid whose points times what one costs are too many for a server that others share."""
        limit = self._settings.max_surface_numbers // cost
        for parameter in ("resolution", "gradient_resolution"):
            resolution = getattr(query, parameter) or 0
            if resolution**num_axes > limit:
                allowed = math.isqrt(limit) if num_axes == 2 else limit
                detail = (
                    f"{parameter} must be at most {allowed} for this objective, each point of which takes "
                    f"{cost} numbers, but is {resolution}; this server sets the limit"
                )
                raise LimitError(detail, parameter=parameter, allowed=allowed)


def _point_of(path: Array, name: str) -> list[float]:
    """Return the first point of a path, or its newest."""
    point: list[float] = path[0 if name == "start" else -1].tolist()
    if not all(map(math.isfinite, point)):
        detail = f"plane.anchor {name} is not finite, since the descent has diverged; anchor at the start"
        raise InvalidValueError(detail, parameter="plane.anchor")
    return point
