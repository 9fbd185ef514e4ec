"""Every registered function at its default parameters and at both ends of the range of each parameter.

Of the number of dimensions there is one more value, which is odd.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
import torch
from torch import Tensor

from downslope import objectives
from downslope.objectives import Objective
from downslope.recipe import FunctionObjective

ROWS = [row for row in objectives.catalogue() if row["kind"] == "function"]
IDS = [row["id"] for row in ROWS]


def create(id: str, **parameters: float) -> Objective:
    """Build a function by its id, as a recipe does."""
    return objectives.create(FunctionObjective(kind="function", id=id, parameters=parameters))


def _values(row: dict[str, Any]) -> list[dict[str, float]]:
    ends = [{p["name"]: p[end]} for p in row["parameters"] for end in ("minimum", "maximum")]
    between = [{"dim": 3} for p in row["parameters"] if p["name"] == "dim"]
    return [{}, *(end for end in ends if end != {"dim": 2}), *between]


def _name(id: str, values: dict[str, float]) -> str:
    return id + "".join(f"-{name}={value:g}" for name, value in values.items())


CASES = [
    pytest.param(create(row["id"], **values), id=_name(row["id"], values))
    for row in ROWS
    for values in _values(row)
]


def points(objective: Objective, count: int, seed: int = 0) -> list[list[float]]:
    """Draw points of the domain, evenly."""
    draw = random.Random(seed)
    return [[draw.uniform(low, high) for low, high in objective.domain] for _ in range(count)]


def gradient(objective: Objective, theta: list[float], dtype: torch.dtype = torch.float64) -> Tensor:
    """Return the gradient as a descent gets it: from ``backward()``."""
    at = torch.tensor(theta, dtype=dtype, requires_grad=True)
    objective.loss(at).backward()
    assert at.grad is not None
    return at.grad


def loss(objective: Objective, theta: list[float]) -> float:
    """Return the loss at one point in float64."""
    return objective.loss(torch.tensor(theta, dtype=torch.float64)).item()


def hessian(objective: Objective, theta: list[float]) -> Tensor:
    """Return the matrix of second derivatives, by autograd, twice."""
    at = torch.tensor(theta, dtype=torch.float64)
    return torch.autograd.functional.hessian(objective.loss, at)


def grid(objective: Objective) -> Tensor:
    """Return a grid over the domain with both ends, or many points of it where it has more dimensions."""
    if objective.dim > 2:
        return torch.tensor(points(objective, 4000, seed=4), dtype=torch.float64)
    num_points = 1001 if objective.dim == 1 else 201
    axes = [torch.linspace(low, high, num_points, dtype=torch.float64) for low, high in objective.domain]
    return torch.stack(torch.meshgrid(*axes, indexing="ij"), -1).reshape(-1, objective.dim)
