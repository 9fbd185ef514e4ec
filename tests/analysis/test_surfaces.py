"""A surface is the loss itself on a grid that is exactly where it is said to be."""

from __future__ import annotations

import itertools
import json
import math

import numpy as np
import pytest
import torch
from unlisted import Partial, Three

from downslope import objectives
from downslope.analysis import batches, planes, surfaces
from downslope.errors import InvalidValueError
from downslope.objectives import Objective
from downslope.recipe import FunctionObjective


def create(id: str) -> Objective:
    return objectives.create(FunctionObjective(kind="function", id=id))


CATALOGUE = [create(row["id"]) for row in objectives.catalogue() if row["kind"] == "function"]
PLANAR = [objective for objective in CATALOGUE if objective.dim == 2]
CURVES = [objective for objective in CATALOGUE if objective.dim == 1]
ROSENBROCK = create("rosenbrock")
PARABOLA = create("parabola")

planar = pytest.mark.parametrize("objective", PLANAR, ids=lambda objective: objective.id)
curves = pytest.mark.parametrize("objective", CURVES, ids=lambda objective: objective.id)


def loss(objective: Objective, *theta: float) -> float:
    return objective.loss(torch.tensor(theta, dtype=torch.float64)).item()


def slope(objective: Objective, theta: list[float], axis: int) -> float:
    """Return a central difference of the loss along an axis."""
    ahead, behind = list(theta), list(theta)
    ahead[axis] += 1e-5
    behind[axis] -= 1e-5
    return (loss(objective, *ahead) - loss(objective, *behind)) / (ahead[axis] - behind[axis])


@planar
def test_z_at_row_j_and_column_i_is_the_loss_at_u_i_and_v_j(objective: Objective) -> None:
    surface = surfaces.compute(objective, ranges=[(-1.5, 1.0), (-0.5, 2.0)], resolution=7)
    expected = [[loss(objective, x, y) for x in surface.u] for y in surface.v]
    assert surface.z.shape == (7, 7)
    assert surface.z.dtype == np.float64
    assert surface.z.tolist() == expected


def test_u_runs_along_a_row_and_v_along_a_column() -> None:
    surface = surfaces.compute(Three(), plane={"axes": [0, 1], "anchor": [0, 0, 0]}, resolution=3)
    assert surface.z.tolist() == [[39, 40, 41], [-1, 0, 1], [39, 40, 41]]


