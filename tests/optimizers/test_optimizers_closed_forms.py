"""On a quadratic the path is known in closed form."""

import cmath
import math

import pytest
from descending import Objective, create, parameter, walk

CURVATURE = 3.0
PARABOLA = Objective(
    lambda theta: 0.5 * CURVATURE * theta[0] ** 2, lambda theta: [CURVATURE * theta[0]], [2.0]
)
NUM_STEPS = 60


@pytest.mark.parametrize("lr", [0.01, 0.3, 0.5, 0.66, 0.7])
def test_sgd_shrinks_by_one_minus_lr_times_curvature_each_step(lr):
    theta = parameter(PARABOLA.start)
    path = walk(create("SGD", theta, {"lr": lr}), theta, PARABOLA, NUM_STEPS)
    expected = [2.0 * (1 - lr * CURVATURE) ** k for k in range(1, NUM_STEPS + 1)]
    assert [x for (x,) in path] == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize(("lr", "momentum"), [(0.01, 0.5), (0.1, 0.9), (0.3, 0.99), (0.001, 0.9)])
def test_momentum_follows_the_roots_of_its_recurrence(lr, momentum):
    """x[k+1] = (1 + b - lr h) x[k] - b x[k-1], so x[k] = p r1^k + q r2^k; the first step is plain descent."""
    theta = parameter(PARABOLA.start)
    path = walk(create("SGD", theta, {"lr": lr, "momentum": momentum}), theta, PARABOLA, NUM_STEPS)
    total = 1 + momentum - lr * CURVATURE
    root = cmath.sqrt(total**2 - 4 * momentum)
    r1, r2 = (total + root) / 2, (total - root) / 2
    x0, x1 = 2.0, 2.0 * (1 - lr * CURVATURE)
    p = (x1 - r2 * x0) / (r1 - r2)
    q = x0 - p
    expected = [(p * r1**k + q * r2**k).real for k in range(1, NUM_STEPS + 1)]
    assert [x for (x,) in path] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("id", ["Adam", "AdamW", "Adamax"])
@pytest.mark.parametrize("start", [-5.0, 1e-3, 400.0])
def test_first_step_of_adam_is_the_learning_rate_whatever_the_gradient(id, start):
    theta = parameter([start])
    decay = {"weight_decay": 0.0}
    ((x,),) = walk(create(id, theta, {"lr": 0.1, **decay}), theta, PARABOLA, 1)
    assert start - x == pytest.approx(0.1 * math.copysign(1, start), rel=1e-5)


def test_second_iteration_of_lbfgs_has_the_exact_curvature_and_lands_on_the_minimum_of_a_parabola():
    theta = parameter(PARABOLA.start)
    path = walk(create("LBFGS", theta, {"max_iter": 2, "max_eval": 4}), theta, PARABOLA, 1)
    assert path[-1] == pytest.approx([0.0], abs=1e-12)
