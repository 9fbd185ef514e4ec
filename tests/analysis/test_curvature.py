"""Hessians and their leading eigenvectors, against torch's own functional Hessian and numpy."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor
from unlisted import Unlisted

from downslope import objectives
from downslope.analysis import batches, curvature, krylov
from downslope.objectives import Objective
from downslope.recipe import FunctionObjective


class Wavy(Unlisted):
    """sum_i c_i sin(a_i . theta) + theta' diag theta: indefinite, in any number of dimensions."""

    domain = ()

    def __init__(self, dim: int) -> None:
        self.domain = ((-1.0, 1.0),) * dim
        drawn = torch.Generator().manual_seed(dim)
        self._waves = torch.randn(dim, dim, dtype=torch.float64, generator=drawn) / math.sqrt(dim)
        self._heights = torch.linspace(-3.0, 5.0, dim, dtype=torch.float64)

    def loss(self, theta: Tensor) -> Tensor:
        return ((theta @ self._waves.T).sin() * self._heights).sum(-1) + (theta**2 * self._heights).sum(-1)


class Tilted(Unlisted):
    """x + 2 y: no curvature, and a gradient that does not depend on theta."""

    domain = ((-1.0, 1.0),) * 2

    def loss(self, theta: Tensor) -> Tensor:
        return theta[..., 0] + 2 * theta[..., 1]


def numbers(*values: float) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)


def expected_hessian(objective: Objective, theta: Tensor) -> Tensor:
    found: Any = torch.autograd.functional.hessian(objective.loss, theta)
    return found


SMOOTH = [
    objectives.create(FunctionObjective(kind="function", id=id))
    for id in ("rosenbrock", "himmelblau", "bowl", "three-hump-camel", "mccormick", "parabola")
] + [Wavy(3), Wavy(20), Tilted()]


@pytest.mark.parametrize("objective", SMOOTH, ids=lambda objective: f"{objective.id}-{objective.dim}")
def test_the_hessian_is_that_of_torch(objective: Objective) -> None:
    theta = torch.linspace(0.3, 0.9, objective.dim, dtype=torch.float64)
    expected = expected_hessian(objective, theta)
    assert torch.allclose(curvature.hessian(objective, theta), expected, rtol=1e-12, atol=1e-12)
    vector = torch.linspace(-1, 2, objective.dim, dtype=torch.float64)
    times = curvature.product(objective, theta)
    for _ in range(2):
        assert torch.allclose(times(vector), expected @ vector, rtol=1e-12, atol=1e-12)


