"""Evaluate the LaTeX of a formula: a reader that knows a small part of LaTeX and refuses the rest.

formula = signature "=" sum              signature = "f(x, y)" or "f(x_1, \\dots, x_d)"
sum     = ["-"] product { ("+" | "-") product }
product = { big } power { power }        multiplication is written by placing side by side
big     = ("\\sum" | "\\prod") "_{" letter "=" sum "}^" exponent      of the rest of the product
power   = atom [ "^" exponent ]          "^{\\circ}" turns degrees into radians
exponent = "{" sum "}" | digit | letter
atom    = number | letter [ "_" exponent ] | "\\pi" | "\\kappa" | "\\alpha"
        | "(" sum ")" | "\\left|" sum "\\right|"
        | "\\frac{" sum "}{" sum "}" | "\\sqrt{" sum "}" | function [ "^" exponent ] "(" sum ")"
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence

_TOKEN = re.compile(r"\\left\||\\right\||\\[a-zA-Z]+|\d+\.\d+|\d+|[a-zA-Z]|[-+^_(){}=,]")
_FUNCTIONS = {r"\cos": math.cos, r"\sin": math.sin, r"\exp": math.exp, r"\tanh": math.tanh}
_CONSTANTS = {"pi": math.pi, "e": math.e}
_BIG = {r"\sum": sum, r"\prod": math.prod}
_OPENS = ("(", "{", r"\left|")
_CLOSES = (")", "}", r"\right|")
_ENDS = ("+", "-", *_CLOSES)
_VECTOR = r"f(x_1, \dots, x_d) = "
Value = float | Sequence[float]


def tokens(latex: str) -> list[str]:
    """Return the tokens; sizes (``\\left``, ``\\right``) and white space carry no meaning."""
    found = _TOKEN.findall(latex)
    if "".join(found) != re.sub(r"\s", "", latex):
        raise ValueError(f"cannot read {latex}")
    return [token for token in found if token not in (r"\left", r"\right")]


def variables(latex: str) -> list[str]:
    """Return the names in the signature; one alone, before an index, where there are d of them."""
    if latex.startswith(_VECTOR):
        return ["x"]
    signature = re.match(r"f\(([a-z](?:, [a-z])*)\) = ", latex)
    if signature is None:
        raise ValueError(f"no signature in {latex}")
    return signature[1].split(", ")


def symbols(latex: str) -> set[str]:
    """Return the letters of the right-hand side, without functions, constants and what is summed over."""
    right = _right_hand_side(latex)
    names = {token.lstrip("\\") for token in tokens(right) if re.match(r"\\?[a-zA-Z]", token)}
    bound = set(re.findall(r"_\{([a-z])=", right))
    words = {"left|", "right|", "circ", "frac", "sqrt", "sum", "prod"}
    return names - words - bound - {name.lstrip("\\") for name in _FUNCTIONS} - _CONSTANTS.keys()


def evaluate(latex: str, values: Mapping[str, Value]) -> float:
    """Return the value of the right-hand side; `values` gives every variable and parameter."""
    reader = _Reader(tokens(_right_hand_side(latex)), {**_CONSTANTS, **values})
    value = reader.sum()
    if reader.left:
        raise ValueError(f"cannot read {''.join(reader.left)} in {latex}")
    return value


def _right_hand_side(latex: str) -> str:
    return latex.split(" = ", 1)[1]


class _Reader:
    def __init__(self, found: list[str], values: Mapping[str, Value]) -> None:
        self.left = found
        self.values = dict(values)

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
        value = 1.0
        while True:
            if self.left and self.left[0] in _BIG:
                return value * self.big(_BIG[self.pop()])
            value *= self.power()
            if not self.left or self.left[0] in _ENDS:
                return value

    def big(self, combine: Callable[[list[float]], float]) -> float:
        """Read what is summed or multiplied once for each value of the index."""
        for token in ("_", "{"):
            self.take(token)
        index = self.pop()
        self.take("=")
        first = self.close("}")
        self.take("^")
        last = self.exponent()
        body, found = self.left, []
        for i in range(round(first), round(last) + 1):
            self.left, self.values[index] = body, i
            found.append(self.product())
        if not found:
            self.skip()
        return combine(found)

    def skip(self) -> None:
        """Drop the rest of the product, of which there are no terms."""
        depth = 0
        while self.left and (depth or self.left[0] not in _ENDS):
            token = self.pop()
            depth += (token in _OPENS) - (token in _CLOSES)

    def power(self) -> float:
        base = self.atom()
        if self.left[:1] != ["^"]:
            return base
        self.take("^")
        if self.left[:3] == ["{", r"\circ", "}"]:
            self.left = self.left[3:]
            return math.radians(base)
        return float(base ** self.exponent())

    def exponent(self) -> float:
        return self.group() if self.left[:1] == ["{"] else self.single(self.pop())

    def atom(self) -> float:
        token = self.pop()
        if token == "(":
            return self.close(")")
        if token == r"\left|":
            return abs(self.close(r"\right|"))
        if token == r"\frac":
            return self.group() / self.group()
        if token == r"\sqrt":
            return math.sqrt(self.group())
        if token in _FUNCTIONS:
            return self.call(_FUNCTIONS[token])
        return self.single(token)

    def call(self, function: Callable[[float], float]) -> float:
        """Read the argument; a power of the function stands before it."""
        exponent = None
        if self.left[:1] == ["^"]:
            self.take("^")
            exponent = self.exponent()
        self.take("(")
        value = function(self.close(")"))
        return value if exponent is None else float(value**exponent)

    def single(self, token: str) -> float:
        if token[0].isdigit():
            return float(token)
        name = token.lstrip("\\")
        if name not in self.values:
            raise ValueError(f"unknown symbol {token}")
        value = self.values[name]
        return value if isinstance(value, float | int) else self.component(value)

    def component(self, vector: Sequence[float]) -> float:
        """Read the index of a component; the first is 1."""
        self.take("_")
        index = round(self.exponent())
        if not 1 <= index <= len(vector):
            raise ValueError(f"there is no component {index}")
        return vector[index - 1]

    def group(self) -> float:
        self.take("{")
        return self.close("}")

    def close(self, bracket: str) -> float:
        value = self.sum()
        self.take(bracket)
        return value
