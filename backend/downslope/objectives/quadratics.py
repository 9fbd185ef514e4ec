"""Quadratic bowls: what every smooth minimum looks like from near by."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from downslope.objectives.function import Function, parameter
from downslope.objectives.objective import Minimum, Text
from downslope.objectives.registry import register


@register
@dataclass(frozen=True)
class Bowl(Function):
    """Equally curved in all directions: the negative gradient points straight at the minimum."""

    id = "bowl"
    title = Text(en="Bowl", zh="碗")
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
    """The Hessian is diag(1, kappa): kappa is its condition number, and lr must stay below 2 / kappa."""

    kappa: float = parameter(20, 1, 1000, "log", en="Condition number κ", zh="条件数 κ")

    id = "ravine"
    title = Text(en="Ravine", zh="峡谷")
    latex = r"f(x, y) = \frac{1}{2} \left( x^2 + \kappa y^2 \right)"
    source = "S. Boyd, L. Vandenberghe, Convex Optimization, Cambridge University Press, 2004, section 9.3.2"
    note = Text(
        en="The steep walls cap the learning rate and the flat floor wants a large one: momentum helps.",
        zh="陡峭的两壁限制了学习率，平坦的谷底却需要大的学习率：动量正好有用。",
    )
    domain = ((-4.0, 4.0), (-2.0, 2.0))
    start_point = (-3.6, 1.5)
    minima = (Minimum((0.0, 0.0), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        return 0.5 * (x * x + self.kappa * (y * y))
