"""Closed forms of the learning rate schedules, in plain Python: the rate of step k, counted from 0."""

from __future__ import annotations

import math
from collections.abc import Callable


def step(k, lr, *, step_size, gamma=0.1):
    return lr * gamma ** (k // step_size)


def multi_step(k, lr, *, milestones, gamma=0.1):
    return lr * gamma ** sum(milestone <= k for milestone in milestones)


def constant(k, lr, *, factor=1 / 3, total_iters=5):
    return lr * factor if k < total_iters else lr


def linear(k, lr, *, start_factor=1 / 3, end_factor=1.0, total_iters=5):
    done = min(k, total_iters) / total_iters
    return lr * (start_factor + (end_factor - start_factor) * done)


def exponential(k, lr, *, gamma):
    return lr * gamma**k


def polynomial(k, lr, *, total_iters=5, power=1.0):
    return lr * (1 - min(k, total_iters) / total_iters) ** power


def cosine(k, lr, *, T_max, eta_min=0.0):
    """Loshchilov and Hutter (2016), equation 5, without restarts: past T_max the rate goes up again."""
    return eta_min + (lr - eta_min) * (1 + math.cos(math.pi * k / T_max)) / 2


def cosine_with_restarts(k, lr, *, T_0, T_mult=1, eta_min=0.0):
    """Loshchilov and Hutter (2016), equation 5."""
    period = T_0
    while k >= period:
        k, period = k - period, period * T_mult
    return eta_min + (lr - eta_min) * (1 + math.cos(math.pi * k / period)) / 2


def cyclic(
    k,
    lr,
    *,
    base_lr,
    max_lr,
    step_size_up=2000,
    step_size_down=None,
    mode="triangular",
    gamma=1.0,
    cycle_momentum=True,
    base_momentum=0.8,
    max_momentum=0.9,
):
    """Smith (2015), section 3.1 and 3.2."""
    return base_lr + (max_lr - base_lr) * _height(k, step_size_up, step_size_down, mode, gamma)


def cyclic_momentum(
    k, *, step_size_up, step_size_down=None, mode="triangular", gamma=1.0, base_momentum=0.8, max_momentum=0.9
):
    return max_momentum - (max_momentum - base_momentum) * _height(
        k, step_size_up, step_size_down, mode, gamma
    )


def _height(k, step_size_up, step_size_down, mode, gamma):
    down = step_size_up if step_size_down is None else step_size_down
    cycle, place = divmod(k, step_size_up + down)
    height = place / step_size_up if place <= step_size_up else 1 - (place - step_size_up) / down
    return height * {"triangular": 1.0, "triangular2": 0.5**cycle, "exp_range": gamma**k}[mode]


def one_cycle(
    k,
    lr,
    *,
    max_lr,
    total_steps,
    pct_start=0.3,
    anneal_strategy="cos",
    div_factor=25.0,
    final_div_factor=1e4,
    three_phase=False,
    cycle_momentum=True,
    base_momentum=0.85,
    max_momentum=0.95,
):
    """Smith and Topin (2017), in the two phases of fastai or the three of the paper."""
    first = max_lr / div_factor
    last = first / final_div_factor
    peak = pct_start * total_steps - 1
    knots = [(0.0, first), (peak, max_lr)]
    if three_phase:
        knots.append((2 * pct_start * total_steps - 2, first))
    knots.append((total_steps - 1, last))
    reached = next((i for i, (end, _) in enumerate(knots[1:]) if k <= end), len(knots) - 2)
    (start, low), (end, high) = knots[reached], knots[reached + 1]
    share = (k - start) / (end - start)
    if anneal_strategy == "cos":
        share = (1 - math.cos(math.pi * share)) / 2
    return low + (high - low) * share


def plateau(
    losses,
    lr,
    *,
    mode="min",
    factor=0.1,
    patience=10,
    threshold=1e-4,
    threshold_mode="rel",
    cooldown=0,
    min_lr=0.0,
    eps=1e-8,
):
    """Yield the rate after each loss: reduced when none of the last `patience` + 1 was a new best."""
    sign = 1 if mode == "min" else -1
    best, num_bad, num_cooling = math.inf, 0, 0
    for loss in losses:
        value = sign * loss
        margin = threshold * abs(best) if threshold_mode == "rel" else threshold
        if best == math.inf or value < best - margin:
            best, num_bad = value, 0
        else:
            num_bad += 1
        if num_cooling > 0:
            num_cooling, num_bad = num_cooling - 1, 0
        if num_bad > patience:
            reduced = max(lr * factor, min_lr)
            lr = reduced if lr - reduced > eps else lr
            num_cooling, num_bad = cooldown, 0
        yield lr


RATES: dict[str, Callable[..., float]] = {
    "StepLR": step,
    "MultiStepLR": multi_step,
    "ConstantLR": constant,
    "LinearLR": linear,
    "ExponentialLR": exponential,
    "PolynomialLR": polynomial,
    "CosineAnnealingLR": cosine,
    "CosineAnnealingWarmRestarts": cosine_with_restarts,
    "CyclicLR": cyclic,
    "OneCycleLR": one_cycle,
}
