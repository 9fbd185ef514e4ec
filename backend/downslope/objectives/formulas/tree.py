"""The tree of a formula: numbers, names, and calls of operators and functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from downslope.errors import FormulaError
from downslope.objectives.formulas.functions import FUNCTIONS
from downslope.objectives.formulas.limits import MAX_DEPTH

OPERATORS = ("add", "subtract", "multiply", "divide", "power", "negate")


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A part of a formula.

    Args:
        kind: ``number``, ``name``, or ``call`` of an operator or function.
        text: the number as typed, the name, or what is called.
        operands: the arguments of a call.
        column: where it is in the expression.
        depth: how deep calls are nested, where a sum or product of many counts once.
    """

    kind: Literal["number", "name", "call"]
    text: str
    column: int
    operands: tuple[Node, ...] = ()
    depth: int = 0


def call(text: str, column: int, *operands: Node) -> Node:
    """Return a call.

    Raises:
        FormulaError: a wrong number of arguments, or calls nested too deep.
    """
    if text in FUNCTIONS:
        _check_arguments(text, len(operands), column)
        text = "power" if text == "pow" else text
    depth = _depth(text, operands)
    if depth > MAX_DEPTH:
        detail = (
            f"signs, powers, fractions and functions may be nested {MAX_DEPTH} deep but are deeper at column "
            f"{column}; take some away"
        )
        raise FormulaError(detail, column=column, allowed=MAX_DEPTH)
    return Node("call", text, column, operands, depth)


def _depth(text: str, operands: tuple[Node, ...]) -> int:
    if text in ("add", "subtract", "multiply"):
        chain, last = operands
        return max(chain.depth, last.depth + 1)
    return 1 + max(operand.depth for operand in operands)


def _check_arguments(text: str, count: int, column: int) -> None:
    least, most = FUNCTIONS[text].num_arguments
    if not least <= count <= most:
        wanted = (
            f"{least} argument{'s' if least > 1 else ''}" if least == most else f"at least {least} arguments"
        )
        example = ", ".join("xyz"[:least])
        detail = f"{text} at column {column} takes {wanted} but has {count}; write {text}({example})"
        raise FormulaError(detail, column=column, allowed=least)


def postorder(root: Node) -> Iterator[Node]:
    """Give every node after its operands. A sum of a thousand terms is a thousand deep: so no recursion."""
    waiting: list[tuple[Node, bool]] = [(root, False)]
    while waiting:
        node, is_done = waiting.pop()
        if is_done or not node.operands:
            yield node
        else:
            waiting.append((node, True))
            waiting += [(operand, False) for operand in reversed(node.operands)]
