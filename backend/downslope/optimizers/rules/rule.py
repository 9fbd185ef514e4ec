"""The optimizer that a user types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import Tensor
from torch.optim import Optimizer

from downslope.optimizers.rules.names import GRAD, LOSS, THETA, T
from downslope.optimizers.rules.update import Update


class Rule(Optimizer):
    """An optimizer whose every step is an :class:`Update`, elementwise on each parameter tensor.

    ``state[p]`` holds the rule's state by name, and ``t``, how often `p` was updated. Scalars are float64, as
    in the optimizers of torch. Division by zero gives infinities and NaN, never an exception.

    Args:
        params: tensors to update.
        update: what to do.
        values: of the hyperparameters, by name; what is left out takes its default.
        maximize: climb instead of descend: the rule is given the gradient, and the loss, of -f.
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        update: Update,
        values: Mapping[str, float] | None = None,
        *,
        maximize: bool = False,
    ) -> None:
        self.update = update
        self._scalars: dict[tuple[str, torch.device], tuple[float, Tensor]] = {}
        defaults = {spec.name: spec.default for spec in update.hyperparameters}
        super().__init__(params, {**defaults, **(values or {}), "maximize": maximize})

    def stand_in(self, theta: Tensor) -> Rule:
        """Return a fresh optimizer of `theta` alone, with the same rule and first hyperparameters."""
        names = [spec.name for spec in self.update.hyperparameters]
        values = {name: self.defaults[name] for name in names}
        return Rule([theta], self.update, values, maximize=self.defaults["maximize"])

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Update every tensor that has a gradient.

        Args:
            closure: evaluates the loss and its gradient; needed if the rule uses the loss.

        Returns:
            The loss that `closure` gave, or None.

        Raises:
            ValueError: the rule uses the loss and there is no closure.
        """
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        elif self.update.uses_loss:
            raise ValueError("a rule that uses loss needs a closure")
        with torch.no_grad():
            for group in self.param_groups:
                for p in group["params"]:
                    if p.grad is not None:
                        self._step(p, group, loss)
        return loss

    def _step(self, p: Tensor, group: dict[str, Any], loss: Any) -> None:
        state = self.state[p]
        if not state:
            state["t"] = 0
            state.update({name: torch.zeros_like(p) for name in self.update.state})
        state["t"] += 1
        values = self._values(p, group, loss)
        self.update.apply(values, p.device)
        for name in self.update.state:
            state[name] = _like(values[name], p)
        p.copy_(values[THETA])

    def _values(self, p: Tensor, group: dict[str, Any], loss: Any) -> dict[str, Tensor]:
        assert p.grad is not None
        maximize, state = group["maximize"], self.state[p]
        values = {name: self._scalar(name, group[name], p.device) for name in self._names()}
        values |= {name: state[name] for name in self.update.state}
        values |= {THETA: p, GRAD: -p.grad if maximize else p.grad, T: _scalar(state["t"], p.device)}
        if self.update.uses_loss:
            seen = torch.as_tensor(loss).detach()
            values[LOSS] = _scalar(-seen if maximize else seen, p.device)
        return values

    def _names(self) -> list[str]:
        return [spec.name for spec in self.update.hyperparameters]

    def _scalar(self, name: str, value: float, device: torch.device) -> Tensor:
        """Return a hyperparameter as a tensor, the same one for as long as its value stays."""
        known = self._scalars.get((name, device))
        if known is None or known[0] != value:
            known = self._scalars[name, device] = (value, _scalar(value, device))
        return known[1]


def _scalar(value: Any, device: torch.device) -> Tensor:
    return torch.tensor(float(value), dtype=torch.float64, device=device)


def _like(value: Tensor, p: Tensor) -> Tensor:
    """Return `value`, which is of the shape of `p` or a scalar, in the shape and dtype of `p`."""
    return value.to(p.dtype) if value.shape == p.shape else value.to(p.dtype).expand(p.shape).clone()
