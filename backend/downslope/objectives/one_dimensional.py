"""Functions of one variable, a curve instead of a surface: one lesson each, without distraction."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
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


@register
@dataclass(frozen=True)
class AbsoluteValue(Function):
    """Slope -1 or 1 everywhere but at the kink, where autograd gives 0, which is a subgradient."""

    id = "absolute-value"
    title = Text(en="Absolute value |x|", zh="绝对值 |x|")
    latex = r"f(x) = \left| x \right|"
    source = "N. Z. Shor, Minimization Methods for Non-Differentiable Functions, Springer, 1985"
    note = Text(
        en="The slope does not shrink near the minimum: with a fixed learning rate x jumps to and fro "
        "forever.",
        zh="靠近最小值时斜率并不变小：学习率固定时，x 会永远来回跳动。",
    )
    domain = ((-3.0, 3.0),)
    start_point = (-2.65,)
    minima = (Minimum((0.0,), 0.0, is_smooth=False),)

    def loss(self, theta: Tensor) -> Tensor:
        return theta.squeeze(-1).abs()


@register
@dataclass(frozen=True)
class FlatTail(Function):
    """The energy of two atoms at a distance: a wall where they touch, and no force when they are apart."""

    a: float = parameter(1, 0.5, 1.5, en="Steepness a", zh="陡度 a")

    id = "flat-tail"
    title = Text(en="Flat tail", zh="平坦的尾部")
    latex = r"f(x) = \left( 1 - \exp(-a x) \right)^2"
    source = (
        "P. M. Morse, Diatomic Molecules According to the Wave Mechanics II: Vibrational Levels, Physical "
        "Review "
        "34(1), 1929, pp. 57-64 (with the depth 1 and the minimum at 0)"
    )
    note = Text(
        en="Far out the gradient vanishes though the minimum is far away: a small gradient is no proof of "
        "arrival.",
        zh="离最小值很远时梯度就已消失：梯度小并不说明已经到达。",
    )
    domain = ((-1.0, 6.0),)
    start_point = (4.0,)
    minima = (Minimum((0.0,), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        u = torch.expm1(-self.a * theta.squeeze(-1))
        return u * u


@register
@dataclass(frozen=True)
class ExplodingWall(Function):
    """The LINEX loss: an exponential wall on the right, a straight slope on the left."""

    a: float = parameter(2, 0.5, 3, en="Steepness of the wall a", zh="墙的陡度 a")

    id = "exploding-wall"
    title = Text(en="Exploding wall", zh="爆炸之墙")
    latex = r"f(x) = \exp(a x) - a x - 1"
    source = (
        "H. R. Varian, A Bayesian Approach to Real Estate Assessment, in Studies in Bayesian Econometrics "
        "and "
        "Statistics, North-Holland, 1975, pp. 195-208"
    )
    note = Text(
        en="One step taken on the wall flings x far to the left, from where the way back is slow: clip the "
        "gradient.",
        zh="在墙上走一步就会把 x 远远甩到左边，再慢慢往回走：该裁剪梯度了。",
    )
    domain = ((-4.0, 2.5),)
    start_point = (1.9,)
    minima = (Minimum((0.0,), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        t = self.a * theta.squeeze(-1)
        return torch.expm1(t) - t
