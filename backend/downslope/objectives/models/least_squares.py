"""The best parameters in closed form, where outputs are linear in them and errors are squared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from downslope.objectives.models.losses import MSE
from downslope.objectives.objective import Minimum

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
    return (Minimum(tuple(best.tolist()), model.loss(best).item()),)
