"""What is stated of minima holds: value, gradient, curvature, and that there are no lower ones."""

from __future__ import annotations

from itertools import product

import pytest
import torch
from cases import CASES, IDS, ROWS, create, gradient, grid, hessian, loss
from torch import Tensor

from downslope.objectives import Minimum, Objective
from reference.objectives_minima import PUBLISHED_MINIMA, SHUBERT

all_cases = pytest.mark.parametrize("objective", CASES)
few_dimensions = pytest.mark.parametrize("objective", [case for case in CASES if case.values[0].dim <= 2])
many_dimensions = pytest.mark.parametrize("objective", [case for case in CASES if case.values[0].dim > 2])
# Its floor is a kink with infinite slopes on both sides, which no search from a grid can follow to the end.
SHARP = "bukin-6"


def globals_of(objective: Objective) -> list[Minimum]:
    return [minimum for minimum in objective.minima if minimum.is_global]


def free(objective: Objective, minimum: Minimum) -> list[int]:
    """Return the components that are not at an end of the domain."""
    pairs = zip(minimum.theta, objective.domain, strict=True)
    return [i for i, (x, bounds) in enumerate(pairs) if x not in bounds]


def in_domain(objective: Objective, theta: Tensor) -> Tensor:
    low, high = torch.tensor(objective.domain, dtype=torch.float64).T
    return theta.clamp(low, high)


@all_cases
def test_gradient_vanishes_at_every_smooth_minimum_along_the_edge_if_it_is_there(
    objective: Objective,
) -> None:
    for minimum in objective.minima:
        if minimum.is_smooth:
            # At the nearest double to the minimum, the gradient is at most the curvature times the rounding.
            curvature = hessian(objective, list(minimum.theta)).abs().max().item()
            reach = max(abs(x) for x in minimum.theta) * 2**-52
            found = gradient(objective, list(minimum.theta))[free(objective, minimum)].abs().max().item()
            assert found <= 1e-14 + 8 * curvature * reach


@all_cases
def test_hessian_at_every_smooth_minimum_has_no_negative_eigenvalue(objective: Objective) -> None:
    for minimum in objective.minima:
        if minimum.is_smooth:
            among = free(objective, minimum)
            curvature = hessian(objective, list(minimum.theta))[among][:, among]
            assert torch.linalg.eigvalsh(curvature).min() >= 0


@all_cases
def test_the_loss_falls_on_beyond_the_edge_where_a_minimum_is_said_to_be_on_it(objective: Objective) -> None:
    for minimum in objective.minima:
        slope = gradient(objective, list(minimum.theta)).tolist()
        held = set(range(objective.dim)) - set(free(objective, minimum))
        assert bool(held) == minimum.is_on_edge
        for i in held:
            assert slope[i] < 0 if minimum.theta[i] == objective.domain[i][1] else slope[i] > 0


@all_cases
def test_there_is_no_slope_to_find_where_a_minimum_is_said_to_be_a_kink(objective: Objective) -> None:
    for minimum in objective.minima:
        if not minimum.is_smooth:
            ahead, behind = (
                gradient(objective, [x + side * 1e-7 for x in minimum.theta]).norm() for side in (1, -1)
            )
            assert min(ahead, behind) > 0.01, "the slope does not shrink on the way to the minimum"
            assert gradient(objective, list(minimum.theta)).tolist() == [0.0] * objective.dim


def test_minima_that_need_a_remark_are_those_of_four_functions() -> None:
    def ids(holds: str, value: bool) -> list[str]:
        return [row["id"] for row in ROWS if any(minimum[holds] is value for minimum in row["minima"])]

    assert ids("is_smooth", False) == ["absolute-value", "ackley", "bukin-6"]
    assert ids("is_on_edge", True) == ["eggholder"]


@all_cases
def test_stated_loss_is_the_loss_at_every_minimum(objective: Objective) -> None:
    for minimum in objective.minima:
        assert loss(objective, list(minimum.theta)) == pytest.approx(minimum.loss, rel=1e-14, abs=1e-27)


@all_cases
def test_no_point_of_the_domain_near_a_minimum_undercuts_it(objective: Objective) -> None:
    generator = torch.Generator().manual_seed(0)
    width = min(high - low for low, high in objective.domain)
    for minimum in objective.minima:
        for reach in (1e-2, 1e-3, 1e-5):
            steps = torch.randn(1000, objective.dim, dtype=torch.float64, generator=generator)
            away = reach * width * steps / steps.norm(dim=-1, keepdim=True)
            theta = in_domain(objective, torch.tensor(minimum.theta, dtype=torch.float64) + away)
            assert objective.loss(theta).min() > minimum.loss


@all_cases
def test_minima_lie_in_the_domain_and_the_global_ones_come_first(objective: Objective) -> None:
    for minimum in objective.minima:
        assert all(low <= x <= high for x, (low, high) in zip(minimum.theta, objective.domain, strict=True))
    lowest = min((minimum.loss for minimum in objective.minima), default=None)
    assert [minimum.is_global for minimum in objective.minima] == sorted(
        (minimum.loss == lowest for minimum in objective.minima), reverse=True
    )
    assert len({minimum.theta for minimum in objective.minima}) == len(objective.minima)


