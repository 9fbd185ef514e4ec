"""A captured state goes on bit by bit."""

import gc
import timeit

import pytest
import torch
from descending import QUADRATIC, ROSENBROCK, create, parameter, take_step, walk
from test_optimizers_update_rules import CASES as OPTIMIZER_CASES
from test_optimizers_update_rules import LBFGS_VARIANTS, OWN_CASES
from test_schedules import CASES as SCHEDULE_CASES
from test_schedules import LOSSES, PLATEAUS

from downslope import optimizers
from downslope.optimizers import schedules

NUM_STEPS, CAPTURED_AT = 30, 11
CASES = [*OPTIMIZER_CASES, *OWN_CASES, *(("LBFGS", variant) for variant in LBFGS_VARIANTS)]
ALL_SCHEDULES = [*SCHEDULE_CASES, *(("ReduceLROnPlateau", variant) for variant in PLATEAUS)]
PARAMETER = "x"


def same_bits(a, b):
    if isinstance(a, torch.Tensor):
        return a.dtype == b.dtype and a.device == b.device and torch.equal(a, b)
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same_bits(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same_bits, a, b))
    return type(a) is type(b) and (a == b or (a != a and b != b))


def leaves(tree):
    if isinstance(tree, dict):
        assert all(isinstance(key, str) for key in tree)
        return [leaf for part in tree.values() for leaf in leaves(part)]
    if isinstance(tree, list):
        return [leaf for part in tree for leaf in leaves(part)]
    return [tree]


@pytest.mark.parametrize("captured_at", [0, CAPTURED_AT])
@pytest.mark.parametrize(("id", "variant"), CASES, ids=str)
def test_restored_optimizer_goes_on_bit_by_bit(id, variant, captured_at):
    theta = parameter(ROSENBROCK.start)
    optimizer = create(id, theta, variant)
    walk(optimizer, theta, ROSENBROCK, captured_at)
    tree, at = optimizers.capture(optimizer), theta.tolist()
    expected = walk(optimizer, theta, ROSENBROCK, NUM_STEPS - captured_at)
    for _ in range(2):  # twice from one tree: a restored optimizer must not write into it
        fresh = parameter(at)
        restored = create(id, fresh, variant)
        optimizers.restore(restored, tree)
        assert same_bits(optimizers.capture(restored), tree)
        assert walk(restored, fresh, ROSENBROCK, NUM_STEPS - captured_at) == expected
    assert same_bits(optimizers.capture(restored), optimizers.capture(optimizer))


@pytest.mark.parametrize(("id", "variant"), CASES, ids=str)
def test_captured_tree_is_plain_data_that_shares_nothing(id, variant):
    theta = parameter(QUADRATIC.start)
    optimizer = create(id, theta, variant)
    walk(optimizer, theta, QUADRATIC, CAPTURED_AT)
    tree = optimizers.capture(optimizer)
    plain = (torch.Tensor, bool, int, float, str, type(None))
    assert all(isinstance(leaf, plain) for leaf in leaves(tree))
    owned = {leaf.data_ptr() for leaf in leaves(tree) if isinstance(leaf, torch.Tensor)}
    live = [value for value in optimizer.state[theta].values() if isinstance(value, torch.Tensor)]
    assert owned.isdisjoint(value.data_ptr() for value in live)
    assert not any(leaf.requires_grad for leaf in leaves(tree) if isinstance(leaf, torch.Tensor))


def test_float32_scalars_of_a_float64_run_keep_their_dtype():
    theta = parameter(ROSENBROCK.start)
    optimizer = create("NAdam", theta, {})
    walk(optimizer, theta, ROSENBROCK, 3)
    fresh = parameter(theta.tolist())
    restored = create("NAdam", fresh, {})
    optimizers.restore(restored, optimizers.capture(optimizer))
    assert restored.state[fresh]["mu_product"].dtype == torch.float32
    restored.load_state_dict(optimizer.state_dict())
    assert restored.state[fresh]["mu_product"].dtype == torch.float64  # why load_state_dict will not do


def test_pairs_are_tuples_again():
    optimizer = create("Adam", parameter([1.0]), {})
    optimizers.restore(optimizer, optimizers.capture(optimizer))
    assert optimizer.param_groups[0]["betas"] == (0.9, 0.999)
    assert isinstance(optimizer.param_groups[0]["betas"], tuple)


def scheduled(schedule, variant, start):
    theta = parameter(start)
    optimizer = create("Adam", theta, {"lr": 0.02})
    scheduler = schedules.create(schedule, optimizer, variant, num_steps=60, parameter=PARAMETER)
    return theta, optimizer, scheduler


def go_on(theta, optimizer, scheduler, first_step, num_steps):
    rows = []
    for k in range(first_step, first_step + num_steps):
        take_step(optimizer, theta, QUADRATIC)
        schedules.step(scheduler, LOSSES[k])
        group = optimizer.param_groups[0]
        rows.append((theta.tolist(), group["lr"], group["betas"]))
    return rows


@pytest.mark.parametrize("captured_at", [0, 1, CAPTURED_AT])
@pytest.mark.parametrize(("schedule", "variant"), ALL_SCHEDULES, ids=str)
def test_restored_schedule_goes_on_bit_by_bit(schedule, variant, captured_at):
    theta, optimizer, scheduler = scheduled(schedule, variant, QUADRATIC.start)
    go_on(theta, optimizer, scheduler, 0, captured_at)
    trees, at = (optimizers.capture(optimizer), schedules.capture(scheduler)), theta.tolist()
    expected = go_on(theta, optimizer, scheduler, captured_at, NUM_STEPS - captured_at)
    for _ in range(2):
        fresh, new_optimizer, new_scheduler = scheduled(schedule, variant, at)
        optimizers.restore(new_optimizer, trees[0])
        schedules.restore(new_scheduler, trees[1])
        assert same_bits(schedules.capture(new_scheduler), trees[1])
        assert go_on(fresh, new_optimizer, new_scheduler, captured_at, NUM_STEPS - captured_at) == expected
    plain = (bool, int, float, str, type(None))
    assert all(isinstance(leaf, plain) for leaf in leaves(trees[1]))


def test_capture_of_adam_on_two_parameters_takes_well_under_100_microseconds():
    theta = parameter(ROSENBROCK.start)
    optimizer = create("Adam", theta, {})
    walk(optimizer, theta, ROSENBROCK, 3)
    gc.disable()
    try:
        times = timeit.repeat(lambda: optimizers.capture(optimizer), number=50, repeat=20)
    finally:
        gc.enable()
    assert min(times) / 50 < 100e-6


def test_scalars_that_torch_keeps_on_the_cpu_stay_there():
    theta = torch.zeros(2, dtype=torch.float64, device="meta", requires_grad=True)
    optimizer = create("NAdam", theta, {"lr": 0.1})
    theta.grad = torch.zeros_like(theta)
    optimizer.step()
    restored = create("NAdam", theta, {})
    optimizers.restore(restored, optimizers.capture(optimizer))
    devices = {name: value.device.type for name, value in restored.state[theta].items()}
    assert devices == {"step": "cpu", "mu_product": "cpu", "exp_avg": "meta", "exp_avg_sq": "meta"}
