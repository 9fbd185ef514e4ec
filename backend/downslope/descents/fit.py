"""A fit: what a model predicts at one point of a descent. NumPy only, no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Fit:
    """What the model of `descent` predicts after `step` updates, as :meth:`Objective.fit` tells it."""

    descent: int
    step: int
    values: NDArray[np.float32]
    train_accuracy: float | None
    test_accuracy: float | None
    theta: NDArray[np.float32] | None  # (dim,), where rows do not hold it

    @property
    def num_bytes(self) -> int:
        return self.values.nbytes + (0 if self.theta is None else self.theta.nbytes)
