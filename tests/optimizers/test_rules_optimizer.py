"""A rule is an optimizer like those of torch: state, schedules, edits, and steps that have no value."""

import math

import pytest
import torch
from descending import QUADRATIC, ROSENBROCK, parameter
from descending import walk as walk_by_hand
from pydantic import ValidationError
from test_optimizers_state import same_bits
from typing_rules import ADAM, MOMENTUM, TYPED, rule, update_once, walk

from downslope import optimizers
from downslope.errors import InvalidValueError, UnknownNameError
from downslope.optimizers import schedules
from downslope.optimizers.rules import Rule
from downslope.recipe import Descent

NUM_STEPS, CAPTURED_AT = 30, 11
EDIT = "edits[0].hyperparameters"
MIXED = "m = beta*m + (1-beta)*grad; theta = theta - lr*m/(1 + loss/t)"


def climb_and_fall(id, optimizer, num_steps=NUM_STEPS):
    return schedules.create(
        id, optimizer, {}, num_steps=num_steps, parameter="descents[0].scheduler.hyperparameters"
    )


def steps(optimizer, theta, num_steps, scheduler=None):
    """Take steps with a closure, as a descent does; return theta and lr after each."""
    rows = []
    for _ in range(num_steps):

        def closure():
            theta.grad = torch.tensor(ROSENBROCK.gradient(theta.tolist()), dtype=torch.float64)
            return torch.tensor(ROSENBROCK.loss(theta.tolist()), dtype=torch.float64)

        optimizer.step(closure)
        if scheduler is not None:
            scheduler.step()
        rows.append((theta.tolist(), optimizer.param_groups[0].get("lr")))
    return rows


@pytest.mark.parametrize("captured_at", [0, CAPTURED_AT])
@pytest.mark.parametrize("text", [*TYPED.values(), MIXED])
def test_a_restored_rule_goes_on_bit_by_bit(text, captured_at):
    theta = parameter(ROSENBROCK.start)
    optimizer = rule(text, theta, {"lr": 1e-3})
    steps(optimizer, theta, captured_at)
    tree, at = optimizers.capture(optimizer), theta.tolist()
    expected = steps(optimizer, theta, NUM_STEPS - captured_at)
    for _ in range(2):  # twice from one tree: a restored optimizer must not write into it
        fresh = parameter(at)
        restored = rule(text, fresh, {"lr": 0.5})
        optimizers.restore(restored, tree)
        assert same_bits(optimizers.capture(restored), tree)
        assert steps(restored, fresh, NUM_STEPS - captured_at) == expected
    assert same_bits(optimizers.capture(restored), optimizers.capture(optimizer))


def test_the_state_is_held_by_name_in_the_shape_of_theta():
    theta = torch.ones(2, 3, dtype=torch.float64, requires_grad=True)
    optimizer = rule("m = m + 1; theta = theta - lr*u*grad; u = t", theta)
    walk(optimizer, [theta], lambda params: (params[0] ** 2).sum(), 2)
    state = optimizer.state[theta]
    assert list(state) == ["t", "m", "u"]
    assert state["t"] == 2
    assert torch.equal(state["m"], torch.full((2, 3), 2.0, dtype=torch.float64))
    assert torch.equal(state["u"], torch.full((2, 3), 2.0, dtype=torch.float64))
    assert state["u"].is_contiguous()


def test_the_hyperparameters_are_in_the_group():
    optimizer = rule(ADAM, parameter([1.0]), {"lr": 0.5})
    group = {name: value for name, value in optimizer.param_groups[0].items() if name != "params"}
    assert group == {"lr": 0.5, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "maximize": False}


def test_a_tensor_without_a_gradient_stays_and_its_time_stands_still():
    first, second = parameter([1.0]), parameter([1.0])
    optimizer = rule("theta = theta - t", [first, second])
    for num_moved in (1, 2):
        first.grad = torch.ones(1, dtype=torch.float64)
        second.grad = torch.ones(1, dtype=torch.float64) if num_moved == 2 else None
        optimizer.step()
    assert (first.item(), second.item()) == (-2.0, 0.0)


def test_rows_of_the_loss_and_of_the_time_are_those_of_the_update():
    theta = parameter([0.0])
    optimizer = rule("theta = theta + 10^t*loss", theta)
    losses = iter([1.0, 2.0])
    for _ in range(2):
        theta.grad = torch.zeros(1, dtype=torch.float64)
        optimizer.step(lambda: torch.tensor(next(losses), dtype=torch.float64, requires_grad=True))
    assert theta.item() == 10 * 1 + 100 * 2


def test_maximize_gives_a_rule_gradient_and_loss_of_minus_the_objective():
    assert update_once("theta = grad + loss", [0.0], [2.0], maximize=True)[0] == [-9.0]
    assert update_once("theta = grad + loss", [0.0], [2.0])[0] == [9.0]


def test_a_rule_that_uses_the_loss_says_that_it_needs_a_closure():
    theta = parameter([1.0])
    with pytest.raises(ValueError, match="a rule that uses loss needs a closure"):
        rule("theta = loss", theta).step()
    assert optimizers.needs_closure("Rule")


WITHOUT_VALUE = [
    ("theta = theta/0", math.inf),
    ("theta = theta - 1/(theta - theta)", -math.inf),
    ("theta = 0/0", math.nan),
    ("theta = log(-theta)", math.nan),
    ("theta = theta - lr/(1 - beta^(t - 1))*grad", -math.inf),
    ("theta = 10^400", math.inf),
    ("k = 0; theta = theta/k", math.inf),
    ("v = v + grad - grad; theta = theta - grad/v", -math.inf),
]


