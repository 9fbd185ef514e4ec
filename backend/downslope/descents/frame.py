"""A frame: a block of consecutive steps of one descent, as rows of numbers. NumPy only, no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from downslope.descents.samples import Samples

Rows = NDArray[np.float64]

# theta and grad are recorded up to this dimension; above it a row holds the scalars alone.
MAX_RECORDED_DIM = 16
SCALARS = ("loss", "grad_norm", "lr")  # these stand first in a row, then the objective's extra columns
VECTORS = ("theta", "grad")


def recorded_dim(dim: int) -> int:
    """Return how many components of theta and grad a row holds for an objective of dimension `dim`."""
    return dim if dim <= MAX_RECORDED_DIM else 0


def row_width(dim: int, num_extras: int = 0) -> int:
    """Return the number of float64 values in a row: loss, grad_norm, lr, extra columns, theta, grad."""
    return len(SCALARS) + num_extras + 2 * recorded_dim(dim)


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows ``first_step .. first_step + len(rows) - 1`` of one descent.

    Row k holds the point after k updates, loss and gradient there, and the learning rate of the update that
    led to it (row 0: the initial one). Where rows do not hold theta, the frame has its samples among these
    steps and, in full precision, the newest.
    """

    descent: int
    first_step: int
    rows: Rows  # (count, row_width), float64, C-contiguous
    samples: Samples | None = None
    theta: Rows | None = None  # (dim,), at the last row

    @property
    def next_step(self) -> int:
        return self.first_step + len(self.rows)


@dataclass(frozen=True, slots=True)
class Columns:
    """The named columns of rows: views, no copies."""

    loss: Rows  # (count,)
    grad_norm: Rows  # (count,)
    lr: Rows  # (count,)
    extras: Rows  # (count, e), the objective's extra columns
    theta: Rows  # (count, r), r = 0 where theta is not recorded
    grad: Rows  # (count, r)


def columns(rows: Rows, num_extras: int = 0) -> Columns:
    """Split `rows` of shape (count, 3 + num_extras + 2 r) into their columns."""
    first = len(SCALARS) + num_extras
    split = (first + rows.shape[1]) // 2
    return Columns(
        rows[:, 0],
        rows[:, 1],
        rows[:, 2],
        rows[:, len(SCALARS) : first],
        rows[:, first:split],
        rows[:, split:],
    )


def named(rows: Rows, extra_columns: tuple[str, ...] = ()) -> dict[str, Rows]:
    """Return the columns of `rows` by their names on the wire; theta and grad where they were recorded."""
    parts = columns(rows, len(extra_columns))
    found = {name: getattr(parts, name) for name in SCALARS}
    found |= {name: parts.extras[:, i] for i, name in enumerate(extra_columns)}
    if parts.theta.shape[1]:
        found |= {name: getattr(parts, name) for name in VECTORS}
    return found
