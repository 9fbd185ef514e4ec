"""Evaluate the LaTeX of a formula: a reader that knows a small part of LaTeX and refuses the rest.

formula = signature "=" sum              signature = "f(x, y)"
sum     = ["-"] product { ("+" | "-") product }
product = power { power }                multiplication is written by placing side by side
power   = atom [ "^" ( "{" sum "}" | digit | letter ) ]
atom    = number | letter | "\\pi" | "\\kappa" | "(" sum ")"
        | "\\frac{" sum "}{" sum "}" | "\\sqrt{" sum "}" | ("\\cos" | "\\exp") "(" sum ")"
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

_TOKEN = re.compile(r"\\[a-zA-Z]+|\d+\.\d+|\d+|[a-zA-Z]|[-+^(){}=,]")
_FUNCTIONS = {r"\cos": math.cos, r"\exp": math.exp}
_CONSTANTS = {"pi": math.pi, "e": math.e}


def tokens(latex: str) -> list[str]:
    """Return the tokens; sizes (``\\left``, ``\\right``) and white space carry no meaning."""
    found = _TOKEN.findall(latex)
    if "".join(found) != re.sub(r"\s", "", latex):
        raise ValueError(f"cannot read {latex}")
    return [token for token in found if token not in (r"\left", r"\right")]


def variables(latex: str) -> list[str]:
    """Return the names in the signature."""
    signature = re.match(r"f\(([a-z](?:, [a-z])*)\) = ", latex)
    if signature is None:
        raise ValueError(f"no signature in {latex}")
    return signature[1].split(", ")


def symbols(latex: str) -> set[str]:
    """Return the letters of the right-hand side, without functions and constants."""
    names = {
        token.lstrip("\\") for token in tokens(latex.split("=", 1)[1]) if re.match(r"\\?[a-zA-Z]", token)
    }
    return names - {"cos", "exp", "frac", "sqrt", *_CONSTANTS}


def evaluate(latex: str, values: Mapping[str, float]) -> float:
    """Return the value of the right-hand side; `values` gives every variable and parameter."""
    reader = _Reader(tokens(latex.split("=", 1)[1]), {**_CONSTANTS, **values})
    value = reader.sum()
    if reader.left:
        raise ValueError(f"cannot read {''.join(reader.left)} in {latex}")
    return value


class _Reader:
    def __init__(self, found: list[str], values: Mapping[str, float]) -> None:
        self.left = found
        self.values = values

    def take(self, expected: str) -> None:
        if self.left[:1] != [expected]:
            raise ValueError(f"expected {expected} before {''.join(self.left)}")
        self.left = self.left[1:]

    def pop(self) -> str:
        if not self.left:
            raise ValueError("the formula ends too early")
        token, self.left = self.left[0], self.left[1:]
        return token

    def sum(self) -> float:
        value = 0.0
        sign = self.pop() if self.left[:1] == ["-"] else "+"
        while True:
            term = self.product()
            value = value + term if sign == "+" else value - term
            if self.left[:1] not in (["+"], ["-"]):
                return value
            sign = self.pop()

    def product(self) -> float:
        value = self.power()
        while self.left and self.left[0] not in ("+", "-", ")", "}"):
            value *= self.power()
        return value

    def power(self) -> float:
        base = self.atom()
        if self.left[:1] != ["^"]:
            return base
        self.take("^")
        exponent = self.group() if self.left[:1] == ["{"] else self.single(self.pop())
        return float(base**exponent)

    def atom(self) -> float:
        token = self.pop()
        if token == "(":
            return self.close(")")
        if token == r"\frac":
            return self.group() / self.group()
        if token == r"\sqrt":
            return math.sqrt(self.group())
        if token in _FUNCTIONS:
            self.take("(")
            return _FUNCTIONS[token](self.close(")"))
        return self.single(token)

    def single(self, token: str) -> float:
        if token[0].isdigit():
            return float(token)
        name = token.lstrip("\\")
        if name not in self.values:
            raise ValueError(f"unknown symbol {token}")
        return self.values[name]

    def group(self) -> float:
        self.take("{")
        return self.close("}")

    def close(self, bracket: str) -> float:
        value = self.sum()
        self.take(bracket)
        return value
