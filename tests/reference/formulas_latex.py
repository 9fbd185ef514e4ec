"""Evaluate LaTeX as formulas and their derivatives are typeset: a reader that refuses what it does not know.

sum      = ["-"] product { ("+" | "-") product }
product  = power { ["\\cdot"] power }
power    = atom [ "^" "{" sum "}" ]
atom     = number | symbol | "\\left(" sum "\\right)" | "\\left|" sum "\\right|"
         | "\\left[" sum "> 0" "\\right]"
         | "\\frac{" sum "}{" sum "}" | "\\sqrt" [ "[" number "]" ] "{" sum "}"
         | function [ "^" "{" sum "}" ] [ "{" ] "\\left(" sum { "," sum } "\\right)" [ "}" ]
symbol   = letter | "\\alpha" ... | "\\mathrm{word}", each with an index or none: "x_{1}"
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

_TOKEN = re.compile(
    r"\\left[(|\[]|\\right[)|\]]|\\operatorname\{\w+\}|\\log_\{\d+\}"
    r"|(?:\\mathrm\{(?:\\_|\w)+\}|\\(?!cdot)(?:alpha|beta|theta|lambda|kappa)|[a-zA-Z](?![a-z]))(?:_\{\d+\})?"
    r"|\\[a-z]+|\d+(?:\.\d+)?|[-+^{}\[\],>]"
)
_OPERATORS: dict[str, Callable[..., float]] = {
    "arsinh": math.asinh,
    "arcsinh": math.asinh,
    "arcosh": math.acosh,
    "arccosh": math.acosh,
    "artanh": math.atanh,
    "sign": lambda x: math.copysign(1.0, x) if x else 0.0,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "softplus": lambda x: math.log1p(math.exp(x)),
    "relu": lambda x: max(x, 0.0),
    "erf": math.erf,
    "atan2": math.atan2,
    "hypot": math.hypot,
    "min": min,
    "max": max,
}
_FUNCTIONS = {
    **{rf"\operatorname{{{name}}}": function for name, function in _OPERATORS.items()},
    **{rf"\{name}": getattr(math, name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp")},
    **{rf"\arc{name}": getattr(math, f"a{name}") for name in ("sin", "cos", "tan")},
    r"\ln": math.log,
    r"\log_{2}": math.log2,
    r"\log_{10}": math.log10,
    r"\min": min,
    r"\max": max,
    r"\operatorname{erf}": math.erf,
}


def variables(latex: str) -> list[str]:
    """Return the symbols of the signature."""
    signature = re.match(r"f\((.*?)\) = ", latex)
    if signature is None:
        raise ValueError(f"no signature in {latex}")
    return signature[1].split(", ")


def right_hand_side(latex: str) -> str:
    """Return what stands behind the signature."""
    return latex.split(" = ", 1)[1]


def evaluate(latex: str, values: Mapping[str, float]) -> float:
    """Return the value of a right-hand side; `values` are by symbol as LaTeX has it."""
    found = _TOKEN.findall(latex)
    if "".join(found) != re.sub(r"\s", "", latex).replace(r"\cdot", r"\cdot"):
        raise ValueError(f"cannot read {latex}: {found}")
    reader = _Reader(found, {r"\pi": math.pi, "e": math.e, **values})
    value = reader.sum()
    if reader.left:
        raise ValueError(f"cannot read {' '.join(reader.left)} in {latex}")
    return value


class _Reader:
    def __init__(self, found: list[str], values: Mapping[str, float]) -> None:
        self.left = found
        self.values = values

    def next_is(self, *tokens: str) -> bool:
        return bool(self.left) and self.left[0] in tokens

    def pop(self) -> str:
        token, *self.left = self.left
        return token

    def take(self, expected: str) -> None:
        if not self.next_is(expected):
            raise ValueError(f"expected {expected} before {' '.join(self.left)}")
        self.pop()

    def sum(self) -> float:
        value = 0.0
        sign = self.pop() if self.next_is("-") else "+"
        while True:
            term = self.product()
            value = value + term if sign == "+" else value - term
            if not self.next_is("+", "-"):
                return value
            sign = self.pop()

    def product(self) -> float:
        value = self.power()
        while self.left and not self.next_is(
            "+", "-", "}", "]", ",", ">", r"\right)", r"\right|", r"\right]"
        ):
            if self.next_is(r"\cdot"):
                self.pop()
            elif self.left[0][0].isdigit():
                raise ValueError("two numbers side by side look like one")
            value *= self.power()
        return value

    def power(self) -> float:
        base = self.atom()
        return self.raised(base, self.exponent())

    def raised(self, base: float, exponent: float) -> float:
        value = base**exponent
        if isinstance(value, complex):
            raise ArithmeticError("no real power")
        return float(value)

    def exponent(self) -> float:
        if not self.next_is("^"):
            return 1.0
        self.pop()
        return self.group()

    def atom(self) -> float:
        token = self.pop()
        if token in _FUNCTIONS:
            return self.call(_FUNCTIONS[token])
        match token:
            case r"\left(":
                return self.closed(r"\right)")
            case r"\left|":
                return abs(self.closed(r"\right|"))
            case r"\left[":
                value = self.sum()
                for expected in (">", "0", r"\right]"):
                    self.take(expected)
                return float(value > 0)
            case r"\frac":
                return self.group() / self.group()
            case r"\sqrt":
                return self.root()
        return float(token) if token[0].isdigit() else self.values[token]

    def root(self) -> float:
        degree = 2.0
        if self.next_is("["):
            self.pop()
            degree = self.closed("]")
        return self.raised(self.group(), 1 / degree)

    def call(self, function: Callable[..., float]) -> float:
        exponent = self.exponent()
        is_braced = self.next_is("{")
        if is_braced:
            self.pop()
        self.take(r"\left(")
        arguments = [self.sum()]
        while self.next_is(","):
            self.pop()
            arguments.append(self.sum())
        self.take(r"\right)")
        if is_braced:
            self.take("}")
        return self.raised(function(*arguments), exponent)

    def group(self) -> float:
        self.take("{")
        return self.closed("}")

    def closed(self, bracket: str) -> float:
        value = self.sum()
        self.take(bracket)
        return value
