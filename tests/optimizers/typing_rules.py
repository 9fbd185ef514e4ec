"""What the tests of rules share: the document's tables, rules from text, and walks over any tensors."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor
from torch.optim import Optimizer

from downslope import optimizers

PARAMETER = "descents[0].hyperparameters"
DOCUMENT = (Path(__file__).parents[2] / "docs" / "rules.md").read_text("utf-8")


def rows(heading):
    """Return the cells of the rows of the table below a heading of the document."""
    section = DOCUMENT.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


TYPED = dict(rows("Rules that torch has, too"))
ADAM = TYPED["Adam"]
MOMENTUM = TYPED["SGD, momentum"]


def rule(text, params, hyperparameters=None, *, maximize=False) -> Optimizer:
    params = [params] if isinstance(params, Tensor) else params
    given = hyperparameters or {}
    return optimizers.create("Rule", params, given, maximize=maximize, parameter=PARAMETER, rule=text)


def walk(optimizer, params, loss, num_steps):
    """Take steps on `loss(params)`; return all numbers after each."""
    points = []
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss(params).backward()
        optimizer.step()
        points.append(torch.cat([p.detach().flatten() for p in params]))
    return torch.stack(points)


def update_once(text, theta, grad, hyperparameters=None, **options):
    """Return theta after one update, and the state."""
    p = torch.tensor(theta, dtype=torch.float64, requires_grad=True)
    p.grad = torch.tensor(grad, dtype=torch.float64)
    optimizer = rule(text, p, hyperparameters, **options)
    optimizer.step(lambda: torch.tensor(7.0))
    return p.tolist(), optimizer.state[p]
