"""Many minima in as many dimensions as wanted: where a descent ends depends on start and optimizer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

import torch
from torch import Tensor

from downslope.objectives.dimensional import Dimensional, dimension, total
from downslope.objectives.function import parameter
from downslope.objectives.objective import Minimum, Text
from downslope.objectives.registry import register


@register
@dataclass(frozen=True)
class Rastrigin(Dimensional):
    """A bowl under a grid of ripples. Of its 11^d minima in the domain only the global one is stated."""

    A: float = parameter(10, 0, 20, en="Height of the ripples A", zh="波纹高度 A")
    dim: int = dimension()

    id = "rastrigin"
    title = Text(en="Rastrigin", zh="拉斯特里金函数")
    latex = r"f(x_1, \dots, x_d) = A d + \sum_{i=1}^{d} \left( x_i^2 - A \cos\left( 2 \pi x_i \right) \right)"
    source = "L. A. Rastrigin, Systems of Extremal Control (in Russian), Nauka, Moscow, 1974"
    note = Text(
        en="A descent ends in one of many hollows near its start: the gradient knows only what is near.",
        zh="下降会停在起点附近众多小坑中的一个：梯度只知道眼前的地形。",
    )
    ranges = ((-5.12, 5.12),)
    start_values = (-3.4, 2.7)

    @property
    def minima(self) -> tuple[Minimum, ...]:
        """The ripples and the bowl are both lowest at the origin."""
        return (Minimum((0.0,) * self.dim, 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        # A is taken inside the sum, where it cancels exactly at the minimum.
        return total(theta * theta + self.A * (1 - torch.cos((2 * math.pi) * theta)))


@register
@dataclass(frozen=True)
class Ackley(Dimensional):
    """A cone of ripples that ends in a cusp.

    Near its minimum the loss grows in proportion to |theta|, for d = 2 as 2 sqrt(2) |theta|, so no gradient
    exists there. Autograd through a square root would give NaN; ``torch.linalg.vector_norm`` gives zero,
    which is a subgradient: a descent that is exactly at the minimum stays there. The Hessian does not exist
    either, and comes out as NaN.
    """

    dim: int = dimension()

    id = "ackley"
    title = Text(en="Ackley", zh="阿克利函数")
    latex = (
        r"f(x_1, \dots, x_d) = -20 \exp\left( -0.2 \sqrt{\frac{1}{d} \sum_{i=1}^{d} x_i^2} \right) "
        r"- \exp\left( \frac{1}{d} \sum_{i=1}^{d} \cos\left( 2 \pi x_i \right) \right) + 20 + e"
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
    ranges = ((-5.0, 5.0),)
    start_values = (1.5, 3.6)

    @property
    def minima(self) -> tuple[Minimum, ...]:
        """The cusp at the origin."""
        return (Minimum((0.0,) * self.dim, 0.0, is_smooth=False),)

    def loss(self, theta: Tensor) -> Tensor:
        # Norm and mean round differently where the components lie apart in memory.
        theta = theta.contiguous()
        r = torch.linalg.vector_norm(theta, dim=-1)
        m = torch.cos((2 * math.pi) * theta).mean(-1)
        # 20 - 20 exp(..) and e - exp(m), without the cancellation that would hide the minimum.
        return -20 * torch.expm1((-0.2 / math.sqrt(self.dim)) * r) - math.e * torch.expm1(m - 1)


# The outer roots of 4 x^3 - 32 x + 5, and half the quartic there.
_DEEP = (-2.903534027771177, Decimal("-39.1661657037714154638931697"))
_SHALLOW = (2.746802770990837, Decimal("-25.0294466552839426069856842"))


@register
@dataclass(frozen=True)
class StyblinskiTang(Dimensional):
    """A sum of one quartic for each variable, so each minimum has a minimum of the quartic in each."""

    dim: int = dimension()

    id = "styblinski-tang"
    title = Text(en="Styblinski-Tang", zh="斯蒂布林斯基-唐函数")
    latex = r"f(x_1, \dots, x_d) = \frac{1}{2} \sum_{i=1}^{d} \left( x_i^4 - 16 x_i^2 + 5 x_i \right)"
    source = (
        "M. A. Styblinski, T.-S. Tang, Experiments in Nonconvex Optimization: Stochastic Approximation with "
        "Function Smoothing and Simulated Annealing, Neural Networks 3(4), 1990, pp. 467-483"
    )
    note = Text(
        en="Four wells in two dimensions, three of them traps: start and momentum decide which one is found.",
        zh="二维时的四个势阱中有三个是陷阱：起点和动量决定会落入哪一个。",
    )
    ranges = ((-5.0, 5.0),)
    start_values = (-0.5, 4.5)

    @property
    def minima(self) -> tuple[Minimum, ...]:
        """All 2^d combinations of both wells up to d = 4, and above that the global one alone."""
        wells = product((_DEEP, _SHALLOW), repeat=self.dim) if self.dim <= 4 else [(_DEEP,) * self.dim]
        found = [(tuple(x for x, _ in well), sum(depth for _, depth in well)) for well in wells]
        return tuple(
            Minimum(theta, float(depth), is_global=set(theta) == {_DEEP[0]})
            for theta, depth in sorted(found, key=lambda well: well[1])
        )

    def loss(self, theta: Tensor) -> Tensor:
        t2 = theta * theta
        return 0.5 * total(t2 * (t2 - 16) + 5 * theta)


@register
@dataclass(frozen=True)
class Griewank(Dimensional):
    """A bowl so wide that ripples hide it. The usual domain has the side 1200, in which none shows."""

    dim: int = dimension()

    id = "griewank"
    title = Text(en="Griewank", zh="格里万克函数")
    latex = (
        r"f(x_1, \dots, x_d) = \sum_{i=1}^{d} \frac{x_i^2}{4000} "
        r"- \prod_{i=1}^{d} \cos\left( \frac{x_i}{\sqrt{i}} \right) + 1"
    )
    source = (
        "A. O. Griewank, Generalized Descent for Global Optimization, Journal of Optimization Theory and "
        "Applications 34(1), 1981, pp. 11-39"
    )
    note = Text(
        en="A bowl hidden under ripples: seen from near by, every hollow looks like the bottom.",
        zh="波纹掩盖了一只大碗：从近处看，每个小坑都像是碗底。",
    )
    ranges = ((-10.0, 10.0),)
    start_values = (-8.2, 6.5)

    @property
    def minima(self) -> tuple[Minimum, ...]:
        """The bowl is zero at the origin, and there the product is one."""
        return (Minimum((0.0,) * self.dim, 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        i = torch.arange(1, self.dim + 1, dtype=theta.dtype, device=theta.device)
        ripples = torch.cos(theta / i.sqrt()).contiguous().prod(-1)
        return total(theta * theta / 4000) + (1 - ripples)


@register
@dataclass(frozen=True)
class Levy(Dimensional):
    """In v = (x - 1) / 4, which is 0 at the minimum, so that nothing cancels there."""

    dim: int = dimension()

    id = "levy"
    title = Text(en="Levy", zh="莱维函数")
    latex = (
        r"f(x_1, \dots, x_d) = \sin^2\left( \pi \frac{x_1 + 3}{4} \right) "
        r"+ \sum_{i=1}^{d-1} \left( \frac{x_i - 1}{4} \right)^2 "
        r"\left( 1 + 10 \sin^2\left( \pi \frac{x_i + 3}{4} + 1 \right) \right) "
        r"+ \left( \frac{x_d - 1}{4} \right)^2 \left( 1 + \sin^2\left( 2 \pi \frac{x_d + 3}{4} \right) "
        r"\right)"
    )
    source = (
        "A. V. Levy, A. Montalvo, The Tunneling Algorithm for the Global Minimization of Functions, SIAM "
        "Journal "
        "on Scientific and Statistical Computing 6(1), 1985, pp. 15-29 (in the form of S. Surjanovic, D. "
        "Bingham)"
    )
    note = Text(
        en="Long parallel troughs: crossing from one to the next takes a step longer than the gradient "
        "asks for.",
        zh="一道道平行的长沟：要跨到下一道，步子得比梯度要求的更大。",
    )
    ranges = ((-10.0, 10.0),)
    start_values = (-7.5, 6.0)

    @property
    def minima(self) -> tuple[Minimum, ...]:
        """Every term is a square, and all are zero where all x are 1."""
        return (Minimum((1.0,) * self.dim, 0.0),)

    def loss(self, theta: Tensor) -> Tensor:
        v = 0.25 * (theta - 1)
        first = torch.sin(math.pi * v[..., 0])
        middle = torch.sin(math.pi * v[..., :-1] + 1)
        last = torch.sin((2 * math.pi) * v[..., -1])
        v2 = v * v
        chain = total(v2[..., :-1] * (1 + 10 * (middle * middle)))
        return first * first + chain + v2[..., -1] * (1 + last * last)
