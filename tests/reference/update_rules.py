"""Textbook update rules in plain Python: the oracles of the optimizers of ``torch.optim``.

Each rule is a generator: it takes a start and a gradient, and yields theta after every step. Written from the
papers and the algorithm blocks of the documentation, coordinate by coordinate; nothing here imports torch.
Where torch does its arithmetic in float32 in the middle of a float64 run, the rule rounds at the same place.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator
from itertools import count

Vector = list[float]
Gradient = Callable[[Vector], Vector]
EPSILON_FLOAT64 = 2.0**-52


def float32(value: float) -> float:
    """Round to the nearest float32."""
    return float(struct.unpack("f", struct.pack("f", value))[0])


def signed(gradient: Gradient, maximize: bool) -> Gradient:
    return (lambda theta: [-g for g in gradient(theta)]) if maximize else gradient


def l2(gradient: Gradient, weight_decay: float) -> Gradient:
    """Add the gradient of weight_decay / 2 * |theta|^2."""
    return lambda theta: [g + weight_decay * x for g, x in zip(gradient(theta), theta, strict=True)]


def rms(vector: Vector) -> float:
    return math.sqrt(sum(x * x for x in vector) / len(vector))


def sgd(theta, gradient, *, lr=1e-3, momentum=0, dampening=0, weight_decay=0, nesterov=False, maximize=False):
    """Robbins and Monro; heavy ball after Polyak, with the buffer starting as the first gradient."""
    gradient = l2(signed(gradient, maximize), weight_decay)
    velocity = None
    while True:
        g = gradient(theta)
        if velocity is None:
            velocity = g
        else:
            velocity = [momentum * v + (1 - dampening) * gi for v, gi in zip(velocity, g, strict=True)]
        ahead = [gi + momentum * v for gi, v in zip(g, velocity, strict=True)]
        direction = (ahead if nesterov else velocity) if momentum else g
        theta = [x - lr * d for x, d in zip(theta, direction, strict=True)]
        yield theta


def asgd(theta, gradient, *, lr=1e-2, lambd=1e-4, alpha=0.75, t0=1e6, weight_decay=0, maximize=False):
    """Polyak and Juditsky; the step size after Bottou (2010): lr / (1 + lambd lr t)^alpha."""
    for point, _ in asgd_with_average(
        theta, gradient, lr=lr, lambd=lambd, alpha=alpha, t0=t0, weight_decay=weight_decay, maximize=maximize
    ):
        yield point


def asgd_with_average(theta, gradient, *, lr, lambd, alpha, t0, weight_decay, maximize):
    gradient = l2(signed(gradient, maximize), weight_decay)
    # torch keeps eta and mu as float32 scalars, whatever the dtype of theta.
    eta, mu, average = float32(lr), 1.0, [0.0] * len(theta)
    for t in count(1):
        g = gradient(theta)
        theta = [x * (1 - lambd * eta) - eta * gi for x, gi in zip(theta, g, strict=True)]
        average = [a + mu * (x - a) for a, x in zip(average, theta, strict=True)]
        eta = float32(lr / (1 + lambd * lr * t) ** alpha)
        mu = float32(1 / max(1, t - t0))
        yield theta, average


def adadelta(theta, gradient, *, lr=1.0, rho=0.9, eps=1e-6, weight_decay=0, maximize=False):
    """Zeiler, algorithm 1."""
    gradient = l2(signed(gradient, maximize), weight_decay)
    squares, deltas = [0.0] * len(theta), [0.0] * len(theta)
    while True:
        g = gradient(theta)
        squares = [rho * s + (1 - rho) * gi**2 for s, gi in zip(squares, g, strict=True)]
        change = [
            math.sqrt(d + eps) / math.sqrt(s + eps) * gi for d, s, gi in zip(deltas, squares, g, strict=True)
        ]
        deltas = [rho * d + (1 - rho) * c**2 for d, c in zip(deltas, change, strict=True)]
        theta = [x - lr * c for x, c in zip(theta, change, strict=True)]
        yield theta


def adafactor(
    theta, gradient, *, lr=1e-2, beta2_decay=-0.8, eps=(None, 1e-3), d=1.0, weight_decay=0.0, maximize=False
):
    """Shazeer and Stern, algorithm 5 (a vector is not factored), the first epsilon where torch has it."""
    gradient = signed(gradient, maximize)
    epsilon1 = EPSILON_FLOAT64 if eps[0] is None else eps[0]
    second_moment = [0.0] * len(theta)
    for t in count(1):
        g = gradient(theta)
        beta2 = 1 - t**beta2_decay
        step_size = max(eps[1], rms(theta)) * min(lr, 1 / math.sqrt(t))
        theta = [x * (1 - lr * weight_decay) for x in theta]
        second_moment = [beta2 * v + (1 - beta2) * gi**2 for v, gi in zip(second_moment, g, strict=True)]
        update = [gi / math.sqrt(max(v, epsilon1**2)) for gi, v in zip(g, second_moment, strict=True)]
        clipping = max(1.0, rms(update) / d)
        theta = [x - step_size * u / clipping for x, u in zip(theta, update, strict=True)]
        yield theta


def adagrad(
    theta,
    gradient,
    *,
    lr=1e-2,
    lr_decay=0,
    weight_decay=0,
    initial_accumulator_value=0,
    eps=1e-10,
    maximize=False,
):
    """Duchi, Hazan and Singer, the diagonal case."""
    gradient = l2(signed(gradient, maximize), weight_decay)
    sums = [float(initial_accumulator_value)] * len(theta)
    for t in count(1):
        g = gradient(theta)
        sums = [s + gi**2 for s, gi in zip(sums, g, strict=True)]
        rate = lr / (1 + (t - 1) * lr_decay)
        theta = [x - rate * gi / (math.sqrt(s) + eps) for x, gi, s in zip(theta, g, sums, strict=True)]
        yield theta


def adam(
    theta,
    gradient,
    *,
    lr=1e-3,
    betas=(0.9, 0.999),
    eps=1e-8,
    weight_decay=0,
    amsgrad=False,
    decoupled_weight_decay=False,
    maximize=False,
):
    """Kingma and Ba, algorithm 1; amsgrad after Reddi et al. (2018), its maximum before bias correction."""
    gradient = signed(gradient, maximize)
    gradient = gradient if decoupled_weight_decay else l2(gradient, weight_decay)
    shrink = 1 - lr * weight_decay if decoupled_weight_decay else 1.0
    beta1, beta2 = betas
    m, v, largest = ([0.0] * len(theta) for _ in range(3))
    for t in count(1):
        g = gradient(theta)
        m = [beta1 * mi + (1 - beta1) * gi for mi, gi in zip(m, g, strict=True)]
        v = [beta2 * vi + (1 - beta2) * gi**2 for vi, gi in zip(v, g, strict=True)]
        largest = [max(a, b) for a, b in zip(largest, v, strict=True)]
        m_hat = [mi / (1 - beta1**t) for mi in m]
        v_hat = [vi / (1 - beta2**t) for vi in (largest if amsgrad else v)]
        theta = [
            x * shrink - lr * mi / (math.sqrt(vi) + eps)
            for x, mi, vi in zip(theta, m_hat, v_hat, strict=True)
        ]
        yield theta


def adamw(theta, gradient, *, weight_decay=1e-2, **rest):
    """Loshchilov and Hutter, algorithm 2."""
    return adam(theta, gradient, weight_decay=weight_decay, decoupled_weight_decay=True, **rest)


def adamax(theta, gradient, *, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, maximize=False):
    """Kingma and Ba, algorithm 2, with torch's epsilon inside the maximum."""
    gradient = l2(signed(gradient, maximize), weight_decay)
    beta1, beta2 = betas
    m, u = [0.0] * len(theta), [0.0] * len(theta)
    for t in count(1):
        g = gradient(theta)
        m = [beta1 * mi + (1 - beta1) * gi for mi, gi in zip(m, g, strict=True)]
        u = [max(beta2 * ui, abs(gi) + eps) for ui, gi in zip(u, g, strict=True)]
        theta = [x - lr / (1 - beta1**t) * mi / ui for x, mi, ui in zip(theta, m, u, strict=True)]
        yield theta


