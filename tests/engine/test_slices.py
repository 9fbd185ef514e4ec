"""How many steps a slice has: as many as fit, and more where handing them on costs much."""

import pytest

from downslope.engine.worker import next_slice

SLICE_S = 0.016


@pytest.mark.parametrize(
    ("made", "before", "computed_s", "handed_on_s", "expected"),
    [
        (10, 10, 0.010, 0.0005, 16),  # as many as fit
        (10, 10, 0.040, 0.0005, 4),
        (10, 10, 0.001, 0.0005, 20),  # at most twice as many
        (3, 40, 0.003, 0.0, 16),  # a target cut it short: what was made counts
        (1, 1, 5.0, 0.0, 1),  # at least one
        (1, 1, 0.0, 0.0, 2),  # too short to be seen
        (2, 4, 0.020, 0.012, 4),  # four times what handing on costs
        (10, 10, 0.010, 3.0, 20),
        (1, 200, 0.001, 3.0, 100),  # but no longer than a tenth of a second
    ],
)
def test_a_slice_has_the_steps_that_fit(made, before, computed_s, handed_on_s, expected):
    assert next_slice(made, before, SLICE_S, computed_s, handed_on_s) == expected
