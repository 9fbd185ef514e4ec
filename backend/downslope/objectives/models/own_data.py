"""A person's own points: the rows of a recipe, read as inputs and a target."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from downslope.errors import InvalidValueError, UnknownNameError
from downslope.objectives.models.class_sets import MAX_CLASSES
from downslope.objectives.models.sets import Points, Task
from downslope.recipe import Cell, Data

MIN_POINTS = 2
_LONGEST_INTEGER = 1e16  # greater ones have an exponent, as everywhere in Python
# The standard deviation squares what lies between two numbers, and the square must not overflow.
_GREATEST = 1e150


@dataclass(frozen=True)
class Own:
    """Which own points a model takes."""

    task: Task
    min_inputs: int = 1
    max_inputs: int = 8
    max_classes: int = MAX_CLASSES


@dataclass(frozen=True)
class Table:
    """Own points as they were read.

    Args:
        inputs: the names of the columns that are inputs.
        target: the name of the column to predict.
        classes: the names of the classes by their number; None for regression.
        points: all of them, in the order of the rows.
    """

    inputs: tuple[str, ...]
    target: str
    classes: tuple[str, ...] | None
    points: Points


def read(data: Data, own: Own, parameter: str) -> Table:
    """Read the rows of a recipe.

    Args:
        data: with `rows`.
        own: what the model takes.
        parameter: path of `data`, which errors name.

    Raises:
        InvalidValueError: rows, columns, inputs or a target that the model cannot be fitted to.
        UnknownNameError: an input or a target that is no column.
    """
    rows = data.rows or []
    columns = _columns(data, rows, parameter)
    target = columns[-1] if data.target is None else _known(data.target, columns, f"{parameter}.target")
    inputs = _inputs(data, columns, target, own, parameter)
    numbers = [
        [
            _number(row[columns.index(name)], name, f"{parameter}.rows[{i}][{columns.index(name)}]")
            for name in inputs
        ]
        for i, row in enumerate(rows)
    ]
    x = torch.tensor(numbers, dtype=torch.float64)
    place = columns.index(target)
    cells = [row[place] for row in rows]
    paths = [f"{parameter}.rows[{i}][{place}]" for i in range(len(rows))]
    if own.task == "regression":
        y = [_number(cell, target, path) for cell, path in zip(cells, paths, strict=True)]
        return Table(inputs, target, None, Points(x, torch.tensor(y, dtype=torch.float64)))
    labels = [_label(cell, target, path) for cell, path in zip(cells, paths, strict=True)]
    classes = _classes(cells, labels, target, own, f"{parameter}.target")
    y = [float(classes.index(label)) for label in labels]
    return Table(inputs, target, classes, Points(x, torch.tensor(y, dtype=torch.float64)))


def _columns(data: Data, rows: Sequence[Sequence[Cell]], parameter: str) -> list[str]:
    if len(rows) < MIN_POINTS:
        detail = f"{parameter}.rows must hold at least {MIN_POINTS} rows but holds {len(rows)}; add points"
        raise InvalidValueError(detail, parameter=f"{parameter}.rows", allowed=MIN_POINTS)
    width = len(rows[0])
    columns = _default_columns(width) if data.columns is None else data.columns
    if len(set(columns)) < len(columns):
        detail = f"{parameter}.columns must be different names but are {', '.join(columns)}; rename one"
        raise InvalidValueError(detail, parameter=f"{parameter}.columns")
    for i, row in enumerate(rows):
        if len(row) != len(columns):
            detail = f"{parameter}.rows[{i}] must have {len(columns)} cells, one a column, but has {len(row)}"
            raise InvalidValueError(detail, parameter=f"{parameter}.rows[{i}]", allowed=len(columns))
    if len(columns) < 2:
        detail = f"{parameter}.columns must be at least 2, an input and the target, but are {len(columns)}"
        raise InvalidValueError(detail, parameter=f"{parameter}.columns", allowed=2)
    return list(columns)


def _default_columns(width: int) -> list[str]:
    return ["x", "y"] if width == 2 else [*(f"x{i + 1}" for i in range(width - 1)), "y"]


def _known(name: str, columns: list[str], parameter: str) -> str:
    if name not in columns:
        raise UnknownNameError.of("column", name, columns, parameter)
    return name


def _inputs(data: Data, columns: list[str], target: str, own: Own, parameter: str) -> tuple[str, ...]:
    path = f"{parameter}.inputs"
    others = [name for name in columns if name != target]
    given = others if data.inputs is None else data.inputs
    inputs = tuple(_known(name, columns, f"{path}[{i}]") for i, name in enumerate(given))
    if len(set(inputs)) < len(inputs) or target in inputs:
        detail = (
            f"{path} must be different columns, the target {target} not among them; use {', '.join(others)}"
        )
        raise InvalidValueError(detail, parameter=path, allowed=others)
    if not own.min_inputs <= len(inputs) <= own.max_inputs:
        allowed = (
            f"{own.min_inputs} to {own.max_inputs}" if own.max_inputs > own.min_inputs else own.max_inputs
        )
        detail = (
            f"{path} must be {allowed} of the columns but are {len(inputs)}; choose from {', '.join(others)}"
        )
        raise InvalidValueError(detail, parameter=path, allowed=allowed)
    return inputs


def _number(cell: Cell, name: str, parameter: str) -> float:
    if isinstance(cell, (int, float)) and abs(cell) <= _GREATEST:
        return float(cell)
    if isinstance(cell, (int, float)) and math.isfinite(cell):
        allowed = f"-{_GREATEST:g} to {_GREATEST:g}"
        detail = f"{name} must be from {allowed} in every row but is {cell} at {parameter}"
        raise InvalidValueError(f"{detail}; choose a larger unit", parameter=parameter, allowed=allowed)
    found = "empty" if cell is None else repr(cell)
    detail = (
        f"{name} must be a number in every row but is {found} at {parameter}; mend it or choose another "
        "column"
    )
    raise InvalidValueError(detail, parameter=parameter)


def _label(cell: Cell, name: str, parameter: str) -> str:
    if cell is None:
        detail = f"{name} must be a class in every row but is empty at {parameter}; mend or remove the row"
        raise InvalidValueError(detail, parameter=parameter)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LONGEST_INTEGER:
        return str(int(cell))
    return str(cell)


def _classes(
    cells: Sequence[Cell], labels: list[str], target: str, own: Own, parameter: str
) -> tuple[str, ...]:
    """Return the names of the classes: by size where all are numbers, else by the alphabet."""
    has_text = any(isinstance(cell, str) for cell in cells)
    found = sorted(set(labels), key=str if has_text else float)
    if not 2 <= len(found) <= own.max_classes:
        allowed = "2" if own.max_classes == 2 else f"2 to {own.max_classes}"
        detail = (
            f"{target} must have {allowed} different values, its classes, but has {len(found)}; "
            "choose another column"
        )
        raise InvalidValueError(detail, parameter=parameter, allowed=allowed)
    return tuple(found)
