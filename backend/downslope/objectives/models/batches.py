"""Mini-batches: which points a step sees. A function of the seed and the step alone, drawn in blocks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

import torch

from downslope.objectives.models.draws import Stream, generator
from downslope.objectives.models.sets import Points

SAMPLED_STEPS = 256  # fresh samples of so many steps are drawn at once
_KEPT_POINTS = 1 << 18
_KEPT_BLOCKS = 64


class Shuffled:
    """Each epoch goes through all points in a new order; its last batch may be smaller."""

    def __init__(self, num_points: int, size: int) -> None:
        self.steps_per_block = -(-num_points // size)
        self.points_per_block = num_points
        self.size = size

    def draw(self, points: Points, seed: int, block: int) -> Points:
        """Return all points in the order of epoch number `block`."""
        order = torch.randperm(self.points_per_block, generator=generator(seed, Stream.EPOCH, block))
        return points.at(order.to(points.y.device))


class Fresh:
    """Each step sees points that none saw before; `sample` draws as many as asked for."""

    def __init__(self, size: int, sample: Callable[[int, torch.Generator], Points]) -> None:
        self.steps_per_block = SAMPLED_STEPS
        self.points_per_block = SAMPLED_STEPS * size
        self.size = size
        self._sample = sample

    def draw(self, points: Points, seed: int, block: int) -> Points:
        """Return the points of the steps of block number `block`, like `points` in dtype and device."""
        drawn = self._sample(self.points_per_block, generator(seed, Stream.SAMPLES, block))
        return Points(drawn.x.to(points.x), drawn.y.to(points.y))


class Batches:
    """The batches of every step; what was drawn last is kept, so that the descents of a run share it."""

    def __init__(self, source: Shuffled | Fresh) -> None:
        self._source = source
        self._blocks: OrderedDict[tuple[object, ...], Points] = OrderedDict()
        self._num_kept = min(_KEPT_BLOCKS, max(2, _KEPT_POINTS // source.points_per_block))

    def at(self, points: Points, seed: int, step: int) -> Points:
        """Return the batch of the update that follows `step` updates.

        Args:
            points: all there are; where they are and their dtype decide those of the batch.
            seed: of the recipe.
            step: from 0.
        """
        block, within = divmod(step, self._source.steps_per_block)
        drawn = self._block(points, seed, block)
        part = slice(within * self._source.size, (within + 1) * self._source.size)
        return Points(drawn.x[part], drawn.y[part])

    def _block(self, points: Points, seed: int, block: int) -> Points:
        key = (seed, block, points.x.dtype, points.x.device)
        if key not in self._blocks:
            self._blocks[key] = self._source.draw(points, seed, block)
            if len(self._blocks) > self._num_kept:
                self._blocks.popitem(last=False)
        return self._blocks[key]
