"""Samples are few, evenly apart, and never taken back, whatever the number of steps."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from downslope.descents import samples
from downslope.descents.samples import count, is_sample, num_dense, stride, thinned

DENSE = [64, 128, 256, 512]


@pytest.mark.parametrize(
    ("dim", "dense"), [(17, 512), (609, 512), (4096, 512), (4097, 256), (12_737, 128), (10**6, 64)]
)
def test_as_many_steps_are_dense_as_a_budget_of_values_allows(dim, dense):
    assert num_dense(dim) == dense


@given(step=st.integers(0, 10**9), dense=st.sampled_from(DENSE))
def test_the_stride_is_the_least_power_of_two_that_the_rule_allows(step, dense):
    distance = stride(step, dense)
    assert math.log2(distance).is_integer()
    assert distance * dense >= step + 1
    assert distance == 1 or distance // 2 * dense < step + 1


@pytest.mark.parametrize("dense", DENSE)
def test_the_count_is_what_counting_gives(dense):
    chosen = np.cumsum([is_sample(step, dense) for step in range(20_000)])
    for num_steps in [0, 1, dense - 1, dense, dense + 1, dense + 2, 2 * dense, 2 * dense + 1, 7777, 20_000]:
        assert count(num_steps, dense) == (chosen[num_steps - 1] if num_steps else 0)


def test_a_million_steps_have_some_thousand_samples():
    assert count(1_000_001, 512) == 3_305  # 512 + 10 * 256 + 233


@given(newest=st.integers(0, 10**6), dense=st.sampled_from(DENSE))
def test_a_thinned_path_has_both_ends_and_else_samples_alone_evenly_apart(newest, dense):
    steps = thinned(newest, dense).tolist()
    assert (steps[0], steps[-1]) == (0, newest)
    assert len(steps) <= dense
    assert len(steps) > min(newest, dense // 2 - 1)
    assert all(is_sample(step, dense) for step in steps[:-1])
    assert len(set(np.diff(steps[:-1]).tolist())) <= 1
    assert steps == sorted(set(steps))


def test_no_samples_join_to_none_and_others_in_their_order():
    assert samples.join([]) is None
    parts = [samples.Samples(np.array([i]), np.full((1, 3), i, np.float32)) for i in range(3)]
    joined = samples.join(parts)
    assert joined.steps.tolist() == [0, 1, 2]
    assert joined.theta.tolist() == [[i] * 3 for i in range(3)]
