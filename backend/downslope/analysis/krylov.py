"""The Lanczos process: the outermost eigenpairs of a symmetric matrix that is known by its products alone."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

# So many products are made, or dim of them where that is less: enough for the two outermost eigenvalues,
# which converge first, and the same work for every request.
NUM_PRODUCTS = 64
# What is left of a product after orthogonalization is rounding if it is this much shorter than the longest.
_BREAKDOWN = 1e-10

Product = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class Eigenpairs:
    """Eigenvalues, shape (count,), by falling absolute value, and orthonormal eigenvectors as rows."""

    values: Tensor
    vectors: Tensor


@dataclass(frozen=True)
class Krylov:
    """A Krylov space of a fixed random vector, as far as it is built; another process can go on with it.

    Where the space closes early, another vector orthogonal to it is taken, so that repeated eigenvalues are
    found too.

    Source: C. Lanczos, "An iteration method for the solution of the eigenvalue problem", 1950; full
    reorthogonalization as in B. N. Parlett, "The Symmetric Eigenvalue Problem", section 13.3.

    Args:
        basis: orthonormal rows, shape (k, dim).
        images: the matrix times each of them, shape (k, dim).
    """

    basis: NDArray[np.float64]
    images: NDArray[np.float64]

    @classmethod
    def empty(cls, dim: int) -> Krylov:
        """Return the space before its first vector."""
        return cls(np.empty((0, dim)), np.empty((0, dim)))

    @property
    def is_defined(self) -> bool:
        """Whether every product is finite."""
        return bool(np.isfinite(self.images[-1:]).all())

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do: all products are made, or one is not finite."""
        size, dim = self.basis.shape
        return size >= min(dim, NUM_PRODUCTS) or not self.is_defined

    def extended(self, times: Product, duration_s: float = math.inf) -> Krylov:
        """Return it with more vectors: at least one, and as many as `duration_s` is enough for.

        However it is cut into calls, the bits are the same.

        Args:
            times: the product with a vector of shape (dim,).
            duration_s: in seconds; after it no further product is begun.
        """
        until, found = time.perf_counter() + duration_s, self
        while not found.is_done:
            found = found._with(times)
            if time.perf_counter() >= until:
                break
        return found

    def _with(self, times: Product) -> Krylov:
        following = self._following()
        unit = following / following.norm()
        image = times(unit)
        return Krylov(np.vstack([self.basis, unit.numpy()]), np.vstack([self.images, image.numpy()]))

    def _following(self) -> Tensor:
        size, dim = self.basis.shape
        basis, images = torch.from_numpy(self.basis), torch.from_numpy(self.images)
        if size:
            following = _orthogonal(images[-1], basis)
            if following.norm() > _BREAKDOWN * images.norm(dim=1).max():
                return following
        generator = torch.Generator().manual_seed(size)
        return _orthogonal(torch.randn(dim, dtype=torch.float64, generator=generator), basis)

    def outermost(self, count: int) -> Eigenpairs:
        """Return its Ritz pairs of largest absolute value: approximate eigenpairs, exact of a whole space.

        Args:
            count: at most the number of vectors.

        Returns:
            The pairs; NaN where a product is not finite.
        """
        if not self.is_defined:
            return undefined(count, self.basis.shape[1])
        basis = torch.from_numpy(self.basis)
        found = outermost(torch.from_numpy(self.images) @ basis.T, count)
        return Eigenpairs(found.values, found.vectors @ basis)


def _orthogonal(vector: Tensor, basis: Tensor) -> Tensor:
    for _ in range(2):  # once leaves rounding errors of the size of what was removed
        vector = vector - basis.T @ (basis @ vector)
    return vector


def outermost(matrix: Tensor, count: int) -> Eigenpairs:
    """Return the eigenpairs of largest absolute value; of two of the same, the positive one first."""
    values, vectors = torch.linalg.eigh((matrix + matrix.T) / 2)
    order = sorted(range(len(values)), key=lambda i: (-abs(values[i].item()), -values[i].item()))[:count]
    return Eigenpairs(values[order], vectors.T[order])


def undefined(count: int, dim: int) -> Eigenpairs:
    """Return NaN for each of them."""
    nan = torch.tensor(torch.nan, dtype=torch.float64)
    return Eigenpairs(nan.expand(count), nan.expand(count, dim))
