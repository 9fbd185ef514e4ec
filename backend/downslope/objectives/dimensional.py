"""Functions of as many variables as wanted: two, unless `dim` says otherwise."""

from __future__ import annotations

import dataclasses
from itertools import cycle, islice
from typing import Any, ClassVar

from torch import Tensor

from downslope.objectives.function import Function
from downslope.objectives.objective import Domain, Point, Text

MAX_DIM = 64


def dimension(minimum: int = 1) -> Any:
    """Declare the field `dim` of a Dimensional as its parameter, from `minimum` to MAX_DIM."""
    declared = {
        "type": "integer",
        "title": Text(en="Dimensions d", zh="维数 d"),
        "minimum": minimum,
        "maximum": MAX_DIM,
        "scale": "linear",
    }
    return dataclasses.field(default=2, metadata=declared)


def total(terms: Tensor) -> Tensor:
    """Return the sum over the last axis, rounded the same way wherever the terms lie in memory."""
    return terms.contiguous().sum(-1)


class Dimensional(Function):
    """Base of the closed forms in d variables: domain and start repeat those of the variables they have.

    A subclass declares the field `dim` with :func:`dimension`. Its LaTeX is written for every d.

    Attributes:
        ranges: the domain of x_1, x_2, ..., repeated as often as there are variables.
        start_values: the start, likewise.
    """

    ranges: ClassVar[Domain]
    start_values: ClassVar[Point]

    @property
    def domain(self) -> Domain:
        """`ranges`, repeated."""
        return tuple(islice(cycle(self.ranges), self.dim))

    @property
    def start_point(self) -> Point:
        """`start_values`, repeated."""
        return tuple(islice(cycle(self.start_values), self.dim))
