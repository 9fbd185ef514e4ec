"""Every schedule sets the rates of its closed form, and no schedule fails in the middle of a run."""

import inspect
import json
import math
import re

import pytest
from descending import QUADRATIC, create, parameter, take_step
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.optim import lr_scheduler

from downslope.errors import InvalidValueError, UnknownNameError, UserError
from downslope.optimizers import schedules
from reference.optimizers_schedules import RATES, cyclic_momentum, plateau

PARAMETER = "descents[0].scheduler.hyperparameters"
NUM_STEPS = 60
LR = 0.02
ROWS = {row["id"]: row for row in schedules.catalogue()}

VARIANTS = {
    "StepLR": [{"step_size": 7}, {"step_size": 1, "gamma": 0.9}, {"step_size": 100, "gamma": 2.0}],
    "MultiStepLR": [{"milestones": [5, 20, 20]}, {"milestones": [], "gamma": 0.5}, {"milestones": [60, 3]}],
    "ConstantLR": [{}, {"factor": 0.5, "total_iters": 30}, {"total_iters": 0, "factor": 1.0}],
    "LinearLR": [{}, {"start_factor": 1.0, "end_factor": 0.0, "total_iters": 30}],
    "ExponentialLR": [{"gamma": 0.95}, {"gamma": 1.01}],
    "PolynomialLR": [{}, {"total_iters": 40, "power": 2.5}],
    "CosineAnnealingLR": [{"T_max": 60}, {"T_max": 10, "eta_min": 1e-3}, {"T_max": 1}],
    "CosineAnnealingWarmRestarts": [{"T_0": 10}, {"T_0": 3, "T_mult": 2, "eta_min": 1e-3}],
    "CyclicLR": [
        {"base_lr": 1e-3, "max_lr": 0.1},
        {"base_lr": 1e-3, "max_lr": 0.1, "step_size_up": 6, "step_size_down": 9},
        {"base_lr": 1e-3, "max_lr": 0.1, "step_size_up": 5, "mode": "triangular2"},
        {"base_lr": 1e-3, "max_lr": 0.1, "step_size_up": 5, "mode": "exp_range", "gamma": 0.97},
    ],
    "OneCycleLR": [
        {"max_lr": 0.1},
        {"max_lr": 0.1, "total_steps": 90, "anneal_strategy": "linear"},
        {"max_lr": 0.1, "three_phase": True, "pct_start": 0.4},
        {"max_lr": 0.1, "div_factor": 10, "final_div_factor": 100, "pct_start": 0.5},
    ],
}
CASES = [(id, variant) for id, variants in VARIANTS.items() for variant in variants]
PLATEAUS = [
    {},
    {"patience": 2, "factor": 0.5, "cooldown": 3},
    {"patience": 0, "threshold": 0.5, "min_lr": 1e-3},
    {"patience": 1, "mode": "max", "threshold_mode": "abs", "threshold": 0.01},
    {"patience": 0, "factor": 0.9, "eps": 1e-3},
]
LOSSES = [3.0 + math.cos(0.9 * k) * 0.97**k for k in range(NUM_STEPS)]


def optimizer_of(id="SGD", **hyperparameters):
    theta = parameter(QUADRATIC.start)
    return theta, create(id, theta, {"lr": LR, **hyperparameters})


def make(id, optimizer, hyperparameters, num_steps=NUM_STEPS):
    return schedules.create(id, optimizer, hyperparameters, num_steps=num_steps, parameter=PARAMETER)


def rates(id, hyperparameters, *, losses=LOSSES):
    theta, optimizer = optimizer_of()
    scheduler = make(id, optimizer, hyperparameters)
    found = [optimizer.param_groups[0]["lr"]]
    for loss in losses:
        take_step(optimizer, theta, QUADRATIC)
        schedules.step(scheduler, loss)
        found.append(optimizer.param_groups[0]["lr"])
    return found


def test_every_schedule_that_numbers_can_describe_is_offered():
    exported = {name for name in lr_scheduler.__all__ if name != "LRScheduler"}
    assert exported - set(ROWS) == {"LambdaLR", "MultiplicativeLR", "SequentialLR", "ChainedScheduler"}
    assert set(ROWS) == {*RATES, "ReduceLROnPlateau"} == {*VARIANTS, "ReduceLROnPlateau"}


def test_catalogue_is_json_with_titles_in_both_languages():
    assert json.loads(json.dumps(schedules.catalogue(), allow_nan=False)) == schedules.catalogue()
    assert all(row["title"]["en"] and row["title"]["zh"] and row["source"] for row in ROWS.values())


