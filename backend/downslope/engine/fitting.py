"""When a worker computes the fits of a run: often enough to watch, and never for much of its time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from downslope.descents.fit import Fit

if TYPE_CHECKING:
    from downslope.descents.run import Run

MIN_INTERVAL_S = 0.05
# Between two fits lies this many times what one costs: they take at most an eleventh of the time.
COST_FACTOR = 10


class Fitting:
    """The fits of one run; the newest point of each descent gets one, sooner or later.

    Args:
        run: whose; of one that fits nothing nothing is ever owed.
        clock: seconds, monotonic; what is handed in as `now` is of the same.
    """

    def __init__(self, run: Run, clock: Callable[[], float] = time.perf_counter) -> None:
        self._run = run
        self._clock = clock
        self._known: dict[int, int] = {}
        self._due_at = float("-inf")
        self._has_fits = True  # as far as is known

    @property
    def is_owed(self) -> bool:
        """Whether a descent stands where no fit of it was taken."""
        return self._has_fits and any(
            descent.num_steps != self._known.get(descent.index) for descent in self._run.descents
        )

    def wait_s(self, now: float) -> float:
        """Return how long to wait until the next fits may be taken."""
        return max(0.0, self._due_at - now)

    def take(self, now: float) -> list[Fit]:
        """Return the fits of the descents that have moved; nothing where it is too early, but at the end."""
        if not self.is_owed or (self.wait_s(now) > 0 and not self._run.has_ended):
            return []
        began = self._clock()
        fits = self._run.fits(self._known)
        ended = self._clock()
        self._has_fits = bool(fits)
        self._known |= {fit.descent: fit.step for fit in fits}
        self._due_at = ended + max(MIN_INTERVAL_S, COST_FACTOR * (ended - began))
        return fits
