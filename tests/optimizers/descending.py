"""What the tests of this folder share: two objectives with hand-written gradients, and runs on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor
from torch.optim import Optimizer

from downslope import optimizers

PARAMETER = "descents[0].hyperparameters"


class Objective(NamedTuple):
    loss: Callable[[list[float]], float]
    gradient: Callable[[list[float]], list[float]]
    start: list[float]


def rosenbrock_loss(theta):
    x, y = theta
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def rosenbrock_gradient(theta):
    x, y = theta
    return [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]


def quadratic_loss(theta):
    x, y, z = theta
    return 0.5 * (x * x + 4 * y * y + 9 * z * z) + 0.5 * x * y - z


def quadratic_gradient(theta):
    x, y, z = theta
    return [x + 0.5 * y, 4 * y + 0.5 * x, 9 * z - 1]


ROSENBROCK = Objective(rosenbrock_loss, rosenbrock_gradient, [-1.5, 2.0])
QUADRATIC = Objective(quadratic_loss, quadratic_gradient, [2.0, -1.0, 0.5])


def parameter(start: list[float]) -> Tensor:
    return torch.tensor(start, dtype=torch.float64, requires_grad=True)


def create(
    id: str, theta: Tensor, hyperparameters: dict[str, object], *, maximize: bool = False
) -> Optimizer:
    return optimizers.create(id, [theta], hyperparameters, maximize=maximize, parameter=PARAMETER)


def take_step(optimizer: Optimizer, theta: Tensor, objective: Objective) -> None:
    """Take one step with the hand-written gradient, so that autograd's rounding is not in the comparison.

    Second derivatives are autograd's.
    """

    def closure() -> Tensor:
        values = theta.tolist()
        theta.grad = torch.tensor(objective.gradient(values), dtype=theta.dtype)
        return torch.tensor(objective.loss(values), dtype=theta.dtype)

    closure()
    if optimizers.needs_closure(type(optimizer).__name__):
        optimizer.step(optimizers.Closure(closure, lambda: objective.loss(theta)))
    else:
        optimizer.step()


def walk(optimizer: Optimizer, theta: Tensor, objective: Objective, num_steps: int) -> list[list[float]]:
    points = []
    for _ in range(num_steps):
        take_step(optimizer, theta, objective)
        points.append(theta.tolist())
    return points
