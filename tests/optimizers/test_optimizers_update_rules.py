"""Every optimizer takes the steps that its paper says."""

import math
from itertools import islice

import pytest
from descending import QUADRATIC, ROSENBROCK, Objective, create, parameter, take_step, walk

from downslope import optimizers
from reference.update_rules import RULES, asgd_with_average, radam_rectification
from reference.update_rules_lbfgs import lbfgs
from reference.update_rules_own import backtracking, newton

NUM_STEPS = 80
RELATIVE = 1e-10

VARIANTS = {
    "ASGD": [
        {"lr": 1e-3},
        {"lr": 1e-3, "lambd": 0.1, "alpha": 0.9, "t0": 10.0},
        {"lr": 1e-3, "weight_decay": 0.1},
        {"lr": 1e-3, "lambd": 0.0, "alpha": 0.0},
    ],
    "Adadelta": [{}, {"lr": 2.0}, {"rho": 0.5, "eps": 1e-3}, {"weight_decay": 0.2}],
    "Adafactor": [
        {},
        {"lr": 0.5},
        {"d": 2.0, "beta2_decay": -0.3},
        {"eps": [1e-3, 0.5]},
        {"lr": 0.05, "weight_decay": 0.1},
    ],
    "Adagrad": [
        {},
        {"lr": 0.5},
        {"lr": 0.5, "lr_decay": 0.1},
        {"lr": 0.5, "initial_accumulator_value": 2.0, "eps": 1e-3},
        {"weight_decay": 0.3},
    ],
    "Adam": [
        {},
        {"lr": 0.1},
        {"lr": 0.02, "betas": [0.5, 0.6]},
        {"lr": 0.02, "betas": [0, 0.9]},
        {"lr": 0.1, "amsgrad": True, "betas": [0.9, 0.5]},
        {"lr": 0.1, "weight_decay": 0.1},
        {"lr": 0.1, "weight_decay": 0.1, "decoupled_weight_decay": True},
        {"lr": 0.1, "eps": 1.0},
    ],
    "AdamW": [
        {},
        {"lr": 0.1, "weight_decay": 0.5, "eps": 1e-3},
        {"lr": 0.1, "amsgrad": True, "betas": [0.9, 0.5]},
    ],
    "Adamax": [{}, {"lr": 0.02, "betas": [0.8, 0.9]}, {"lr": 0.1, "weight_decay": 0.1, "eps": 0.1}],
    "NAdam": [
        {},
        {"lr": 0.1},
        {"lr": 0.003, "momentum_decay": 0.1, "betas": [0.8, 0.9], "eps": 1e-3},
        {"lr": 0.1, "weight_decay": 0.1},
        {"lr": 0.1, "weight_decay": 0.1, "decoupled_weight_decay": True},
    ],
    "RAdam": [
        {},
        {"lr": 0.005},
        {"lr": 0.005, "betas": [0.8, 0.9]},
        {"lr": 0.001, "betas": [0.5, 0.3]},
        {"lr": 0.005, "weight_decay": 0.1},
        {"lr": 0.005, "weight_decay": 0.1, "decoupled_weight_decay": True, "eps": 1e-3},
    ],
    "RMSprop": [
        {},
        {"lr": 0.005, "alpha": 0.9},
        {"momentum": 0.9},
        {"centered": True},
        {"centered": True, "momentum": 0.5, "eps": 1e-3},
        {"weight_decay": 0.1},
    ],
    "Rprop": [{}, {"lr": 0.5}, {"etas": [0.3, 1.5], "step_sizes": [0.01, 0.2]}],
    "SGD": [
        {"lr": 1e-3},
        {"lr": 5e-4, "momentum": 0.9},
        {"lr": 5e-4, "momentum": 0.9, "dampening": 0.5},
        {"lr": 5e-4, "momentum": 0.9, "nesterov": True},
        {"lr": 5e-4, "momentum": 0.8, "nesterov": True, "weight_decay": 0.1},
        {"lr": 1e-3, "weight_decay": 0.5},
    ],
}
CASES = [(id, variant) for id, variants in VARIANTS.items() for variant in variants]

