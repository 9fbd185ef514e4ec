"""The formulas and numbers that docs/planes.md prints are those that planes are made with."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from unlisted import Flat, Three, drawn_start, model

from downslope.analysis import curvature, krylov, planes, points, ranges
from downslope.objectives import create
from downslope.recipe import FunctionObjective
from downslope.settings import Settings

TEXT = " ".join((Path(__file__).parents[2] / "docs" / "planes.md").read_text("utf-8").split())


def printed(formula: str, **values: Any) -> Any:
    """Return what a formula of the page gives, which must stand there as it is written here."""
    assert f"`{formula}`" in TEXT
    names = {"norm": np.linalg.norm, "sqrt": math.sqrt, "sum": np.sum, "abs": abs} | values
    return eval(formula.replace("^", "**"), {"__builtins__": {}}, names)


def gaussian(dim: int) -> np.ndarray:
    drawn = torch.randn(2, dim, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    return drawn.numpy()


def test_random_directions_of_a_model_are_those_printed() -> None:
    """Of two neurons, whose last layer is one filter of two weights, before its bias."""
    objective = model("two-neurons")
    anchor = np.array(drawn_start(objective))
    made = planes.create(objective, {"kind": "random", "anchor": anchor.tolist()})
    for d, found in zip(gaussian(7), made.directions, strict=True):
        expected = printed("d_w * norm(w) / norm(d_w)", d_w=d[4:6], w=anchor[4:6])
        assert found[4:] == pytest.approx((*expected, 0))


def test_random_directions_of_a_function_are_those_printed() -> None:
    made = planes.create(Three(), {"kind": "random"})
    for d, found in zip(gaussian(3), made.directions, strict=True):
        assert found == pytest.approx(printed("d * h / norm(d)", d=d, h=np.array([1, 2, 3])))


def test_the_shares_of_principal_components_are_those_printed() -> None:
    path = np.random.default_rng(2).standard_normal((20, 6))
    made = planes.create(Flat(6), {"kind": "pca", "anchor": [0.0] * 6}, paths=[path])
    s = np.linalg.svd(path, compute_uv=False)
    for s_i, found in zip(s, made.explained, strict=False):
        assert found == pytest.approx(printed("s_i^2 / sum(s^2)", s_i=s_i, s=s))


def test_eigenvectors_are_looked_along_as_far_as_is_printed() -> None:
    rosenbrock = create(FunctionObjective(kind="function", id="rosenbrock"))
    made = planes.create(rosenbrock, {"kind": "hessian", "anchor": [-0.2, 0.7]})
    loss = rosenbrock.loss(torch.tensor([-0.2, 0.7], dtype=torch.float64)).item()
    h = np.array([(high - low) / 2 for low, high in rosenbrock.domain])
    for direction, eigenvalue, found in zip(made.directions, made.eigenvalues, made.range, strict=True):
        wanted = printed("sqrt(2 * loss / abs(eigenvalue))", loss=loss, eigenvalue=eigenvalue)
        half_width = printed("norm(d * h)", d=np.array(direction), h=h)
        reach = min(max(wanted, 0.1 * half_width), half_width)
        assert found == pytest.approx((-reach, reach))


def test_the_numbers_that_are_printed_are_those_of_the_code() -> None:
    settings = Settings()
    for sentence in (
        f"Up to {curvature.MAX_FULL_DIM} parameters from the whole matrix",
        f"above, by {krylov.NUM_PRODUCTS} Hessian-vector products",
        f"Of all paths together at most {points.MAX_POINTS} points are looked at",
        f"a margin of {ranges.MARGIN} of the new width, and by at most {ranges.MAX_GROWTH} of its own widths",
        f"a margin of {ranges.PATH_MARGIN} of their width, and each side at least {ranges.MIN_SHARE} of the",
        f"from {ranges.MIN_REACH} to {ranges.MAX_REACH:g} times the half width of the domain",
        f"at most {settings.max_resolution} points along an axis (`max_resolution`)",
        f"at most 2^{math.log2(settings.max_surface_numbers):g} numbers of a layer",
        f"parts that take {settings.band_ms:g} ms (`band_ms`)",
    ):
        assert sentence in TEXT


def test_every_field_of_a_plane_is_listed_with_its_default() -> None:
    listed = dict(re.findall(r"- `(\w+)`: (.*?)(?= - `| Without a run)", TEXT))
    assert list(listed) == ["kind", "axes", "seed", "directions", "run", "descent", "anchor"]
