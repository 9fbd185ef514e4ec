"""Capture and restore the state of an optimizer, bit by bit.

``Optimizer.load_state_dict`` casts float tensors to the parameter's dtype, but NAdam's ``mu_product`` and
ASGD's ``eta`` and ``mu`` are float32 in a float64 run: the cast would not change their values, only every
rounding after. So the state is stored per parameter as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from torch.optim import Optimizer

Tree = Any  # None, bool, int, float, str, Tensor, or list or dict (keys: str) of trees
_TUPLE = "()"  # the one key of a dict that stands for a tuple
_STACK = "[]"  # the one key of a dict that stands for a list of tensors alike, stacked: LBFGS keeps hundreds


def capture(optimizer: Optimizer) -> dict[str, Tree]:
    """Return everything that `optimizer` holds beside its parameters, as a tree of copies.

    Returns:
        None, bool, int, float, str and tensors in lists and dicts; no tensor is shared with the optimizer.
    """
    return {
        "groups": [
            {name: pack(value) for name, value in group.items() if name != "params"}
            for group in optimizer.param_groups
        ],
        "state": [_pack_state(optimizer, theta) for theta in _parameters(optimizer)],
    }


def restore(optimizer: Optimizer, tree: Mapping[str, Tree]) -> None:
    """Make `optimizer`, a fresh one of the same class, hold what :func:`capture` returned.

    Args:
        optimizer: one parameter for each that was captured; only its state and groups are replaced.
        tree: stays untouched.
    """
    for group, values in zip(optimizer.param_groups, tree["groups"], strict=True):
        params = group["params"]
        group.clear()
        group.update(params=params, **{name: unpack(value) for name, value in values.items()})
    optimizer.state.clear()
    for theta, entry in zip(_parameters(optimizer), tree["state"], strict=True):
        if entry is not None:
            optimizer.state[theta] = _unpack_state(entry, theta)


def pack(value: Any) -> Tree:
    """Return a copy of `value` as a tree: tuples marked, tensors cloned."""
    if isinstance(value, Tensor):
        return value.detach().clone()
    if isinstance(value, tuple):
        return {_TUPLE: [pack(part) for part in value]}
    if isinstance(value, list):
        return {_STACK: torch.stack(value)} if _are_alike(value) else [pack(part) for part in value]
    if isinstance(value, dict):
        return {name: pack(part) for name, part in value.items()}
    assert value is None or isinstance(value, bool | int | float | str), f"no tree holds {value!r}"
    return value


def unpack(tree: Tree, device: torch.device | None = None) -> Any:
    """Return a copy of what :func:`pack` was given, with its tensors on `device`."""
    if isinstance(tree, Tensor):
        return tree.clone() if device is None else tree.to(device, copy=True)
    if isinstance(tree, list):
        return [unpack(part, device) for part in tree]
    if isinstance(tree, Mapping):
        if tree.keys() == {_TUPLE}:
            return tuple(unpack(part, device) for part in tree[_TUPLE])
        if tree.keys() == {_STACK}:
            return [unpack(part, device) for part in tree[_STACK].unbind()]
        return {name: unpack(part, device) for name, part in tree.items()}
    return tree


def _are_alike(values: list[Any]) -> bool:
    first = values[0] if values else None
    if not isinstance(first, Tensor):
        return False
    dtype, shape = first.dtype, first.shape
    return all(
        isinstance(value, Tensor) and value.dtype is dtype and value.shape == shape for value in values
    )


def _parameters(optimizer: Optimizer) -> list[Tensor]:
    return [theta for group in optimizer.param_groups for theta in group["params"]]


def _pack_state(optimizer: Optimizer, theta: Tensor) -> Tree:
    """Return the values, and the names of those that torch keeps on the CPU beside a parameter elsewhere."""
    state = optimizer.state.get(theta)
    if state is None:
        return None
    on_host = [
        name
        for name, value in state.items()
        if isinstance(value, Tensor) and value.device != theta.device and value.device.type == "cpu"
    ]
    return {"values": {name: pack(value) for name, value in state.items()}, "on_host": on_host}


def _unpack_state(entry: Mapping[str, Tree], theta: Tensor) -> dict[str, Any]:
    host = torch.device("cpu")
    return {
        name: unpack(value, host if name in entry["on_host"] else theta.device)
        for name, value in entry["values"].items()
    }
