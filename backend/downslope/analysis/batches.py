"""The loss and its gradient at many points, in batches that bound the memory."""

from __future__ import annotations

import torch
from torch import Tensor

from downslope.objectives import Objective

# Numbers held at once in one intermediate result: 1 MiB of float64, so that they stay in the cache and memory
# is bounded, however many points there are and however many data a model is fitted to.
CHUNK_NUMBERS = 131_072
# Where no gradient is wanted a model holds one chunk after another of its own; so many go into a batch.
_CHUNKS_OF_MODEL = 16


def size(objective: Objective, numbers: int = CHUNK_NUMBERS) -> int:
    """Return how many points are evaluated together: at most `numbers` are held at once; at least 1."""
    return max(1, min(numbers // objective.dim, _CHUNKS_OF_MODEL * numbers // objective.cost))


def gradient_size(objective: Objective, numbers: int = CHUNK_NUMBERS) -> int:
    """Return the same where gradients are wanted: all that the loss holds is kept until the way back."""
    return max(1, numbers // objective.cost)


def values(objective: Objective, theta: Tensor, numbers: int = CHUNK_NUMBERS) -> Tensor:
    """Return the loss at theta, shape (points, dim) -> (points,), `numbers` at a time."""
    with torch.no_grad():
        parts = torch.split(theta, size(objective, numbers))
        return torch.cat([objective.loss(part) for part in parts])


def gradients(objective: Objective, theta: Tensor, numbers: int = CHUNK_NUMBERS) -> Tensor:
    """Return the gradient by autograd at theta, shape (points, dim) -> (points, dim), in such parts."""
    parts = torch.split(theta, gradient_size(objective, numbers))
    return torch.cat([_gradient(objective, part) for part in parts])


def _gradient(objective: Objective, theta: Tensor) -> Tensor:
    theta = theta.detach().requires_grad_()
    # No point depends on another, so the gradient of the sum is every point's own.
    (gradient,) = torch.autograd.grad(objective.loss(theta).sum(), theta)
    return gradient
