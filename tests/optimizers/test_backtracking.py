"""The backtracking line search: Armijo's condition, the lengths that are tried, and what they cost."""

import pytest
import torch
from evaluating import Counted, tensors

from downslope.optimizers.backtracking import Backtracking


def rosenbrock(theta):
    x, y = theta
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def searched(loss, start, count=1, **hyperparameters):
    params = tensors(*start)
    optimizer = Backtracking(params, **hyperparameters)
    counted = Counted(loss, params)
    counted.step(optimizer, count)
    return params, optimizer.state[params[0]], counted


@pytest.mark.parametrize(
    "hyperparameters", [{}, {"lr": 0.1, "shrink": 0.8, "c1": 0.3}, {"lr": 0.01, "c1": 0.5}], ids=str
)
def test_every_step_satisfies_armijos_condition_and_the_length_before_it_did_not(hyperparameters):
    options = {"lr": 1.0, "shrink": 0.5, "c1": 1e-4, **hyperparameters}
    params = tensors([-1.2, 1.0])
    (theta,) = params
    optimizer, counted = Backtracking(params, **hyperparameters), Counted(rosenbrock, params)
    for _ in range(50):
        counted.evaluate()
        before, slope = theta.detach().clone(), theta.grad.clone()
        counted.step(optimizer)
        length = optimizer.state[theta]["length"]

        def decrease(length, before=before, slope=slope, c1=options["c1"]):
            reached = rosenbrock(before - length * slope)
            return rosenbrock(before) - reached - c1 * length * slope.dot(slope)

        assert theta.tolist() == (before - length * slope).tolist()
        assert length > 0
        assert decrease(length) >= 0
        if length < options["lr"]:
            assert decrease(length / options["shrink"]) < 0


def test_the_loss_never_rises_where_gradient_descent_of_the_same_lr_is_thrown_out():
    losses = [searched(rosenbrock, [[-1.2, 1.0]], count)[0][0] for count in (0, 1, 5, 50)]
    values = [rosenbrock(theta).item() for theta in losses]
    assert values == sorted(values, reverse=True)
    assert values[-1] < values[1] < values[0]


def test_each_length_that_is_tried_is_an_evaluation_and_is_counted():
    # f = x^2 from x = 1: lengths 4, 2 and 1 lead to |x| >= 1, a half to the minimum.
    (theta,), state, counted = searched(lambda x: (x * x).sum(), [[1.0]], lr=4.0)
    assert theta.item() == 0.0
    assert state == {"length": 0.5, "num_evaluations": 4}
    assert counted.num_gradients == 1 + 4  # the first is that of the point itself
    _, state, counted = searched(lambda x: (x * x).sum(), [[1.0]], 3, lr=0.25)
    assert (state["num_evaluations"], counted.num_gradients) == (3, 6)


def test_where_no_length_will_do_theta_stays():
    (theta,), state, counted = searched(lambda x: (x * x).sum(), [[1.0]], lr=4.0, max_shrinks=2)
    assert theta.item() == 1.0
    assert state == {"length": 0.0, "num_evaluations": 3}
    assert counted.num_gradients == 4


def test_a_length_at_which_the_loss_has_no_value_is_too_long():
    (theta,), state, _ = searched(lambda x: (3 * x - x.log()).sum(), [[1.0]], lr=1.0)
    assert state["length"] == 0.25  # 1 leads to -1, a half to 0
    assert theta.item() == 0.5


def test_at_a_minimum_the_first_length_will_do():
    (theta,), state, _ = searched(lambda x: (x * x).sum(), [[0.0, 0.0]])
    assert theta.tolist() == [0.0, 0.0]
    assert state == {"length": 1.0, "num_evaluations": 1}


def test_the_parameters_may_be_several_tensors_and_share_one_length():
    def loss(weight, bias):
        return (weight**2).sum() * 3 + (bias - weight[0]).square().sum()

    params, state, _ = searched(loss, [[[1.0, 2.0], [3.0, 4.0]], [0.5, -1.0]], 5)
    flat = [1.0, 2.0, 3.0, 4.0, 0.5, -1.0]
    (theta,), expected, _ = searched(lambda t: loss(t[:4].reshape(2, 2), t[4:]), [flat], 5)
    assert state == expected
    torch.testing.assert_close(torch.cat([p.detach().flatten() for p in params]), theta.detach())


def test_a_tensor_that_the_loss_does_not_use_stays():
    params, state, _ = searched(lambda x, unused: (x * x).sum(), [[1.0], [5.0]])
    assert params[1].item() == 5.0
    assert params[0].item() != 1.0
    assert state["num_evaluations"] == 2


@pytest.mark.parametrize("maximize", [False, True])
def test_gradients_that_a_closure_adds_up_in_place_do_not_bend_the_line_of_the_search(maximize):
    (theta,) = tensors([1.0, 1.0])
    sign = -1 if maximize else 1

    def closure():
        loss = sign * (theta * theta).sum()
        loss.backward()
        return loss

    Backtracking([theta], lr=4.0, maximize=maximize).step(closure)
    assert theta.tolist() == [0.0, 0.0]
