"""The tutorials' own numbers, out of real runs of what each model suggests."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
import torch
from models_cases import IDS, ROWS

from downslope.descents.run import Run
from downslope.recipe import Recipe

SUGGESTED = {row["id"]: row["suggested"] for row in ROWS}
LINEAR = "linear-regression"


def race(id: str, steps: int | None = None, **objective: Any) -> Run:
    """Return a run of the model's own suggestion, at its end."""
    suggested = SUGGESTED[id]
    run = Run(
        Recipe.model_validate(
            {
                "objective": {"kind": "model", "id": id, **objective},
                "steps": steps or suggested["steps"],
                "descents": suggested["descents"],
            }
        )
    )
    run.advance(steps or suggested["steps"])
    return run


@cache
def suggested_race(id: str) -> Run:
    return race(id)


def theta_of(run: Run) -> torch.Tensor:
    return run.descents[0].theta.detach()


def loss_of(run: Run) -> float:
    return run.objective.loss(theta_of(run)).item()


@pytest.mark.parametrize("id", [id for id in IDS if id != "two-neurons"])
def test_what_a_model_suggests_finishes_lower_than_it_began(id: str) -> None:
    run = suggested_race(id)
    start = torch.tensor(run.objective.start(torch.Generator().manual_seed(0)), dtype=torch.float64)
    assert run.descents[0].state == "finished"
    assert loss_of(run) < 0.5 * run.objective.loss(start).item()


def test_linear_regression_ends_near_ten_and_five_in_twenty_steps() -> None:
    assert SUGGESTED[LINEAR]["steps"] == 20
    assert SUGGESTED[LINEAR]["descents"] == [{"optimizer": "SGD", "hyperparameters": {"lr": 0.1}}]
    assert theta_of(suggested_race(LINEAR)).tolist() == pytest.approx([10, 5], abs=0.3)


def test_linear_regression_on_raw_inputs_blows_up_at_the_same_rate() -> None:
    run = race(LINEAR, parameters={"standardize": False})
    assert run.descents[0].state == "diverged"


def test_mini_batch_regression_ends_within_a_hundredth_of_the_truth_after_three_epochs() -> None:
    run = suggested_race("mini-batch-regression")
    assert SUGGESTED["mini-batch-regression"]["steps"] == 300
    assert theta_of(run).tolist() == pytest.approx([2, -3.4, 4.2], abs=0.01)


def test_two_neurons_fit_the_parabola_to_a_hundredth_after_a_hundred_thousand_steps() -> None:
    assert SUGGESTED["two-neurons"] == {
        "steps": 100_000,
        "speed": None,
        "descents": [{"optimizer": "SGD", "hyperparameters": {"lr": 0.001}}],
    }
    assert loss_of(suggested_race("two-neurons")) / 10 < 0.01


def test_the_mlp_fits_the_sine() -> None:
    run = suggested_race("mlp-regression")
    assert SUGGESTED["mlp-regression"]["steps"] == 10_000
    fit = run.objective.fit(theta_of(run))
    u = np.array(run.objective.data()["grid"]["u"])
    inside = np.abs(u) <= 5
    assert loss_of(run) < 0.06
    assert np.abs(fit["values"] - np.sin(u))[inside].mean() < 0.06
    assert np.corrcoef(fit["values"][inside], np.sin(u)[inside])[0, 1] > 0.99


def test_polynomial_regression_finds_the_least_squares_solution() -> None:
    run = suggested_race("polynomial-regression")
    (minimum,) = run.objective.minima
    assert loss_of(run) == pytest.approx(minimum.loss, rel=1e-6)


def test_the_logistic_unit_finds_a_point_without_slope() -> None:
    run = suggested_race("logistic-unit")
    theta = theta_of(run).clone().requires_grad_()
    run.objective.loss(theta).backward()
    assert theta.grad.norm() < 1e-4
    assert theta.tolist() == pytest.approx(run.objective.describe()["truth"], abs=1)


ACCURACIES = {"logistic-unit": 0.85, "logistic-regression": 0.95, "softmax-regression": 0.9}


@pytest.mark.parametrize(("id", "least"), ACCURACIES.items())
def test_linear_classifiers_separate_their_blobs(id: str, least: float) -> None:
    run = suggested_race(id)
    assert run.objective.fit(theta_of(run))["train_accuracy"] >= least


@pytest.mark.parametrize("set", [one["id"] for row in ROWS[-1:] for one in row["data"]["sets"]])
def test_the_mlp_separates_every_set_and_the_points_held_back(set: str) -> None:
    parameters = {"hidden": [16, 16]} if set == "spiral" else {}
    run = race("mlp-classifier", 6000 if set == "spiral" else None, data={"set": set}, parameters=parameters)
    fit = run.objective.fit(theta_of(run))
    assert fit["train_accuracy"] > 0.95 and fit["test_accuracy"] > 0.9


def test_a_line_cannot_separate_the_circles() -> None:
    run = race("mlp-classifier", data={"set": "circles"}, parameters={"hidden": []})
    assert run.objective.fit(theta_of(run))["train_accuracy"] < 0.7
    with_squares = {"hidden": [], "features": ["x1^2", "x2^2"]}
    run = race("mlp-classifier", data={"set": "circles"}, parameters=with_squares)
    assert run.objective.fit(theta_of(run))["train_accuracy"] > 0.97


@pytest.mark.parametrize("id", [row["id"] for row in ROWS if row["dim"] <= 4])
def test_the_suggested_path_of_few_parameters_ends_in_the_picture(id: str) -> None:
    run = suggested_race(id)
    for value, (low, high) in zip(theta_of(run).tolist(), run.objective.domain, strict=True):
        assert low < value < high


@pytest.mark.parametrize("id", ["mini-batch-regression", "mlp-classifier", "mlp-regression"])
def test_a_run_cut_in_two_goes_on_with_the_right_batch(id: str) -> None:
    recipe = Recipe.model_validate(
        {"objective": {"kind": "model", "id": id}, "steps": 60, "descents": SUGGESTED[id]["descents"]}
    )
    whole, cut = Run(recipe), Run(recipe)
    whole.advance(60)
    cut.advance(37)
    again = Run.restore(recipe, cut.snapshot())
    again.advance(23)
    assert torch.equal(theta_of(whole), theta_of(again))
