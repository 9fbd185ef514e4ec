"""Quadratic bowls: what every smooth minimum looks like from near by."""

from __future__ import annotations

import math
from dataclasses import dataclass

from torch import Tensor

from downslope.objectives.dimensional import Dimensional, dimension, total
from downslope.objectives.function import Function, parameter
from downslope.objectives.objective import Domain, Minimum, Point, Text
from downslope.objectives.registry import register


@register
@dataclass(frozen=True)
class Bowl(Function):
    """Equally curved in all directions: the negative gradient points straight at the minimum."""

    id = "bowl"
    title = Text(en="Bowl (sphere function)", zh="碗（球面函数）")
    latex = r"f(x, y) = x^2 + y^2"
    source = (
        "K. A. De Jong, An Analysis of the Behavior of a Class of Genetic Adaptive Systems, PhD thesis, "
        "University of Michigan, 1975, function F1 (there in three dimensions)"
    )
    note = Text(
        en="The negative gradient points straight at the minimum, so only the length of a step matters.",
        zh="负梯度正对着最小值点，所以只有步长的大小才重要。",
    )
    domain = ((-3.0, 3.0), (-3.0, 3.0))
    start_point = (-2.5, 2.0)
    minima = (Minimum((0.0, 0.0), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        return (theta * theta).sum(-1)


@register
@dataclass(frozen=True)
class Ravine(Function):
    """The Hessian is diag(1, kappa), turned by alpha: kappa is its condition number, and lr must stay below
    2 / kappa.
    """

    kappa: float = parameter(20, 1, 1000, "log", en="Condition number κ", zh="条件数 κ")
    alpha: float = parameter(0, -90, 90, en="Angle α in degrees", zh="角度 α（度）")

    id = "ravine"
    title = Text(en="Ravine", zh="峡谷")
    latex = (
        r"f(x, y) = \frac{1}{2} \left( x \cos(\alpha^{\circ}) + y \sin(\alpha^{\circ}) \right)^2 "
        r"+ \frac{\kappa}{2} \left( y \cos(\alpha^{\circ}) - x \sin(\alpha^{\circ}) \right)^2"
    )
    source = (
        "S. Boyd, L. Vandenberghe, Convex Optimization, Cambridge University Press, 2004, section 9.3.2 "
        "(there without rotation)"
    )
    note = Text(
        en="The steep walls cap the learning rate and the flat floor wants a large one: momentum helps, and "
        "turned by an angle it defeats rates per coordinate.",
        zh="陡峭的两壁限制了学习率，平坦的谷底却需要大的学习率：动量正好有用；"
        "转过一个角度后，逐坐标的学习率就失灵了。",
    )
    domain = ((-4.0, 4.0), (-2.0, 2.0))
    start_point = (-3.6, 1.5)
    minima = (Minimum((0.0, 0.0), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        if self.alpha:
            alpha = math.radians(self.alpha)
            x, y = x * math.cos(alpha) + y * math.sin(alpha), y * math.cos(alpha) - x * math.sin(alpha)
        return 0.5 * (x * x + self.kappa * (y * y))


@register
@dataclass(frozen=True)
class Booth(Function):
    """The Hessian is [[10, 8], [8, 10]], with the eigenvalues 2 and 18."""

    id = "booth"
    title = Text(en="Booth", zh="布斯函数")
    latex = r"f(x, y) = (x + 2 y - 7)^2 + (2 x + y - 5)^2"
    source = (
        "M. Jamil, X.-S. Yang, A Literature Survey of Benchmark Functions for Global Optimisation Problems, "
        "International Journal of Mathematical Modelling and Numerical Optimisation 4(2), 2013, pp. "
        "150-194, f17"
    )
    note = Text(
        en="Two equations solved by descent: least squares makes a tilted bowl, nine times steeper one way.",
        zh="用下降来解两个方程：最小二乘形成一只倾斜的碗，一个方向比另一个方向陡九倍。",
    )
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start_point = (-8.0, -5.0)
    minima = (Minimum((1.0, 3.0), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        u = x + 2 * y - 7
        v = 2 * x + y - 5
        return u * u + v * v


@register
@dataclass(frozen=True)
class Matyas(Function):
    """The eigenvalues 0.04 and 1 belong to the diagonals, so no coordinate has a curvature of its own."""

    id = "matyas"
    title = Text(en="Matyas", zh="马蒂亚斯函数")
    latex = r"f(x, y) = 0.26 \left( x^2 + y^2 \right) - 0.48 x y"
    source = (
        "J. Matyas, Random Optimization, Automation and Remote Control 26(2), 1965, pp. 246-253 (in the "
        "form of "
        "M. Jamil, X.-S. Yang, 2013, f71)"
    )
    note = Text(
        en="A flat valley along the diagonal: learning rates per coordinate cannot tell steep from flat "
        "here.",
        zh="沿对角线的一条平谷：逐坐标的学习率在这里分不清陡与平。",
    )
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start_point = (-9.0, -4.0)
    minima = (Minimum((0.0, 0.0), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        return 0.26 * (x * x + y * y) - 0.48 * (x * y)


@register
@dataclass(frozen=True)
class Trid(Dimensional):
    """A quadratic whose Hessian is tridiagonal: 2 on the diagonal and -1 beside it."""

    dim: int = dimension(2)

    id = "trid"
    title = Text(en="Trid", zh="三对角函数")
    latex = r"f(x_1, \dots, x_d) = \sum_{i=1}^{d} (x_i - 1)^2 - \sum_{i=2}^{d} x_i x_{i-1}"
    source = (
        "S. Surjanovic, D. Bingham, Virtual Library of Simulation Experiments, Simon Fraser University, 2013 "
        "(Neumaier's third problem in older collections)"
    )
    note = Text(
        en="Each variable pulls at its neighbours only: the more dimensions, the longer news takes to "
        "travel.",
        zh="每个变量只牵动相邻的变量：维数越多，消息传得越久。",
    )

    @property
    def domain(self) -> Domain:
        """The cube with half the edge d^2, as is usual."""
        reach = float(self.dim * self.dim)
        return ((-reach, reach),) * self.dim

    @property
    def start_point(self) -> Point:
        """Apart from both the minimum and the directions of the Hessian's eigenvectors."""
        reach = float(self.dim * self.dim)
        return tuple((-0.8 if i % 2 == 0 else 0.2) * reach for i in range(self.dim))

    @property
    def minima(self) -> tuple[Minimum, ...]:
        """The solution of the tridiagonal equations, in closed form."""
        d = self.dim
        theta = tuple(float(i * (d + 1 - i)) for i in range(1, d + 1))
        return (Minimum(theta, -d * (d + 4) * (d - 1) / 6),)

    def loss(self, theta: Tensor) -> Tensor:
        u = theta - 1
        return total(u * u) - total(theta[..., 1:] * theta[..., :-1])
