"""What is written down of a descent at every step, until it is handed on as a frame."""

from __future__ import annotations

import math
from itertools import chain

import numpy as np
import torch
from torch import Tensor

from downslope.descents.frame import Frame, recorded_dim, row_width
from downslope.descents.samples import Samples, is_sample, num_dense


class Record:
    """The rows of one descent since the last frame.

    Args:
        index: of the descent.
        theta: shape (dim,).
        leaves: the tensors that make up theta, in its order; they have the gradients.
        num_extras: how many extra columns a row has.
    """

    def __init__(self, index: int, theta: Tensor, leaves: list[Tensor], num_extras: int) -> None:
        self._index = index
        self._theta = theta.detach()
        self._leaves = leaves
        self._width = row_width(len(theta), num_extras)
        self._holds_theta = recorded_dim(len(theta)) > 0
        self._dense = num_dense(len(theta))
        self._rows: list[float] = []
        self._steps: list[int] = []
        self._samples: list[Tensor] = []

    def __bool__(self) -> bool:
        return bool(self._rows)

    def add(self, step: int, loss: float, lr: float, extras: list[float]) -> float:
        """Write down the row of `step`; return the largest |theta_i|, NaN if one is NaN."""
        if self._holds_theta:
            theta, grad = self._theta.tolist(), _components(self._leaves)
            self._rows += (loss, math.hypot(*grad), lr, *extras, *theta, *grad)
            return max(map(abs, theta)) if all(map(math.isfinite, theta)) else math.nan
        self._rows += (loss, torch.linalg.vector_norm(joined_grad(self._leaves)).item(), lr, *extras)
        if is_sample(step, self._dense):
            self._steps.append(step)
            self._samples.append(self._theta.to("cpu", torch.float32, copy=True))
        return self._theta.abs().max().item()

    def take(self, first_step: int) -> Frame:
        """Return what was written down, from `first_step` on, and begin anew."""
        rows = np.array(self._rows, dtype=np.float64).reshape(-1, self._width)
        self._rows.clear()
        if self._holds_theta:
            return Frame(self._index, first_step, rows)
        newest = self._theta.to("cpu", torch.float64, copy=True).numpy()
        return Frame(self._index, first_step, rows, self._take_samples(), newest)

    def _take_samples(self) -> Samples | None:
        if not self._steps:
            return None
        samples = Samples(np.array(self._steps, dtype=np.int64), torch.stack(self._samples).numpy())
        self._steps.clear()
        self._samples.clear()
        return samples


def joined_grad(leaves: list[Tensor]) -> Tensor:
    """Return the gradients of the leaves as one vector, shape (dim,); where there is none it is zero."""
    if len(leaves) == 1 and leaves[0].grad is not None:
        return leaves[0].grad.flatten()
    return torch.cat(
        [torch.zeros_like(leaf).flatten() if leaf.grad is None else leaf.grad.flatten() for leaf in leaves]
    )


def _components(leaves: list[Tensor]) -> list[float]:
    if len(leaves) == 1:
        return _of_leaf(leaves[0])
    return list(chain.from_iterable(_of_leaf(leaf) for leaf in leaves))


def _of_leaf(leaf: Tensor) -> list[float]:
    grad = leaf.grad
    if grad is None:
        return [0.0] * leaf.numel()
    # The one leaf of a function is a vector already, and this is done at each of its steps.
    components: list[float] = grad.tolist() if grad.dim() == 1 else grad.flatten().tolist()
    return components
