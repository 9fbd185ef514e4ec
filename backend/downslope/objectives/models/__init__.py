"""The models of the tutorials. The families register their models in the order of the catalogue."""

from downslope.objectives.models import (  # noqa: I001
    linear,  # noqa: F401
    two_neurons,  # noqa: F401
    logistic,  # noqa: F401
    perceptrons,  # noqa: F401
)
