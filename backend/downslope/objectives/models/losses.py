"""Losses: how far the outputs of a module are from the targets, as `torch.nn.functional` computes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from downslope.objectives.objective import Text


@dataclass(frozen=True)
class Loss:
    """A loss.

    Args:
        id: its name in a recipe.
        title: its name for people, by language.
        function: of `torch.nn.functional`, or of the same signature.
        latex: of one point, of its prediction and its target.
        is_sum: points add up; otherwise they are averaged.
    """

    id: str
    title: Text
    function: Callable[..., Tensor]
    latex: str
    is_sum: bool = False

    @property
    def formula(self) -> str:
        """The loss over n points as LaTeX."""
        return ("" if self.is_sum else r"\frac{1}{n} ") + r"\sum_{i=1}^{n} " + self.latex

    def of_points(self, outputs: Tensor, targets: Tensor) -> Tensor:
        """Return the loss of a batch as every tutorial computes it.

        Args:
            outputs: of the module, shape (points, outputs).
            targets: shape (points, 1); of classes, whole numbers of shape (points,).
        """
        return self.function(outputs, targets, reduction="sum" if self.is_sum else "mean")

    def of_thetas(self, outputs: Tensor, targets: Tensor) -> Tensor:
        """Return the same for many parameter vectors at once, shape (thetas,).

        Args:
            outputs: shape (thetas, outputs, points).
            targets: as in :meth:`of_points`.
        """
        if targets.is_floating_point():
            expected = targets.mT.expand_as(outputs)
        else:
            expected = targets.expand(len(outputs), -1)
        if self.function is functional.l1_loss:
            # The same in two passes over the memory instead of four.
            total: Tensor = torch.linalg.vector_norm(outputs - expected, 1, (-2, -1))
            return total if self.is_sum else total / len(targets)
        each = self.function(outputs, expected, reduction="none").flatten(1)
        return each.sum(-1) if self.is_sum else each.mean(-1)

    @property
    def is_piecewise_linear(self) -> bool:
        """Whether it has no curvature of its own."""
        return self.function is functional.l1_loss

    def describe(self) -> dict[str, Any]:
        """Return its row, JSON-ready."""
        return {"id": self.id, "title": self.title.copy()}


def _mse_of_probability(outputs: Tensor, targets: Tensor, reduction: str) -> Tensor:
    return functional.mse_loss(torch.sigmoid(outputs), targets, reduction=reduction)


_SQUARE = r"\left( \hat{y}_i - y_i \right)^2"
_ABSOLUTE = r"\left| \hat{y}_i - y_i \right|"
_HUBER = r"\operatorname{huber}_1 \left( \hat{y}_i - y_i \right)"
_CROSS_ENTROPY = r"-y_i \log p_i - (1 - y_i) \log (1 - p_i)"

MSE = Loss("mse", Text(en="Mean squared error", zh="均方误差"), functional.mse_loss, _SQUARE)
MAE = Loss("mae", Text(en="Mean absolute error", zh="平均绝对误差"), functional.l1_loss, _ABSOLUTE)
SUM_ABSOLUTE = Loss(
    "sum_absolute",
    Text(en="Sum of absolute errors", zh="绝对误差之和"),
    functional.l1_loss,
    _ABSOLUTE,
    is_sum=True,
)
HUBER = Loss(
    "huber", Text(en="Huber loss, delta 1", zh="Huber 损失，delta 为 1"), functional.huber_loss, _HUBER
)
BCE = Loss(
    "bce",
    Text(en="Binary cross-entropy", zh="二元交叉熵"),
    functional.binary_cross_entropy_with_logits,
    rf"\left[ {_CROSS_ENTROPY} \right]",
)
MSE_OF_PROBABILITY = Loss(
    "mse",
    Text(en="Mean squared error of the probability", zh="概率的均方误差"),
    _mse_of_probability,
    r"\left( p_i - y_i \right)^2",
)
CROSS_ENTROPY = Loss(
    "cross_entropy",
    Text(en="Cross-entropy", zh="交叉熵"),
    functional.cross_entropy,
    r"\left[ -\log p_{i, y_i} \right]",
)

REGRESSION = (MSE, MAE, SUM_ABSOLUTE, HUBER)
BINARY = (BCE, MSE_OF_PROBABILITY)
CLASSES = (CROSS_ENTROPY,)
