"""The parent's side of one worker process: the pipe, the requests that are owed, the signs of progress."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import signal
import threading
from collections.abc import Callable
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING

from downslope.engine import process
from downslope.engine.messages import FromWorker, Stop, ToWorker

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess


class WorkerHandle:
    """A worker process as the event loop sees it.

    Args:
        context: a multiprocessing context; forkserver where there is one, else spawn.
        slice_s: length of a time slice in seconds.
        on_message: called in the event loop with each message, in order.
        on_exit: called in the event loop once, after the last message.
    """

    def __init__(
        self,
        context: BaseContext,
        slice_s: float,
        on_message: Callable[[WorkerHandle, FromWorker], None],
        on_exit: Callable[[WorkerHandle], None],
    ) -> None:
        self.is_warm = False
        self.has_started = False
        self.requests: set[int] = set()  # sent and not answered
        self.runs: set[str] = set()
        self.progress_at = 0.0  # when it last said something, or began to owe something
        self._loop = asyncio.get_running_loop()
        self._on_message = on_message
        self._on_exit = on_exit
        self._outbox: queue.SimpleQueue[ToWorker | None] = queue.SimpleQueue()
        ours, theirs = context.Pipe()
        self._connection: Connection = ours
        self._theirs: Connection | None = theirs
        self._is_abandoned = False
        self._threads: list[threading.Thread] = []
        self.process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=process.main, args=(theirs, slice_s), name="downslope-worker", daemon=True
        )

    async def start(self) -> None:
        """Start the process; in a thread, since the first one waits for a forkserver's imports.

        Raises:
            OSError, EOFError, RuntimeError: the process could not be started.
        """
        started: asyncio.Future[None] = self._loop.create_future()
        threading.Thread(target=self._start, args=(started,), name="downslope-start", daemon=True).start()
        await started
        assert self._theirs is not None
        self._theirs.close()  # so that the end of the process is the end of the pipe
        self._theirs = None
        self.progress_at = self._loop.time()
        self.has_started = True
        self._threads = [
            threading.Thread(target=work, name="downslope-worker-pipe", daemon=True)
            for work in (self._read, self._write)
        ]
        for thread in self._threads:
            thread.start()

    def _start(self, started: asyncio.Future[None]) -> None:
        try:
            _start(self.process)
        except (OSError, EOFError, RuntimeError) as error:
            self._post(_settle, started, error)
            return
        if self._is_abandoned:
            self.kill()
        self._post(_settle, started, None)

    def send(self, message: ToWorker) -> None:
        """Send a message, in order, without waiting: a stopped worker reads nothing and its pipe fills up."""
        self._outbox.put(message)

    def kill(self) -> None:
        """End the process at once: a stuck torch operation does not heed SIGTERM."""
        with contextlib.suppress(ValueError, AttributeError):
            self.process.kill()

    async def stop(self, timeout_s: float) -> None:
        """Ask the process to end, kill it if it does not within `timeout_s`, and reap it."""
        self._is_abandoned = True
        if not self.has_started:
            return  # it could not be started, or it is killed as soon as it is
        self.send(Stop())
        await asyncio.to_thread(self.process.join, timeout_s)
        self.kill()
        await asyncio.to_thread(self._reap)

    def _reap(self) -> None:
        self.process.join()
        self._outbox.put(None)
        for thread in self._threads:
            thread.join()
        self._connection.close()

    def _read(self) -> None:
        """Hand every message to the event loop until the pipe ends. Runs in a thread of its own."""
        try:
            while True:
                self._post(self._on_message, self, self._connection.recv())
        except (EOFError, OSError):
            self._post(self._on_exit, self)

    def _write(self) -> None:
        """Send what is in the outbox until told to end, or until nobody reads it. Runs in its own thread."""
        with contextlib.suppress(OSError):
            while (message := self._outbox.get()) is not None:
                self._connection.send(message)

    def _post(self, callback: Callable[..., None], *arguments: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed
            self._loop.call_soon_threadsafe(callback, *arguments)


def _settle(started: asyncio.Future[None], error: BaseException | None) -> None:
    if started.cancelled():
        return
    if error is None:
        started.set_result(None)
    else:
        started.set_exception(error)


def _start(process: BaseProcess) -> None:
    """Start a process that Ctrl-C does not reach, not even while its forkserver still imports torch.

    A terminal sends Ctrl-C to the whole process group. What is blocked here stays blocked in what is started.
    """
    if not hasattr(signal, "pthread_sigmask"):
        process.start()
        return
    resource_tracker.ensure_running()  # before Python 3.12 this ends by unblocking the signals
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
