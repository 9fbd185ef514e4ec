"""Inside a worker process: live runs in turn, a time slice each, and calls in between."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import torch

from downslope import objectives, optimizers, recipe
from downslope.descents.fit import Fit
from downslope.descents.frame import Frame
from downslope.descents.run import Run
from downslope.engine import (
    grids,
    preload,  # noqa: F401  (imported for what it warms up)
)
from downslope.engine.fitting import Fitting
from downslope.engine.messages import (
    Answer,
    Call,
    Chunk,
    Close,
    Edit,
    Failure,
    FromWorker,
    Hold,
    Open,
    Progress,
    Ready,
    Stop,
    Target,
    ToWorker,
)
from downslope.errors import DownslopeError, InternalError, InvalidValueError, NotFoundError
from downslope.objectives.formulas.formula import Formula
from downslope.optimizers import schedules

log = logging.getLogger(__name__)

# One step of eight descents can take longer than a worker may say nothing: it says so in between.
_PROGRESS_INTERVAL_S = 1.0
_HANDING_ON_FACTOR = 4
_MAX_SLICE_S = 0.1


def _catalogue() -> dict[str, Any]:
    return {
        "torch": str(torch.__version__),  # a plain string: a TorchVersion would bring torch along
        "objectives": objectives.catalogue(),
        "optimizers": optimizers.catalogue(),
        "schedulers": schedules.catalogue(),
    }


def _formula(**typed: Any) -> dict[str, Any]:
    return Formula(**typed, parameter="").typeset()


def _data(objective: Any) -> dict[str, Any]:
    data = objectives.create(objective).data()
    if data is None:
        raise _fits_nothing(objective)
    return data


def _fit(objective: Any, theta: list[float]) -> dict[str, Any]:
    model = objectives.create(objective)
    if len(theta) != model.dim:
        raise InvalidValueError(
            f"theta must have {model.dim} number{'s' if model.dim > 1 else ''} for {model.title['en']} "
            f"but has {len(theta)}; `theta_names` of its row names them",
            parameter="theta",
            allowed=model.dim,
        )
    found = model.fit(torch.tensor(theta, dtype=torch.float64))
    if found is None:
        raise _fits_nothing(objective)
    return found


def _fits_nothing(objective: Any) -> InvalidValueError:
    return InvalidValueError(
        f"objective.kind must be model to have data but is {objective.kind}; "
        "GET /api/objectives lists the models",
        parameter="objective.kind",
        allowed=["model"],
    )


CALLS: dict[str, Callable[..., Any]] = {
    "catalogue": _catalogue,
    "plane": grids.plane,
    "values": grids.values,
    "slopes": grids.slopes,
    "formula": _formula,
    "data": _data,
    "fit": _fit,
}


@dataclass(slots=True)
class _LiveRun:
    id: str
    run: Run
    target: int
    fitting: Fitting
    num_steps: int = 1  # how many steps fit into a slice, as far as is known

    @property
    def is_due(self) -> bool:
        return self.run.step < self.target and not self.run.has_ended


class _Worker:
    def __init__(self, connection: Connection, slice_s: float) -> None:
        self._connection = connection
        self._slice_s = slice_s
        self._runs: dict[str, _LiveRun] = {}
        self._turns: deque[_LiveRun] = deque()
        self._sent_at = time.perf_counter()

    def serve(self) -> None:
        """Answer requests first, then give the next run that is due a slice; sleep when there is neither."""
        while True:
            live = self._next_due()
            while self._connection.poll(self._patience_s() if live is None else 0):
                message = self._connection.recv()
                if isinstance(message, Stop):
                    return
                self._handle(message)
                live = self._next_due()
            if live is not None:
                self._turns.rotate(-1)
                self._give_slice(live)
            self._give_late_fits()

    def _patience_s(self) -> float | None:
        """Return how long there is nothing to do but to listen; None: for ever."""
        now = time.perf_counter()
        return min((live.fitting.wait_s(now) for live in self._turns if live.fitting.is_owed), default=None)

    def _next_due(self) -> _LiveRun | None:
        for _ in range(len(self._turns)):
            if self._turns[0].is_due:
                return self._turns[0]
            self._turns.rotate(-1)
        return None

    def _handle(self, message: ToWorker) -> None:
        match message:
            case Call(id, method, arguments):
                self._answer(id, lambda: CALLS[method](**arguments))
            case Open():
                self._answer(message.id, lambda: self._open(message))
            case Edit(id, run, descent, hyperparameters):
                self._answer(id, lambda: self._edit(run, descent, hyperparameters))
            case Hold(id, run):
                self._answer(id, lambda: self._hold(run))
            case Target(run, step):
                if run in self._runs:
                    self._runs[run].target = step
            case Close(run):
                self._forget(run)

    def _answer(self, id: int, produce: Callable[[], Any]) -> None:
        try:
            answer = Answer(id, result=produce())
        except Exception as error:
            answer = Answer(id, error=_describe(error).to_dict())
        self._send(answer)

    def _open(self, message: Open) -> dict[str, Any]:
        if message.snapshot is None:
            run = Run(message.recipe)
        else:
            run = Run.restore(message.recipe, message.snapshot)
        run.on_progress = self._note_progress
        live = _LiveRun(message.run, run, message.target, Fitting(run))
        frames = run.advance(0)
        chunk = self._chunk(live, frames, live.fitting.take(time.perf_counter()))
        self._runs[message.run] = live
        self._turns.append(live)
        opened = {"objective": run.objective.describe_seeded(message.recipe.seed)}
        return opened | ({"chunk": chunk} if frames or chunk.fits else {})

    def _edit(self, run: str, descent: int, hyperparameters: dict[str, Any]) -> recipe.Edit:
        return self._live(run).run.edit(descent, hyperparameters)

    def _hold(self, run: str) -> int:
        live = self._live(run)
        live.target = live.run.step
        return live.target

    def _live(self, run: str) -> _LiveRun:
        if run not in self._runs:
            raise NotFoundError(f"run {run} is not open")
        return self._runs[run]

    def _give_slice(self, live: _LiveRun) -> None:
        num_steps = min(live.num_steps, live.target - live.run.step)
        began = time.perf_counter()
        try:
            frames = live.run.advance(num_steps)
            computed = time.perf_counter()
            fits = live.fitting.take(computed)
            fitted = time.perf_counter()
            chunk = self._chunk(live, frames, fits)
        except Exception as error:
            self._fail(live, error)
            return
        self._send(chunk)
        handed_on_s = time.perf_counter() - fitted
        live.num_steps = next_slice(num_steps, live.num_steps, self._slice_s, computed - began, handed_on_s)

    def _give_late_fits(self) -> None:
        """Send the fits of runs that stand still and whose newest point has none yet."""
        now = time.perf_counter()
        for live in list(self._turns):
            if live.is_due or not live.fitting.is_owed or live.fitting.wait_s(now) > 0:
                continue
            try:
                chunk = self._chunk(live, [], live.fitting.take(now))
            except Exception as error:
                self._fail(live, error)
            else:
                self._send(chunk)

    def _chunk(self, live: _LiveRun, frames: list[Frame], fits: list[Fit]) -> Chunk:
        return Chunk(live.id, frames, live.run.status(), live.run.snapshot(), fits)

    def _fail(self, live: _LiveRun, error: Exception) -> None:
        self._forget(live.id)
        self._send(Failure(live.id, _describe(error).to_dict()))

    def _forget(self, run: str) -> None:
        live = self._runs.pop(run, None)
        if live is not None:
            self._turns.remove(live)

    def _note_progress(self) -> None:
        if time.perf_counter() - self._sent_at >= _PROGRESS_INTERVAL_S:
            self._send(Progress())

    def _send(self, message: FromWorker) -> None:
        self._connection.send(message)
        self._sent_at = time.perf_counter()


def next_slice(made: int, before: int, slice_s: float, computed_s: float, handed_on_s: float) -> int:
    """Return how many steps to make in the next slice: at most twice as many as before, at least one.

    Args:
        made: steps of this slice.
        before: how many it was meant to have.
        slice_s: how long a slice should be in seconds. It is longer where handing on takes long, since the
            snapshot of many descents in many dimensions can cost as much as a step.
        computed_s: what the steps took.
        handed_on_s: what snapshot and sending took.
    """
    length_s = max(slice_s, min(_HANDING_ON_FACTOR * handed_on_s, _MAX_SLICE_S))
    return max(1, min(int(made * length_s / max(computed_s, 1e-9)), 2 * before))


def _describe(error: Exception) -> DownslopeError:
    if isinstance(error, DownslopeError):
        return error
    log.error("a worker met an unexpected error", exc_info=error)
    return InternalError(f"{type(error).__name__} in a worker process; the server's log has the details")


def serve(connection: Connection, slice_s: float) -> None:
    """Say that the worker is warm, then serve `connection` until told to stop or until it closes."""
    try:
        connection.send(Ready())
        _Worker(connection, slice_s).serve()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent is gone
