"""Formulas as LaTeX, as they were typed: nothing is reordered or worked out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from downslope.objectives.formulas.functions import FUNCTIONS
from downslope.objectives.formulas.names import GREEK
from downslope.objectives.formulas.tree import Node, postorder

# How tightly something holds together: what is looser than its place allows goes into brackets.
_SUM, _PRODUCT, _POWER, _ATOM = range(4)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    binding: int
    is_word: bool = False  # a name: a bracket behind it would look like its argument

    def at_least(self, binding: int) -> str:
        return self.text if self.binding >= binding else bracketed(self.text)


def bracketed(text: str) -> str:
    """Return LaTeX in round brackets that grow with it."""
    return rf"\left({text}\right)"


def symbol(name: str) -> str:
    """Return a name as LaTeX: Greek letters as such, the number behind as an index, a word upright."""
    found = re.fullmatch(r"([A-Za-z]+?)_?(\d+)", name)
    stem, index = found.groups() if found else (name, "")
    if stem in GREEK:
        stem = "o" if stem == "omicron" else rf"\{stem}"
    elif len(stem) > 1:
        stem, index = rf"\mathrm{{{name.replace('_', chr(92) + '_')}}}", ""
    return f"{stem}_{{{index}}}" if index else stem


def expression(tree: Node) -> str:
    """Return the LaTeX of a formula."""
    stack: list[_Part] = []
    for node in postorder(tree):
        count = len(node.operands)
        operands = stack[len(stack) - count :]
        del stack[len(stack) - count :]
        stack.append(_part(node, operands))
    return stack[0].text


def _part(node: Node, operands: list[_Part]) -> _Part:
    match node.kind, node.text, operands:
        case "number", text, _:
            return _number(text)
        case "name", text, _:
            return _Part({"pi": r"\pi"}.get(text) or symbol(text), _ATOM, is_word=True)
        case _, "add", [first, second]:
            return _Part(f"{first.text} + {second.at_least(_PRODUCT)}", _SUM)
        case _, "subtract", [first, second]:
            return _Part(f"{first.text} - {second.at_least(_PRODUCT)}", _SUM)
        case _, "negate", [first]:
            return _Part(f"-{first.at_least(_PRODUCT)}", _SUM)
        case _, "multiply", [first, second]:
            return _product(first, second)
        case _, "divide", [first, second]:
            return _Part(rf"\frac{{{first.text}}}{{{second.text}}}", _PRODUCT)
        case _, "power", [first, second]:
            return _Part(f"{first.at_least(_ATOM)}^{{{second.text}}}", _POWER)
    return _function(node.text, operands)


def _number(text: str) -> _Part:
    digits, _, exponent = text.lower().partition("e")
    digits = f"0{digits}" if digits.startswith(".") else digits.removesuffix(".")
    if not exponent:
        return _Part(digits, _ATOM)
    return _Part(rf"{digits} \cdot 10^{{{int(exponent)}}}", _PRODUCT)


def _product(first: _Part, second: _Part) -> _Part:
    left, right = first.at_least(_PRODUCT), second.at_least(_PRODUCT)
    needs_dot = right[0].isdigit() or (first.is_word and right.startswith(r"\left("))
    return _Part(rf"{left} \cdot {right}" if needs_dot else f"{left} {right}", _PRODUCT)


def _function(name: str, operands: list[_Part]) -> _Part:
    arguments = ", ".join(operand.text for operand in operands)
    if name == "sqrt":
        return _Part(rf"\sqrt{{{arguments}}}", _ATOM)
    if name == "abs":
        return _Part(rf"\left|{arguments}\right|", _ATOM)
    return _Part(FUNCTIONS[name].latex + bracketed(arguments), _POWER)
