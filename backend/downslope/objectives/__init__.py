"""Objectives: what is descended. The families register what they hold in the order of the catalogue."""

from downslope.objectives import (  # noqa: I001
    one_dimensional,  # noqa: F401
    curves,  # noqa: F401
    quadratics,  # noqa: F401
    saddles,  # noqa: F401
    valleys,  # noqa: F401
    landforms,  # noqa: F401
    basins,  # noqa: F401
    multimodal,  # noqa: F401
    ripples,  # noqa: F401
    kinked,  # noqa: F401
    models,  # noqa: F401
)
from downslope.objectives.objective import Minimum, Objective
from downslope.objectives.registry import catalogue, create

__all__ = ["Minimum", "Objective", "catalogue", "create"]