LBFGS_VARIANTS = [
    {"lr": 0.2, "max_iter": 1},
    {"lr": 0.05, "max_iter": 1, "history_size": 1},
    {"lr": 0.005, "max_iter": 4, "history_size": 3},
    {"lr": 0.05, "max_iter": 20, "max_eval": 5, "tolerance_change": 1e-3},
    {"max_iter": 1, "max_eval": 25, "line_search_fn": "strong_wolfe"},
    {"max_iter": 3, "line_search_fn": "strong_wolfe"},
    {"line_search_fn": "strong_wolfe"},
    {"lr": 1.5, "max_iter": 2, "max_eval": 20, "line_search_fn": "strong_wolfe", "history_size": 2},
    {"lr": 0.01, "max_iter": 2, "max_eval": 10, "line_search_fn": "strong_wolfe"},
    {"lr": 100.0, "max_iter": 2, "max_eval": 12, "line_search_fn": "strong_wolfe"},
]

OWN_VARIANTS = {
    "Backtracking": [
        {},
        {"lr": 0.1, "shrink": 0.8, "c1": 0.3},
        {"lr": 100.0, "shrink": 0.1},
        {"lr": 0.5, "max_shrinks": 3},
        {"lr": 1e-3, "max_shrinks": 0},
    ],
    "Newton": [
        {},
        {"lr": 0.5},
        {"damping": 3.0},
        {"absolute": True},
        {"lr": 0.7, "damping": 0.1, "absolute": True},
    ],
}
OWN = {"Backtracking": backtracking, "Newton": newton}
OWN_CASES = [(id, variant) for id, variants in OWN_VARIANTS.items() for variant in variants]
SADDLE = Objective(
    lambda theta: theta[0] ** 4 - 2 * theta[0] ** 2 + theta[1] ** 2 + 0.5 * theta[0] * theta[1],
    lambda theta: [4 * theta[0] ** 3 - 4 * theta[0] + 0.5 * theta[1], 2 * theta[1] + 0.5 * theta[0]],
    [0.3, 1.0],
)
WITH_HESSIAN = [
    pytest.param(
        ROSENBROCK, lambda x, y: [[2 - 400 * (y - 3 * x * x), -400 * x], [-400 * x, 200]], id="rosenbrock"
    ),
    pytest.param(QUADRATIC, lambda x, y, z: [[1, 0.5, 0], [0.5, 4, 0], [0, 0, 9]], id="quadratic"),
    pytest.param(SADDLE, lambda x, y: [[12 * x * x - 4, 0.5], [0.5, 2]], id="saddle"),
]


def assert_same_path(path, expected):
    assert all(math.isfinite(x) for point in expected for x in point)
    assert path == [pytest.approx(point, rel=RELATIVE, abs=1e-14) for point in expected]


def as_arguments(variant):
    return {name: tuple(value) if isinstance(value, list) else value for name, value in variant.items()}


def test_every_optimizer_of_the_catalogue_has_an_oracle_and_variants():
    ids = {row["id"] for row in optimizers.catalogue()}
    assert ids == {*RULES, *OWN, "LBFGS"} == {*VARIANTS, *OWN_VARIANTS, "LBFGS"}


def test_the_variants_move_every_hyperparameter_of_every_optimizer():
    every = {**VARIANTS, **OWN_VARIANTS}
    given = {id: {name for variant in variants for name in variant} for id, variants in every.items()}
    given["LBFGS"] = {name for variant in LBFGS_VARIANTS for name in variant} | {"tolerance_grad"}
    rows = {row["id"]: {spec["name"] for spec in row["hyperparameters"]} for row in optimizers.catalogue()}
    assert given == rows


@pytest.mark.parametrize("objective", [ROSENBROCK, QUADRATIC], ids=["rosenbrock", "quadratic"])
@pytest.mark.parametrize(("id", "variant"), CASES, ids=str)
def test_optimizer_walks_the_textbook_path(id, variant, objective):
    theta = parameter(objective.start)
    path = walk(create(id, theta, variant), theta, objective, NUM_STEPS)
    rule = RULES[id](objective.start, objective.gradient, **as_arguments(variant))
    assert_same_path(path, list(islice(rule, NUM_STEPS)))


