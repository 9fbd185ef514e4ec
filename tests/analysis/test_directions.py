"""Directions against plain loops, numpy's SVD and numbers worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch
from unlisted import Flat, Saddle, Three, drawn_start, model

from downslope import objectives
from downslope.analysis import directions, planes, points
from downslope.errors import InvalidValueError
from downslope.objectives import Objective
from downslope.recipe import FunctionObjective, ModelObjective

NETWORKS = [model(id) for id in ("two-neurons", "mlp-regression", "mlp-classifier")]
networks = pytest.mark.parametrize("objective", NETWORKS, ids=lambda objective: objective.id)


@networks
def test_random_directions_of_a_model_are_filter_normalized_as_a_plain_loop_does_it(
    objective: Objective,
) -> None:
    """Li et al. 2018, section 4: d_ij <- d_ij ||theta_ij|| / ||d_ij||, each filter; biases keep still."""
    anchor = drawn_start(objective)
    made = planes.create(objective, {"kind": "random", "seed": 5, "anchor": anchor})
    generator = torch.Generator().manual_seed(5)
    gaussian = torch.randn(2, objective.dim, dtype=torch.float64, generator=generator).tolist()
    shapes = [leaf.shape for leaf in objective.training(torch.tensor(anchor), 0).leaves]
    for direction, found in zip(gaussian, made.directions, strict=True):
        expected: list[float] = []
        for shape in shapes:
            first = len(expected)
            if len(shape) == 1:
                expected += [0.0] * shape[0]
                continue
            width = math.prod(shape[1:])
            for row in range(shape[0]):
                places = range(first + row * width, first + (row + 1) * width)
                of_theta = math.sqrt(sum(anchor[i] ** 2 for i in places))
                of_direction = math.sqrt(sum(direction[i] ** 2 for i in places))
                expected += [direction[i] * of_theta / of_direction for i in places]
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-15)


@networks
def test_the_biases_of_a_model_keep_still_on_a_random_plane(objective: Objective) -> None:
    made = planes.create(objective, {"kind": "random", "anchor": drawn_start(objective)})
    for name, *along in zip(objective.theta_names, *made.directions, strict=True):
        assert (along == [0, 0]) == ("bias" in name), name


def test_random_directions_of_a_function_are_on_the_scale_of_its_domain() -> None:
    made = planes.create(Three(), {"kind": "random", "seed": 2})
    gaussian = torch.randn(2, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(2))
    for direction, found in zip(gaussian.tolist(), made.directions, strict=True):
        length = math.hypot(*direction)
        assert found == pytest.approx([h * d / length for h, d in zip((1, 2, 3), direction, strict=True)])


def test_a_seed_gives_the_same_directions_again_and_another_seed_others() -> None:
    first, again, other = (planes.create(Three(), {"kind": "random", "seed": seed}) for seed in (0, 0, 1))
    assert first == again
    assert first.directions != other.directions


@pytest.mark.parametrize(
    ("id", "anchor"),
    [("linear-regression", [0.0, 0.0]), ("linear-regression", [3.0, 1.0]), ("two-neurons", [0.0] * 7)],
)
def test_weights_that_are_zero_or_too_few_give_no_random_plane(id: str, anchor: list[float]) -> None:
    with pytest.raises(InvalidValueError, match="zero or too few to span a plane; use another") as caught:
        planes.create(model(id), {"kind": "random", "anchor": anchor})
    assert caught.value.parameter == "plane.anchor"


def path(points: int, dim: int) -> np.ndarray:
    walk = np.random.default_rng(7).standard_normal((points, dim)).cumsum(axis=0)
    return np.asarray(walk * np.linspace(1, 3, dim))


@pytest.mark.parametrize(("points", "dim"), [(2, 9), (5, 3), (40, 7), (300, 609)])
def test_principal_components_are_the_singular_vectors_of_the_path_around_the_anchor(
    points: int, dim: int
) -> None:
    walk = path(points, dim)
    anchor = walk[-1] + 0.5
    made = planes.create(Flat(dim), {"kind": "pca", "anchor": anchor.tolist()}, paths=[walk])
    _, lengths, vectors = np.linalg.svd(walk - anchor)
    for found, vector, length, share in zip(made.directions, vectors, lengths, made.explained, strict=False):
        assert abs(np.dot(found, vector)) == pytest.approx(1, abs=1e-9)
        assert share == pytest.approx(length**2 / (lengths**2).sum())
        assert max(found, key=abs) > 0


def test_what_the_plane_does_not_explain_is_the_share_of_squared_distance_off_it() -> None:
    walk = path(50, 12)
    made = planes.create(Flat(12), {"kind": "pca", "anchor": walk[0].tolist()}, paths=[walk])
    moved = walk - walk[0]
    on_plane = moved @ np.array(made.directions).T @ np.array(made.directions)
    off = ((moved - on_plane) ** 2).sum() / (moved**2).sum()
    assert 1 - sum(made.explained) == pytest.approx(off)


def test_several_paths_share_one_plane() -> None:
    walks = [path(20, 4), -2 * path(30, 4)]
    anchor = [0.0] * 4
    together = planes.create(Flat(4), {"kind": "pca", "anchor": anchor}, paths=walks)
    joined = planes.create(Flat(4), {"kind": "pca", "anchor": anchor}, paths=[np.concatenate(walks)])
    assert together == joined


def test_a_straight_path_has_one_component_and_the_axis_least_along_it_beside() -> None:
    line = np.outer(np.linspace(0, 1, 9), [3.0, 0.0, 4.0])
    made = planes.create(Flat(3), {"kind": "pca", "anchor": [0.0, 0.0, 0.0]}, paths=[line])
    assert made.directions[0] == pytest.approx([0.6, 0, 0.8])
    assert made.directions[1] == pytest.approx([0, 1, 0])
    assert made.explained == (1.0, 0.0)


@pytest.mark.parametrize("walk", [np.ones((1, 3)), np.ones((8, 3))])
def test_a_path_that_does_not_move_has_no_principal_components(walk: np.ndarray) -> None:
    with pytest.raises(InvalidValueError, match="has not moved yet, so it has no principal") as caught:
        planes.create(Flat(3), {"kind": "pca"}, paths=[walk])
    assert caught.value.parameter == "plane.run"


@pytest.mark.parametrize("last", [math.inf, math.nan, 1e200])
def test_a_path_that_diverged_at_once_is_not_told_to_wait(last: float) -> None:
    walk = np.array([[1.0, 2, 3], [0, last, 0]])
    with pytest.raises(InvalidValueError) as caught:
        planes.create(Flat(3), {"kind": "pca"}, paths=[walk])
    assert caught.value.detail == (
        "the path diverged at once: after its start it has no finite point, so it has no principal "
        "components; take a smaller lr, or plane.kind axes or random"
    )
    assert caught.value.parameter == "plane.run"


def test_principal_components_far_weaker_than_the_first_are_as_exact() -> None:
    """The square of the second length would be lost in the rounding of the first one's."""
    walk = np.outer(np.linspace(-1, 1, 40), np.ones(200)) + 1e-8 * path(40, 200)
    made = planes.create(Flat(200), {"kind": "pca", "anchor": [0.0] * 200}, paths=[walk])
    _, lengths, vectors = np.linalg.svd(walk)
    assert 1e-7 < lengths[1] / lengths[0] < 1e-6
    for found, vector in zip(made.directions, vectors, strict=False):
        assert min(np.abs(found - vector).max(), np.abs(found + vector).max()) < 1e-8


