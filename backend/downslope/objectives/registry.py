"""The catalogue of functions: a class is in it, and under test, by being decorated with ``@register``."""

from __future__ import annotations

from typing import Any, TypeVar

from downslope.errors import InvalidValueError, UnknownNameError
from downslope.objectives.formulas.formula import Formula
from downslope.objectives.function import Function
from downslope.objectives.objective import Objective
from downslope.recipe import FormulaObjective, FunctionObjective, ObjectiveRef

F = TypeVar("F", bound=type[Function])

_FUNCTIONS: dict[str, type[Function]] = {}


def register(function: F) -> F:
    """Put a class into the catalogue under its id, after all that came before it."""
    assert function.id not in _FUNCTIONS, f"two functions are called {function.id}"
    _FUNCTIONS[function.id] = function
    return function


def catalogue() -> list[dict[str, Any]]:
    """Return the rows of ``GET /api/objectives``, each function at its default parameters."""
    return [function().describe() for function in _FUNCTIONS.values()]


def create(ref: ObjectiveRef, parameter: str = "objective") -> Objective:
    """Build the objective that a recipe names.

    Args:
        ref: the objective as a recipe gives it.
        parameter: path of `ref`, which errors name.

    Raises:
        UnknownNameError: no such function, or it has no such parameter.
        FormulaError: a formula that cannot be read.
        InvalidValueError: a parameter out of range, or a kind that this version cannot build.
    """
    if isinstance(ref, FormulaObjective):
        return Formula.build(ref, parameter)
    if not isinstance(ref, FunctionObjective):
        detail = f"kind {ref.kind} is not available in this version; use function or formula"
        raise InvalidValueError(detail, parameter=f"{parameter}.kind", allowed=["function", "formula"])
    if ref.id not in _FUNCTIONS:
        raise UnknownNameError.of("objective", ref.id, list(_FUNCTIONS), f"{parameter}.id")
    return _FUNCTIONS[ref.id].build(ref.parameters, f"{parameter}.parameters")
