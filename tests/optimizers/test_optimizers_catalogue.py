"""The catalogue says what the classes of torch.optim say."""

import inspect
import json
import re

import pytest
import torch
from descending import PARAMETER, QUADRATIC, create, parameter, walk

from downslope import optimizers
from downslope.errors import InvalidValueError, UnknownNameError
from downslope.optimizers import ranges, registry

IDS = [
    "ASGD",
    "Adadelta",
    "Adafactor",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "Backtracking",
    "LBFGS",
    "NAdam",
    "Newton",
    "RAdam",
    "RMSprop",
    "Rprop",
    "SGD",
]
OWN = ["Backtracking", "Newton"]
CLASSES = {id: kind.cls for id, kind in registry.kinds().items()}
ROWS = {row["id"]: row for row in optimizers.catalogue()}
SPECS = [(id, spec) for id, row in ROWS.items() for spec in row["hyperparameters"]]
NUMBERS = [(id, spec) for id, spec in SPECS if spec["type"] in ("float", "int", "pair")]
NAMES = [f"{id}.{spec['name']}" for id, spec in SPECS]
NUMBER_NAMES = [f"{id}.{spec['name']}" for id, spec in NUMBERS]


def range_of(id, spec):
    return ranges.OPTIMIZERS.get(f"{id}.{spec['name']}", ranges.OPTIMIZERS.get(spec["name"]))


def companions(spec):
    """What a hyperparameter needs beside it to be accepted."""
    return {"momentum": 0.5} if spec["name"] == "nesterov" else {}


def beyond(rule):
    """Return numbers just past each end of `rule`."""
    if rule.ge is not None:
        yield rule.ge - 1e-3 if isinstance(rule.ge, float) else rule.ge - 1
    if rule.gt is not None:
        yield rule.gt
    if rule.le is not None:
        yield rule.le + 1
    if rule.lt is not None:
        yield rule.lt


def past_bounds(id, spec):
    rule = range_of(id, spec).rule
    if not isinstance(rule, tuple):
        return list(beyond(rule))
    first, second = [1e-3 if part is None else part for part in spec["default"]]
    return [[x, second] for x in beyond(rule[0])] + [[first, x] for x in beyond(rule[1])]


def test_catalogue_of_the_installed_torch_is_complete():
    assert list(ROWS) == IDS


def test_every_class_left_out_refuses_a_dense_vector():
    left_out = {name: registry.refusal(cls) for name, cls in registry._classes().items() if name not in ROWS}
    assert left_out == {
        "Muon": "Muon only supports 2D parameters whereas we found a parameter with size: torch.Size([2])",
        "SparseAdam": "SparseAdam does not support dense gradients, please consider Adam instead",
    }


def test_catalogue_is_json_without_infinities():
    assert json.loads(json.dumps(optimizers.catalogue(), allow_nan=False)) == optimizers.catalogue()


def test_every_class_is_that_of_torch_but_for_our_own():
    assert {id: cls for id, cls in CLASSES.items() if id not in OWN} == {
        id: getattr(torch.optim, id) for id in IDS if id not in OWN
    }
    assert list(OWN) == [cls.__name__ for cls in registry.OWN]


def test_only_lbfgs_and_our_own_need_a_closure_and_only_lbfgs_cannot_maximize():
    needing = ["Backtracking", "LBFGS", "Newton"]
    assert [id for id, row in ROWS.items() if row["needs_closure"]] == needing
    assert [id for id, row in ROWS.items() if not row["supports_maximize"]] == ["LBFGS"]
    assert [id for id in ROWS if optimizers.needs_closure(id)] == needing


@pytest.mark.parametrize("id", IDS)
def test_rows_list_the_signature_of_the_class_without_performance_flags(id):
    arguments = list(inspect.signature(CLASSES[id]).parameters)
    hidden = {"params", "foreach", "fused", "capturable", "differentiable", "maximize"}
    assert [spec["name"] for spec in ROWS[id]["hyperparameters"]] == [a for a in arguments if a not in hidden]


@pytest.mark.parametrize(("id", "spec"), SPECS, ids=NAMES)
def test_defaults_are_those_that_the_class_uses(id, spec):
    used = CLASSES[id]([parameter([1.0])]).param_groups[0][spec["name"]]
    if (id, spec["name"]) == ("LBFGS", "max_eval"):
        assert (spec["default"], used) == (None, 25)
    else:
        assert spec["default"] == (list(used) if isinstance(used, tuple) else used)


@pytest.mark.parametrize(("id", "spec"), SPECS, ids=NAMES)
def test_default_is_accepted(id, spec):
    create(id, parameter(QUADRATIC.start), {spec["name"]: spec["default"]})


@pytest.mark.parametrize("end", ["minimum", "maximum"])
@pytest.mark.parametrize(("id", "spec"), NUMBERS, ids=NUMBER_NAMES)
def test_both_ends_of_every_control_are_accepted_and_take_steps(id, spec, end):
    theta = parameter(QUADRATIC.start)
    walk(create(id, theta, {spec["name"]: spec[end]}), theta, QUADRATIC, 3)


@pytest.mark.parametrize(("id", "spec"), NUMBERS, ids=NUMBER_NAMES)
def test_every_number_has_a_control(id, spec):
    assert range_of(id, spec) is not None
    ends = spec["minimum"], spec["maximum"]
    (low, high) = ends if spec["type"] == "pair" else ([ends[0]], [ends[1]])
    assert all(a < b for a, b in zip(low, high, strict=True))
    assert spec["scale"] == "linear" or min(low) > 0


