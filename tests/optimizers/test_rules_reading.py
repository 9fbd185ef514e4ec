"""What a rule is made of, and for what is no rule: the column, what was expected, and what to write."""

import pytest
import torch
from typing_rules import PARAMETER, rule, update_once

from downslope import optimizers
from downslope.errors import FormulaError, InvalidValueError, UnknownNameError
from downslope.objectives.formulas.functions import FUNCTIONS
from downslope.optimizers import rules
from downslope.optimizers.rules import limits
from downslope.optimizers.rules.defaults import DEFAULTS
from reference import formulas_latex

STEP = "theta = theta - lr*grad"


def theta_after(text, theta=3.0, grad=2.0, **hyperparameters):
    (found,), _ = update_once(text, [theta], [grad], hyperparameters)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theta = theta - lr*grad", 2.0),
        ("theta=theta-lr*grad", 2.0),
        (";; theta = theta - lr*grad ;\n\n", 2.0),
        ("theta = theta -\tlr*grad\r\n", 2.0),
        ("θ ＝ θ − lr·grad；", 2.0),
        ("theta = (theta\n - lr*grad)", 2.0),
        ("theta = max(theta,\n\n lr*grad); ", 3.0),
        ("theta = theta - 1\ntheta = 2theta", 4.0),
        ("a = theta; theta = grad; theta = theta + a", 5.0),
        ("theta = grad; theta = theta + t + loss", 10.0),
        ("theta = 7", 7.0),
        ("lr = 1/4; theta = theta - lr*grad", 2.5),
        ("c = 3^2 - e^0; theta = c*theta", 24.0),
        ("theta = theta - lr*grad²", 1.0),
        ("theta = theta", 3.0),
    ],
)
def test_statements_are_carried_out_in_order(text, expected):
    given = {"lr": 0.5} if "lr" in text and "lr =" not in text else {}
    assert theta_after(text, **given) == expected


def test_a_name_read_before_it_is_assigned_is_state_and_begins_with_zeros():
    assert rules.describe("m = m + grad; theta = theta - m")["state"] == ["m"]
    assert rules.describe("theta = theta - m; m = grad")["state"] == ["m"]
    assert rules.describe("a = grad; b = a + b; a = 2a; theta = b")["state"] == ["b"]
    assert theta_after("theta = theta - m; m = grad") == 3.0


def test_a_name_assigned_before_it_is_read_is_local_to_the_update():
    text = "m = beta*m + grad; m_hat = m/(1 - beta^t); theta = theta - lr*m_hat"
    assert rules.describe(text)["state"] == ["m"]
    _, state = update_once(text, [1.0], [1.0])
    assert set(state) == {"t", "m"}


def test_every_other_name_is_a_hyperparameter_in_the_order_of_the_text():
    rows = rules.describe("m = beta2*m + lr*grad; theta = theta - xi*m - weight_decay*theta + pi*e")[
        "hyperparameters"
    ]
    assert [row["name"] for row in rows] == ["beta2", "lr", "xi", "weight_decay"]
    assert [row["default"] for row in rows] == [0.999, 0.01, 0.1, 0.01]


@pytest.mark.parametrize(
    ("name", "default"), [("lr", 0.01), ("lr2", 0.01), ("beta_1", 0.9), ("beta2", 0.999), ("k", 0.1)]
)
def test_a_hyperparameter_that_is_left_out_takes_the_default_of_its_row(name, default):
    text = f"theta = theta - {name}*grad"
    assert theta_after(text) == 3.0 - default * 2.0
    assert theta_after(text, **{name: 0.25}) == 2.5


def test_every_row_is_a_slider_around_its_default():
    text = "theta = " + " + ".join([*DEFAULTS, "k"])
    for row in rules.describe(text)["hyperparameters"]:
        assert row["type"] == "float"
        assert row["minimum"] <= row["default"] <= row["maximum"]
        assert row["scale"] == "linear" or row["minimum"] > 0


