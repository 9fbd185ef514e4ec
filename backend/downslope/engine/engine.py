"""Runs and calls in worker processes: a run stays where it is warm, and survives the loss of its worker."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass
from typing import Any, Protocol

from downslope.engine.handle import WorkerHandle
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
    Request,
    Target,
)
from downslope.engine.pool import Pool
from downslope.errors import ConflictError, DownslopeError, InternalError, UnavailableError, from_dict
from downslope.recipe import Edit as Edited
from downslope.recipe import Recipe

# What lost this many workers in a row is given up: it is what kills them.
_MAX_LOSSES = 3


class Listener(Protocol):
    """Whoever follows a run. Called in the event loop."""

    def on_chunk(self, chunk: Chunk) -> None:
        """Take the frames of one time slice, if any, contiguous with the chunk before; and fits, if any."""

    def on_edit(self, edit: Edited) -> None:
        """Take an edit that has taken effect, with its step; nothing later has been delivered yet."""

    def on_failure(self, error: DownslopeError) -> None:
        """Take notice that the run cannot go on."""


@dataclass(slots=True)
class _OpenRun:
    id: str
    recipe: Recipe  # with every edit that has been confirmed
    listener: Listener
    target: int
    opened: asyncio.Future[dict[str, Any]]
    step: int = 0
    has_ended: bool = False
    snapshot: bytes | None = None
    worker: WorkerHandle | None = None
    num_losses: int = 0  # workers lost since the run last moved

    @property
    def is_due(self) -> bool:
        return not self.has_ended and self.step < self.target


@dataclass(slots=True)
class _Pending:
    request: Request
    future: asyncio.Future[Any]
    num_losses: int = 0


class Engine:
    """Runs calls and runs in worker processes.

    Args:
        num_workers: how many processes.
        slice_s: length of a time slice in seconds.
        hang_timeout_s: a worker that owes something and says nothing for this long is replaced.
        warmup_timeout_s: how long a call waits for the first warm worker, and a worker may take to warm up.
    """

    def __init__(
        self, *, num_workers: int, slice_s: float, hang_timeout_s: float, warmup_timeout_s: float
    ) -> None:
        self._warmup_timeout_s = warmup_timeout_s
        self._runs: dict[str, _OpenRun] = {}
        self._pending: dict[int, _Pending] = {}
        self._ids = itertools.count(1)
        self._pool = Pool(
            num_workers=num_workers,
            slice_s=slice_s,
            hang_timeout_s=hang_timeout_s,
            warmup_timeout_s=warmup_timeout_s,
            owes=self._owes,
            on_message=self._on_message,
            on_warm=self._adopt_orphans,
            on_loss=self._on_loss,
        )

    @property
    def worker_pids(self) -> list[int]:
        """Process ids of the warm workers."""
        return [worker.process.pid for worker in self._pool.warm_workers if worker.process.pid]

    def start(self) -> None:
        """Begin to start the workers; return at once."""
        self._pool.start()

    async def stop(self) -> None:
        """End every worker; none is left when this returns."""
        await self._pool.stop()
        error = UnavailableError("the server is shutting down; try again when it is back")
        for pending in self._pending.values():
            _fail(pending.future, error)

    async def call(self, method: str, **arguments: Any) -> Any:
        """Return what a worker answers to `method`.

        Raises:
            DownslopeError: as the worker raised it, or UnavailableError where no worker could answer.
        """
        await self._wait_until_warm()
        return await self._request(Call(next(self._ids), method, arguments), self._least_loaded())

    async def open(self, run: str, recipe: Recipe, target: int, listener: Listener) -> dict[str, Any]:
        """Build a run in a worker, record its start, and let it advance to step `target`.

        Returns:
            The objective as the catalogue describes it, at the recipe's parameters.

        Raises:
            UserError: the recipe cannot be run.
        """
        await self._wait_until_warm()
        opened = asyncio.get_running_loop().create_future()
        self._runs[run] = _OpenRun(run, recipe, listener, target, opened)
        self._place(self._runs[run])
        try:
            result: dict[str, Any] = (await opened)["objective"]
        except BaseException:
            self.close(run)
            raise
        return result

    def set_target(self, run: str, step: int) -> None:
        """Let the run advance to `step`, or stop it where it is past that already."""
        state = self._runs.get(run)
        if state is None or state.target == step:
            return
        if state.worker is not None:
            self._pool.note_work(state.worker)
            state.worker.send(Target(run, step))
        state.target = step

    async def hold(self, run: str) -> int:
        """Let the run stand where it is; return that step. Every chunk up to it has been delivered then."""
        step: int = await self._request_of_run(Hold(next(self._ids), run))
        return step

    async def edit(self, run: str, descent: int, hyperparameters: dict[str, Any]) -> Any:
        """Change hyperparameters of one descent; return the :class:`downslope.recipe.Edit` with its step."""
        return await self._request_of_run(Edit(next(self._ids), run, descent, hyperparameters))

    def close(self, run: str) -> None:
        """Forget a run and free what a worker keeps for it."""
        state = self._runs.pop(run, None)
        if state is None:
            return
        if state.worker is not None:
            state.worker.runs.discard(run)
            state.worker.send(Close(run))
        for pending in self._requests_of(run):
            _fail(pending.future, _ended())

    # Messages ------------------------------------------------------------------------------------------

    def _on_message(self, worker: WorkerHandle, message: FromWorker) -> None:
        match message:
            case Answer():
                worker.requests.discard(message.id)
                self._on_answer(message)
            case Chunk():
                self._on_chunk(message)
            case Failure(run, error) if run in self._runs:
                self._give_up(self._runs[run], from_dict(error))

    def _on_answer(self, answer: Answer) -> None:
        pending = self._pending.pop(answer.id, None)
        if pending is None:
            return
        if answer.error is not None:
            self._on_error(pending, from_dict(answer.error))
            return
        # Noted here and not where it is awaited: the next message may be a chunk that builds on it.
        state = self._runs.get(getattr(pending.request, "run", ""))
        if state is not None and isinstance(pending.request, Edit):
            state.recipe = state.recipe.model_copy(update={"edits": [*state.recipe.edits, answer.result]})
            state.listener.on_edit(answer.result)
        if state is not None and isinstance(pending.request, Hold):
            state.target = answer.result
        if state is not None and isinstance(pending.request, Open) and "chunk" in answer.result:
            self._on_chunk(answer.result["chunk"])
        if not pending.future.done():
            pending.future.set_result(answer.result)

    def _on_error(self, pending: _Pending, error: DownslopeError) -> None:
        run = getattr(pending.request, "run", "")
        if isinstance(pending.request, Open) and run in self._runs:
            self._give_up(self._runs[run], error)
        else:
            _fail(pending.future, error)

    def _on_chunk(self, chunk: Chunk) -> None:
        state = self._runs.get(chunk.run)
        if state is None:
            return
        state.step = chunk.status["step"]
        state.has_ended = chunk.status["has_ended"]
        state.snapshot = chunk.snapshot
        if chunk.frames:  # a fit alone does not show that the next step can be made
            state.num_losses = 0
        state.listener.on_chunk(chunk)

    # Loss of a worker ----------------------------------------------------------------------------------

    def _on_loss(self, worker: WorkerHandle) -> None:
        """Blame what the worker was busy with, and give the rest to the others."""
        for run in list(worker.runs):
            self._orphan(self._runs[run])
        for id in worker.requests:
            if id in self._pending:
                self._blame(self._pending[id])
        if self._pool.warm_workers:
            self._adopt_orphans()

    def _orphan(self, state: _OpenRun) -> None:
        state.worker = None
        state.num_losses += state.is_due or not state.opened.done()
        if state.num_losses >= _MAX_LOSSES:
            self._give_up(state, _given_up(f"step {state.step + 1} of this run"))

    def _blame(self, pending: _Pending) -> None:
        pending.num_losses += 1
        if isinstance(pending.request, Open):
            del self._pending[pending.request.id]  # placing the run again makes a new one
        elif pending.num_losses >= _MAX_LOSSES:
            del self._pending[pending.request.id]
            _fail(pending.future, _given_up("this request"))

    def _give_up(self, state: _OpenRun, error: DownslopeError) -> None:
        self.close(state.id)
        if state.opened.done():
            state.listener.on_failure(error)
        else:
            _fail(state.opened, error)

    def _adopt_orphans(self) -> None:
        """Give every run and call that has no worker to the least loaded one."""
        for state in self._runs.values():
            if state.worker is None:
                self._place(state)
        sent = {id for worker in self._pool.workers for id in worker.requests}
        for id, pending in self._pending.items():
            if id not in sent and isinstance(pending.request, Call):
                self._send(pending.request, self._least_loaded())

    def _place(self, state: _OpenRun) -> None:
        """Open the run in the least loaded worker, from its snapshot where it has one."""
        worker = self._least_loaded()
        self._pool.note_work(worker)
        state.worker = worker
        worker.runs.add(state.id)
        request = Open(next(self._ids), state.id, state.recipe, state.snapshot, state.target)
        self._pending[request.id] = _Pending(request, state.opened)
        self._send(request, worker)
        # What a lost worker did not confirm follows at once: the run stands where it stood then.
        for pending in self._requests_of(state.id):
            self._send(pending.request, worker)

    # Requests ------------------------------------------------------------------------------------------

    async def _request_of_run(self, request: Edit | Hold) -> Any:
        if request.run not in self._runs:
            raise _ended()
        # Between two workers it waits here and is sent as soon as the run is open again.
        return await self._request(request, self._runs[request.run].worker)

    async def _request(self, request: Request, worker: WorkerHandle | None) -> Any:
        future = asyncio.get_running_loop().create_future()
        self._pending[request.id] = _Pending(request, future)
        if worker is not None:
            self._send(request, worker)
        # Whoever asked may be cancelled; what the worker then does must be noted all the same.
        return await asyncio.shield(future)

    def _send(self, request: Request, worker: WorkerHandle) -> None:
        self._pool.note_work(worker)
        worker.requests.add(request.id)
        worker.send(request)

    def _requests_of(self, run: str) -> list[_Pending]:
        pending = self._pending.values()
        return [p for p in pending if isinstance(p.request, Edit | Hold) and p.request.run == run]

    def _least_loaded(self) -> WorkerHandle:
        warm = self._pool.warm_workers
        if not warm:
            raise UnavailableError("no worker process is ready; try again in a few seconds")
        return min(warm, key=lambda worker: (self._num_due(worker), len(worker.requests), len(worker.runs)))

    def _num_due(self, worker: WorkerHandle) -> int:
        return sum(self._runs[run].is_due for run in worker.runs)

    def _owes(self, worker: WorkerHandle) -> bool:
        return bool(worker.requests) or self._num_due(worker) > 0

    async def _wait_until_warm(self) -> None:
        try:
            async with asyncio.timeout(self._warmup_timeout_s):
                await self._pool.is_any_warm.wait()
        except TimeoutError:
            raise UnavailableError(
                f"no worker process was ready within {self._warmup_timeout_s:g} s; the server's log says why"
            ) from None


def _fail(future: asyncio.Future[Any], error: DownslopeError) -> None:
    if not future.done():
        future.set_exception(error)


def _ended() -> ConflictError:
    return ConflictError("this run has ended; start it again to go on")


def _given_up(what: str) -> InternalError:
    return InternalError(f"{what} ended {_MAX_LOSSES} worker processes one after another and was given up")
