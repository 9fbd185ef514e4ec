"""The text of a file: its bytes decoded, and the character that stands between two cells."""

from __future__ import annotations

import codecs
import csv
from collections import Counter

from downslope.errors import TableError

# In the order in which they are preferred where two explain a text equally well.
DELIMITERS = ("\t", ";", ",", "|", "\uff0c", " ")
_NUM_LINES_JUDGED = 50
_BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, or GB 18030 as Chinese spreadsheets save it.

    Raises:
        TableError: it is none of them, or no text at all.
    """
    named = [encoding for mark, encoding in _BYTE_ORDER_MARKS.items() if data.startswith(mark)]
    for encoding in named or ["utf-8-sig", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    line = data[: _first_odd_byte(data)].count(b"\n") + 1
    raise TableError(
        "the file is not text in UTF-8; save it as CSV in UTF-8 and try again", line=line, column=1
    )


def _first_odd_byte(data: bytes) -> int:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return error.start
    return max(data.find(b"\0"), 0)


def guess_delimiter(text: str) -> str:
    """Return the delimiter with which most of the first lines have one and the same number of cells.

    A comma between digits may be a decimal one, so a semicolon or a tab goes before it.
    """
    lines = [line for line in text.splitlines() if line.strip()][:_NUM_LINES_JUDGED]
    return max(DELIMITERS, key=lambda delimiter: _consistency(lines, delimiter))


def _consistency(lines: list[str], delimiter: str) -> float:
    """Return the share of lines with the most usual number of cells; 0 where that is one cell."""
    try:
        counts = Counter(
            len(cells) for cells in csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
        )
    except csv.Error:
        return 0.0
    usual, number = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return number / len(lines) if usual > 1 else 0.0