FAULTS = [
    ("", 1, "expected theta = … but the rule ended at column 1; write theta = theta - lr*grad"),
    (" ;\n; ", 6, "expected theta = … but the rule ended at column 6; write"),
    ("m = grad", 9, "expected theta = … but the rule ended at column 9; write"),
    ("theta", 6, "expected = but the statement ended at column 6; a statement is written name = formula"),
    ("theta; m = 2", 6, "expected = but the statement ended at column 6;"),
    ("theta - lr*grad", 7, "expected = but found - at column 7; a statement is written name = formula"),
    ("theta -= lr*grad", 7, "expected = but found - at column 7; write theta = theta - (…)"),
    ("m = 1; theta *= 2", 14, "expected = but found * at column 14; write theta = theta * (…)"),
    ("theta == grad", 8, "expected a formula with no = but found = at column 8; one = assigns"),
    ("theta = m = grad", 11, "found = at column 11; write ; or a new line between two statements"),
    ("theta = theta m = 2", 17, "found = at column 17; write ; or a new line between two statements"),
    ("theta = (theta\nm = 2", 18, "expected ) but found = at column 18; close the bracket"),
    ("theta = (theta; m = 2", 15, "expected an operator or ) but the formula ended at column 15"),
    ("theta =", 8, "expected a number, a name, ( or - but the formula ended at column 8"),
    ("m = 1\ntheta = 2*", 17, "expected a number, a name, ( or - but the formula ended at column 17"),
    ("theta = ; m = 1", 9, "expected a number, a name, ( or - but the formula ended at column 9"),
    ("= 3", 1, "expected a name but found = at column 1; a statement is written name = formula"),
    ("3 = theta", 1, "expected a name but found 3 at column 1"),
    ("m, v = grad", 2, "expected = but found , at column 2"),
    ("theta = theta\n - lr*grad", 16, "expected a name but found - at column 16"),
    (
        "theta = theta - lr grad",
        20,
        "expected an operator but found grad at column 20; write * between lr and grad",
    ),
    (
        "theta = lr(grad)",
        9,
        "lr at column 9 is not a function; write lr*( to multiply; the functions are sin,",
    ),
    (
        "theta = squrt(v)",
        9,
        "squrt at column 9 is not a function; did you mean sqrt? write squrt*( to multiply",
    ),
    ("f(x) = 2", 1, "f at column 1 is not a function"),
    ("max(m, v) = 2", 1, "expected a name but found max at column 1"),
    ("sqrt = 2", 1, "sqrt at column 1 is a function; write its argument in brackets: sqrt(x)"),
    (
        "m = 1; grad = 2",
        8,
        "grad at column 8 is given to the rule and cannot be assigned; choose another name",
    ),
    ("t = t + 1", 1, "t at column 1 is given to the rule"),
    ("pi = 3", 1, "pi at column 1 is a number and cannot be assigned"),
    ("theta = Grad", 9, "unknown name Grad at column 9; did you mean grad?"),
    ("theta = theta - lr*gradient", 20, "unknown name gradient at column 20; did you mean grad?"),
    ("theta = Theta", 9, "unknown name Theta at column 9; did you mean theta?"),
    ("theta = params", 9, "params at column 9 has a meaning of its own in torch; choose another name"),
    (
        "theta = a_name_of_twenty_one_",
        9,
        "a name may have 20 letters, digits and _ but a_name_of_twenty_on… at column 9",
    ),
    ("theta = theta[0]", 14, "cannot read [ at column 14"),
    ("theta = 1e999", 9, "1e999 at column 9 is greater than the greatest number"),
]


@pytest.mark.parametrize(("text", "column", "sentence"), FAULTS)
def test_a_fault_is_told_with_its_column_in_the_whole_text(text, column, sentence):
    with pytest.raises(FormulaError) as caught:
        rules.describe(text, "x.rule")
    assert sentence in str(caught.value)
    assert caught.value.column == column
    assert caught.value.parameter == "x.rule"


def numbered(count, form, between="; "):
    return between.join(form.format(i) for i in range(count))


