"""Measure surfaces against the loops over points that they replace, and the time to the first coarse picture.

Each surface is evaluated in this process, on one torch thread, turn by turn with its loop; times are of the
processor, so that what else runs on the machine counts little:

- Rosenbrock, 257 x 257: a call of the function for each point; the losses agree bit for bit.
- Two neurons, 257 x 257, and the MLP of 609 parameters with 256 points, 129 x 129, both in float64 on a
  random plane: for each point, copy anchor + u d1 + v d2 into the parameters of the module, tensor by tensor,
  and call it, as packages that draw loss landscapes do; the losses agree to rounding.

Then the real service, with a warm worker, is asked for a refined surface of each, over the network. Run it
with ``python bench/surface.py``; with ``--check`` it ends with status 1 where two neurons are less than 50
times faster than their loop, the MLP less than 5 times, or a first picture takes more than 150 ms.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import torch

from downslope import objectives
from downslope.analysis import planes, surfaces
from downslope.objectives import Objective
from downslope.recipe import FunctionObjective, ModelObjective, ObjectiveRef
from serving import serving

Grid = np.ndarray
# name, objective, points along an axis, agreement of the losses relative to the largest one
CASES: list[tuple[str, ObjectiveRef, int, float]] = [
    ("rosenbrock", FunctionObjective(kind="function", id="rosenbrock"), 257, 0.0),
    ("two-neurons", ModelObjective(kind="model", id="two-neurons"), 257, 1e-13),
    ("mlp-regression", ModelObjective(kind="model", id="mlp-regression"), 129, 1e-13),
]
# What ``--check`` holds them to: least ratios, and the longest wait for a first picture.
LEAST_RATIO = {"two-neurons": 50, "mlp-regression": 5}
LONGEST_WAIT_MS = 150


def plane_of(objective: Objective) -> planes.Plane:
    """Return the domain of a function, or a random plane through the start of a model."""
    return planes.create(objective, {"kind": "random"} if objective.kind == "model" else None)


def loop(objective: Objective, plane: planes.Plane, resolution: int, num_rows: int) -> Grid:
    """Return the first rows of z point by point."""
    u, v = (axis.tolist() for axis in surfaces.axes(plane, resolution, "resolution"))
    points = [(x, y) for y in v[:num_rows] for x in u]
    with torch.no_grad():
        of_points = by_calling if objective.kind == "function" else by_copying
        return np.array(list(of_points(objective, plane, points))).reshape(num_rows, resolution)


def by_calling(
    objective: Objective, plane: planes.Plane, points: list[tuple[float, float]]
) -> Iterable[float]:
    """Give the loss by a call for each point, as packages do that take a function of one point."""
    for point in points:
        yield objective.loss(torch.tensor(point, dtype=torch.float64)).item()


def by_copying(objective: Any, plane: planes.Plane, points: list[tuple[float, float]]) -> Iterable[float]:
    """Give the loss by copying each point into the parameters of the module and calling it."""
    anchor, first, second = (
        torch.tensor(row, dtype=torch.float64) for row in (plane.anchor, *plane.directions)
    )
    module = objective.training(anchor.clone(), 0).module
    parameters = list(module.parameters())
    data = objective.points("train", anchor)
    shaped = [
        [
            part.view_as(p)
            for part, p in zip(row.split([p.numel() for p in parameters]), parameters, strict=True)
        ]
        for row in (anchor, first, second)
    ]
    tensors = list(zip(parameters, *shaped, strict=True))
    for u, v in points:
        for parameter, start, along_u, along_v in tensors:
            parameter.copy_(start + u * along_u + v * along_v)
        yield objective.criterion.of_points(module(data.x), data.y).item()


def timed(evaluate: Callable[[], Grid]) -> tuple[float, Grid]:
    """Return the seconds of the processor that one evaluation takes, and what it gave."""
    begin = time.process_time()
    found = evaluate()
    return time.process_time() - begin, found


def measure(ref: ObjectiveRef, resolution: int, agreement: float, repeats: int, rows: int) -> dict[str, Any]:
    """Return the median times of both ways over `repeats` interleaved repeats, and their ratio."""
    objective = objectives.create(ref)
    plane, num_rows = plane_of(objective), min(rows, resolution)
    surfaces.values(objective, plane, 9)
    pairs = []
    for _ in range(repeats):
        batch_s, at_once = timed(lambda: surfaces.values(objective, plane, resolution))
        loop_s, by_points = timed(lambda: loop(objective, plane, resolution, num_rows))
        largest = np.abs(by_points).max()
        assert np.abs(at_once[:num_rows] - by_points).max() <= agreement * largest, "the two ways disagree"
        pairs.append((batch_s, loop_s * resolution / num_rows))
    batch_s, loop_s = (statistics.median(times) for times in zip(*pairs, strict=True))
    found = {"dim": objective.dim, "resolution": resolution, "batch_s": batch_s, "loop_s": loop_s}
    return found | {"ratio": statistics.median(slow / fast for fast, slow in pairs)}


def first_pictures(url: str, repeats: int) -> dict[str, float]:
    """Return the median seconds from the request to the first coarse picture, by objective."""
    found = {}
    with httpx.Client(base_url=url, timeout=120) as client:
        for name, ref, resolution, _ in CASES:
            body = {"objective": ref.model_dump(), "resolution": resolution, "refine": True}
            first_picture(client, body)  # what a worker builds once, it has built
            found[name] = statistics.median(first_picture(client, body) for _ in range(repeats))
    return found


def first_picture(client: httpx.Client, body: dict[str, Any]) -> float:
    """Return the seconds from a request to its first picture; leave then."""
    begin = time.perf_counter()
    with client.stream("POST", "/api/surfaces", json=body) as answer:
        for line in answer.iter_lines():
            if json.loads(line)["type"] == "surface":
                return time.perf_counter() - begin
    raise SystemExit("the stream ended without a picture")


def shortfalls(found: dict[str, Any]) -> list[str]:
    """Return a sentence for each number that is not as good as it has to be."""
    ratios = {name: found[name]["ratio"] for name in LEAST_RATIO}
    waits_ms = {name: 1000 * seconds for name, seconds in found["first_picture_s"].items()}
    slow = [name for name, ratio in ratios.items() if ratio < LEAST_RATIO[name]]
    late = [name for name, wait_ms in waits_ms.items() if wait_ms > LONGEST_WAIT_MS]
    return [f"{name}: {ratios[name]:.1f} times faster, less than {LEAST_RATIO[name]}" for name in slow] + [
        f"{name}: first coarse picture after {waits_ms[name]:.0f} ms, later than {LONGEST_WAIT_MS}"
        for name in late
    ]


def main() -> int:
    """Measure, print a sentence for each number and, where asked, write the numbers and check them.

    Returns:
        The exit status: 1 where they are checked and one is not good enough.
    """
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=5, help="times each way is measured")
    parser.add_argument("--rows", type=int, default=1000, help="rows of the grid that a loop goes through")
    parser.add_argument("--json", type=Path, help="file to write the numbers to")
    parser.add_argument("--check", action="store_true", help="fail where a number is not good enough")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    found: dict[str, Any] = {"benchmark": "surface", "repeats": arguments.repeats, "torch": torch.__version__}
    for name, ref, resolution, agreement in CASES:
        found[name] = measure(ref, resolution, agreement, arguments.repeats, arguments.rows)
        print(
            f"{name}, {resolution} x {resolution}: {found[name]['batch_s']:.4f} s at once, "
            f"{found[name]['loop_s']:.2f} s point by point: {found[name]['ratio']:.1f} times faster"
        )
    with serving() as url:
        found["first_picture_s"] = first_pictures(url, arguments.repeats)
    for name, seconds in found["first_picture_s"].items():
        print(f"{name}: first coarse picture of a refined surface after {1000 * seconds:.0f} ms")
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2) + "\n")
    short = shortfalls(found) if arguments.check else []
    print(*short, sep="\n", end="\n" if short else "")
    return 1 if short else 0


if __name__ == "__main__":
    raise SystemExit(main())
