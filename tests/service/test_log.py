"""The log gives back what was appended, whatever the blocks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from downslope.descents.frame import Frame
from downslope.service.log import DescentLog, RunLog


def rows(count, width=3, first=0):
    return np.arange(first * width, (first + count) * width, dtype=float).reshape(count, width)


@settings(deadline=None)
@given(
    sizes=st.lists(st.integers(0, 5000), min_size=1, max_size=6),
    cut=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_any_range_of_any_appends_is_what_was_appended(sizes, cut):
    log, total = DescentLog(3), 0
    for size in sizes:
        log.append(rows(size, first=total))
        total += size
    first, end = sorted(round(part * total) for part in cut)
    assert log.num_rows == total
    assert np.array_equal(log.rows(first, end), rows(total)[first:end])


def test_a_frame_that_does_not_follow_the_newest_row_is_a_broken_invariant():
    log = RunLog([Frame(0, 0, rows(2)), Frame(1, 0, rows(1))])
    log.append(Frame(0, 0, rows(2)))
    log.append(Frame(1, 0, rows(1)))
    assert log.heads == [2, 1]
    for gap in (Frame(0, 3, rows(1)), Frame(0, 1, rows(1))):
        with pytest.raises(AssertionError, match="gap"):
            log.append(gap)


def test_a_long_log_takes_little_more_memory_than_its_numbers():
    log = DescentLog(7)
    log.append(np.zeros((100_000, 7)))
    assert 100_000 * 7 * 8 <= log.num_bytes < 1.05 * 100_000 * 7 * 8