LIMITS = [
    (limits.MAX_LENGTH, lambda n: STEP + " " * (n - len(STEP))),
    (limits.MAX_STATEMENTS, lambda n: "theta = grad;" * n),
    (limits.MAX_OPERATIONS, lambda n: f"theta = theta{'+t' * 200}; theta = theta{'-t' * (n - 200)}"),
    (limits.MAX_STATE, lambda n: numbered(n, "m{0} = m{0} + t") + "; theta = grad"),
    (limits.MAX_HYPERPARAMETERS, lambda n: "theta = " + numbered(n, "k{}", "+")),
]


@pytest.mark.parametrize(("limit", "text"), LIMITS)
def test_a_limit_is_read_and_one_more_is_not(limit, text):
    rules.describe(text(limit))
    with pytest.raises(FormulaError) as caught:
        rules.describe(text(limit + 1))
    assert caught.value.allowed == limit
    assert caught.value.column
    assert str(limit) in str(caught.value)


def test_a_rule_must_be_given_for_the_optimizer_rule_and_for_no_other():
    with pytest.raises(
        InvalidValueError, match="rule must be given for the optimizer Rule but is not; try theta = "
    ) as caught:
        rule(None, [])
    assert caught.value.parameter == "descents[0].rule"
    with pytest.raises(InvalidValueError, match="rule must be left out for Adam") as caught:
        optimizers.create("Adam", [], {}, maximize=False, parameter=PARAMETER, rule=STEP)
    assert caught.value.parameter == "descents[0].rule"


def test_the_errors_of_a_recipe_name_its_fields():
    theta = [torch.zeros(2, requires_grad=True)]
    with pytest.raises(FormulaError) as fault:
        rule("theta", theta)
    assert fault.value.parameter == "descents[0].rule"
    with pytest.raises(
        UnknownNameError, match="unknown hyperparameter of this rule: beta; use one of lr"
    ) as unknown:
        rule(STEP, theta, {"beta": 1})
    assert unknown.value.parameter == "descents[0].hyperparameters.beta"
    with pytest.raises(InvalidValueError, match=r'lr must be a finite number but is "1"; try 0\.01') as wrong:
        rule(STEP, theta, {"lr": "1"})
    assert wrong.value.parameter == "descents[0].hyperparameters.lr"
    with pytest.raises(
        InvalidValueError, match="must be empty for a rule that has none but hold lr; leave it out"
    ):
        rule("theta = grad", theta, {"lr": 1})


def latex_values(latex, values):
    """Return `values` by the symbols of LaTeX."""
    symbols = {
        "lr": r"\mathrm{lr}",
        "beta1": r"\beta_{1}",
        "grad": r"\mathrm{grad}",
        "theta": r"\theta",
        "eps": r"\mathrm{eps}",
    }
    return {symbols.get(name, name): value for name, value in values.items()}


def test_the_latex_of_each_statement_has_the_value_that_the_statement_has():
    text = "m = beta1*m + (1-beta1)*grad; u = m/(1 - beta1^t); theta = theta - lr*u/(abs(grad) + eps)"
    latex = rules.describe(text)["latex"]
    assert [line.split(" ")[1] for line in latex] == [r"\leftarrow", "=", r"\leftarrow"]
    values = {"theta": 3.0, "grad": 2.0, "m": 0.0, "beta1": 0.9, "t": 1.0, "lr": 0.01, "eps": 1e-8}
    for target, line in zip(["m", "u", "theta"], latex, strict=True):
        _, formula = line.split(r" \leftarrow " if r"\leftarrow" in line else " = ")
        values[target] = formulas_latex.evaluate(formula, latex_values(formula, values))
    assert theta_after(text) == pytest.approx(values["theta"], rel=1e-12)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_of_formulas_may_stand_in_a_rule(name):
    count = FUNCTIONS[name].num_arguments[0]
    arguments = ", ".join(["grad", "1/3"][:count])
    assert theta_after(f"theta = {name}({arguments})", grad=0.5) == pytest.approx(
        theta_after(f"theta = theta + {name}({arguments})", theta=0.0, grad=0.5), nan_ok=True
    )
