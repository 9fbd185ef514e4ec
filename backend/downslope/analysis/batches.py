"""The loss and its gradient at many points, in batches that bound the memory."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from downslope.objectives import Objective

# Numbers held at once in one intermediate result: 1 MiB of float64, so that they stay in the cache and memory
# is bounded, however many points there are and however many data a model is fitted to.
CHUNK_NUMBERS = 131_072


def size(objective: Objective, numbers: int = CHUNK_NUMBERS) -> int:
    """Return how many points are evaluated together: at most `numbers` are held at once; at least 1."""
    return max(1, numbers // objective.cost)


def chunks(objective: Objective, theta: Tensor, numbers: int = CHUNK_NUMBERS) -> Iterator[Tensor]:
    """Give theta, shape (points, dim), in parts of that size."""
    yield from torch.split(theta, size(objective, numbers))


def values(objective: Objective, theta: Tensor, numbers: int = CHUNK_NUMBERS) -> Tensor:
    """Return the loss at theta, shape (points, dim) -> (points,), `numbers` at a time."""
    with torch.no_grad():
        return torch.cat([objective.loss(chunk) for chunk in chunks(objective, theta, numbers)])


def gradients(objective: Objective, theta: Tensor, numbers: int = CHUNK_NUMBERS) -> Tensor:
    """Return the gradient by autograd at theta, shape (points, dim) -> (points, dim), in such parts."""
    return torch.cat([_gradient(objective, chunk) for chunk in chunks(objective, theta, numbers)])


def _gradient(objective: Objective, theta: Tensor) -> Tensor:
    theta = theta.detach().requires_grad_()
    # No point depends on another, so the gradient of the sum is every point's own.
    (gradient,) = torch.autograd.grad(objective.loss(theta).sum(), theta)
    return gradient