def nadam(
    theta,
    gradient,
    *,
    lr=2e-3,
    betas=(0.9, 0.999),
    eps=1e-8,
    weight_decay=0,
    momentum_decay=4e-3,
    decoupled_weight_decay=False,
    maximize=False,
):
    """Dozat, algorithm 2, with the schedule of the momentum that he recommends."""
    gradient = signed(gradient, maximize)
    gradient = gradient if decoupled_weight_decay else l2(gradient, weight_decay)
    shrink = 1 - lr * weight_decay if decoupled_weight_decay else 1.0
    beta1, beta2 = betas
    m, v, product = [0.0] * len(theta), [0.0] * len(theta), 1.0

    def mu(t: int) -> float:
        return beta1 * (1 - 0.5 * 0.96 ** (t * momentum_decay))

    for t in count(1):
        g = gradient(theta)
        # torch keeps the product of all mu as a float32 scalar: both factors and the product are rounded.
        product = float32(product * float32(mu(t)))
        m = [beta1 * mi + (1 - beta1) * gi for mi, gi in zip(m, g, strict=True)]
        v = [beta2 * vi + (1 - beta2) * gi**2 for vi, gi in zip(v, g, strict=True)]
        m_hat = [
            mu(t + 1) * mi / (1 - product * mu(t + 1)) + (1 - mu(t)) * gi / (1 - product)
            for mi, gi in zip(m, g, strict=True)
        ]
        v_hat = [vi / (1 - beta2**t) for vi in v]
        theta = [
            x * shrink - lr * mi / (math.sqrt(vi) + eps)
            for x, mi, vi in zip(theta, m_hat, v_hat, strict=True)
        ]
        yield theta


