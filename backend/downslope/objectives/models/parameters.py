"""What shapes a model or a data set: numbers, switches, choices and lists, each with its range and titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from downslope.errors import InvalidValueError, UnknownNameError
from downslope.objectives.objective import Text

Type = Literal["number", "integer", "boolean", "choice", "sizes", "choices"]
Group = Literal["net", "regularization", "start", "data"]
Values = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """One of the values of a choice."""

    id: str
    title: Text

    def describe(self) -> dict[str, Any]:
        """Return the fields as JSON-ready data."""
        return {"id": self.id, "title": self.title.copy()}


@dataclass(frozen=True)
class Parameter:
    """A control of a model or of a data set.

    Args:
        name: how a recipe calls it.
        type: ``sizes`` is a list of whole numbers, ``choices`` a list of choices without repetition.
        title: its name for people, by language.
        default: what it is where a recipe leaves it out.
        minimum, maximum: of the number, or of each size.
        scale: of its slider.
        choices: for ``choice`` and ``choices``.
        max_length: of ``sizes``; it may be empty.
        group: where on the page it belongs.
        when: it matters only where another parameter has one of these values.
    """

    name: str
    type: Type
    title: Text
    default: Any
    minimum: float | None = None
    maximum: float | None = None
    scale: Literal["linear", "log"] = "linear"
    choices: tuple[Choice, ...] = ()
    max_length: int | None = None
    group: Group | None = None
    when: Mapping[str, Sequence[str]] | None = None

    def check(self, value: object, parameter: str) -> Any:
        """Return `value` as it is meant: an integer as an int, choices in their order.

        Raises:
            InvalidValueError: it is not of the type or out of range; the error names the field `parameter`.
            UnknownNameError: a choice that there is not.
        """
        if self.type == "boolean":
            return self._accept(value, isinstance(value, bool), "true or false", parameter)
        if self.type in ("number", "integer"):
            return self._number(value, self.type == "integer", parameter)
        if self.type == "choice":
            return self._choice(value, parameter)
        return self._list(value, parameter)

    def describe(self) -> dict[str, Any]:
        """Return the row of ``GET /api/objectives``, JSON-ready."""
        row: dict[str, Any] = {
            "name": self.name,
            "type": self.type,
            "title": self.title.copy(),
            "default": list(self.default) if isinstance(self.default, tuple) else self.default,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "scale": self.scale,
        }
        if self.choices:
            row["choices"] = [choice.describe() for choice in self.choices]
        if self.max_length is not None:
            row["max_length"] = self.max_length
        if self.group is not None:
            row["group"] = self.group
        if self.when is not None:
            row["when"] = {name: list(values) for name, values in self.when.items()}
        return row

    def _accept(self, value: object, is_good: bool, allowed: str, parameter: str) -> object:
        if is_good:
            return value
        default = list(self.default) if isinstance(self.default, tuple) else self.default
        detail = f"{self.name} must be {allowed} but is {value!r}; try {default!r}"
        raise InvalidValueError(detail, parameter=parameter, allowed=allowed)

    def _number(self, value: object, is_whole: bool, parameter: str) -> float:
        assert self.minimum is not None and self.maximum is not None
        allowed = f"{self.minimum:g} to {self.maximum:g}"
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        is_good = is_number and self.minimum <= value <= self.maximum  # type: ignore[operator]
        is_good = is_good and not (is_whole and value % 1)  # type: ignore[operator]
        rule = f"a whole number from {allowed}" if is_whole else f"a number from {allowed}"
        self._accept(value, is_good, rule, parameter)
        return int(value) if is_whole else float(value)  # type: ignore[call-overload, arg-type]

    def _choice(self, value: object, parameter: str) -> str:
        ids = [choice.id for choice in self.choices]
        if not isinstance(value, str) or value not in ids:
            raise UnknownNameError.of(self.name, str(value), ids, parameter)
        return value

    def _list(self, value: object, parameter: str) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)):
            self._accept(value, False, "a list", parameter)
        assert isinstance(value, (list, tuple))
        if self.type == "sizes":
            assert self.max_length is not None
            self._accept(list(value), len(value) <= self.max_length, self._sizes_rule(), parameter)
            return tuple(self._number(size, True, f"{parameter}[{i}]") for i, size in enumerate(value))
        named = {self._choice(name, f"{parameter}[{i}]") for i, name in enumerate(value)}
        self._accept(list(value), bool(value) and len(named) == len(value), "different choices", parameter)
        return tuple(choice.id for choice in self.choices if choice.id in named)

    def _sizes_rule(self) -> str:
        return f"a list of at most {self.max_length} sizes"


def number(
    name: str, default: float, minimum: float, maximum: float, *, en: str, zh: str, **fields: Any
) -> Parameter:
    """Declare a number."""
    range_ = (float(minimum), float(maximum))
    return Parameter(name, "number", Text(en=en, zh=zh), float(default), *range_, **fields)


def integer(
    name: str, default: int, minimum: int, maximum: int, *, en: str, zh: str, **fields: Any
) -> Parameter:
    """Declare a whole number."""
    return Parameter(name, "integer", Text(en=en, zh=zh), default, minimum, maximum, **fields)


def values_of(declared: Sequence[Parameter], given: Mapping[str, Any], owner: str, parameter: str) -> Values:
    """Return the value of every declared parameter: the given one, or the default.

    Args:
        declared: the parameters there are.
        given: from a recipe.
        owner: whose they are, for errors.
        parameter: path of `given`, which errors name.

    Raises:
        UnknownNameError: a name that is not declared, or a choice that there is not.
        InvalidValueError: a value out of range.
    """
    names = [one.name for one in declared]
    for name in given:
        if name not in names:
            raise _unknown(owner, name, names, f"{parameter}.{name}")
    return {
        one.name: one.check(given[one.name], f"{parameter}.{one.name}") if one.name in given else one.default
        for one in declared
    }


def _unknown(owner: str, name: str, names: list[str], parameter: str) -> UnknownNameError:
    if names:
        return UnknownNameError.of(f"parameter of {owner}", name, names, parameter)
    detail = f"unknown parameter of {owner}: {name}; it has none, leave `parameters` out"
    return UnknownNameError(detail, parameter=parameter, allowed=[])


def jsonable(values: Values) -> Values:
    """Return the values as a recipe and JSON have them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
