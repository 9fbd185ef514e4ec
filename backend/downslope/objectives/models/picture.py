"""The picture of data and fit: where the points are, and what the model predicts there or between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import torch
from torch import Tensor

from downslope.objectives.models.sets import Points

if TYPE_CHECKING:
    from downslope.objectives.models.model import Model

Kind = Literal["curve", "regions", "parity", "confusion"]

MARGIN = 0.05  # of the width of the data, beyond the outermost points
CURVE_POINTS = 129
REGION_POINTS = 49
MAX_PARITY_POINTS = 512


class Picture:
    """Data and fit of one model.

    - curve: one input; the prediction, or the probability of class 1, along it.
    - regions: classes over two inputs; the probability of each over the plane.
    - parity: a number from several inputs; prediction beside target at the points.
    - confusion: classes from one or many inputs; how many points of each are taken for which.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._data = model.dataset
        self.kind: Kind = self._kind()
        self._axes = [self._axis(i) for i in range(len(self._data.inputs))] if self._has_grid else []

    def data(self) -> dict[str, Any]:
        """Return the answer of ``POST /api/data``, JSON-ready."""
        data = self._data
        return {
            "kind": self.kind,
            "task": data.task,
            "inputs": list(data.inputs),
            "target": data.target,
            "classes": None if data.classes is None else list(data.classes),
            "train": self._shown(data.train),
            "test": None if data.test is None else self._shown(data.test),
            "grid": self._grid(),
            "truth": self._truth(),
        }

    def fit(self, theta: Tensor) -> dict[str, Any]:
        """Return what is predicted at theta, shape (dim,): values as float32, and shares of hits."""
        with torch.no_grad():
            return {
                "values": self._values(theta).float().numpy(),
                "train_accuracy": self._accuracy(self._data.train, theta),
                "test_accuracy": None if self._data.test is None else self._accuracy(self._data.test, theta),
            }

    @property
    def _has_grid(self) -> bool:
        return self.kind in ("curve", "regions")

    def _kind(self) -> Kind:
        num_inputs = len(self._data.inputs)
        if self._data.task == "regression":
            return "curve" if num_inputs == 1 else "parity"
        if num_inputs == 2:
            return "regions"
        return "curve" if num_inputs == 1 and self._model.num_outputs == 1 else "confusion"

    def _axis(self, column: int) -> Tensor:
        """Return the numbers of an input at which the fit is drawn."""
        parts = [self._data.train, self._data.test or self._data.train]
        values = torch.cat([points.x[:, column] for points in parts])
        low, high = values.min().item(), values.max().item()
        margin = MARGIN * (high - low) or 1.0
        count = CURVE_POINTS if self.kind == "curve" else REGION_POINTS
        return torch.linspace(low - margin, high + margin, count, dtype=torch.float64)

    def _grid(self) -> dict[str, Any] | None:
        if not self._has_grid:
            return None
        u, *others = (axis.tolist() for axis in self._axes)
        return {"u": u, "v": others[0] if others else None}

    def _grid_points(self) -> Tensor:
        """Return the inputs on the grid, shape (points, inputs), u varying fastest."""
        rows_first = torch.meshgrid(*reversed(self._axes), indexing="ij")
        return torch.stack(rows_first[::-1], -1).reshape(-1, len(self._axes))

    def _shown(self, points: Points) -> dict[str, Any]:
        some = self._thinned(points)
        is_class = self._data.classes is not None
        return {"x": some.x.tolist(), "y": some.y.long().tolist() if is_class else some.y.tolist()}

    def _thinned(self, points: Points) -> Points:
        if self.kind != "parity" or len(points) <= MAX_PARITY_POINTS:
            return points
        return points.at(torch.arange(MAX_PARITY_POINTS) * len(points) // MAX_PARITY_POINTS)

    def _truth(self) -> dict[str, Any] | None:
        if self.kind != "curve" or self._data.generated is None:
            return None
        noiseless = self._data.generated.noiseless(self._grid_points(), self._data.values)
        return None if noiseless is None else {"y": noiseless.tolist()}

    def _outputs(self, x: Tensor, theta: Tensor) -> Tensor:
        """Return the outputs of the module, shape (outputs, points), on the CPU."""
        features = self._model.prepared(x).to(theta)
        return self._model.network.outputs(theta[None], features.mT)[0].cpu()

    def _probabilities(self, x: Tensor, theta: Tensor) -> Tensor:
        """Return that of class 1, shape (1, points), or of each of more, shape (classes, points)."""
        outputs = self._outputs(x, theta)
        found = outputs.sigmoid() if len(outputs) == 1 else outputs.softmax(0)
        return found[1:] if len(found) == 2 else found

    def _values(self, theta: Tensor) -> Tensor:
        if self.kind == "parity":
            parts = [self._data.train] if self._data.test is None else [self._data.train, self._data.test]
            return torch.cat([self._outputs(self._thinned(points).x, theta)[0] for points in parts])
        if self.kind == "confusion":
            return self._confusion(theta)
        if self._data.task == "regression":
            return self._outputs(self._grid_points(), theta)[0]
        found = self._probabilities(self._grid_points(), theta)
        return found[0] if self.kind == "curve" else found.reshape(len(found), *([REGION_POINTS] * 2))

    def _predicted(self, points: Points, theta: Tensor) -> Tensor | None:
        """Return the number of the likeliest class of each point; None where any output is not finite."""
        outputs = self._outputs(points.x, theta)
        if not outputs.isfinite().all():
            return None
        return outputs.argmax(0) if len(outputs) > 1 else (outputs[0] > 0).long()

    def _confusion(self, theta: Tensor) -> Tensor:
        """Return how many points of each class (row) are taken for which (column), or NaN."""
        assert self._data.classes is not None
        count = len(self._data.classes)
        predicted = self._predicted(self._data.train, theta)
        if predicted is None:
            return torch.full((count, count), torch.nan)
        pairs = self._data.train.y.long() * count + predicted
        return torch.bincount(pairs, minlength=count * count).reshape(count, count)

    def _accuracy(self, points: Points, theta: Tensor) -> float | None:
        if self._data.task == "regression":
            return None
        predicted = self._predicted(points, theta)
        return None if predicted is None else (predicted == points.y).double().mean().item()
