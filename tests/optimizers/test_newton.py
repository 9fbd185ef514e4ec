"""Newton's method: where it goes, what it refuses, and what it does where there is no step."""

import pytest
import torch
from descending import PARAMETER
from evaluating import Counted, tensors

from downslope import objectives, optimizers
from downslope.errors import InvalidValueError
from downslope.optimizers.newton import MAX_DIM, Newton
from downslope.recipe import FunctionObjective


def bowl(theta):
    x, y = theta
    return 3 * x * x + 2 * x * y + 5 * y * y - 4 * x


def saddle(theta):
    x, y = theta
    return x * x - y * y + y**4 / 4  # a saddle at the origin, minima at (0, +-sqrt 2)


def stepped(loss, start, count=1, **hyperparameters):
    params = tensors(start)
    optimizer = Newton(params, **hyperparameters)
    Counted(loss, params).step(optimizer, count)
    return params[0].tolist()


def test_one_step_leads_to_the_minimum_of_a_quadratic():
    assert stepped(bowl, [7.0, -3.0]) == pytest.approx([5 / 7, -1 / 7], abs=1e-14)


def test_lr_is_the_share_of_the_way():
    assert stepped(bowl, [7.0, -3.0], lr=0.25) == pytest.approx([7 + (5 / 7 - 7) / 4, -3 + (3 - 1 / 7) / 4])


def test_the_last_steps_square_the_error():
    errors = [abs(stepped(lambda theta: theta[0].cosh(), [1.0], count)[0]) for count in (1, 2, 3)]
    assert errors[1] < errors[0] ** 2
    assert errors[2] < errors[1] ** 2


def test_a_pure_step_goes_to_a_saddle_uphill_and_absolute_eigenvalues_lead_away_from_it():
    start = torch.tensor([0.5, 0.1], dtype=torch.float64)
    point = torch.tensor(stepped(saddle, start.tolist(), 6), dtype=torch.float64)
    assert point.norm() < 1e-12
    along_y = torch.tensor([0.0, 0.1], dtype=torch.float64)
    assert saddle(torch.tensor(stepped(saddle, along_y.tolist()), dtype=torch.float64)) > saddle(along_y)
    assert stepped(saddle, start.tolist(), 30, absolute=True) == pytest.approx([0.0, 2**0.5], abs=1e-12)


def test_great_damping_is_gradient_descent_with_a_short_step():
    found = stepped(bowl, [7.0, -3.0], damping=1e9)
    slope = [6 * 7 + 2 * -3 - 4, 2 * 7 + 10 * -3]
    assert found == pytest.approx([7 - slope[0] / 1e9, -3 - slope[1] / 1e9], rel=1e-12)


WITHOUT_STEP = [
    pytest.param(lambda theta: 3 * theta[0] - theta[1], {}, id="linear"),
    pytest.param(lambda theta: theta.sum() ** 2, {}, id="valley"),
    pytest.param(lambda theta: (theta * 0).sum(), {"absolute": True}, id="flat"),
    pytest.param(lambda theta: (theta**2).sum() * float("inf"), {}, id="infinite"),
    pytest.param(lambda theta: (theta**2).sum() * float("inf"), {"absolute": True}, id="infinite, absolute"),
    pytest.param(lambda theta: (theta - 1).norm(), {"absolute": True}, id="kink"),
]


@pytest.mark.parametrize(("loss", "hyperparameters"), WITHOUT_STEP)
def test_where_there_is_no_step_theta_is_nan_and_nothing_is_raised(loss, hyperparameters):
    assert torch.tensor(stepped(loss, [1.0, 1.0, 1.0], **hyperparameters)).isnan().all()


def test_the_parameters_may_be_several_tensors_of_any_shape():
    def loss(weight, bias):
        x = torch.linspace(-1, 1, 15, dtype=weight.dtype).reshape(5, 3)
        return ((x @ weight.T + bias).cosh()).sum() + (weight**2).sum() + weight[0, 1] * bias[1]

    start = [[[0.3, -0.2, 0.9], [0.1, 0.7, -0.4]], [0.2, -0.1]]
    params = tensors(*start)
    Counted(loss, params).step(Newton(params, damping=0.1), 2)
    flat = [number for row in [*start[0], start[1]] for number in row]
    expected = stepped(lambda theta: loss(theta[:6].reshape(2, 3), theta[6:]), flat, 2, damping=0.1)
    found = torch.cat([p.detach().flatten() for p in params])
    torch.testing.assert_close(found, torch.tensor(expected, dtype=torch.float64), rtol=1e-13, atol=1e-13)


def test_the_step_takes_the_gradient_that_the_closure_leaves_clipped_or_not():
    (theta,) = tensors([1.0, 1.0])

    def evaluate():
        theta.grad = torch.tensor([2.0, 0.0], dtype=torch.float64)
        return bowl(theta)

    Newton([theta]).step(optimizers.Closure(evaluate, lambda: (theta**2).sum()))
    assert theta.tolist() == [0.0, 1.0]
    assert theta.grad.tolist() == [2.0, 0.0]


def test_a_step_evaluates_the_gradient_once_and_asks_once_for_the_graph():
    params = tensors([1.0, 1.0])
    counted = Counted(bowl, params)
    counted.step(Newton(params), 3)
    assert (counted.num_gradients, counted.num_losses) == (3, 3)


def test_more_parameters_than_a_hessian_is_worked_out_for_are_refused_with_a_sentence():
    def create(*shape):
        theta = torch.zeros(*shape, requires_grad=True)
        return optimizers.create("Newton", [theta], {}, maximize=False, parameter=PARAMETER)

    create(8, MAX_DIM // 8)
    with pytest.raises(InvalidValueError) as caught:
        create(5, 13)
    assert str(caught.value) == (
        "Newton works out a Hessian of at most 64 parameters but here are 65; "
        "choose another optimizer, such as LBFGS"
    )
    assert caught.value.parameter == "descents[0].optimizer"


@pytest.mark.parametrize("hyperparameters", [{}, {"absolute": True}], ids=["pure", "absolute"])
@pytest.mark.parametrize("id", [row["id"] for row in objectives.catalogue() if row["kind"] == "function"])
def test_no_function_of_the_catalogue_makes_a_step_raise(id, hyperparameters):
    objective = objectives.create(FunctionObjective(kind="function", id=id))
    start = objective.start(torch.Generator().manual_seed(0))
    stepped(objective.loss, list(start), 3, **hyperparameters)
