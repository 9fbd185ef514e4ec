"""Hyperparameters as a signature of torch declares them: name, type, default."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from downslope.optimizers.ranges import UNKNOWN, Range

Type = Literal["float", "int", "bool", "choice", "pair", "list"]
REQUIRED = inspect.Parameter.empty
NUM_PAIR = 2


@dataclass(frozen=True)
class Hyperparameter:
    """One argument of a class of torch that a recipe may set.

    `default` is the signature's own, or :data:`REQUIRED`. `nullable` tells if ``null`` is a value; of a
    pair, whether its first element may be.
    """

    name: str
    type: Type
    default: Any
    nullable: bool
    range: Range
    editable: bool

    @property
    def required(self) -> bool:
        """Whether torch has no default for it."""
        return self.default is REQUIRED

    @property
    def example(self) -> Any:
        """A value that works, JSON-ready: the default where there is one, else the table's."""
        return _as_json(self.range.example if self.required else self.default)

    def row(self) -> dict[str, Any]:
        """Return the JSON-ready row of the catalogue. For a pair, `minimum` and `maximum` are pairs too."""
        return {
            "name": self.name,
            "type": self.type,
            "nullable": self.nullable,
            "default": None if self.required else _as_json(self.default),
            "required": self.required,
            "minimum": _as_json(self.range.minimum),
            "maximum": _as_json(self.range.maximum),
            "scale": self.range.scale,
            "rule": self.range.rule_text,
            "choices": self.range.choices and list(self.range.choices),
            "editable": self.editable,
            "example": self.example,
        }


def of_class(
    cls: type, *, hidden: Collection[str], ranges: Mapping[str, Range], fixed: Collection[str] = ()
) -> tuple[Hyperparameter, ...]:
    """Return the hyperparameters of `cls`, in the order of its signature.

    Args:
        cls: an optimizer or a scheduler.
        hidden: names that no recipe may set.
        ranges: keyed ``Class.name`` or ``name``; the first wins.
        fixed: keys ``Class.name`` of those that an edit cannot change.

    Raises:
        TypeError: a required argument that no JSON value can express.
    """
    found = []
    for argument in list(inspect.signature(cls).parameters.values())[1:]:
        if argument.name in hidden:
            continue
        key = f"{cls.__name__}.{argument.name}"
        given = ranges.get(key, ranges.get(argument.name, UNKNOWN))
        spec = _of_argument(argument, given, editable=key not in fixed)
        if spec is not None:
            found.append(spec)
        elif argument.default is REQUIRED:
            raise TypeError(f"{key} cannot be expressed in a recipe: {argument}")
    return tuple(found)


def _of_argument(argument: inspect.Parameter, given: Range, *, editable: bool) -> Hyperparameter | None:
    text = _annotation(argument)
    kind = _type_of(text)
    if kind is None:
        return None
    literals = tuple(re.findall(r"'(\w+)'", text)) if "Literal[" in text else ()
    chosen = given.with_choices(literals) if literals else given
    default = _as_declared(argument.default, kind)
    nullable = "None" in text
    return Hyperparameter(argument.name, kind, default, nullable, chosen, editable)


def _annotation(argument: inspect.Parameter) -> str:
    given = argument.annotation
    return given if isinstance(given, str) else inspect.formatannotation(given)


# In this order: "float | list[float]" is a number here, since a descent has one parameter group.
_PATTERNS: tuple[tuple[str, Type | None], ...] = (
    (r"Callable", None),
    (r"^tuple\[[^,]+, [^,]+\]$", "pair"),
    (r"^tuple", None),
    (r"Literal\[", "choice"),
    (r"^Iterable\[int\]", "list"),
    (r"^bool\b", "bool"),
    (r"\bfloat\b", "float"),
    (r"^int\b", "int"),
    (r"^str\b", "choice"),
)


def _type_of(annotation: str) -> Type | None:
    return next((kind for pattern, kind in _PATTERNS if re.search(pattern, annotation)), None)


def _as_declared(default: Any, kind: Type) -> Any:
    """Return the default in the type the annotation declares: torch writes ``weight_decay: float = 0``."""
    if kind == "float" and isinstance(default, int):
        return float(default)
    if kind == "pair" and isinstance(default, tuple):
        return tuple(None if part is None else float(part) for part in default)
    return default


def _as_json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
