"""A formula as an objective: its start, domain, sliders and gaps, its surfaces and runs."""

import math

import numpy as np
import pytest
import torch

from downslope import objectives
from downslope.analysis import surfaces
from downslope.descents.run import Run
from downslope.errors import FormulaError, InvalidValueError, UserError
from downslope.objectives.formulas import limits, typesetting
from downslope.objectives.formulas.formula import Formula
from downslope.recipe import FormulaObjective, Recipe

ROSENBROCK = "(1-x)^2 + 100*(y-x^2)^2"
EXAMPLES = [
    "x^2",
    "x^4 - 3x^2 + x",
    "abs(x)",
    "x sin(x)".replace("x sin", "x*sin"),
    "x^2 + 10y^2",
    ROSENBROCK,
    "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    "20 + x^2 + y^2 - 10(cos(2pi*x) + cos(2pi*y))",
    "x^2 - y^2",
    "log(1 + x^2 + y^2) + sigmoid(z)",
    "max(x, -y, x*y) + 0.1x^2",
    "exp(-(x^2 + y^2)) * (x + w)",
]


def create(expression, **fields):
    return objectives.create(FormulaObjective(kind="formula", expression=expression, **fields))


def generator():
    return torch.Generator().manual_seed(0)


@pytest.mark.parametrize("expression", EXAMPLES)
def test_an_example_starts_inside_its_domain_where_there_is_a_slope(expression):
    formula = create(expression)
    start = formula.start(generator())
    assert all(low <= value <= high for value, (low, high) in zip(start, formula.domain, strict=True))
    theta = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    loss = formula.loss(theta)
    loss.backward()
    assert math.isfinite(loss.item())
    assert theta.grad.isfinite().all() and theta.grad.any()
    assert create(expression).start(generator()) == start


