"""Random rules: every statement has the value that the language of formulas gives it, to the last bit."""

import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typing_rules import rule

from downslope.objectives.formulas.formula import Formula

NAMES = ["theta", "grad", "t", "m", "v", "a", "lr"]
TARGETS = ["m", "v", "a", "theta"]
DEFAULTS = {"lr": 0.01, "m": 0.1, "v": 0.1, "a": 0.1}
NUMBERS = ["0", "1", "2", "0.5", "3e-1", "pi", "e"]
# Those that round alike in a tensor of any size, which is what lets bits be compared.
FUNCTIONS = ["sin", "cos", "exp", "log", "sqrt", "abs", "sign", "relu", "atan", "erf"]
SHAPE = (3, 7)
NUM_UPDATES = 3

leaves = st.sampled_from([*NAMES, *NAMES, *NUMBERS])


def _grow(smaller):
    return st.one_of(
        st.tuples(smaller, st.sampled_from(["+", "-", "*", "/"]), smaller).map(
            "({0[0]} {0[1]} {0[2]})".format
        ),
        st.tuples(smaller, st.sampled_from("2345")).map("({0[0]})^{0[1]}".format),
        smaller.map("(-{})".format),
        st.tuples(st.sampled_from(FUNCTIONS), smaller).map("{0[0]}({0[1]})".format),
        st.tuples(st.sampled_from(["min", "max"]), smaller, smaller).map("{0[0]}({0[1]}, {0[2]})".format),
    )


formulas = st.recursive(leaves, _grow, max_leaves=6)
statements = st.lists(st.tuples(st.sampled_from(TARGETS), formulas), max_size=5)


def interpreted(assignments, theta, grads):
    """Yield the values of all names after each update: each formula is an objective of its own."""
    values = dict.fromkeys(NAMES, torch.zeros(SHAPE, dtype=torch.float64))
    targets = {target for target, _ in assignments}
    values |= {n: torch.full(SHAPE, x, dtype=torch.float64) for n, x in DEFAULTS.items() if n not in targets}
    values["theta"] = theta
    for t, grad in enumerate(grads, 1):
        values |= {"grad": grad, "t": torch.full(SHAPE, float(t), dtype=torch.float64)}
        for target, formula in assignments:
            point = torch.stack(
                [*(values[name] for name in NAMES), torch.ones(SHAPE, dtype=torch.float64)], -1
            )
            values[target] = Formula(f"({formula})*one", variables=[*NAMES, "one"]).loss(point)
        yield values


@settings(max_examples=200, deadline=None, derandomize=True)
@given(statements, formulas, st.integers(0, 99))
@example([("m", "0.5*m + grad")], "theta - lr*m", 0)
@example([("a", "1/0"), ("v", "a + v")], "theta + v*0", 1)
@example([("theta", "2")], "theta*t", 2)
@example([("v", "t")], "sqrt(v + v)", 3)
def test_a_rule_has_the_values_of_its_formulas(assignments, last, seed):
    assignments = [*assignments, ("theta", last)]
    draw = torch.Generator().manual_seed(seed)
    start, *grads = torch.randn(1 + NUM_UPDATES, *SHAPE, generator=draw, dtype=torch.float64)
    theta = start.clone().requires_grad_()
    optimizer = rule("\n".join(f"{target} = {formula}" for target, formula in assignments), theta)
    for grad, expected in zip(grads, interpreted(assignments, start, grads), strict=True):
        theta.grad = grad
        optimizer.step()
        state = {name: value for name, value in optimizer.state[theta].items() if name != "t"}
        for name, found in {**state, "theta": theta.detach()}.items():
            torch.testing.assert_close(found, expected[name], rtol=0, atol=0, equal_nan=True)
