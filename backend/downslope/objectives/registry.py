"""The catalogue: a class is in it, and under test, by being decorated with a ``register`` of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from downslope.errors import UnknownNameError
from downslope.objectives.formulas.formula import Formula
from downslope.objectives.function import Function
from downslope.objectives.objective import Objective
from downslope.recipe import FormulaObjective, ModelObjective, ObjectiveRef

if TYPE_CHECKING:
    from downslope.objectives.models.model import Model

F = TypeVar("F", bound=type[Function])
M = TypeVar("M", bound="type[Model]")

_FUNCTIONS: dict[str, type[Function]] = {}
_MODELS: dict[str, type[Model]] = {}


def register(function: F) -> F:
    """Put a class into the catalogue under its id, after all that came before it."""
    assert function.id not in {*_FUNCTIONS, *_MODELS}, f"two objectives are called {function.id}"
    _FUNCTIONS[function.id] = function
    return function


def register_model(model: M) -> M:
    """Put a model into the catalogue, likewise."""
    assert model.id not in {*_FUNCTIONS, *_MODELS}, f"two objectives are called {model.id}"
    _MODELS[model.id] = model
    return model


def catalogue() -> list[dict[str, Any]]:
    """Return the rows of ``GET /api/objectives``, each at its defaults: functions, then models."""
    models = (create(ModelObjective(kind="model", id=id)) for id in _MODELS)
    return [*(function().describe() for function in _FUNCTIONS.values()), *(one.describe() for one in models)]


def create(ref: ObjectiveRef, parameter: str = "objective") -> Objective:
    """Build the objective that a recipe names.

    Args:
        ref: the objective as a recipe gives it.
        parameter: path of `ref`, which errors name.

    Raises:
        UnknownNameError: no such function or model, or it has no such parameter.
        FormulaError: a formula that cannot be read.
        InvalidValueError: a parameter out of range, or data that a model cannot be given.
    """
    if isinstance(ref, FormulaObjective):
        return Formula.build(ref, parameter)
    if isinstance(ref, ModelObjective):
        if ref.id not in _MODELS:
            raise UnknownNameError.of("model", ref.id, list(_MODELS), f"{parameter}.id")
        return _MODELS[ref.id].build(ref, parameter)
    if ref.id not in _FUNCTIONS:
        raise UnknownNameError.of("objective", ref.id, list(_FUNCTIONS), f"{parameter}.id")
    return _FUNCTIONS[ref.id].build(ref.parameters, f"{parameter}.parameters")
