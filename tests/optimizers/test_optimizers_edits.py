"""An edit of a live optimizer does what the same assignment in plain torch does."""

import pytest
import torch
from descending import QUADRATIC, create, parameter, walk

from downslope import optimizers
from downslope.errors import InvalidValueError, UnknownNameError
from downslope.optimizers import schedules

PARAMETER = "edits[0].hyperparameters"


def edit(optimizer, hyperparameters):
    optimizers.edit(optimizer, type(optimizer).__name__, hyperparameters, parameter=PARAMETER)


def started(id, hyperparameters, num_steps=5):
    theta = parameter(QUADRATIC.start)
    optimizer = create(id, theta, hyperparameters)
    walk(optimizer, theta, QUADRATIC, num_steps)
    return theta, optimizer


def test_edit_changes_every_later_step_as_in_plain_torch():
    theta, optimizer = started("SGD", {"lr": 0.01, "momentum": 0.5})
    edit(optimizer, {"lr": 0.05, "momentum": 0.9, "nesterov": True})
    plain = parameter(QUADRATIC.start)
    reference = torch.optim.SGD([plain], lr=0.01, momentum=0.5)
    walk(reference, plain, QUADRATIC, 5)
    reference.param_groups[0].update(lr=0.05, momentum=0.9, nesterov=True)
    assert walk(optimizer, theta, QUADRATIC, 20) == walk(reference, plain, QUADRATIC, 20)


def test_edit_is_judged_together_with_the_values_that_stay():
    _, optimizer = started("SGD", {"momentum": 0.9})
    edit(optimizer, {"nesterov": True})
    with pytest.raises(InvalidValueError, match="Nesterov momentum requires") as caught:
        edit(optimizer, {"momentum": 0})
    assert caught.value.parameter == f"{PARAMETER}.momentum"


def test_refused_edit_changes_nothing():
    _, optimizer = started("Adam", {})
    with pytest.raises(InvalidValueError, match="Invalid beta parameter at index 1: 2"):
        edit(optimizer, {"lr": 0.5, "betas": [0.1, 2.0]})
    with pytest.raises(UnknownNameError, match="unknown hyperparameter of Adam: lrr; use one of lr, betas"):
        edit(optimizer, {"lr": 0.5, "lrr": 0.1})
    assert optimizer.param_groups[0]["lr"] == 0.001
    assert optimizer.param_groups[0]["betas"] == (0.9, 0.999)


AT_START_ONLY = [
    ("RMSprop", {}, {"momentum": 0.9}),
    ("RMSprop", {}, {"centered": True}),
    ("Adam", {}, {"amsgrad": True}),
    ("LBFGS", {"history_size": 1}, {"history_size": 5}),
    ("Rprop", {}, {"lr": 1.0}),
    ("Adagrad", {}, {"initial_accumulator_value": 1.0}),
]


@pytest.mark.parametrize(("id", "hyperparameters", "change"), AT_START_ONLY, ids=str)
def test_what_torch_reads_or_prepares_at_the_start_only_cannot_be_edited(id, hyperparameters, change):
    _, optimizer = started(id, hyperparameters)
    (name,) = change
    with pytest.raises(
        InvalidValueError, match=f"{name} of {id} cannot be changed like this after the start"
    ) as caught:
        edit(optimizer, change)
    assert caught.value.parameter == f"{PARAMETER}.{name}"


def test_catalogue_says_which_hyperparameters_no_edit_can_change():
    fixed = [
        (row["id"], spec["name"])
        for row in optimizers.catalogue()
        for spec in row["hyperparameters"]
        if not spec["editable"]
    ]
    assert fixed == [("Adagrad", "initial_accumulator_value"), ("LBFGS", "history_size"), ("Rprop", "lr")]


@pytest.mark.parametrize(
    ("id", "name", "value"), [("Rprop", "lr", 1.0), ("Adagrad", "initial_accumulator_value", 9.0)]
)
def test_torch_ignores_the_hyperparameters_that_no_edit_can_change(id, name, value):
    theta, optimizer = started(id, {})
    other, untouched = started(id, {})
    optimizer.param_groups[0][name] = value
    assert walk(optimizer, theta, QUADRATIC, 5) == walk(untouched, other, QUADRATIC, 5)


def test_momentum_that_started_above_zero_can_be_edited_in_rmsprop():
    theta, optimizer = started("RMSprop", {"momentum": 0.1})
    edit(optimizer, {"momentum": 0.9})
    walk(optimizer, theta, QUADRATIC, 2)
    assert optimizer.param_groups[0]["momentum"] == 0.9


def test_null_in_an_edit_takes_the_value_that_torch_derives():
    _, optimizer = started("LBFGS", {"max_iter": 4}, num_steps=1)
    edit(optimizer, {"max_iter": 8, "max_eval": None})
    assert optimizer.param_groups[0]["max_eval"] == 10


def test_edit_under_a_schedule_is_judged_by_the_edit_alone():
    theta, optimizer = started("SGD", {"lr": 0.1}, num_steps=0)
    scheduler = schedules.create(
        "StepLR", optimizer, {"step_size": 1, "gamma": -1}, num_steps=9, parameter="x"
    )
    walk(optimizer, theta, QUADRATIC, 1)
    schedules.step(scheduler, 0.0)
    assert optimizer.param_groups[0]["lr"] == -0.1
    edit(optimizer, {"weight_decay": 0.1})
    assert (optimizer.param_groups[0]["lr"], optimizer.param_groups[0]["weight_decay"]) == (-0.1, 0.1)
