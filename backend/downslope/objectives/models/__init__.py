"""The models of the tutorials. The families register their models in the order of the catalogue."""

from downslope.objectives.models import (
    linear,  # noqa: F401
    perceptrons,  # noqa: F401
)
