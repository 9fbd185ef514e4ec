"""Reads a table from text: delimiter and header are guessed, and what is wrong is told by line and column."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from downslope.errors import TableError
from downslope.tables.limits import (
    MAX_COLUMNS,
    MAX_LABEL_CHARACTERS,
    MAX_NAME_CHARACTERS,
    MAX_ROWS,
    MIN_COLUMNS,
)
from downslope.tables.table import Column, Table
from downslope.tables.text import decode, guess_delimiter

_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(e[+-]?\d+)?", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")  # what editors count; str.splitlines() knows more
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class _Line:
    """The cells of one record, and the line of the text on which it begins."""

    number: int
    cells: list[str]


def read(data: bytes, has_header: bool | None = None) -> Table:
    """Read the bytes of a file of separated values.

    Args:
        data: the whole file.
        has_header: whether its first line gives the names; None: guess.

    A guessed header is one where none of its cells is a number while a column below it holds numbers, or
    where its cells never come again below. A column is of numbers if most of its cells are; then all must be.

    Raises:
        TableError: the first fault, with its line and its column, both from 1.
    """
    text, encoding = decode(data)
    delimiter = guess_delimiter(text)
    lines = list(_lines(text, delimiter))
    _check_shape(lines)
    if has_header is None:
        has_header = _has_header(lines, delimiter)
    body = lines[1:] if has_header else lines
    _check_length(body, lines[0].number)
    names = _names(lines[0] if has_header else None, len(lines[0].cells))
    columns = tuple(_column(name, body, i, delimiter) for i, name in enumerate(names))
    return Table(columns, encoding, delimiter, has_header)


def _lines(text: str, delimiter: str) -> Iterator[_Line]:
    stripped = "\n".join(line.strip(" ") for line in _LINE_END.split(text))
    reader = csv.reader(io.StringIO(stripped), delimiter=delimiter, skipinitialspace=True, strict=True)
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _Line(begin, [cell.strip() for cell in cells])
            begin = reader.line_num + 1
    except csv.Error as error:
        raise TableError(
            f"this line cannot be read: {error}; look at its quotes", line=begin, column=1
        ) from None


def _check_shape(lines: list[_Line]) -> None:
    if not lines:
        raise TableError("the table is empty; give at least two columns of numbers", line=1, column=1)
    # What most lines have is right, and the first one that differs is wrong.
    usual = Counter(len(line.cells) for line in lines).most_common(1)[0][0]
    for line in lines:
        if len(line.cells) != usual:
            found = f"{len(line.cells)} cell{'' if len(line.cells) == 1 else 's'}"
            detail = f"this line has {found} where most have {usual}; add or remove some"
            raise TableError(detail, line=line.number, column=min(len(line.cells), usual) + 1)
    if not MIN_COLUMNS <= usual <= MAX_COLUMNS:
        allowed = f"{MIN_COLUMNS} to {MAX_COLUMNS} columns"
        detail = f"a table must have {allowed} but this line has {usual}; choose some of them"
        raise TableError(detail, line=lines[0].number, column=min(usual, MAX_COLUMNS) + 1)


def _check_length(body: list[_Line], after: int) -> None:
    if not body:
        detail = "the table has a header and no rows; add rows below it"
        raise TableError(detail, line=after, column=1)
    if len(body) > MAX_ROWS:
        detail = f"a table may have {MAX_ROWS} rows but has {len(body)}; take a part of them"
        raise TableError(detail, line=body[MAX_ROWS].number, column=1)


def _has_header(lines: list[_Line], delimiter: str) -> bool:
    first, rest = lines[0].cells, lines[1:]
    if any(_number(cell, delimiter) is not None or not cell for cell in first):
        return False
    is_numeric_below = any(
        sum(_number(line.cells[i], delimiter) is not None for line in rest) * 2 > len(rest)
        for i in range(len(first))
    )
    seen_below = {cell for line in rest for cell in line.cells}
    return is_numeric_below or not seen_below & set(first)


def _names(header: _Line | None, count: int) -> list[str]:
    if header is None:
        return [f"x{i + 1}" for i in range(count - 1)] + ["y"]
    for i, name in enumerate(header.cells):
        if not name:
            detail = "this column has no name; give it one"
            raise TableError(detail, line=header.number, column=i + 1)
        if name in header.cells[:i]:
            detail = f"two columns are called {name!r}; give each a name of its own"
            raise TableError(detail, line=header.number, column=i + 1)
        if len(name) > MAX_NAME_CHARACTERS:
            detail = f"a column's name may have {MAX_NAME_CHARACTERS} characters but this has {len(name)}"
            raise TableError(f"{detail}; shorten it", line=header.number, column=i + 1)
    return header.cells


def _column(name: str, lines: list[_Line], i: int, delimiter: str) -> Column:
    cells = [line.cells[i] for line in lines]
    numbers = [_number(cell, delimiter) for cell in cells]
    num_numbers = sum(number is not None for number in numbers)
    for line, cell, number in zip(lines, cells, numbers, strict=True):
        if not cell:
            raise TableError("this cell is empty; fill it or remove the line", line=line.number, column=i + 1)
        if num_numbers * 2 > len(cells) and (number is None or not math.isfinite(number)):
            detail = f"{_shown(cell)} is not a finite number, as the others of column {name!r} are; mend it"
            raise TableError(detail, line=line.number, column=i + 1)
        if len(cell) > MAX_LABEL_CHARACTERS:
            detail = f"a cell may have {MAX_LABEL_CHARACTERS} characters but this has {len(cell)}; shorten it"
            raise TableError(detail, line=line.number, column=i + 1)
    if num_numbers * 2 > len(cells):
        return Column(name, "number", tuple(number for number in numbers if number is not None))
    shared: dict[str, str] = {}  # one object for all cells of a class
    return Column(name, "label", tuple(shared.setdefault(cell, cell) for cell in cells))


def _number(cell: str, delimiter: str) -> float | None:
    """Return the number that a cell holds, infinity where it overflows; None where it is no number."""
    if delimiter != "," and _DECIMAL_COMMA.fullmatch(cell):
        cell = cell.replace(",", ".")
    return float(cell) if _NUMBER.fullmatch(cell) else None


def _shown(cell: str) -> str:
    return repr(cell if len(cell) <= 40 else cell[:40] + "...")