def decomposed(paths: list[np.ndarray], monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """Return the shapes of the matrices that are decomposed for the plane of these paths."""
    shapes: list[tuple[int, ...]] = []

    def watched(original: Any) -> Any:
        def call(matrix: torch.Tensor, **options: Any) -> Any:
            shapes.append(tuple(matrix.shape))
            return original(matrix, **options)

        return call

    for name in ("svd", "qr"):
        monkeypatch.setattr(torch.linalg, name, watched(getattr(torch.linalg, name)))
    dim = paths[0].shape[1]
    planes.create(Flat(dim), {"kind": "pca", "anchor": paths[0][0].tolist()}, paths=paths)
    return shapes


def test_of_long_paths_at_most_512_points_in_all_are_decomposed(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = decomposed([path(511, 600)] * 8, monkeypatch)
    assert shapes and max(min(shape) for shape in shapes) <= 512
    assert max(math.prod(shape) for shape in shapes) <= 512 * 600


@pytest.mark.parametrize("lengths", [[513], [511] * 8, [2000, 3, 1, 0, 400], [2] * 100 + [900], [100, 412]])
def test_paths_are_thinned_evenly_with_their_ends_and_each_keeps_its_share(lengths: list[int]) -> None:
    paths = [torch.arange(length, dtype=torch.float64).reshape(-1, 1) for length in lengths]
    found = [part.flatten().tolist() for part in points.thinned(paths)]
    assert len(found) == len(lengths)
    assert sum(map(len, found)) <= 512
    for length, kept in zip(lengths, found, strict=True):
        gaps = np.diff(kept)
        assert kept[:1] + kept[-1:] == [0, length - 1][: 2 * bool(length)]
        assert len(kept) < 2 or (gaps.min() >= 1 and gaps.max() <= gaps.min() + 1)
        assert len(kept) >= min(length, 512 * length / sum(lengths) * (1 - 2 * len(lengths) / 512))
    if sum(lengths) <= 512:
        assert list(map(len, found)) == lengths


def test_a_thinned_path_has_the_plane_of_its_kept_points() -> None:
    walks = [path(700, 5), 2 * path(900, 5)[::-1].copy()]
    kept = [part.numpy() for part in points.thinned([torch.from_numpy(walk) for walk in walks])]
    made = planes.create(Flat(5), {"kind": "pca", "anchor": [0.0] * 5}, paths=walks)
    _, lengths, vectors = np.linalg.svd(np.concatenate(kept))
    for found, vector, length, share in zip(made.directions, vectors, lengths, made.explained, strict=False):
        assert abs(np.dot(found, vector)) == pytest.approx(1, abs=1e-12)
        assert share == pytest.approx(length**2 / (lengths**2).sum())


def test_the_range_covers_what_was_thinned_out_too() -> None:
    walk = path(2000, 3)
    walk[1] = [500.0, 0, 0]
    made = planes.create(Flat(3), {"kind": "pca", "anchor": [0.0, 0.0, 0.0]}, paths=[walk])
    for along, (low, high) in zip(np.array(made.directions) @ walk.T, made.range, strict=True):
        assert low < along.min() and along.max() < high


def test_points_that_diverged_count_for_nothing() -> None:
    walk = path(20, 3)
    far = np.array([[np.inf, 0, 0], [0, np.nan, 0], [0, 0, 1e200]])
    whole, kept = (
        planes.create(Flat(3), {"kind": "pca"}, paths=[points])
        for points in (walk, np.concatenate([walk, far]))
    )
    assert whole == kept


def test_eigenvectors_are_those_of_the_hessian_at_the_anchor() -> None:
    """Of x^2 + 10 y^2 turned by no angle: 2 and 20, along the axes."""
    rosenbrock = objectives.create(FunctionObjective(kind="function", id="rosenbrock"))
    made = planes.create(rosenbrock, {"kind": "hessian", "anchor": [1.0, 1.0]})
    expected, vectors = np.linalg.eigh(np.array([[802.0, -400.0], [-400.0, 200.0]]))
    assert made.eigenvalues == pytest.approx(expected[::-1])
    for found, vector in zip(made.directions, vectors.T[::-1], strict=True):
        assert abs(np.dot(found, vector)) == pytest.approx(1)


def test_the_strongest_curvature_counts_whatever_its_sign() -> None:
    made = planes.create(Saddle(), {"kind": "hessian"})
    assert made.eigenvalues == pytest.approx((-6, 2))
    assert np.array(made.directions) == pytest.approx(np.array([[0, 1, 0], [1, 0, 0]]))


@pytest.mark.parametrize(
    ("objective", "anchor", "state"),
    [(Flat(2), [0, 0], "is zero"), (Three(), [0, math.nan, 0], None), (Three(), [0, 0, 1e308], "no finite")],
)
def test_without_curvature_there_are_no_eigenvectors(
    objective: Objective, anchor: list[float], state: str | None
) -> None:
    with pytest.raises(InvalidValueError, match=state or "number 1 is nan") as caught:
        planes.create(objective, {"kind": "hessian", "anchor": anchor})
    assert caught.value.parameter == "plane.anchor"


KINKED = [
    ("mlp-regression", {"loss": loss, "parameters": {"activation": activation, "hidden": hidden}})
    for loss in ("mae", "sum_absolute")
    for activation in ("relu", "linear")
    for hidden in ([3], [16, 32])
] + [("linear-regression", {"loss": "mae"}), ("mlp-regression", {"parameters": {"regularization": "l2"}})]


@pytest.mark.parametrize(("id", "choices"), KINKED)
def test_where_a_model_bends_at_kinks_alone_there_is_no_hessian_plane(id: str, choices: Any) -> None:
    objective = objectives.create(ModelObjective(kind="model", id=id, **choices))
    with pytest.raises(InvalidValueError) as caught:
        planes.create(objective, {"kind": "hessian"})
    assert caught.value.detail == (
        f"plane.kind hessian is not meaningful for {id} with absolute errors and no smooth activation: "
        "such a loss bends at kinks, which the Hessian does not see; take another loss such as mse, a "
        "smooth activation such as tanh or gelu where there is one, or plane.kind pca"
    )
    assert caught.value.parameter == "plane.kind"


def test_no_product_is_made_for_a_hessian_plane_that_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="not meaningful"):
        planes.krylov_space(model("mlp-regression"), {"kind": "hessian"}, 0, None, 0.0)


@pytest.mark.parametrize(
    ("id", "choices"),
    [
        ("mlp-regression", {"loss": "mse"}),
        ("mlp-regression", {"loss": "huber"}),
        ("mlp-regression", {"parameters": {"activation": "tanh"}}),
        ("mlp-regression", {"parameters": {"activation": "gelu"}}),
        ("mlp-classifier", {"parameters": {"activation": "relu"}}),
        ("two-neurons", {}),
        ("linear-regression", {}),
    ],
)
def test_the_ways_out_of_a_loss_of_kinks_have_a_hessian_plane(id: str, choices: Any) -> None:
    objective = objectives.create(ModelObjective(kind="model", id=id, **choices))
    made = planes.create(objective, {"kind": "hessian", "anchor": drawn_start(objective)})
    assert made.eigenvalues is not None and made.eigenvalues[0] != 0


@pytest.mark.parametrize(
    "rows", [[[1, 0, 0], [2, 0, 0]], [[0, 0, 0], [1, 0, 0]], [[1, 1, 0], [-1, -1, 1e-12]]]
)
def test_directions_that_span_no_plane_are_refused(rows: list[list[float]]) -> None:
    with pytest.raises(InvalidValueError, match="one is zero or they are parallel") as caught:
        planes.create(Three(), {"kind": "directions", "directions": rows})
    assert caught.value.parameter == "plane.directions"


def test_directions_are_taken_as_they_are_written() -> None:
    rows = [[1, 2, 3], [0, 5, 0]]
    assert planes.create(Three(), {"kind": "directions", "directions": rows}).directions == (
        (1, 2, 3),
        (0, 5, 0),
    )


@pytest.mark.parametrize(
    "rows", [None, [], [[1, 2, 3]], [[1, 2, 3], [1, 2]], [[1, 2, 3], [1, 2, math.inf]], 3]
)
def test_directions_are_two_rows_of_dim_finite_numbers(rows: object) -> None:
    with pytest.raises(InvalidValueError, match=r"plane\.directions.* must be"):
        planes.create(Three(), {"kind": "directions", "directions": rows})


def test_filters_of_more_dimensions_are_slices_along_the_first() -> None:
    """A kernel of shape (2, 3, 2): filters of six numbers, as of a convolution."""
    shapes = [torch.Size([2, 3, 2]), torch.Size([2])]
    theta, direction = torch.arange(1.0, 15.0), torch.ones(14)
    found = directions.filter_normalized(direction, theta, shapes)
    for part in (slice(0, 6), slice(6, 12)):
        assert found[part].tolist() == pytest.approx([theta[part].norm().item() / math.sqrt(6)] * 6)
    assert found[12:].tolist() == [0, 0]
