"""The best parameters in closed form, where outputs are linear in them and errors are squared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from downslope.objectives.models.losses import MSE
from downslope.objectives.objective import Domain, Minimum, Point

if TYPE_CHECKING:
    from downslope.objectives.models.model import Model


def minimum_of(model: Model) -> tuple[Minimum, ...]:
    """Return the least squares solution; none with another loss, or where many parameters are equally good.

    The model has one linear layer, without penalty: weights, then the bias.
    """
    points = model.points("train", torch.empty(0, dtype=torch.float64))
    design = torch.cat([points.x, torch.ones(len(points), 1, dtype=torch.float64)], -1)
    if model.criterion is not MSE or torch.linalg.matrix_rank(design) < model.dim:
        return ()
    # Columns of one length: powers of large inputs would drown the others.
    length = torch.linalg.vector_norm(design, dim=0)
    best = torch.linalg.lstsq(design / length, points.y).solution[:, 0] / length
    # LAPACK's last bits depend on where its memory lies; a catalogue must not.
    theta = tuple(float(f"{value:.12g}") for value in best.tolist())
    return (Minimum(theta, model.loss(torch.tensor(theta, dtype=torch.float64)).item()),)


def box(model: Model, best: Point) -> Domain:
    """Return a box around zero and `best`, as wide along each component as changes the outputs alike.

    So a bowl of inputs of any unit is seen as round as it can be without turning the axes.
    """
    x = model.points("train", torch.empty(0, dtype=torch.float64)).x
    sizes = [*x.square().mean(0).sqrt().tolist(), 1.0]  # root mean square of what each component multiplies
    reach = max(abs(value) * size for value, size in zip(best, sizes, strict=True)) or 1.0
    margins = [0.4 * reach / size for size in sizes]
    return tuple(
        (min(value, 0.0) - margin, max(value, 0.0) + margin)
        for value, margin in zip(best, margins, strict=True)
    )
