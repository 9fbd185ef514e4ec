"""What every objective promises; a function is under test by being registered."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest
import torch
from cases import CASES, IDS, ROWS, create, gradient, grid, loss, points

from downslope.objectives import Objective

all_cases = pytest.mark.parametrize("objective", CASES)
all_rows = pytest.mark.parametrize("row", ROWS, ids=IDS)


@all_cases
def test_gradient_equals_central_differences(objective: Objective) -> None:
    drawn = points(objective, 20 if objective.dim <= 2 else 3)
    found = torch.stack([gradient(objective, theta) for theta in drawn])
    theta = torch.tensor(drawn, dtype=torch.float64)[:, None]
    h = 1e-4 * torch.eye(objective.dim, dtype=torch.float64)
    near = objective.loss(theta + h) - objective.loss(theta - h)
    far = objective.loss(theta + 2 * h) - objective.loss(theta - 2 * h)
    slope = (8 * near - far) / (12 * 1e-4)
    rounding = 1e-11 * objective.loss(theta).abs().max().item()
    assert torch.allclose(found, slope, rtol=1e-6, atol=1e-6 + rounding)


@all_cases
def test_gradients_are_finite_everywhere_and_at_the_awkward_places(objective: Objective) -> None:
    for dtype in (torch.float64, torch.float32):
        theta = torch.cat([grid(objective), awkward(objective)]).to(dtype).requires_grad_()
        losses = objective.loss(theta)
        losses.sum().backward()
        assert losses.isfinite().all()
        assert theta.grad is not None and theta.grad.isfinite().all()


@all_cases
def test_second_derivatives_agree_with_the_first(objective: Objective) -> None:
    is_small = objective.dim <= 3
    drawn = points(objective, 5 if is_small else 2, seed=1)
    theta = torch.tensor(drawn, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradgradcheck(objective.loss, theta, atol=1e-3, rtol=1e-5, fast_mode=not is_small)


@all_cases
def test_a_point_gives_the_same_bits_alone_and_in_a_batch(objective: Objective) -> None:
    theta = torch.tensor(points(objective, 1001), dtype=torch.float64)
    alone = torch.stack([objective.loss(point) for point in theta])
    assert torch.equal(objective.loss(theta), alone)
    assert torch.equal(objective.loss(theta[:1000].reshape(10, 4, 25, -1)), alone[:1000].reshape(10, 4, 25))
    assert torch.equal(objective.loss(theta.T.contiguous().T), alone)  # columns far apart in memory


@all_cases
def test_a_point_gets_the_same_gradient_alone_and_in_a_batch(objective: Objective) -> None:
    drawn = points(objective, 201)
    theta = torch.tensor(drawn, dtype=torch.float64, requires_grad=True)
    (together,) = torch.autograd.grad(objective.loss(theta).sum(), theta)
    assert torch.equal(together, torch.stack([gradient(objective, point) for point in drawn]))


@all_cases
def test_float32_stays_float32_and_is_as_exact_as_it_can_be(objective: Objective) -> None:
    theta = torch.tensor(points(objective, 200), dtype=torch.float32)
    found = objective.loss(theta)
    exact = objective.loss(theta.double())
    assert found.dtype == torch.float32
    assert torch.allclose(found.double(), exact, rtol=1e-5, atol=4e-6 * exact.abs().max().item())


@all_cases
def test_the_device_of_theta_is_the_device_of_the_loss(objective: Objective) -> None:
    found = objective.loss(torch.zeros(3, objective.dim, device="meta"))
    assert (found.device.type, found.shape, found.dtype) == ("meta", (3,), torch.float32)


@all_cases
def test_start_is_fixed_and_in_the_domain_and_goes_downhill_from_there(objective: Objective) -> None:
    start = objective.start(torch.Generator().manual_seed(1))
    assert start == objective.start(torch.Generator().manual_seed(2))
    assert all(low < x < high for x, (low, high) in zip(start, objective.domain, strict=True))
    downhill = -gradient(objective, list(start))
    width = min(high - low for low, high in objective.domain)
    lower = (torch.tensor(start, dtype=torch.float64) + 1e-6 * width * downhill / downhill.norm()).tolist()
    assert loss(objective, lower) < loss(objective, list(start))


@all_rows
def test_title_and_note_are_there_in_both_languages(row: dict) -> None:
    texts = [row["title"], row["note"], *(parameter["title"] for parameter in row["parameters"])]
    for text in texts:
        assert text.keys() == {"en", "zh"}
        assert re.sub("[κα·]", "", text["en"]).isascii()
        assert re.search(r"[\u4e00-\u9fff]", text["zh"]) or text["zh"] == text["en"] == "x sin x"
    assert row["note"]["en"].endswith(".") and row["note"]["zh"].endswith("。")


@all_rows
def test_source_names_an_author_and_a_year(row: dict) -> None:
    assert re.match(r"[A-Z]\.[ -]", row["source"])
    assert re.search(r"\b(19[2-9]\d|20\d\d)\b", row["source"])


@all_rows
def test_catalogue_row_survives_json(row: dict) -> None:
    assert json.loads(json.dumps(row, allow_nan=False)) == row


@all_rows
def test_catalogue_row_has_the_fields_of_the_api(row: dict) -> None:
    promised = (
        "id kind title latex dim theta_names extra_columns domain start minima source parameters note values"
    )
    assert set(row) == set(promised.split())
    assert (row["kind"], row["dim"]) == ("function", len(row["domain"]))
    assert re.fullmatch(r"[a-z]+(-([a-z]+|\d+))*", row["id"])


@all_rows
def test_default_parameters_are_in_their_range_and_log_scales_start_above_zero(row: dict) -> None:
    assert row["values"] == {parameter["name"]: parameter["default"] for parameter in row["parameters"]}
    for parameter in row["parameters"]:
        assert parameter.keys() == {"name", "type", "title", "default", "minimum", "maximum", "scale"}
        assert parameter["minimum"] <= parameter["default"] <= parameter["maximum"]
        assert parameter["scale"] == "linear" or parameter["minimum"] > 0


@all_rows
def test_changing_a_row_changes_no_later_row(row: dict) -> None:
    title = row["title"]["en"]
    changed = create(row["id"]).describe()
    changed["title"]["en"] = "changed"
    changed["domain"][0][0] = 99.0
    assert create(row["id"]).describe()["title"]["en"] == title
    assert create(row["id"]).describe() == row


@all_cases
def test_an_objective_cannot_be_changed(objective: Objective) -> None:
    for name in ("id", "domain", *objective.describe()["values"]):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(objective, name, 1)


def awkward(objective: Objective) -> torch.Tensor:
    """Return minima and points at which terms are zero or a hair away from it, shape (points, dim)."""
    corners = [[bounds[i % 2] for i, bounds in enumerate(objective.domain)]]
    near_zero = [[x] * objective.dim for x in (0.0, 1e-300, -1e-30, 1e-12) if objective.id != "gramacy-lee"]
    kinks = {"bukin-6": [[-8.0, 0.64], [-12.0, 1.44]], "eggholder": [[147.0, 100.0], [100.0, -97.0]]}
    minima = [list(minimum.theta) for minimum in objective.minima]
    found = [*corners, *near_zero, *kinks.get(objective.id, []), *minima]
    return torch.tensor(found, dtype=torch.float64)
