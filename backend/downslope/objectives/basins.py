"""A few basins side by side, smooth and large: the start decides which one a descent ends in."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from downslope.objectives.function import Function
from downslope.objectives.objective import Minimum, Text
from downslope.objectives.registry import register


@register
@dataclass(frozen=True)
class Himmelblau(Function):
    """Four minima of the same depth; the start is between the valleys of two."""

    id = "himmelblau"
    title = Text(en="Himmelblau", zh="希梅尔布劳函数")
    latex = r"f(x, y) = \left( x^2 + y - 11 \right)^2 + \left( x + y^2 - 7 \right)^2"
    source = "D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill, 1972"
    note = Text(
        en="Four equally deep minima: from one start, different optimizers can end in different ones.",
        zh="四个同样深的最小值：从同一个起点出发，不同的优化器可能到达不同的最小值。",
    )
    domain = ((-5.0, 5.0), (-5.0, 5.0))
    start_point = (0.0, -3.0)
    minima = (
        Minimum((3.0, 2.0), 0.0),
        Minimum((-2.805118086952745, 3.131312518250573), 0.0),
        Minimum((-3.779310253377747, -3.2831859912861696), 0.0),
        Minimum((3.5844283403304917, -1.8481265269644036), 0.0),
    )

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        u = x * x + y - 11
        v = x + y * y - 7
        return u * u + v * v


@register
@dataclass(frozen=True)
class ThreeHumpCamel(Function):
    """A deep basin between two shallow ones; the start is on the rim of a shallow one."""

    id = "three-hump-camel"
    title = Text(en="Three-hump camel", zh="三峰骆驼函数")
    latex = r"f(x, y) = 2 x^2 - 1.05 x^4 + \frac{x^6}{6} + x y + y^2"
    source = (
        "F. H. Branin, Widely Convergent Method for Finding Multiple Solutions of Simultaneous Nonlinear "
        "Equations, IBM Journal of Research and Development 16(5), 1972, pp. 504-522"
    )
    note = Text(
        en="The nearest basin is not the deepest: without momentum a descent stays in the first one it "
        "meets.",
        zh="最近的盆地不是最深的：没有动量，下降就停在最先遇到的那一个里。",
    )
    domain = ((-2.2, 2.2), (-2.2, 2.2))
    start_point = (-2.0, -1.5)
    minima = (
        Minimum((0.0, 0.0), 0.0),
        Minimum((1.7475523458302888, -0.8737761729151444), 0.2986384422368598, is_global=False),
        Minimum((-1.7475523458302888, 0.8737761729151444), 0.2986384422368598, is_global=False),
    )

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        s = x * x
        return s * (2 + s * (s / 6 - 1.05)) + y * (x + y)


@register
@dataclass(frozen=True)
class SixHumpCamel(Function):
    """Six minima in three pairs, since (x, y) and (-x, -y) are alike."""

    id = "six-hump-camel"
    title = Text(en="Six-hump camel", zh="六峰骆驼函数")
    latex = r"f(x, y) = \left( 4 - 2.1 x^2 + \frac{x^4}{3} \right) x^2 + x y + \left( -4 + 4 y^2 \right) y^2"
    source = (
        "L. C. W. Dixon, G. P. Szegö, The Global Optimisation Problem: An Introduction, in Towards Global "
        "Optimisation 2, North-Holland, 1978, pp. 1-15"
    )
    note = Text(
        en="Six basins of three depths, and only two are the lowest: a slow descent ends in the one it "
        "starts in.",
        zh="六个盆地有三种深度，只有两个最低：慢的下降停在出发时所在的盆地里。",
    )
    domain = ((-2.0, 2.0), (-1.1, 1.1))
    start_point = (1.9, 1.0)
    minima = (
        Minimum((0.08984201310031806, -0.7126564030207396), -1.0316284534898774),
        Minimum((-0.08984201310031806, 0.7126564030207396), -1.0316284534898774),
        Minimum((1.703606714969981, -0.7960835686726251), -0.21546382438371764, is_global=False),
        Minimum((-1.703606714969981, 0.7960835686726251), -0.21546382438371764, is_global=False),
        Minimum((1.6071047529201972, 0.5686514548841314), 2.1042503103112584, is_global=False),
        Minimum((-1.6071047529201972, -0.5686514548841314), 2.1042503103112584, is_global=False),
    )

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        s = x * x
        t = y * y
        return s * (4 + s * (s / 3 - 2.1)) + x * y + 4 * (t * (t - 1))


@register
@dataclass(frozen=True)
class GoldsteinPrice(Function):
    """Four minima under walls of the eighth degree: losses from 3 to a million in one picture."""

    id = "goldstein-price"
    title = Text(en="Goldstein-Price", zh="戈尔德斯坦-普赖斯函数")
    latex = (
        r"f(x, y) = \left( 1 + (x + y + 1)^2 \left( 19 - 14 x + 3 x^2 - 14 y + 6 x y + 3 y^2 \right) \right) "
        r"\left( 30 + (2 x - 3 y)^2 \left( 18 - 32 x + 12 x^2 + 48 y - 36 x y + 27 y^2 \right) \right)"
    )
    source = (
        "A. A. Goldstein, J. F. Price, On Descent from Local Minima, Mathematics of Computation 25(115), "
        "1971, "
        "pp. 569-574"
    )
    note = Text(
        en="The loss spans six orders of magnitude: a learning rate that survives the walls creeps below.",
        zh="损失跨越六个数量级：在壁上不发散的学习率，到了谷底就只能爬行。",
    )
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start_point = (-1.5, 0.5)
    minima = (
        Minimum((0.0, -1.0), 3.0),
        Minimum((-0.6, -0.4), 30.0, is_global=False),
        Minimum((1.8, 0.2), 84.0, is_global=False),
        Minimum((1.2, 0.8), 840.0, is_global=False),
    )

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        s = x + y
        t = 2 * x - 3 * y
        u = s + 1
        # The two quadratics are 19 - 14 s + 3 s^2 and 18 - 16 t + 3 t^2.
        p = 1 + u * u * (19 + s * (3 * s - 14))
        q = 30 + t * t * (18 + t * (3 * t - 16))
        return p * q


@register
@dataclass(frozen=True)
class McCormick(Function):
    """A sloping trough with a wave in it. With s = x + y, d = x - y it is sin s + d^2 + s / 2 - 2 d + 1."""

    id = "mccormick"
    title = Text(en="McCormick", zh="麦考密克函数")
    latex = r"f(x, y) = \sin(x + y) + (x - y)^2 - 1.5 x + 2.5 y + 1"
    source = (
        "G. P. McCormick, Applied Nonlinear Programming to Optimal Control (in the form of M. Jamil, X.-S. "
        "Yang, "
        "A Literature Survey of Benchmark Functions, 2013, f72)"
    )
    note = Text(
        en="Terraces along a slope: a slow descent rests on an upper one, a fast one rolls past them all.",
        zh="斜坡上的层层台地：慢的下降停在上层，快的会一路滚出画面。",
    )
    domain = ((-1.5, 4.0), (-3.0, 4.0))
    start_point = (3.6, 3.5)
    # (1/2 - pi/3, -1/2 - pi/3), and the same plus pi in both: s = 2 pi k - 2 pi / 3 and d = 1.
    minima = (
        Minimum((-0.5471975511965977, -1.5471975511965979), -1.9132229549810364),
        Minimum((2.5943951023931957, 1.5943951023931955), 1.2283696986087569, is_global=False),
    )

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        d = x - y
        return torch.sin(x + y) + d * d - 1.5 * x + 2.5 * y + 1


@register
@dataclass(frozen=True)
class Branin(Function):
    """Three minima of the same depth, exactly at x = -pi, pi and 3 pi."""

    id = "branin"
    title = Text(en="Branin", zh="布拉宁函数")
    latex = (
        r"f(x, y) = \left( y - \frac{5.1}{4 \pi^2} x^2 + \frac{5}{\pi} x - 6 \right)^2 "
        r"+ 10 \left( 1 - \frac{1}{8 \pi} \right) \cos(x) + 10"
    )
    source = (
        "F. H. Branin, Widely Convergent Method for Finding Multiple Solutions of Simultaneous Nonlinear "
        "Equations, IBM Journal of Research and Development 16(5), 1972, pp. 504-522"
    )
    note = Text(
        en="Three equally deep minima along one curved valley: momentum can pass the nearest of them.",
        zh="一条弯曲山谷里有三个同样深的最小值：动量可能会越过最近的那一个。",
    )
    domain = ((-5.0, 10.0), (0.0, 15.0))
    start_point = (6.5, 12.0)
    minima = (
        Minimum((math.pi, 2.275), 5 / (4 * math.pi)),
        Minimum((-math.pi, 12.275), 5 / (4 * math.pi)),
        Minimum((3 * math.pi, 2.475), 5 / (4 * math.pi)),
    )

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        u = y - (5.1 / (4 * math.pi**2)) * (x * x) + (5 / math.pi) * x - 6
        c = torch.cos(x)
        # 1 + cos(x) vanishes at the minima; the rest is what remains there.
        return u * u + 10 * (1 + c) - (10 / (8 * math.pi)) * c
