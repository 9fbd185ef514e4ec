"""Bad hyperparameters get a clear sentence, and change nothing."""

import pytest
from descending import PARAMETER, QUADRATIC, create, parameter, walk
from hypothesis import given, settings
from hypothesis import strategies as st

from downslope import optimizers
from downslope.errors import InvalidValueError, UserError

SENTENCES = [
    ("Adam", {"lr": -1}, "lr", "Invalid learning rate: -1.0; lr must be at least 0, try 0.001"),
    ("SGD", {"lr": -0.1}, "lr", "Invalid learning rate: -0.1; lr must be at least 0, try 0.001"),
    (
        "Adam",
        {"betas": [1, 1]},
        "betas",
        "Invalid beta parameter at index 0: 1.0; betas must be at least 0 and less than 1, "
        "then at least 0 and less than 1, try [0.9, 0.999]",
    ),
    ("Adam", {"betas": [0.9]}, "betas", "betas must be a list of two numbers but is [0.9]; try [0.9, 0.999]"),
    ("Adam", {"betas": 0.9}, "betas", "betas must be a list of two numbers but is 0.9; try [0.9, 0.999]"),
    ("Adam", {"betas": None}, "betas", "betas must be a list of two numbers but is null; try [0.9, 0.999]"),
    ("Adam", {"lr": "abc"}, "lr", 'lr must be a finite number but is "abc"; try 0.001'),
    ("Adam", {"lr": True}, "lr", "lr must be a finite number but is true; try 0.001"),
    ("Adam", {"lr": float("nan")}, "lr", "lr must be a finite number but is NaN; try 0.001"),
    ("Adam", {"amsgrad": 1}, "amsgrad", "amsgrad must be true or false but is 1; try false"),
    (
        "LBFGS",
        {"max_iter": 2.5},
        "max_iter",
        "max_iter must be a whole number of at most 2147483647 but is 2.5; try 20",
    ),
    ("LBFGS", {"max_iter": 0}, "max_iter", "max_iter must be at least 1 and at most 1000 but is 0; try 20"),
    (
        "LBFGS",
        {"line_search_fn": "wolfe"},
        "line_search_fn",
        'line_search_fn must be one of strong_wolfe or null but is "wolfe"; try null',
    ),
    (
        "SGD",
        {"nesterov": True},
        "nesterov",
        "Nesterov momentum requires a momentum and zero dampening; for nesterov, try false",
    ),
    (
        "NAdam",
        {"betas": [0.99999999, 0.99], "momentum_decay": 1000},
        "betas",
        "torch cannot compute with these values (ZeroDivisionError: float division by zero); "
        "for betas, try [0.9, 0.999]",
    ),
]


@pytest.mark.parametrize(("id", "hyperparameters", "culprit", "sentence"), SENTENCES, ids=str)
def test_bad_value_is_told_with_its_place_and_a_way_out(id, hyperparameters, culprit, sentence):
    with pytest.raises(InvalidValueError) as caught:
        create(id, parameter([1.0, 2.0]), hyperparameters)
    assert str(caught.value) == sentence
    assert caught.value.parameter == f"{PARAMETER}.{culprit}"


def test_lbfgs_cannot_maximize():
    with pytest.raises(InvalidValueError, match="LBFGS, which can only minimize; try ASGD") as caught:
        create("LBFGS", parameter([1.0]), {}, maximize=True)
    assert caught.value.parameter == "descents[0].maximize"


def test_whole_numbers_do_for_numbers_and_lists_become_tuples():
    group = create("Adam", parameter([1.0]), {"lr": 1, "betas": [0, 0.5]}).param_groups[0]
    assert (group["lr"], group["betas"]) == (1.0, (0.0, 0.5))
    assert isinstance(group["lr"], float)
    assert isinstance(group["betas"][0], float)


def test_null_is_a_value_where_torch_says_so():
    assert create("LBFGS", parameter([1.0]), {"max_eval": None}).param_groups[0]["max_eval"] == 25
    assert create("Adafactor", parameter([1.0]), {"eps": [None, 1]}).param_groups[0]["eps"] == (None, 1.0)


NAMES = [(row["id"], spec["name"]) for row in optimizers.catalogue() for spec in row["hyperparameters"]]
NUMBERS = st.integers() | st.floats() | st.sampled_from([0, 1, -1, 1e308, 10**400, 2**63])
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=5) | st.sampled_from(["strong_wolfe"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=600, deadline=None)
@given(name=st.sampled_from(NAMES), value=NUMBERS | st.lists(NUMBERS, min_size=2, max_size=2) | JSON)
def test_any_json_value_gives_an_optimizer_that_steps_or_a_user_error(name, value):
    id, hyperparameter = name
    theta = parameter(QUADRATIC.start)
    try:
        optimizer = create(id, theta, {hyperparameter: value})
    except UserError as error:
        assert error.parameter == f"{PARAMETER}.{hyperparameter}"
        assert len(str(error)) < 400
    else:
        closure = optimizers.Closure(lambda: (theta * theta).sum(), lambda: (theta * theta).sum())
        optimizer.step(closure) if optimizers.needs_closure(id) else optimizer.step()


@settings(max_examples=300, deadline=None)
@given(
    id=st.sampled_from(["SGD", "RMSprop", "Adam", "NAdam", "LBFGS", "ASGD", "Newton", "Backtracking"]),
    data=st.data(),
)
def test_any_edit_is_applied_whole_or_refused_whole(id, data):
    names = [name for other, name in NAMES if other == id]
    edits = data.draw(
        st.dictionaries(st.sampled_from(names), st.floats(-0.5, 1.5) | st.booleans() | JSON, max_size=3)
    )
    theta = parameter(QUADRATIC.start)
    optimizer = create(id, theta, {})
    walk(optimizer, theta, QUADRATIC, 2)
    before = optimizers.capture(optimizer)["groups"]
    try:
        optimizers.edit(optimizer, id, edits, parameter="edits[0].hyperparameters")
    except UserError:
        assert optimizers.capture(optimizer)["groups"] == before
    else:
        after = optimizers.capture(optimizer)["groups"][0]
        assert {name for name in after if after[name] != before[0][name]} <= set(edits)
        walk(optimizer, theta, QUADRATIC, 2)
