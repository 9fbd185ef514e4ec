"""The formula of a model says the loss that is chosen, with the penalty, over the data that it has."""

import math

import pytest
import torch
from torch import Tensor

from downslope import objectives
from downslope.objectives.models import losses
from downslope.recipe import ModelObjective

MODELS = [row for row in objectives.catalogue() if row["kind"] == "model"]
CHOICES = [(row["id"], loss["id"]) for row in MODELS for loss in row["losses"]]


def huber(error: float) -> float:
    return error**2 / 2 if abs(error) <= 1 else abs(error) - 0.5


# Each formula once more, in plain Python: prediction p (of an output), target y.
SAID = {
    r"\frac{1}{n} \sum_{i=1}^{n} \left( \hat{y}_i - y_i \right)^2": lambda p, y: (p - y) ** 2 / 3,
    r"\frac{1}{n} \sum_{i=1}^{n} \left| \hat{y}_i - y_i \right|": lambda p, y: abs(p - y) / 3,
    r"\sum_{i=1}^{n} \left| \hat{y}_i - y_i \right|": lambda p, y: abs(p - y),
    r"\frac{1}{n} \sum_{i=1}^{n} \operatorname{huber}_1 \left( \hat{y}_i - y_i \right)": (
        lambda p, y: huber(p - y) / 3
    ),
}
SAID_OF_PROBABILITIES = {
    r"\frac{1}{n} \sum_{i=1}^{n} \left[ -y_i \log p_i - (1 - y_i) \log (1 - p_i) \right]": (
        lambda p, y: (-y * math.log(p) - (1 - y) * math.log(1 - p)) / 3
    ),
    r"\frac{1}{n} \sum_{i=1}^{n} \left( p_i - y_i \right)^2": lambda p, y: (p - y) ** 2 / 3,
}


@pytest.mark.parametrize("loss", losses.REGRESSION, ids=lambda loss: loss.id)
def test_the_formula_of_a_loss_of_numbers_is_what_is_computed(loss: losses.Loss) -> None:
    outputs, targets = Tensor([[0.5], [3.0], [-2.0]]), Tensor([[1.0], [1.0], [0.5]])
    pairs = zip(outputs[:, 0].tolist(), targets[:, 0].tolist(), strict=True)
    said = sum(SAID[loss.formula](p, y) for p, y in pairs)
    assert loss.of_points(outputs, targets).item() == pytest.approx(said, rel=1e-6)


@pytest.mark.parametrize("loss", losses.BINARY, ids=lambda loss: loss.id)
def test_the_formula_of_a_loss_of_a_probability_is_what_is_computed(loss: losses.Loss) -> None:
    outputs, targets = Tensor([[0.5], [3.0], [-2.0]]), Tensor([[1.0], [0.0], [1.0]])
    pairs = zip(torch.sigmoid(outputs)[:, 0].tolist(), targets[:, 0].tolist(), strict=True)
    said = sum(SAID_OF_PROBABILITIES[loss.formula](p, y) for p, y in pairs)
    assert loss.of_points(outputs, targets).item() == pytest.approx(said, rel=1e-5)


def test_the_formula_of_cross_entropy_is_what_is_computed() -> None:
    assert losses.CROSS_ENTROPY.formula == r"\frac{1}{n} \sum_{i=1}^{n} \left[ -\log p_{i, y_i} \right]"
    outputs, targets = Tensor([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]]), torch.tensor([1, 0])
    said = 0.0
    for row, y in zip(outputs.tolist(), targets.tolist(), strict=True):
        said -= math.log(math.exp(row[y]) / sum(map(math.exp, row))) / 2
    assert losses.CROSS_ENTROPY.of_points(outputs, targets).item() == pytest.approx(said, rel=1e-6)


@pytest.mark.parametrize(("id", "loss"), CHOICES)
def test_a_model_tells_the_loss_that_is_chosen(id: str, loss: str) -> None:
    model = objectives.create(ModelObjective(kind="model", id=id, loss=loss))
    assert model.latex.partition(" = ")[2].startswith(model.criterion.formula + r", \quad ")


@pytest.mark.parametrize("regularization", ["none", "l1", "l2"])
def test_a_model_tells_its_penalty(regularization: str) -> None:
    values = {"regularization": regularization, "regularization_rate": 0.1}
    model = objectives.create(ModelObjective(kind="model", id="mlp-classifier", parameters=values))
    said = {"none": False, "l1": r"\sum_{j} |w_j|", "l2": r"\frac{\lambda}{2} \sum_{j} w_j^2"}[regularization]
    assert (r"\lambda" in model.latex) == bool(said)
    assert not said or said in model.latex


def test_a_model_tells_the_layers_and_inputs_that_it_has() -> None:
    def latex(id: str, **rest: object) -> str:
        return objectives.create(ModelObjective.model_validate({"kind": "model", "id": id, **rest})).latex

    assert r"\operatorname{sigmoid}(W_1 x_i + b_1)" in latex("mlp-classifier", parameters={"hidden": []})
    assert r"\hat{y}_i = W_2 \, \sigma(W_1 x_i + b_1) + b_2" in latex(
        "mlp-regression", parameters={"hidden": [3]}
    )
    rows = {"columns": ["u", "v", "y"], "rows": [[1, 2, 3], [2, 1, 0], [4, 4, 1], [0, 1, 1]]}
    assert r"L(w, b)" in latex("linear-regression", data=rows)
    assert r"\sum_{k=1}^{5}" in latex("polynomial-regression", parameters={"degree": 5})
