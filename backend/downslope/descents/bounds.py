"""When a descent ends."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a descent may go.

    Args:
        limit: how far |loss| and any |theta_i| may go before the descent counts as diverged.
        steps: how much it may spend, counted in `budget`.
        budget: ``"steps"`` (updates) or ``"gradient_evaluations"``.
    """

    limit: float
    steps: int
    budget: str

    def hold(self, loss: float, largest: float) -> bool:
        """Tell whether the loss and the largest |theta_i| are finite and within the limit."""
        return -self.limit <= loss <= self.limit and largest <= self.limit

    def reason(self, loss: float, largest: float, step: int) -> str:
        """Say how they are not, after `step` updates."""
        if not math.isfinite(loss):
            return f"the loss is not finite after step {step}"
        if not math.isfinite(largest):
            return f"theta is not finite after step {step}"
        if abs(loss) > self.limit:
            return f"the loss is {loss:.3g} after step {step}, past the limit of {self.limit:g}"
        return (
            f"a component of theta is {largest:.3g} in size after step {step}, past the limit of "
            f"{self.limit:g}"
        )
