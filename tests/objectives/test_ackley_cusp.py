"""At the minimum of the Ackley function no gradient exists: what happens there is stated and harmless."""

from __future__ import annotations

import math

import pytest
import torch
from cases import create, gradient, hessian

from downslope import optimizers

ACKLEY = create("ackley")


def test_the_loss_climbs_from_the_minimum_with_slope_two_root_two_in_all_directions() -> None:
    for angle in torch.linspace(0, 2 * math.pi, 9, dtype=torch.float64)[:-1]:
        away = torch.stack([angle.cos(), angle.sin()])
        slope = ACKLEY.loss(1e-7 * away).item() / 1e-7
        assert slope == pytest.approx(2 * math.sqrt(2), rel=1e-4)


def test_the_minimum_is_marked_as_a_place_without_a_gradient() -> None:
    assert [minimum.is_smooth for minimum in ACKLEY.minima] == [False]


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_autograd_gives_the_zero_subgradient_at_the_minimum_and_no_nan(dtype: torch.dtype) -> None:
    assert ACKLEY.loss(torch.zeros(2, dtype=dtype)).item() == 0
    assert gradient(ACKLEY, [0.0, 0.0], dtype).tolist() == [0.0, 0.0]


def test_a_point_at_the_minimum_spoils_no_other_point_of_a_batch() -> None:
    theta = torch.tensor([[0.0, 0.0], [1.0, 0.5]], dtype=torch.float64, requires_grad=True)
    ACKLEY.loss(theta).sum().backward()
    assert torch.equal(theta.grad, torch.stack([gradient(ACKLEY, row) for row in theta.tolist()]))


def test_gradients_stay_finite_however_near_the_minimum() -> None:
    for exponent in range(-320, 0):
        assert gradient(ACKLEY, [10.0**exponent, 0.0]).isfinite().all()


def test_the_hessian_at_the_minimum_is_nan_because_there_is_none() -> None:
    assert hessian(ACKLEY, [0.0, 0.0]).isnan().all()


def after_three_steps_from_the_minimum(id: str) -> torch.Tensor:
    theta = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    optimizer = optimizers.create(id, [theta], {}, maximize=False, parameter="hyperparameters")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = ACKLEY.loss(theta)
        loss.backward()
        return loss

    for _ in range(3):
        optimizer.step(optimizers.Closure(closure, lambda: ACKLEY.loss(theta)))
    return theta


@pytest.mark.parametrize("id", [row["id"] for row in optimizers.catalogue() if row["id"] != "Newton"])
def test_a_descent_that_starts_at_the_minimum_stays_there(id: str) -> None:
    assert after_three_steps_from_the_minimum(id).tolist() == [0.0, 0.0]


def test_newtons_method_at_the_minimum_has_no_hessian_to_step_with() -> None:
    assert after_three_steps_from_the_minimum("Newton").isnan().all()
