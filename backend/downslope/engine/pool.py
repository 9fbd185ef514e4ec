"""The worker processes: started, watched, replaced, stopped."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
from collections.abc import Callable, Coroutine
from typing import Any

from downslope.engine.handle import WorkerHandle
from downslope.engine.messages import FromWorker, Ready

log = logging.getLogger(__name__)

_WATCH_INTERVAL_S = 0.25
_STOP_TIMEOUT_S = 1.0
_FIRST_RESPAWN_DELAY_S = 0.5
_MAX_RESPAWN_DELAY_S = 15.0


class Pool:
    """Keeps `num_workers` processes alive.

    Args:
        num_workers: how many processes.
        slice_s: length of a time slice in seconds.
        hang_timeout_s: a worker that owes something and says nothing for this long is killed.
        warmup_timeout_s: time a worker may take to warm up.
        owes: whether a worker has something to do.
        on_message: called with every message but Ready.
        on_warm: called when a worker becomes warm.
        on_loss: called when a worker has ended unasked; it is no longer in `workers` then.
    """

    def __init__(
        self,
        *,
        num_workers: int,
        slice_s: float,
        hang_timeout_s: float,
        warmup_timeout_s: float,
        owes: Callable[[WorkerHandle], bool],
        on_message: Callable[[WorkerHandle, FromWorker], None],
        on_warm: Callable[[], None],
        on_loss: Callable[[WorkerHandle], None],
    ) -> None:
        self.workers: list[WorkerHandle] = []
        self.is_any_warm = asyncio.Event()
        self._num_workers = num_workers
        self._slice_s = slice_s
        self._hang_timeout_s = hang_timeout_s
        self._warmup_timeout_s = warmup_timeout_s
        self._owes = owes
        self._on_message = on_message
        self._on_warm = on_warm
        self._on_loss = on_loss
        self._tasks: set[asyncio.Task[None]] = set()
        self._num_failed_starts = 0
        self._is_stopping = False
        methods = multiprocessing.get_all_start_methods()
        self._context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")

    @property
    def warm_workers(self) -> list[WorkerHandle]:
        return [worker for worker in self.workers if worker.is_warm]

    def start(self) -> None:
        """Begin to start the workers; return at once."""
        if self._context.get_start_method() == "forkserver":
            # One process imports torch once; every worker is forked from it, in a twentieth of a second.
            self._context.set_forkserver_preload(["downslope.engine.worker"])
        for _ in range(self._num_workers):
            self._run_task(self._add_worker(delay_s=0.0))
        self._run_task(self._watch())

    async def stop(self) -> None:
        """End every worker; none is left when this returns."""
        self._is_stopping = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(worker.stop(_STOP_TIMEOUT_S) for worker in self.workers))
        self.workers.clear()

    def note_work(self, worker: WorkerHandle) -> None:
        """Start the clock of a worker that is about to owe something; call it before it owes."""
        if not self._owes(worker):
            worker.progress_at = asyncio.get_running_loop().time()

    async def _add_worker(self, delay_s: float) -> None:
        await asyncio.sleep(delay_s)
        worker = WorkerHandle(self._context, self._slice_s, self._handle_message, self._handle_exit)
        self.workers.append(worker)
        try:
            await worker.start()
        except (OSError, EOFError, RuntimeError) as error:
            log.warning("a worker process could not be started: %r", error)
            self._handle_exit(worker)

    def _handle_message(self, worker: WorkerHandle, message: FromWorker) -> None:
        worker.progress_at = asyncio.get_running_loop().time()
        if not isinstance(message, Ready):
            self._on_message(worker, message)
            return
        worker.is_warm = True
        self._num_failed_starts = 0
        self.is_any_warm.set()
        self._on_warm()

    def _handle_exit(self, worker: WorkerHandle) -> None:
        if self._is_stopping or worker not in self.workers:
            return
        self.workers.remove(worker)
        if not self.warm_workers:
            self.is_any_warm.clear()
        if worker.has_started:
            log.warning("worker process %s has ended and is replaced", worker.process.pid)
        self._run_task(self._add_worker(self._respawn_delay_s(worker)))
        self._run_task(worker.stop(_STOP_TIMEOUT_S))
        self._on_loss(worker)

    def _respawn_delay_s(self, worker: WorkerHandle) -> float:
        """Return 0 for a worker that had been warm; ever longer for those that never are."""
        if worker.is_warm:
            return 0.0
        self._num_failed_starts += 1
        return min(_MAX_RESPAWN_DELAY_S, _FIRST_RESPAWN_DELAY_S * 2.0**self._num_failed_starts)

    async def _watch(self) -> None:
        """Kill workers that make no progress. A heartbeat would not do: it goes on beside a stuck step."""
        loop = asyncio.get_running_loop()
        before = loop.time()
        while True:
            await asyncio.sleep(_WATCH_INTERVAL_S)
            now = loop.time()
            if now - before > 4 * _WATCH_INTERVAL_S:
                # This process itself stood still (a closed laptop): nobody can have answered it.
                for worker in self.workers:
                    worker.progress_at = now
            before = now
            for worker in self.workers:
                self._judge(worker, now)

    def _judge(self, worker: WorkerHandle, now: float) -> None:
        limit_s = self._hang_timeout_s if worker.is_warm else self._warmup_timeout_s
        is_busy = self._owes(worker) or not worker.is_warm
        if is_busy and worker.has_started and now - worker.progress_at > limit_s:
            log.warning("worker process %s makes no progress and is killed", worker.process.pid)
            worker.progress_at = now
            worker.kill()

    def _run_task(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._finish_task)

    def _finish_task(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a task of the engine failed", exc_info=task.exception())
