"""A table: named columns of numbers or of labels."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

_PREVIEW_ROWS = 5
_MAX_LABELS_TOLD = 20
_ID_CHARACTERS = 32  # 128 bits: nobody meets another table by chance


@dataclass(frozen=True)
class Column:
    """One column: its values are all numbers (float), or all labels (str)."""

    name: str
    type: Literal["number", "label"]
    values: tuple[float, ...] | tuple[str, ...]

    @property
    def num_bytes(self) -> int:
        """What the values take in memory."""
        shared = {id(value): value for value in self.values}
        return sys.getsizeof(self.values) + sum(map(sys.getsizeof, shared.values()))

    def describe(self) -> dict[str, Any]:
        """Return what can be said of the column in a line, JSON-ready."""
        distinct: list[Any] = sorted(set(self.values))
        is_number = self.type == "number"
        return {
            "name": self.name,
            "type": self.type,
            "num_distinct": len(distinct),
            "minimum": distinct[0] if is_number else None,
            "maximum": distinct[-1] if is_number else None,
            "labels": None if is_number else distinct[:_MAX_LABELS_TOLD],
        }


@dataclass(frozen=True)
class Table:
    """Columns of equal length, and how the text was read.

    Args:
        columns: two to nine.
        encoding: how its bytes were read.
        delimiter: the character between two cells.
        has_header: whether the first line gave the names.
    """

    columns: tuple[Column, ...]
    encoding: str
    delimiter: str
    has_header: bool

    @property
    def num_rows(self) -> int:
        return len(self.columns[0].values)

    def rows(self, count: int | None = None) -> list[list[float | str]]:
        """Return the cells row by row: the first `count` rows, or all of them. Not kept: they are large."""
        return [list(row) for row in zip(*(column.values[:count] for column in self.columns), strict=True)]

    @cached_property
    def id(self) -> str:
        """A name that the content has: the same table has the same name on every server."""
        content = [[column.name, column.type, column.values] for column in self.columns]
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:_ID_CHARACTERS]

    @cached_property
    def num_bytes(self) -> int:
        """What the cells take in memory, objects that several cells share counted once."""
        return sum(column.num_bytes for column in self.columns)

    @cached_property
    def description(self) -> dict[str, Any]:
        """The answer of ``POST /api/tables``."""
        return {
            "id": self.id,
            "columns": [column.describe() for column in self.columns],
            "num_rows": self.num_rows,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "has_header": self.has_header,
            "preview": self.rows(_PREVIEW_ROWS),
        }
