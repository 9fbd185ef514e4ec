"""What docs/planes.md says is what the server computes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from downslope.analysis import planes
from downslope.analysis.plane import Plane
from downslope.descents.frame import MAX_RECORDED_DIM
from downslope.objectives import Objective, create
from downslope.recipe import FunctionObjective

TEXT = (Path(__file__).parents[2] / "docs" / "planes.md").read_text()


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    """Return the functions that the page prints."""
    found = re.search(r"```python\n(.*?)```", TEXT, re.S)
    assert found is not None
    names: dict[str, Any] = {}
    exec(found.group(1), names)
    return names


@pytest.fixture(scope="module")
def path() -> np.ndarray:
    return np.cumsum(np.random.default_rng(3).normal(size=(40, 5)) * [3, 2, 1, 0.5, 0.2], axis=0)


@pytest.fixture(scope="module")
def objective() -> Objective:
    return create(FunctionObjective(kind="function", id="rosenbrock", parameters={"dim": 5}))


def plane_of(objective: Objective, path: np.ndarray) -> Plane:
    return planes.create(objective, {"kind": "pca", "anchor": path[0].tolist()}, paths=[path])


def test_the_printed_share_is_the_sum_of_what_the_components_explain(
    written: dict[str, Any], objective: Objective, path: np.ndarray
) -> None:
    plane = plane_of(objective, path)
    assert plane.directions is not None and plane.explained is not None
    share = written["share_shown"](path, path[0], *map(np.array, plane.directions))
    assert share == pytest.approx(sum(plane.explained), abs=1e-12)


def test_the_printed_distance_is_that_to_the_nearest_point_of_the_plane(
    written: dict[str, Any], path: np.ndarray
) -> None:
    d1, d2 = np.array([1.0, 0, 0, 0, 0]), np.array([1.0, 2, 0, 0, 0])
    offs = written["off_plane"](path, path[0], d1, d2)
    assert offs == pytest.approx(np.linalg.norm((path - path[0])[:, 2:], axis=1))


def test_every_kind_of_plane_is_described() -> None:
    described = re.findall(r"^\| `(\w+)` \|", TEXT, re.M)
    assert tuple(described) == planes.KINDS


def test_the_number_of_parameters_that_are_told_at_every_step_is_right() -> None:
    assert f"Of more than {MAX_RECORDED_DIM} parameters" in TEXT
