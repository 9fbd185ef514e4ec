"""What is read, by which rule; and for what is not, the column, what was expected, and what to write."""

import math

import pytest
import torch

from downslope.errors import FormulaError
from downslope.objectives.formulas import limits
from downslope.objectives.formulas.formula import Formula
from downslope.objectives.formulas.functions import ALIASES, FUNCTIONS


def value(text, **names):
    formula = Formula(text, variables=list(names) or None)
    return formula.loss(torch.tensor(list(names.values()), dtype=torch.float64)).item()


READ = [
    ("2x", 6),
    ("2 x", 6),
    ("3(x+1)", 12),
    ("(x+1)(x-1)", 8),
    ("(x+1)(x-1)^2", 16),
    ("2x^2", 18),
    ("2(x+1)^2", 32),
    ("2(x)(x)", 18),
    ("(x+1)x", 12),
    ("2 sqrt(x+1)sqrt(x+1)", 8),
    ("-x^2", -9),
    ("(-x)^2", 9),
    ("2^3^2 * x", 1536),
    ("x^2^3", 3**8),
    ("x**2", 9),
    ("2^-x", 0.125),
    ("--x", 3),
    ("2--x", 5),
    ("+x", 3),
    ("-2x", -6),
    ("x-1-1", 1),
    ("12/x/2", 2),
    ("12/(2x)", 2),
    ("x*2x", 18),
    ("2x/3", 2),
    ("1e2x", 300),
    ("2e3x", 6000),
    ("2e^1*x", 2 * math.e * 3),
    (".5x", 1.5),
    ("5.x", 15),
    ("pow(x, 2)", 9),
    ("min(x, 2, 5)", 2),
    ("max(x, 2, 5)", 5),
    ("ln(e^x)", 3),
    ("log10(100)x", 6),
    ("log2(8)x", 9),
    ("sin(pi/6)*x", 1.5),
    ("arctan(0*x)", 0),
    ("hypot(x, 4)", 5),
    ("x² + x³", 36),
    ("x⁻²", 1 / 9),
    ("2·x×x÷3", 6),
    ("2−x", -1),
    ("（x＋1）／2", 2),
    ("max（x，4）", 4),
    ("π*x", 3 * math.pi),
    ("2π*x", 6 * math.pi),
    ("x\u00a0+\u30001", 4),
    ("x\n+\t1", 4),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_what_is_read_means_what_the_rules_say(text, expected):
    assert value(text, x=3.0) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("alias", ALIASES)
def test_an_alias_is_the_same_function(alias):
    assert value(f"{alias}(x)", x=0.3) == value(f"{ALIASES[alias]}(x)", x=0.3)


REFUSED = [
    ("x^2 + 3*)", 9, "expected a number, a name, ( or - but found ) at column 9"),
    ("x +", 4, "expected a number, a name, ( or - but the formula ended at column 4"),
    ("(x", 3, "expected an operator or ) but the formula ended at column 3"),
    ("x)", 2, "expected an operator or the end but found ) at column 2"),
    ("x,y", 2, "expected an operator or the end but found , at column 2"),
    ("max(x", 6, "expected an operator, , or ) but the formula ended at column 6"),
    ("1/2x", 4, "after / this can be read in two ways; write /(2*x) or /2*x"),
    ("6/2(1+x)", 4, "after / this can be read in two ways; write /(2*(…)) or /2*(…)"),
    ("1/2sin(x)", 4, "write /(2*sin(…)) or /2*sin(…)"),
    ("x^2y", 4, "after ^ this can be read in two ways; write ^(2*y) or ^2*y"),
    ("x y", 3, "write * between x and y to multiply"),
    ("x 2", 3, "write * between x and 2 to multiply"),
    ("(x)2", 4, "write * between ) and 2 to multiply"),
    ("1.2.3", 4, "write * between 1.2 and .3 to multiply"),
    ("x(y)", 1, "x at column 1 is not a function; write x*( to multiply"),
    ("xy", 1, "unknown name xy at column 1; write x*y for a product"),
    ("sinx", 1, "write sin(x);"),
    ("1 + sinn(x)", 5, "unknown function sinn at column 5; did you mean sin?"),
    ("Sin(x)", 1, "did you mean sin?"),
    ("PI*x", 1, "write pi;"),
    ("foo", 1, "a variable is one letter, or a letter and a number such as x1; the functions are sin, cos,"),
    ("foo", 1, "the constants are pi, e"),
    ("sin x", 1, "sin at column 1 is a function; write its argument in brackets: sin(x)"),
    ("sin()", 1, "sin at column 1 takes 1 argument but has 0; write sin(x)"),
    ("x+atan2(x)", 3, "atan2 at column 3 takes 2 arguments but has 1; write atan2(x, y)"),
    ("max(x)", 1, "max at column 1 takes at least 2 arguments but has 1; write max(x, y)"),
    ("floor(x)", 1, "its gradient is zero wherever it has one"),
    ("х + 1", 1, "it is cyrillic small letter ha and only looks like x; type the letter x"),
    ("x + １", 5, "it is fullwidth digit one; type 1 with a plain keyboard layout"),
    ("x # 2", 3, "cannot read # at column 3; use letters a to z, digits, + - * / ^ ( ) and the comma"),
    ("x\u202e", 2, "cannot read U+202E (right-to-left override) at column 2"),
    ("x\0", 2, "cannot read U+0000 (a control character) at column 2"),
    ("z = x", 3, "cannot read = at column 3; write only what stands right of it"),
    ("|x|", 1, "write abs(x) for an absolute value"),
    ("[x]", 1, "write ( for a bracket"),
    ("√x", 1, "write sqrt(x)"),
    ("x.y", 2, "a number may have one decimal point"),
    ("0x10 + x", 1, "0x10 at column 1 is no number; write it in decimal"),
    ("x + 1e999", 5, "1e999 at column 5 is greater than the greatest number"),
    ("2^3", 1, "the formula depends on no variable; write one, such as x^2"),
    ("a+b+c+d+f+g+h+i+j", 17, "at most 8 variables but j at column 17 is one more"),
]


@pytest.mark.parametrize(("text", "column", "detail"), REFUSED)
def test_what_is_not_read_is_answered_with_the_column_and_a_way_out(text, column, detail):
    with pytest.raises(FormulaError) as caught:
        Formula(text)
    assert detail in caught.value.detail
    assert caught.value.column == column
    assert caught.value.parameter == "objective.expression"


@pytest.mark.parametrize("character", sorted("·×∙⋅∗＊÷／−–－＋＾（），"))
def test_what_an_input_method_types_for_an_operator_counts_as_one_column(character):
    with pytest.raises(FormulaError) as caught:
        Formula(f"1{character}?")
    assert caught.value.column in (2, 3)


def test_the_limits_hold_at_the_limit_and_one_past_it():
    deepest = "(" * limits.MAX_DEPTH + "x" + ")" * limits.MAX_DEPTH
    within = {
        "characters": "x" + " " * (limits.MAX_LENGTH - 1),
        "brackets": deepest,
        "signs": "-" * limits.MAX_DEPTH + "x",
        "operations": "x" + "+x" * limits.MAX_OPERATIONS,
        "numbers, names": "-x" + "+1*1" * 249 + "+1",
    }
    past = {
        "characters": within["characters"] + " ",
        "brackets": f"({deepest})",
        "signs": f"-{within['signs']}",
        "operations": within["operations"] + "+x",
        "numbers, names": within["numbers, names"] + "*1",
    }
    for what, text in past.items():
        Formula(within[what])
        with pytest.raises(FormulaError, match=what):
            Formula(text)


@pytest.mark.parametrize(
    ("fields", "parameter", "detail"),
    [
        ({"variables": []}, "variables", "must name at least one"),
        ({"variables": ["x", "x"]}, "variables", "must not hold x twice"),
        ({"variables": ["x"], "constants": {"x": 1.0}}, "variables", "nor where it is a constant"),
        ({"variables": ["sin"]}, "variables", "sin is a function already"),
        ({"variables": ["ln"]}, "variables", "ln is a function already"),
        ({"variables": ["e"]}, "variables", "e is a number already"),
        ({"constants": {"pi": 3.0}}, "constants", "pi is a number already"),
        ({"variables": ["__class__"]}, "variables", "the first a letter"),
        ({"variables": ["x y"]}, "variables", "the first a letter"),
        ({"variables": ["х"]}, "variables", "'\\u0445'"),
        ({"variables": ["x" * 21]}, "variables", "up to 20 letters"),
        ({"variables": list("abcdfghij")}, "variables", "at most 8 names but holds 9"),
        ({"constants": {f"a{i}": 1.0 for i in range(17)}}, "constants", "at most 16 names but holds 17"),
        ({"constants": {"a": math.inf}}, "constants.a", "must be a finite number"),
        ({"variables": ["y"]}, "expression", "unknown name x at column 1; the variables are y"),
    ],
)
def test_names_that_cannot_be_are_refused(fields, parameter, detail):
    with pytest.raises(FormulaError) as caught:
        Formula("x^2", **fields)
    assert caught.value.parameter == f"objective.{parameter}"
    assert detail in caught.value.detail.replace('"', "")


def test_free_names_are_variables_x_and_y_first():
    assert Formula("b + y + a + x + x1 + theta").variables == ("x", "y", "b", "a", "x1", "theta")
    assert Formula("α + x").variables == ("x", "alpha")


def test_declared_variables_may_be_words_in_any_order_and_need_not_occur():
    formula = Formula("price^2", variables=["rent", "price"])
    assert formula.loss(torch.tensor([7.0, 3.0])).item() == 9
    assert formula.latex == r"f(\mathrm{rent}, \mathrm{price}) = \mathrm{price}^{2}"


def test_constants_have_their_values_and_are_no_variables():
    formula = Formula("a*x + b", constants={"a": 2.0, "b": -1.0})
    assert formula.variables == ("x",)
    assert formula.loss(torch.tensor([3.0])).item() == 5


def test_every_name_of_a_function_is_refused_without_its_bracket():
    for name in [*FUNCTIONS, *ALIASES]:
        with pytest.raises(FormulaError, match=f"{name}\\(x\\)"):
            Formula(name)
