"""Gradient descent with a backtracking line search, an optimizer of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import Tensor
from torch.optim import Optimizer


class Backtracking(Optimizer):
    """Steps along -grad, as far as the loss falls by at least c1 times what the slope promises.

    The length begins with lr and is multiplied by `shrink` until f(theta - length grad) <=
    f(theta) - c1 length |grad|^2. Each length that is tried costs an evaluation of loss and gradient. Where
    none of 1 + max_shrinks lengths will do, theta stays. ``state[first parameter]`` holds ``length``, that of
    the last step, and ``num_evaluations``, all that were tried.

    Args:
        params: tensors to update, one parameter group.
        lr: the first length; at least 0.
        shrink: greater than 0, less than 1.
        c1: greater than 0, less than 1.
        max_shrinks: at least 0.
        maximize: climb instead of descend.

    Raises:
        ValueError: more than one group, or a value out of range.

    Source: Nocedal, Wright (2006): Numerical Optimization, algorithm 3.1, but for the limit on its loop.
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 1.0,
        shrink: float = 0.5,
        c1: float = 1e-4,
        max_shrinks: int = 30,
        *,
        maximize: bool = False,
    ) -> None:
        if lr < 0.0:
            raise ValueError(f"Invalid learning rate: {lr}")
        for name, value in {"shrink": shrink, "c1": c1}.items():
            if not 0.0 < value < 1.0:
                raise ValueError(f"Invalid {name} value: {value}")
        if max_shrinks < 0:
            raise ValueError(f"Invalid max_shrinks value: {max_shrinks}")
        defaults = {"lr": lr, "shrink": shrink, "c1": c1, "max_shrinks": max_shrinks, "maximize": maximize}
        super().__init__(params, defaults)
        if len(self.param_groups) != 1:
            raise ValueError("Backtracking doesn't support per-parameter options (parameter groups)")

    def step(self, closure: Callable[[], Tensor]) -> Tensor:  # type: ignore[override]
        """Take a step; `closure` sets the gradients anew and returns the loss, here and at each trial."""
        group = self.param_groups[0]
        with torch.enable_grad():
            loss = closure()
        moved = [p for p in group["params"] if p.grad is not None]
        starts = [p.detach().clone() for p in moved]
        directions = [p.grad.clone() if group["maximize"] else -p.grad for p in moved]
        length, num_trials = self._search(closure, loss.item(), moved, starts, directions)
        state = self.state[group["params"][0]]
        state["length"] = length
        state["num_evaluations"] = state.get("num_evaluations", 0) + num_trials
        return loss

    def _search(
        self,
        closure: Callable[[], Tensor],
        loss: float,
        moved: list[Tensor],
        starts: list[Tensor],
        directions: list[Tensor],
    ) -> tuple[float, int]:
        """Move to the first point that will do; return its length (0: none will) and how many were tried."""
        group = self.param_groups[0]
        sign = -1.0 if group["maximize"] else 1.0
        promise = group["c1"] * sum(direction.square().sum().item() for direction in directions)
        length = group["lr"]
        for trial in range(1, group["max_shrinks"] + 2):
            _place(moved, starts, directions, length)
            with torch.enable_grad():
                found = closure().item()
            if sign * found <= sign * loss - length * promise:
                return length, trial
            length *= group["shrink"]
        _place(moved, starts, directions, 0.0)
        return 0.0, group["max_shrinks"] + 1


def _place(moved: list[Tensor], starts: list[Tensor], directions: list[Tensor], length: float) -> None:
    with torch.no_grad():
        for p, start, direction in zip(moved, starts, directions, strict=True):
            p.copy_(start + length * direction if length else start)
