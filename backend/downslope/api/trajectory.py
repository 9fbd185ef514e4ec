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
_SCALARS = ("loss", "grad_norm", "lr")
_VECTORS = ("theta", "grad")


def _blocks(log: DescentLog, since: int, stride: int, end: int) -> Iterator[tuple[int, Rows]]:
    """Yield (first step, rows) with every `stride`-th row from `since` on and before `end`."""
    size = max(1, _BLOCK_STEPS // stride) * stride
    for first in range(since, end, size):
        yield first, log.rows(first, min(first + size, end))[::stride]


def to_json(session: Session, descents: list[int], since: int, stride: int) -> Iterator[bytes]:
    """Yield ``{run, since, stride, descents: [{descent, label, first_step, stride, count, loss, ...}]}``."""
    yield orjson.dumps({"run": session.id, "since": since, "stride": stride})[:-1] + b',"descents":['
    for number, descent in enumerate(descents):
        yield b"," if number else b""
        yield from _table(session, descent, since, stride)
    yield b"]}"


def _table(session: Session, descent: int, since: int, stride: int) -> Iterator[bytes]:
    """Yield one descent as an object of columns, each written in blocks."""
    log = session.log.descents[descent]
    num_rows = log.num_rows  # the run may go on meanwhile
    label = session.status["descents"][descent]["label"]
    head = {"descent": descent, "label": label, "first_step": since, "stride": stride}
    yield orjson.dumps(head | {"count": len(range(since, num_rows, stride))})[:-1]
    for name in _columns_of(log):
        yield f',"{name}":['.encode()
        for number, (_, rows) in enumerate(_blocks(log, since, stride, num_rows)):
            column = np.ascontiguousarray(getattr(columns(rows), name))
            yield (b"," if number else b"") + orjson.dumps(column, option=orjson.OPT_SERIALIZE_NUMPY)[1:-1]
        yield b"]"
    yield b"}"


def _columns_of(log: DescentLog) -> list[str]:
    has_theta = columns(log.rows(0, 1)).theta.shape[1] > 0
    return [*_SCALARS, *(_VECTORS if has_theta else ())]


def to_csv(session: Session, descents: list[int], since: int, stride: int) -> Iterator[bytes]:
    """Yield lines ``descent,step,loss,grad_norm,lr,theta_0,...,grad_0,...``; numbers keep every digit."""
    r = (session.log.descents[0].rows(0, 1).shape[1] - NUM_SCALARS) // 2
    names = [f"{name}_{i}" for name in ("theta", "grad") for i in range(r)]
    yield (",".join(["descent", "step", "loss", "grad_norm", "lr", *names]) + "\n").encode()
    for descent in descents:
        log = session.log.descents[descent]
        for first, rows in _blocks(log, since, stride, log.num_rows):
            lines = (
                f"{descent},{first + number * stride},{','.join(map(repr, row))}\n"
                for number, row in enumerate(rows.tolist())
            )
            yield "".join(lines).encode()


def to_npz(session: Session, descents: list[int], since: int, stride: int) -> bytes:
    """Return an npz file: for each descent i ``step_i, loss_i, grad_norm_i, lr_i, theta_i, grad_i``."""
    arrays: dict[str, Any] = {}
    for descent in descents:
        log = session.log.descents[descent]
        rows = log.rows(min(since, log.num_rows), log.num_rows)[::stride]
        arrays[f"step_{descent}"] = since + stride * np.arange(len(rows))
        for name in (*_SCALARS, *_VECTORS):
            arrays[f"{name}_{descent}"] = getattr(columns(rows), name)
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()
