"""The start that a run's objective names is the one that the run took, whatever its seed."""

import pytest

from downslope import objectives
from downslope.recipe import FormulaObjective


@pytest.mark.parametrize("seed", [0, 420])
@pytest.mark.parametrize("id", ["mini-batch-regression", "two-neurons"])
def test_a_run_names_the_start_that_its_seed_drew(http, id, seed):
    descent = {"optimizer": "SGD", "hyperparameters": {"lr": 0.01}}
    recipe = {"objective": {"kind": "model", "id": id}, "seed": seed, "steps": 1, "descents": [descent]}
    run = http.post("/api/runs", json=recipe).json()
    http.get(f"/api/runs/{run['id']}", params={"wait_s": 30})
    rows = http.get(f"/api/runs/{run['id']}/trajectory").json()["descents"][0]
    assert run["objective"]["start"] == pytest.approx(rows["theta"][0], rel=1e-12)


def test_a_surface_names_the_start_of_its_seed(http):
    def start(seed):
        objective = {"kind": "model", "id": "two-neurons"}
        body = {"objective": objective, "seed": seed, "plane": {"axes": [0, 1]}, "resolution": 3}
        answer = http.post("/api/surfaces", json=body).json()
        assert answer["plane"]["anchor"] == answer["objective"]["start"]
        return answer["objective"]["start"]

    assert start(0) != start(420)


def test_a_formula_without_a_usable_start_keeps_the_middle_of_its_domain():
    formula = objectives.create(FormulaObjective(kind="formula", expression="sqrt(-x^2-1)"))
    assert formula.describe_seeded(7)["start"] == [0]
