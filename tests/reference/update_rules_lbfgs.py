"""L-BFGS in plain Python: the two-loop recursion and a strong Wolfe line search.

Nocedal and Wright, Numerical Optimization, 2nd ed.: algorithms 7.4 (two loops), 3.5 and 3.6 (line search).
What the book leaves open is as in minFunc (Schmidt, 2005), which torch follows: the first step size, the
stopping tests, cubic interpolation and the safeguard against trial steps at an end of the bracket.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Vector = list[float]
SUFFICIENT_DECREASE, CURVATURE = 1e-4, 0.9


def dot(a: Vector, b: Vector) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def along(theta: Vector, t: float, direction: Vector) -> Vector:
    return [x + t * d for x, d in zip(theta, direction, strict=True)]


def largest(vector: Vector) -> float:
    return max(abs(x) for x in vector)


def two_loops(g: Vector, pairs: list[tuple[Vector, Vector]]) -> Vector:
    """Return minus the approximate inverse Hessian times `g`; `pairs` of (s, y), oldest first."""
    q = list(g)
    alphas = []
    for s, y in reversed(pairs):
        alpha = dot(s, q) / dot(y, s)
        q = along(q, -alpha, y)
        alphas.append(alpha)
    s, y = pairs[-1]
    r = [dot(s, y) / dot(y, y) * x for x in q]
    for (s, y), alpha in zip(pairs, reversed(alphas), strict=True):
        r = along(r, alpha - dot(y, r) / dot(y, s), s)
    return [-x for x in r]


def lbfgs(
    theta: Vector,
    loss: Callable[[Vector], float],
    gradient: Callable[[Vector], Vector],
    *,
    lr: float = 1.0,
    max_iter: int = 20,
    max_eval: int | None = None,
    tolerance_grad: float = 1e-7,
    tolerance_change: float = 1e-9,
    history_size: int = 100,
    line_search_fn: str | None = None,
) -> Iterator[Vector]:
    """Yield theta after each call of step, which is up to `max_iter` iterations."""
    max_eval = max_iter * 5 // 4 if max_eval is None else max_eval
    pairs: list[tuple[Vector, Vector]] = []
    last: tuple[Vector, Vector] | None = None  # the last iteration's step and the gradient before it
    while True:
        f, g = loss(theta), gradient(theta)
        evaluations, iterations = 1, 0
        while iterations < max_iter and largest(g) > tolerance_grad:
            iterations += 1
            if last is None:
                direction, t = [-x for x in g], min(1.0, 1.0 / sum(abs(x) for x in g)) * lr
            else:
                s, y = last[0], along(g, -1.0, last[1])
                if dot(s, y) > 1e-10:
                    pairs = [*pairs, (s, y)][-history_size:]
                direction, t = two_loops(g, pairs) if pairs else [-x for x in g], lr
            before, slope = f, dot(g, direction)
            if slope > -tolerance_change:
                break
            if line_search_fn is None:
                new = along(theta, t, direction)
                last = [t * d for d in direction], g
                theta = new
                if iterations == max_iter:
                    break
                f, g = loss(theta), gradient(theta)
                evaluations += 1
            else:
                search = Search(loss, gradient, theta, direction, tolerance_change, max_eval - evaluations)
                point = search.run(t)
                last = [point.t * d for d in direction], g
                theta, f, g, t = along(theta, point.t, direction), point.f, point.g, point.t
                evaluations += search.evaluations
            moved = largest([t * d for d in direction])
            if evaluations >= max_eval or moved <= tolerance_change or abs(f - before) < tolerance_change:
                break
        yield theta


@dataclass(frozen=True)
class Point:
    """A place on the line: its parameter, the loss, the gradient and the slope along the line."""

    t: float
    f: float
    g: Vector
    slope: float


class Search:
    """One line search for the strong Wolfe conditions."""

    def __init__(self, loss, gradient, theta, direction, tolerance, max_evaluations):
        self.loss, self.gradient, self.theta, self.direction = loss, gradient, theta, direction
        self.tolerance, self.max_trials, self.evaluations = tolerance, max_evaluations, 0
        self.origin = self._at(0.0)

    def _at(self, t: float) -> Point:
        place = along(self.theta, t, self.direction)
        g = self.gradient(place)
        return Point(t, self.loss(place), g, dot(g, self.direction))

    def _try(self, t: float) -> Point:
        self.evaluations += 1
        return self._at(t)

    def _decreases(self, point: Point) -> bool:
        return point.f <= self.origin.f + SUFFICIENT_DECREASE * point.t * self.origin.slope

    def _is_flat(self, point: Point) -> bool:
        return abs(point.slope) <= -CURVATURE * self.origin.slope

    def run(self, t: float) -> Point:
        """Bracket a point that satisfies both conditions (algorithm 3.5), then zoom in (3.6)."""
        previous, point, trials = self.origin, self._try(t), 0
        while trials < self.max_trials:
            if not self._decreases(point) or (trials > 1 and point.f >= previous.f):
                return self._zoom(previous, point, trials)
            if self._is_flat(point):
                return point
            if point.slope >= 0:
                return self._zoom(previous, point, trials)
            low, high = point.t + 0.01 * (point.t - previous.t), point.t * 10
            t = minimum_of_cubic(previous, point, low, high)
            previous, point, trials = point, self._try(t), trials + 1
        return self.origin if self.origin.f <= point.f else point

    def _zoom(self, a: Point, b: Point, trials: int) -> Point:
        low, high = (a, b) if a.f <= b.f else (b, a)
        was_near_end = False
        while trials < self.max_trials and abs(a.t - b.t) * largest(self.direction) >= self.tolerance:
            t, was_near_end = self._trial(a, b, was_near_end)
            point, trials = self._try(t), trials + 1
            if not self._decreases(point) or point.f >= low.f:
                # The high end moves in. Which end is low is then decided anew, the first one where they tie.
                a, b = (point, b) if high is a else (a, point)
                low, high = (a, b) if a.f <= b.f else (b, a)
                continue
            if self._is_flat(point):
                return point
            low_is_a = low is a
            if point.slope * (high.t - low.t) >= 0:
                high = low
            low = point
            a, b = (low, high) if low_is_a else (high, low)
        return low

    def _trial(self, a: Point, b: Point, was_near_end: bool) -> tuple[float, bool]:
        """Return the next trial step, and whether it lies so near an end that a second one must not."""
        start, end = min(a.t, b.t), max(a.t, b.t)
        t, margin = minimum_of_cubic(a, b, start, end), 0.1 * (end - start)
        if min(end - t, t - start) >= margin:
            return t, False
        if was_near_end or t >= end or t <= start:
            return (end - margin if abs(t - end) < abs(t - start) else start + margin), False
        return t, True


def minimum_of_cubic(a: Point, b: Point, low: float, high: float) -> float:
    """Return the minimizer, within [low, high], of the cubic through `a` and `b` with both slopes; 3.59."""
    a, b = (a, b) if a.t <= b.t else (b, a)
    d1 = a.slope + b.slope - 3 * (a.f - b.f) / (a.t - b.t)
    radicand = d1**2 - a.slope * b.slope
    if radicand < 0:
        return (low + high) / 2
    d2 = math.sqrt(radicand)
    t = b.t - (b.t - a.t) * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2)
    return min(max(t, low), high)
