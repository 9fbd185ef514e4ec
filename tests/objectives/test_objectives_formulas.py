"""The kernel, the LaTeX and the stated minima against formulas and numbers made independently."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import mpmath
import pytest
import torch
from cases import CASES, IDS, ROWS, create, gradient, hessian, loss, points

from downslope.objectives import Minimum, Objective
from reference import objectives_latex
from reference.objectives_formulas import FORMULAS

OUTSIDE = json.loads((Path(__file__).parents[1] / "reference" / "objectives_outside.json").read_text())
all_cases = pytest.mark.parametrize("objective", CASES)


def reference(m: Any, objective: Objective, theta: Any) -> Any:
    values = objective.describe()["values"]
    values.pop("dim", None)
    return FORMULAS[objective.id](m, *theta, **values)


def test_every_function_has_a_reference_formula() -> None:
    assert set(FORMULAS) == set(IDS)


@all_cases
def test_loss_is_the_formula_of_the_literature(objective: Objective) -> None:
    drawn = points(objective, 200 if objective.dim <= 2 else 20)
    losses = objective.loss(torch.tensor(drawn, dtype=torch.float64)).tolist()
    expected = [reference(math, objective, theta) for theta in drawn]
    assert losses == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("row", OUTSIDE["functions"], ids=lambda row: f"{row['id']}-{row['package']}")
def test_loss_is_what_another_package_computes(row: dict) -> None:
    losses = create(row["id"], **row["parameters"]).loss(torch.tensor(row["points"], dtype=torch.float64))
    expected = [row.get("factor", 1) * value + row.get("offset", 0) for value in row["values"]]
    assert len(expected) == 12
    assert losses.tolist() == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_every_function_that_another_package_has_is_compared_with_it() -> None:
    one_dimensional = "parabola double-well absolute-value flat-tail exploding-wall forrester gramacy-lee"
    alone = f"{one_dimensional} ravine saddle monkey-saddle plateau cliff spiral-valley"
    assert {*IDS} - {row["id"] for row in OUTSIDE["functions"]} == {*alone.split()}
    assert {row["package"] for row in OUTSIDE["functions"]} == {*OUTSIDE["packages"]}


@all_cases
def test_gradient_is_the_derivative_of_the_formula_to_eleven_digits(objective: Objective) -> None:
    is_small = objective.dim <= 2
    among = range(objective.dim) if is_small else (0, objective.dim // 2, objective.dim - 1)
    with mpmath.workdps(40):
        for theta in points(objective, 4 if is_small else 1, seed=2):
            found = gradient(objective, theta).tolist()
            for i in among:
                exact = float(mpmath.diff(lambda x, i=i, at=theta: along(objective, at, i, x), theta[i]))
                scale = max(map(abs, found))
                assert found[i] == pytest.approx(exact, rel=1e-11, abs=1e-11 + 1e-13 * scale)


def along(objective: Objective, theta: list[float], i: int, x: Any) -> Any:
    return reference(mpmath, objective, [*theta[:i], x, *theta[i + 1 :]])


@all_cases
def test_latex_says_what_is_computed(objective: Objective) -> None:
    names = objectives_latex.variables(objective.latex)
    parameters = objective.describe()["values"]
    for theta in points(objective, 30 if objective.dim <= 2 else 3, seed=3):
        variables = (
            {"x": theta, "d": parameters["dim"]}
            if "dim" in parameters
            else dict(zip(names, theta, strict=True))
        )
        printed = objectives_latex.evaluate(objective.latex, {**variables, **parameters})
        assert loss(objective, theta) == pytest.approx(printed, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_latex_shows_every_parameter_as_a_symbol(row: dict) -> None:
    shown = objectives_latex.symbols(row["latex"])
    parameters = {"d" if name == "dim" else name for name in row["values"]}
    assert shown == {*objectives_latex.variables(row["latex"]), *parameters}


@pytest.mark.parametrize(
    ("latex", "value"),
    [
        (r"f(x) = -x^2", -9.0),
        (r"f(x) = 2 x - 3 x^{2}", -21.0),
        (r"f(x) = \frac{x}{2} x^2", 13.5),
        (r"f(x) = (x - 1)^2 \left( x + 1 \right)", 16.0),
        (r"f(x) = \sqrt{\frac{x^3}{3}} + e", 3.0 + math.e),
        (r"f(x) = 2 \cos(\pi x) \exp\left( -x \right)", -2.0 * math.exp(-3.0)),
        (r"f(x) = \left| 1 - x^2 \right| x", 24.0),
        (r"f(x) = \sin^2\left( \frac{\pi}{x} \right) + \tanh(x - x)", 0.75),
        (r"f(x) = 4 \sin(10 x^{\circ})", 2.0),
        (r"f(x) = 2 \sum_{i=1}^{x} i x - 1", 35.0),
        (r"f(x) = \prod_{i=1}^{4} (i + 1) + \sum_{i=1}^{0} \left| i \right| - x", 117.0),
    ],
)
def test_the_reader_of_latex_computes_as_a_person_would(latex: str, value: float) -> None:
    assert objectives_latex.evaluate(latex, {"x": 3.0}) == pytest.approx(value)


def test_the_reader_of_latex_counts_components_from_one() -> None:
    latex = r"f(x_1, \dots, x_d) = \sum_{i=1}^{d-1} 10 x_i x_{i+1} + x_d"
    assert objectives_latex.evaluate(latex, {"x": [1.0, 2.0, 3.0], "d": 3}) == 83.0
    assert objectives_latex.variables(latex) == ["x"] and objectives_latex.symbols(latex) == {"x", "d"}
    with pytest.raises(ValueError, match="there is no component 0"):
        objectives_latex.evaluate(r"f(x_1, \dots, x_d) = x_0", {"x": [1.0], "d": 1})


@pytest.mark.parametrize(
    "latex", [r"f(x) = z", r"f(x) = \tan(x)", r"f(x) = x)", r"f(x) = (x", r"f(x) = x * x", r"f(x) = \cos x"]
)
def test_the_reader_of_latex_refuses_what_it_does_not_know(latex: str) -> None:
    with pytest.raises(ValueError, match=r"cannot read|unknown symbol|expected|too early"):
        objectives_latex.evaluate(latex, {"x": 3.0})


@all_cases
def test_minima_are_exact_to_the_last_digit_of_a_double(objective: Objective) -> None:
    if objective.dim <= 2:
        with mpmath.workdps(60):
            for minimum in objective.minima:
                exact = refined(objective, minimum) if minimum.is_smooth else minimum.theta
                assert list(minimum.theta) == pytest.approx([float(x) for x in exact], rel=2.3e-16, abs=1e-30)
                exact_loss = float(reference(mpmath, objective, exact))
                assert minimum.loss == pytest.approx(exact_loss, rel=2.3e-16, abs=1e-30)


@all_cases
def test_minima_in_many_dimensions_are_exact_in_every_component(objective: Objective) -> None:
    if objective.dim > 2:
        with mpmath.workdps(40):
            for minimum in objective.minima:
                if minimum.is_smooth:
                    curvature = hessian(objective, list(minimum.theta)).abs().sum(-1)
                    for i in (0, 1, objective.dim // 2, objective.dim - 1):
                        theta = list(minimum.theta)
                        slope = mpmath.diff(lambda x, i=i, at=theta: along(objective, at, i, x), theta[i])
                        assert abs(slope) <= 1e-25 + curvature[i].item() * max(map(abs, theta)) * 2**-53
                exact_loss = float(reference(mpmath, objective, [mpmath.mpf(x) for x in minimum.theta]))
                assert minimum.loss == pytest.approx(exact_loss, rel=2.3e-16, abs=1e-30)


def refined(objective: Objective, minimum: Minimum) -> list[Any]:
    """Return the root of the formula's gradient near `minimum`, by Newton's method with 60 digits.

    Components at an end of the domain stay there.
    """
    theta = [mpmath.mpf(x) for x in minimum.theta]
    free = [i for i, x in enumerate(minimum.theta) if x not in objective.domain[i]]

    def formula(*moved: Any) -> Any:
        at = list(theta)
        for i, x in zip(free, moved, strict=True):
            at[i] = x
        return reference(mpmath, objective, at)

    one_each = [tuple(int(j == i) for j in range(len(free))) for i in range(len(free))]
    for _ in range(3):
        moved = tuple(theta[i] for i in free)
        slope = mpmath.matrix([mpmath.diff(formula, moved, order) for order in one_each])
        curvature = mpmath.matrix(len(free))
        for i, a in enumerate(one_each):
            for j, b in enumerate(one_each):
                order = tuple(p + q for p, q in zip(a, b, strict=True))
                curvature[i, j] = mpmath.diff(formula, moved, order)
        step = mpmath.lu_solve(curvature, slope)
        for k, i in enumerate(free):
            theta[i] -= step[k]
    return theta


@pytest.mark.parametrize("tilt", [-0.9, -0.1, 1e-9, 0.123, 0.7])
def test_both_wells_are_the_outer_roots_of_the_derivative_at_any_tilt(tilt: float) -> None:
    with mpmath.workdps(40):
        roots = mpmath.polyroots([4, 0, -4, mpmath.mpf(tilt)])
        outer = sorted([float(roots[0]), float(roots[-1])], key=lambda x: (x * x - 1) ** 2 + tilt * x)
    found = [minimum.theta[0] for minimum in create("double-well", c=tilt).minima]
    assert found == pytest.approx(outer, rel=5e-16)
