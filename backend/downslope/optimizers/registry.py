"""Which classes of ``torch.optim`` run on a plain vector, found by trying each; and our own."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor
from torch.optim import Optimizer

from downslope.errors import UnknownNameError
from downslope.optimizers import hyperparameters, literature, ranges
from downslope.optimizers.backtracking import Backtracking
from downslope.optimizers.closure import Closure
from downslope.optimizers.hyperparameters import Hyperparameter
from downslope.optimizers.newton import Newton

OWN = (Backtracking, Newton)
# How torch computes, not what; and what is a field of the descent.
HIDDEN = frozenset({"foreach", "fused", "capturable", "differentiable", "maximize"})
# Read at the first step only: an edit would be accepted and do nothing, or break the step after it.
FIXED = frozenset({"Rprop.lr", "Adagrad.initial_accumulator_value", "LBFGS.history_size"})


@dataclass(frozen=True)
class Kind:
    """A class of ``torch.optim``, or of our own, that a recipe can name."""

    cls: type[Optimizer]
    hyperparameters: tuple[Hyperparameter, ...]
    needs_closure: bool
    supports_maximize: bool

    def row(self) -> dict[str, Any]:
        """Return the JSON-ready row of ``GET /api/optimizers``."""
        return {
            "id": self.cls.__name__,
            "hyperparameters": [spec.row() for spec in self.hyperparameters],
            "needs_closure": self.needs_closure,
            "supports_maximize": self.supports_maximize,
            **literature.entry(literature.OPTIMIZERS, self.cls).row(),
        }


@functools.cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by its id, the class's name, in alphabetical order."""
    found = (_kind(cls) for name, cls in sorted(_classes().items()) if refusal(cls) is None)
    return MappingProxyType({kind.cls.__name__: kind for kind in found})


def kind(id: str, parameter: str) -> Kind:
    """Return the kind named `id`; `parameter` is the path of that name.

    Raises:
        UnknownNameError: no kind has this name.
    """
    found = kinds().get(id)
    if found is None:
        raise UnknownNameError.of("optimizer", id, list(kinds()), parameter)
    return found


def refusal(cls: type[Optimizer]) -> str | None:
    """Return why `cls` cannot take a step on a dense vector with its defaults, or None if it can."""
    try:
        take_step(build(cls, scratch()), needs_closure=_needs_closure(cls))
        hyperparameters.of_class(cls, hidden={*HIDDEN, "params"}, ranges=ranges.OPTIMIZERS)
    except Exception as error:
        return str(error)
    return None


def scratch() -> Tensor:
    """Return a parameter of shape (2,), float64, on which a class can be tried."""
    return torch.tensor([0.25, -0.125], dtype=torch.float64, requires_grad=True)


def build(cls: type[Optimizer], theta: Tensor, **arguments: Any) -> Optimizer:
    """Return an optimizer of `theta` alone. Each class takes other arguments than its base does."""
    constructor: Callable[..., Optimizer] = cls
    return constructor([theta], **arguments)


def take_step(optimizer: Optimizer, *, needs_closure: bool) -> None:
    """Take one step on half the squared norm of the optimizer's only parameter."""
    theta: Tensor = optimizer.param_groups[0]["params"][0]

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = 0.5 * theta.dot(theta)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    closure()
    step: Callable[..., object] = optimizer.step
    step(Closure(closure, lambda: 0.5 * theta.dot(theta))) if needs_closure else step()


def _classes() -> dict[str, type[Optimizer]]:
    members = inspect.getmembers(torch.optim, inspect.isclass)
    found = {name: cls for name, cls in members if issubclass(cls, Optimizer) and cls is not Optimizer}
    return found | {cls.__name__: cls for cls in OWN}


def _needs_closure(cls: type[Optimizer]) -> bool:
    return inspect.signature(cls.step).parameters["closure"].default is inspect.Parameter.empty


def _kind(cls: type[Optimizer]) -> Kind:
    specs = hyperparameters.of_class(cls, hidden={*HIDDEN, "params"}, ranges=ranges.OPTIMIZERS, fixed=FIXED)
    return Kind(cls, specs, _needs_closure(cls), "maximize" in inspect.signature(cls).parameters)
