"""Sets of points in classes. Coordinates reach about 3; noise is the standard deviation in their unit."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from downslope.objectives.models.parameters import Parameter, Values, integer
from downslope.objectives.models.regression_sets import noise, num_points, uniform
from downslope.objectives.models.sets import GeneratedSet, Points, standardized
from downslope.objectives.objective import Text

MAX_CLASSES = 10


class ClassSet(GeneratedSet):
    """Points in a plane, in classes of equal size, the first class first."""

    task = "classification"
    inputs = ("x1", "x2")
    target = "class"
    parameters: tuple[Parameter, ...] = (num_points(200), noise(0.25, 2))

    def num_classes(self, values: Values) -> int:
        return 2

    def draw(self, values: Values, generator: torch.Generator, is_standardized: bool) -> Points:
        y = torch.arange(values["num_points"]) * self.num_classes(values) // values["num_points"]
        x = self.places(y, values, generator)
        x = x + values["noise"] * torch.randn(*x.shape, generator=generator, dtype=torch.float64)
        return Points(standardized(x) if is_standardized else x, y.double())

    def places(self, y: Tensor, values: Values, generator: torch.Generator) -> Tensor:
        """Return where points of the classes y are, shape (points, 2), before the noise."""
        raise NotImplementedError


def polar(radius: Tensor | float, angle: Tensor) -> Tensor:
    """Return points of the plane, shape (points, 2)."""
    return torch.stack([radius * angle.cos(), radius * angle.sin()], -1)


class Moons(ClassSet):
    """Two half circles of radius 2, the second upside down and moved into the first."""

    id = "moons"
    title = Text(en="Moons", zh="双月")

    def places(self, y: Tensor, values: Values, generator: torch.Generator) -> Tensor:
        arc = polar(2.0, uniform(len(y), 0, math.pi, generator))
        side = (1 - 2 * y)[:, None]
        return side * (arc - torch.tensor([1.0, 0.5], dtype=torch.float64))


class Circles(ClassSet):
    """A circle of radius 1.2 in one of radius 2.7."""

    id = "circles"
    title = Text(en="Circles", zh="圆环")

    def places(self, y: Tensor, values: Values, generator: torch.Generator) -> Tensor:
        return polar(torch.where(y == 0, 1.2, 2.7).double(), uniform(len(y), 0, 2 * math.pi, generator))


class Blobs(ClassSet):
    """Round clouds, whose middles lie on a circle of radius 2 at equal distances, the first upwards.

    Args:
        num_classes: as many clouds, unless it is a parameter.
        is_variable: ``num_classes`` is a parameter of the set.
    """

    id = "blobs"
    title = Text(en="Blobs", zh="团簇")

    def __init__(self, num_classes: int, is_variable: bool = False) -> None:
        self._num_classes = num_classes
        count = integer("num_classes", num_classes, 2, 6, en="Classes", zh="类别数", group="data")
        self.parameters = (num_points(200), noise(0.8, 3), *([count] if is_variable else []))

    def num_classes(self, values: Values) -> int:
        return int(values.get("num_classes", self._num_classes))

    def places(self, y: Tensor, values: Values, generator: torch.Generator) -> Tensor:
        return polar(2.0, math.pi / 2 + 2 * math.pi * y.double() / self.num_classes(values))


class Xor(ClassSet):
    """Four squares; those across the corner are of one class."""

    id = "xor"
    title = Text(en="XOR", zh="异或")

    def places(self, y: Tensor, values: Values, generator: torch.Generator) -> Tensor:
        first, second = uniform(2 * len(y), 0.3, 3, generator).reshape(2, -1)
        sign = torch.where(torch.rand(len(y), generator=generator, dtype=torch.float64) < 0.5, -1.0, 1.0)
        return torch.stack([sign * first, sign * (1 - 2 * y) * second], -1)


class Spiral(ClassSet):
    """Two arms that wind one and a quarter times around each other."""

    id = "spiral"
    title = Text(en="Spiral", zh="螺旋")
    parameters = (num_points(300), noise(0.1, 2))

    def places(self, y: Tensor, values: Values, generator: torch.Generator) -> Tensor:
        along = uniform(len(y), 0.05, 1, generator)
        return polar(3 * along, 2.5 * math.pi * along + math.pi * y)


class Chance(GeneratedSet):
    """Random x; y is 1 with the probability 1 / (1 + exp(-(2 x - 1)))."""

    id = "chance"
    title = Text(en="Chance that grows with x", zh="随 x 增大的概率")
    task = "classification"
    target = "class"
    parameters = (num_points(100),)

    def num_classes(self, values: Values) -> int:
        return 2

    def draw(self, values: Values, generator: torch.Generator, is_standardized: bool) -> Points:
        x = uniform(values["num_points"], -4, 4, generator).sort().values[:, None]
        x = standardized(x) if is_standardized else x
        chance = torch.sigmoid(2 * x[:, 0] - 1)
        drawn = torch.rand(len(x), generator=generator, dtype=torch.float64)
        return Points(x, (drawn < chance).double())

    def truth(self) -> tuple[float, ...]:
        return (2.0, -1.0)
