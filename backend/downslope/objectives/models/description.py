"""The row of a model in ``GET /api/objectives``: the fields of every objective, data, losses and batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from downslope.objectives.models.parameters import jsonable

if TYPE_CHECKING:
    from downslope.objectives.models.model import Model


def describe(model: Model) -> dict[str, Any]:
    """Return the row of `model` at its data and parameters, JSON-ready."""
    template = model.template()
    return {
        "id": model.id,
        "kind": model.kind,
        "title": model.title.copy(),
        "latex": model.latex,
        "dim": model.dim,
        "theta_names": list(model.theta_names),
        "extra_columns": list(model.extra_columns),
        "domain": [list(bounds) for bounds in model.domain],
        "start": list(model.start(torch.Generator().manual_seed(0))),
        "minima": [minimum.describe() for minimum in model.minima],
        "source": model.source,
        "note": model.note and model.note.copy(),
        "parameters": [one.describe() for one in model.parameters],
        "values": jsonable(model.values),
        "data": _data(model),
        "loss": model.criterion.id,
        "losses": [loss.describe() for loss in model.losses()],
        "batch_size": model.batch_size,
        "batch": {"minimum": 1, "maximum": model.max_batch_size},
        "truth": None if model.truth is None else list(model.truth),
        "equation": None if template is None else {"template": template},
        "suggested": model.suggestion.describe(),
    }


def _data(model: Model) -> dict[str, Any]:
    data, own = model.dataset, model.offer.own
    return {
        "task": data.task,
        "inputs": list(data.inputs),
        "target": data.target,
        "classes": None if data.classes is None else list(data.classes),
        "num_train": len(data.train),
        "num_test": 0 if data.test is None else len(data.test),
        "set": None if data.generated is None else data.generated.id,
        "sets": [one.describe() for one in model.offer.sets],
        "values": jsonable(data.values),
        "seed": data.seed,
        "test_fraction": data.test_fraction,
        "own": None
        if own is None
        else {
            "min_inputs": own.min_inputs,
            "max_inputs": own.max_inputs,
            "max_classes": own.max_classes if own.task == "classification" else None,
            "task": own.task,
        },
    }
