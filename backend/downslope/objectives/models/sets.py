"""Generated sets: points drawn from a seed, for regression around a known curve, or in classes."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import torch
from torch import Tensor

from downslope.objectives.models.parameters import Parameter, Values
from downslope.objectives.objective import Text

# A sum rounds at each of its steps: the mean of 10,000 equal numbers is off by a few eps.
_ROUNDING = 8 * torch.finfo(torch.float64).eps

Task = Literal["regression", "classification"]


def spread(x: Tensor, sizes: Tensor) -> Tensor:
    """Return the standard deviation of each column of x; 1 where the column does not vary.

    Args:
        x: shape (points, inputs).
        sizes: the greatest number of each column or of all; what varies less than they round is constant.
    """
    std = x.std(0)
    return torch.where(std > _ROUNDING * sizes, std, 1.0)


def standardized(x: Tensor) -> Tensor:
    """Return each column of x, shape (points, inputs), all in one unit, with mean 0 and standard deviation 1.

    A column that never varies is only moved to 0.
    """
    return (x - x.mean(0)) / spread(x, x.abs().max())


@dataclass(frozen=True)
class Points:
    """Points in float64.

    Args:
        x: shape (points, inputs).
        y: shape (points,): the target, or the number of the class.
    """

    x: Tensor
    y: Tensor

    def __len__(self) -> int:
        return len(self.y)

    def at(self, index: Tensor) -> Points:
        """Return the points of these numbers, in this order."""
        return Points(self.x[index], self.y[index])


class GeneratedSet:
    """A set that is drawn; a subclass says how.

    Attributes:
        id: its name in a recipe.
        title: its name for people, by language.
        task: what it is for.
        inputs: the names of its inputs.
        target: the name of what is to be predicted.
        parameters: its controls, such as ``num_points`` and ``noise``.
    """

    id: ClassVar[str]
    title: ClassVar[Text]
    task: ClassVar[Task]
    inputs: ClassVar[tuple[str, ...]] = ("x",)
    target: ClassVar[str] = "y"
    parameters: tuple[Parameter, ...] = ()

    @abstractmethod
    def draw(self, values: Values, generator: torch.Generator, is_standardized: bool) -> Points:
        """Draw the points.

        Args:
            values: of the parameters.
            generator: the source of all that is random.
            is_standardized: bring each input to mean 0 and standard deviation 1. The targets are made of the
                inputs as they are returned.
        """

    def num_classes(self, values: Values) -> int | None:
        """Return how many classes it has; None for regression."""
        return None

    def noiseless(self, x: Tensor, values: Values) -> Tensor | None:
        """Return the target without noise at x, shape (points, inputs); None where there is none."""
        return None

    def truth(self) -> tuple[float, ...] | None:
        """Return the numbers with which the targets are made: the coefficients, then the constant."""
        return None

    def describe(self) -> dict[str, Any]:
        """Return its row, JSON-ready."""
        return {
            "id": self.id,
            "title": self.title.copy(),
            "task": self.task,
            "num_inputs": len(self.inputs),
            "parameters": [one.describe() for one in self.parameters],
        }


class RegressionSet(GeneratedSet):
    """Inputs, a function of them, and normal noise of standard deviation ``noise`` on its values."""

    task = "regression"

    @abstractmethod
    def inputs_of(self, values: Values, generator: torch.Generator) -> Tensor:
        """Return x, shape (points, inputs)."""

    @abstractmethod
    def function(self, x: Tensor) -> Tensor:
        """Return the target without noise, shape (points,), at x, shape (points, inputs)."""

    def draw(self, values: Values, generator: torch.Generator, is_standardized: bool) -> Points:
        x = self.inputs_of(values, generator)
        x = standardized(x) if is_standardized else x
        noise = torch.randn(len(x), generator=generator, dtype=torch.float64)
        return Points(x, self.function(x) + values["noise"] * noise)

    def noiseless(self, x: Tensor, values: Values) -> Tensor | None:
        return self.function(x)