@pytest.mark.parametrize(("text", "expected"), WITHOUT_VALUE)
def test_without_a_value_theta_is_not_finite_and_nothing_is_raised(text, expected):
    (found,), _ = update_once(text, [1.0], [1.0])
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    "id", ["ExponentialLR", "CosineAnnealingWarmRestarts", "OneCycleLR", "CyclicLR", "LinearLR"]
)
def test_a_schedule_drives_the_lr_of_a_rule_as_it_drives_that_of_torch(id):
    given = {
        "ExponentialLR": {"gamma": 0.9},
        "CosineAnnealingWarmRestarts": {"T_0": 5},
        "OneCycleLR": {"max_lr": 1e-3, "cycle_momentum": False},
        "CyclicLR": {"base_lr": 1e-4, "max_lr": 1e-3, "cycle_momentum": False},
    }.get(id, {})
    rows = []
    for typed in (True, False):
        theta = parameter(ROSENBROCK.start)
        made = rule(TYPED["SGD"], theta, {"lr": 2**-10}) if typed else torch.optim.SGD([theta], lr=2**-10)
        scheduler = schedules.create(id, made, given, num_steps=NUM_STEPS, parameter="x.hyperparameters")
        rows.append(steps(made, theta, NUM_STEPS, scheduler))
    for (point, lr), (expected, expected_lr) in zip(*rows, strict=True):
        assert lr == expected_lr
        assert point == pytest.approx(expected, rel=1e-12)


def test_a_cycle_drives_the_hyperparameter_momentum_of_a_rule():
    theta = parameter(ROSENBROCK.start)
    optimizer = rule("m = momentum*m + grad; theta = theta - lr*m", theta)
    given = {"base_lr": 1e-4, "max_lr": 1e-3, "step_size_up": 4}
    scheduler = schedules.create(
        "CyclicLR", optimizer, given, num_steps=NUM_STEPS, parameter="x.hyperparameters"
    )
    steps(optimizer, theta, 4, scheduler)
    assert optimizer.param_groups[0]["momentum"] == pytest.approx(0.8)


@pytest.mark.parametrize("text", ["theta = theta - 0.1*grad", "lr = 0.1/t; theta = theta - lr*grad"])
def test_a_schedule_of_a_rule_without_a_rate_is_refused(text):
    with pytest.raises(InvalidValueError) as caught:
        climb_and_fall("LinearLR", rule(text, parameter([1.0])))
    assert str(caught.value) == (
        "LinearLR changes lr but the rule has no hyperparameter lr; call its rate lr, or take no schedule"
    )
    assert caught.value.parameter == "descents[0].scheduler.id"


def test_an_edit_changes_every_later_step_as_in_a_rule_that_had_the_value():
    theta = parameter(QUADRATIC.start)
    optimizer = rule(MOMENTUM, theta, {"lr": 0.01, "mu": 0.5})
    walk_by_hand(optimizer, theta, QUADRATIC, 5)
    optimizers.edit(optimizer, "Rule", {"lr": 0.05}, parameter=EDIT)
    plain = parameter(QUADRATIC.start)
    reference = torch.optim.SGD([plain], lr=0.01, momentum=0.5)
    walk_by_hand(reference, plain, QUADRATIC, 5)
    reference.param_groups[0]["lr"] = 0.05
    found = walk_by_hand(optimizer, theta, QUADRATIC, 20)
    assert found == [
        pytest.approx(point, rel=1e-12) for point in walk_by_hand(reference, plain, QUADRATIC, 20)
    ]


def test_a_refused_edit_of_a_rule_changes_nothing():
    optimizer = rule(MOMENTUM, parameter([1.0]))
    with pytest.raises(UnknownNameError) as caught:
        optimizers.edit(optimizer, "Rule", {"lr": 0.5, "beta": 0.1}, parameter=EDIT)
    assert caught.value.parameter == f"{EDIT}.beta"
    with pytest.raises(InvalidValueError, match="mu must be a finite number but is null"):
        optimizers.edit(optimizer, "Rule", {"lr": 0.5, "mu": None}, parameter=EDIT)
    assert optimizer.param_groups[0]["lr"] == 0.01


def test_a_rule_is_no_row_of_the_catalogue_for_it_has_no_hyperparameters_of_its_own():
    assert Rule.__name__ == "Rule"
    assert "Rule" not in {row["id"] for row in optimizers.catalogue()}


def test_the_recipe_holds_a_rule_of_at_most_2000_characters():
    text = "theta = theta - lr*grad"
    assert Descent.model_validate({"optimizer": "Rule", "rule": text}).rule == text
    assert Descent.model_validate({"optimizer": "Rule", "rule": text.ljust(2000)})
    for wrong in ("", text.ljust(2001), 3):
        with pytest.raises(ValidationError):
            Descent.model_validate({"optimizer": "Rule", "rule": wrong})


def test_scalars_of_a_rule_lie_on_the_device_of_theta():
    theta = torch.zeros(2, dtype=torch.float64, device="meta", requires_grad=True)
    optimizer = rule("m = max(m, abs(grad), 0.5); theta = theta - lr/m^t + 1/3", theta)
    theta.grad = torch.zeros_like(theta)
    optimizer.step()
    assert optimizer.state[theta]["m"].device.type == "meta"
