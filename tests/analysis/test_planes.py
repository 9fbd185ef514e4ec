"""Where a plane lies, how far it is looked at, and what its coordinates mean."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
import torch
from unlisted import Flat, Saddle, Three, Unlisted, drawn_start, model

from downslope import objectives
from downslope.analysis import batches, planes, ranges, surfaces
from downslope.analysis import plane as restoring
from downslope.analysis.plane import Plane
from downslope.errors import InvalidValueError
from downslope.objectives import Objective
from downslope.recipe import FunctionObjective

PARABOLA = objectives.create(FunctionObjective(kind="function", id="parabola"))
ROSENBROCK = objectives.create(FunctionObjective(kind="function", id="rosenbrock"))
WALK = np.random.default_rng(1).standard_normal((30, 3)).cumsum(axis=0)


def numbers(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def plane_of(kind: str, **rest: object) -> Plane:
    rows = [[1.0, 2.0, 0.5], [0.3, -1.0, 2.0]]
    asked = {"kind": kind, "anchor": [0.1, 0.2, 0.3], "directions": rows, "axes": [2, 0]} | rest
    objective = Saddle() if kind == "hessian" else Three()
    return planes.create(objective, asked, paths=[WALK])


kinds = pytest.mark.parametrize("kind", planes.KINDS)


@kinds
def test_a_plane_says_all_that_is_needed_to_draw_on_it(kind: str) -> None:
    described = plane_of(kind).describe()
    assert list(described) == [
        "kind", "axes", "anchor", "directions", "names", "explained", "eigenvalues", "range"
    ]  # fmt: skip
    assert json.loads(json.dumps(described, allow_nan=False)) == described
    assert (described["axes"] is None) == (described["directions"] is not None) == (kind != "axes")
    assert (described["explained"] is not None) == (kind == "pca")
    assert (described["eigenvalues"] is not None) == (kind == "hessian")
    assert len(described["names"]) == len(described["range"]) == 2


@kinds
def test_a_plane_is_restored_from_its_description(kind: str) -> None:
    made = plane_of(kind)
    assert restoring.restore(json.loads(json.dumps(made.describe()))) == made


@kinds
def test_theta_is_the_anchor_and_u_and_v_along_the_directions_or_axes(kind: str) -> None:
    made = plane_of(kind)
    found = made.points(numbers(0.7, -2.0), numbers(1.5, 0.25)).numpy()
    for theta, (u, v) in zip(found, [(0.7, 1.5), (-2.0, 0.25)], strict=True):
        if kind == "axes":
            assert theta.tolist() == [v, 0.2, u]
        else:
            first, second = np.array(made.directions)
            assert theta == pytest.approx(np.array([0.1, 0.2, 0.3]) + u * first + v * second)


@kinds
def test_coordinates_are_those_of_the_nearest_point_so_that_the_rest_is_at_right_angles(kind: str) -> None:
    made = plane_of(kind)
    theta = torch.from_numpy(WALK)
    found = made.coordinates(theta)
    nearest = made.points(found[:, 0], found[:, 1])
    assert torch.allclose(made.coordinates(nearest), found)
    rows = made.directions or ((0, 0, 1), (1, 0, 0))
    rest = (theta - nearest) @ torch.tensor(rows, dtype=torch.float64).T
    assert rest.abs().max() < 1e-10


@kinds
def test_off_plane_and_on_plane_distances_add_up_to_the_distance_from_the_anchor(kind: str) -> None:
    made = plane_of(kind)
    theta = torch.from_numpy(WALK)
    on_plane = made.points(*made.coordinates(theta).unbind(-1))
    anchor = made.points(*made.coordinates(numbers(0.1, 0.2, 0.3)))
    squares = [(a - b).square().sum(1) for a, b in ((theta, on_plane), (on_plane, anchor), (theta, anchor))]
    assert torch.allclose(squares[0] + squares[1], squares[2])


@kinds
def test_the_gradient_along_a_plane_is_the_slope_of_the_surface(kind: str) -> None:
    """Central differences in u and v, whatever the plane."""
    objective, made = (Saddle() if kind == "hessian" else Three()), plane_of(kind)
    u, v = surfaces.axes(made, 5, "resolution")
    du, dv = surfaces.slopes(objective, made, 5)

    def loss(along_u: float, along_v: float) -> float:
        return objective.loss(made.points(numbers(along_u), numbers(along_v)))[0].item()

    for j, i in np.ndindex(5, 5):
        in_u = (loss(u[i] + 1e-5, v[j]) - loss(u[i] - 1e-5, v[j])) / 2e-5
        in_v = (loss(u[i], v[j] + 1e-5) - loss(u[i], v[j] - 1e-5)) / 2e-5
        assert (du[j, i], dv[j, i]) == pytest.approx((in_u, in_v), rel=1e-5, abs=1e-4)


@pytest.mark.parametrize("id", ["two-neurons", "mlp-classifier", "linear-regression"])
def test_a_model_on_a_plane_is_its_module_with_those_parameters(id: str) -> None:
    objective = model(id)
    kind = {"kind": "hessian"} if objective.dim > 2 else {}
    found = surfaces.compute(objective, plane=kind | {"anchor": drawn_start(objective)}, resolution=4)
    for j, i in np.ndindex(4, 4):
        theta = found.plane.points(*(torch.tensor(c) for c in (found.u[i], found.v[j])))
        module, points = objective.training(theta, 0).module, objective.points("train", theta)
        expected = objective.criterion.of_points(module(points.x), points.y).item()
        assert found.z[j, i] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("id", ["two-neurons", "mlp-classifier"])
def test_parts_of_whole_batches_have_the_bits_of_the_whole_for_models_too(
    id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    objective = model(id)
    monkeypatch.setattr(type(objective), "cost", batches.CHUNK_NUMBERS)
    assert (batches.size(objective), batches.gradient_size(objective)) == (16, 1)
    made = planes.create(objective, {"kind": "random", "anchor": drawn_start(objective)})
    whole = surfaces.values(objective, made, 9).reshape(-1)
    slopes = surfaces.slopes(objective, made, 9).reshape(2, -1)
    for first, end in ((0, 16), (16, 64), (64, 81)):
        assert surfaces.values_between(objective, made, 9, first, end).tolist() == whole[first:end].tolist()
        part = surfaces.slopes_between(objective, made, 9, first, end)
        assert part.T.tolist() == slopes[:, first:end].tolist()


# Axes and anchors ----------------------------------------------------------------------------------------


def test_axes_are_named_by_number_or_by_name() -> None:
    objective = model("two-neurons")
    by_name = planes.create(objective, {"axes": [objective.theta_names[4], 1]})
    assert by_name == planes.create(objective, {"axes": [4, 1]})
    assert by_name.names == (objective.theta_names[4], objective.theta_names[1])


@pytest.mark.parametrize("asked", [None, {}, {"kind": "axes", "axes": None, "anchor": None}])
def test_what_is_left_out_are_the_first_two_axes_through_the_start(asked: dict[str, object] | None) -> None:
    assert planes.create(Three(), asked).axes == (0, 1)
    assert planes.create(PARABOLA, asked).axes == (0,)
    drawn = planes.create(model("two-neurons"), asked, seed=11)
    start = model("two-neurons").start(torch.Generator().manual_seed(11))
    assert drawn.anchor == start


@pytest.mark.parametrize(
    "axes",
    [[], [0, 0], [0, 2], [-1, 0], [0, 1, 1], ["x", "z"], ["x", 0], [True, 0], [0.5, 1], 1, "xy", [[0], 1]],
)
def test_axes_that_the_objective_does_not_have_are_refused(axes: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        planes.create(ROSENBROCK, {"axes": axes})
    assert caught.value.detail == (
        "plane.axes must be one or two different axes, numbers from 0 to 1 or names such as x, y "
        f"but is {axes!r}"
    )
    assert (caught.value.parameter, caught.value.allowed) == ("plane.axes", ["x", "y"])


@pytest.mark.parametrize(
    ("anchor", "found"),
    [
        ([], "has 0"),
        ([0, 0], "has 2"),
        ([0, 0, math.nan], "number 2 is nan"),
        ([0, "x", 0], "number 1 is 'x'"),
        ([0, 0, True], "number 2 is True"),
        ("abc", "is 'abc'"),
        (3, "is 3"),
    ],
)
def test_an_anchor_that_is_no_point_is_refused(anchor: object, found: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        planes.create(Three(), {"axes": [0, 1], "anchor": anchor})
    assert caught.value.detail == f"plane.anchor must be 3 finite numbers but {found}"
    assert caught.value.parameter == "plane.anchor"


@pytest.mark.parametrize("kind", sorted(set(planes.KINDS) - {"axes"}))
def test_one_parameter_spans_no_plane(kind: str) -> None:
    with pytest.raises(InvalidValueError, match="parabola has one parameter and"):
        planes.create(PARABOLA, {"kind": kind})


def test_an_unknown_kind_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidValueError, match="must be one of axes, random, pca, hessian, directions but"):
        planes.create(Three(), {"kind": "polar"})


def test_the_path_of_another_objective_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="a run of 3 parameters but this objective has 2") as caught:
        planes.create(ROSENBROCK, {}, paths=[WALK])
    assert caught.value.parameter == "plane.run"


# Ranges --------------------------------------------------------------------------------------------------


def walk_between(*corners: tuple[float, ...]) -> np.ndarray:
    return np.array(corners)


def test_axes_are_looked_at_over_the_domain_where_the_path_stays_in_it() -> None:
    inside = walk_between((-0.9, -1.9, -2.9), (0.9, 1.9, 2.9))
    for paths in ([], [inside]):
        made = planes.create(Three(), {"axes": [0, 2]}, paths=paths)
        assert made.range == ((-1, 1), (-3, 3))


def test_a_path_that_leaves_the_domain_is_followed_with_a_tenth_beside_it() -> None:
    made = planes.create(Three(), {"axes": [0, 2]}, paths=[walk_between((0, 0, 0), (2, 0, -4))])
    assert made.range[0] == pytest.approx((-1, 2 + 0.1 * 3))
    assert made.range[1] == pytest.approx((-4 - 0.1 * 7, 3))


def test_a_path_that_diverged_is_followed_for_four_widths() -> None:
    made = planes.create(Three(), {"axes": [0, 2]}, paths=[walk_between((0, 0, 0), (1e9, 0, -1e9))])
    assert made.range == ((-1, 1 + 4 * 2), (-3 - 4 * 6, 3))


def test_a_start_far_outside_of_the_domain_is_in_the_picture() -> None:
    made = planes.create(Three(), {"axes": [0, 2]}, paths=[walk_between((99, 0, 0)), walk_between((0, 0, 0))])
    assert made.range[0] == pytest.approx((-1, 99 + 0.1 * 100))


@pytest.mark.parametrize("kind", ["random", "directions"])
def test_other_directions_are_looked_at_from_minus_one_to_one_and_as_far_as_the_path(kind: str) -> None:
    rows = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    asked = {"kind": kind, "directions": rows, "anchor": [0.0, 0.0, 0.0]}
    assert planes.create(Three(), asked).range == ((-1, 1), (-1, 1))
    if kind == "directions":
        made = planes.create(Three(), asked, paths=[walk_between((0, 0, 0), (3, -0.5, 9))])
        assert made.range[0] == pytest.approx((-1, 3.4))
        assert made.range[1] == (-1, 1)


def test_principal_components_are_looked_at_around_the_path_and_the_anchor() -> None:
    walk = walk_between((0, 0, 0), (4, 0, 0), (4, 2, 0), (8, 0, 0))
    made = planes.create(Flat(3), {"kind": "pca", "anchor": [0.0, 0.0, 0.0]}, paths=[walk])
    places = walk @ np.array(made.directions).T
    (low, high), width = made.range[0], np.ptp(places[:, 0])
    assert (low, high) == pytest.approx((places[:, 0].min() - width / 4, places[:, 0].max() + width / 4))
    (low, high), thin = made.range[1], np.ptp(places[:, 1])
    assert high - low == pytest.approx(0.6 * width + thin / 2)
    assert high + low == pytest.approx(places[:, 1].min() + places[:, 1].max())


def test_a_straight_path_has_surroundings_too() -> None:
    line = np.outer(np.linspace(0, 1, 9), [10.0, 0.0, 0.0])
    made = planes.create(Flat(3), {"kind": "pca", "anchor": [0.0, 0.0, 0.0]}, paths=[line])
    assert made.range[0] == pytest.approx((-2.5, 12.5))
    assert made.range[1] == pytest.approx((-3, 3))


class Bowl(Unlisted):
    """c + 50 x^2 + y^2 / 2: curvatures 100 and 1."""

    domain = ((-4.0, 4.0), (-4.0, 4.0))

    def __init__(self, height: float) -> None:
        self._height = height

    def loss(self, theta: torch.Tensor) -> torch.Tensor:
        x, y = theta.unbind(-1)
        return self._height + 50 * x * x + y * y / 2


@pytest.mark.parametrize(
    ("height", "first", "second"),
    [(50, 1.0, 4.0), (2, 0.4, 2.0), (0, 0.4, 0.4), (1e9, 4.0, 4.0), (-50, 1.0, 4.0)],
)
def test_an_eigenvector_is_looked_along_until_its_curvature_makes_the_loss_of_the_anchor(
    height: float, first: float, second: float
) -> None:
    """sqrt(2 loss / lambda), from a tenth of the half width of the domain to all of it."""
    made = planes.create(Bowl(height), {"kind": "hessian"})
    assert made.eigenvalues == pytest.approx((100, 1))
    assert np.array(made.range) == pytest.approx(np.array([(-first, first), (-second, second)]))


@kinds
def test_a_range_that_is_given_is_taken(kind: str) -> None:
    asked = {"kind": kind, "directions": [[1, 0, 0], [0, 1, 0]], "anchor": [0.1, 0.2, 0.3]}
    objective: Objective = Saddle() if kind == "hessian" else Three()
    made = planes.create(objective, asked, bounds=[(-5, 6), (7, 8)], paths=[WALK])
    assert made.range == ((-5, 6), (7, 8))


def test_the_limits_of_ranges_are_those_that_the_other_tests_have_in_numbers() -> None:
    assert (ranges.MARGIN, ranges.PATH_MARGIN, ranges.MIN_SHARE) == (0.1, 0.25, 0.6)
    assert (ranges.MAX_GROWTH, ranges.MIN_REACH, ranges.MAX_REACH) == (4, 0.1, 1.0)
