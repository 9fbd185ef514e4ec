"""Every registered model: at its defaults, with each set, loss and choice it offers, and on own points."""

from __future__ import annotations

import random
from typing import Any

import pytest
import torch
from torch import Tensor

from downslope import objectives
from downslope.objectives.models.model import Model
from downslope.recipe import ModelObjective

ROWS = [row for row in objectives.catalogue() if row["kind"] == "model"]
IDS = [row["id"] for row in ROWS]


def create(id: str, **fields: Any) -> Model:
    """Build a model as a recipe does."""
    ref = ModelObjective.model_validate({"kind": "model", "id": id, **fields})
    found = objectives.create(ref)
    assert isinstance(found, Model)
    return found


def own_rows(task: str, num_inputs: int, num_classes: int = 2, count: int = 24) -> dict[str, Any]:
    """Return the data of a recipe: drawn inputs of awkward scales, and a target of the last column."""
    draw = random.Random(3)
    rows: list[list[Any]] = []
    for i in range(count):
        inputs = [round(draw.gauss(50 * j, 10 + j), 3) for j in range(num_inputs)]
        target = f"class {i % num_classes}" if task == "classification" else round(sum(inputs) / 7, 3)
        rows.append([*inputs, target])
    return {"columns": [*(f"c{j}" for j in range(num_inputs)), "t"], "rows": rows}


def _fields(row: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = [("", {})]
    found += [(one["id"], {"data": {"set": one["id"]}}) for one in row["data"]["sets"][1:]]
    found += [(one["id"], {"loss": one["id"]}) for one in row["losses"][1:]]
    for one in row["parameters"]:
        if one["type"] == "choice":
            others = [choice["id"] for choice in one["choices"] if choice["id"] != one["default"]]
            found += [(id, {"parameters": {one["name"]: id}}) for id in others]
    own = row["data"]["own"]
    for count in {own["min_inputs"], own["max_inputs"]}:
        found.append((f"own-{count}", {"data": own_rows(own["task"], count)}))
    return found


_MORE = [
    ("linear-regression", "raw", {"parameters": {"standardize": False}}),
    ("polynomial-regression", "degree-1", {"parameters": {"degree": 1}}),
    ("polynomial-regression", "degree-9", {"parameters": {"degree": 9}}),
    ("softmax-regression", "own-5-classes", {"data": own_rows("classification", 2, 5)}),
    ("mlp-classifier", "own-5-classes", {"data": own_rows("classification", 3, 5)}),
    ("mlp-classifier", "no-hidden", {"parameters": {"hidden": []}}),
    ("mlp-classifier", "deep", {"parameters": {"hidden": [5, 1, 3, 2]}}),
    ("mlp-classifier", "features", {"parameters": {"features": ["sin(x2)", "x1", "x1*x2", "x1^2"]}}),
    ("mlp-classifier", "all-points", {"batch_size": 140}),
]

CASES = [
    pytest.param(create(row["id"], **fields), id=f"{row['id']}-{name}".rstrip("-"))
    for row in ROWS
    for name, fields in _fields(row)
] + [pytest.param(create(id, **fields), id=f"{id}-{name}") for id, name, fields in _MORE]


def thetas(model: Model, count: int, seed: int = 0) -> Tensor:
    """Draw parameter vectors, shape (count, dim)."""
    generator = torch.Generator().manual_seed(seed)
    return 0.7 * torch.randn(count, model.dim, generator=generator, dtype=torch.float64)
