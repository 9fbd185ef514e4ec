"""Cuts a rule into statements ``name = formula``; each formula is read by the grammar of formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from downslope.errors import FormulaError
from downslope.objectives.formulas import grammar
from downslope.objectives.formulas.names import shown
from downslope.objectives.formulas.scanner import Piece, scan
from downslope.objectives.formulas.tree import Node
from downslope.optimizers.rules.limits import MAX_LENGTH, MAX_STATEMENTS
from downslope.optimizers.rules.names import RuleNames, check_target

# What a Chinese input method writes for two signs that formulas do not have; the others, formulas read.
_READ_AS = str.maketrans({"；": ";", "＝": "="})
_OPENING, _CLOSING = "(（", ")）"
_FORM = "a statement is written name = formula"


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """An assignment.

    Args:
        target: the name that takes the value.
        column: where it is in the rule, the first character being 1.
        tree: the formula.
        uses: the names in it, by the column of their first appearance there.
    """

    target: str
    column: int
    tree: Node
    uses: Mapping[str, int]


def read(text: str) -> tuple[Statement, ...]:
    """Return the statements of a rule, which ``;`` or new lines separate; within brackets a line goes on.

    Raises:
        FormulaError: what cannot be read, with its column in `text` and what was expected there.
    """
    if len(text) > MAX_LENGTH:
        detail = f"a rule may have {MAX_LENGTH} characters but this one has {len(text)}; shorten it"
        raise FormulaError(detail, column=MAX_LENGTH + 1, allowed=MAX_LENGTH)
    text = text.translate(_READ_AS)
    found: list[Statement] = []
    for start, end in _spans(text):
        statement = _statement(text, start, end)
        found += [statement] if statement else []
        if len(found) > MAX_STATEMENTS:
            column = found[-1].column
            detail = f"a rule may have {MAX_STATEMENTS} statements but one more is at column {column}"
            raise FormulaError(f"{detail}; leave some out", column=column, allowed=MAX_STATEMENTS)
    return tuple(found)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = depth = 0
    for place, character in enumerate(text):
        depth += (character in _OPENING) - (character in _CLOSING)
        if character == ";" or (character == "\n" and depth <= 0):
            yield start, place
            start, depth = place + 1, 0
    yield start, len(text)


def _statement(text: str, start: int, end: int) -> Statement | None:
    """Return the statement in text[start:end], or None where nothing stands there.

    What is read stands behind as many spaces as there are characters before it, so that columns are right.
    """
    sign = text.find("=", start, end)
    names = RuleNames()
    pieces = list(scan(" " * start + text[start : end if sign < 0 else sign], names))
    if not pieces and sign < 0:
        return None
    target = _target(pieces, sign, end)
    _check_single_sign(text, sign, end)
    names = RuleNames()
    tree = grammar.parse(" " * (sign + 1) + text[sign + 1 : end], names)
    return Statement(target.text, target.column, tree, names.used)


def _target(pieces: list[Piece], sign: int, end: int) -> Piece:
    """Return the name that stands alone before the sign at the place `sign`, which is -1 if there is none."""
    if not pieces or pieces[0].type != "NAME":
        found, column = (shown(pieces[0].text), pieces[0].column) if pieces else ("=", sign + 1)
        raise _unexpected("a name", f"found {found}", column, _FORM)
    name = pieces[0]
    if len(pieces) > 1:
        second = pieces[1]
        is_update = len(pieces) == 2 and sign >= 0 and second.text in "+-*/^"
        way_out = f"write {name.text} = {name.text} {second.text} (…)" if is_update else _FORM
        raise _unexpected("=", f"found {shown(second.text)}", second.column, way_out)
    if sign < 0:
        raise _unexpected("=", "the statement ended", end + 1, _FORM)
    check_target(name.text, name.column)
    return name


def _check_single_sign(text: str, sign: int, end: int) -> None:
    second = text.find("=", sign + 1, end)
    if second < 0:
        return
    between = text[sign + 1 : second]
    if sum(map(between.count, _OPENING)) > sum(map(between.count, _CLOSING)):
        raise _unexpected(")", "found =", second + 1, "close the bracket, or write ; between two statements")
    way_out = "write ; or a new line between two statements" if between.strip() else "one = assigns"
    raise _unexpected("a formula with no =", "found =", second + 1, way_out)


def _unexpected(expected: str, found: str, column: int, way_out: str) -> FormulaError:
    detail = f"expected {expected} but {found} at column {column}; {way_out}"
    return FormulaError(detail, column=column, allowed=[expected])
