"""Measure a surface against the loop over points that it replaces.

Both evaluate the same 257 x 257 grid of the Rosenbrock function in this process, on one torch thread, turn
by turn; the losses must agree bit for bit. Run it with ``python bench/surface.py``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from downslope import objectives
from downslope.analysis import surfaces
from downslope.recipe import FunctionObjective

RESOLUTION = 257


def at_once(objective: objectives.Objective) -> np.ndarray:
    """Return z as Downslope computes it: in batches."""
    return surfaces.compute(objective, resolution=RESOLUTION).z


def point_by_point(objective: objectives.Objective) -> np.ndarray:
    """Return z by a call for each point, as packages do that take a function of one point."""
    u, v = (np.linspace(low, high, RESOLUTION).tolist() for low, high in objective.domain)
    with torch.no_grad():
        return np.array(
            [[objective.loss(torch.tensor([x, y], dtype=torch.float64)).item() for x in u] for y in v]
        )


def timed(evaluate: Callable[[objectives.Objective], np.ndarray], objective: objectives.Objective) -> float:
    """Return the seconds one evaluation takes."""
    begin = time.perf_counter()
    evaluate(objective)
    return time.perf_counter() - begin


def measure(repeats: int) -> dict[str, object]:
    """Return the median times of both ways over `repeats` interleaved repeats, and their ratio."""
    torch.set_num_threads(1)
    objective = objectives.create(FunctionObjective(kind="function", id="rosenbrock"))
    assert np.array_equal(at_once(objective), point_by_point(objective)), "the two ways disagree"
    pairs = [(timed(at_once, objective), timed(point_by_point, objective)) for _ in range(repeats)]
    batch_s, loop_s = (statistics.median(times) for times in zip(*pairs, strict=True))
    return {
        "benchmark": "surface",
        "resolution": RESOLUTION,
        "repeats": repeats,
        "batch_s": batch_s,
        "loop_s": loop_s,
        "ratio": loop_s / batch_s,
        "torch": torch.__version__,
    }


def main() -> None:
    """Measure, print one sentence and, where asked, write the numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="times each way is measured")
    parser.add_argument("--json", type=Path, help="file to write the numbers to")
    arguments = parser.parse_args()
    found = measure(arguments.repeats)
    print(
        f"A {RESOLUTION} x {RESOLUTION} surface of the Rosenbrock function takes {found['batch_s']:.4f} s "
        f"at once and {found['loop_s']:.2f} s point by point: {found['ratio']:.0f} times faster "
        f"(median of {arguments.repeats}, same process, same bits)."
    )
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
