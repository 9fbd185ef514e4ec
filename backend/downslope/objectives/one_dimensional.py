"""Functions of one variable: a curve instead of a surface."""

from __future__ import annotations

import math
from dataclasses import dataclass

from torch import Tensor

from downslope.objectives.function import Function, parameter
from downslope.objectives.objective import Minimum, Text
from downslope.objectives.registry import register


@register
@dataclass(frozen=True)
class Parabola(Function):
    """The gradient is a x, so a step of size lr multiplies x by 1 - lr a: it converges for 0 < lr < 2 / a."""

    a: float = parameter(1, 0.1, 10, "log", en="Curvature a", zh="曲率 a")

    id = "parabola"
    title = Text(en="Parabola", zh="抛物线")
    latex = r"f(x) = \frac{a}{2} x^2"
    source = (
        "I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 4.3, figure 4.1 "
        "(there with a = 1)"
    )
    note = Text(
        en="Each step multiplies x by 1 - lr·a, so plain gradient descent converges exactly when lr < 2/a.",
        zh="每一步都把 x 乘以 1 - lr·a，所以普通梯度下降恰好在 lr < 2/a 时收敛。",
    )
    domain = ((-4.0, 4.0),)
    start_point = (-3.5,)
    minima = (Minimum((0.0,), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        x = theta.squeeze(-1)
        return (0.5 * self.a) * (x * x)


@register
@dataclass(frozen=True)
class DoubleWell(Function):
    """Two minima with a barrier between them; the tilt c raises the right one for c > 0."""

    c: float = parameter(0.3, -1, 1, en="Tilt c", zh="倾斜 c")

    id = "double-well"
    title = Text(en="Double well", zh="双势阱")
    latex = r"f(x) = (x^2 - 1)^2 + c x"
    source = (
        "S. H. Strogatz, Nonlinear Dynamics and Chaos, 2nd edition, Westview Press, 2015, example 2.7.2 and, "
        "for the tilt, section 3.6 (scaled by 4 and raised, so that without tilt both minima are 0)"
    )
    note = Text(
        en="Plain gradient descent stays in the well it starts in; momentum can carry it over the barrier.",
        zh="普通梯度下降停留在起点所在的势阱里；动量能带着它越过中间的势垒。",
    )
    domain = ((-2.0, 2.0),)
    start_point = (1.9,)

    @property
    def minima(self) -> tuple[Minimum, ...]:
        """The outer two roots of 4 x^3 - 4 x + c; the one that lies lower comes first."""
        outer = sorted((self._well(1.0), self._well(-1.0)), key=lambda well: well[1])
        lowest = outer[0][1]
        return tuple(Minimum((x,), loss, is_global=loss == lowest) for x, loss in outer)

    def _well(self, side: float) -> tuple[float, float]:
        """Return x and loss of the well at sign(x) = `side`, by Viète's formula for three real roots."""
        x = side * 2 / math.sqrt(3) * math.cos(math.acos(-side * 3 * math.sqrt(3) / 8 * self.c) / 3)
        return x, (x * x - 1) ** 2 + self.c * x

    def loss(self, theta: Tensor) -> Tensor:
        x = theta.squeeze(-1)
        u = x * x - 1
        return u * u + self.c * x
