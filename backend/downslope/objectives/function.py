"""Closed forms of the catalogue and their parameters."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

import torch

from downslope.errors import InvalidValueError, UnknownNameError
from downslope.objectives.objective import Objective, Point, Text


@dataclass(frozen=True)
class Parameter:
    """A number that shapes a function.

    `name` is its symbol in the LaTeX (``kappa`` for ``\\kappa``); the number of dimensions, ``dim``, is d.
    """

    name: str
    type: Literal["number", "integer"]
    title: Text
    default: float
    minimum: float
    maximum: float
    scale: Literal["linear", "log"]

    def check(self, value: float, parameter: str) -> float:
        """Return `value`, an integer as an int.

        Raises:
            InvalidValueError: it is out of range or not of the type; the error names the field `parameter`.
        """
        is_whole = self.type == "integer"
        if not self.minimum <= value <= self.maximum or (is_whole and value % 1):  # catches NaN too
            allowed = f"{self.minimum:g} to {self.maximum:g}"
            rule = f"a whole number from {allowed}" if is_whole else f"in the range {allowed}"
            detail = f"{self.name} must be {rule} but is {value!r}; try {self.default:g}"
            raise InvalidValueError(detail, parameter=parameter, allowed=allowed)
        return int(value) if is_whole else value


def parameter(
    default: float,
    minimum: float,
    maximum: float,
    scale: Literal["linear", "log"] = "linear",
    *,
    en: str,
    zh: str,
) -> Any:
    """Declare a field of a Function as its parameter, with its range, titles and the scale of its slider."""
    declared = {
        "type": "number",
        "title": Text(en=en, zh=zh),
        "minimum": float(minimum),
        "maximum": float(maximum),
        "scale": scale,
    }
    return dataclasses.field(default=float(default), metadata=declared)


@dataclass(frozen=True)
class Function(Objective):
    """Base of the closed forms: each is a frozen dataclass whose fields are its parameters."""

    kind = "function"

    @classmethod
    def parameters(cls) -> tuple[Parameter, ...]:
        """Return the declared parameters, in the order of the fields."""
        return tuple(
            Parameter(name=field.name, default=getattr(cls, field.name), **field.metadata)
            for field in dataclasses.fields(cls)
        )

    @classmethod
    def build(cls, values: Mapping[str, float], parameter: str) -> Self:
        """Build the function at `values`; what is left out takes its default.

        Args:
            values: a number for each parameter to set.
            parameter: path of `values`, which errors name.

        Raises:
            UnknownNameError: a parameter that this function does not have.
            InvalidValueError: a value that is out of range.
        """
        declared = {found.name: found for found in cls.parameters()}
        for name in values:
            if name not in declared:
                raise _unknown_parameter(cls.id, name, list(declared), f"{parameter}.{name}")
        return cls(
            **{
                name: declared[name].check(float(value), f"{parameter}.{name}")
                for name, value in values.items()
            }
        )

    @property
    @abstractmethod
    def start_point(self) -> Point:
        """Where a race starts: fixed, and chosen so that the race shows what the note says."""

    def start(self, generator: torch.Generator) -> Point:
        """Return `start_point`; nothing is drawn."""
        return self.start_point

    def describe(self) -> dict[str, Any]:
        """Return the row of ``GET /api/objectives``, and as `values` the parameters it holds for."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title.copy(),
            "latex": self.latex,
            "dim": self.dim,
            "theta_names": list(self.theta_names),
            "extra_columns": list(self.extra_columns),
            "domain": [list(bounds) for bounds in self.domain],
            "start": list(self.start_point),
            "minima": [minimum.describe() for minimum in self.minima],
            "source": self.source,
            "note": self.note and self.note.copy(),
            "parameters": [dataclasses.asdict(declared) for declared in self.parameters()],
            "values": dataclasses.asdict(self),
        }


def _unknown_parameter(id: str, name: str, allowed: list[str], parameter: str) -> UnknownNameError:
    if allowed:
        return UnknownNameError.of(f"parameter of {id}", name, allowed, parameter)
    detail = f"unknown parameter of {id}: {name}; it has none, leave `parameters` out"
    return UnknownNameError(detail, parameter=parameter, allowed=[])
