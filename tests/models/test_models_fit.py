"""Data and fit as the page draws them, against the module itself."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import torch
from models_cases import CASES, create, own_rows, thetas
from torch import Tensor

from downslope.objectives.models.model import Model

all_cases = pytest.mark.parametrize("model", CASES)


def outputs(model: Model, theta: Tensor, x: Any) -> Tensor:
    """Return the outputs of the module, shape (points, outputs), at inputs as they are shown."""
    module = model.network.module_at(theta.clone())
    return module(model.prepared(torch.tensor(x, dtype=torch.float64))).detach()


def probabilities(model: Model, theta: Tensor, x: Any) -> np.ndarray:
    """Return the probability of each class, shape (points, classes)."""
    found = outputs(model, theta, x).numpy()
    if found.shape[1] == 1:
        p = 1 / (1 + np.exp(-found))
        return np.hstack([1 - p, p])
    shares = np.exp(found - found.max(1, keepdims=True))
    return shares / shares.sum(1, keepdims=True)


def expected_values(model: Model, theta: Tensor, data: dict[str, Any]) -> np.ndarray:
    """Return what the kind of the picture asks for, point by point."""
    if data["kind"] == "parity":
        x = data["train"]["x"] + (data["test"]["x"] if data["test"] else [])
        return outputs(model, theta, x)[:, 0].numpy()
    if data["kind"] == "confusion":
        count = len(data["classes"])
        table = np.zeros((count, count))
        for true, found in zip(
            data["train"]["y"], probabilities(model, theta, data["train"]["x"]).argmax(1), strict=True
        ):
            table[true, found] += 1
        return table
    u, v = data["grid"]["u"], data["grid"]["v"]
    if data["kind"] == "curve":
        x = [[one] for one in u]
        if data["task"] == "regression":
            return outputs(model, theta, x)[:, 0].numpy()
        return probabilities(model, theta, x)[:, 1]
    shares = probabilities(model, theta, [[a, b] for b in v for a in u]).reshape(len(v), len(u), -1)
    shares = shares[..., 1:] if shares.shape[-1] == 2 else shares
    return np.moveaxis(shares, -1, 0)


@all_cases
def test_the_fit_is_what_the_module_gives_where_the_data_say(model: Model) -> None:
    theta = thetas(model, 1, seed=6)[0]
    data, fit = model.data(), model.fit(theta)
    assert fit["values"].dtype == np.float32
    expected = expected_values(model, theta, data)
    assert fit["values"].shape == expected.shape
    assert np.allclose(fit["values"], expected, rtol=1e-5, atol=1e-6)


@all_cases
def test_accuracy_is_the_share_of_points_taken_for_what_they_are(model: Model) -> None:
    theta = thetas(model, 1, seed=7)[0]
    data, fit = model.data(), model.fit(theta)
    for part in ("train", "test"):
        if data["task"] == "regression" or data[part] is None:
            assert fit[f"{part}_accuracy"] is None
        else:
            hits = probabilities(model, theta, data[part]["x"]).argmax(1) == np.array(data[part]["y"])
            assert fit[f"{part}_accuracy"] == pytest.approx(hits.mean())


CLASSIFIERS = [
    pytest.param(case.values[0], id=case.id)
    for case in CASES
    if case.values[0].dataset.task == "classification"
]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("model", CLASSIFIERS)
def test_a_model_that_diverged_takes_no_point_for_any_class(model: Model, value: float) -> None:
    fit = model.fit(torch.full((model.dim,), value, dtype=torch.float64))
    assert (fit["train_accuracy"], fit["test_accuracy"]) == (None, None)
    if model.data()["kind"] == "confusion":
        assert np.isnan(fit["values"]).all()


@all_cases
def test_data_survive_json_and_have_the_fields_of_the_contract(model: Model) -> None:
    data = model.data()
    assert set(data) == {"kind", "task", "inputs", "target", "classes", "train", "test", "grid", "truth"}
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert (data["test"] is None) == (model.dataset.test is None)
    assert all(len(x) == len(data["inputs"]) for x in data["train"]["x"])
    if data["classes"] is not None:
        assert set(data["train"]["y"]) <= set(range(len(data["classes"])))


@all_cases
def test_the_grid_covers_all_points_with_a_margin(model: Model) -> None:
    data = model.data()
    if data["grid"] is None:
        assert data["kind"] in ("parity", "confusion")
        return
    x = np.array(data["train"]["x"] + (data["test"]["x"] if data["test"] else []))
    for column, axis in enumerate([data["grid"]["u"], data["grid"]["v"]][: x.shape[1]]):
        width = np.ptp(x[:, column])
        assert axis[0] == pytest.approx(x[:, column].min() - 0.05 * width)
        assert axis[-1] == pytest.approx(x[:, column].max() + 0.05 * width)
        assert np.ptp(np.diff(axis)) < 1e-9 * max(1, abs(axis[-1]))


KINDS = {
    "linear-regression": "curve",
    "mini-batch-regression": "parity",
    "polynomial-regression": "curve",
    "two-neurons": "curve",
    "logistic-unit": "curve",
    "logistic-regression": "regions",
    "softmax-regression": "regions",
    "mlp-regression": "curve",
    "mlp-classifier": "regions",
}


@pytest.mark.parametrize(("id", "kind"), KINDS.items())
def test_each_model_has_the_picture_that_fits_it(id: str, kind: str) -> None:
    assert create(id).data()["kind"] == kind


@pytest.mark.parametrize(
    ("id", "inputs", "classes"), [("softmax-regression", 1, 3), ("mlp-classifier", 4, 2)]
)
def test_classes_of_one_or_of_many_inputs_are_counted(id: str, inputs: int, classes: int) -> None:
    model = create(id, data=own_rows("classification", inputs, classes))
    assert model.data()["kind"] == "confusion"
    values = model.fit(thetas(model, 1)[0])["values"]
    assert values.sum() == len(model.dataset.train)


def test_the_truth_is_the_target_without_noise() -> None:
    data = create("linear-regression", data={"parameters": {"noise": 50}}).data()
    assert data["truth"]["y"] == pytest.approx([10 * u + 5 for u in data["grid"]["u"]])
    assert create("linear-regression", data={"rows": [[1, 2], [2, 3]]}).data()["truth"] is None
    assert create("mlp-classifier").data()["truth"] is None


def test_a_parity_picture_shows_at_most_512_points_of_each_part() -> None:
    model = create("mini-batch-regression", data={"parameters": {"num_points": 3000}, "test_fraction": 0.4})
    data = model.data()
    assert (len(data["train"]["y"]), len(data["test"]["y"])) == (512, 512)
    assert model.fit(thetas(model, 1)[0])["values"].shape == (1024,)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_fit_that_overflowed_is_told_as_it_is(dtype: torch.dtype) -> None:
    for value in (float("inf"), torch.finfo(dtype).max):
        fit = create("linear-regression").fit(torch.full((2,), value, dtype=dtype))
        assert not np.isfinite(fit["values"]).all()
