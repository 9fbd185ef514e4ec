"""A plane: the axes or directions along which an objective is looked at, and the point they go through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

Range = tuple[float, float]


@dataclass(frozen=True)
class Plane:
    """One or two axes of parameter space, or two directions, through an anchor.

    Args:
        kind: how it was found; see :mod:`downslope.analysis.planes`.
        axes: the components of theta that vary, first u, then v; their coordinates are theta's own. None
            where `directions` are given.
        anchor: the point, dim numbers. Along axes it gives the other components.
        directions: theta = anchor + u directions[0] + v directions[1]; None where `axes` are given.
        names: what u and v are called.
        explained: shares of the path's squared distances from the anchor; of principal components.
        eigenvalues: of the Hessian at the anchor; of its eigenvectors.
        range: (low, high) of u and v.
    """

    kind: str
    axes: tuple[int, ...] | None
    anchor: tuple[float, ...]
    directions: tuple[tuple[float, ...], ...] | None
    names: tuple[str, ...]
    explained: tuple[float, float] | None = None
    eigenvalues: tuple[float, float] | None = None
    range: tuple[Range, ...] = ()

    @property
    def num_coordinates(self) -> int:
        """2 for a plane, 1 for a line."""
        return len(self.names)

    def points(self, *coordinates: Tensor) -> Tensor:
        """Return theta, shape (..., dim), at coordinates of shape (...) along each direction."""
        anchor = torch.tensor(self.anchor, dtype=torch.float64)
        if self.axes is None:
            (u, v), (first, second) = coordinates, self._rows()
            return torch.addcmul(anchor, u.unsqueeze(-1), first).addcmul_(v.unsqueeze(-1), second)
        theta = anchor.repeat(*coordinates[0].shape, 1)
        for axis, along in zip(self.axes, coordinates, strict=True):
            theta[..., axis] = along
        return theta

    def slopes(self, gradients: Tensor) -> Tensor:
        """Return the derivatives along u and v, shape (..., 1 or 2), of gradients of shape (..., dim)."""
        if self.axes is not None:
            return gradients[..., list(self.axes)]
        return torch.stack([(gradients * row).sum(-1) for row in self._rows()], dim=-1)

    def coordinates(self, theta: Tensor) -> Tensor:
        """Return u and v, shape (..., 1 or 2), of the points of the plane nearest to theta.

        Args:
            theta: shape (..., dim), on the plane or off it.
        """
        if self.axes is not None:
            return theta[..., list(self.axes)]
        moved = theta - torch.tensor(self.anchor, dtype=torch.float64)
        return moved.matmul(torch.linalg.pinv(self._rows()))

    def _rows(self) -> Tensor:
        return torch.tensor(self.directions or (), dtype=torch.float64).reshape(-1, len(self.anchor))

    def describe(self) -> dict[str, Any]:
        """Return the fields as JSON-ready data; `restore` is the inverse."""
        return {
            "kind": self.kind,
            "axes": _listed(self.axes),
            "anchor": list(self.anchor),
            "directions": self.directions and [list(row) for row in self.directions],
            "names": list(self.names),
            "explained": _listed(self.explained),
            "eigenvalues": _listed(self.eigenvalues),
            "range": [list(bounds) for bounds in self.range],
        }


def _listed(values: Sequence[Any] | None) -> list[Any] | None:
    return None if values is None else list(values)


def restore(described: Mapping[str, Any]) -> Plane:
    """Build the plane whose :meth:`Plane.describe` gave `described`."""
    return Plane(**{name: _frozen(value) for name, value in described.items()})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
