"""Curved valleys with a nearly flat floor: finding the valley is easy, following it is not."""

from __future__ import annotations

import math
from dataclasses import dataclass

from torch import Tensor

from downslope.objectives.dimensional import Dimensional, dimension, total
from downslope.objectives.function import Function, parameter
from downslope.objectives.objective import Minimum, Text
from downslope.objectives.registry import register


@register
@dataclass(frozen=True)
class Rosenbrock(Dimensional):
    """The floor is the parabola y = x^2, along which the loss is only (a - x)^2.

    In d > 2 the terms form a chain. They are all zero at one point only where a = 1 (and there is a local
    minimum near (-1, 1, ..., 1) from d = 4 on); for another a no closed form of the minimum is known.
    """

    a: float = parameter(1, -1.5, 1.5, en="Minimum at x = a", zh="最小值点 x = a")
    b: float = parameter(100, 1, 1000, "log", en="Steepness of the walls b", zh="谷壁陡度 b")
    dim: int = dimension(2)

    id = "rosenbrock"
    title = Text(en="Rosenbrock", zh="罗森布罗克函数")
    latex = (
        r"f(x_1, \dots, x_d) = \sum_{i=1}^{d-1} "
        r"\left( (a - x_i)^2 + b \left( x_{i+1} - x_i^2 \right)^2 \right)"
    )
    source = (
        "H. H. Rosenbrock, An Automatic Method for Finding the Greatest or Least Value of a Function, "
        "The Computer Journal 3(3), 1960, pp. 175-184 (d = 2)"
    )
    note = Text(
        en="All optimizers fall into the curved valley at once; following its flat floor takes the time.",
        zh="所有优化器都会马上落入弯曲的山谷，沿着平坦的谷底前进才费时间。",
    )
    ranges = ((-2.0, 2.0), (-1.0, 3.0))
    start_values = (-1.5, 2.0)

    @property
    def minima(self) -> tuple[Minimum, ...]:
        """All squares are zero at (a, a^2), and at (1, ..., 1) for a = 1; else none is stated."""
        if self.dim == 2:
            return (Minimum((self.a, self.a * self.a), 0.0),)
        return (Minimum((1.0,) * self.dim, 0.0),) if self.a == 1 else ()

    def loss(self, theta: Tensor) -> Tensor:
        is_pair = self.dim == 2  # unbind is twice as fast as slices
        x, y = theta.unbind(-1) if is_pair else (theta[..., :-1], theta[..., 1:])
        u = self.a - x
        v = y - x * x
        terms = u * u + self.b * (v * v)
        return terms if is_pair else total(terms)


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


@register
@dataclass(frozen=True)
class FreudensteinRoth(Function):
    """Two cubics to be zero at once; a second valley leads to a point where they cannot be."""

    id = "freudenstein-roth"
    title = Text(en="Freudenstein-Roth", zh="弗罗伊登施泰因-罗斯函数")
    latex = (
        r"f(x, y) = \left( x - 13 + ((5 - y) y - 2) y \right)^2 "
        r"+ \left( x - 29 + ((y + 1) y - 14) y \right)^2"
    )
    source = (
        "F. Freudenstein, B. Roth, Numerical Solution of Systems of Nonlinear Equations, "
        "Journal of the ACM 10(4), 1963, pp. 550-556"
    )
    note = Text(
        en="Two valleys: most starts lead into the wrong one, where the residuals shrink but never vanish.",
        zh="有两条山谷：多数起点会通向错误的那一条，残差在那里变小，却永远到不了零。",
    )
    domain = ((-10.0, 15.0), (-3.0, 6.0))
    start_point = (0.5, -2.0)
    minima = (
        Minimum((5.0, 4.0), 0.0),
        Minimum((11.412778986902094, -0.8968052532744765), 48.98425367924002, is_global=False),
    )

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        u = x - 13 + ((5 - y) * y - 2) * y
        v = x - 29 + ((y + 1) * y - 14) * y
        return u * u + v * v


@register
@dataclass(frozen=True)
class DixonPrice(Function):
    """Printed lists name one minimum, but y and -y are alike: there are two."""

    id = "dixon-price"
    title = Text(en="Dixon-Price", zh="迪克森-普赖斯函数")
    latex = r"f(x, y) = (x - 1)^2 + 2 \left( 2 y^2 - x \right)^2"
    source = (
        "L. C. W. Dixon, R. C. Price, The Truncated Newton Method for Sparse Unconstrained Optimisation "
        "Using "
        "Automatic Differentiation, Journal of Optimization Theory and Applications 60(2), 1989, pp. 261-275"
    )
    note = Text(
        en="Two equal minima, mirrored at y = 0: a tiny step to one side decides which of them is reached.",
        zh="两个相同的最小值关于 y = 0 对称：往哪一侧偏一点点，就决定了会到达哪一个。",
    )
    domain = ((-3.0, 3.0), (-2.5, 2.5))
    start_point = (-2.5, 0.05)
    minima = (Minimum((1.0, math.sqrt(0.5)), 0.0), Minimum((1.0, -math.sqrt(0.5)), 0.0))

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        u = x - 1
        v = 2 * (y * y) - x
        return u * u + 2 * (v * v)
