"""What an objective is: a differentiable scalar function of a parameter vector, and what is known of it."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Protocol, TypedDict

import torch
from torch import Tensor

from downslope.errors import InvalidValueError

Domain = tuple[tuple[float, float], ...]
Point = tuple[float, ...]


class Text(TypedDict):
    """What people read, in every language of the page."""

    en: str
    zh: str


@dataclass(frozen=True)
class Minimum:
    """A point that no point near it undercuts.

    Args:
        theta: the point, rounded to the nearest double.
        loss: the loss at the exact minimum, rounded to the nearest double.
        is_global: nothing in the domain is lower.
        is_smooth: a gradient exists there. Where it is not, autograd gives a subgradient.
        is_on_edge: it lies on the edge of the domain and the loss falls on outside, so that a descent leaves
            the domain there. Everywhere else the gradient at a smooth minimum is zero.
    """

    theta: Point
    loss: float
    is_global: bool = True
    is_smooth: bool = True
    is_on_edge: bool = False

    def describe(self) -> dict[str, Any]:
        """Return the fields as JSON-ready data."""
        return {
            "theta": list(self.theta),
            "loss": self.loss,
            "is_global": self.is_global,
            "is_smooth": self.is_smooth,
            "is_on_edge": self.is_on_edge,
        }


class Training(Protocol):
    """An objective as one descent walks it: the tensors that its optimizer updates, and their loss.

    Attributes:
        leaves: what the optimizer is given. Together they are theta, in its order and in its memory.
    """

    leaves: list[Tensor]

    def loss(self, step: int) -> Tensor:
        """Return the scalar loss at the leaves as they are, for the update that follows `step` updates.

        Mini-batches depend on the seed and on `step` alone, so that all descents of a run see the same, and
        a restored run goes on with the right one.
        """

    def extras(self) -> list[float]:
        """Return the values of the objective's `extra_columns` at the leaves as they are."""


class _Point:
    """The training of an objective that is not made of modules: theta is the one leaf."""

    def __init__(self, objective: Objective, theta: Tensor) -> None:
        self.leaves = [theta.requires_grad_()]
        self._theta = theta
        self._objective = objective

    def loss(self, step: int) -> Tensor:
        return self._objective.loss(self._theta)

    def extras(self) -> list[float]:
        return []


class Objective(ABC):
    """A function to descend; immutable.

    Attributes:
        id: its name in the catalogue.
        kind: ``function``, ``formula`` or ``model``.
        title: its name for people, by language.
        latex: its formula, in symbols where it has parameters, so that it is true at all of their values.
        source: the paper or book it is from, and what was changed.
        note: one sentence on what it teaches, by language, or None.
        extra_columns: what is recorded at every step beside the loss that is descended: ``train_loss``, the
            objective on all training points where a step sees a batch of them; ``test_loss``, on the points
            held back.
    """

    id: str
    kind: str
    title: Text
    latex: str
    source: str
    note: Text | None
    extra_columns: tuple[str, ...] = ()

    @property
    @abstractmethod
    def domain(self) -> Domain:
        """The box in which it is looked at: one (low, high) for each component of theta."""

    @property
    @abstractmethod
    def minima(self) -> tuple[Minimum, ...]:
        """All global minima in the domain, then the local ones where they are few enough to name."""

    @property
    def dim(self) -> int:
        """The number of components of theta."""
        return len(self.domain)

    @property
    def cost(self) -> int:
        """The most numbers that one intermediate result of the loss holds for each point of a batch.

        Of a model: its data times its widest layer. Batches are cut by it, which bounds the memory.
        """
        return self.dim

    @property
    def has_curvature(self) -> bool:
        """Whether second derivatives tell how it bends; not where it bends at kinks alone, or nearly so."""
        return True

    @abstractmethod
    def loss(self, theta: Tensor) -> Tensor:
        """Return the loss at each point of a batch.

        Args:
            theta: shape (..., dim), any floating dtype, any device.

        Returns:
            Shape (...), of the same dtype and device, differentiable. A point gives the same bits alone and
            in a batch.
        """

    @abstractmethod
    def start(self, generator: torch.Generator) -> Point:
        """Return the point at which a descent starts that names none; drawn where it is random."""

    @property
    def theta_names(self) -> tuple[str, ...]:
        """What each component of theta is called, such as ``x`` or ``hidden.weight[0][1]``."""
        if self.dim <= 3:
            return ("x", "y", "z")[: self.dim]
        return tuple(f"x{i + 1}" for i in range(self.dim))

    def training(self, theta: Tensor, seed: int) -> Training:
        """Return the objective as a descent walks it.

        Args:
            theta: shape (dim,); where it is. Whoever changes the leaves changes it.
            seed: of the recipe; draws mini-batches.
        """
        return _Point(self, theta)

    def data(self) -> dict[str, Any] | None:
        """Return what is fitted, as ``POST /api/data`` tells it; None where nothing is fitted."""
        return None

    def fit(self, theta: Tensor) -> dict[str, Any] | None:
        """Return what the model predicts at theta, shape (dim,), as a stream tells it; None likewise."""
        return None

    @abstractmethod
    def describe(self) -> dict[str, Any]:
        """Return the row of ``GET /api/objectives`` at these parameters, JSON-ready."""

    def describe_seeded(self, seed: int) -> dict[str, Any]:
        """Return :meth:`describe` with the start that a recipe of this seed draws, where there is one."""
        row = self.describe()
        with contextlib.suppress(InvalidValueError):
            row["start"] = list(self.start(torch.Generator().manual_seed(seed)))
        return row
