"""Curved valleys with a nearly flat floor: finding the valley is easy, following it is not."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from downslope.objectives.function import Function, parameter
from downslope.objectives.objective import Minimum, Text
from downslope.objectives.registry import register


@register
@dataclass(frozen=True)
class Rosenbrock(Function):
    """The floor is the parabola y = x^2, along which the loss is only (a - x)^2."""

    a: float = parameter(1, -1.5, 1.5, en="Minimum at x = a", zh="最小值点 x = a")
    b: float = parameter(100, 1, 1000, "log", en="Steepness of the walls b", zh="谷壁陡度 b")

    id = "rosenbrock"
    title = Text(en="Rosenbrock", zh="罗森布罗克函数")
    latex = r"f(x, y) = (a - x)^2 + b \left( y - x^2 \right)^2"
    source = (
        "H. H. Rosenbrock, An Automatic Method for Finding the Greatest or Least Value of a Function, "
        "The Computer Journal 3(3), 1960, pp. 175-184"
    )
    note = Text(
        en="All optimizers fall into the curved valley at once; following its flat floor takes the time.",
        zh="所有优化器都会马上落入弯曲的山谷，沿着平坦的谷底前进才费时间。",
    )
    domain = ((-2.0, 2.0), (-1.0, 3.0))
    start_point = (-1.5, 2.0)

    @property
    def minima(self) -> tuple[Minimum, ...]:
        """Both squares are zero at (a, a^2)."""
        return (Minimum((self.a, self.a * self.a), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        u = self.a - x
        v = y - x * x
        return u * u + self.b * (v * v)


@register
@dataclass(frozen=True)
class Beale(Function):
    """Walls of the eighth degree in the corners, and between them a floor with a slope near zero."""

    id = "beale"
    title = Text(en="Beale", zh="比尔函数")
    latex = (
        r"f(x, y) = \left( 1.5 - x + x y \right)^2 + \left( 2.25 - x + x y^2 \right)^2 "
        r"+ \left( 2.625 - x + x y^3 \right)^2"
    )
    source = (
        "E. M. L. Beale, On an Iterative Method for Finding a Local Minimum of a Function of More than One "
        "Variable, Technical Report 25, Statistical Techniques Research Group, Princeton University, 1958"
    )
    note = Text(
        en="Steep walls and a flat floor: a learning rate that is safe at the walls is slow on the floor.",
        zh="四壁陡峭而谷底平坦：在壁上安全的学习率，到了谷底就很慢。",
    )
    domain = ((-4.5, 4.5), (-4.5, 4.5))
    start_point = (1.0, 1.5)
    minima = (Minimum((3.0, 0.5), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        y2 = y * y
        u = 1.5 - x * (1 - y)
        v = 2.25 - x * (1 - y2)
        w = 2.625 - x * (1 - y2 * y)
        return u * u + v * v + w * w
