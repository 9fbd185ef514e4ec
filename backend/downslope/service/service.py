"""All runs of a server, and the calls that belong to none."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Set
from typing import Any

from downslope.engine.engine import Engine
from downslope.errors import LimitError, NotFoundError, TooManyError, UnavailableError
from downslope.recipe import ObjectiveRef, Recipe
from downslope.service.encoding import Encoding
from downslope.service.session import Session
from downslope.service.subscription import Part, Subscription
from downslope.service.surfaces import Surfaces
from downslope.service.tables import Shelf, read_whole
from downslope.settings import Settings
from downslope.tables import Table


class Service:
    """Creates runs, keeps them within the limits of `settings`, and asks the engine for the rest."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._settings = settings
        self._engine = engine
        self.tables = Shelf(settings.max_tables_bytes)
        self._sessions: dict[str, Session] = {}  # oldest first
        self._catalogue: dict[str, Any] | None = None
        self._catalogue_lock = asyncio.Lock()
        self._num_subscribers = 0
        self.surfaces = Surfaces(settings, engine.call, self.get, self.tables.resolve)

    def start(self) -> None:
        """Begin to start the workers; return at once."""
        self._engine.start()
        self._warmup = asyncio.ensure_future(self._ask_catalogue())

    async def stop(self) -> None:
        """End every run and every worker."""
        self._warmup.cancel()
        for session in self._sessions.values():
            session.abandon("the server was shut down")
        await self._engine.stop()

    # Catalogue and calls -------------------------------------------------------------------------------

    @property
    def torch_version(self) -> str | None:
        """The workers' torch; None until one is warm and was asked."""
        return self._catalogue["torch"] if self._catalogue else None

    @property
    def num_workers(self) -> int:
        return len(self._engine.worker_pids)

    @property
    def worker_pids(self) -> list[int]:
        return self._engine.worker_pids

    async def _ask_catalogue(self) -> None:
        with contextlib.suppress(UnavailableError):  # whoever asks next is told
            await self.catalogue()

    async def catalogue(self) -> dict[str, Any]:
        """Return torch's version and the lists of objectives, optimizers and schedulers; asked for once."""
        async with self._catalogue_lock:
            if self._catalogue is None:
                self._catalogue = await self._engine.call("catalogue")
        return self._catalogue

    async def data(self, objective: ObjectiveRef) -> dict[str, Any]:
        """Return what a model is fitted to; see :meth:`downslope.objectives.Objective.data`."""
        data: dict[str, Any] = await self._engine.call("data", objective=self.tables.resolve(objective))
        return data

    async def fit(self, objective: ObjectiveRef, theta: list[float]) -> dict[str, Any]:
        """Return what a model predicts at theta; see :meth:`downslope.objectives.Objective.fit`."""
        fit: dict[str, Any] = await self._engine.call(
            "fit", objective=self.tables.resolve(objective), theta=theta
        )
        return fit

    async def formula(self, **typed: Any) -> dict[str, Any]:
        """Return a formula and its derivatives as LaTeX; see :mod:`downslope.objectives.formulas`."""
        typeset: dict[str, Any] = await self._engine.call("formula", **typed)
        return typeset

    async def add_table(self, data: bytes, has_header: bool | None) -> Table:
        """Read the bytes of a file and keep its table; see :mod:`downslope.tables`."""
        table = await asyncio.to_thread(read_whole, data, has_header)
        self.tables.add(table)
        return table

    # Runs ----------------------------------------------------------------------------------------------

    async def create(self, recipe: Recipe, *, autoplay: bool, speed: float | None) -> Session:
        """Build a run and, where `autoplay`, let it go.

        Raises:
            UserError: the recipe cannot be run, or the server is full.
        """
        limits = self._settings
        self._check_limit("steps", recipe.steps, limits.max_steps, "steps")
        self._check_limit("descents", len(recipe.descents), limits.max_descents, "descents")
        self._check_limit("edits", len(recipe.edits), limits.max_edits, "edits")
        resolved = recipe.model_copy(update={"objective": self.tables.resolve(recipe.objective)})
        await self.catalogue()  # so that every run can name its torch
        self._make_room()  # no await from here to the registration: two requests must not take one place
        session = Session(
            self._engine,
            recipe,
            speed=speed,
            send_interval_s=limits.send_interval_ms / 1000,
            max_edits=limits.max_edits,
        )
        self._sessions[session.id] = session
        try:
            await session.open(resolved)
            self._make_memory(session)
        except BaseException:
            session.abandon("the run could not be kept")
            del self._sessions[session.id]
            raise
        if autoplay:
            session.play(speed)
        return session

    def get(self, run: str) -> Session:
        """Return a run by its id, or raise NotFoundError."""
        if run not in self._sessions:
            raise NotFoundError(
                f"there is no run {run[:40]!r} on this server; it may have made room for newer ones, "
                "so start it again from its recipe",
                parameter="id",
            )
        return self._sessions[run]

    def all(self) -> list[Session]:
        """Return every run that can be shown, newest first."""
        return [session for session in reversed(self._sessions.values()) if session.objective]

    def view(self, session: Session) -> dict[str, Any]:
        """Return the run as the API shows it."""
        return {**session.view(), "torch": self.torch_version}

    async def delete(self, run: str) -> None:
        """End a run and forget it."""
        session = self.get(run)
        if not session.has_ended:
            await session.interrupt("deleted by its owner")
        self._forget(session)

    def subscribe(
        self, session: Session, since: int, encoding: Encoding, include: Set[Part] = frozenset()
    ) -> Subscription:
        """Return a new subscriber of a run; close it with :meth:`unsubscribe`."""
        if self._num_subscribers >= self._settings.max_subscribers:
            limit = self._settings.max_subscribers
            raise TooManyError(f"this server has {limit} streams open, which is its limit; try again later")
        self._num_subscribers += 1
        return Subscription(session, since, encoding, asyncio.get_running_loop().time, include)

    def unsubscribe(self, subscription: Subscription) -> None:
        """End a subscription."""
        subscription.close()
        self._num_subscribers -= 1

    # Limits --------------------------------------------------------------------------------------------

    def _check_limit(self, parameter: str, value: int, limit: int, unit: str) -> None:
        if value > limit:
            raise LimitError(
                f"{parameter} must be at most {limit} {unit} but is {value}; this server sets the limit",
                parameter=parameter,
                allowed=limit,
            )

    def _make_room(self) -> None:
        """Forget the oldest ended run for a new one; then end the oldest that stands with nobody watching."""
        limits = self._settings
        if len(self._sessions) >= limits.max_runs:
            ended = next((session for session in self._sessions.values() if session.has_ended), None)
            if ended is None:
                raise _full(f"keeps {len(self._sessions)} runs, all of them under way", limits.max_runs)
            self._forget(ended)
        active = [session for session in self._sessions.values() if not session.has_ended]
        if len(active) < limits.max_active_runs:
            return
        idle = next((s for s in active if s.state in ("created", "paused") and not s.subscribers), None)
        if idle is None or not idle.objective:
            raise _full(f"has {len(active)} runs under way", limits.max_active_runs)
        idle.abandon("made room for a newer run while it stood with nobody watching")

    def _make_memory(self, session: Session) -> None:
        """Forget ended runs until all logs fit, with what the new one may become, or refuse it."""
        limit = self._settings.max_log_bytes
        while sum(kept.num_bytes for kept in self._sessions.values()) > limit:
            ended = next((kept for kept in self._sessions.values() if kept.has_ended), None)
            if ended is None or ended is session:
                raise _full(f"needs {session.num_bytes} bytes for this run and has no room for them", limit)
            self._forget(ended)

    def _forget(self, session: Session) -> None:
        self._sessions.pop(session.id, None)
        session.forget()


def _full(state: str, limit: int) -> TooManyError:
    return TooManyError(
        f"this server {state}, and {limit} is its limit; wait until a run has ended", allowed=limit
    )
