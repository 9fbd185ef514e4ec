"""Read hyperparameters off the wire: JSON values in, what a class of torch takes out."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from downslope.errors import InvalidValueError, UnknownNameError
from downslope.optimizers.hyperparameters import NUM_PAIR, Hyperparameter, Type

MAX_INT = 2**31 - 1
MAX_LIST = 1000
_MAX_SHOWN = 60


def read(
    hyperparameters: Mapping[str, object], specs: Sequence[Hyperparameter], *, owner: str, parameter: str
) -> dict[str, Any]:
    """Return `hyperparameters` with each value in the type that its class of torch declares.

    Args:
        hyperparameters: by name, as JSON gives them.
        specs: what the class takes.
        owner: the class, for the sentence.
        parameter: the path of `hyperparameters`.

    Raises:
        UnknownNameError: a name that is not in `specs`.
        InvalidValueError: a value of another type, or against one of our own rules.
    """
    by_name = {spec.name: spec for spec in specs}
    for name in hyperparameters:
        if name not in by_name:
            raise UnknownNameError.of(
                f"hyperparameter of {owner}", name, list(by_name), f"{parameter}.{name}"
            )
    return {name: _read_one(by_name[name], value, parameter) for name, value in hyperparameters.items()}


def show(value: object) -> str:
    """Return `value` as JSON writes it, shortened to fit a sentence."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"


def _read_one(spec: Hyperparameter, value: object, parameter: str) -> Any:
    if value is None and spec.nullable and spec.type != "pair":
        return None
    try:
        read = _READERS[spec.type](spec, value)
        if spec.range.ours and not spec.range.allows(read):
            raise _RefusedError(spec.range.rule_text)
    except _RefusedError as refused:
        rule = f"{refused}{' or null' if spec.nullable and spec.type != 'pair' else ''}"
        way_out = f"try {show(spec.example)}"
        detail = f"{spec.name} must be {rule} but is {show(value)}; {way_out}"
        raise InvalidValueError(detail, parameter=f"{parameter}.{spec.name}", allowed=rule) from None
    return read


class _RefusedError(Exception):
    """The value breaks the rule that the message states."""


def _float(spec: Hyperparameter, value: object) -> float:
    number = _finite(value)
    if number is None:
        raise _RefusedError("a finite number")
    return number


def _finite(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _int(spec: Hyperparameter, value: object) -> int:
    number = _finite(value)
    if number is None or not number.is_integer() or abs(number) > MAX_INT:
        raise _RefusedError(f"a whole number of at most {MAX_INT}")
    return int(number)


def _bool(spec: Hyperparameter, value: object) -> bool:
    if not isinstance(value, bool):
        raise _RefusedError("true or false")
    return value


def _choice(spec: Hyperparameter, value: object) -> str:
    choices = spec.range.choices or ()
    if not isinstance(value, str) or value not in choices:
        raise _RefusedError(f"one of {', '.join(choices)}")
    return value


def _pair(spec: Hyperparameter, value: object) -> tuple[float | None, float]:
    numbers = [_finite(part) for part in value] if isinstance(value, list | tuple) else []
    null_first = spec.nullable and len(numbers) == NUM_PAIR and value[0] is None  # type: ignore[index]
    if len(numbers) != NUM_PAIR or numbers[1] is None or (numbers[0] is None and not null_first):
        raise _RefusedError(
            "a list of two numbers" + (", the first of which may be null" if spec.nullable else "")
        )
    return numbers[0], numbers[1]


def _list(spec: Hyperparameter, value: object) -> list[int]:
    if not isinstance(value, list | tuple) or len(value) > MAX_LIST:
        raise _RefusedError(f"a list of at most {MAX_LIST} whole numbers")
    return [_int(spec, part) for part in value]


_READERS: Mapping[Type, Callable[[Hyperparameter, object], Any]] = {
    "float": _float,
    "int": _int,
    "bool": _bool,
    "choice": _choice,
    "pair": _pair,
    "list": _list,
}
