"""A frame: a block of consecutive steps of one descent, as rows of numbers. NumPy only, no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]

# theta and grad are recorded up to this dimension; above it a row holds the scalars alone.
MAX_RECORDED_DIM = 16
NUM_SCALARS = 3  # loss, grad_norm, lr stand first in a row


def recorded_dim(dim: int) -> int:
    """Return how many components of theta and grad a row holds for an objective of dimension `dim`."""
    return dim if dim <= MAX_RECORDED_DIM else 0


def row_width(dim: int) -> int:
    """Return the number of float64 values in a row: loss, grad_norm, lr, theta, grad."""
    return NUM_SCALARS + 2 * recorded_dim(dim)


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows ``first_step .. first_step + len(rows) - 1`` of one descent.

    Row k holds the point after k updates, loss and gradient there, and the learning rate of the update that
    led to it (row 0: the initial one).
    """

    descent: int
    first_step: int
    rows: Rows  # (count, row_width), float64, C-contiguous

    @property
    def next_step(self) -> int:
        return self.first_step + len(self.rows)


@dataclass(frozen=True, slots=True)
class Columns:
    """The named columns of rows: views, no copies."""

    loss: Rows  # (count,)
    grad_norm: Rows  # (count,)
    lr: Rows  # (count,)
    theta: Rows  # (count, r), r = 0 where theta is not recorded
    grad: Rows  # (count, r)


def columns(rows: Rows) -> Columns:
    """Split `rows` of shape (count, 3 + 2 r) into their columns."""
    r = (rows.shape[1] - NUM_SCALARS) // 2
    split = NUM_SCALARS + r
    return Columns(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, NUM_SCALARS:split], rows[:, split:])