def radam(
    theta,
    gradient,
    *,
    lr=1e-3,
    betas=(0.9, 0.999),
    eps=1e-8,
    weight_decay=0,
    decoupled_weight_decay=False,
    maximize=False,
):
    """Liu et al., algorithm 2, rectified where rho_t > 5, epsilon before the bias correction as in torch."""
    gradient = signed(gradient, maximize)
    gradient = gradient if decoupled_weight_decay else l2(gradient, weight_decay)
    shrink = 1 - lr * weight_decay if decoupled_weight_decay else 1.0
    beta1, beta2 = betas
    m, v = [0.0] * len(theta), [0.0] * len(theta)
    for t in count(1):
        g = gradient(theta)
        theta = [x * shrink for x in theta]
        m = [beta1 * mi + (1 - beta1) * gi for mi, gi in zip(m, g, strict=True)]
        v = [beta2 * vi + (1 - beta2) * gi**2 for vi, gi in zip(v, g, strict=True)]
        m_hat = [mi / (1 - beta1**t) for mi in m]
        rectification = radam_rectification(t, beta2)
        if rectification is None:
            update = m_hat
        else:
            correction = math.sqrt(1 - beta2**t)
            adaptive = [correction / (math.sqrt(vi) + eps) for vi in v]
            update = [mi * rectification * a for mi, a in zip(m_hat, adaptive, strict=True)]
        theta = [x - lr * u for x, u in zip(theta, update, strict=True)]
        yield theta


def radam_rectification(t: int, beta2: float) -> float | None:
    """The variance rectification term of step t, None while the variance is intractable."""
    rho_inf = 2 / (1 - beta2) - 1
    rho = rho_inf - 2 * t * beta2**t / (1 - beta2**t)
    if rho <= 5:
        return None
    return math.sqrt((rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho))


def rmsprop(
    theta,
    gradient,
    *,
    lr=1e-2,
    alpha=0.99,
    eps=1e-8,
    weight_decay=0,
    momentum=0,
    centered=False,
    maximize=False,
):
    """Tieleman and Hinton, lecture 6e; centered after Graves (2013), epsilon outside the root."""
    gradient = l2(signed(gradient, maximize), weight_decay)
    squares, means, buffer = ([0.0] * len(theta) for _ in range(3))
    while True:
        g = gradient(theta)
        squares = [alpha * s + (1 - alpha) * gi**2 for s, gi in zip(squares, g, strict=True)]
        means = [alpha * a + (1 - alpha) * gi for a, gi in zip(means, g, strict=True)]
        variances = [s - a**2 for s, a in zip(squares, means, strict=True)] if centered else squares
        scaled = [gi / (math.sqrt(v) + eps) for gi, v in zip(g, variances, strict=True)]
        buffer = [momentum * b + c for b, c in zip(buffer, scaled, strict=True)]
        theta = [x - lr * b for x, b in zip(theta, buffer, strict=True)]
        yield theta


def rprop(theta, gradient, *, lr=1e-2, etas=(0.5, 1.2), step_sizes=(1e-6, 50), maximize=False):
    """Riedmiller and Braun, without backtracking: after a change of sign the gradient is forgotten."""
    gradient = signed(gradient, maximize)
    previous, sizes = [0.0] * len(theta), [float(lr)] * len(theta)
    while True:
        g = gradient(theta)
        for i, gi in enumerate(g):
            agreement = gi * previous[i]
            factor = etas[1] if agreement > 0 else etas[0] if agreement < 0 else 1.0
            sizes[i] = min(max(sizes[i] * factor, step_sizes[0]), step_sizes[1])
            previous[i] = 0.0 if agreement < 0 else gi
        theta = [
            x - s * math.copysign(1.0, p) if p != 0 else x
            for x, s, p in zip(theta, sizes, previous, strict=True)
        ]
        yield theta


Rule = Callable[..., Iterator[Vector]]
RULES: dict[str, Rule] = {
    "ASGD": asgd,
    "Adadelta": adadelta,
    "Adafactor": adafactor,
    "Adagrad": adagrad,
    "Adam": adam,
    "AdamW": adamw,
    "Adamax": adamax,
    "NAdam": nadam,
    "RAdam": radam,
    "RMSprop": rmsprop,
    "Rprop": rprop,
    "SGD": sgd,
}
