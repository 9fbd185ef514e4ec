"""What the web process and a worker process say to each other: picklable values, no torch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from downslope.descents.fit import Fit
from downslope.descents.frame import Frame
from downslope.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Call:
    """Ask for the answer of `method`, a name of the worker's table of calls. Pure: may be asked again."""

    id: int
    method: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Open:
    """Build a run, or go on from `snapshot`; keep it warm and advance it up to `target`."""

    id: int
    run: str
    recipe: Recipe
    snapshot: bytes | None
    target: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Change hyperparameters of one descent from the run's current step on."""

    id: int
    run: str
    descent: int
    hyperparameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hold:
    """Let the run stand where it stands; the answer is that step."""

    id: int
    run: str


@dataclass(frozen=True, slots=True)
class Target:
    """The run may advance to `step`; it stops there, or at once where it is already past."""

    run: str
    step: int


@dataclass(frozen=True, slots=True)
class Close:
    """Forget the run."""

    run: str


@dataclass(frozen=True, slots=True)
class Stop:
    """End the process."""


Request = Call | Open | Edit | Hold
ToWorker = Request | Target | Close | Stop


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker is warm."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of the request `id`: a result, or the fields of an error."""

    id: int
    result: Any = None
    error: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one time slice gave: frames, the status after them, and a snapshot to go on from.

    With fits now and then: those of the descents that have moved since the fits before.
    """

    run: str
    frames: list[Frame]
    status: dict[str, Any]
    snapshot: bytes
    fits: list[Fit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Failure:
    """A run broke an invariant in mid-step; the worker has forgotten it."""

    run: str
    error: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Progress:
    """A descent of a long slice has made its steps: the worker is slow, not stuck."""


FromWorker = Ready | Answer | Chunk | Failure | Progress
