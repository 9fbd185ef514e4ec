"""What an objective is: a differentiable scalar function of a parameter vector, and what is known of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, TypedDict

import torch
from torch import Tensor

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


class Objective(ABC):
    """A function to descend; immutable.

    Attributes:
        id: its name in the catalogue.
        kind: ``function``, ``formula`` or ``model``.
        title: its name for people, by language.
        latex: its formula, in symbols where it has parameters, so that it is true at all of their values.
        source: the paper or book it is from, and what was changed.
        note: one sentence on what it teaches, by language, or None.
    """

    id: str
    kind: str
    title: Text
    latex: str
    source: str
    note: Text | None

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

    @abstractmethod
    def describe(self) -> dict[str, Any]:
        """Return the row of ``GET /api/objectives`` at these parameters, JSON-ready."""
