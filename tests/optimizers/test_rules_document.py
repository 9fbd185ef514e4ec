"""docs/rules.md says what is so."""

import re

import pytest
from typing_rules import DOCUMENT, rows

from downslope.errors import FormulaError
from downslope.optimizers import rules
from downslope.optimizers.rules import limits


def test_the_first_example_is_read():
    (text,) = re.findall(r"```\n(.*?)```", DOCUMENT, re.DOTALL)
    found = rules.describe(text)
    assert found["state"] == ["m"]
    assert [row["name"] for row in found["hyperparameters"]] == ["beta", "lr"]


@pytest.mark.parametrize(("names", "default", "minimum", "maximum", "scale"), rows("Hyperparameters"))
def test_the_document_lists_every_default_and_slider(names, default, minimum, maximum, scale):
    for name in re.findall(r"\w+", names) if "any" not in names else ["k", "weight", "decay3"]:
        (row,) = rules.describe(f"theta = {name}*grad")["hyperparameters"]
        assert row["name"] == name
        found = [row["default"], row["minimum"], row["maximum"]]
        assert found == [float(default), float(minimum), float(maximum)]
        assert row["scale"] == scale


def test_the_document_names_every_default():
    named = {name for names, *_ in rows("Hyperparameters") for name in re.findall(r"\w+", names)}
    assert named - {"any", "other"} == set(rules.defaults.DEFAULTS)


@pytest.mark.parametrize(("text", "answer"), rows("Where a rule has no value"))
def test_the_document_quotes_errors_as_they_are(text, answer):
    with pytest.raises(FormulaError) as caught:
        rules.describe(text)
    assert str(caught.value) == answer


def test_the_document_lists_every_limit():
    assert [int(row[1]) for row in rows("Limits")] == [
        limits.MAX_LENGTH,
        limits.MAX_STATEMENTS,
        limits.MAX_OPERATIONS,
        limits.MAX_STATE,
        limits.MAX_HYPERPARAMETERS,
    ]
