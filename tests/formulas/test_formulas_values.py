"""Random formulas: what torch evaluates, differentiates and typesets is what was typed."""

import math

import mpmath
import pytest
import sympy
import torch
import trees
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from downslope.objectives.formulas.formula import Formula
from downslope.objectives.formulas.functions import FUNCTIONS
from reference import formulas_latex

coordinates = st.floats(-3, 3, allow_subnormal=False).map(lambda value: round(value, 3))
points = st.fixed_dictionaries(dict.fromkeys(trees.VARIABLES, coordinates))
examine = settings(max_examples=150, deadline=None, derandomize=True)
# Within an open neighbourhood of the point: one step to each side, for kinks and ill-conditioned places.
NEAR = 1e-6


@st.composite
def typed(draw):
    tree = draw(trees.trees)
    return tree, draw(trees.notations(tree)), draw(points)


def build(text):
    return Formula(text, variables=trees.VARIABLES)


def evaluated(formula, at):
    """Return the loss and its gradient at a point."""
    theta = torch.tensor([at[name] for name in trees.VARIABLES], dtype=torch.float64, requires_grad=True)
    loss = formula.loss(theta)
    (slope,) = torch.autograd.grad(loss, theta)
    return loss.item(), slope.tolist()


def exact(tree, at):
    """Return the value, where it is real and changes little nearby."""
    try:
        found = [
            float(trees.value(tree, {name: at[name] + sign * NEAR for name in at})) for sign in (0, 1, -1)
        ]
    except trees.OutOfReachError:
        assume(False)
    assume(max(found) - min(found) < 1e-2 * (1 + abs(found[0])))
    return found[0]


@examine
@given(typed())
@example((("-", "x", ("^", "2", ("^", "3", "x"))), "x-2^3^x", {"x": 0.5, "y": 0.0}))
@example((("neg", ("^", "x", "2")), "-x^2", {"x": 3.0, "y": 0.0}))
def test_a_formula_has_the_value_of_what_was_typed(case):
    tree, text, at = case
    value = exact(tree, at)
    assert evaluated(build(text), at)[0] == pytest.approx(value, rel=1e-8, abs=1e-8)


def symbolic_slopes(tree, at):
    """Return sympy's derivatives at a point, where they are real and change little nearby."""
    symbols = {name: sympy.Symbol(name, real=True) for name in trees.VARIABLES}
    expression = trees.symbolic(tree)
    return [steady(sympy.diff(expression, symbols[name]), symbols, at) for name in trees.VARIABLES]


def steady(derivative, symbols, at):
    found = [numeric(derivative, symbols, at, shift) for shift in (0, NEAR, -NEAR)]
    assume(max(found) - min(found) < 1e-2 * (1 + abs(found[0])) and abs(found[0]) < 1e6)
    return found[0]


def numeric(derivative, symbols, at, shift):
    subs = {symbols[name]: sympy.Rational(str(at[name])) + sympy.Rational(str(shift)) for name in at}
    try:
        value = sympy.N(derivative.subs(subs), 30)
    except (ZeroDivisionError, ValueError):
        assume(False)
    assume(value.is_real and value.is_finite and value.is_number)
    return float(value)


@examine
@given(typed())
def test_autograd_of_a_formula_gives_the_gradient_that_sympy_derives(case):
    tree, text, at = case
    exact(tree, at)
    expected = symbolic_slopes(tree, at)
    assert evaluated(build(text), at)[1] == pytest.approx(expected, rel=1e-6, abs=1e-6)


def by_symbol(formula, at):
    return dict(
        zip(formulas_latex.variables(formula.latex), [at[name] for name in trees.VARIABLES], strict=True)
    )


@examine
@given(typed())
def test_the_latex_of_a_formula_has_the_value_of_what_was_typed(case):
    tree, text, at = case
    value = exact(tree, at)
    formula = build(text)
    latex = formulas_latex.right_hand_side(formula.latex)
    assert formulas_latex.evaluate(latex, by_symbol(formula, at)) == pytest.approx(value, rel=1e-7, abs=1e-7)


