"""Landforms on which descents get into trouble of one kind each: plateau, needle, cliff, spiral, plate."""

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
class Plateau(Function):
    """Far from the minimum the gradient shrinks as c^2 / r^3."""

    c: float = parameter(1, 0.5, 2, "log", en="Width of the hollow c", zh="凹坑宽度 c")

    id = "plateau"
    title = Text(en="Plateau", zh="高原")
    latex = r"f(x, y) = \frac{x^2 + y^2}{c^2 + x^2 + y^2}"
    source = (
        "S. Geman, D. E. McClure, Statistical Methods for Tomographic Image Reconstruction, Bulletin of the "
        "International Statistical Institute 52(4), 1987, pp. 5-21 (their robust loss, of a distance in "
        "the plane)"
    )
    note = Text(
        en="On the plateau the gradient nearly vanishes: plain descent crawls, rules that rescale it march "
        "on.",
        zh="高原上梯度几乎消失：普通下降只能爬行，会缩放梯度的方法照常前进。",
    )
    domain = ((-4.0, 4.0), (-4.0, 4.0))
    start_point = (-3.4, 2.6)
    minima = (Minimum((0.0, 0.0), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        s = (theta * theta).sum(-1)
        return s / (self.c**2 + s)


@register
@dataclass(frozen=True)
class Easom(Function):
    """One hollow in a plain, and ripples too faint to see. Of its minima only the global one is stated.

    The usual domain has the side 200, in which the hollow would be a dot.
    """

    id = "easom"
    title = Text(en="Easom", zh="伊索姆函数")
    latex = r"f(x, y) = -\cos(x) \cos(y) \exp\left( -(x - \pi)^2 - (y - \pi)^2 \right)"
    source = (
        "E. E. Easom, A Survey of Global Optimization Techniques, M. Eng. thesis, University of "
        "Louisville, 1990"
    )
    note = Text(
        en="A needle in a plain: a step further out the gradient says nothing about where the hollow is.",
        zh="平原上的一个深坑：再往外一步，梯度就不再透露坑在哪里。",
    )
    domain = ((0.0, 6.0), (0.0, 6.0))
    start_point = (1.9, 4.3)
    minima = (Minimum((math.pi, math.pi), -1.0),)

    def loss(self, theta: Tensor) -> Tensor:
        u, v = (theta - math.pi).unbind(-1)
        # cos(x) = -cos(x - pi), and the two signs cancel.
        return -torch.cos(u) * torch.cos(v) * torch.exp(-(u * u + v * v))


@register
@dataclass(frozen=True)
class Cliff(Function):
    """Half of p(x)^2 + y^2, where p = x / 4 + tanh(k (x - 1)) + tanh(k) climbs by 2 in a width of 1 / k."""

    k: float = parameter(8, 1, 20, "log", en="Steepness of the cliff k", zh="悬崖陡度 k")

    id = "cliff"
    title = Text(en="Cliff", zh="悬崖")
    latex = (
        r"f(x, y) = \frac{1}{2} \left( \frac{x}{4} + \tanh(k (x - 1)) + \tanh(k) \right)^2 + \frac{1}{2} y^2"
    )
    source = (
        "R. Pascanu, T. Mikolov, Y. Bengio, On the Difficulty of Training Recurrent Neural Networks, ICML "
        "2013, "
        "figure 6 (their wall in the loss of a recurrent network, here as a closed form made for this page)"
    )
    note = Text(
        en="One step taken on the cliff throws a descent far away: clipping the gradient norm is the cure.",
        zh="踩在悬崖上的一步会把下降抛到远处：对梯度范数做裁剪就能治好。",
    )
    domain = ((-4.0, 4.0), (-2.0, 2.0))
    start_point = (3.0, 1.5)
    minima = (Minimum((0.0, 0.0), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        p = 0.25 * x + torch.tanh(self.k * (x - 1)) + math.tanh(self.k)
        return 0.5 * (p * p + y * y)


@register
@dataclass(frozen=True)
class SpiralValley(Function):
    """With r and phi the polar coordinates it is r^2 (0.2 + sin(phi - k r^2)^2): two arms that meet at 0.

    Its derivative along r vanishes nowhere on the floors and ridges but at the origin, so that there is no
    other minimum.
    """

    k: float = parameter(0.4, 0, 1, en="Winding of the arms k", zh="旋臂缠绕 k")

    id = "spiral-valley"
    title = Text(en="Spiral valley", zh="螺旋山谷")
    latex = (
        r"f(x, y) = \frac{x^2 + y^2}{5} + \left( y \cos\left( k \left( x^2 + y^2 \right) \right) "
        r"- x \sin\left( k \left( x^2 + y^2 \right) \right) \right)^2"
    )
    source = (
        "R. Fletcher, M. J. D. Powell, A Rapidly Convergent Descent Method for Minimization, The Computer "
        "Journal "
        "6(2), 1963, pp. 163-168 (their helical valley has three variables; this one was made for this page)"
    )
    note = Text(
        en="The way down never points at the minimum: whoever is too fast is carried out of the bends.",
        zh="下坡的方向从不正对最小值点：速度太快，就会在弯道上被甩出去。",
    )
    domain = ((-3.0, 3.0), (-3.0, 3.0))
    start_point = (-2.6, 0.6)
    minima = (Minimum((0.0, 0.0), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        s = x * x + y * y
        phase = self.k * s
        v = y * torch.cos(phase) - x * torch.sin(phase)
        return 0.2 * s + v * v


@register
@dataclass(frozen=True)
class Zakharov(Function):
    """A valley along x = -2 y under a wall of the fourth degree."""

    id = "zakharov"
    title = Text(en="Zakharov", zh="扎哈罗夫函数")
    latex = r"f(x, y) = x^2 + y^2 + \left( \frac{x}{2} + y \right)^2 + \left( \frac{x}{2} + y \right)^4"
    source = (
        "S. Surjanovic, D. Bingham, Virtual Library of Simulation Experiments, Simon Fraser University, 2013"
    )
    note = Text(
        en="Steep above and flat below: the gradient shrinks a thousandfold on the way, and lr should grow.",
        zh="上面陡、下面平：一路上梯度缩小上千倍，学习率本该随之变大。",
    )
    domain = ((-5.0, 10.0), (-5.0, 10.0))
    start_point = (-3.0, 8.0)
    minima = (Minimum((0.0, 0.0), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        u = 0.5 * x + y
        v = u * u
        return x * x + y * y + v * (1 + v)
