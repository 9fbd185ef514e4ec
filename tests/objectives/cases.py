"""Every registered function at its default parameters and at both ends of the range of each parameter."""

from __future__ import annotations

import random
from typing import Any

import pytest
import torch
from torch import Tensor

from downslope import objectives
from downslope.objectives import Objective
from downslope.recipe import FunctionObjective

ROWS = objectives.catalogue()
IDS = [row["id"] for row in ROWS]


def create(id: str, **parameters: float) -> Objective:
    """Build a function by its id, as a recipe does."""
    return objectives.create(FunctionObjective(kind="function", id=id, parameters=parameters))


def _values(row: dict[str, Any]) -> list[dict[str, float]]:
    ends = [{p["name"]: p[end]} for p in row["parameters"] for end in ("minimum", "maximum")]
    return [{}, *ends]


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
