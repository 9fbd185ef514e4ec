"""The append-only log of a run: what every subscriber reads, each at its own cursor."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from downslope.descents.frame import Frame, Rows
from downslope.descents.samples import Samples, num_dense

_BLOCK_ROWS = 4096


class DescentLog:
    """The rows of one descent in blocks of fixed size: appending copies a row once and moves nothing.

    Args:
        width: numbers in a row.
        dtype: of the numbers.
        block_rows: rows in a block.
    """

    def __init__(self, width: int, dtype: DTypeLike = np.float64, block_rows: int = _BLOCK_ROWS) -> None:
        self._width = width
        self._dtype = dtype
        self._block_rows = block_rows
        self._blocks: list[NDArray[Any]] = []
        self.num_rows = 0

    @property
    def num_bytes(self) -> int:
        return sum(block.nbytes for block in self._blocks)

    def append(self, rows: NDArray[Any]) -> None:
        """Add `rows` of shape (count, width) behind the newest one."""
        while len(rows):
            offset = self.num_rows % self._block_rows
            if offset == 0:
                self._blocks.append(np.empty((self._block_rows, self._width), self._dtype))
            part = rows[: self._block_rows - offset]
            self._blocks[-1][offset : offset + len(part)] = part
            self.num_rows += len(part)
            rows = rows[len(part) :]

    def rows(self, first: int, end: int) -> NDArray[Any]:
        """Return rows ``first .. end - 1``: a view where they lie in one block, else a copy."""
        assert 0 <= first <= end <= self.num_rows
        first_block, last_block = first // self._block_rows, max(first, end - 1) // self._block_rows
        if first == end:
            return np.empty((0, self._width), self._dtype)
        base = first_block * self._block_rows
        if first_block == last_block:
            return self._blocks[first_block][first - base : end - base]
        joined = np.concatenate(self._blocks[first_block : last_block + 1])
        return joined[first - base : end - base]


class SampleLog:
    """The samples of one descent whose rows do not hold theta, and both ends of its path to the last bit.

    Args:
        first: shape (dim,); theta at step 0.
    """

    def __init__(self, first: Rows) -> None:
        dim = len(first)
        self.first = first
        self.newest = first  # at the newest row of the descent
        self.steps: list[int] = []
        self._theta = DescentLog(dim, np.float32, num_dense(dim) // 2)

    @property
    def num_bytes(self) -> int:
        return self._theta.num_bytes + self.first.nbytes + self.newest.nbytes

    def append(self, samples: Samples | None, newest: Rows) -> None:
        """Add samples behind the last one, and note the newest point."""
        self.newest = newest
        if samples is not None:
            self.steps += samples.steps.tolist()
            self._theta.append(samples.theta)

    def since(self, step: int) -> int:
        """Return the number of the first sample at `step` or after it."""
        return bisect_left(self.steps, step)

    def theta(self, first: int, end: int) -> NDArray[np.float32]:
        """Return theta of the samples ``first .. end - 1``, shape (end - first, dim)."""
        return self._theta.rows(first, end)


class RunLog:
    """The logs of all descents of a run, which begin with its first frames."""

    def __init__(self, frames: list[Frame]) -> None:
        self.descents = [DescentLog(frame.rows.shape[1]) for frame in frames]
        self.samples = [SampleLog(frame.theta) for frame in frames if frame.theta is not None]

    @property
    def num_bytes(self) -> int:
        rows = sum(log.num_bytes for log in self.descents)
        return rows + sum(log.num_bytes for log in self.samples)

    @property
    def heads(self) -> list[int]:
        """Number of rows of each descent: its newest step plus one."""
        return [log.num_rows for log in self.descents]

    @property
    def num_samples(self) -> list[int]:
        """Number of samples of each descent; empty where rows hold theta."""
        return [len(log.steps) for log in self.samples]

    def append(self, frame: Frame) -> None:
        """Add a frame, which must begin where the descent's log ends."""
        log = self.descents[frame.descent]
        assert frame.first_step == log.num_rows, "a gap in the stream of a descent"
        log.append(frame.rows)
        if frame.theta is not None:
            self.samples[frame.descent].append(frame.samples, frame.theta)