@curves
def test_a_curve_has_the_loss_at_each_u_and_no_v(objective: Objective) -> None:
    surface = surfaces.compute(objective, resolution=11, gradient_resolution=5)
    assert surface.v is None
    assert surface.z.tolist() == [loss(objective, x) for x in surface.u]
    assert surface.gradient.v is None and surface.gradient.dv is None
    for x, found in zip(surface.gradient.u, surface.gradient.du, strict=True):
        assert found == pytest.approx(slope(objective, [x], 0), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("objective", CATALOGUE, ids=lambda objective: objective.id)
def test_the_grid_is_the_domain_unless_ranges_are_given_with_both_ends_exact(objective: Objective) -> None:
    surface = surfaces.compute(objective, resolution=33)
    for axis, bounds in zip([surface.u, surface.v], objective.domain, strict=False):
        assert axis.dtype == np.float64
        assert axis.tolist() == np.linspace(*bounds, 33).tolist()
        assert (axis[0], axis[-1]) == bounds


def test_a_curve_is_not_rounded_on_its_way() -> None:
    surface = surfaces.compute(PARABOLA, ranges=[(0.1, 0.7)], resolution=4)
    assert surface.u.tolist() == pytest.approx([0.1, 0.3, 0.5, 0.7], rel=2.3e-16)
    assert (surface.u[0], surface.u[-1]) == (0.1, 0.7)


@planar
def test_the_arrow_field_is_the_true_gradient(objective: Objective) -> None:
    gradient = surfaces.compute(objective, resolution=2, gradient_resolution=6).gradient
    assert gradient.du.shape == gradient.dv.shape == (6, 6)
    for j, y in enumerate(gradient.v):
        for i, x in enumerate(gradient.u):
            assert gradient.du[j, i] == pytest.approx(slope(objective, [x, y], 0), rel=1e-6, abs=1e-6)
            assert gradient.dv[j, i] == pytest.approx(slope(objective, [x, y], 1), rel=1e-6, abs=1e-6)


def test_without_gradient_resolution_there_is_no_arrow_field() -> None:
    assert surfaces.compute(ROSENBROCK, resolution=2).to_dict()["gradient"] is None


@pytest.mark.parametrize("components", [1, 2, 7, 64, 1000])
@planar
def test_chunks_change_no_bit(objective: Objective, components: int) -> None:
    theta = torch.rand(500, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    whole, parts = (batches.values(objective, theta, size) for size in (10**9, components))
    assert torch.equal(whole, parts)
    whole, parts = (batches.gradients(objective, theta, size) for size in (10**9, components))
    assert torch.equal(whole, parts)


def test_no_call_of_the_loss_holds_more_than_a_chunk_however_fine_the_grid() -> None:
    sizes: list[int] = []

    class Watched(Partial):
        def loss(self, theta: torch.Tensor) -> torch.Tensor:
            sizes.append(theta.numel())
            return super().loss(theta)

    surfaces.compute(Watched(), resolution=400, gradient_resolution=300)
    assert sum(sizes) == 2 * (400**2 + 300**2)
    assert max(sizes) == batches.CHUNK_NUMBERS


def test_where_the_loss_has_no_value_z_says_so_and_the_rest_is_untouched() -> None:
    surface = surfaces.compute(Partial(), resolution=5, gradient_resolution=5)
    assert np.isnan(surface.z[1:, :2]).all()
    assert np.isposinf(surface.z[0, 2:]).all()
    assert np.isfinite(surface.z[1:, 2:]).all()
    assert (surface.minimum, surface.maximum) == (1.0, 5.0)  # at (0, 1) and (1, 0.25)
    assert np.isfinite(surface.gradient.dv[1:, 2:]).all()


def test_a_surface_without_any_finite_loss_has_no_minimum_and_no_maximum() -> None:
    surface = surfaces.compute(Partial(), ranges=[(-2, -1), (1, 2)], resolution=3)
    assert (surface.minimum, surface.maximum) == (None, None)


@planar
def test_minimum_and_maximum_are_those_of_the_grid(objective: Objective) -> None:
    surface = surfaces.compute(objective, resolution=9)
    assert (surface.minimum, surface.maximum) == (min(surface.z.flat), max(surface.z.flat))


def test_a_surface_carries_what_it_shows() -> None:
    fields = surfaces.compute(ROSENBROCK, resolution=3, gradient_resolution=2).to_dict()
    assert list(fields) == ["u", "v", "z", "minimum", "maximum", "plane", "objective", "gradient"]
    assert list(fields["gradient"]) == ["u", "v", "du", "dv"]
    assert fields["plane"] == planes.create(ROSENBROCK).describe()
    assert fields["objective"] == ROSENBROCK.describe()
    arrays = [fields[name] for name in "uvz"] + list(fields["gradient"].values())
    assert all(array.dtype == np.float64 and array.flags["C_CONTIGUOUS"] for array in arrays)
    del fields["u"], fields["v"], fields["z"], fields["gradient"]
    assert json.loads(json.dumps(fields, allow_nan=False)) == fields


def test_a_slice_of_three_dimensions_holds_the_third_at_the_anchor() -> None:
    surface = surfaces.compute(
        Three(), plane={"axes": [2, 0], "anchor": [7.0, 2.0, 7.0]}, resolution=3, gradient_resolution=2
    )
    assert (surface.u.tolist(), surface.v.tolist()) == ([-3, 0, 3], [-1, 0, 1])
    assert surface.z.tolist() == [[y + 40 + 100 * x**3 for x in surface.u] for y in surface.v]
    assert surface.gradient.du.tolist() == [[2700, 2700], [2700, 2700]]
    assert surface.gradient.dv.tolist() == [[1, 1], [1, 1]]
    assert (surface.plane.axes, surface.plane.anchor) == ((2, 0), (7.0, 2.0, 7.0))


def test_a_line_through_a_plane_is_a_curve() -> None:
    surface = surfaces.compute(ROSENBROCK, plane={"axes": [1], "anchor": [1.0, 0.0]}, resolution=5)
    assert surface.v is None
    assert surface.z.tolist() == [loss(ROSENBROCK, 1.0, y) for y in surface.u]


def test_swapped_axes_give_the_transposed_surface() -> None:
    straight = surfaces.compute(ROSENBROCK, resolution=9)
    swapped = surfaces.compute(ROSENBROCK, plane={"axes": [1, 0]}, resolution=9)
    assert swapped.z.tolist() == straight.z.T.tolist()


@pytest.mark.parametrize(
    ("low", "high"),
    [(1, 1), (2, 1), (math.nan, 1), (0, math.nan), (-math.inf, 0), (0, math.inf), (-1e308, 1e308)],
)
def test_a_range_that_is_no_interval_is_refused_by_its_place(low: float, high: float) -> None:
    for i in (0, 1):
        ranges = [(-1.0, 1.0), (-1.0, 1.0)]
        ranges[i] = (low, high)
        with pytest.raises(InvalidValueError, match="must be finite numbers") as caught:
            surfaces.compute(ROSENBROCK, ranges=ranges)
        assert caught.value.parameter == f"range[{i}]"


@pytest.mark.parametrize("ranges", [[], [(0, 1)], [(0, 1)] * 3])
def test_as_many_ranges_as_axes_are_asked_for(ranges: list[tuple[float, float]]) -> None:
    with pytest.raises(
        InvalidValueError, match=rf"range must hold 2 pairs .* but holds {len(ranges)}"
    ) as caught:
        surfaces.compute(ROSENBROCK, ranges=ranges)
    assert caught.value.parameter == "range"


@pytest.mark.parametrize("name", ["resolution", "gradient_resolution"])
@pytest.mark.parametrize("resolution", [1, 0, -5])
def test_a_grid_has_at_least_two_points_along_each_axis(name: str, resolution: int) -> None:
    with pytest.raises(InvalidValueError) as caught:
        surfaces.compute(ROSENBROCK, **{name: resolution})
    assert caught.value.detail == f"{name} must be at least 2 but is {resolution}; try 33"
    assert caught.value.parameter == name
    assert surfaces.compute(ROSENBROCK, **{name: 2}).u.size


@pytest.mark.parametrize("kind", ["axes", "random", "hessian"])
@planar
def test_a_grid_in_parts_has_the_bits_of_the_whole(objective: Objective, kind: str) -> None:
    plane = planes.create(objective, {"kind": kind, "anchor": [0.3, 0.7]})
    whole = surfaces.values(objective, plane, 9).reshape(-1)
    slopes = surfaces.slopes(objective, plane, 9).reshape(2, -1)
    ends = [0, 1, 5, 17, 40, 81]
    for first, end in itertools.pairwise(ends):
        part = surfaces.values_between(objective, plane, 9, first, end)
        assert np.array_equal(part, whole[first:end], equal_nan=True)
        part = surfaces.slopes_between(objective, plane, 9, first, end)
        assert np.array_equal(part.T, slopes[:, first:end], equal_nan=True)


def test_theta_is_made_in_blocks_that_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = surfaces.compute(Three(), resolution=20, gradient_resolution=20)
    monkeypatch.setattr(surfaces, "BLOCK_NUMBERS", 50)
    blocks = surfaces.compute(Three(), resolution=20, gradient_resolution=20)
    assert np.array_equal(whole.z, blocks.z)
    assert np.array_equal(whole.gradient.dv, blocks.gradient.dv)


def test_points_that_cost_much_are_evaluated_in_small_batches() -> None:
    sizes: dict[bool, list[int]] = {False: [], True: []}

    class Wide(Three):
        cost = batches.CHUNK_NUMBERS // 6

        def loss(self, theta: torch.Tensor) -> torch.Tensor:
            sizes[theta.requires_grad].append(len(theta))
            return super().loss(theta)

    surfaces.compute(Wide(), resolution=30, gradient_resolution=10)
    assert (sum(sizes[False]), max(sizes[False])) == (900, 96)  # a model cuts them into 16 chunks of its own
    assert (sum(sizes[True]), max(sizes[True])) == (100, 6)


def test_one_point_is_evaluated_whatever_it_costs() -> None:
    class Enormous(Three):
        cost = 10**12

    assert surfaces.compute(Enormous(), resolution=3, gradient_resolution=2).z.shape == (3, 3)
