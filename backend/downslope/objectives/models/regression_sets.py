"""The sets of the tutorials on regression."""

from __future__ import annotations

import math
from abc import abstractmethod

import torch
from torch import Tensor

from downslope.objectives.models.parameters import Parameter, Values, integer, number
from downslope.objectives.models.sets import Points, RegressionSet
from downslope.objectives.objective import Text

MAX_POINTS = 10_000


def num_points(default: int, maximum: int = 2000) -> Parameter:
    """Declare how many points a set has."""
    return integer("num_points", default, 2, maximum, en="Points", zh="点数", group="data")


def noise(default: float, maximum: float) -> Parameter:
    """Declare the standard deviation of the noise."""
    return number("noise", default, 0, maximum, en="Noise", zh="噪声", group="data")


def uniform(count: int, low: float, high: float, generator: torch.Generator) -> Tensor:
    """Return `count` numbers, evenly from low to high."""
    return low + (high - low) * torch.rand(count, generator=generator, dtype=torch.float64)


class Line(RegressionSet):
    """y = 10 x + 5 over 200 numbers from 100 to 300, or over the same numbers standardized."""

    id = "line"
    title = Text(en="Line y = 10 x + 5", zh="直线 y = 10 x + 5")
    parameters = (num_points(200), noise(1, 100))

    def inputs_of(self, values: Values, generator: torch.Generator) -> Tensor:
        return torch.linspace(100, 300, values["num_points"], dtype=torch.float64)[:, None]

    def function(self, x: Tensor) -> Tensor:
        return 10 * x[:, 0] + 5

    def truth(self) -> tuple[float, ...]:
        return (10.0, 5.0)


class Linear(RegressionSet):
    """y = 2 x1 - 3.4 x2 + 4.2 over normal inputs."""

    id = "linear"
    title = Text(en="y = 2 x1 - 3.4 x2 + 4.2", zh="y = 2 x1 - 3.4 x2 + 4.2")
    inputs = ("x1", "x2")
    parameters = (num_points(1000, MAX_POINTS), noise(0.01, 10))

    def inputs_of(self, values: Values, generator: torch.Generator) -> Tensor:
        return torch.randn(values["num_points"], 2, generator=generator, dtype=torch.float64)

    def function(self, x: Tensor) -> Tensor:
        return 2 * x[:, 0] - 3.4 * x[:, 1] + 4.2

    def truth(self) -> tuple[float, ...]:
        return (2.0, -3.4, 4.2)


class Parabola(RegressionSet):
    """x^2 - 0.5 x + 1.5625 at equal distances from 0 to 1, both ends included."""

    id = "parabola"
    title = Text(en="x^2 - 0.5 x + 1.5625", zh="x^2 - 0.5 x + 1.5625")
    parameters = (num_points(10), noise(0, 1))

    def inputs_of(self, values: Values, generator: torch.Generator) -> Tensor:
        return torch.linspace(0, 1, values["num_points"], dtype=torch.float64)[:, None]

    def function(self, x: Tensor) -> Tensor:
        return x[:, 0] ** 2 - 0.5 * x[:, 0] + 1.5625


class Cubic(RegressionSet):
    """5 + 1.2 x - 3.4 x^2 / 2 + 5.6 x^3 / 6 over random x from -1 to 1, sorted."""

    id = "cubic"
    title = Text(en="Cubic", zh="三次曲线")
    parameters = (num_points(40), noise(0.1, 2))

    def inputs_of(self, values: Values, generator: torch.Generator) -> Tensor:
        return uniform(values["num_points"], -1, 1, generator).sort().values[:, None]

    def function(self, x: Tensor) -> Tensor:
        t = x[:, 0]
        return 5 + 1.2 * t - 3.4 * t**2 / 2 + 5.6 * t**3 / 6

    def truth(self) -> tuple[float, ...]:
        return (1.2, -1.7, 5.6 / 6, 5.0)


class SineWave(RegressionSet):
    """sin(pi x) at equal distances from -1 to 1."""

    id = "sine-wave"
    title = Text(en="One wave of a sine", zh="一个正弦波")
    parameters = (num_points(20), noise(0.3, 2))

    def inputs_of(self, values: Values, generator: torch.Generator) -> Tensor:
        return torch.linspace(-1, 1, values["num_points"], dtype=torch.float64)[:, None]

    def function(self, x: Tensor) -> Tensor:
        return torch.sin(math.pi * x[:, 0])


class Sine(RegressionSet):
    """sin(x) at random x from -5 to 5, sorted."""

    id = "sine"
    title = Text(en="Sine, the same points at every step", zh="正弦，每一步都是同样的点")
    parameters = (num_points(200), noise(0.1, 1))

    def inputs_of(self, values: Values, generator: torch.Generator) -> Tensor:
        return uniform(values["num_points"], -5, 5, generator).sort().values[:, None]

    def function(self, x: Tensor) -> Tensor:
        return x[:, 0].sin()


class Wave(RegressionSet):
    """sin(x1) cos(x2) at random points of a square: a surface to fit."""

    id = "wave"
    title = Text(en="sin(x1) cos(x2)", zh="sin(x1) cos(x2)")
    inputs = ("x1", "x2")
    parameters = (num_points(300), noise(0.05, 1))

    def inputs_of(self, values: Values, generator: torch.Generator) -> Tensor:
        return uniform(2 * values["num_points"], -3, 3, generator).reshape(-1, 2)

    def function(self, x: Tensor) -> Tensor:
        return x[:, 0].sin() * x[:, 1].cos()


class FreshSet(RegressionSet):
    """A set without end: each step draws its points anew; a fixed grid of them stands for all.

    Attributes:
        num_points: of the grid, over which loss and surface are evaluated.
        max_batch_size: points that one step may draw.
    """

    num_points = 256
    max_batch_size = 256

    def draw(self, values: Values, generator: torch.Generator, is_standardized: bool) -> Points:
        """Return the fixed grid, which no noise disturbs; nothing is drawn."""
        x = self.inputs_of(values, generator)
        return Points(x, self.function(x))

    @abstractmethod
    def sample(self, count: int, values: Values, generator: torch.Generator) -> Points:
        """Draw `count` points for steps to learn from."""


class FreshSine(FreshSet):
    """sin(x) at x drawn evenly from -5 to 5."""

    id = "fresh-sine"
    title = Text(en="Sine, fresh points at every step", zh="正弦，每一步取新的点")
    parameters = (noise(0, 1),)

    def inputs_of(self, values: Values, generator: torch.Generator) -> Tensor:
        return torch.linspace(-5, 5, self.num_points, dtype=torch.float64)[:, None]

    def function(self, x: Tensor) -> Tensor:
        return x[:, 0].sin()

    def sample(self, count: int, values: Values, generator: torch.Generator) -> Points:
        x = uniform(count, -5, 5, generator)[:, None]
        noise = torch.randn(count, generator=generator, dtype=torch.float64)
        return Points(x, self.function(x) + values["noise"] * noise)
