"""Steps a second of a streamed run, over a bare PyTorch loop that records the same values.

Both are measured in one go, in turn, and the median of the ratios is printed. The run goes through
everything: worker process, web process, WebSocket, and a subscriber that decodes every frame.

    python bench/stream.py [--steps 20000] [--repeats 7] [--json FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import statistics
import time
from pathlib import Path

import httpx
import msgpack
import torch
import websockets

from serving import serving

START = [-1.5, 2.0]
CASES = {"SGD": {"lr": 1e-4}, "Adam": {"lr": 1e-3}}


def rosenbrock(theta: torch.Tensor) -> torch.Tensor:
    x, y = theta.unbind(-1)
    u, v = 1 - x, y - x * x
    return u * u + 100 * (v * v)


def bare_loop(optimizer_name: str, hyperparameters: dict[str, float], steps: int) -> float:
    """Return the steps a second of the loop that a careful person would write to record a descent."""
    theta = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = getattr(torch.optim, optimizer_name)([theta], **hyperparameters)
    losses, thetas, grads, grad_norms, lrs = [], [], [], [], []

    def record(loss: torch.Tensor) -> None:
        grad = theta.grad.tolist()
        losses.append(loss.item())
        thetas.append(theta.tolist())
        grads.append(grad)
        grad_norms.append(math.hypot(*grad))
        lrs.append(optimizer.param_groups[0]["lr"])

    began = time.perf_counter()
    for _ in range(steps):
        optimizer.zero_grad()
        loss = rosenbrock(theta)
        loss.backward()
        record(loss)
        optimizer.step()
    return steps / (time.perf_counter() - began)


async def streamed(url: str, optimizer: str, hyperparameters: dict[str, float], steps: int) -> float:
    """Return the steps a second of a run at full speed, from the play command to its last frame."""
    recipe = {
        "objective": {"kind": "function", "id": "rosenbrock"},
        "start": START,
        "steps": steps,
        "descents": [{"optimizer": optimizer, "hyperparameters": hyperparameters}],
        "autoplay": False,
    }
    async with httpx.AsyncClient(base_url=url, timeout=120) as client:
        run = (await client.post("/api/runs", json=recipe)).raise_for_status().json()
    stream = f"{url.replace('http', 'ws')}/api/runs/{run['id']}/stream?encoding=msgpack"
    async with websockets.connect(stream, max_size=None) as socket:
        await socket.send(json.dumps({"type": "control", "key": run["control_key"]}))
        began = time.perf_counter()
        await socket.send(json.dumps({"type": "play", "speed": None}))
        rows = 0
        while rows < steps + 1:
            message = msgpack.unpackb(await socket.recv())
            rows += message["count"] if message["type"] == "frame" else 0
        return steps / (time.perf_counter() - began)


def measure(url: str, steps: int, repeats: int) -> dict[str, dict[str, object]]:
    results: dict[str, dict[str, object]] = {}
    for optimizer, hyperparameters in CASES.items():
        ratios = []
        for repeat in range(repeats + 1):
            bare = bare_loop(optimizer, hyperparameters, steps)
            fast = asyncio.run(streamed(url, optimizer, hyperparameters, steps))
            if repeat:  # the first of each only warms up
                ratios.append(fast / bare)
        results[optimizer] = {"median": statistics.median(ratios), "ratios": ratios}
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    with serving() as url:
        results = measure(url, options.steps, options.repeats)
    for optimizer, result in results.items():
        ratios = ", ".join(f"{ratio:.2f}" for ratio in result["ratios"])
        print(
            f"{optimizer} on Rosenbrock, {options.steps} steps streamed to one subscriber: "
            f"{result['median']:.2f} times the bare recording loop (each repeat: {ratios})"
        )
    if options.json:
        options.json.write_text(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
