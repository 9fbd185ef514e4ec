"""The life of one run in the web process: its state, its pace, its log, and who listens."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections import OrderedDict
from datetime import UTC, datetime
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from downslope.descents import samples
from downslope.descents.fit import Fit
from downslope.descents.frame import recorded_dim, row_width
from downslope.engine.engine import Engine
from downslope.engine.messages import Chunk
from downslope.errors import ConflictError, DownslopeError, KeyRequiredError, LimitError
from downslope.recipe import Edit, Recipe
from downslope.service import path
from downslope.service.commands import EditCommand, Pause, Play, Step, Stop
from downslope.service.encoding import Encoder
from downslope.service.log import RunLog
from downslope.service.pace import Pace
from downslope.service.publication import Published, Wakeable

State = Literal["created", "running", "paused", "finished", "interrupted", "failed"]
ENDED: tuple[State, ...] = ("finished", "interrupted", "failed")
_REMEMBERED_COMMANDS = 1_000


class Session:
    """A run as the service sees it. Create it with :meth:`open`.

    Args:
        engine: where it runs.
        recipe: what to run.
        speed: steps per second; None: as fast as possible.
        send_interval_s: least time between two publications.
        max_edits: edits that may be made.
        parent: where the run was branched from.
    """

    def __init__(
        self,
        engine: Engine,
        recipe: Recipe,
        *,
        speed: float | None,
        send_interval_s: float,
        max_edits: int,
        parent: dict[str, Any] | None = None,
    ) -> None:
        self.id = secrets.token_urlsafe(9)
        self.control_key = secrets.token_urlsafe(24)
        self.created_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self.recipe = recipe
        self.parent = parent
        self.state: State = "created"
        self.reason: str | None = None
        self.speed = speed
        self.objective: dict[str, Any] = {}
        self.status: dict[str, Any] = {"step": 0, "has_ended": False, "descents": []}
        self.ended = asyncio.Event()
        self.is_forgotten = False
        self.subscribers: set[Wakeable] = set()
        self.encoder = Encoder()
        self.fits: dict[int, Fit] = {}  # the newest of each descent
        self.log = RunLog([])
        self.edits: list[Edit] = []  # those made while it ran; the recipe holds them too
        self._engine = engine
        self._send_interval_s = send_interval_s
        self._max_edits = max_edits
        self._commands: OrderedDict[str, None] = OrderedDict()
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._step_target: int | None = None  # while it stands: how far it was told to go, step by step
        self._pacer: asyncio.Task[None] | None = None
        self._pulse: asyncio.TimerHandle | None = None
        self._pulsed_at = float("-inf")
        self._version = 0
        self.published = Published([], 0, {}, -1, [], [])

    async def open(self, resolved: Recipe | None = None) -> None:
        """Build the run in a worker; row 0 is in the log when this returns.

        Args:
            resolved: the recipe as a worker reads it, with tables written out; None: as it stands.

        Raises:
            UserError: the recipe cannot be run.
        """
        self.objective = await self._engine.open(self.id, resolved or self.recipe, 0, self)
        self.encoder = Encoder(self.extra_columns)
        self._publish()

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def num_bytes(self) -> int:
        """Memory of the log: what a run that has ended takes, or what one under way may come to take."""
        if self.has_ended or not self.objective:
            return self.log.num_bytes + sum(fit.num_bytes for fit in self.fits.values())
        dim, num_rows = self.objective["dim"], self.recipe.steps + 1
        num_bytes = 8 * num_rows * row_width(dim, len(self.extra_columns))
        if not recorded_dim(dim):
            num_bytes += 4 * dim * samples.count(num_rows, samples.num_dense(dim))
        return len(self.recipe.descents) * num_bytes

    @property
    def extra_columns(self) -> tuple[str, ...]:
        """What the rows hold beside loss, gradient and learning rate, in their order."""
        return tuple(self.objective["extra_columns"])

    def path(self, descent: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return steps, shape (n,), and theta, shape (n, dim), of at most 512 points of a descent's path.

        Step 0 and the newest are among them; see :mod:`downslope.service.path`.
        """
        return path.points(self.log, descent, len(self.extra_columns))

    @property
    def num_steps_done(self) -> int:
        step: int = self.status["step"]
        return step

    def view(self) -> dict[str, Any]:
        """Return the run as the API shows it. The control key is no part of it."""
        return {
            "id": self.id,
            "state": self.state,
            "reason": self.reason,
            "created_at": self.created_at,
            "recipe": self.recipe.model_dump(mode="json"),
            "objective": self.objective,
            "dim": self.objective["dim"],
            "speed": self.speed,
            "num_steps_done": self.num_steps_done,
            "descents": self.status["descents"],
            "parent": self.parent,
        }

    def check_key(self, key: str | None) -> None:
        """Raise unless `key` is this run's control key."""
        if key is None or not hmac.compare_digest(key.encode(), self.control_key.encode()):
            raise KeyRequiredError(
                "a run is driven with the control key that its creator was given; send it as X-Control-Key",
                parameter="X-Control-Key",
            )

    # Commands ------------------------------------------------------------------------------------------

    async def command(self, command: Play | Pause | Step | EditCommand | Stop) -> None:
        """Carry out a command; one with an id that was seen before is left alone.

        Raises:
            UserError: it cannot be done; nothing has changed, and the id may be used again.
        """
        # A task of its own: a subscriber that leaves in the middle does not leave the command half done.
        task = asyncio.ensure_future(self._command(command))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.shield(task)

    async def _command(self, command: Play | Pause | Step | EditCommand | Stop) -> None:
        async with self._lock:
            if command.command_id is not None and command.command_id in self._commands:
                return
            self._check_alive(command.type)
            await self._carry_out(command)
            self._remember(command.command_id)

    async def _carry_out(self, command: Play | Pause | Step | EditCommand | Stop) -> None:
        match command:
            case Play():
                self.play(command.speed if "speed" in command.model_fields_set else self.speed)
            case Pause():
                await self.pause()
            case Step(count=count):
                await self._step(count)
            case EditCommand():
                await self.edit(command.descent, dict(command.hyperparameters))
            case Stop():
                await self.interrupt(f"stopped by its owner after step {self.num_steps_done}")

    def play(self, speed: float | None) -> None:
        """Go on at `speed` steps per second; None: as fast as possible."""
        if self.has_ended:
            return
        self._stop_pacer()
        self._step_target = None
        self.speed = speed
        self._set_state("running")
        if speed is None:
            self._engine.set_target(self.id, self.recipe.steps)
        else:
            self._pacer = asyncio.ensure_future(self._keep_pace(speed))

    async def pause(self) -> None:
        """Let the run stand; every step made is in the log when this returns."""
        self._stop_pacer()
        self._step_target = None
        try:
            await self._engine.hold(self.id)
        except ConflictError:
            if not self.has_ended:  # it made its last step meanwhile: nothing is left to pause
                raise
        if not self.has_ended:
            self._set_state("paused")

    async def _step(self, count: int) -> None:
        """Make `count` more steps, behind those that are still to be made."""
        if self._step_target is None:
            await self.pause()
        if not self.has_ended:
            self._step_target = max(self._step_target or 0, self.num_steps_done) + count
            self._engine.set_target(self.id, min(self._step_target, self.recipe.steps))

    async def edit(self, descent: int, hyperparameters: dict[str, Any]) -> None:
        """Change hyperparameters of one descent from the current step on."""
        if len(self.recipe.edits) >= self._max_edits:
            raise LimitError(
                f"a run may have {self._max_edits} edits and this one has them all; start a new run",
                allowed=self._max_edits,
            )
        await self._engine.edit(self.id, descent, hyperparameters)

    async def interrupt(self, reason: str) -> None:
        """End the run where it stands."""
        await self.pause()
        self._end("interrupted", reason)

    def abandon(self, reason: str) -> None:
        """End the run at once, without waiting for its worker; what it has sent so far is kept."""
        self._end("interrupted", reason)

    def forget(self) -> None:
        """Let every subscriber know that the run is no longer kept."""
        self.is_forgotten = True
        for subscriber in self.subscribers:
            subscriber.wake()

    def _check_alive(self, verb: str) -> None:
        if self.has_ended:
            raise ConflictError(
                f"cannot {verb} this run because it is {self.state} after step {self.num_steps_done}; "
                "start it again from its recipe",
                parameter="type",
            )

    def _remember(self, command_id: str | None) -> None:
        if command_id is not None:
            self._commands[command_id] = None
            if len(self._commands) > _REMEMBERED_COMMANDS:
                self._commands.popitem(last=False)

    async def _keep_pace(self, speed: float) -> None:
        loop = asyncio.get_running_loop()
        pace = Pace(speed, self.num_steps_done, loop.time())
        while True:
            now = loop.time()
            pace.forgive(self.num_steps_done, now)
            self._engine.set_target(self.id, min(pace.due(now), self.recipe.steps))
            await asyncio.sleep(pace.next_tick_s(now))

    def _stop_pacer(self) -> None:
        if self._pacer is not None:
            self._pacer.cancel()
            self._pacer = None

    # What the engine tells -----------------------------------------------------------------------------

    def on_chunk(self, chunk: Chunk) -> None:
        """Append the frames of a time slice, in order, before anyone sees them; keep the newest fits."""
        if not self.log.descents:
            self.log = RunLog(chunk.frames)
        for frame in chunk.frames:
            self.log.append(frame)
        self.fits |= {fit.descent: fit for fit in chunk.fits}
        if _states(chunk.status) != _states(self.status):
            self._version += 1
        self.status = chunk.status
        if chunk.status["has_ended"]:
            self._end("finished", None)
        self._touch()

    def on_edit(self, edit: Edit) -> None:
        """Enter an edit into the recipe, whether or not anyone still waits for it."""
        self.recipe = self.recipe.model_copy(update={"edits": [*self.recipe.edits, edit]})
        self.edits.append(edit)
        self._touch()

    def on_failure(self, error: DownslopeError) -> None:
        """End the run; what it has done stays readable."""
        self._end("failed", error.detail)

    def _end(self, state: State, reason: str | None) -> None:
        if self.has_ended:
            return
        self._stop_pacer()
        self.reason = reason
        self._set_state(state)
        self._engine.close(self.id)
        self.ended.set()

    # Publication ---------------------------------------------------------------------------------------

    def _set_state(self, state: State) -> None:
        self.state = state
        self._version += 1
        self._touch()

    def _touch(self) -> None:
        """Publish soon: at once, or when the interval since the last time is over."""
        if self._pulse is None:
            loop = asyncio.get_running_loop()
            wait_s = max(0.0, self._pulsed_at + self._send_interval_s - loop.time())
            self._pulse = loop.call_later(wait_s, self._publish)

    def _publish(self) -> None:
        self._pulse = None
        self._pulsed_at = asyncio.get_running_loop().time()
        message = {
            "type": "state",
            "run_state": self.state,
            "reason": self.reason,
            "speed": self.speed,
            "num_steps_done": self.num_steps_done,
            "descents": self.status["descents"],
        }
        self.published = Published(
            self.log.heads,
            len(self.edits),
            message,
            self._version,
            self.log.num_samples,
            list(self.fits.values()),
        )
        for subscriber in self.subscribers:
            subscriber.wake()


def _states(status: dict[str, Any]) -> list[str]:
    return [descent["state"] for descent in status["descents"]]
