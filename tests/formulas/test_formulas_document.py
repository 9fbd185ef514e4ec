"""docs/formulas.md says what is so."""

import re
from pathlib import Path

import pytest
import torch

from downslope.errors import FormulaError
from downslope.objectives.formulas import limits
from downslope.objectives.formulas.formula import Formula
from downslope.objectives.formulas.functions import ALIASES, FUNCTIONS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "formulas.md").read_text("utf-8")


def rows(heading):
    """Return the cells of the rows of the table below a heading."""
    section = DOCUMENT.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def value(text):
    theta = torch.tensor([3.0, 4.0], dtype=torch.float64)
    return Formula(text, variables=["x", "y"]).loss(theta).item()


TYPED = [(typed, row[2]) for row in rows("What is read") for typed in re.findall(r"`([^`]+)`", row[0])]
SAME = [
    (row[0].split("`")[1], row[1].split("`")[1]) for row in rows("What is read") if row[1].startswith("`")
]


@pytest.mark.parametrize(("typed", "expected"), TYPED)
def test_what_the_document_shows_is_read(typed, expected):
    replaced = {"·": "x·y", "×": "x×y", "÷": "x÷y", "−": "x−y", "（": "（x)", "）": "(x）", "，": "max(x，y)"}
    found = value(f"{replaced.get(typed, typed)} + 0x".replace("0x", "0*x"))
    if expected:
        assert found == float(expected)


@pytest.mark.parametrize(("typed", "meant"), SAME)
def test_what_the_document_says_is_the_same_is(typed, meant):
    assert value(typed) == value(meant)


@pytest.mark.parametrize("typed", re.findall(r"`([^`]+)`", DOCUMENT.split("to write: ")[1].split("\n")[0]))
def test_what_the_document_says_is_refused_is_refused_with_a_column(typed):
    with pytest.raises(FormulaError) as caught:
        Formula(typed)
    assert caught.value.column


def test_the_document_lists_every_function():
    section = DOCUMENT.split("\n## Functions\n")[1].split("\nAt a kink")[0]
    listed = re.findall(r"`(\w+)", section)
    assert sorted(listed) == sorted([*FUNCTIONS, *ALIASES, "log"])  # log is named once more


def test_the_document_lists_every_limit():
    assert [int(row[1]) for row in rows("Limits")] == [
        limits.MAX_LENGTH,
        limits.MAX_TOKENS,
        limits.MAX_DEPTH,
        limits.MAX_OPERATIONS,
        limits.MAX_VARIABLES,
        limits.MAX_CONSTANTS,
        limits.MAX_SYMBOLIC_OPERATIONS,
    ]
