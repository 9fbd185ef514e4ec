"""Samples: theta at some steps of a descent whose rows do not hold it. NumPy only, no torch.

All steps at first, then ever fewer: whatever the number of steps, the newest half of the samples covers the
second half of the path evenly, and whoever follows the run never has to be told to drop one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Samples at stride 1: a power of two within these, so that so many hold at most this many values.
_MIN_DENSE, _MAX_DENSE = 64, 512
_DENSE_VALUES = 2**21


@dataclass(frozen=True, slots=True)
class Samples:
    """Theta at `steps`, which ascend."""

    steps: NDArray[np.int64]  # (count,)
    theta: NDArray[np.float32]  # (count, dim), C-contiguous


def num_dense(dim: int) -> int:
    """Return for how many steps from 0 on each is a sample, at dimension `dim`: a power of two."""
    bounded = min(max(_DENSE_VALUES // dim, _MIN_DENSE), _MAX_DENSE)
    return 1 << (bounded.bit_length() - 1)


def stride(step: int, dense: int) -> int:
    """Return the distance of samples around `step`: the least power of two >= (step + 1) / `dense`."""
    return 1 << (step // dense).bit_length()


def is_sample(step: int, dense: int) -> bool:
    """Tell whether theta is kept at `step`."""
    return step % stride(step, dense) == 0


def count(num_steps: int, dense: int) -> int:
    """Return how many of the steps ``0 .. num_steps - 1`` are samples."""
    total, first, distance = min(num_steps, dense), dense, 2
    while first < num_steps:
        total += -(-(min(num_steps, 2 * first) - first) // distance)
        first, distance = 2 * first, 2 * distance
    return total


def join(parts: list[Samples]) -> Samples | None:
    """Return consecutive samples as one, or None where there are none."""
    if not parts:
        return None
    return Samples(np.concatenate([part.steps for part in parts]), np.concatenate([p.theta for p in parts]))


def thinned(newest: int, limit: int) -> NDArray[np.int64]:
    """Return at most `limit` steps from 0 to `newest`, both among them, evenly apart but for the last.

    Where `limit` is at most ``num_dense`` of a dimension and a power of two, all but `newest` are samples.
    """
    even = np.arange(0, newest, stride(newest, limit))
    return np.append(even[: limit - 1], newest)
