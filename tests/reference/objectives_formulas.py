"""The closed forms in plain Python, written from the literature and not from the kernels.

Each takes a module `m` (``math`` for doubles, ``mpmath`` for as many digits as wanted), the variables and the
parameters. The forms are those of M. Jamil, X.-S. Yang, A literature survey of benchmark functions for global
optimisation problems, 2013, of S. Surjanovic, D. Bingham, Virtual Library of Simulation Experiments, and of
the book or paper that the catalogue names.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any


def decimal(m: Any, digits: str) -> Any:
    """Return a decimal fraction in the numbers of `m`: exactly as printed, where it has the digits."""
    return m.mpf(digits) if hasattr(m, "mpf") else float(digits)


def ravine(m: Any, x: Any, y: Any, kappa: Any, alpha: Any) -> Any:
    """The quadratic form of the matrix R^T diag(1, kappa) R."""
    c, s = m.cos(alpha * m.pi / 180), m.sin(alpha * m.pi / 180)
    xx, xy, yy = c * c + kappa * s * s, (1 - kappa) * s * c, s * s + kappa * c * c
    return (xx * x**2 + 2 * xy * x * y + yy * y**2) / 2


def rosenbrock(m: Any, *xs: Any, a: Any, b: Any) -> Any:
    return sum(b * (y - x**2) ** 2 + (x - a) ** 2 for x, y in pairwise(xs))


def himmelblau(m: Any, x: Any, y: Any) -> Any:
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def beale(m: Any, x: Any, y: Any) -> Any:
    targets = [decimal(m, digits) for digits in ("1.5", "2.25", "2.625")]
    return sum((target - x * (1 - y ** (i + 1))) ** 2 for i, target in enumerate(targets))


def freudenstein_roth(m: Any, x: Any, y: Any) -> Any:
    return (-13 + x - 2 * y + 5 * y**2 - y**3) ** 2 + (-29 + x - 14 * y + y**2 + y**3) ** 2


def matyas(m: Any, x: Any, y: Any) -> Any:
    return decimal(m, "0.26") * (x**2 + y**2) - decimal(m, "0.48") * x * y


def trid(m: Any, *xs: Any) -> Any:
    return sum((x - 1) ** 2 for x in xs) - sum(x * y for x, y in pairwise(xs))


def cliff(m: Any, x: Any, y: Any, k: Any) -> Any:
    return ((x / 4 + m.tanh(k * x - k) + m.tanh(k)) ** 2 + y**2) / 2


def spiral_valley(m: Any, x: Any, y: Any, k: Any) -> Any:
    s = x**2 + y**2
    return s / 5 + (y * m.cos(k * s) - x * m.sin(k * s)) ** 2


def zakharov(m: Any, *xs: Any) -> Any:
    tilted = sum(i * x for i, x in enumerate(xs, 1)) / 2
    return sum(x**2 for x in xs) + tilted**2 + tilted**4


def three_hump_camel(m: Any, x: Any, y: Any) -> Any:
    return 2 * x**2 - decimal(m, "1.05") * x**4 + x**6 / 6 + x * y + y**2


def six_hump_camel(m: Any, x: Any, y: Any) -> Any:
    return 4 * x**2 - decimal(m, "2.1") * x**4 + x**6 / 3 + x * y - 4 * y**2 + 4 * y**4


def goldstein_price(m: Any, x: Any, y: Any) -> Any:
    left = 19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2
    right = 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
    return (1 + (x + y + 1) ** 2 * left) * (30 + (2 * x - 3 * y) ** 2 * right)


def mccormick(m: Any, x: Any, y: Any) -> Any:
    return m.sin(x + y) + (x - y) ** 2 - decimal(m, "1.5") * x + decimal(m, "2.5") * y + 1


def branin(m: Any, x: Any, y: Any) -> Any:
    b, c, t = decimal(m, "5.1") / (4 * m.pi**2), 5 / m.pi, 1 / (8 * m.pi)
    return (y - b * x**2 + c * x - 6) ** 2 + 10 * (1 - t) * m.cos(x) + 10


def rastrigin(m: Any, *xs: Any, A: Any) -> Any:
    return A * len(xs) + sum(x**2 - A * m.cos(2 * m.pi * x) for x in xs)


def ackley(m: Any, *xs: Any) -> Any:
    n = len(xs)
    cone = -20 * m.exp(-m.sqrt(sum(x**2 for x in xs) / n) / 5)
    ripples = -m.exp(sum(m.cos(2 * m.pi * x) for x in xs) / n)
    return cone + ripples + m.exp(1) + 20


def styblinski_tang(m: Any, *xs: Any) -> Any:
    return sum(x**4 - 16 * x**2 + 5 * x for x in xs) / 2


def griewank(m: Any, *xs: Any) -> Any:
    ripples = 1
    for i, x in enumerate(xs, 1):
        ripples *= m.cos(x / m.sqrt(i))
    return sum(x**2 for x in xs) / 4000 - ripples + 1


def levy(m: Any, *xs: Any) -> Any:
    ws = [1 + (x - 1) / 4 for x in xs]
    chain = sum((w - 1) ** 2 * (1 + 10 * m.sin(m.pi * w + 1) ** 2) for w in ws[:-1])
    return m.sin(m.pi * ws[0]) ** 2 + chain + (ws[-1] - 1) ** 2 * (1 + m.sin(2 * m.pi * ws[-1]) ** 2)


def levy_13(m: Any, x: Any, y: Any) -> Any:
    left = (x - 1) ** 2 * (1 + m.sin(3 * m.pi * y) ** 2)
    return m.sin(3 * m.pi * x) ** 2 + left + (y - 1) ** 2 * (1 + m.sin(2 * m.pi * y) ** 2)


def drop_wave(m: Any, x: Any, y: Any) -> Any:
    s = x**2 + y**2
    return -(1 + m.cos(12 * m.sqrt(s))) / (s / 2 + 2)


def bohachevsky(m: Any, x: Any, y: Any) -> Any:
    waves = 3 * m.cos(3 * m.pi * x) + 4 * m.cos(4 * m.pi * y)
    return x**2 + 2 * y**2 - waves / 10 + decimal(m, "0.7")


def michalewicz(m: Any, *xs: Any) -> Any:
    return -sum(m.sin(x) * m.sin(i * x**2 / m.pi) ** 20 for i, x in enumerate(xs, 1))


def shubert(m: Any, *xs: Any) -> Any:
    product = 1
    for x in xs:
        product *= sum(j * m.cos((j + 1) * x + j) for j in range(1, 6))
    return product


def eggholder(m: Any, x: Any, y: Any) -> Any:
    ahead, behind = m.sqrt(abs(y + x / 2 + 47)), m.sqrt(abs(x - (y + 47)))
    return -(y + 47) * m.sin(ahead) - x * m.sin(behind)


def cross_in_tray(m: Any, x: Any, y: Any) -> Any:
    tray = abs(m.sin(x) * m.sin(y) * m.exp(abs(100 - m.sqrt(x**2 + y**2) / m.pi)))
    return -((tray + 1) ** decimal(m, "0.1")) / 10000


def holder_table(m: Any, x: Any, y: Any) -> Any:
    return -abs(m.sin(x) * m.cos(y) * m.exp(abs(1 - m.sqrt(x**2 + y**2) / m.pi)))


FORMULAS: dict[str, Callable[..., Any]] = {
    "parabola": lambda m, x, a: a * x**2 / 2,
    "double-well": lambda m, x, c: x**4 - 2 * x**2 + 1 + c * x,
    "absolute-value": lambda m, x: abs(x),
    "flat-tail": lambda m, x, a: 1 - 2 * m.exp(-a * x) + m.exp(-2 * a * x),
    "exploding-wall": lambda m, x, a: m.exp(a * x) - a * x - 1,
    "x-sin-x": lambda m, x: x * m.sin(x),
    "forrester": lambda m, x: (6 * x - 2) ** 2 * m.sin(12 * x - 4),
    "gramacy-lee": lambda m, x: m.sin(10 * m.pi * x) / (2 * x) + (x - 1) ** 4,
    "bowl": lambda m, x, y: x**2 + y**2,
    "ravine": ravine,
    "booth": lambda m, x, y: 5 * x**2 + 8 * x * y + 5 * y**2 - 34 * x - 38 * y + 74,
    "matyas": matyas,
    "trid": trid,
    "saddle": lambda m, x, y: (x - y) * (x + y),
    "monkey-saddle": lambda m, x, y: x**3 - 3 * x * y**2,
    "rosenbrock": rosenbrock,
    "beale": beale,
    "freudenstein-roth": freudenstein_roth,
    "dixon-price": lambda m, x, y: (x - 1) ** 2 + 2 * (2 * y**2 - x) ** 2,
    "plateau": lambda m, x, y, c: 1 - c**2 / (c**2 + x**2 + y**2),
    "easom": lambda m, x, y: -m.cos(x) * m.cos(y) * m.exp(-((x - m.pi) ** 2) - (y - m.pi) ** 2),
    "cliff": cliff,
    "spiral-valley": spiral_valley,
    "zakharov": zakharov,
    "himmelblau": himmelblau,
    "three-hump-camel": three_hump_camel,
    "six-hump-camel": six_hump_camel,
    "goldstein-price": goldstein_price,
    "mccormick": mccormick,
    "branin": branin,
    "rastrigin": rastrigin,
    "ackley": ackley,
    "styblinski-tang": styblinski_tang,
    "griewank": griewank,
    "levy": levy,
    "levy-13": levy_13,
    "drop-wave": drop_wave,
    "bohachevsky": bohachevsky,
    "michalewicz": michalewicz,
    "shubert": shubert,
    "schwefel": lambda m, *xs: -sum(x * m.sin(m.sqrt(abs(x))) for x in xs),
    "eggholder": eggholder,
    "bukin-6": lambda m, x, y: 100 * m.sqrt(abs(y - x**2 / 100)) + abs(x + 10) / 100,
    "cross-in-tray": cross_in_tray,
    "holder-table": holder_table,
}
