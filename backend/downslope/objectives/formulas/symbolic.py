"""Formulas as sympy objects, for the LaTeX of their derivatives. Imported only where one is asked for.

Sympy works on what it is given while it builds it, and for numbers such as 9^9^9 that has no end. So what
holds no variable is worked out by torch first, and is exact only while it is small. No symbol has
assumptions: then nothing is simplified that would not hold wherever the formula has a value.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import sympy
from sympy.core.cache import clear_cache

from downslope.objectives.formulas import kinks
from downslope.objectives.formulas.latex import symbol
from downslope.objectives.formulas.limits import MAX_EXACT, MAX_EXACT_EXPONENT, MAX_PRINTED_DENOMINATOR
from downslope.objectives.formulas.names import NUMBERS
from downslope.objectives.formulas.program import folded
from downslope.objectives.formulas.tree import Node, postorder

Expression = Any  # sympy is not typed

_BUILD: dict[str, Callable[..., Expression]] = {
    "add": lambda x, y: x + y,
    "subtract": lambda x, y: x - y,
    "multiply": lambda x, y: x * y,
    "divide": lambda x, y: x / y,
    "negate": lambda x: -x,
    "power": lambda x, y: x**y,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "asin": sympy.asin,
    "acos": sympy.acos,
    "atan": sympy.atan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "asinh": sympy.asinh,
    "acosh": sympy.acosh,
    "atanh": sympy.atanh,
    "exp": sympy.exp,
    "log": sympy.log,
    "log2": lambda x: sympy.log(x) / sympy.log(2),
    "log10": lambda x: sympy.log(x) / sympy.log(10),
    "sqrt": sympy.sqrt,
    "erf": sympy.erf,
    "hypot": lambda x, y: sympy.sqrt(x**2 + y**2),
    "abs": kinks.Abs,
    "sign": kinks.Sign,
    "relu": kinks.Relu,
    "sigmoid": kinks.Sigmoid,
    "softplus": kinks.Softplus,
    "min": lambda *arguments: functools.reduce(kinks.Minimum, arguments),
    "max": lambda *arguments: functools.reduce(kinks.Maximum, arguments),
    "atan2": kinks.Atan2,
}
_CONSTANTS = {"pi": sympy.pi, "e": sympy.E}


class NoSymbolsError(Exception):
    """This formula is not for sympy: a part of it is not finite, or its numbers grow too large."""


def build(tree: Node) -> Expression:
    """Return the formula as sympy has it; variables and constants are symbols.

    Raises:
        NoSymbolsError: a part without variables is not finite, or a number is too large to be exact.
    """
    stack: list[tuple[Expression, float | None]] = []  # with the value of what holds no name of the user's
    for node in postorder(tree):
        count = len(node.operands)
        operands = stack[len(stack) - count :]
        del stack[len(stack) - count :]
        stack.append(_leaf(node) if not operands else _call(node.text, operands))
    return stack[0][0]


def derivative(expression: Expression, variable: str) -> Expression:
    """Return the partial derivative.

    Raises:
        NoSymbolsError: it is finite nowhere.
    """
    found = sympy.diff(expression, sympy.Symbol(variable))
    if found.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
        raise NoSymbolsError("not finite")
    return found


def forget() -> None:
    """Drop what sympy remembers: some of it may be half done where work was interrupted."""
    clear_cache()


def latex(expression: Expression, names: Sequence[str]) -> str:
    """Return LaTeX; `names` are those of variables and constants."""
    unwieldy = {
        number: sympy.Float(number)
        for number in expression.atoms(sympy.Rational)
        if number.q > MAX_PRINTED_DENOMINATOR or abs(number.p) > MAX_EXACT**2
    }
    symbols = {sympy.Symbol(name): symbol(name) for name in names}
    printed: str = sympy.latex(
        expression.xreplace(unwieldy), symbol_names=symbols, ln_notation=True, inv_trig_style="full"
    )
    return printed


def _leaf(node: Node) -> tuple[Expression, float | None]:
    if node.kind == "number":
        value = float(node.text)
        # The decimal number as it was typed: 0.1 is a tenth, and its double derivative a fifth.
        return (
            _exact(Fraction(node.text), value) if 1e-6 <= abs(value) <= MAX_EXACT else (_float(value), value)
        )
    if node.text in _CONSTANTS:
        return _CONSTANTS[node.text], NUMBERS[node.text]
    return sympy.Symbol(node.text), None


def _exact(fraction: Fraction, value: float) -> tuple[Expression, float]:
    is_small = max(abs(fraction.numerator), fraction.denominator) <= MAX_EXACT
    number = sympy.Rational(fraction.numerator, fraction.denominator) if is_small else _float(value)
    return number, value


def _float(value: float) -> Expression:
    return sympy.Integer(0) if value == 0 else sympy.Float(value)


def _call(text: str, operands: list[tuple[Expression, float | None]]) -> tuple[Expression, float | None]:
    expressions = [expression for expression, _ in operands]
    numbers = [value for _, value in operands if value is not None]
    if len(numbers) < len(operands):
        _check(text, operands)
        return _bounded(_BUILD[text](*expressions)), None
    value = folded(text, numbers)
    if not math.isfinite(value):
        raise NoSymbolsError("not finite")
    is_tame = text != "power" or (abs(numbers[0]) <= 1000 and abs(numbers[1]) <= MAX_EXACT_EXPONENT)
    if not is_tame or any(expression.has(sympy.Float) for expression in expressions):
        return _float(value), value
    return _bounded(_BUILD[text](*expressions)), value


def _check(text: str, operands: list[tuple[Expression, float | None]]) -> None:
    """Refuse what sympy would make an infinity of, or multiply out with no end."""
    (first, _), (_, last) = operands[0], operands[-1]
    if text == "divide" and last == 0:
        raise NoSymbolsError("not finite")
    is_large = last is not None and abs(last) > MAX_EXACT_EXPONENT
    if text == "power" and is_large and first.as_coeff_Mul()[0] != 1:
        raise NoSymbolsError("too large")


def _bounded(expression: Expression) -> Expression:
    number = expression.as_coeff_Mul()[0]
    if number.is_Rational and max(abs(number.p), number.q) > MAX_EXACT**2:
        raise NoSymbolsError("too large")
    return expression


latex(derivative(sympy.sin(sympy.Symbol("x")) ** 2, "x"), ["x"])  # sympy imports much at its first work
