"""How far a run may have come at a given moment. Pure arithmetic on times that are handed in."""

from __future__ import annotations

from dataclasses import dataclass

# Steps are released at least this often, however slow the pace.
_MAX_TICK_S = 1 / 30
# A run that lags by more than this is not hurried to catch up later.
_MAX_DEBT_S = 0.25


@dataclass(slots=True)
class Pace:
    """Steps per second, counted from a step that was reached at a time.

    Args:
        speed: steps per second.
        step: where the run stood at `now`.
        now: seconds of a monotonic clock.
    """

    speed: float
    step: float
    now: float

    def due(self, now: float) -> int:
        """Return the step the run may have reached at `now`."""
        return int(self.step + (now - self.now) * self.speed)

    def forgive(self, step: int, now: float) -> None:
        """Start counting anew from `step` where the run lags so far behind that it will not catch up."""
        if self.due(now) - step > max(1.0, self.speed * _MAX_DEBT_S):
            self.step, self.now = step, now

    def next_tick_s(self, now: float) -> float:
        """Return how long to sleep until the next step is due, at least one and at most one tick."""
        until_next = (self.due(now) + 1 - self.step) / self.speed - (now - self.now)
        return max(until_next, _MAX_TICK_S) if self.speed < 1 / _MAX_TICK_S else _MAX_TICK_S
