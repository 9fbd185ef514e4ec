"""Saddles: points of zero gradient that are no minimum. Both functions fall without bound."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from downslope.objectives.function import Function
from downslope.objectives.objective import Text
from downslope.objectives.registry import register


@register
@dataclass(frozen=True)
class Saddle(Function):
    """The start is nearly on the axis that leads into the saddle, so that escaping takes a while."""

    id = "saddle"
    title = Text(en="Saddle", zh="鞍面")
    latex = r"f(x, y) = x^2 - y^2"
    source = (
        "Y. N. Dauphin et al., Identifying and attacking the saddle point problem in high-dimensional "
        "non-convex optimization, Advances in Neural Information Processing Systems 27, 2014"
    )
    note = Text(
        en="The gradient shrinks near the saddle point: the optimizers differ in how long they linger there.",
        zh="靠近鞍点时梯度变小：各个优化器的区别在于要在那里停留多久。",
    )
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start_point = (-1.8, 0.01)
    minima = ()

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        return x * x - y * y


@register
@dataclass(frozen=True)
class MonkeySaddle(Function):
    """Its Hessian vanishes at the origin: curvature says nothing there."""

    id = "monkey-saddle"
    title = Text(en="Monkey saddle", zh="猴鞍面")
    latex = r"f(x, y) = x^3 - 3 x y^2"
    source = "D. Hilbert, S. Cohn-Vossen, Geometry and the Imagination, Chelsea, 1952, chapter IV"
    note = Text(
        en="Gradient and Hessian vanish at the origin: curvature shows none of the three valleys.",
        zh="原点处梯度和黑塞矩阵都为零：三条谷，曲率一条也指不出来。",
    )
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start_point = (1.6, 0.02)
    minima = ()

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        return x * (x * x - 3 * (y * y))
