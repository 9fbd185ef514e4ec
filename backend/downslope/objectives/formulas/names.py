"""Names in formulas: which are taken, which may be variables, and what to say about the others."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from downslope.errors import FormulaError
from downslope.objectives.formulas.functions import ALIASES, FUNCTIONS
from downslope.objectives.formulas.limits import MAX_CONSTANTS, MAX_NAME_LENGTH, MAX_VARIABLES

NUMBERS = {"pi": math.pi, "e": math.e}
GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"),
    *("nu", "xi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
# What needs no declaration: a letter or a Greek one, and a number that tells several apart (x1, x_1).
_FREE = re.compile(rf"(?:[A-Za-z]|{'|'.join(GREEK)})(?:_?\d{{1,3}})?\Z")
_DECLARED = re.compile(rf"[A-Za-z][A-Za-z0-9_]{{0,{MAX_NAME_LENGTH - 1}}}\Z")
_FUNCTION_NAMES = [*FUNCTIONS, *ALIASES]
_TAKEN = [*_FUNCTION_NAMES, *NUMBERS]
_WITHOUT_SLOPE = ("floor", "ceil", "round", "trunc", "int", "mod", "fmod", "step", "heaviside")


@dataclass(slots=True)
class Names:
    """The names of one formula.

    Args:
        variables: as declared; None where every free name is a variable.
        constants: names with a value.
    """

    variables: tuple[str, ...] | None
    constants: Mapping[str, float]
    used: dict[str, int] = field(default_factory=dict)  # variables by the column of their first appearance

    def found_variables(self) -> tuple[str, ...]:
        """Return the variables: as declared, or x, y, z and then the others as they appear."""
        if self.variables is not None:
            return self.variables
        first = [name for name in "xyz" if name in self.used]
        return (*first, *(name for name in self.used if name not in first))

    def resolve(self, name: str, column: int) -> None:
        """Note the use of a name that is no function; raise FormulaError where it means nothing."""
        if name in NUMBERS or name in self.constants:
            return
        is_variable = _FREE.match(name) if self.variables is None else name in self.variables
        if not is_variable:
            raise self._unknown(name, column)
        self.used.setdefault(name, column)
        if len(self.used) > MAX_VARIABLES:
            detail = (
                f"a formula may have at most {MAX_VARIABLES} variables but {name} at column {column} is one "
                "more; give some a value in constants"
            )
            raise FormulaError(detail, column=column, allowed=MAX_VARIABLES)

    def _unknown(self, name: str, column: int) -> FormulaError:
        known = [*(self.variables or ()), *self.constants, *_TAKEN]
        if self.variables is None:
            rule = "a variable is one letter, or a letter and a number such as x1"
        else:
            rule = f"the variables are {', '.join(self.variables)}"
        detail = (
            f"unknown name {shown(name)} at column {column}; {_way_out(name, known)}{rule}; "
            f"the functions are {', '.join(FUNCTIONS)}; "
            f"the constants are {', '.join([*NUMBERS, *self.constants])}"
        )
        return FormulaError(detail, column=column, allowed=known)

    def not_a_function(self, name: str, column: int) -> FormulaError:
        """Return the error for a name that stands before a bracket and is no function."""
        is_known = name in NUMBERS or name in self.constants or name in (self.variables or ())
        if is_known or (self.variables is None and _FREE.match(name)):
            detail = f"{name} at column {column} is not a function; write {name}*( to multiply"
            return FormulaError(detail, column=column)
        if name.lower() in _WITHOUT_SLOPE:
            detail = (
                f"{name} at column {column} is not offered: its gradient is zero wherever it has one, so "
                "that there is nothing to descend; use a smooth function such as tanh or sigmoid"
            )
            return FormulaError(detail, column=column, allowed=list(FUNCTIONS))
        detail = (
            f"unknown function {shown(name)} at column {column}; {_close(name, _FUNCTION_NAMES)}"
            f"the functions are {', '.join(FUNCTIONS)}"
        )
        return FormulaError(detail, column=column, allowed=list(FUNCTIONS))


def shown(text: str) -> str:
    """Return a text as messages show it: cut where it is long."""
    return text if len(text) <= MAX_NAME_LENGTH else text[: MAX_NAME_LENGTH - 1] + "…"


def _way_out(name: str, known: Sequence[str]) -> str:
    """Return what was probably meant, with what follows it; nothing where that cannot be told."""
    if name.lower() in known:
        return f"write {name.lower()}; "
    for function in sorted(_FUNCTION_NAMES, key=len, reverse=True):
        if name.startswith(function) and _FREE.match(name[len(function) :]):
            return f"write {function}({name[len(function) :]}); "
    if name.isalpha() and (len(name) == 2 or (len(name) == 3 and set(name) <= set("xyz"))):
        return f"write {'*'.join(name)} for a product; "
    return _close(name, known)


def _close(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name[:MAX_NAME_LENGTH].lower(), known, 1)
    return f"did you mean {close[0]}? " if close else ""


def path(formula: str, field_name: str) -> str:
    """Return the path of a field of the formula that lies at the path `formula`; empty: it is the request."""
    return f"{formula}.{field_name}" if formula else field_name


def declared(variables: Sequence[str] | None, constants: Mapping[str, float], parameter: str) -> Names:
    """Return the names of a formula; `parameter` is the path of the formula, whose fields errors name.

    Raises:
        FormulaError: too many names, one that cannot be a name, one that is taken, one twice, or a constant
            that is not finite.
    """
    _check_names(list(variables or ()), MAX_VARIABLES, path(parameter, "variables"), constants)
    _check_names(list(constants), MAX_CONSTANTS, path(parameter, "constants"), ())
    if variables is not None and not variables:
        here = path(parameter, "variables")
        detail = f"{here} must name at least one; leave it out for those of the formula"
        raise FormulaError(detail, parameter=here)
    for name, value in constants.items():
        if not math.isfinite(value):
            here = path(parameter, f"constants.{name}")
            raise FormulaError(f"{here} must be a finite number but is {value}; try 1", parameter=here)
    return Names(None if variables is None else tuple(variables), dict(constants))


def _check_names(names: list[str], limit: int, here: str, others: Container[str]) -> None:
    if len(names) > limit:
        detail = f"{here} must hold at most {limit} names but holds {len(names)}; leave some out"
        raise FormulaError(detail, parameter=here, allowed=limit)
    for name in names:
        _check_name(name, here)
        if names.count(name) > 1 or name in others:
            detail = f"{here} must not hold {name} twice, nor where it is a constant; leave it out once"
            raise FormulaError(detail, parameter=here)


def _check_name(name: str, here: str) -> None:
    if not _DECLARED.match(name):
        detail = (
            f"{here}: a name is up to {MAX_NAME_LENGTH} letters a to z, digits and _, the first a letter, "
            f"but one is {name[:MAX_NAME_LENGTH]!a}; try a"
        )
        raise FormulaError(detail, parameter=here)
    if name in _TAKEN:
        what = "a function" if name in _FUNCTION_NAMES else "a number"
        raise FormulaError(f"{here}: {name} is {what} already; choose another name", parameter=here)