@pytest.mark.parametrize("id", RULES)
def test_maximize_climbs_the_textbook_path(id):
    theta = parameter(QUADRATIC.start)
    path = walk(create(id, theta, {}, maximize=True), theta, QUADRATIC, NUM_STEPS)
    rule = RULES[id](QUADRATIC.start, QUADRATIC.gradient, maximize=True)
    assert_same_path(path, list(islice(rule, NUM_STEPS)))
    assert QUADRATIC.loss(path[0]) > QUADRATIC.loss(QUADRATIC.start)


@pytest.mark.parametrize("variant", LBFGS_VARIANTS, ids=str)
@pytest.mark.parametrize("objective", [ROSENBROCK, QUADRATIC], ids=["rosenbrock", "quadratic"])
def test_lbfgs_walks_the_textbook_path(variant, objective):
    theta = parameter(objective.start)
    path = walk(create("LBFGS", theta, variant), theta, objective, 50)
    assert_same_path(
        path, list(islice(lbfgs(objective.start, objective.loss, objective.gradient, **variant), 50))
    )


def negated(objective):
    return Objective(
        lambda theta: -objective.loss(theta),
        lambda theta: [-slope for slope in objective.gradient(theta)],
        objective.start,
    )


@pytest.mark.parametrize(("objective", "hessian"), WITH_HESSIAN)
@pytest.mark.parametrize(("id", "variant"), OWN_CASES, ids=str)
def test_our_own_optimizers_walk_the_textbook_path_and_climb_it_on_minus_the_objective(
    id, variant, objective, hessian
):
    expected = list(islice(OWN[id](objective, hessian, **variant), 40))
    for maximize, walked in ((False, objective), (True, negated(objective))):
        theta = parameter(objective.start)
        optimizer = create(id, theta, variant, maximize=maximize)
        assert_same_path(walk(optimizer, theta, walked, 40), expected)


def test_lbfgs_stops_where_the_gradient_is_within_its_tolerance():
    theta = parameter(QUADRATIC.start)
    path = walk(create("LBFGS", theta, {"tolerance_grad": 100.0}), theta, QUADRATIC, 1)
    assert path == [QUADRATIC.start]


def test_lbfgs_without_an_evaluation_left_for_the_line_search_does_not_move():
    theta = parameter(ROSENBROCK.start)
    variant = {"max_iter": 1, "line_search_fn": "strong_wolfe"}  # so max_eval is 1
    assert walk(create("LBFGS", theta, variant), theta, ROSENBROCK, 1) == [ROSENBROCK.start]


def test_steps_of_the_strong_wolfe_search_satisfy_both_conditions():
    theta = parameter(ROSENBROCK.start)
    optimizer = create("LBFGS", theta, {"max_iter": 1, "max_eval": 25, "line_search_fn": "strong_wolfe"})
    num_checked = 0
    for _ in range(25):
        before = theta.tolist()
        take_step(optimizer, theta, ROSENBROCK)
        move = [b - a for a, b in zip(before, theta.tolist(), strict=True)]
        slope, new_slope = (
            sum(g * d for g, d in zip(ROSENBROCK.gradient(point), move, strict=True))
            for point in (before, theta.tolist())
        )
        if ROSENBROCK.loss(before) > 1e-9:
            assert ROSENBROCK.loss(theta.tolist()) <= ROSENBROCK.loss(before) + 1e-4 * slope
            assert abs(new_slope) <= 0.9 * abs(slope)
            num_checked += 1
    assert num_checked >= 15


def test_average_of_asgd_follows_its_textbook_average():
    settings = {"lr": 1e-3, "lambd": 0.1, "alpha": 0.75, "t0": 5.0, "weight_decay": 0.0}
    theta = parameter(ROSENBROCK.start)
    optimizer = create("ASGD", theta, settings)
    oracle = asgd_with_average(ROSENBROCK.start, ROSENBROCK.gradient, maximize=False, **settings)
    for _, average in islice(oracle, NUM_STEPS):
        take_step(optimizer, theta, ROSENBROCK)
        assert optimizer.state[theta]["ax"].tolist() == pytest.approx(average, rel=RELATIVE)


def test_radam_switches_its_rectification_on_within_the_compared_steps():
    switched_on = [radam_rectification(t, 0.999) is not None for t in range(1, NUM_STEPS + 1)]
    assert switched_on == [False] * 5 + [True] * (NUM_STEPS - 5)