@all_cases
def test_nothing_in_the_domain_is_lower_than_the_global_minima(objective: Objective) -> None:
    losses = objective.loss(grid(objective))
    for minimum in globals_of(objective):
        assert losses.min() >= minimum.loss - 1e-12


@few_dimensions
def test_an_objective_without_minima_falls_towards_the_edge_of_its_domain(objective: Objective) -> None:
    if not objective.minima:
        theta = grid(objective)
        lowest = theta[objective.loss(theta).argmin()].tolist()
        assert any(x in bounds for x, bounds in zip(lowest, objective.domain, strict=True))


def test_only_the_saddles_have_no_minimum() -> None:
    assert [row["id"] for row in ROWS if not row["minima"]] == ["saddle", "monkey-saddle"]


@few_dimensions
def test_a_search_from_everywhere_finds_the_stated_global_minima_and_no_others(objective: Objective) -> None:
    if objective.minima:
        stated = torch.tensor([minimum.theta for minimum in globals_of(objective)], dtype=torch.float64)
        widths = torch.tensor([high - low for low, high in objective.domain], dtype=torch.float64)
        distances = torch.cdist(lowest_points(objective) / widths, stated / widths)
        assert not len(distances) or distances.amin(1).max() < 1e-3, "a point that is as low is not stated"
        if objective.id != SHARP:
            assert distances.amin(0).max() < 1e-3, "a stated minimum was not found"


@many_dimensions
def test_descents_end_nowhere_lower_than_the_global_minimum_and_from_near_by_in_it(
    objective: Objective,
) -> None:
    for minimum in globals_of(objective):
        at = torch.tensor(minimum.theta, dtype=torch.float64)
        theta = grid(objective)[:32].clone()
        theta[:8] = at + 0.02 * (theta[:8] - at)
        found = descended(objective, theta)
        assert objective.loss(found).min() >= minimum.loss - 1e-9 * abs(minimum.loss)
        if minimum.is_smooth:
            assert torch.allclose(found[:8], at.expand(8, -1), rtol=1e-3, atol=1e-3)


def descended(objective: Objective, theta: Tensor) -> Tensor:
    """Return where L-BFGS ends in the domain, each component through a sine from its low to its high end."""
    low, high = torch.tensor(objective.domain, dtype=torch.float64).T
    middle, half = (low + high) / 2, (high - low) / 2
    angles = torch.asin((theta - middle) / half).requires_grad_()
    optimizer = torch.optim.LBFGS([angles], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        total = objective.loss(middle + half * torch.sin(angles)).sum()
        total.backward()
        return total

    optimizer.step(closure)  # type: ignore[arg-type]
    return (middle + half * torch.sin(angles)).detach()


@pytest.mark.parametrize("id", PUBLISHED_MINIMA)
def test_global_minima_are_those_of_the_literature(id: str) -> None:
    found = [minimum for minimum in create(id).minima if minimum.is_global]
    assert len(found) == len(PUBLISHED_MINIMA[id])
    for theta, lowest in PUBLISHED_MINIMA[id]:
        assert any(is_as_printed([*minimum.theta, minimum.loss], [*theta, lowest]) for minimum in found)


def is_as_printed(values: list[float], printed: list[str]) -> bool:
    return all(
        abs(value - float(digits)) <= 10 ** -len(digits.partition(".")[2])  # some print rounded, some cut
        for value, digits in zip(values, printed, strict=True)
    )


def test_all_18_global_minima_of_shubert_are_stated() -> None:
    minima = create("shubert").minima
    assert len({minimum.theta for minimum in minima}) == SHUBERT[0]
    assert all(is_as_printed([minimum.loss], [SHUBERT[1]]) for minimum in minima)


def test_functions_whose_minima_are_not_in_print_are_known() -> None:
    one_dimensional = "parabola double-well absolute-value flat-tail exploding-wall x-sin-x"
    ours = f"{one_dimensional} bowl ravine saddle monkey-saddle plateau cliff spiral-valley shubert"
    assert {*IDS} - {*PUBLISHED_MINIMA} == {*ours.split()}


def lowest_points(objective: Objective) -> Tensor:
    """Return the points of the domain, as low as the global minimum, that a search finds from a grid.

    It starts at the lowest points of the grid and moves to the lowest neighbour, in ever smaller steps: it
    knows neither gradients nor where the minima are stated to be.
    """
    theta = grid(objective)
    theta = theta[objective.loss(theta).argsort()[:300]]
    moves = torch.tensor(list(product((-1.0, 0.0, 1.0), repeat=objective.dim)), dtype=torch.float64)
    step = torch.tensor([(high - low) / 150 for low, high in objective.domain], dtype=torch.float64)
    lowest = globals_of(objective)[0].loss + 1e-12
    while step.max() > 1e-9:
        for _ in range(12):
            around = in_domain(objective, theta[:, None] + step * moves)
            theta = around[torch.arange(len(theta)), objective.loss(around).argmin(-1)]
        step = step / 2
    return theta[objective.loss(theta) < lowest]
