"""A plane that is found from many products is found in calls of a bounded time."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from downslope.analysis import krylov
from downslope.engine import grids
from downslope.recipe import FunctionObjective, ModelObjective

NETWORK = ModelObjective(
    kind="model", id="mlp-regression", parameters={"hidden": [8, 8], "activation": "tanh"}, loss="mse"
)


def calls(objective: Any, **view: Any) -> list[dict[str, Any]]:
    """Return the answers until the plane is found, each as it comes out of another process."""
    answers: list[dict[str, Any]] = [{"unfinished": None}]
    while "unfinished" in answers[-1]:
        answer = grids.plane(objective, band_s=0.0, **answers[-1], **view)
        answers.append(pickle.loads(pickle.dumps(answer)))
    return answers[1:]


@pytest.mark.parametrize("bounds", [None, [[-1, 1], [-2, 2]]])
def test_a_hessian_plane_in_calls_of_one_product_is_that_of_one_call(bounds: Any) -> None:
    view = {"plane": {"kind": "hessian"}, "seed": 3, "bounds": bounds, "paths": []}
    answers = calls(NETWORK, **view)
    assert len(answers) == krylov.NUM_PRODUCTS
    assert answers[-1] == grids.plane(NETWORK, **view)


@pytest.mark.parametrize(
    ("objective", "kind"),
    [(NETWORK, "random"), (NETWORK, "axes"), (FunctionObjective(kind="function", id="bowl"), "hessian")],
)
def test_other_planes_are_found_in_one_call(objective: Any, kind: str) -> None:
    assert len(calls(objective, plane={"kind": kind}, bounds=None, paths=[], seed=0)) == 1
