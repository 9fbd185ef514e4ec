"""What subscribers of a run may see, and how they are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from downslope.descents.fit import Fit


class Wakeable(Protocol):
    """A subscriber: told when there is something new."""

    def wake(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Published:
    """What subscribers may see by now: they all move to the same heads, so that they share encoded frames."""

    heads: list[int]
    num_edits: int
    state_message: dict[str, Any]
    version: int
    num_samples: list[int]  # of each descent; empty where rows hold theta
    fits: list[Fit]  # the newest of each descent that has one
