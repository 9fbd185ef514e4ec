"""Build an optimizer from a rule, change its hyperparameters, and say what a rule holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import Tensor

from downslope.errors import FormulaError, InvalidValueError
from downslope.optimizers import values
from downslope.optimizers.rules.rule import Rule
from downslope.optimizers.rules.update import Update

ID = "Rule"
EXAMPLE = "theta = theta - lr*grad"


def describe(text: str, parameter: str = "rule") -> dict[str, Any]:
    """Return what is shown of a rule while it is typed, JSON-ready.

    Args:
        text: as typed.
        parameter: the path of `text`, which errors name.

    Returns:
        latex: one for each statement. state: the names kept from one update to the next. hyperparameters:
        rows as in the catalogue.

    Raises:
        FormulaError: the rule cannot be read; with the column.
    """
    return _read(text, parameter).describe()


def create(
    text: str | None,
    params: list[Tensor],
    hyperparameters: Mapping[str, object],
    *,
    maximize: bool,
    parameter: str,
    path: str,
) -> Rule:
    """Return a new optimizer of `params` by the rule `text`.

    Args:
        text: as typed.
        params: leaves that require grad, of any shape.
        hyperparameters: by name, as JSON gives them; what is left out takes the default of its row.
        maximize: climb instead of descend.
        parameter: the path of `hyperparameters`.
        path: the path of `text`.

    Raises:
        FormulaError: the rule cannot be read.
        UnknownNameError: a hyperparameter that is not in the rule.
        InvalidValueError: no rule, or a hyperparameter that is no finite number.
    """
    if text is None:
        detail = f"rule must be given for the optimizer {ID} but is not; try {EXAMPLE}"
        raise InvalidValueError(detail, parameter=path)
    update = _read(text, path)
    return Rule(params, update, _given(update, hyperparameters, parameter), maximize=maximize)


def edit(optimizer: Rule, hyperparameters: Mapping[str, object], *, parameter: str) -> None:
    """Change hyperparameters of a live rule, all or nothing.

    Raises:
        UnknownNameError: a hyperparameter that is not in the rule.
        InvalidValueError: a value that is no finite number.
    """
    optimizer.param_groups[0].update(_given(optimizer.update, hyperparameters, parameter))


def _given(update: Update, hyperparameters: Mapping[str, object], parameter: str) -> dict[str, float]:
    if hyperparameters and not update.hyperparameters:
        detail = (
            f"hyperparameters must be empty for a rule that has none but hold {next(iter(hyperparameters))}"
        )
        raise InvalidValueError(f"{detail}; leave it out", parameter=parameter, allowed=[])
    return values.read(hyperparameters, update.hyperparameters, owner="this rule", parameter=parameter)


def _read(text: str, path: str) -> Update:
    try:
        return Update(text)
    except FormulaError as error:
        error.parameter = path
        raise
