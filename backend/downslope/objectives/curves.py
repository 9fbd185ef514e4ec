"""Wavy curves: the problem of many minima, in the one dimension in which it can be seen whole."""

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
class SwellingWave(Function):
    """x sin x is even; the domain ends before the next, deeper pair of minima."""

    id = "x-sin-x"
    title = Text(en="x sin x", zh="x sin x")
    latex = r"f(x) = x \sin(x)"
    source = (
        "M. Gaviano, Some General Results on the Convergence of Random Search Algorithms in Minimization "
        "Problems, in Towards Global Optimisation, North-Holland, 1975"
    )
    note = Text(
        en="The middle minimum is the shallow one: a start left or right of a crest decides everything.",
        zh="中间的最小值反而是浅的：起点在波峰的哪一侧，决定了一切。",
    )
    domain = ((-7.5, 7.5),)
    start_point = (1.9,)
    minima = (
        Minimum((4.913180439434884,), -4.814469889712269),
        Minimum((-4.913180439434884,), -4.814469889712269),
        Minimum((0.0,), 0.0, is_global=False),
    )

    def loss(self, theta: Tensor) -> Tensor:
        x = theta.squeeze(-1)
        return x * torch.sin(x)


@register
@dataclass(frozen=True)
class Forrester(Function):
    """A shallow minimum, a flat shoulder and a deep minimum, from left to right."""

    id = "forrester"
    title = Text(en="Forrester", zh="福里斯特函数")
    latex = r"f(x) = (6 x - 2)^2 \sin(12 x - 4)"
    source = (
        "A. Forrester, A. Sobester, A. Keane, Engineering Design via Surrogate Modelling, Wiley, 2008, "
        "appendix A"
    )
    note = Text(
        en="On the flat shoulder plain descent stops though it is no minimum; momentum rolls on into a "
        "valley.",
        zh="普通下降会停在平坦的台肩上，虽然那里不是最小值；动量能滚过去，进入山谷。",
    )
    domain = ((0.0, 1.0),)
    start_point = (0.45,)
    minima = (
        Minimum((0.7572487578418559,), -6.0207400557670825),
        Minimum((0.14258918932471631,), -0.9863254063210815, is_global=False),
    )

    def loss(self, theta: Tensor) -> Tensor:
        u = 6 * theta.squeeze(-1) - 2
        return u * u * torch.sin(2 * u)


@register
@dataclass(frozen=True)
class GramacyLee(Function):
    """A wave that fades out on the side of a valley. Of its minima only the global one is stated."""

    id = "gramacy-lee"
    title = Text(en="Gramacy-Lee", zh="格拉马西-李函数")
    latex = r"f(x) = \frac{\sin(10 \pi x)}{2 x} + (x - 1)^4"
    source = (
        "R. B. Gramacy, H. K. H. Lee, Cases for the Nugget in Modeling Computer Experiments, Statistics and "
        "Computing 22(3), 2012, pp. 713-722"
    )
    note = Text(
        en="A staircase of dips: momentum rolls down through several, plain descent rests in the first.",
        zh="一级级小坑连成的台阶：动量能一路滚下好几级，普通下降停在第一级。",
    )
    domain = ((0.5, 2.5),)
    start_point = (2.4,)
    minima = (Minimum((0.5485634445276052,), -0.8690111349894998),)

    def loss(self, theta: Tensor) -> Tensor:
        x = theta.squeeze(-1)
        u = (x - 1) * (x - 1)
        return torch.sin((10 * math.pi) * x) / (2 * x) + u * u
