"""The benchmark that is told to readers runs, and its ratios hold with a wide margin."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What the loop must take at least, in times of the surface: about half of what a busy machine measures.
LEAST = {"rosenbrock": 20, "two-neurons": 50, "mlp-regression": 2}


def test_surfaces_at_once_are_far_faster_than_point_by_point(tmp_path: Path) -> None:
    report = tmp_path / "surface.json"
    program = [sys.executable, str(ROOT / "bench" / "surface.py")]
    arguments = ["--repeats", "3", "--rows", "8", "--json", str(report)]
    environment = {"PYTHONPATH": str(ROOT / "backend")}
    done = subprocess.run(
        [*program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(report.read_text())
    for name, least in LEAST.items():
        assert found[name]["ratio"] > least, found[name]
        assert f"{name}, {found[name]['resolution']} x" in done.stdout
        assert f"{found[name]['ratio']:.1f} times faster" in done.stdout
        milliseconds = f"{1000 * found['first_picture_s'][name]:.0f} ms"
        assert f"{name}: first coarse picture of a refined surface after {milliseconds}" in done.stdout
