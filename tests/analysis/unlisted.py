"""Objectives for the tests of surfaces that the catalogue does not have."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from downslope.objectives import Minimum, Objective


class Unlisted(Objective):
    """An objective of which only the loss and the domain matter."""

    id = "unlisted"
    kind = "function"
    title = {"en": "Unlisted", "zh": "未列出"}  # noqa: RUF012
    latex = ""
    source = ""
    note = None
    minima: tuple[Minimum, ...] = ()

    def start(self, generator: torch.Generator) -> tuple[float, ...]:
        return (0.0,) * self.dim

    def describe(self) -> dict[str, Any]:
        return {"id": self.id}


class Three(Unlisted):
    """x + 10 y^2 + 100 z^3: no two axes alike."""

    domain = ((-1.0, 1.0), (-2.0, 2.0), (-3.0, 3.0))

    def loss(self, theta: Tensor) -> Tensor:
        x, y, z = theta.unbind(-1)
        return x + 10 * y * y + 100 * z * z * z


class Partial(Unlisted):
    """sqrt(x) + 1 / y: no value for x < 0, infinite for y = 0."""

    domain = ((-1.0, 1.0), (0.0, 1.0))

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        return x.sqrt() + 1 / y
