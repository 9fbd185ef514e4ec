"""Stream messages as bytes: JSON with null for what is not finite, or msgpack with binary columns."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Literal

import msgpack
import numpy as np
import orjson

from downslope.descents.frame import Rows, named

Encoding = Literal["json", "msgpack"]
_CACHE_BYTES = 1 << 20


def encode(message: dict[str, Any], encoding: Encoding) -> bytes:
    """Return one message as bytes.

    NumPy arrays become lists in JSON; in msgpack bytes, little-endian and row-major, of float32 where they
    are of float32 and of float64 else.
    """
    if encoding == "json":
        return orjson.dumps(message, option=orjson.OPT_SERIALIZE_NUMPY)
    packed: bytes = msgpack.packb(message, default=_pack_array)
    return packed


def _pack_array(value: object) -> bytes:
    if not isinstance(value, np.ndarray):
        raise TypeError(f"a message cannot hold {type(value).__name__}")
    dtype = "<f4" if value.dtype == np.float32 else "<f8"
    return np.ascontiguousarray(value, dtype=dtype).tobytes()


def frame_message(
    descent: int, first_step: int, rows: Rows, extra_columns: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return the frame of `rows` as a message; theta and grad are there where they were recorded."""
    head = {"type": "frame", "descent": descent, "first_step": first_step, "count": len(rows)}
    found = named(rows, extra_columns)
    return head | {name: np.ascontiguousarray(values) for name, values in found.items()}


class FrameEncoder:
    """Encodes frames, and keeps the newest: subscribers that keep up ask for the same ones."""

    def __init__(self) -> None:
        self._cache: OrderedDict[tuple[int, int, int, Encoding], bytes] = OrderedDict()
        self._num_bytes = 0

    def encode(self, descent: int, first_step: int, rows: Rows, encoding: Encoding) -> bytes:
        """Return the frame of `rows` as bytes."""
        key = (descent, first_step, len(rows), encoding)
        if key not in self._cache:
            self._cache[key] = encode(frame_message(descent, first_step, rows), encoding)
            self._num_bytes += len(self._cache[key])
            while self._num_bytes > _CACHE_BYTES and len(self._cache) > 1:
                self._num_bytes -= len(self._cache.popitem(last=False)[1])
        return self._cache[key]
