"""The text of a file: its bytes decoded, and the character that stands between two cells."""

from __future__ import annotations

import codecs
import csv
import re
import unicodedata
from collections import Counter
from itertools import islice

from downslope.errors import TableError

# In the order in which they are preferred where two explain a text equally well.
DELIMITERS = ("\t", ";", ",", "|", "\uff0c", " ")
_NUM_LINES_JUDGED = 50
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HIGH_BYTES = re.compile(rb"([A-Za-z]?)([\x80-\xff]+)(?=([A-Za-z]?))")
# Signs, full-width forms and the first level of GB 2312: 3755 characters.
_COMMON_CHINESE = re.compile(rb"([\xa1-\xa3\xb0-\xd7][\xa1-\xfe])+")
_NUM_RUNS_JUDGED = 10_000


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding.

    That is UTF-8, UTF-16 with its mark, or what spreadsheets save where they are not told: GB 18030 in
    Chinese, Windows-1252 in Western languages, whichever of the two the bytes look like.

    Raises:
        TableError: it is none of them, or no text at all.
    """
    for encoding in ["utf-16"] if data.startswith(_MARKS) else ["utf-8", *_legacy(data)]:
        try:
            text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    line = data[: _first_odd_byte(data)].count(b"\n") + 1
    raise TableError(
        "the file is not text in UTF-8; save it as CSV in UTF-8 and try again", line=line, column=1
    )


def _legacy(data: bytes) -> list[str]:
    """Return the encodings that know no mark, the likelier one first."""
    try:
        is_chinese = _looks_chinese(data) and not any(
            unicodedata.category(character) in ("Co", "Cn") for character in set(data.decode("gb18030"))
        )
    except UnicodeDecodeError:
        is_chinese = False
    return ["gb18030", "windows-1252"] if is_chinese else ["windows-1252", "gb18030"]


def _looks_chinese(data: bytes) -> bool:
    """Return whether most runs of bytes beyond ASCII are whole pairs that stand like words of their own.

    A Western letter with an accent stands mostly alone, and mostly in a word of plain letters. Beside a plain
    letter only the common characters of GB 2312 count as Chinese: few words end or begin with their bytes.
    """
    votes = 0
    for found in islice(_HIGH_BYTES.finditer(data), _NUM_RUNS_JUDGED):
        before, run, after = found.groups()
        stands_alone = not before and not after
        is_beside_word = not (before and after) and _COMMON_CHINESE.fullmatch(run)
        votes += 1 if len(run) % 2 == 0 and (stands_alone or is_beside_word) else -1
    return votes > 0


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