@pytest.mark.parametrize("expression", EXAMPLES)
def test_the_gradient_of_an_example_agrees_with_differences(expression):
    formula = create(expression)
    theta = torch.tensor(formula.start(generator()), dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(formula.loss, theta, eps=1e-6, atol=1e-6)


@pytest.mark.parametrize("expression", EXAMPLES)
def test_the_row_of_an_example_has_what_a_function_has(expression):
    row = create(expression).describe()
    functions = objectives.catalogue()
    assert row.keys() - {"expression", "variables"} == functions[0].keys()
    assert (row["id"], row["kind"], row["minima"]) == ("formula", "formula", [])
    assert row["dim"] == len(row["domain"]) == len(row["start"]) == len(row["variables"])


def test_the_latex_is_the_formula_as_it_was_typed():
    row = create(ROSENBROCK).describe()
    assert row["latex"] == (r"f(x, y) = \left(1 - x\right)^{2} + 100 \left(y - x^{2}\right)^{2}")


def test_the_derivatives_of_rosenbrock_read_as_in_a_textbook():
    typeset = create(ROSENBROCK).typeset()
    assert typeset["gradient_latex"] == [r"- 400 x \left(- x^{2} + y\right) + 2 x - 2", "- 200 x^{2} + 200 y"]
    assert typeset["hessian_latex"] == [["1200 x^{2} - 400 y + 2", "- 400 x"], ["- 400 x", "200"]]


@pytest.mark.parametrize(
    ("expression", "gradient"),
    [
        ("0.1x^2", [r"\frac{x}{5}"]),
        ("0.123456x", ["0.123456"]),
        ("a*x^2", ["2 a x"]),
        ("abs(x)", [r"\operatorname{sign}\left(x\right)"]),
        ("relu(x)^2", [r"2 \operatorname{relu}\left(x\right) \left[x > 0\right]"]),
        ("e^x", ["e^{x}"]),
        ("log(x)", [r"\frac{1}{x}"]),
        ("theta_1^2", [r"2 \theta_{1}"]),
        ("x^1000", ["1000 x^{999}"]),
    ],
)
def test_a_gradient_is_typeset_as_people_write_it(expression, gradient):
    constants = {"a": 1.0} if expression.startswith("a*") else {}
    assert create(expression, constants=constants).typeset()["gradient_latex"] == gradient


@pytest.mark.parametrize(
    "expression",
    ["9^9^9 + x", "x/0", "((2x)^1000)^1000", "x" + "*x" * limits.MAX_SYMBOLIC_OPERATIONS + "+x"],
)
def test_where_symbols_are_too_much_the_formula_is_still_typeset_and_descended(expression):
    formula = create(expression)
    typeset = formula.typeset()
    assert typeset["latex"].startswith("f(x) = ")
    assert typeset["gradient_latex"] is None and typeset["hessian_latex"] is None
    formula.loss(torch.tensor([0.5], dtype=torch.float64))


def test_work_on_symbols_ends_in_time_and_leaves_no_alarm(monkeypatch):
    monkeypatch.setattr(typesetting, "MAX_SYMBOLIC_TIME_S", 0.01)
    assert create("sin(" * 40 + "x*y" + ")" * 40).typeset()["gradient_latex"] is None
    import signal

    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    monkeypatch.undo()
    assert create("sin(x)").typeset()["gradient_latex"] == [r"\cos{\left(x \right)}"]


def test_a_domain_is_one_pair_for_each_variable():
    assert create("x*y").domain == ((-2.0, 2.0), (-2.0, 2.0))
    assert create("x*y", domain=[(0, 1), (-1e300, 1e300)]).domain == ((0.0, 1.0), (-1e300, 1e300))
    with pytest.raises(InvalidValueError, match="2 pairs") as caught:
        create("x*y", domain=[(0, 1)])
    assert caught.value.parameter == "objective.domain"
    for bad in [(1, 1), (2, 1), (-1.7e308, 1.7e308)]:
        with pytest.raises(InvalidValueError) as caught:
            create("x*y", domain=[(0, 1), bad])
        assert caught.value.parameter == "objective.domain[1]"


@pytest.mark.parametrize("bounds", [(0, 5e-324), (1e308, 1.7e308), (1, 1 + 2**-52), (-8e307, 8e307)])
def test_the_strangest_domains_have_a_start_inside(bounds):
    (start,) = create("0*x + x", domain=[bounds]).describe()["start"]
    assert bounds[0] <= start <= bounds[1]


def test_the_start_is_where_the_formula_has_a_value():
    assert create("log(x) + sqrt(1-y)").start(generator())[0] > 0
    assert create("log(x-1.95)").start(generator())[0] > 1.95


def test_a_formula_without_a_value_anywhere_is_drawn_as_a_gap_and_refused_without_a_start():
    formula = create("log(-1-x^2)")
    assert formula.describe()["start"] == [0.0]
    assert surfaces.compute(formula, resolution=5).minimum is None
    with pytest.raises(InvalidValueError, match="no finite value") as caught:
        Run(recipe("log(-1-x^2)"))
    assert caught.value.parameter == "start"


def recipe(expression, **fields):
    descents = [{"optimizer": "SGD", "hyperparameters": {"lr": 0.001}}]
    return Recipe(objective={"kind": "formula", "expression": expression}, descents=descents, **fields)


@pytest.mark.parametrize(
    ("expression", "start"), [("log(x)", [-1.0]), ("1/x", [0.0]), ("x/0", [1.0]), ("sqrt(x)", [-1.0])]
)
def test_a_start_of_the_users_without_a_value_is_a_divergence_to_look_at(expression, start):
    run = Run(recipe(expression, start=start))
    run.advance(3)
    assert run.status()["descents"][0]["state"] == "diverged"
    assert run.status()["descents"][0]["reason"] == "the loss is not finite after step 0"


def test_where_a_formula_has_no_value_the_surface_has_a_gap_and_no_zero():
    z = surfaces.compute(create("sqrt(x) + y"), resolution=5).z
    assert np.isnan(z[:, :2]).all()
    assert np.isfinite(z[:, 2:]).all()


def test_a_formula_descends_as_the_same_function_of_the_catalogue():
    function = {"kind": "function", "id": "rosenbrock"}
    fields = {"start": [-1.5, 2.0], "steps": 100}
    typed = Run(recipe(ROSENBROCK, **fields))
    listed = Run(recipe(ROSENBROCK, **fields).model_copy(update={"objective": _function(function)}))
    assert np.allclose(typed.advance(100)[0].rows, listed.advance(100)[0].rows, rtol=1e-12)


def _function(fields):
    return Recipe(objective=fields, descents=[{"optimizer": "SGD"}]).objective


def test_a_run_of_a_formula_goes_on_from_its_snapshot_bit_by_bit():
    whole = Run(recipe(ROSENBROCK, steps=40))
    rows = whole.advance(40)[0].rows
    cut = Run(recipe(ROSENBROCK, steps=40))
    first = cut.advance(17)[0].rows
    rest = Run.restore(recipe(ROSENBROCK, steps=40), cut.snapshot()).advance(23)[0].rows
    assert np.array_equal(np.concatenate([first, rest]), rows)


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        (1.0, (0, 2)),
        (100.0, (0, 200)),
        (-0.5, (-1, 0)),
        (0.0, (-1, 1)),
        (3.0, (0, 10)),
        (1e308, (0, 1e308)),
    ],
)
def test_a_constant_is_a_slider_that_reaches_past_its_value(value, bounds):
    (parameter,) = create("a*x", constants={"a": value}).describe()["parameters"]
    assert (parameter["name"], parameter["default"]) == ("a", value)
    assert (parameter["minimum"], parameter["maximum"]) == pytest.approx(bounds)


def test_errors_of_a_recipe_name_the_field_and_the_column():
    with pytest.raises(FormulaError) as caught:
        Run(recipe("x^2 +"))
    assert (caught.value.parameter, caught.value.column) == ("objective.expression", 6)


def test_a_formula_that_is_not_one_is_a_fault_of_the_user():
    with pytest.raises(UserError):
        Formula("")


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
def test_the_dtype_of_theta_is_kept_whatever_the_numbers(dtype):
    formula = create("min(x, 0.1) + 1/x + 2^x + atan2(x, 3) + 1e-3 - 5/y")
    for shape in [(2,), (3, 2), (2, 3, 2)]:
        assert formula.loss(torch.ones(shape, dtype=dtype)).dtype == dtype
        assert formula.loss(torch.ones(shape, dtype=dtype)).shape == shape[:-1]
