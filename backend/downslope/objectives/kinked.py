"""Roots and absolute values: losses with lines along which no gradient exists."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

import torch
from torch import Tensor

from downslope.objectives.dimensional import Dimensional, dimension, total
from downslope.objectives.function import Function
from downslope.objectives.kinks import radius, root
from downslope.objectives.objective import Minimum, Text
from downslope.objectives.registry import register


@register
@dataclass(frozen=True)
class Schwefel(Dimensional):
    """The deepest hollow is far from the second deepest. Of its minima only the global one is stated.

    Near x = 0 the loss is -x sqrt(|x|): the gradient is 0 there, and the second derivative infinite.
    """

    dim: int = dimension()

    id = "schwefel"
    title = Text(en="Schwefel", zh="施韦费尔函数")
    latex = r"f(x_1, \dots, x_d) = -\sum_{i=1}^{d} x_i \sin\left( \sqrt{\left| x_i \right|} \right)"
    source = (
        "H.-P. Schwefel, Numerical Optimization of Computer Models, Wiley, 1981, problem 2.26 "
        "(later lists add 418.9829 d)"
    )
    note = Text(
        en="The second best hollow is at the other end of the domain: being nearly right can be far away.",
        zh="次好的坑在定义域的另一头：差一点就对的地方，可能离得很远。",
    )
    ranges = ((-500.0, 500.0),)
    start_values = (-180.0, 330.0)

    @property
    def minima(self) -> tuple[Minimum, ...]:
        """The root of tan(t) = -t / 2 for t = sqrt(x) in the fourth wave, in every variable."""
        depth = Decimal("-418.982887272433706274786435")
        return (Minimum((420.96874635998205,) * self.dim, float(self.dim * depth)),)

    def loss(self, theta: Tensor) -> Tensor:
        return -total(theta * torch.sin(root(theta)))


@register
@dataclass(frozen=True)
class Eggholder(Function):
    """The lowest point is on the edge x = 512, and the loss falls on beyond it.

    On the lines y = x - 47 and y = -x / 2 - 47 the slope is infinite; autograd leaves that part out.
    Printed lists give 404.2319 for the y of the minimum, which is 404.2318051....
    """

    id = "eggholder"
    title = Text(en="Eggholder", zh="鸡蛋托函数")
    latex = (
        r"f(x, y) = -(y + 47) \sin\left( \sqrt{\left| \frac{x}{2} + y + 47 \right|} \right) "
        r"- x \sin\left( \sqrt{\left| x - y - 47 \right|} \right)"
    )
    source = (
        "D. Whitley et al., Evaluating Evolutionary Algorithms, Artificial Intelligence 85(1-2), 1996, "
        "pp. 245-276"
    )
    note = Text(
        en="The lowest point is on the edge and the loss falls on outside: an optimizer knows no edges.",
        zh="最低点在边界上，而边界外的损失还在下降：优化器不知道有边界。",
    )
    domain = ((-512.0, 512.0), (-512.0, 512.0))
    start_point = (150.0, -80.0)
    minima = (Minimum((512.0, 404.2318051137578), -959.6406627208509, is_on_edge=True),)

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        v = y + 47
        return -v * torch.sin(root(0.5 * x + v)) - x * torch.sin(root(x - v))


@register
@dataclass(frozen=True)
class Bukin6(Function):
    """A ridge turned upside down: the floor y = x^2 / 100 is a kink with infinite slopes on both sides.

    Autograd gives the zero subgradient across the floor when a descent is exactly on it.
    """

    id = "bukin-6"
    title = Text(en="Bukin 6", zh="布金 6 号函数")
    latex = r"f(x, y) = 100 \sqrt{\left| y - 0.01 x^2 \right|} + 0.01 \left| x + 10 \right|"
    source = (
        "A. D. Bukin, New Minimization Strategy for Non-Smooth Functions, Budker Institute of Nuclear "
        "Physics "
        "preprint BUDKER-INP-1997-79, 1997 (in the form of Z. K. Silagadze, Finding Two-Dimensional Peaks, "
        "2004)"
    )
    note = Text(
        en="A floor as sharp as a knife: every step overshoots it, and the way along it is nearly level.",
        zh="谷底像刀刃一样尖：每一步都会越过它，而沿着它的路几乎是平的。",
    )
    domain = ((-15.0, -5.0), (-3.0, 3.0))
    start_point = (-6.0, 2.2)
    minima = (Minimum((-10.0, 1.0), 0.0, is_smooth=False),)

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        return 100 * root(y - 0.01 * (x * x)) + 0.01 * (x + 10).abs()


@register
@dataclass(frozen=True)
class CrossInTray(Function):
    """Four smooth minima, and kinks along the lines where a sine is zero, the cross among them.

    Multiplied out, exp(100) has no float32, so the power 1 / 10 is taken of e^p (q + e^-p) as a logarithm.
    On the kinks, where q = 0 and the loss is a maximum, autograd gives 0. Printed lists err in the ninth
    digit of the minima.
    """

    id = "cross-in-tray"
    title = Text(en="Cross-in-tray", zh="盘中十字函数")
    latex = (
        r"f(x, y) = -0.0001 \left( \left| \sin(x) \sin(y) \exp\left( \left| 100 - "
        r"\frac{\sqrt{x^2 + y^2}}{\pi} \right| \right) \right| + 1 \right)^{0.1}"
    )
    source = (
        "S. K. Mishra, Some New Test Functions for Global Optimization and Performance of Repulsive Particle "
        "Swarm Method, MPRA Paper 2718, 2006"
    )
    note = Text(
        en="Nearly flat, with a sharp cross of ridges: the four best hollows lie right beside the cross.",
        zh="几乎是平的，中间有一道尖锐的十字脊：四个最好的坑就在十字旁边。",
    )
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start_point = (3.6, 2.7)
    minima = tuple(
        Minimum((x, y), -2.062611870822737)
        for x in (1.3494066171539107, -1.3494066171539107)
        for y in (1.3494066171539107, -1.3494066171539107)
    )

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        p = 100 - radius(x, y) / math.pi  # positive in the domain and far beyond
        q = (torch.sin(x) * torch.sin(y)).abs()
        is_kink = q == 0
        logarithm = p + torch.log(torch.where(is_kink, torch.ones_like(q), q) + torch.exp(-p))
        return -1e-4 * torch.where(is_kink, torch.ones_like(q), torch.exp(0.1 * logarithm))


@register
@dataclass(frozen=True)
class HolderTable(Function):
    """Four smooth minima in the corners, and kinks where the product or 1 - r / pi changes its sign."""

    id = "holder-table"
    title = Text(en="Holder table", zh="霍尔德桌函数")
    latex = (
        r"f(x, y) = -\left| \sin(x) \cos(y) \exp\left( \left| 1 - "
        r"\frac{\sqrt{x^2 + y^2}}{\pi} \right| \right) \right|"
    )
    source = (
        "S. K. Mishra, Some New Test Functions for Global Optimization and Performance of Repulsive Particle "
        "Swarm Method, MPRA Paper 2718, 2006"
    )
    note = Text(
        en="A table full of dents that stands on four legs: from its middle, each dent looks like the "
        "bottom.",
        zh="一张布满凹痕的桌子，四条桌腿才是最低处：从中间看，每个凹痕都像是底。",
    )
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start_point = (6.9, 7.9)
    minima = tuple(
        Minimum((x, y), -19.208502567886732)
        for x in (8.055023475736563, -8.055023475736563)
        for y in (9.664590019241272, -9.664590019241272)
    )

    def loss(self, theta: Tensor) -> Tensor:
        x, y = theta.unbind(-1)
        p = (1 - radius(x, y) / math.pi).abs()
        return -(torch.sin(x) * torch.cos(y)).abs() * torch.exp(p)
