"""The rules that docs/rules.md shows walk the paths of torch.optim."""

import pytest
import torch
from typing_rules import TYPED, rule, walk

NUM_STEPS = 200

# By the document's name: the class of torch, its arguments, and the same hyperparameters by the rule's names.
CASES = {
    "SGD": ("SGD", {}, {}),
    "SGD, momentum": ("SGD", {"momentum": 0.9}, {"mu": 0.9}),
    "SGD, Nesterov momentum": ("SGD", {"momentum": 0.9, "nesterov": True}, {"mu": 0.9}),
    "SGD, weight decay": ("SGD", {"weight_decay": 0.3}, {"wd": 0.3}),
    "Adagrad": ("Adagrad", {"eps": 1e-10}, {"eps": 1e-10}),
    "RMSprop": ("RMSprop", {"alpha": 0.95, "eps": 1e-8}, {"rho": 0.95, "eps": 1e-8}),
    "Adadelta": ("Adadelta", {"rho": 0.8, "eps": 1e-4}, {"rho": 0.8, "eps": 1e-4}),
    "Adam": ("Adam", {"betas": (0.8, 0.99), "eps": 1e-6}, {"beta1": 0.8, "beta2": 0.99, "eps": 1e-6}),
    "AdamW": ("AdamW", {"weight_decay": 0.1}, {"wd": 0.1, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}),
    "Adamax": ("Adamax", {"betas": (0.8, 0.99), "eps": 1e-6}, {"beta1": 0.8, "beta2": 0.99, "eps": 1e-6}),
}
# So small that no path jumps to and fro across a minimum, which doubles any difference at every jump.
RATES = {"SGD": 2e-3, "Adagrad": 0.2, "RMSprop": 0.002, "Adadelta": 0.02}
EXACT = ["SGD", "SGD, momentum", "SGD, Nesterov momentum"]


def rosenbrock(params):
    (theta,) = params
    x, y = theta[:-1], theta[1:]
    return ((1 - x) ** 2 + 20 * (y - x * x) ** 2).sum()


def bowl(params):
    (theta,) = params
    return (torch.tensor([0.5, 2.0, 4.5], dtype=theta.dtype) * theta * theta).sum() + theta[0] * theta[1]


def layers(params):
    """A loss of a matrix and a vector, as those of a torch.nn module."""
    weight, bias = params
    x = torch.linspace(-1, 1, 5 * weight.shape[1], dtype=weight.dtype).reshape(5, -1)
    return ((torch.tanh(x @ weight.T + bias) - 0.5 * x[:, :1]) ** 2).sum() + 0.1 * (weight**2).sum()


OBJECTIVES = {
    "rosenbrock in 2": (rosenbrock, [[-1.2, 1.0]]),
    "rosenbrock in 19": (rosenbrock, [[0.3 - 0.05 * i for i in range(19)]]),
    "bowl": (bowl, [[2.0, -1.0, 0.5]]),
    "layers": (layers, [[[0.3, -0.2, 0.9], [0.1, 0.7, -0.4]], [0.2, -0.1]]),
}


def parameters(start):
    return [torch.tensor(part, dtype=torch.float64, requires_grad=True) for part in start]


def paths(name, objective, rates, *, maximize=False):
    """Return the path of the rule and that of torch."""
    id, arguments, hyperparameters = CASES[name]
    loss, start = OBJECTIVES[objective]
    params = parameters(start)
    given = {**hyperparameters, **rates[1]}
    mine = walk(rule(TYPED[name], params, given, maximize=maximize), params, loss, NUM_STEPS)
    params = parameters(start)
    reference = getattr(torch.optim, id)(params, **{**arguments, **rates[0]}, maximize=maximize)
    return mine, walk(reference, params, loss, NUM_STEPS)


def test_every_rule_of_the_document_is_compared():
    assert list(CASES) == list(TYPED)


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("name", CASES)
def test_a_typed_rule_walks_the_path_of_torch(name, objective):
    rate = {"lr": RATES.get(CASES[name][0], 0.01)}
    found, expected = paths(name, objective, (rate, rate))
    assert expected.isfinite().all()
    assert (expected[0] != expected[-1]).any()
    torch.testing.assert_close(found, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("name", EXACT)
def test_a_typed_rule_walks_the_path_of_torch_to_the_bit_where_hyperparameters_are_powers_of_two(
    name, objective
):
    momentum = {"momentum": 0.5} if "momentum" in CASES[name][1] else {}
    mu = {"mu": 0.5} if momentum else {}
    found, expected = paths(name, objective, ({"lr": 2**-9, **momentum}, {"lr": 2**-9, **mu}))
    assert torch.equal(found, expected)


@pytest.mark.parametrize("name", CASES)
def test_maximize_climbs_as_torch_does(name):
    rate = {"lr": 1e-3}
    found, expected = paths(name, "layers", (rate, rate), maximize=True)
    torch.testing.assert_close(found, expected, rtol=1e-12, atol=1e-12)
    assert layers([expected[-1][:6].reshape(2, 3), expected[-1][6:]]) > layers(
        parameters(OBJECTIVES["layers"][1])
    )


@pytest.mark.parametrize("name", CASES)
def test_the_numbers_of_a_float32_descent_are_those_of_torch_up_to_its_rounding(name):
    id, arguments, hyperparameters = CASES[name]
    ends = []
    for typed in (True, False):
        theta = torch.tensor([-1.2, 1.0, 0.4], dtype=torch.float32, requires_grad=True)
        lr = RATES.get(id, 0.01)
        made = (
            rule(TYPED[name], theta, {**hyperparameters, "lr": lr})
            if typed
            else getattr(torch.optim, id)([theta], **arguments, lr=lr)
        )
        ends.append(walk(made, [theta], bowl, 50))
        tensors = [
            value for value in made.state[theta].values() if isinstance(value, torch.Tensor) and value.dim()
        ]
        assert all(value.dtype == torch.float32 for value in tensors)
    torch.testing.assert_close(ends[0], ends[1], rtol=1e-4, atol=1e-5)