@pytest.mark.parametrize("id", ROWS)
def test_rows_have_the_defaults_of_torchs_signature(id):
    arguments = inspect.signature(getattr(lr_scheduler, id)).parameters
    for spec in ROWS[id]["hyperparameters"]:
        default = arguments[spec["name"]].default
        assert spec["required"] == (default is inspect.Parameter.empty)
        assert spec["default"] == (None if spec["required"] else default)


@pytest.mark.parametrize("id", ROWS)
def test_sources_cite_the_papers_that_torch_cites(id):
    documentation = inspect.getdoc(getattr(lr_scheduler, id))
    cited = re.findall(r"\d{4}\.\d{5}", ROWS[id]["source"])
    assert all(number in documentation for number in cited)
    assert cited or ROWS[id]["source"] == f"PyTorch, torch.optim.lr_scheduler.{id}"


@pytest.mark.parametrize("id", ROWS)
@pytest.mark.parametrize("end", ["minimum", "maximum", "example"])
def test_ends_and_examples_of_every_control_make_a_schedule(id, end):
    required = {spec["name"]: spec["example"] for spec in ROWS[id]["hyperparameters"] if spec["required"]}
    for spec in ROWS[id]["hyperparameters"]:
        if spec[end] is not None and spec["type"] in ("float", "int"):
            num_steps = 1 if spec["name"] == "total_steps" else NUM_STEPS
            _, optimizer = optimizer_of()
            make(id, optimizer, {**required, spec["name"]: spec[end]}, num_steps=num_steps)


@pytest.mark.parametrize(("id", "variant"), CASES, ids=str)
def test_rates_are_those_of_the_closed_form(id, variant):
    closed = {"total_steps": NUM_STEPS, **variant} if id == "OneCycleLR" else variant
    expected = [RATES[id](k, LR, **closed) for k in range(NUM_STEPS)]
    # The rate after the last step drives no update; OneCycleLR extrapolates there.
    assert rates(id, variant)[:-1] == pytest.approx(expected, rel=1e-10, abs=1e-14)


@pytest.mark.parametrize("variant", PLATEAUS, ids=str)
def test_plateau_reduces_the_rate_by_its_losses(variant):
    found = rates("ReduceLROnPlateau", variant)
    assert found == pytest.approx([LR, *plateau(LOSSES, LR, **variant)], rel=1e-12)
    assert variant == {} or found[-1] < LR


def test_cyclic_schedules_drive_momentum_or_the_first_beta():
    settings_of = {"base_lr": 1e-3, "max_lr": 0.1, "step_size_up": 5}
    expected = [cyclic_momentum(k, step_size_up=5) for k in range(20)]
    for id, key in [("SGD", "momentum"), ("Adam", "betas")]:
        theta, optimizer = optimizer_of(id)
        scheduler = make("CyclicLR", optimizer, settings_of)
        found = []
        for _ in range(20):
            value = optimizer.param_groups[0][key]
            found.append(value[0] if key == "betas" else value)
            take_step(optimizer, theta, QUADRATIC)
            schedules.step(scheduler, 0.0)
        assert found == pytest.approx(expected, rel=1e-12)


REFUSALS = [
    ("SGD", "StepLR", {}, "step_size", "StepLR must be given step_size but is not; try 50"),
    ("SGD", "StepLR", {"step_size": 0}, "step_size", "step_size must be at least 1 but is 0; try 50"),
    (
        "Rprop",
        "OneCycleLR",
        {"max_lr": 0.1},
        "cycle_momentum",
        "optimizer must support momentum or beta1 with `cycle_momentum` option enabled; "
        "for cycle_momentum, try false",
    ),
    (
        "SGD",
        "OneCycleLR",
        {"max_lr": 0.1, "total_steps": 50},
        "total_steps",
        "Tried to step 51 times. The specified number of total steps is 50; for total_steps, try 60",
    ),
    (
        "SGD",
        "OneCycleLR",
        {"max_lr": 0.1, "pct_start": 1},
        "pct_start",
        "torch cannot compute with these values (ZeroDivisionError: float division by zero); "
        "for pct_start, try 0.3",
    ),
    (
        "SGD",
        "MultiStepLR",
        {"milestones": [5, 5], "gamma": 1e300},
        "milestones",
        "torch cannot compute with these values (OverflowError: (34, 'Numerical result out of range')); "
        "for milestones, try [50, 100]",
    ),
    (
        "SGD",
        "MultiStepLR",
        {"milestones": "5"},
        "milestones",
        'milestones must be a list of at most 1000 whole numbers but is "5"; try [50, 100]',
    ),
    (
        "SGD",
        "ReduceLROnPlateau",
        {"factor": 1},
        "factor",
        "Factor should be < 1.0; factor must be less than 1, try 0.1",
    ),
    (
        "SGD",
        "ReduceLROnPlateau",
        {"mode": "mid"},
        "mode",
        'mode must be one of min, max but is "mid"; try "min"',
    ),
    (
        "SGD",
        "StepLR",
        {"step_size": 2**31},
        "step_size",
        "a whole number of at most 2147483647 but is 2147483648",
    ),
    ("SGD", "ConstantLR", {"factor": 0}, "factor", "greater than 0 and at most 1 but is 0"),
    (
        "SGD",
        "CosineAnnealingWarmRestarts",
        {"T_0": 0},
        "T_0",
        "Expected positive integer T_0, but got 0; T_0 must be at least 1, try 50",
    ),
]


