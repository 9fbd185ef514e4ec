"""The curvature of the loss at a point: the Hessian, its products, and the eigenvectors that bend it most."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from downslope.analysis.batches import gradient_size
from downslope.analysis.krylov import Eigenpairs, Krylov, Product, outermost, undefined
from downslope.objectives import Objective

# Up to this dimension the whole Hessian is built; above it, only products with it.
MAX_FULL_DIM = 64


def hessian(objective: Objective, theta: Tensor) -> Tensor:
    """Return the matrix of second derivatives of the loss by autograd, shape (dim, dim), symmetric.

    Args:
        objective: what is differentiated; its loss at a batch of points gives each point's own.
        theta: shape (dim,), the point.
    """
    copies = theta.detach().repeat(len(theta), 1)
    units = torch.eye(len(theta), dtype=theta.dtype)
    size = gradient_size(objective)
    parts = zip(torch.split(copies, size), torch.split(units, size), strict=True)
    found = torch.cat([_products(objective, points, vectors) for points, vectors in parts])
    return (found + found.T) / 2


def _products(objective: Objective, points: Tensor, vectors: Tensor) -> Tensor:
    """Return the Hessian at each point times the vector in the same row, shape (count, dim)."""
    points.requires_grad_()
    return _derivative(_slopes(objective, points), points, vectors)


def product(objective: Objective, theta: Tensor) -> Product:
    """Return the map v -> Hessian v at theta, shape (dim,) -> (dim,); one backward pass a product."""
    point = theta.detach().clone().requires_grad_()
    slopes = _slopes(objective, point)

    return lambda vector: _derivative(slopes, point, vector)


def _slopes(objective: Objective, theta: Tensor) -> Tensor:
    (slopes,) = torch.autograd.grad(objective.loss(theta).sum(), theta, create_graph=True)
    return slopes


def _derivative(slopes: Tensor, theta: Tensor, vector: Tensor) -> Tensor:
    if not slopes.requires_grad:  # they are constant
        return torch.zeros_like(vector)
    (found,) = torch.autograd.grad(slopes, theta, vector, retain_graph=True, materialize_grads=True)
    return found


def strongest(objective: Objective, theta: Tensor, count: int, space: Krylov | None = None) -> Eigenpairs:
    """Return the `count` eigenpairs of the Hessian of largest absolute eigenvalue.

    From the whole Hessian where dim <= MAX_FULL_DIM, else by Lanczos. The largest component of each
    vector is positive, so that the same point always gives the same vectors.

    Args:
        objective: what is differentiated.
        theta: shape (dim,), the point.
        count: at most dim.
        space: from `krylov_space` at the same point, where it is built already.
    """
    if len(theta) > MAX_FULL_DIM:
        found = (space or krylov_space(objective, theta)).outermost(count)
    else:
        matrix = hessian(objective, theta)
        is_defined = bool(matrix.isfinite().all())
        found = outermost(matrix, count) if is_defined else undefined(count, len(theta))
    return Eigenpairs(found.values, oriented(found.vectors))


def krylov_space(
    objective: Objective, theta: Tensor, so_far: Krylov | None = None, duration_s: float = math.inf
) -> Krylov:
    """Return the Krylov space of the Hessian at theta, shape (dim,), built on for `duration_s` seconds."""
    return (so_far or Krylov.empty(len(theta))).extended(product(objective, theta), duration_s)


def oriented(vectors: Tensor) -> Tensor:
    """Return rows, shape (count, dim), each with the sign that makes its largest component positive."""
    largest = vectors.gather(1, vectors.abs().argmax(1, keepdim=True))
    return torch.where(largest < 0, -vectors, vectors)
