"""A table: named columns of numbers or of labels."""

from __future__ import annotations

import hashlib
import json
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
        delimiter: the character between two cells.
        has_header: whether the first line gave the names.
    """

    columns: tuple[Column, ...]
    delimiter: str
    has_header: bool

    @property
    def num_rows(self) -> int:
        return len(self.columns[0].values)

    @cached_property
    def rows(self) -> list[list[float | str]]:
        """The cells row by row."""
        return [list(row) for row in zip(*(column.values for column in self.columns), strict=True)]

    @cached_property
    def id(self) -> str:
        """A name that the content has: the same table has the same name on every server."""
        content = [[column.name, column.type, column.values] for column in self.columns]
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:_ID_CHARACTERS]

    @property
    def num_bytes(self) -> int:
        """About what the table takes in memory: 32 bytes a number in a list, and its labels."""
        labels = (value for column in self.columns if column.type == "label" for value in column.values)
        return 32 * len(self.columns) * self.num_rows + sum(len(str(label)) for label in labels)

    def describe(self) -> dict[str, Any]:
        """Return the answer of ``POST /api/tables``."""
        return {
            "id": self.id,
            "columns": [column.describe() for column in self.columns],
            "num_rows": self.num_rows,
            "delimiter": self.delimiter,
            "has_header": self.has_header,
            "preview": self.rows[:_PREVIEW_ROWS],
        }
