"""Functions with several minima: where a descent ends depends on its start and its optimizer."""

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
class Rastrigin(Function):
    """A bowl under a grid of ripples. Of its 121 minima in the domain only the global one is stated."""

    A: float = parameter(10, 0, 20, en="Height of the ripples A", zh="波纹高度 A")

    id = "rastrigin"
    title = Text(en="Rastrigin", zh="拉斯特里金函数")
    latex = r"f(x, y) = 2 A + \left( x^2 - A \cos(2 \pi x) \right) + \left( y^2 - A \cos(2 \pi y) \right)"
    source = "L. A. Rastrigin, Systems of Extremal Control (in Russian), Nauka, Moscow, 1974"
    note = Text(
        en="A descent ends in one of many hollows near its start: the gradient knows only what is near.",
        zh="下降会停在起点附近众多小坑中的一个：梯度只知道眼前的地形。",
    )
    domain = ((-5.12, 5.12), (-5.12, 5.12))
    start_point = (-3.4, 2.7)
    minima = (Minimum((0.0, 0.0), 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        # A is taken inside the sum, where it cancels exactly at the minimum.
        return (theta * theta + self.A * (1 - torch.cos((2 * math.pi) * theta))).sum(-1)


@register
@dataclass(frozen=True)
class Ackley(Function):
    """A cone of ripples that ends in a cusp.

    Near its minimum the loss grows as 2 sqrt(2) |theta|, so no gradient exists there. Autograd through a
    square root would give NaN; ``torch.linalg.vector_norm`` gives zero, which is a subgradient: a descent
    that is exactly at the minimum stays there. The Hessian does not exist either, and comes out as NaN.
    """

    id = "ackley"
    title = Text(en="Ackley", zh="阿克利函数")
    latex = (
        r"f(x, y) = -20 \exp\left( -0.2 \sqrt{\frac{x^2 + y^2}{2}} \right) "
        r"- \exp\left( \frac{\cos(2 \pi x) + \cos(2 \pi y)}{2} \right) + 20 + e"
    )
    source = (
        "D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing, Kluwer, 1987 (in the form of "
        "T. Bäck, Evolutionary Algorithms in Theory and Practice, Oxford University Press, 1996)"
    )
    note = Text(
        en="The minimum is a cusp without a gradient (autograd gives 0 there): steps of a fixed size "
        "jump over it again and again.",
        zh="最小值点是没有梯度的尖点（自动求导在那里给出 0）：固定大小的步子会一再越过它。",
    )
    domain = ((-5.0, 5.0), (-5.0, 5.0))
    start_point = (1.5, 3.6)
    minima = (Minimum((0.0, 0.0), 0.0, is_smooth=False),)

    def loss(self, theta: Tensor) -> Tensor:
        # The norm rounds differently where the components lie apart in memory.
        r = torch.linalg.vector_norm(theta.contiguous(), dim=-1)
        m = torch.cos((2 * math.pi) * theta).mean(-1)
        # 20 - 20 exp(..) and e - exp(m), without the cancellation that would hide the minimum.
        return -20 * torch.expm1((-0.2 / math.sqrt(2)) * r) - math.e * torch.expm1(m - 1)


@register
@dataclass(frozen=True)
class StyblinskiTang(Function):
    """A sum of one quartic for each variable, so each minimum is a pair of minima of the quartic."""

    id = "styblinski-tang"
    title = Text(en="Styblinski-Tang", zh="斯蒂布林斯基-唐函数")
    latex = r"f(x, y) = \frac{1}{2} \left( x^4 - 16 x^2 + 5 x + y^4 - 16 y^2 + 5 y \right)"
    source = (
        "M. A. Styblinski, T.-S. Tang, Experiments in Nonconvex Optimization: Stochastic Approximation with "
        "Function Smoothing and Simulated Annealing, Neural Networks 3(4), 1990, pp. 467-483"
    )
    note = Text(
        en="Four wells, three of them traps: the start and the momentum decide which one is found.",
        zh="四个势阱中有三个是陷阱：起点和动量决定会落入哪一个。",
    )
    domain = ((-5.0, 5.0), (-5.0, 5.0))
    start_point = (-0.5, 4.5)
    minima = (
        Minimum((-2.903534027771177, -2.903534027771177), -78.33233140754282),
        Minimum((2.746802770990837, -2.903534027771177), -64.19561235905536, is_global=False),
        Minimum((-2.903534027771177, 2.746802770990837), -64.19561235905536, is_global=False),
        Minimum((2.746802770990837, 2.746802770990837), -50.05889331056788, is_global=False),
    )

    def loss(self, theta: Tensor) -> Tensor:
        t2 = theta * theta
        return 0.5 * (t2 * (t2 - 16) + 5 * theta).sum(-1)