@pytest.mark.parametrize(("id", "schedule", "hyperparameters", "culprit", "sentence"), REFUSALS, ids=str)
def test_bad_value_is_told_with_its_place_and_leaves_the_optimizer_alone(
    id, schedule, hyperparameters, culprit, sentence
):
    _, optimizer = optimizer_of(id)
    before = dict(optimizer.param_groups[0])
    with pytest.raises(InvalidValueError) as caught:
        make(schedule, optimizer, hyperparameters)
    assert sentence in str(caught.value)
    assert caught.value.parameter == f"{PARAMETER}.{culprit}"
    assert dict(optimizer.param_groups[0]) == before


def test_unknown_schedules_and_hyperparameters_are_refused_with_the_allowed_names():
    _, optimizer = optimizer_of()
    with pytest.raises(UnknownNameError) as caught:
        make("LambdaLR", optimizer, {})
    assert (caught.value.parameter, caught.value.allowed) == ("descents[0].scheduler.id", list(ROWS))
    with pytest.raises(UnknownNameError) as caught:
        make("StepLR", optimizer, {"last_epoch": 3})
    assert caught.value.parameter == f"{PARAMETER}.last_epoch"
    assert caught.value.allowed == ["step_size", "gamma"]


def test_cyclic_schedule_of_an_optimizer_without_momentum_works_when_told_so():
    theta, optimizer = optimizer_of("Adagrad")
    scheduler = make("OneCycleLR", optimizer, {"max_lr": 0.1, "cycle_momentum": False})
    take_step(optimizer, theta, QUADRATIC)
    schedules.step(scheduler, 0.0)
    assert "momentum" not in optimizer.param_groups[0]


def test_halving_cycles_that_would_overflow_late_in_a_long_run_are_refused_at_its_start():
    _, optimizer = optimizer_of()
    short = {"base_lr": 0.1, "max_lr": 0.2, "mode": "triangular2", "step_size_up": 1}
    with pytest.raises(InvalidValueError, match="OverflowError"):
        make("CyclicLR", optimizer, short, num_steps=100_000)


def test_milestones_that_would_overflow_late_in_a_run_are_refused_at_its_start():
    _, optimizer = optimizer_of()
    late = {"milestones": [5000, 5000], "gamma": 1e300}
    with pytest.raises(InvalidValueError, match="OverflowError"):
        make("MultiStepLR", optimizer, late, num_steps=10_000)
    make("MultiStepLR", optimizer, late, num_steps=4999)


NUMBERS = st.integers(-5, 130) | st.floats(allow_nan=False, allow_infinity=False) | st.floats(0, 2)
VALUES = NUMBERS | st.none() | st.booleans() | st.text(max_size=3) | st.lists(NUMBERS, max_size=4)
HINTS = st.sampled_from(
    ["min", "max", "rel", "abs", "cos", "linear", "triangular", "triangular2", "exp_range"]
)


@settings(max_examples=500, deadline=None)
@given(id=st.sampled_from(sorted(ROWS)), data=st.data())
def test_any_values_give_a_schedule_that_lasts_the_run_or_a_user_error(id, data):
    specs = ROWS[id]["hyperparameters"]
    names = [spec["name"] for spec in specs]
    given_values = {spec["name"]: spec["example"] for spec in specs if spec["required"]}
    given_values |= data.draw(st.dictionaries(st.sampled_from(names), VALUES | HINTS, max_size=3))
    num_steps = data.draw(st.sampled_from([1, 2, 10, 120]))
    theta, optimizer = optimizer_of(data.draw(st.sampled_from(["SGD", "Adam", "Adagrad"])))
    try:
        scheduler = make(id, optimizer, given_values, num_steps=num_steps)
    except UserError as error:
        assert error.parameter.startswith(PARAMETER)
        return
    theta.grad = None
    optimizer.step()
    for _ in range(num_steps):
        schedules.step(scheduler, 1.0)
