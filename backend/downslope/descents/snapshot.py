"""Snapshots as bytes: msgpack with tensors as raw memory, exact to the bit and without pickle."""

from __future__ import annotations

from typing import Any, cast

import msgpack
import torch
from torch import Tensor

_TENSOR = 1
_DTYPES = {
    str(dtype): dtype
    for dtype in (torch.float64, torch.float32, torch.int64, torch.int32, torch.uint8, torch.bool)
}


def _pack_tensor(value: object) -> msgpack.ExtType:
    if not isinstance(value, Tensor):
        raise TypeError(f"a snapshot cannot hold {type(value).__name__}")
    tensor = value.detach().cpu().contiguous()
    data = tensor.numpy().tobytes()
    return msgpack.ExtType(_TENSOR, msgpack.packb((str(tensor.dtype), list(tensor.shape), data)))


def _unpack_tensor(code: int, data: bytes) -> Tensor:
    if code != _TENSOR:
        raise ValueError(f"unknown extension {code} in a snapshot")
    dtype, shape, memory = msgpack.unpackb(data)
    if not memory:
        return torch.empty(shape, dtype=_DTYPES[dtype])
    # bytearray: torch wants writable memory, and each tensor owns its own.
    return torch.frombuffer(bytearray(memory), dtype=_DTYPES[dtype]).reshape(shape)


def pack(tree: dict[str, Any]) -> bytes:
    """Return `tree`, of plain values, lists, dicts and tensors, as bytes."""
    return cast(bytes, msgpack.packb(tree, default=_pack_tensor))


def unpack(data: bytes) -> dict[str, Any]:
    """Return the tree of :func:`pack`; tensors are on the CPU, tuples have become lists."""
    tree = msgpack.unpackb(data, ext_hook=_unpack_tensor, strict_map_key=False)
    return cast(dict[str, Any], tree)
