"""What every objective promises; a function is under test by being registered."""

from __future__ import annotations

import dataclasses
import json
import re
from itertools import product

import pytest
import torch
from cases import CASES, IDS, ROWS, create, gradient, hessian, loss, points

from downslope.objectives import Minimum, Objective

all_cases = pytest.mark.parametrize("objective", CASES)
all_rows = pytest.mark.parametrize("row", ROWS, ids=IDS)


def globals_of(objective: Objective) -> list[Minimum]:
    return [minimum for minimum in objective.minima if minimum.is_global]


@all_cases
def test_gradient_equals_central_differences(objective: Objective) -> None:
    for theta in points(objective, 20):
        found = gradient(objective, theta)
        for i in range(objective.dim):
            h = 1e-5
            ahead = [x + h * (j == i) for j, x in enumerate(theta)]
            behind = [x - h * (j == i) for j, x in enumerate(theta)]
            slope = (loss(objective, ahead) - loss(objective, behind)) / (ahead[i] - behind[i])
            assert found[i].item() == pytest.approx(slope, rel=1e-6, abs=1e-6)


@all_cases
def test_second_derivatives_agree_with_the_first(objective: Objective) -> None:
    theta = torch.tensor(points(objective, 5, seed=1), dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradgradcheck(objective.loss, theta, atol=1e-3, rtol=1e-5)


@all_cases
def test_gradient_vanishes_at_every_smooth_minimum(objective: Objective) -> None:
    for minimum in objective.minima:
        if minimum.is_smooth:
            # At the nearest double to the minimum, the gradient is at most the curvature times the rounding.
            curvature = hessian(objective, list(minimum.theta)).abs().max().item()
            reach = max(abs(x) for x in minimum.theta) * 2**-52
            found = gradient(objective, list(minimum.theta)).abs().max().item()
            assert found <= 1e-14 + 8 * curvature * reach


@all_cases
def test_hessian_at_every_smooth_minimum_has_no_negative_eigenvalue(objective: Objective) -> None:
    for minimum in objective.minima:
        if minimum.is_smooth:
            assert torch.linalg.eigvalsh(hessian(objective, list(minimum.theta))).min() >= 0


@all_cases
def test_stated_loss_is_the_loss_at_every_minimum(objective: Objective) -> None:
    for minimum in objective.minima:
        assert loss(objective, list(minimum.theta)) == pytest.approx(minimum.loss, rel=1e-15, abs=1e-27)


@all_cases
def test_no_point_near_a_minimum_undercuts_it(objective: Objective) -> None:
    generator = torch.Generator().manual_seed(0)
    for minimum in objective.minima:
        for reach in (1e-1, 1e-2, 1e-4):
            steps = torch.randn(1000, objective.dim, dtype=torch.float64, generator=generator)
            losses = objective.loss(
                torch.tensor(minimum.theta) + reach * steps / steps.norm(dim=-1, keepdim=True)
            )
            assert losses.min() > minimum.loss


@all_cases
def test_minima_lie_in_the_domain_and_the_global_ones_come_first(objective: Objective) -> None:
    for minimum in objective.minima:
        assert all(low <= x <= high for x, (low, high) in zip(minimum.theta, objective.domain, strict=True))
    lowest = min((minimum.loss for minimum in objective.minima), default=None)
    assert [minimum.is_global for minimum in objective.minima] == sorted(
        (minimum.loss == lowest for minimum in objective.minima), reverse=True
    )


@all_cases
def test_nothing_in_the_domain_is_lower_than_the_global_minima(objective: Objective) -> None:
    losses = objective.loss(grid(objective))
    for minimum in globals_of(objective):
        assert losses.min() >= minimum.loss - 1e-12


@all_cases
def test_an_objective_without_minima_falls_towards_the_edge_of_its_domain(objective: Objective) -> None:
    if not objective.minima:
        theta = grid(objective)
        lowest = theta[objective.loss(theta).argmin()].tolist()
        assert any(x in bounds for x, bounds in zip(lowest, objective.domain, strict=True))


def test_only_the_saddles_have_no_minimum() -> None:
    assert [row["id"] for row in ROWS if not row["minima"]] == ["saddle", "monkey-saddle"]


@all_cases
def test_a_search_from_everywhere_finds_the_stated_global_minima_and_no_others(objective: Objective) -> None:
    if objective.minima:
        stated = torch.tensor([minimum.theta for minimum in globals_of(objective)], dtype=torch.float64)
        distances = torch.cdist(lowest_points(objective), stated)
        assert distances.amin(0).max() < 0.02, "a stated minimum was not found"
        assert distances.amin(1).max() < 0.02, "a point that is as low is not stated"


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
    assert torch.allclose(found.double(), exact, rtol=1e-5, atol=1e-6 * exact.abs().max().item())
    assert all(gradient(objective, point, torch.float32).isfinite().all() for point in theta.tolist())


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
    lower = (torch.tensor(start) + 1e-6 * downhill / downhill.norm()).tolist()
    assert loss(objective, lower) < loss(objective, list(start))


@all_rows
def test_title_and_note_are_there_in_both_languages(row: dict) -> None:
    texts = [row["title"], row["note"], *(parameter["title"] for parameter in row["parameters"])]
    for text in texts:
        assert text.keys() == {"en", "zh"}
        assert text["en"].isascii() or "κ" in text["en"] or "·" in text["en"]
        assert re.search(r"[\u4e00-\u9fff]", text["zh"])
    assert row["note"]["en"].endswith(".") and row["note"]["zh"].endswith("。")


@all_rows
def test_source_names_an_author_and_a_year(row: dict) -> None:
    assert re.match(r"[A-Z]\. ", row["source"])
    assert re.search(r"\b(19[3-9]\d|20\d\d)\b", row["source"])


@all_rows
def test_catalogue_row_survives_json(row: dict) -> None:
    assert json.loads(json.dumps(row, allow_nan=False)) == row


@all_rows
def test_catalogue_row_has_the_fields_of_the_api(row: dict) -> None:
    promised = "id kind title latex dim domain start minima source parameters note values"
    assert set(row) == set(promised.split())
    assert (row["kind"], row["dim"]) == ("function", len(row["domain"]))
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", row["id"])


@all_rows
def test_default_parameters_are_in_their_range_and_log_scales_start_above_zero(row: dict) -> None:
    assert row["values"] == {parameter["name"]: parameter["default"] for parameter in row["parameters"]}
    for parameter in row["parameters"]:
        assert parameter.keys() == {"name", "title", "default", "minimum", "maximum", "scale"}
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


def grid(objective: Objective) -> torch.Tensor:
    """Return a grid over the domain, both ends included, shape (points, dim)."""
    num_points = 1001 if objective.dim == 1 else 201
    axes = [torch.linspace(low, high, num_points, dtype=torch.float64) for low, high in objective.domain]
    return torch.stack(torch.meshgrid(*axes, indexing="ij"), -1).reshape(-1, objective.dim)


def lowest_points(objective: Objective) -> torch.Tensor:
    """Return the points of the domain, as low as the global minimum, that a search finds from a grid.

    It starts at the lowest points of the grid and moves to the lowest neighbour, in ever smaller steps: it
    knows neither gradients nor where the minima are stated to be.
    """
    theta = grid(objective)
    theta = theta[objective.loss(theta).argsort()[:1500]]
    moves = torch.tensor(list(product((-1.0, 0.0, 1.0), repeat=objective.dim)), dtype=torch.float64)
    step = 0.05
    while step > 1e-9:
        for _ in range(8):
            around = theta[:, None] + step * moves
            theta = around[torch.arange(len(theta)), objective.loss(around).argmin(-1)]
        step /= 2
    inside = [
        (low <= column) & (column <= high)
        for (low, high), column in zip(objective.domain, theta.T, strict=True)
    ]
    theta = theta[torch.stack(inside).all(0)]
    return theta[objective.loss(theta) < globals_of(objective)[0].loss + 1e-12]
