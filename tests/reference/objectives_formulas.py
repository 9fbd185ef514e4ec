"""The closed forms in plain Python, written from the literature and not from the kernels.

Each takes a module `m` (``math`` for doubles, ``mpmath`` for as many digits as wanted), the variables and the
parameters. The forms are those of M. Jamil, X.-S. Yang, A literature survey of benchmark functions for global
optimisation problems, 2013, and of the book or paper that the catalogue names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def rosenbrock(m: Any, x: Any, y: Any, a: Any, b: Any) -> Any:
    return b * (y - x**2) ** 2 + (x - a) ** 2


def himmelblau(m: Any, x: Any, y: Any) -> Any:
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def beale(m: Any, x: Any, y: Any) -> Any:
    targets = (m.mpf("1.5"), m.mpf("2.25"), m.mpf("2.625")) if hasattr(m, "mpf") else (1.5, 2.25, 2.625)
    return sum((target - x * (1 - y ** (i + 1))) ** 2 for i, target in enumerate(targets))


def rastrigin(m: Any, *xs: Any, A: Any) -> Any:
    return A * len(xs) + sum(x**2 - A * m.cos(2 * m.pi * x) for x in xs)


def ackley(m: Any, *xs: Any) -> Any:
    n = len(xs)
    cone = -20 * m.exp(-m.sqrt(sum(x**2 for x in xs) / n) / 5)
    ripples = -m.exp(sum(m.cos(2 * m.pi * x) for x in xs) / n)
    return cone + ripples + m.exp(1) + 20


def styblinski_tang(m: Any, *xs: Any) -> Any:
    return sum(x**4 - 16 * x**2 + 5 * x for x in xs) / 2


FORMULAS: dict[str, Callable[..., Any]] = {
    "parabola": lambda m, x, a: a * x**2 / 2,
    "double-well": lambda m, x, c: x**4 - 2 * x**2 + 1 + c * x,
    "bowl": lambda m, x, y: x**2 + y**2,
    "ravine": lambda m, x, y, kappa: x**2 / 2 + kappa * y**2 / 2,
    "saddle": lambda m, x, y: (x - y) * (x + y),
    "monkey-saddle": lambda m, x, y: x**3 - 3 * x * y**2,
    "rosenbrock": rosenbrock,
    "beale": beale,
    "himmelblau": himmelblau,
    "rastrigin": rastrigin,
    "ackley": ackley,
    "styblinski-tang": styblinski_tang,
}

# Global minima at the default parameters, to the digits that are printed in the literature: (theta, loss).
PUBLISHED_MINIMA: dict[str, list[tuple[tuple[str, ...], str]]] = {
    "rosenbrock": [(("1", "1"), "0")],
    "beale": [(("3", "0.5"), "0")],
    "himmelblau": [
        (("3", "2"), "0"),
        (("-2.805118", "3.131312"), "0"),
        (("-3.779310", "-3.283186"), "0"),
        (("3.584428", "-1.848126"), "0"),
    ],
    "rastrigin": [(("0", "0"), "0")],
    "ackley": [(("0", "0"), "0")],
    "styblinski-tang": [(("-2.903534", "-2.903534"), "-78.332")],
}
