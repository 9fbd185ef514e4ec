"""The append-only log of a run: what every subscriber reads, each at its own cursor."""

from __future__ import annotations

import numpy as np

from downslope.descents.frame import Frame, Rows

_BLOCK_ROWS = 4096


class DescentLog:
    """The rows of one descent in blocks of fixed size: appending copies a row once and moves nothing.

    Args:
        width: float64 values in a row.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._blocks: list[Rows] = []
        self.num_rows = 0

    @property
    def num_bytes(self) -> int:
        return sum(block.nbytes for block in self._blocks)

    def append(self, rows: Rows) -> None:
        """Add `rows` of shape (count, width) behind the newest one."""
        while len(rows):
            offset = self.num_rows % _BLOCK_ROWS
            if offset == 0:
                self._blocks.append(np.empty((_BLOCK_ROWS, self._width)))
            part = rows[: _BLOCK_ROWS - offset]
            self._blocks[-1][offset : offset + len(part)] = part
            self.num_rows += len(part)
            rows = rows[len(part) :]

    def rows(self, first: int, end: int) -> Rows:
        """Return rows ``first .. end - 1``: a view where they lie in one block, else a copy."""
        assert 0 <= first <= end <= self.num_rows
        first_block, last_block = first // _BLOCK_ROWS, max(first, end - 1) // _BLOCK_ROWS
        if first == end:
            return np.empty((0, self._width))
        base = first_block * _BLOCK_ROWS
        if first_block == last_block:
            return self._blocks[first_block][first - base : end - base]
        joined = np.concatenate(self._blocks[first_block : last_block + 1])
        return joined[first - base : end - base]


class RunLog:
    """The logs of all descents of a run."""

    def __init__(self, num_descents: int, width: int) -> None:
        self.descents = [DescentLog(width) for _ in range(num_descents)]

    @property
    def num_bytes(self) -> int:
        return sum(log.num_bytes for log in self.descents)

    @property
    def heads(self) -> list[int]:
        """Number of rows of each descent: its newest step plus one."""
        return [log.num_rows for log in self.descents]

    def append(self, frame: Frame) -> None:
        """Add a frame, which must begin where the descent's log ends."""
        log = self.descents[frame.descent]
        assert frame.first_step == log.num_rows, "a gap in the stream of a descent"
        log.append(frame.rows)
