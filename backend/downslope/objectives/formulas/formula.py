"""The objective that a user types."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

import torch
from torch import Tensor

from downslope.errors import FormulaError, InvalidValueError
from downslope.objectives.formulas import grammar, names, program, typesetting
from downslope.objectives.formulas.tree import Node
from downslope.objectives.objective import Domain, Minimum, Objective, Point, Text
from downslope.recipe import FormulaObjective

DEFAULT_BOUNDS = (-2.0, 2.0)
_TITLE = Text(en="Formula", zh="公式")
_SOURCE = "typed in"
# The first point tried as a start, as fractions of the domain: neither in the middle nor on a diagonal, where
# many formulas are flat or alike. The others follow the golden ratio's powers, which leave no gaps.
_FIRST_FRACTIONS = (0.15, 0.7, 0.3, 0.85, 0.2, 0.6, 0.4, 0.8)
_NUM_CANDIDATES = 512
_LARGEST_LOSS_AT_START = 1e9


class Formula(Objective):
    """A formula; immutable. It may have no value somewhere: the loss is NaN or infinite there.

    A point gives the same bits alone and in a batch unless the formula calls a function of
    :data:`downslope.objectives.formulas.functions.FUNCTIONS` of which that is not so, or has a power that is
    not a whole number up to 8: then the last bits may differ.

    Args:
        expression: as typed.
        variables: the names of theta's components; None for those of the formula: x, y, z,
            then as they appear.
        constants: names with a value.
        domain: (low, high) for each variable; None for -2 to 2.
        parameter: path of the formula, whose fields errors name.

    Raises:
        FormulaError: the expression cannot be read, or the names cannot be.
        InvalidValueError: a domain that does not fit.
    """

    id = "formula"
    kind = "formula"
    title = _TITLE
    source = _SOURCE
    note = None

    def __init__(
        self,
        expression: str,
        variables: Sequence[str] | None = None,
        constants: Mapping[str, float] | None = None,
        domain: Sequence[Sequence[float]] | None = None,
        parameter: str = "objective",
    ) -> None:
        self.expression = expression
        self.constants = dict(constants or {})
        known = names.declared(variables, self.constants, parameter)
        try:
            self.tree: Node = grammar.parse(expression, known)
            self.variables = known.found_variables()
            self._program = program.assemble(self.tree, self.variables, self.constants)
        except FormulaError as error:
            error.parameter = names.path(parameter, "expression")
            raise
        self._domain = _domain(domain, self.variables, names.path(parameter, "domain"))
        self.latex = typesetting.formula(self.tree, self.variables)
        self._start = self._find_start()

    @classmethod
    def build(cls, ref: FormulaObjective, parameter: str) -> Self:
        """Build the formula of a recipe; `parameter` is its path, which errors name."""
        return cls(ref.expression, ref.variables, ref.constants, ref.domain, parameter)

    @property
    def domain(self) -> Domain:
        return self._domain

    @property
    def minima(self) -> tuple[Minimum, ...]:
        """None: nobody has looked for them."""
        return ()

    @property
    def theta_names(self) -> tuple[str, ...]:
        return tuple(self.variables)

    def loss(self, theta: Tensor) -> Tensor:
        return self._program.run(theta)

    def start(self, generator: torch.Generator) -> Point:
        """Return a fixed point of the domain at which the loss and its gradient are finite.

        Raises:
            InvalidValueError: none was found.
        """
        if self._start is None:
            raise InvalidValueError(
                f"the formula has no finite value and gradient at any of {_NUM_CANDIDATES} points tried in "
                f"{self._box()}; give a start at which it has, or another domain",
                parameter="start",
            )
        return self._start

    def describe(self) -> dict[str, Any]:
        """Return the row of ``GET /api/objectives``; its start is the middle where none is good."""
        middle = [low + (high - low) / 2 for low, high in self.domain]
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title.copy(),
            "latex": self.latex,
            "dim": self.dim,
            "theta_names": list(self.theta_names),
            "extra_columns": list(self.extra_columns),
            "domain": [list(bounds) for bounds in self.domain],
            "start": middle if self._start is None else list(self._start),
            "minima": [],
            "source": self.source,
            "note": self.note,
            "parameters": [_parameter(name, value) for name, value in self.constants.items()],
            "values": dict(self.constants),
            "expression": self.expression,
            "variables": list(self.variables),
        }

    def typeset(self) -> dict[str, Any]:
        """Return the answer of ``POST /api/formulas``."""
        found = typesetting.derivatives(self.tree, self.variables, tuple(self.constants))
        return {
            "variables": list(self.variables),
            "constants": dict(self.constants),
            "latex": self.latex,
            "gradient_latex": found.gradient,
            "hessian_latex": found.hessian,
            "objective": self.describe(),
        }

    def _box(self) -> str:
        bounds = zip(self.variables, self.domain, strict=True)
        return ", ".join(f"{low:g} <= {name} <= {high:g}" for name, (low, high) in bounds)

    def _find_start(self) -> Point | None:
        """Return the first candidate with a slope and a moderate loss, else the first that is finite."""
        theta = torch.tensor(list(self._candidates()), dtype=torch.float64, requires_grad=True)
        loss = self.loss(theta)
        (slope,) = torch.autograd.grad(loss.sum(), theta)
        is_finite = loss.isfinite() & slope.isfinite().all(-1)
        is_good = is_finite & (loss.abs() < _LARGEST_LOSS_AT_START) & (slope != 0).any(-1)
        for usable in (is_good, is_finite):
            if usable.any():
                return tuple(theta[usable.nonzero()[0, 0]].tolist())
        return None

    def _candidates(self) -> Iterator[list[float]]:
        ratio = _ratio(self.dim)
        for number in range(_NUM_CANDIDATES):
            fractions = [
                (first + number * ratio ** -(i + 1)) % 1.0 for i, first in enumerate(_FIRST_FRACTIONS)
            ]
            # Rounded, so that the page and the script show a number that a person might have chosen.
            yield [
                min(max(_rounded(low + fraction * (high - low), high - low), low), high)
                for fraction, (low, high) in zip(fractions, self.domain, strict=False)
            ]


def _ratio(dim: int) -> float:
    """Return the root above 1 of r^(dim + 1) = r + 1: the golden ratio, for more dimensions than one."""
    ratio = 1.5
    for _ in range(30):
        ratio = (1 + ratio) ** (1 / (dim + 1))
    return ratio


def _rounded(value: float, width: float) -> float:
    return round(value, 2 - math.floor(math.log10(width))) if abs(value) < 1e300 else value


def _domain(domain: Sequence[Sequence[float]] | None, variables: Sequence[str], parameter: str) -> Domain:
    if domain is None:
        return (DEFAULT_BOUNDS,) * len(variables)
    if len(domain) != len(variables):
        detail = (
            f"{parameter} must hold {len(variables)} pairs [low, high], one for each of "
            f"{', '.join(variables)}, but holds {len(domain)}; leave it out for {list(DEFAULT_BOUNDS)}"
        )
        raise InvalidValueError(detail, parameter=parameter, allowed=len(variables))
    for i, (low, high) in enumerate(domain):
        if not 0 < high - low < math.inf:
            detail = (
                f"{parameter}[{i}] must be finite numbers [low, high] with low < high but is {[low, high]}; "
                f"try {list(DEFAULT_BOUNDS)}"
            )
            raise InvalidValueError(detail, parameter=f"{parameter}[{i}]")
    return tuple((float(low), float(high)) for low, high in domain)


def _parameter(name: str, value: float) -> dict[str, Any]:
    """Return a constant as a function's parameter: a slider from 0 to a round number past twice its value."""
    reach = max(abs(value), _round_number(2 * min(abs(value), 1e307))) if value else 1.0
    return {
        "name": name,
        "type": "number",
        "title": Text(en=name, zh=name),
        "default": value,
        "minimum": -reach if value <= 0 else 0.0,
        "maximum": reach if value >= 0 else 0.0,
        "scale": "linear",
    }


def _round_number(least: float) -> float:
    """Return the least of 1, 2, 5 times a power of ten that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next((times * power for times in (1, 2, 5) if times * power >= least), 10 * power)
