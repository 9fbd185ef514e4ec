"""The hyperparameters of a rule: what a name says about its default and its slider."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from downslope.optimizers.hyperparameters import Hyperparameter
from downslope.optimizers.ranges import Range

# Any finite number may be typed; these are the ends of sliders.
_RATE = (0.01, Range(1e-6, 10.0, "log"))
_MEMORY = (0.9, Range(0.0, 0.9999))
_LONG_MEMORY = (0.999, Range(0.0, 0.9999))
_TINY = (1e-8, Range(1e-12, 1.0, "log"))
_DECAY = (0.01, Range(0.0, 1.0))
_OTHER = (0.1, Range(0.0, 1.0))

DEFAULTS: Mapping[str, tuple[float, Range]] = MappingProxyType(
    {
        **dict.fromkeys(("lr", "alpha", "eta"), _RATE),
        **dict.fromkeys(("beta", "beta1", "gamma", "momentum", "mu", "rho"), _MEMORY),
        "beta2": _LONG_MEMORY,
        **dict.fromkeys(("eps", "epsilon"), _TINY),
        **dict.fromkeys(("weight_decay", "wd"), _DECAY),
    }
)


def hyperparameter(name: str) -> Hyperparameter:
    """Return what a recipe may set as `name`: by its name, else by its name without the number behind."""
    stem = re.sub(r"_?\d+\Z", "", name)
    default, control = DEFAULTS.get(name) or DEFAULTS.get(stem) or _OTHER
    return Hyperparameter(name, "float", default, nullable=False, range=control, editable=True)