@pytest.mark.parametrize(("id", "spec"), NUMBERS, ids=NUMBER_NAMES)
def test_past_a_hard_bound_the_value_is_refused_with_the_reason_of_the_class(id, spec):
    for value in past_bounds(id, spec):
        with pytest.raises(InvalidValueError) as caught:
            create(id, parameter(QUADRATIC.start), {spec["name"]: value})
        assert caught.value.parameter == f"{PARAMETER}.{spec['name']}"
        assert caught.value.allowed.removesuffix(" or null") == spec["rule"]
        assert "try" in str(caught.value)
        if not range_of(id, spec).ours:
            reason = reason_of_the_class(id, spec["name"], value)
            assert str(caught.value).startswith(f"{reason}; {spec['name']} must be {spec['rule']}, try ")


def reason_of_the_class(id, name, value):
    argument = tuple(map(float, value)) if isinstance(value, list) else float(value)
    with pytest.raises(ValueError, match=r"\w") as caught:
        CLASSES[id]([parameter([1.0])], **{name: argument})
    return str(caught.value)


CONSTANT_SLOPE = QUADRATIC._replace(gradient=lambda theta: [1.0] * len(theta), loss=lambda theta: 0.0)
CRASHES = [
    ("ASGD", {"lambd": -0.05, "lr": 1.0}, ZeroDivisionError),
    ("ASGD", {"alpha": 1e5, "lambd": 0.01, "lr": 0.1}, OverflowError),
    ("ASGD", {"alpha": -1e5, "lambd": 0.01, "lr": 0.1}, (ZeroDivisionError, OverflowError)),
    ("LBFGS", {"history_size": 0}, IndexError),
    ("LBFGS", {"max_eval": -1, "line_search_fn": "strong_wolfe"}, UnboundLocalError),
]


@pytest.mark.parametrize(("id", "hyperparameters", "crash"), CRASHES, ids=str)
def test_where_we_are_stricter_torch_accepts_the_value_and_crashes_later(id, hyperparameters, crash):
    theta = parameter(QUADRATIC.start)
    optimizer = getattr(torch.optim, id)([theta], **hyperparameters)
    with pytest.raises(crash):
        walk(optimizer, theta, QUADRATIC if id == "LBFGS" else CONSTANT_SLOPE, 50)
    with pytest.raises(InvalidValueError):
        create(id, theta, hyperparameters)


@pytest.mark.parametrize("id", IDS)
def test_titles_are_given_in_both_languages_and_the_source_is_that_of_torchs_documentation(id):
    row = ROWS[id]
    assert row["title"]["en"]
    assert row["title"]["zh"]
    assert row["source"]
    assert row["note"] is None or set(row["note"]) == {"en", "zh"}
    documented = set(re.findall(r"\d{4}\.\d{5}", inspect.getdoc(CLASSES[id])))
    cited = set(re.findall(r"\d{4}\.\d{5}", row["source"]))
    assert cited <= documented | {"1412.6980"}


def test_notes_are_true():
    theta = parameter(QUADRATIC.start)
    lbfgs = create("LBFGS", theta, {})
    walk(lbfgs, theta, QUADRATIC, 1)
    assert lbfgs.state[theta]["func_evals"] > 1
    assert 1 < lbfgs.state[theta]["n_iter"] <= 20
    theta = parameter(QUADRATIC.start)
    ((x, _, _),) = walk(create("Rprop", theta, {"lr": 0.3}), theta, QUADRATIC, 1)
    assert x == QUADRATIC.start[0] - 0.3
    steps = []
    for scale in (1.0, 0.5):
        theta = parameter([scale * x for x in (3.0, 4.0)])
        (point,) = walk(create("Adafactor", theta, {}), theta, CONSTANT_SLOPE, 1)
        steps.append(scale * 3.0 - point[0])
    assert steps[1] == pytest.approx(steps[0] / 2)


def test_unknown_optimizer_is_refused_with_all_names():
    with pytest.raises(UnknownNameError) as caught:
        create("Adamm", parameter([1.0]), {})
    assert caught.value.parameter == "descents[0].optimizer"
    assert caught.value.allowed == IDS
    assert str(caught.value) == f"unknown optimizer: Adamm; use one of {', '.join(IDS)}"


@pytest.mark.parametrize(
    "flag", ["foreach", "fused", "capturable", "differentiable", "maximize", "params", "lrr"]
)
def test_hidden_and_unknown_hyperparameters_are_refused_with_the_allowed_names(flag):
    with pytest.raises(UnknownNameError) as caught:
        create("Adam", parameter([1.0]), {flag: True})
    assert caught.value.parameter == f"{PARAMETER}.{flag}"
    assert caught.value.allowed == ["lr", "betas", "eps", "weight_decay", "amsgrad", "decoupled_weight_decay"]


def test_a_class_that_torch_adds_joins_the_catalogue_by_itself(monkeypatch):
    class Sign(torch.optim.SGD):
        def __init__(self, params, lr: float = 0.5, strength: float = 2, *, foreach: bool | None = None):
            super().__init__(params, lr)

    monkeypatch.setattr(torch.optim, "Sign", Sign, raising=False)
    registry.kinds.cache_clear()
    try:
        (row,) = [row for row in optimizers.catalogue() if row["id"] == "Sign"]
    finally:
        monkeypatch.undo()
        registry.kinds.cache_clear()
    assert row["title"] == {"en": "Sign", "zh": "Sign"}
    assert [(s["name"], s["type"], s["default"]) for s in row["hyperparameters"]] == [
        ("lr", "float", 0.5),
        ("strength", "float", 2.0),
    ]
