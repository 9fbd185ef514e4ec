"""The curvature of the loss at a point: the Hessian, its products, and the eigenvectors that bend it most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from downslope.analysis.batches import gradient_size
from downslope.objectives import Objective

# Up to this dimension the whole Hessian is built; above it, only products with it.
MAX_FULL_DIM = 64
# Lanczos makes so many Hessian-vector products, or dim of them where that is less: enough for the two
# outermost eigenvalues, which converge first, and the same work for every request.
NUM_PRODUCTS = 64
# What is left of a product after orthogonalization is rounding if it is this much shorter than the longest.
_BREAKDOWN = 1e-10

Product = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class Eigenpairs:
    """Eigenvalues, shape (count,), by falling absolute value, and orthonormal eigenvectors as rows."""

    values: Tensor
    vectors: Tensor


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


def strongest(objective: Objective, theta: Tensor, count: int) -> Eigenpairs:
    """Return the `count` eigenpairs of the Hessian of largest absolute eigenvalue.

    From the whole Hessian where dim <= MAX_FULL_DIM, else by `lanczos`. The largest component of each
    vector is positive, so that the same point always gives the same vectors.

    Args:
        objective: what is differentiated.
        theta: shape (dim,), the point.
        count: at most dim.
    """
    if len(theta) > MAX_FULL_DIM:
        found = lanczos(product(objective, theta), len(theta), count)
    else:
        matrix = hessian(objective, theta)
        is_defined = bool(matrix.isfinite().all())
        found = _outermost(matrix, count) if is_defined else _undefined(count, len(theta))
    return Eigenpairs(found.values, oriented(found.vectors))


def lanczos(times: Product, dim: int, count: int, num_products: int = NUM_PRODUCTS) -> Eigenpairs:
    """Return the outermost eigenpairs of a symmetric matrix that is known by its products alone.

    They are the Ritz pairs of a Krylov space of a fixed random vector; where that space closes early,
    another vector orthogonal to it is taken, so that repeated eigenvalues are found too.

    Source: C. Lanczos, "An iteration method for the solution of the eigenvalue problem", 1950; full
    reorthogonalization as in B. N. Parlett, "The Symmetric Eigenvalue Problem", section 13.3.

    Args:
        times: the product with a vector of shape (dim,).
        dim: rows of the matrix.
        count: pairs to return, at most `num_products`.
        num_products: dimension of the space.

    Returns:
        Approximate pairs, exact where num_products >= dim; NaN where a product is not finite.
    """
    generator = torch.Generator().manual_seed(0)
    basis = torch.empty(0, dim, dtype=torch.float64)
    images = torch.empty(0, dim, dtype=torch.float64)
    following = torch.zeros(dim, dtype=torch.float64)
    for _ in range(min(dim, num_products)):
        scale = images.norm(dim=1).max() if len(images) else 1.0
        if following.norm() <= _BREAKDOWN * scale:
            following = _orthogonal(torch.randn(dim, dtype=torch.float64, generator=generator), basis)
        basis = torch.cat([basis, (following / following.norm()).unsqueeze(0)])
        images = torch.cat([images, times(basis[-1]).unsqueeze(0)])
        if not images[-1].isfinite().all():
            return _undefined(count, dim)
        following = _orthogonal(images[-1], basis)
    found = _outermost(images @ basis.T, count)
    return Eigenpairs(found.values, found.vectors @ basis)


def _orthogonal(vector: Tensor, basis: Tensor) -> Tensor:
    for _ in range(2):  # once leaves rounding errors of the size of what was removed
        vector = vector - basis.T @ (basis @ vector)
    return vector


def _outermost(matrix: Tensor, count: int) -> Eigenpairs:
    """Return the eigenpairs of largest absolute value; of two of the same, the positive one first."""
    values, vectors = torch.linalg.eigh((matrix + matrix.T) / 2)
    order = sorted(range(len(values)), key=lambda i: (-abs(values[i].item()), -values[i].item()))[:count]
    return Eigenpairs(values[order], vectors.T[order])


def _undefined(count: int, dim: int) -> Eigenpairs:
    nan = torch.tensor(torch.nan, dtype=torch.float64)
    return Eigenpairs(nan.expand(count), nan.expand(count, dim))


def oriented(vectors: Tensor) -> Tensor:
    """Return rows, shape (count, dim), each with the sign that makes its largest component positive."""
    largest = vectors.gather(1, vectors.abs().argmax(1, keepdim=True))
    return torch.where(largest < 0, -vectors, vectors)
