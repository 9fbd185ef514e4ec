"""Names in a rule: those that it is given, those that are taken, and any other word."""

from __future__ import annotations

import difflib

from downslope.errors import FormulaError
from downslope.objectives.formulas.functions import ALIASES, FUNCTIONS
from downslope.objectives.formulas.limits import MAX_NAME_LENGTH
from downslope.objectives.formulas.names import NUMBERS, Names, shown

THETA, GRAD, LOSS, T = "theta", "grad", "loss", "t"
GIVEN = (THETA, GRAD, LOSS, T)
# What torch keeps beside the hyperparameters of an optimizer, and its schedules write there.
_TORCHS = frozenset(
    {"params", "maximize", "betas", "initial_lr", "max_lr", "min_lr", "base_momentum", "max_momentum"}
)
_LEAST_LIKENESS = 0.8


class RuleNames(Names):
    """The names of one formula of a rule: any word that is no function. `used` holds all but pi and e."""

    def __init__(self) -> None:
        super().__init__(None, {})

    def resolve(self, name: str, column: int) -> None:
        """Note the use of a name; raise FormulaError where it is too long."""
        if len(name) > MAX_NAME_LENGTH:
            detail = (
                f"a name may have {MAX_NAME_LENGTH} letters, digits and _ but {shown(name)} at column "
                f"{column} has more; shorten it"
            )
            raise FormulaError(detail, column=column, allowed=MAX_NAME_LENGTH)
        if name not in NUMBERS:
            self.used.setdefault(name, column)

    def not_a_function(self, name: str, column: int) -> FormulaError:
        """Return the error for a name that stands before a bracket and is no function."""
        close = difflib.get_close_matches(name[:MAX_NAME_LENGTH].lower(), [*FUNCTIONS, *ALIASES], 1)
        meant = f"did you mean {close[0]}? " if close else ""
        detail = (
            f"{shown(name)} at column {column} is not a function; {meant}write {shown(name)}*( to multiply; "
            f"the functions are {', '.join(FUNCTIONS)}"
        )
        return FormulaError(detail, column=column, allowed=list(FUNCTIONS))


def check_target(name: str, column: int) -> None:
    """Raise FormulaError unless a statement may assign `name`, which stands at `column`."""
    if name in NUMBERS or (name in GIVEN and name != THETA):
        what = "a number" if name in NUMBERS else "given to the rule"
        detail = f"{name} at column {column} is {what} and cannot be assigned; choose another name"
        raise FormulaError(detail, column=column)


def check_hyperparameter(name: str, column: int) -> None:
    """Raise FormulaError unless a hyperparameter may have this name."""
    if name in _TORCHS:
        detail = f"{name} at column {column} has a meaning of its own in torch; choose another name"
        raise FormulaError(detail, column=column)
    words = {"gradient": GRAD, **{given: given for given in (THETA, GRAD, LOSS)}}
    close = difflib.get_close_matches(name.lower(), words, 1, _LEAST_LIKENESS)
    if close:
        detail = (
            f"unknown name {name} at column {column}; did you mean {words[close[0]]}? a hyperparameter "
            "needs a name that is less alike"
        )
        raise FormulaError(detail, column=column, allowed=list(GIVEN))
