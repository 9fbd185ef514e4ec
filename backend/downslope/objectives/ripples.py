"""Smooth ripples: many hollows, of which few are the deepest. Only the global minima are stated."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import torch
from torch import Tensor

from downslope.objectives.function import Function
from downslope.objectives.objective import Minimum, Text
from downslope.objectives.registry import register


@register
@dataclass(frozen=True)
class Levy13(Function):
    """The variables are coupled by one factor only, that of the first trough."""

    id = "levy-13"
    title = Text(en="Levy 13", zh="莱维 13 号函数")
    latex = (
        r"f(x, y) = \sin^2(3 \pi x) + (x - 1)^2 \left( 1 + \sin^2(3 \pi y) \right) "
        r"+ (y - 1)^2 \left( 1 + \sin^2(2 \pi y) \right)"
    )
    source = (
        "A. V. Levy, A. Montalvo, The Tunneling Algorithm for the Global Minimization of Functions, SIAM "
        "Journal "
        "on Scientific and Statistical Computing 6(1), 1985, pp. 15-29 (in the form of S. Surjanovic, D. "
        "Bingham)"
    )
    note = Text(
        en="A bowl with a washboard on it: a larger learning rate can be the better one, since it skips "
        "ripples.",
        zh="碗上叠着搓板：较大的学习率有时反而更好，因为它能越过波纹。",
    )
    domain = ((-4.0, 6.0), (-4.0, 6.0))
    start_point = (-2.6, 4.7)
    minima = (Minimum((1.0, 1.0), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        u, v = (theta - 1).unbind(-1)  # whole turns of the sines' squares
        p = torch.sin((3 * math.pi) * u)
        q = torch.sin((3 * math.pi) * v)
        r = torch.sin((2 * math.pi) * v)
        return p * p + u * u * (1 + q * q) + v * v * (1 + r * r)


@register
@dataclass(frozen=True)
class DropWave(Function):
    """A function of x^2 + y^2 alone, smooth at the origin as well. The usual domain is wider."""

    id = "drop-wave"
    title = Text(en="Drop-wave", zh="水滴波函数")
    latex = (
        r"f(x, y) = -\frac{1 + \cos\left( 12 \sqrt{x^2 + y^2} \right)}"
        r"{\frac{1}{2} \left( x^2 + y^2 \right) + 2}"
    )
    source = (
        "S. Surjanovic, D. Bingham, Virtual Library of Simulation Experiments, Simon Fraser University, 2013"
    )
    note = Text(
        en="Rings of moats around the minimum: to get in, a descent must climb over every one of the walls.",
        zh="一圈圈壕沟围着最小值：要进去，就得翻过每一道墙。",
    )
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start_point = (-1.4, 0.9)
    minima = (Minimum((0.0, 0.0), -1.0),)

    def loss(self, theta: Tensor) -> Tensor:
        s = (theta * theta).sum(-1)
        # cos(12 sqrt(s)) is smooth in s, but the root is not: close to 0, the series instead.
        is_near = s < 1e-6
        z = 144 * s
        series = 1 - z / 2 * (1 - z / 12 * (1 - z / 30))
        wave = torch.where(
            is_near, series, torch.cos(12 * torch.where(is_near, torch.ones_like(s), s).sqrt())
        )
        return -(1 + wave) / (0.5 * s + 2)


@register
@dataclass(frozen=True)
class Bohachevsky(Function):
    """A bowl with ripples that differ by axis. The usual domain has the side 200, in which none shows."""

    id = "bohachevsky"
    title = Text(en="Bohachevsky", zh="博哈切夫斯基函数")
    latex = r"f(x, y) = x^2 + 2 y^2 - 0.3 \cos(3 \pi x) - 0.4 \cos(4 \pi y) + 0.7"
    source = (
        "I. O. Bohachevsky, M. E. Johnson, M. L. Stein, Generalized Simulated Annealing for Function "
        "Optimization, Technometrics 28(3), 1986, pp. 209-217, function 1"
    )
    note = Text(
        en="From afar a bowl, from near by full of holes: the shallow ones catch only descents without "
        "momentum.",
        zh="远看是碗，近看满是小坑：浅坑只困得住没有动量的下降。",
    )
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start_point = (-1.7, 1.3)
    minima = (Minimum((0.0, 0.0), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        ripples = 0.3 * (1 - torch.cos((3 * math.pi) * x)) + 0.4 * (1 - torch.cos((4 * math.pi) * y))
        return x * x + 2 * (y * y) + ripples


@register
@dataclass(frozen=True)
class Michalewicz(Function):
    """Narrow grooves in a plain: the twentieth power leaves nothing of the sines between them."""

    id = "michalewicz"
    title = Text(en="Michalewicz", zh="米哈列维奇函数")
    latex = (
        r"f(x, y) = -\sin(x) \sin^{20}\left( \frac{x^2}{\pi} \right) "
        r"- \sin(y) \sin^{20}\left( \frac{2 y^2}{\pi} \right)"
    )
    source = (
        "Z. Michalewicz, Genetic Algorithms + Data Structures = Evolution Programs, Springer, 1992 (with "
        "m = 10)"
    )
    note = Text(
        en="Flat plain and narrow grooves: between them the gradient is nearly zero and leads nowhere.",
        zh="平原上只有几道窄沟：沟与沟之间梯度几乎为零，指不出方向。",
    )
    domain = ((0.0, math.pi), (0.0, math.pi))
    start_point = (1.75, 1.95)
    minima = (Minimum((2.2029055201726093, math.pi / 2), -1.8013034100985525),)

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        return -self._groove(x, 1 / math.pi) - self._groove(y, 2 / math.pi)

    @staticmethod
    def _groove(x: Tensor, scale: float) -> Tensor:
        s = torch.sin(scale * (x * x))
        s2 = s * s
        s4 = s2 * s2
        s8 = s4 * s4
        return torch.sin(x) * (s8 * s8 * s4)


# Where the sum of the five cosines of Shubert is 14.508.. and -12.870.., each to within one period.
_CRESTS = (-7.0835064076515595, -0.8003211004719731, 5.482864206707613)
_TROUGHS = (-7.708313735499347, -1.425128428319761, 4.858056878859825)


@register
@dataclass(frozen=True)
class Shubert(Function):
    """The product of one wave in x and the same wave in y: lowest where a crest meets a trough."""

    id = "shubert"
    title = Text(en="Shubert", zh="舒伯特函数")
    latex = (
        r"f(x, y) = \left( \sum_{i=1}^{5} i \cos((i + 1) x + i) \right) "
        r"\left( \sum_{i=1}^{5} i \cos((i + 1) y + i) \right)"
    )
    source = (
        "B. O. Shubert, A Sequential Method Seeking the Global Maximum of a Function, SIAM Journal on "
        "Numerical "
        "Analysis 9(3), 1972, pp. 379-388 (his wave, as the usual product of two)"
    )
    note = Text(
        en="Hundreds of hollows, 18 of them the deepest: almost every start ends in some other one.",
        zh="数百个小坑，最深的有 18 个：几乎从任何地方出发，都会停在别的坑里。",
    )
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start_point = (-5.2, 3.0)
    minima = tuple(
        Minimum(theta, -186.73090883102384)
        for theta in (*product(_CRESTS, _TROUGHS), *product(_TROUGHS, _CRESTS))
    )

    def loss(self, theta: Tensor) -> Tensor:
        wave = torch.cos(2 * theta + 1)
        for i in range(2, 6):
            wave = wave + i * torch.cos((i + 1) * theta + i)
        x, y = wave.unbind(-1)
        return x * y