def test_the_hessian_is_built_in_chunks_that_bound_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = curvature.hessian(Wavy(20), torch.full((20,), 0.4, dtype=torch.float64))
    monkeypatch.setattr(Wavy, "cost", batches.CHUNK_NUMBERS // 3)
    parts = curvature.hessian(Wavy(20), torch.full((20,), 0.4, dtype=torch.float64))
    assert torch.allclose(whole, parts, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("dim", [2, 20, curvature.MAX_FULL_DIM, curvature.MAX_FULL_DIM + 1, 100, 200])
def test_the_strongest_eigenpairs_are_those_of_the_whole_matrix(dim: int) -> None:
    objective = Wavy(dim)
    theta = torch.linspace(-0.4, 0.9, dim, dtype=torch.float64)
    values, vectors = np.linalg.eigh(expected_hessian(objective, theta).numpy())
    order = np.argsort(-np.abs(values))[:2]
    found = curvature.strongest(objective, theta, 2)
    assert found.values.numpy() == pytest.approx(values[order], rel=1e-6)
    assert np.abs(np.sum(found.vectors.numpy() * vectors.T[order], axis=1)) == pytest.approx(1, abs=1e-5)
    gram = found.vectors @ found.vectors.T
    assert torch.allclose(gram, torch.eye(2, dtype=torch.float64), atol=1e-12)


def test_the_sign_of_an_eigenvector_makes_its_largest_component_positive() -> None:
    for dim in (2, 20, 100):
        vectors = curvature.strongest(Wavy(dim), torch.full((dim,), 0.2, dtype=torch.float64), 2).vectors
        for vector in vectors:
            assert vector[vector.abs().argmax()] > 0


def matrix_times(matrix: Tensor) -> krylov.Product:
    return lambda vector: matrix @ vector


def lanczos(times: krylov.Product, dim: int, **duration: float) -> krylov.Krylov:
    return krylov.Krylov.empty(dim).extended(times, **duration)


def test_lanczos_is_exact_with_as_many_products_as_dimensions() -> None:
    matrix = torch.diag(numbers(-7, 3, 0, 1, 5))
    found = lanczos(matrix_times(matrix), 5).outermost(2)
    assert found.values.tolist() == pytest.approx([-7, 5])
    expected = torch.tensor([[1, 0, 0, 0, 0], [0, 0, 0, 0, 1]], dtype=torch.float64)
    assert torch.allclose(found.vectors.abs(), expected, atol=1e-12)


def test_lanczos_makes_a_fixed_number_of_products_and_begins_alike_each_time() -> None:
    asked: list[Tensor] = []

    def times(vector: Tensor) -> Tensor:
        asked.append(vector.clone())
        return vector * torch.linspace(1, 2, 300, dtype=torch.float64)

    first, again = (lanczos(times, 300).outermost(2) for _ in range(2))
    assert len(asked) == 2 * krylov.NUM_PRODUCTS
    assert torch.equal(torch.stack(asked[:64]), torch.stack(asked[64:]))
    assert torch.equal(first.vectors, again.vectors)


def test_lanczos_finds_both_of_a_repeated_eigenvalue() -> None:
    matrix = torch.diag(torch.cat([numbers(5, 5), torch.zeros(98, dtype=torch.float64)]))
    found = lanczos(matrix_times(matrix), 100).outermost(2)
    assert found.values.tolist() == pytest.approx([5, 5])
    assert torch.allclose((found.vectors[:, :2] ** 2).sum(1), numbers(1, 1))


@pytest.mark.parametrize("scale", [1e-40, 1.0, 1e40])
def test_lanczos_does_not_depend_on_the_scale_of_the_matrix(scale: float) -> None:
    matrix = scale * torch.diag(torch.linspace(-3, 5, 90, dtype=torch.float64))
    found = lanczos(matrix_times(matrix), 90).outermost(2)
    assert (found.values / scale).tolist() == pytest.approx([5, 5 - 8 / 89])


@pytest.mark.parametrize("matrix", [torch.linspace(-3, 5, 90, dtype=torch.float64), torch.ones(90)])
def test_lanczos_in_calls_of_one_product_has_the_bits_of_one_call(matrix: Tensor) -> None:
    def times(vector: Tensor) -> Tensor:
        return vector * matrix.double()

    parts, num_calls = krylov.Krylov.empty(90), 0
    while not parts.is_done:
        parts, num_calls = parts.extended(times, duration_s=0), num_calls + 1
        assert len(parts.basis) == len(parts.images) == num_calls
    assert num_calls == krylov.NUM_PRODUCTS
    whole = lanczos(times, 90)
    assert (parts.basis.tolist(), parts.images.tolist()) == (whole.basis.tolist(), whole.images.tolist())


def test_lanczos_ends_at_a_product_that_is_not_finite() -> None:
    found = lanczos(lambda vector: vector / 0, 90)
    assert found.is_done and len(found.basis) == 1
    assert found.outermost(2).values.isnan().all()


def test_where_the_loss_does_not_bend_every_eigenvalue_is_zero() -> None:
    assert curvature.strongest(Tilted(), numbers(0.2, 0.3), 2).values.tolist() == [0, 0]
    still = lanczos(torch.zeros_like, 80).outermost(2)
    assert still.values.tolist() == [0, 0]
    assert torch.allclose(still.vectors.norm(dim=1), numbers(1, 1))


@pytest.mark.parametrize("dim", [2, 100])
def test_where_there_is_no_second_derivative_the_eigenvalues_are_nan(dim: int) -> None:
    class Rooted(Unlisted):
        domain = ((0.0, 1.0),) * dim

        def loss(self, theta: Tensor) -> Tensor:
            return theta.sqrt().sum(-1)

    found = curvature.strongest(Rooted(), torch.zeros(dim, dtype=torch.float64), 2)
    assert found.values.isnan().all() and found.vectors.shape == (2, dim)
