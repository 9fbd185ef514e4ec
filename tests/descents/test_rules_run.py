"""A rule that a person typed, in a run: edited, resumed, and beside the optimizer that it restates."""

import numpy as np
import pytest

from downslope.descents.frame import columns
from downslope.descents.run import Run
from downslope.errors import UserError
from downslope.recipe import Edit, Recipe

MOMENTUM = "m = mu*m + grad; theta = theta - lr*m"
RULE = {"optimizer": "Rule", "rule": MOMENTUM, "hyperparameters": {"lr": 0.0078125, "mu": 0.5}}
TWIN = {"optimizer": "SGD", "hyperparameters": {"lr": 0.0078125, "momentum": 0.5}}


def recipe(*descents, **rest):
    objective = {"kind": "function", "id": "himmelblau"}
    return Recipe.model_validate({"objective": objective, "steps": 40, "descents": list(descents), **rest})


def test_a_typed_momentum_races_bit_by_bit_with_that_of_torch():
    typed, torchs = Run(recipe(RULE, TWIN)).advance(40)
    np.testing.assert_array_equal(typed.rows, torchs.rows)


def test_a_rule_is_edited_and_resumed_bit_by_bit():
    edits = [Edit(step=10, descent=0, hyperparameters={"mu": 0.9})]
    whole = Run(recipe(RULE, edits=edits)).advance(40)[0].rows
    run = Run(recipe(RULE))
    first = run.advance(10)[0].rows
    run.edit(0, {"mu": 0.9})
    rest = Run.restore(run.recipe, run.snapshot()).advance(30)[0].rows
    np.testing.assert_array_equal(np.concatenate([first, rest]), whole)


def test_a_rule_without_a_learning_rate_has_none_in_its_rows():
    rows = Run(recipe({"optimizer": "Rule", "rule": "theta = theta - 0.01*grad"})).advance(5)[0].rows
    assert np.isnan(columns(rows, 0).lr).all()


def test_a_rule_that_divides_by_zero_diverges_with_a_reason():
    run = Run(recipe({"optimizer": "Rule", "rule": "theta = theta - lr*grad/(t - t)"}))
    run.advance(5)
    assert (run.descents[0].state, run.descents[0].num_steps) == ("diverged", 1)
    assert "not finite after step 1" in run.descents[0].reason


@pytest.mark.parametrize(
    ("descent", "parameter"),
    [
        ({"optimizer": "Rule"}, "descents[0].rule"),
        ({"optimizer": "SGD", "rule": MOMENTUM, "hyperparameters": {"lr": 0.1}}, "descents[0].rule"),
        ({"optimizer": "Rule", "rule": "theta = theta - lr*grd("}, "descents[0].rule"),
    ],
)
def test_a_rule_that_cannot_be_names_its_field(descent, parameter):
    with pytest.raises(UserError) as caught:
        Run(recipe(descent))
    assert caught.value.parameter == parameter


def test_newton_pays_for_its_hessian_and_ends_a_quadratic_in_one_step():
    objective = {"kind": "function", "id": "bowl"}
    run = Run(recipe({"optimizer": "Newton"}, objective=objective, steps=1))
    run.advance(1)
    assert run.descents[0].loss == pytest.approx(0, abs=1e-20)
    assert run.descents[0].num_gradient_evaluations == 1 + 1 + 2
