"""A run's rows as JSON, CSV or npz; written in blocks, so that a long run costs no memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson

from downslope.descents.frame import NUM_SCALARS, Rows, columns
from downslope.service.log import DescentLog
from downslope.service.session import Session

_BLOCK_STEPS = 4096


def _blocks(log: DescentLog, since: int, stride: int) -> Iterator[tuple[int, Rows]]:
    """Yield (first step, rows) with every `stride`-th row from `since` on."""
    size = max(1, _BLOCK_STEPS // stride) * stride
    for first in range(since, log.num_rows, size):
        yield first, log.rows(first, min(first + size, log.num_rows))[::stride]


def _all(log: DescentLog, since: int, stride: int) -> Rows:
    if since >= log.num_rows:
        return log.rows(0, 0)
    return np.ascontiguousarray(log.rows(since, log.num_rows)[::stride])


def to_json(session: Session, descents: list[int], since: int, stride: int) -> Iterator[bytes]:
    """Yield ``{run, since, stride, descents: [{descent, label, first_step, stride, count, loss, ...}]}``."""
    head = orjson.dumps({"run": session.id, "since": since, "stride": stride})[:-1]
    yield head + b',"descents":['
    for number, descent in enumerate(descents):
        yield (b"," if number else b"") + orjson.dumps(
            _columns(session, descent, since, stride), option=orjson.OPT_SERIALIZE_NUMPY
        )
    yield b"]}"


def _columns(session: Session, descent: int, since: int, stride: int) -> dict[str, Any]:
    parts = columns(_all(session.log.descents[descent], since, stride))
    label = session.status["descents"][descent]["label"]
    table: dict[str, Any] = {"descent": descent, "label": label, "first_step": since, "stride": stride}
    table |= {"count": len(parts.loss), "loss": np.ascontiguousarray(parts.loss)}
    if parts.theta.shape[1]:
        table |= {"theta": np.ascontiguousarray(parts.theta), "grad": np.ascontiguousarray(parts.grad)}
    return table | {"grad_norm": np.ascontiguousarray(parts.grad_norm), "lr": np.ascontiguousarray(parts.lr)}


def to_csv(session: Session, descents: list[int], since: int, stride: int) -> Iterator[bytes]:
    """Yield lines ``descent,step,loss,grad_norm,lr,theta_0,...,grad_0,...``; numbers keep every digit."""
    r = (session.log.descents[0].rows(0, 1).shape[1] - NUM_SCALARS) // 2
    names = [f"{name}_{i}" for name in ("theta", "grad") for i in range(r)]
    yield (",".join(["descent", "step", "loss", "grad_norm", "lr", *names]) + "\n").encode()
    for descent in descents:
        for first, rows in _blocks(session.log.descents[descent], since, stride):
            lines = (
                f"{descent},{first + number * stride},{','.join(map(repr, row))}\n"
                for number, row in enumerate(rows.tolist())
            )
            yield "".join(lines).encode()


def to_npz(session: Session, descents: list[int], since: int, stride: int) -> bytes:
    """Return an npz file: for each descent i ``step_i, loss_i, grad_norm_i, lr_i, theta_i, grad_i``."""
    arrays: dict[str, Any] = {}
    for descent in descents:
        parts = columns(_all(session.log.descents[descent], since, stride))
        arrays[f"step_{descent}"] = since + stride * np.arange(len(parts.loss))
        for name in ("loss", "grad_norm", "lr", "theta", "grad"):
            arrays[f"{name}_{descent}"] = getattr(parts, name)
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()
