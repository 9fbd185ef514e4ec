"""A surface from coarse to fine, in calls of a worker that are short: between two of them runs go on.

A call is of whole batches, so that a point has the same bits however the calls are cut.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from downslope.recipe import ObjectiveRef

Array = NDArray[np.float64]
Message = dict[str, Any]

# Resolutions of the pictures before the last, each of about four times the points of the one before; one
# that is nearly as fine as the last is left out.
COARSE = (17, 33, 65, 129, 257)
_NEARLY = 1.5
# Batches of the first call, before anyone knows how long one takes: milliseconds, whatever the objective.
_FIRST_BATCHES = 2


class Caller(Protocol):
    """Asks a worker, as `Engine.call` does."""

    async def __call__(self, method: str, **arguments: Any) -> Any: ...


@dataclass
class _Pace:
    """How many points fit into one call, learnt from the calls before: whole batches, at least one."""

    band_s: float
    batch: int
    num_points: int

    def learn(self, num_points: int, elapsed_s: float) -> None:
        """Aim the next call at its length; at most four times as many points as before."""
        fitting = int(num_points * self.band_s / max(elapsed_s, 1e-9))
        self.num_points = self._whole(min(fitting, 4 * self.num_points))

    def _whole(self, num_points: int) -> int:
        return max(1, num_points // self.batch) * self.batch


class Refinement:
    """The grids over one plane.

    Args:
        call: asks a worker.
        objective: what is looked at.
        found: the plane, the objective's row, and the points of a batch, as a worker gave them.
        band_s: how long one call should take.
    """

    def __init__(
        self, call: Caller, objective: ObjectiveRef, found: Mapping[str, Any], band_s: float
    ) -> None:
        self._call = call
        self._objective = objective
        self._plane = found["plane"]
        self._row = found["objective"]
        self._num_axes = len(self._plane["range"])
        size, gradient_size = found["batch"], found["gradient_batch"]
        self._pace = _Pace(band_s, size, _FIRST_BATCHES * size)
        self._slope_pace = _Pace(band_s, gradient_size, _FIRST_BATCHES * gradient_size)
        self._is_begun = False
        self._num_done = 0
        self._num_total = 0

    async def messages(
        self, resolution: int, gradient_resolution: int | None, is_refined: bool
    ) -> AsyncIterator[Message]:
        """Give ``progress`` after every call, and the surfaces; see `Surfaces.compute`."""
        levels = self._levels(resolution) if is_refined else [resolution]
        while levels:
            self._num_total = self._num_done + sum(map(self._num_points, [*levels, gradient_resolution or 0]))
            level, *levels = levels
            values = np.empty((self._num_points(level), 1))
            async for message in self._fill("values", level, values, self._pace):
                yield message
            if not levels:
                break
            yield self._surface(level, values, None, is_final=False)
            if self._pace.num_points >= self._num_points(resolution):
                levels = [resolution]  # the last picture takes but one call: none between is worth drawing
        gradient = None
        if gradient_resolution:
            slopes = np.empty((self._num_points(gradient_resolution), self._num_axes))
            async for message in self._fill("slopes", gradient_resolution, slopes, self._slope_pace):
                yield message
            gradient = self._gradient(gradient_resolution, slopes)
        yield self._surface(resolution, values, gradient, is_final=True)

    def _levels(self, resolution: int) -> list[int]:
        return [*(coarse for coarse in COARSE if _NEARLY * coarse < resolution), resolution]

    def _num_points(self, resolution: int) -> int:
        return resolution**self._num_axes if resolution else 0

    async def _fill(self, method: str, resolution: int, found: Array, pace: _Pace) -> AsyncIterator[Message]:
        """Compute all points of a grid into `found`, shape (points, numbers of one), a call at a time."""
        first = 0
        while first < len(found):
            end = min(first + pace.num_points, len(found))
            answer = await self._call(
                method,
                objective=self._objective,
                plane=self._plane,
                resolution=resolution,
                first=first,
                end=end,
            )
            found[first:end] = answer["part"].reshape(end - first, -1)
            pace.learn(end - first, answer["elapsed_s"])
            self._num_done += end - first
            first = end
            yield {"type": "progress", "done": self._num_done, "total": self._num_total}

    def _axes(self, resolution: int) -> tuple[Array, Array | None]:
        axes = [np.linspace(low, high, resolution) for low, high in self._plane["range"]]
        return axes[0], axes[1] if len(axes) == 2 else None

    def _gradient(self, resolution: int, slopes: Array) -> Message:
        u, v = self._axes(resolution)
        along = [np.ascontiguousarray(column) for column in slopes.T]
        along = [column.reshape((resolution,) * self._num_axes) for column in along]
        return {"u": u, "v": v, "du": along[0], "dv": along[1] if len(along) == 2 else None}

    def _surface(
        self, resolution: int, values: Array, gradient: Message | None, *, is_final: bool
    ) -> Message:
        """Return a picture. The row of a large model is long: the first and the last alone hold it."""
        u, v = self._axes(resolution)
        row = {} if self._is_begun and not is_final else {"objective": self._row}
        self._is_begun = True
        finite = values[np.isfinite(values)]
        return {
            "type": "surface",
            "is_final": is_final,
            "resolution": resolution,
            "u": u,
            "v": v,
            "z": values.reshape((resolution,) * self._num_axes),
            "minimum": float(finite.min()) if finite.size else None,
            "maximum": float(finite.max()) if finite.size else None,
            "plane": self._plane,
            "gradient": gradient,
            **row,
        }
