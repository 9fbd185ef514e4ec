"""Stream messages as bytes: JSON with null for what is not finite, or msgpack with binary columns."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Literal

import msgpack
import numpy as np
import orjson
from numpy.typing import NDArray

from downslope.descents.fit import Fit
from downslope.descents.frame import Rows, named
from downslope.service.log import SampleLog

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


def samples_message(descent: int, steps: list[int], theta: NDArray[np.float32]) -> dict[str, Any]:
    """Return theta, shape (len(steps), dim), at some steps of a descent as a message."""
    return {"type": "samples", "descent": descent, "steps": steps, "theta": np.ascontiguousarray(theta)}


def fit_message(fit: Fit) -> dict[str, Any]:
    """Return what a model predicts as a message."""
    return {
        "type": "fit",
        "descent": fit.descent,
        "step": fit.step,
        "shape": list(fit.values.shape),
        "values": fit.values.ravel(),
        "train_accuracy": fit.train_accuracy,
        "test_accuracy": fit.test_accuracy,
        "theta": fit.theta,
    }


class Encoder:
    """Encodes messages, and keeps the newest: subscribers that keep up ask for the same ones.

    Args:
        extra_columns: of the run's rows, in their order.
    """

    def __init__(self, extra_columns: tuple[str, ...] = ()) -> None:
        self._extra_columns = extra_columns
        self._cache: OrderedDict[tuple[Any, ...], bytes] = OrderedDict()
        self._num_bytes = 0

    def frame(self, descent: int, first_step: int, rows: Rows, encoding: Encoding) -> bytes:
        """Return the frame of `rows` as bytes."""
        key = ("frame", descent, first_step, len(rows), encoding)
        return self._encode(
            key, lambda: frame_message(descent, first_step, rows, self._extra_columns), encoding
        )

    def samples(self, descent: int, log: SampleLog, first: int, end: int, encoding: Encoding) -> bytes:
        """Return the samples ``first .. end - 1`` of `log` as bytes."""
        key = ("samples", descent, first, end, encoding)
        return self._encode(
            key, lambda: samples_message(descent, log.steps[first:end], log.theta(first, end)), encoding
        )

    def fit(self, fit: Fit, encoding: Encoding) -> bytes:
        """Return a fit as bytes."""
        return self._encode(("fit", fit.descent, fit.step, encoding), lambda: fit_message(fit), encoding)

    def _encode(
        self, key: tuple[Any, ...], message: Callable[[], dict[str, Any]], encoding: Encoding
    ) -> bytes:
        if key not in self._cache:
            self._cache[key] = encode(message(), encoding)
            self._num_bytes += len(self._cache[key])
            while self._num_bytes > _CACHE_BYTES and len(self._cache) > 1:
                self._num_bytes -= len(self._cache.popitem(last=False)[1])
        return self._cache[key]