@examine
@given(typed())
def test_the_latex_of_the_gradient_has_the_value_of_the_gradient(case):
    tree, text, at = case
    exact(tree, at)
    formula = build(text)
    latex = formula.typeset()["gradient_latex"]
    assume(latex is not None)
    nearby = [evaluated(formula, {name: at[name] + shift for name in at})[1] for shift in (0, NEAR, -NEAR)]
    assume(all(math.isfinite(slope) for slopes in nearby for slope in slopes))
    for printed, *slopes in zip(latex, *nearby, strict=True):
        if max(slopes) - min(slopes) < 1e-2 * (1 + abs(slopes[0])) and abs(slopes[0]) < 1e6:
            found = formulas_latex.evaluate(printed, by_symbol(formula, at))
            assert found == pytest.approx(slopes[0], rel=1e-5, abs=1e-5)


@examine
@given(trees.trees, st.data())
def test_two_notations_of_one_tree_are_the_same_formula(tree, data):
    first, second = (Formula(data.draw(trees.notations(tree))) for _ in range(2))
    assert first.latex.replace(r"\left(", "(") == second.latex.replace(r"\left(", "(")
    theta = torch.linspace(-2, 2, 11, dtype=torch.float64).unsqueeze(-1).expand(-1, first.dim)
    assert torch.equal(first.loss(theta).nan_to_num(7.0), second.loss(theta).nan_to_num(7.0))


CALLS = [f"{name}({', '.join('xyz'[: function.num_arguments[0]])})" for name, function in FUNCTIONS.items()]
OPERATIONS = ["x+y", "2-x", "x-2", "x*y", "3x", "1/x", "3/x", "x/3", "x/y", "-x", "e^x"]
POWERS = [f"x^{exponent}" for exponent in (*range(-4, 9), 0.5)]
INEXACT = [f"{name}(" for name, function in FUNCTIONS.items() if not function.rounds_alike]


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32], ids=str)
@pytest.mark.parametrize("text", [*CALLS, *OPERATIONS, *POWERS, "x", "min(x, 0.5)", "2^x", "x^2.5"])
def test_a_batch_gives_what_each_point_gives(text, dtype):
    formula = Formula(text)
    draw = torch.Generator().manual_seed(0)
    theta = (torch.rand(3, 67, formula.dim, generator=draw, dtype=torch.float64) * 6 - 3).to(dtype)
    batch, single = (
        formula.loss(theta),
        torch.stack([torch.stack([formula.loss(point) for point in row]) for row in theta]),
    )
    assert batch.dtype == single.dtype == dtype
    assert batch.shape == (3, 67)
    may_differ = text in ("2^x", "x^2.5") or text.startswith(tuple(INEXACT))
    ulps = 4 if may_differ else 0
    torch.testing.assert_close(batch, single, rtol=ulps * torch.finfo(dtype).eps, atol=0, equal_nan=True)


@pytest.mark.parametrize("exponent", range(-8, 9))
def test_a_whole_power_is_that_power_to_the_last_bits(exponent):
    base = mpmath.mpf("1.37")
    found = Formula(f"x^{exponent}").loss(torch.tensor([1.37], dtype=torch.float64)).item()
    assert found == pytest.approx(float(base**exponent), rel=1e-15)


@pytest.mark.parametrize("text", ["x", "+x", "x^1", "(x)"])
def test_a_loss_is_no_view_of_theta_which_an_optimizer_changes_in_place(text):
    theta = torch.tensor([1.5], dtype=torch.float64)
    loss = Formula(text).loss(theta)
    theta += 1
    assert loss.item() == 1.5


def test_the_kinks_have_the_subgradients_that_are_documented():
    assert evaluated(build("abs(x) + relu(y)"), {"x": 0.0, "y": 0.0})[1] == [0.0, 0.0]
    assert evaluated(build("max(x, y)"), {"x": 1.0, "y": 1.0})[1] == [0.5, 0.5]
    assert evaluated(build("min(x, y)"), {"x": 1.0, "y": 1.0})[1] == [0.5, 0.5]
