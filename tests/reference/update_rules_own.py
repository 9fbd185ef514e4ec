"""Textbook update rules of the optimizers that torch does not have, in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

Vector = list[float]
Matrix = list[list[float]]


def backtracking(
    objective, _, *, lr=1.0, shrink=0.5, c1=1e-4, max_shrinks=30, maximize=False
) -> Iterator[Vector]:
    """Nocedal and Wright, algorithm 3.1, along the steepest descent; theta stays where no length will do."""
    theta = objective.start
    while True:
        slope = objective.gradient(theta)
        loss, squared = objective.loss(theta), sum(g * g for g in slope)
        length = lr
        for _ in range(max_shrinks + 1):
            ahead = [x - length * g for x, g in zip(theta, slope, strict=True)]
            if objective.loss(ahead) <= loss - c1 * length * squared:
                theta = ahead
                break
            length *= shrink
        yield theta


def newton(
    objective, hessian: Callable[..., Matrix], *, lr=1.0, damping=0.0, absolute=False
) -> Iterator[Vector]:
    """Nocedal and Wright, equation 2.15; with absolute eigenvalues as Dauphin et al. (2014), equation 10."""
    theta = objective.start
    while True:
        values, vectors = eigenpairs(hessian(*theta))
        slope = objective.gradient(theta)
        step = [0.0] * len(theta)
        for value, vector in zip(values, vectors, strict=True):
            along = sum(v * g for v, g in zip(vector, slope, strict=True))
            share = along / ((abs(value) if absolute else value) + damping)
            step = [s + share * v for s, v in zip(step, vector, strict=True)]
        theta = [x - lr * s for x, s in zip(theta, step, strict=True)]
        yield theta


def eigenpairs(matrix: Matrix) -> tuple[Vector, Matrix]:
    """Return eigenvalues and eigenvectors of a symmetric matrix, by the rotations of Jacobi (1846)."""
    size = len(matrix)
    a = [list(map(float, row)) for row in matrix]
    vectors = [[float(i == j) for j in range(size)] for i in range(size)]
    for _ in range(30):
        for p in range(size):
            for q in range(p + 1, size):
                if a[p][q]:
                    angle = 0.5 * math.atan2(2 * a[p][q], a[q][q] - a[p][p])
                    c, s = math.cos(angle), math.sin(angle)
                    for row in a:
                        row[p], row[q] = c * row[p] - s * row[q], s * row[p] + c * row[q]
                    for rows in (a, vectors):
                        rows[p], rows[q] = (
                            [c * x - s * y for x, y in zip(rows[p], rows[q], strict=True)],
                            [s * x + c * y for x, y in zip(rows[p], rows[q], strict=True)],
                        )
    return [a[i][i] for i in range(size)], vectors
