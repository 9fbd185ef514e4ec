"""The Makefile says what is missing."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("python", ["false", "no-such-python"])
def test_a_python_that_is_missing_or_too_old_is_one_sentence_with_the_way_out(python, tmp_path):
    command = ["make", "--silent", f"PYTHON={python}", f"VENV={tmp_path}", f"{tmp_path}/bin/python"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    sentence = (
        f"Downslope needs Python 3.11 or newer, and {python} is missing or older; try: make PYTHON=python3.12"
    )
    assert result.returncode != 0
    assert result.stdout.strip() == sentence


@pytest.mark.parametrize("target", ["lint", "types", "js", "pytest"])
def test_make_test_checks_everything(target):
    (line,) = [
        line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if line.startswith("test:")
    ]
    assert target in line.split()


def test_make_test_leaves_no_test_out():
    assert "-m pytest --complete" in (ROOT / "Makefile").read_text("utf-8")
