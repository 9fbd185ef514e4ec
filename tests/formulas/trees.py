"""Random formulas as tuples, their values at 40 digits, and their text in random notation.

A tree is a number's text, a variable's name, or (operation, operand, ...). Nothing here is the package's.
"""

import mpmath
import sympy
from hypothesis import strategies as st

VARIABLES = ("x", "y")
NUMBERS = ("0", "1", "2", "3", "7", "10", "0.5", ".25", "2.", "1.5e1", "3e-1", "pi", "e")
INFIX = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "^": 4}
ATOM = 5


def _sigmoid(x):
    return 1 / (1 + mpmath.exp(-x))


# By name: the value at many digits, and the same for sympy, whose derivative is the oracle of gradients.
FUNCTIONS = {
    "sin": (mpmath.sin, sympy.sin),
    "cos": (mpmath.cos, sympy.cos),
    "tan": (mpmath.tan, sympy.tan),
    "asin": (mpmath.asin, sympy.asin),
    "arccos": (mpmath.acos, sympy.acos),
    "atan": (mpmath.atan, sympy.atan),
    "sinh": (mpmath.sinh, sympy.sinh),
    "cosh": (mpmath.cosh, sympy.cosh),
    "tanh": (mpmath.tanh, sympy.tanh),
    "asinh": (mpmath.asinh, sympy.asinh),
    "acosh": (mpmath.acosh, sympy.acosh),
    "atanh": (mpmath.atanh, sympy.atanh),
    "exp": (mpmath.exp, sympy.exp),
    "log": (mpmath.log, sympy.log),
    "ln": (mpmath.log, sympy.log),
    "log2": (lambda x: mpmath.log(x, 2), lambda x: sympy.log(x, 2)),
    "log10": (mpmath.log10, lambda x: sympy.log(x, 10)),
    "sqrt": (mpmath.sqrt, sympy.sqrt),
    "abs": (mpmath.fabs, sympy.Abs),
    "sign": (mpmath.sign, sympy.sign),
    "sigmoid": (_sigmoid, lambda x: 1 / (1 + sympy.exp(-x))),
    "softplus": (lambda x: mpmath.log(1 + mpmath.exp(x)), lambda x: sympy.log(1 + sympy.exp(x))),
    "relu": (lambda x: max(x, mpmath.mpf(0)), lambda x: sympy.Max(x, 0)),
    "erf": (mpmath.erf, sympy.erf),
}
PAIRS = {
    "min": (min, sympy.Min),
    "max": (max, sympy.Max),
    "atan2": (mpmath.atan2, sympy.atan2),
    "hypot": (mpmath.hypot, lambda x, y: sympy.sqrt(x**2 + y**2)),
    "pow": (lambda x, y: x**y, lambda x, y: x**y),
}
_OPERATIONS = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "^": lambda x, y: x**y,
    "neg": lambda x: -x,
}

leaves = st.sampled_from([*VARIABLES, *VARIABLES, *NUMBERS])


def _grow(smaller):
    return st.one_of(
        st.tuples(st.sampled_from("+-*/"), smaller, smaller),
        st.tuples(st.sampled_from("+-*/"), smaller, smaller),
        st.tuples(st.just("^"), smaller, st.sampled_from(["2", "3", "4", "5", "7", "9", "0.5", "x"])),
        st.tuples(st.just("neg"), smaller),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), smaller),
        st.tuples(st.sampled_from(sorted(PAIRS)), smaller, smaller),
    )


trees = st.recursive(leaves, _grow, max_leaves=8).filter(lambda tree: bool(names(tree)))


def names(tree):
    """Return the variables of a tree."""
    if isinstance(tree, str):
        return {tree} & set(VARIABLES)
    return set().union(*(names(operand) for operand in tree[1:]))


class OutOfReachError(Exception):
    """A part has no real value, or one so large that little is left of the digits of others."""


def value(tree, at):
    """Return the value at 40 digits, every part being real and of moderate size."""
    with mpmath.workdps(40):
        return _value(tree, at)


def _value(tree, at):
    if isinstance(tree, str):
        return {"pi": mpmath.pi(), "e": mpmath.e()}.get(tree) or mpmath.mpf(at.get(tree, tree))
    operands = [_value(operand, at) for operand in tree[1:]]
    operation = _OPERATIONS.get(tree[0]) or {**FUNCTIONS, **PAIRS}[tree[0]][0]
    try:
        result = operation(*operands)
    except (ZeroDivisionError, ValueError, OverflowError) as error:
        raise OutOfReachError from error
    if isinstance(result, mpmath.mpc) or not mpmath.isfinite(result) or (result and abs(result) > 1e4):
        raise OutOfReachError
    return result


def symbolic(tree):
    """Return the tree as sympy has it, with real symbols and exact numbers."""
    if isinstance(tree, str):
        return {"pi": sympy.pi, "e": sympy.E}.get(tree) or (
            sympy.Symbol(tree, real=True) if tree in VARIABLES else sympy.Rational(tree)
        )
    operands = [symbolic(operand) for operand in tree[1:]]
    operation = _OPERATIONS.get(tree[0]) or {**FUNCTIONS, **PAIRS}[tree[0]][1]
    return operation(*operands)


@st.composite
def notations(draw, tree):
    """Write a tree: with or without needless brackets and spaces, ^ or **, products with a sign or none."""
    return _write(draw, tree)[0]


def _write(draw, tree):
    """Return the text and how tightly it binds."""
    if isinstance(tree, str):
        return tree, ATOM
    if tree[0] not in INFIX:
        comma = draw(st.sampled_from([",", ", ", " ,", "，"]))
        return f"{tree[0]}({comma.join(_write(draw, operand)[0] for operand in tree[1:])})", ATOM
    binding = INFIX[tree[0]]
    if tree[0] == "neg":
        return "-" + _inside(draw, tree[1], binding), binding
    # Powers group from the right; all others from the left.
    left = _inside(draw, tree[1], binding + (tree[0] == "^"))
    right = _inside(draw, tree[2], binding + (tree[0] != "^"))
    if tree[0] == "*" and draw(st.booleans()) and _may_touch(tree[1], left, right):
        return f"{left}{draw(st.sampled_from(['', ' ']))}{right}", binding
    sign = draw(
        st.sampled_from({"^": ["^", "**"], "*": ["*", "·", "×"], "-": ["-", "−"]}.get(tree[0], [tree[0]]))
    )
    space = draw(st.sampled_from(["", " "]))
    return f"{left}{space}{sign}{space}{right}", binding


def _may_touch(first, left, right):
    is_number = isinstance(first, str) and first[-1] in ".0123456789" and left == first
    is_bracket = left.startswith("(") and left.endswith(")") and left.count("(") == 1
    starts_well = right[0] == "(" or (right[0].isalpha() and not right.startswith("e"))
    return (is_number or is_bracket) and starts_well and not set(right) & set("*·×/^")


def _inside(draw, tree, least):
    text, binding = _write(draw, tree)
    return f"({text})" if binding < least or draw(st.integers(0, 9)) == 0 else text
