"""The benchmark that is told to readers runs, and its ratio holds with a wide margin."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_surface_at_once_is_far_faster_than_point_by_point(tmp_path: Path) -> None:
    report = tmp_path / "surface.json"
    command = [sys.executable, str(ROOT / "bench" / "surface.py"), "--repeats", "1", "--json", str(report)]
    environment = {"PYTHONPATH": str(ROOT / "backend")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(report.read_text())
    assert found["ratio"] == found["loop_s"] / found["batch_s"] > 20
    assert f"{found['ratio']:.0f} times faster" in done.stdout
