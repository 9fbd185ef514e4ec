"""Objectives for the tests of surfaces and planes, most of them not in the catalogue."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from downslope import objectives
from downslope.objectives import Minimum, Objective
from downslope.recipe import ModelObjective


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


class Saddle(Unlisted):
    """x^2 - 3 y^2 + z^2 / 4: the strongest curvature is downwards."""

    domain = ((-1.0, 1.0),) * 3

    def loss(self, theta: Tensor) -> Tensor:
        x, y, z = theta.unbind(-1)
        return x * x - 3 * y * y + z * z / 4


class Flat(Unlisted):
    """A constant of any dimension."""

    domain = ()

    def __init__(self, dim: int) -> None:
        self.domain = ((-1.0, 1.0),) * dim

    def loss(self, theta: Tensor) -> Tensor:
        return 0 * theta.sum(-1)


def model(id: str) -> Objective:
    return objectives.create(ModelObjective(kind="model", id=id))


def drawn_start(objective: Objective) -> list[float]:
    return list(objective.start(torch.Generator().manual_seed(3)))
