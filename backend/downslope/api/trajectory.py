"""A run's rows as JSON, CSV or npz; written in blocks, so that a long run costs no memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson

from downslope.descents.frame import Rows, named
from downslope.service.log import DescentLog
from downslope.service.session import Session

_BLOCK_STEPS = 4096


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
    for name in named(log.rows(0, 1), session.extra_columns):
        yield f',"{name}":['.encode()
        for number, (_, rows) in enumerate(_blocks(log, since, stride, num_rows)):
            column = np.ascontiguousarray(named(rows, session.extra_columns)[name])
            yield (b"," if number else b"") + orjson.dumps(column, option=orjson.OPT_SERIALIZE_NUMPY)[1:-1]
        yield b"]"
    yield b"}"


def to_csv(session: Session, descents: list[int], since: int, stride: int) -> Iterator[bytes]:
    """Yield lines ``descent,step,loss,grad_norm,lr,...,theta_0,...,grad_0,...``; numbers keep every digit."""
    yield (",".join(["descent", "step", *_header(session)]) + "\n").encode()
    for descent in descents:
        log = session.log.descents[descent]
        for first, rows in _blocks(log, since, stride, log.num_rows):
            lines = (
                f"{descent},{first + number * stride},{','.join(map(repr, row))}\n"
                for number, row in enumerate(rows.tolist())
            )
            yield "".join(lines).encode()


def _header(session: Session) -> Iterator[str]:
    """Yield the names of a row's numbers, in order: the extra columns stand behind ``lr``."""
    for name, values in named(session.log.descents[0].rows(0, 1), session.extra_columns).items():
        if values.ndim == 1:
            yield name
        else:
            yield from (f"{name}_{i}" for i in range(values.shape[1]))


def to_npz(session: Session, descents: list[int], since: int, stride: int) -> bytes:
    """Return an npz file: for each descent i ``step_i, loss_i, grad_norm_i, lr_i, ..., theta_i, grad_i``."""
    arrays: dict[str, Any] = {}
    for descent in descents:
        log = session.log.descents[descent]
        rows = log.rows(min(since, log.num_rows), log.num_rows)[::stride]
        arrays[f"step_{descent}"] = since + stride * np.arange(len(rows))
        for name, values in named(rows, session.extra_columns).items():
            arrays[f"{name}_{descent}"] = values
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()
