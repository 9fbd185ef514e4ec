"""Cuts an expression into tokens, each with its column. Nothing is read twice, so the work is its length."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from downslope.errors import FormulaError
from downslope.objectives.formulas import characters
from downslope.objectives.formulas.functions import ALIASES, FUNCTIONS
from downslope.objectives.formulas.limits import MAX_DEPTH, MAX_LENGTH, MAX_TOKENS
from downslope.objectives.formulas.names import Names, shown

_PUNCTUATION = {
    "+": "PLUS",
    "-": "MINUS",
    "*": "TIMES",
    "/": "DIVIDE",
    "^": "POWER",
    "(": "OPEN",
    ")": "CLOSE",
    ",": "COMMA",
}
# ASCII alone, whatever re or str.isdigit would take for a digit or a letter.
_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<power>\*\*)"
    r"|(?P<punctuation>[-+*/^(),])"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A token: its type in the grammar, its text, and the column where it begins."""

    type: str
    text: str
    column: int


def scan(expression: str, names: Names) -> Iterator[Piece]:
    """Give the tokens of `expression` one by one, so that the first fault of any kind is the one reported.

    Raises:
        FormulaError: a character, name or number that is not read, or more than is read.
    """
    if len(expression) > MAX_LENGTH:
        detail = f"a formula may have {MAX_LENGTH} characters but this one has {len(expression)}; shorten it"
        raise FormulaError(detail, column=MAX_LENGTH + 1, allowed=MAX_LENGTH)
    depth = 0
    before = None
    for count, piece in enumerate(_pieces(expression, names), 1):
        depth += {"OPEN": 1, "CLOSE": -1}.get(piece.type, 0)
        _check_size(count, depth, piece.column)
        if before and before.text == "0" and piece.type == "NAME":
            raise _no_decimal(before, piece)
        yield piece
        before = piece


def _check_size(count: int, depth: int, column: int) -> None:
    if count > MAX_TOKENS:
        detail = f"a formula may have {MAX_TOKENS} numbers, names and signs; shorten it at column {column}"
        raise FormulaError(detail, column=column, allowed=MAX_TOKENS)
    if depth > MAX_DEPTH:
        detail = f"brackets may be nested {MAX_DEPTH} deep but are deeper at column {column}; take some away"
        raise FormulaError(detail, column=column, allowed=MAX_DEPTH)


def _pieces(expression: str, names: Names) -> Iterator[Piece]:
    text, columns = _translated(expression)
    position = 0
    while position < len(text):
        column = columns[position]
        found = _TOKEN.match(text, position)
        if found is None:
            raise _unreadable(text[position], column)
        position = found.end()
        match found.lastgroup:
            case "number":
                yield Piece("NUMBER", _number(found[0], column), column)
            case "name":
                yield _word(found[0], column, text[position:].lstrip(" \t\r\n")[:1] == "(", names)
            case "power":
                yield Piece("POWER", "^", column)
            case "punctuation":
                yield Piece(_PUNCTUATION[found[0]], found[0], column)


def _translated(expression: str) -> tuple[str, list[int]]:
    """Return the expression with what is read as something else replaced, and each character's column."""
    text, columns = "", []
    is_raised = False
    for column, character in enumerate(expression, 1):
        if character in characters.SUPERSCRIPTS:
            read = ("" if is_raised else "^") + characters.SUPERSCRIPTS[character]
        else:
            # What follows a raised number is no part of it: x²3 is not x^23.
            read = (" " if is_raised else "") + characters.READ_AS.get(character, character)
        is_raised = character in characters.SUPERSCRIPTS
        text += read
        columns += [column] * len(read)
    return text, columns


def _unreadable(character: str, column: int) -> FormulaError:
    seen = characters.described(character)
    return FormulaError(f"cannot read {seen} at column {column}; {characters.hint(character)}", column=column)


def _number(text: str, column: int) -> str:
    if not math.isfinite(float(text)):
        detail = f"{shown(text)} at column {column} is greater than the greatest number, 1.8e308"
        raise FormulaError(f"{detail}; write a smaller one", column=column)
    return text


def _no_decimal(zero: Piece, name: Piece) -> FormulaError:
    """Return the error for 0x10 and the like, which programmers mean as a number and would be 0 times x10."""
    both = shown(zero.text + name.text)
    detail = f"{both} at column {zero.column} is no number; write it in decimal"
    return FormulaError(detail, column=zero.column)


def _word(text: str, column: int, is_called: bool, names: Names) -> Piece:
    name = ALIASES.get(text, text)
    if name in FUNCTIONS:
        if not is_called:
            detail = f"{text} at column {column} is a function; write its argument in brackets: {text}(x)"
            raise FormulaError(detail, column=column)
        return Piece("FUNCTION", name, column)
    if is_called:
        raise names.not_a_function(text, column)
    names.resolve(text, column)
    return Piece("NAME", text, column)
