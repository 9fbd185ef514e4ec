"""No input hangs a worker, runs as Python, or is answered with anything but a value or a sentence."""

import json
import subprocess
import sys
from pathlib import Path

import hostile
import pytest

HERE = Path(__file__).parent
TIMEOUT_S = 300  # against a hang; all of it takes a few seconds


@pytest.mark.parametrize(("inputs", "expected"), [("REFUSED", "refused"), ("READ", "read")])
def test_every_hostile_input_is_answered_in_bounded_work(inputs, expected):
    command = [sys.executable, str(HERE / "descend_hostile.py"), inputs]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=True)
    outcomes = json.loads(answer.stdout)
    expressions = getattr(hostile, inputs)
    assert len(outcomes) == len(expressions)
    wrong = [
        (expression[:60], outcome)
        for expression, outcome in zip(expressions, outcomes, strict=True)
        if outcome != expected
    ]
    assert wrong == []


def test_there_are_more_than_two_hundred_hostile_inputs_all_different():
    inputs = hostile.REFUSED + hostile.READ
    assert len(inputs) == len(set(inputs)) > 200
