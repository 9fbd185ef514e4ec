"""Objectives: what is descended. The families register their functions in the order of the catalogue."""

from downslope.objectives import one_dimensional, quadratics, saddles, valleys, multimodal  # noqa: F401, I001
from downslope.objectives.objective import Minimum, Objective
from downslope.objectives.registry import catalogue, create

__all__ = ["Minimum", "Objective", "catalogue", "create"]
