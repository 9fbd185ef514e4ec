"""No rule hangs a worker, runs as Python, or is answered with anything but a step or a sentence."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import rules_hostile

HERE = Path(__file__).parent
TIMEOUT_S = 300  # against a hang; all of it takes a few seconds


@pytest.mark.parametrize(("inputs", "expected"), [("REFUSED", "refused"), ("READ", "read")])
def test_every_hostile_rule_is_answered_in_bounded_work(inputs, expected):
    command = [sys.executable, str(HERE / "step_hostile.py"), inputs]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=True)
    outcomes = json.loads(answer.stdout)
    texts = getattr(rules_hostile, inputs)
    assert len(outcomes) == len(texts)
    wrong = [(text[:60], found) for text, found in zip(texts, outcomes, strict=True) if found != expected]
    assert wrong == []


def test_there_are_more_than_a_hundred_hostile_rules_all_different():
    texts = rules_hostile.REFUSED + rules_hostile.READ
    assert len(texts) == len(set(texts)) > 100
