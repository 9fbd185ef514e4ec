"""The two directions of a plane that axes do not span: drawn, found from a path or from the curvature."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from downslope.analysis import curvature
from downslope.analysis.krylov import Krylov
from downslope.errors import InvalidValueError
from downslope.objectives import Objective

# Relative to the longer one: what is left of a direction beside another that it is no rounding error of.
_INDEPENDENT = 1e-9
# What a path is that has no principal components, and the way out.
_STILL = ("has not moved yet", "ask again after a few steps")
_DIVERGED = (
    "diverged at once: after its start it has no finite point",
    "take a smaller lr, or plane.kind axes or random",
)


@dataclass(frozen=True)
class Directions:
    """Two directions as rows, shape (2, dim), and what they explain where they were found from something."""

    rows: Tensor
    names: tuple[str, str]
    explained: tuple[float, float] | None = None
    eigenvalues: tuple[float, float] | None = None


def random(objective: Objective, anchor: Tensor, seed: int, parameter: str) -> Directions:
    """Return two Gaussian directions on the scale of the parameters.

    Of a model: filter-normalized. Each row of a weight, the filter w of one unit, takes the direction
    d ||w|| / ||d||, so that 1 is a step as long as the filter itself; biases and all other leaves of one
    dimension keep still. Of a function or a formula, whose components are no filters: d_i h_i / ||d||, h_i
    being half the width of the domain.

    Source: H. Li et al., "Visualizing the Loss Landscape of Neural Nets", NeurIPS 2018, section 4; that
    biases keep still is the option ``biasbn`` of its published code, its default.

    Raises:
        InvalidValueError: the weights at the anchor are zero or too few to give two directions.
    """
    generator = torch.Generator().manual_seed(seed)
    drawn = torch.randn(2, len(anchor), dtype=torch.float64, generator=generator)
    if objective.kind == "model":
        shapes = [leaf.shape for leaf in objective.training(anchor.clone(), seed).leaves]
        rows = torch.stack([filter_normalized(row, anchor, shapes) for row in drawn])
    else:
        half_widths = torch.tensor([(high - low) / 2 for low, high in objective.domain], dtype=torch.float64)
        rows = drawn / drawn.norm(dim=1, keepdim=True) * half_widths
    if not _span(rows):
        detail = (
            "random directions are as long as the weights at the anchor, and these are zero or too few to "
            "span a plane; use another anchor, such as current or end, or plane.kind axes"
        )
        raise InvalidValueError(detail, parameter=parameter)
    return Directions(rows, ("random 1", "random 2"))


def filter_normalized(direction: Tensor, theta: Tensor, shapes: list[torch.Size]) -> Tensor:
    """Return `direction`, shape (dim,), with each filter as long as the one of theta; 0 in biases.

    Args:
        direction: any numbers, shape (dim,).
        theta: the point whose filters give the lengths, shape (dim,).
        shapes: of the leaves that theta is made of; a filter is a slice along the first dimension.
    """
    sizes = [shape.numel() for shape in shapes]
    parts = zip(shapes, torch.split(direction, sizes), torch.split(theta, sizes), strict=True)
    return torch.cat([_filters(shape, *pair) for shape, *pair in parts])


def _filters(shape: torch.Size, direction: Tensor, theta: Tensor) -> Tensor:
    if len(shape) < 2:
        return torch.zeros_like(direction)
    filters = direction.reshape(shape[0], -1)
    lengths = torch.linalg.vector_norm(theta.reshape(shape[0], -1), dim=1, keepdim=True)
    drawn = torch.linalg.vector_norm(filters, dim=1, keepdim=True)
    scaled: Tensor = filters / drawn * lengths
    return scaled.reshape(-1)


def principal(anchor: Tensor, path: Tensor, has_diverged: bool, parameter: str) -> Directions:
    """Return the two principal components of a path around the anchor.

    The plane through the anchor to which the points are nearest in the mean square, by the singular value
    decomposition of path - anchor. It is not centred: centred components span a plane through the mean,
    where nobody was. `explained` is each one's share of the squared distances from the anchor; what is left
    is the share that lies off the plane. Where the path is a straight line through the anchor, the second
    direction is the axis least aligned with it, made orthogonal, and explains 0.

    Args:
        anchor: shape (dim,).
        path: shape (points, dim), finite.
        has_diverged: points that diverged were left out of it.

    Raises:
        InvalidValueError: the path does not move, or diverged at once.
    """
    if len(path) == 0 or bool((path == path[0]).all()):
        state, way_out = _DIVERGED if has_diverged else _STILL
        detail = f"the path {state}, so it has no principal components; {way_out}"
        raise InvalidValueError(detail, parameter=parameter)
    moved = path - anchor
    lengths, rows = _leading(moved / moved.abs().max())
    if len(lengths) < 2 or lengths[1] <= _INDEPENDENT * lengths[0]:
        rows = torch.stack([rows[0], _beside(rows[0])])
        lengths = torch.stack([lengths[0], torch.zeros_like(lengths[0])])
    shares = (lengths.square() / lengths.square().sum()).tolist()
    return Directions(curvature.oriented(rows), ("PC 1", "PC 2"), explained=(shares[0], shares[1]))


def _leading(matrix: Tensor) -> tuple[Tensor, Tensor]:
    """Return all singular values of a matrix, and the first two right singular vectors as rows.

    By the triangle R in matrix' = Q R, whose side is the shorter one of the matrix: several times less work
    than of the matrix, and as exact, which the product matrix matrix' would not be.
    """
    _, triangle = torch.linalg.qr(matrix.T, mode="r")
    _, lengths, weights = torch.linalg.svd(triangle, full_matrices=False)
    rows, _ = torch.linalg.qr((weights[:2] @ matrix).T)
    return lengths, rows.T


def _beside(unit: Tensor) -> Tensor:
    rest = -unit[unit.abs().argmin()] * unit
    rest[unit.abs().argmin()] += 1.0
    return torch.nn.functional.normalize(rest, dim=0)


def check_curvature(objective: Objective) -> None:
    """Raise InvalidValueError unless a Hessian of the objective tells how it bends."""
    if not objective.has_curvature:
        detail = (
            f"plane.kind hessian is not meaningful for {objective.id} with absolute errors and no smooth "
            "activation: such a loss bends at kinks, which the Hessian does not see; take another loss such "
            "as mse, a smooth activation such as tanh or gelu where there is one, or plane.kind pca"
        )
        raise InvalidValueError(detail, parameter="plane.kind")


def eigenvectors(objective: Objective, anchor: Tensor, space: Krylov | None, parameter: str) -> Directions:
    """Return the unit eigenvectors of the Hessian at the anchor with the two largest absolute eigenvalues.

    Args:
        objective, anchor, space: see `curvature.strongest`.
        parameter: which errors name.

    Raises:
        InvalidValueError: the objective has no curvature, or the Hessian is zero or not finite there.
    """
    check_curvature(objective)
    found = curvature.strongest(objective, anchor, 2, space)
    first, second = found.values.tolist()
    if not found.values.isfinite().all() or first == 0:
        state = "is zero" if first == 0 else "has no finite value"
        detail = f"the Hessian {state} at the anchor, so it has no leading eigenvectors; use another anchor"
        raise InvalidValueError(detail, parameter=parameter)
    return Directions(found.vectors, ("eigenvector 1", "eigenvector 2"), eigenvalues=(first, second))


def given(rows: Tensor, parameter: str) -> Directions:
    """Return directions as they were written out, shape (2, dim).

    Raises:
        InvalidValueError: one is zero, or they are parallel.
    """
    if not _span(rows):
        detail = f"{parameter} must be two directions that span a plane but one is zero or they are parallel"
        raise InvalidValueError(detail, parameter=parameter)
    return Directions(rows, ("u", "v"))


def _span(rows: Tensor) -> bool:
    lengths = rows.norm(dim=1)
    if not bool((lengths > 0).all()) or not bool(lengths.isfinite().all()):
        return False
    first, second = rows / lengths.unsqueeze(1)
    return bool((second - (first @ second) * first).norm() > _INDEPENDENT)
