"""Operations at whose kink autograd would give NaN or infinity."""

from __future__ import annotations

import torch
from torch import Tensor


def root(t: Tensor) -> Tensor:
    """Return sqrt(|t|), elementwise, with the derivative 0 at t = 0, where its slope is infinite.

    Zero is the middle of the two slopes, and a subgradient of the functions that have their minimum there.
    """
    is_zero = t == 0
    away = torch.where(is_zero, torch.ones_like(t), t.abs())
    return torch.where(is_zero, torch.zeros_like(t), away.sqrt())


def radius(x: Tensor, y: Tensor) -> Tensor:
    """Return sqrt(x^2 + y^2), elementwise, with the gradient 0 at the origin."""
    return root(x * x + y * y)
