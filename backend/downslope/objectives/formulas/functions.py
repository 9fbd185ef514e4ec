"""The functions of formulas: one table for the grammar, for torch and for LaTeX.

Only what is useful to descend is here: rounding functions have a gradient of zero wherever they have one.
At kinks torch's subgradient holds: 0 for ``abs`` and ``relu`` at 0, half of each for ``min`` and ``max``
at a tie.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from downslope.objectives.formulas.limits import MAX_OPERATIONS


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the table.

    Args:
        apply: the torch operation; one with more than two arguments is applied pair by pair.
        latex: what stands before the bracket.
        num_arguments: the least and the greatest number of arguments.
        rounds_alike: a point gives the same bits alone and in a batch. Where not, torch has two kernels, one
            for full vectors and one for what remains, and the last bits may differ.
    """

    apply: Callable[..., Tensor]
    latex: str
    num_arguments: tuple[int, int] = (1, 1)
    rounds_alike: bool = True


def _softplus(x: Tensor) -> Tensor:
    # torch's own threshold of 20 would return x where log(1 + exp(x)) still differs from it.
    return torch.nn.functional.softplus(x, 1.0, 40.0)


_PAIR = (2, 2)
_SEVERAL = (2, MAX_OPERATIONS)

FUNCTIONS = {
    "sin": Function(torch.sin, r"\sin"),
    "cos": Function(torch.cos, r"\cos"),
    "tan": Function(torch.tan, r"\tan"),
    "asin": Function(torch.asin, r"\arcsin"),
    "acos": Function(torch.acos, r"\arccos"),
    "atan": Function(torch.atan, r"\arctan"),
    "sinh": Function(torch.sinh, r"\sinh", rounds_alike=False),
    "cosh": Function(torch.cosh, r"\cosh", rounds_alike=False),
    "tanh": Function(torch.tanh, r"\tanh"),
    "asinh": Function(torch.asinh, r"\operatorname{arsinh}"),
    "acosh": Function(torch.acosh, r"\operatorname{arcosh}"),
    "atanh": Function(torch.atanh, r"\operatorname{artanh}", rounds_alike=False),
    "exp": Function(torch.exp, r"\exp"),
    "log": Function(torch.log, r"\ln"),
    "log2": Function(torch.log2, r"\log_{2}"),
    "log10": Function(torch.log10, r"\log_{10}"),
    "sqrt": Function(torch.sqrt, r"\sqrt"),
    "abs": Function(torch.abs, r"\left|"),
    "sign": Function(torch.sign, r"\operatorname{sign}"),
    "sigmoid": Function(torch.sigmoid, r"\operatorname{sigmoid}", rounds_alike=False),
    "softplus": Function(_softplus, r"\operatorname{softplus}", rounds_alike=False),
    "relu": Function(torch.relu, r"\operatorname{relu}"),
    "erf": Function(torch.erf, r"\operatorname{erf}"),
    "min": Function(torch.minimum, r"\min", _SEVERAL),
    "max": Function(torch.maximum, r"\max", _SEVERAL),
    "atan2": Function(torch.atan2, r"\operatorname{atan2}", _PAIR, rounds_alike=False),
    "hypot": Function(torch.hypot, r"\operatorname{hypot}", _PAIR, rounds_alike=False),
    "pow": Function(torch.pow, "", _PAIR, rounds_alike=False),
}
# Other names that are in use for the same.
ALIASES = {"ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan"}
