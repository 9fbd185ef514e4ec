"""Newton's method, an optimizer of our own."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor
from torch.optim import Optimizer

from downslope.optimizers.closure import Closure

MAX_DIM = 64  # of the Hessian: each of its rows costs a backward pass


class Newton(Optimizer):
    """Steps to where the gradient of the second-order model is zero: theta - lr (H + damping I)^-1 grad.

    Where H is indefinite that is a saddle point of the model, and a pure step goes there, uphill too. Where
    H + damping I is singular, or H not finite, theta becomes NaN.

    Args:
        params: at most :data:`MAX_DIM` numbers in all, one parameter group.
        lr: the length of the step; at least 0, 1 for the whole of it.
        damping: added to the diagonal of the Hessian; at least 0.
        absolute: take the absolute value of each eigenvalue of H, so that a step leads away from saddles.
        maximize: climb instead of descend.

    Raises:
        ValueError: too many parameters, more than one group, or a value out of range.

    Source: Nocedal, Wright (2006): Numerical Optimization, equation 2.15; `absolute`: Dauphin et al. (2014),
    arXiv:1406.2572, which works in a Krylov subspace, not with all eigenvectors.
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 1.0,
        damping: float = 0.0,
        absolute: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        if lr < 0.0:
            raise ValueError(f"Invalid learning rate: {lr}")
        if damping < 0.0:
            raise ValueError(f"Invalid damping value: {damping}")
        defaults = {"lr": lr, "damping": damping, "absolute": absolute, "maximize": maximize}
        super().__init__(params, defaults)
        if len(self.param_groups) != 1:
            raise ValueError("Newton doesn't support per-parameter options (parameter groups)")
        dim = sum(p.numel() for p in self.param_groups[0]["params"])
        if dim > MAX_DIM:
            raise ValueError(f"Newton works out a Hessian of at most {MAX_DIM} parameters but here are {dim}")

    def step(self, closure: Closure) -> Tensor:  # type: ignore[override]
        """Take a step with the gradients of `closure` and the Hessian of its loss; return the loss."""
        with torch.enable_grad():
            value = closure()
            second = self._hessian(closure.loss())
        with torch.no_grad():
            group = self.param_groups[0]
            first = torch.cat([_gradient(p).flatten() for p in group["params"]])
            self._move(_solve(second, first, group))
        return value

    def _hessian(self, loss: Tensor) -> Tensor:
        """Return the matrix of second derivatives, shape (d, d), row by row."""
        params: list[Tensor] = self.param_groups[0]["params"]
        slopes = torch.cat([slope.flatten() for slope in _derivatives(loss, params, create_graph=True)])
        rows = [torch.cat([part.flatten() for part in _derivatives(slope, params)]) for slope in slopes]
        return torch.stack(rows)

    def _move(self, step: Tensor) -> None:
        params: list[Tensor] = self.param_groups[0]["params"]
        parts = torch.split(step, [p.numel() for p in params])
        for p, part in zip(params, parts, strict=True):
            p.sub_(part.view_as(p))


def _gradient(p: Tensor) -> Tensor:
    return torch.zeros_like(p) if p.grad is None else p.grad


def _derivatives(value: Tensor, params: list[Tensor], create_graph: bool = False) -> tuple[Tensor, ...]:
    if not value.requires_grad:  # a linear loss: its slope is a constant
        return tuple(torch.zeros_like(p) for p in params)
    found: tuple[Tensor, ...] = torch.autograd.grad(
        value, params, retain_graph=True, create_graph=create_graph, materialize_grads=True
    )
    return found


def _solve(second: Tensor, first: Tensor, group: dict[str, Any]) -> Tensor:
    """Return lr (H + damping I)^-1 g, NaN where there is no such step."""
    sign = -1.0 if group["maximize"] else 1.0
    second = sign * (second + second.T) / 2
    if not second.isfinite().all():
        return torch.full_like(first, math.nan)
    if group["absolute"]:
        values, vectors = torch.linalg.eigh(second)
        found = vectors @ ((vectors.T @ first) / (values.abs() + group["damping"]))
    else:
        damped = second + group["damping"] * torch.eye(len(first), dtype=first.dtype, device=first.device)
        found, info = torch.linalg.solve_ex(damped, first)
        found = torch.where(info == 0, found, math.nan)
    step: Tensor = sign * group["lr"] * found
    return step
