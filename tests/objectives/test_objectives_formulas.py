"""The kernel, the LaTeX and the stated minima against formulas written independently."""

from __future__ import annotations

import math
from typing import Any

import mpmath
import pytest
from cases import CASES, IDS, ROWS, create, gradient, loss, points

from downslope.objectives import Minimum, Objective
from reference import objectives_latex
from reference.objectives_formulas import FORMULAS, PUBLISHED_MINIMA

all_cases = pytest.mark.parametrize("objective", CASES)


def reference(m: Any, objective: Objective, theta: Any) -> Any:
    values = objective.describe()["values"]
    return FORMULAS[objective.id](m, *theta, **values)


def test_every_function_has_a_reference_formula() -> None:
    assert set(FORMULAS) == set(IDS)


@all_cases
def test_loss_is_the_formula_of_the_literature(objective: Objective) -> None:
    for theta in points(objective, 200):
        assert loss(objective, theta) == pytest.approx(
            reference(math, objective, theta), rel=1e-12, abs=1e-12
        )


@all_cases
def test_gradient_is_the_derivative_of_the_formula_to_twelve_digits(objective: Objective) -> None:
    with mpmath.workdps(40):
        for theta in points(objective, 5, seed=2):
            found = gradient(objective, theta).tolist()
            for i in range(objective.dim):
                order = tuple(int(j == i) for j in range(objective.dim))
                exact = float(mpmath.diff(lambda *at: reference(mpmath, objective, at), tuple(theta), order))
                assert found[i] == pytest.approx(exact, rel=1e-11, abs=1e-11)


@all_cases
def test_latex_says_what_is_computed(objective: Objective) -> None:
    names = objectives_latex.variables(objective.latex)
    for theta in points(objective, 50, seed=3):
        values = {**dict(zip(names, theta, strict=True)), **objective.describe()["values"]}
        printed = objectives_latex.evaluate(objective.latex, values)
        assert loss(objective, theta) == pytest.approx(printed, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_latex_shows_every_parameter_as_a_symbol(row: dict) -> None:
    shown = objectives_latex.symbols(row["latex"])
    assert shown == {*objectives_latex.variables(row["latex"]), *row["values"]}


@pytest.mark.parametrize(
    ("latex", "value"),
    [
        (r"f(x) = -x^2", -9.0),
        (r"f(x) = 2 x - 3 x^{2}", -21.0),
        (r"f(x) = \frac{x}{2} x^2", 13.5),
        (r"f(x) = (x - 1)^2 \left( x + 1 \right)", 16.0),
        (r"f(x) = \sqrt{\frac{x^3}{3}} + e", 3.0 + math.e),
        (r"f(x) = 2 \cos(\pi x) \exp\left( -x \right)", -2.0 * math.exp(-3.0)),
    ],
)
def test_the_reader_of_latex_computes_as_a_person_would(latex: str, value: float) -> None:
    assert objectives_latex.evaluate(latex, {"x": 3.0}) == pytest.approx(value)


@pytest.mark.parametrize(
    "latex", [r"f(x) = z", r"f(x) = \tan(x)", r"f(x) = x)", r"f(x) = (x", r"f(x) = x * x", r"f(x) = \cos x"]
)
def test_the_reader_of_latex_refuses_what_it_does_not_know(latex: str) -> None:
    with pytest.raises(ValueError, match=r"cannot read|unknown symbol|expected|too early"):
        objectives_latex.evaluate(latex, {"x": 3.0})


@all_cases
def test_minima_are_exact_to_the_last_digit_of_a_double(objective: Objective) -> None:
    with mpmath.workdps(60):
        for minimum in objective.minima:
            exact = refined(objective, minimum) if minimum.is_smooth else minimum.theta
            assert list(minimum.theta) == pytest.approx([float(x) for x in exact], rel=2.3e-16, abs=1e-30)
            exact_loss = float(reference(mpmath, objective, exact))
            assert minimum.loss == pytest.approx(exact_loss, rel=2.3e-16, abs=1e-30)


def refined(objective: Objective, minimum: Minimum) -> list[Any]:
    """Return the root of the formula's gradient near `minimum`, by Newton's method with 60 digits."""

    def formula(*theta: Any) -> Any:
        return reference(mpmath, objective, theta)

    dim = objective.dim
    one_each = [tuple(int(j == i) for j in range(dim)) for i in range(dim)]
    theta = [mpmath.mpf(x) for x in minimum.theta]
    for _ in range(4):
        slope = mpmath.matrix([mpmath.diff(formula, tuple(theta), order) for order in one_each])
        curvature = mpmath.matrix(dim)
        for i, a in enumerate(one_each):
            for j, b in enumerate(one_each):
                order = tuple(p + q for p, q in zip(a, b, strict=True))
                curvature[i, j] = mpmath.diff(formula, tuple(theta), order)
        step = mpmath.lu_solve(curvature, slope)
        theta = [x - step[i] for i, x in enumerate(theta)]
    return theta


@pytest.mark.parametrize("tilt", [-0.9, -0.1, 1e-9, 0.123, 0.7])
def test_both_wells_are_the_outer_roots_of_the_derivative_at_any_tilt(tilt: float) -> None:
    with mpmath.workdps(40):
        roots = mpmath.polyroots([4, 0, -4, mpmath.mpf(tilt)])
        outer = sorted([float(roots[0]), float(roots[-1])], key=lambda x: (x * x - 1) ** 2 + tilt * x)
    found = [minimum.theta[0] for minimum in create("double-well", c=tilt).minima]
    assert found == pytest.approx(outer, rel=5e-16)


@pytest.mark.parametrize("id", PUBLISHED_MINIMA)
def test_global_minima_are_those_of_the_literature(id: str) -> None:
    found = [minimum for minimum in create(id).minima if minimum.is_global]
    assert len(found) == len(PUBLISHED_MINIMA[id])
    for minimum, (theta, lowest) in zip(found, PUBLISHED_MINIMA[id], strict=True):
        printed = [*theta, lowest]
        for value, digits in zip([*minimum.theta, minimum.loss], printed, strict=True):
            decimals = len(digits.partition(".")[2])
            assert abs(value - float(digits)) <= 10**-decimals  # some print rounded, some cut digits
