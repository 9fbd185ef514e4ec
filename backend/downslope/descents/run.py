"""The execution of a recipe: descents that advance in lockstep. No clock, no thread, no network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from downslope import objectives, optimizers, recipe
from downslope.descents import samples
from downslope.descents import snapshot as snapshots
from downslope.descents.bounds import Bounds
from downslope.descents.descent import Descent
from downslope.descents.fit import Fit
from downslope.descents.frame import Frame
from downslope.errors import InvalidValueError
from downslope.objectives import Objective

_DTYPES = {"float64": torch.float64, "float32": torch.float32}
_SNAPSHOT_VERSION = 2


class Run:
    """A run is a pure function of its recipe, cut into calls of :meth:`advance`.

    Where it is cut, and whether it was restored from a snapshot in between, does not change one bit.

    Args:
        recipe: what to run, edits included.

    Raises:
        UserError: the recipe cannot be run; the error names the field.
    """

    def __init__(self, recipe: recipe.Recipe) -> None:
        self.recipe = recipe
        self.objective = objectives.create(recipe.objective)
        self._generator = torch.Generator().manual_seed(recipe.seed)
        start = _start(recipe, self.objective, self._generator)
        bounds = Bounds(recipe.divergence_limit, recipe.steps, recipe.budget)
        self.descents = [
            Descent(index, part, self.objective, start, seed=recipe.seed, bounds=bounds)
            for index, part in enumerate(recipe.descents)
        ]
        self.step = 0
        self.on_progress: Callable[[], None] = _nothing  # called when a descent has made its part
        self._has_begun = False
        self._edits = sorted(recipe.edits, key=lambda edit: edit.step)
        _check_edits(recipe)

    @classmethod
    def restore(cls, recipe: recipe.Recipe, snapshot: bytes) -> Run:
        """Return the run of `recipe` (with all edits so far) as it was when `snapshot` was taken."""
        tree = snapshots.unpack(snapshot)
        assert tree["version"] == _SNAPSHOT_VERSION
        run = cls(recipe)
        run.step = tree["step"]
        run._has_begun = tree["has_begun"]
        run._generator.set_state(tree["generator"])
        for descent, saved in zip(run.descents, tree["descents"], strict=True):
            if run._has_begun:
                descent.restore(saved)
        return run

    @property
    def has_ended(self) -> bool:
        return all(descent.state != "running" for descent in self.descents)

    def snapshot(self) -> bytes:
        """Return what the run needs to go on, as bytes that do not depend on this process."""
        tree = {
            "version": _SNAPSHOT_VERSION,
            "step": self.step,
            "has_begun": self._has_begun,
            "generator": self._generator.get_state(),
            "descents": [descent.capture() if self._has_begun else {} for descent in self.descents],
        }
        return snapshots.pack(tree)

    def advance(self, num_steps: int) -> list[Frame]:
        """Make at most `num_steps` more updates of every descent that still runs.

        The first call also gives row 0, so ``advance(0)`` on a new run shows the start.

        Returns:
            Frames, contiguous per descent.
        """
        frames = self._begin()
        end = self.step + num_steps
        while self.step < end and not self.has_ended:
            self._apply_edits()
            frames += self._advance_to(min([end, *(e.step for e in self._edits if e.step > self.step)]))
        return _merge(frames)

    def edit(self, descent: int, hyperparameters: dict[str, Any]) -> recipe.Edit:
        """Change hyperparameters of one descent from the current step on; return the edit for the recipe.

        Raises:
            UserError: there is no such descent, it has ended, or its optimizer refuses the values.
        """
        if not 0 <= descent < len(self.descents):
            raise InvalidValueError(
                f"descent must be from 0 to {len(self.descents) - 1} but is {descent}; "
                "the first descent is number 0",
                parameter="descent",
                allowed=list(range(len(self.descents))),
            )
        _check_change(hyperparameters, "hyperparameters")
        self._apply_edits()
        self.descents[descent].edit(hyperparameters, "hyperparameters")
        edit = recipe.Edit(step=self.step, descent=descent, hyperparameters=hyperparameters)
        self._edits.append(edit)
        self.recipe = self.recipe.model_copy(update={"edits": [*self.recipe.edits, edit]})
        return edit

    def status(self) -> dict[str, Any]:
        """Return the step and the status of every descent as JSON-ready data."""
        return {
            "step": self.step,
            "has_ended": self.has_ended,
            "descents": [descent.status() for descent in self.descents],
        }

    def fits(self, known: Mapping[int, int] | None = None) -> list[Fit]:
        """Return what the model predicts where its descents stand; nothing where nothing is fitted.

        Args:
            known: steps by descent; a descent that still stands there is left out.
        """
        moved = [d for d in self.descents if d.num_steps != (known or {}).get(d.index)]
        return [fit for fit in (descent.fit() for descent in moved) if fit is not None]

    def _begin(self) -> list[Frame]:
        if self._has_begun:
            return []
        self._has_begun = True
        return [descent.begin() for descent in self.descents]

    def _advance_one(self, descent: Descent, num_steps: int) -> Frame | None:
        frame = descent.advance(num_steps)
        self.on_progress()
        return frame

    def _advance_to(self, end: int) -> list[Frame]:
        frames = [self._advance_one(descent, end - self.step) for descent in self.descents]
        self.step = max(descent.num_steps for descent in self.descents)
        return [frame for frame in frames if frame is not None]

    def _apply_edits(self) -> None:
        """Apply the edits of this step. Doing it twice at one step changes nothing."""
        for edit in self._edits:
            if edit.step == self.step and self.descents[edit.descent].state == "running":
                self.descents[edit.descent].edit(edit.hyperparameters, "edits")


def _nothing() -> None:
    pass


def _merge(frames: list[Frame]) -> list[Frame]:
    """Join the frames of each descent into one."""
    merged: dict[int, list[Frame]] = {}
    for frame in frames:
        merged.setdefault(frame.descent, []).append(frame)
    return [_join(parts) for parts in merged.values()]


def _join(parts: list[Frame]) -> Frame:
    if len(parts) == 1:
        return parts[0]
    rows = np.concatenate([part.rows for part in parts])
    sampled = samples.join([part.samples for part in parts if part.samples is not None])
    return Frame(parts[0].descent, parts[0].first_step, rows, sampled, parts[-1].theta)


def _start(recipe: recipe.Recipe, objective: Objective, generator: torch.Generator) -> Tensor:
    theta = objective.start(generator) if recipe.start is None else recipe.start
    if len(theta) != objective.dim:
        raise InvalidValueError(
            f"start must have {objective.dim} number{'s' if objective.dim > 1 else ''} for "
            f"{objective.title['en']} but has {len(theta)}; try {list(objective.start(generator))}",
            parameter="start",
            allowed=objective.dim,
        )
    return torch.tensor(theta, dtype=_DTYPES[recipe.dtype], device=_device(recipe))


def _device(recipe: recipe.Recipe) -> torch.device:
    """Return the device of `recipe`; raise where this machine does not have it."""
    kind = recipe.device.partition(":")[0]
    if kind == "cpu":
        return torch.device("cpu")  # nothing else is asked: a forked process must not touch Metal unasked
    has_it = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if not has_it[kind]:
        allowed = ["cpu", *(name for name, there in has_it.items() if there)]
        raise InvalidValueError(
            f"device must be one that this machine has but is {recipe.device}; try {allowed[0]}",
            parameter="device",
            allowed=allowed,
        )
    if kind == "mps" and recipe.dtype == "float64":
        raise InvalidValueError(
            "dtype must be float32 on mps but is float64; try float32 or the cpu", parameter="dtype"
        )
    return torch.device(recipe.device)


def _check_edits(recipe: recipe.Recipe) -> None:
    """Try the edits of each descent, in their order, on a throw-away optimizer: none may fail in mid-run."""
    scratch: dict[int, torch.optim.Optimizer] = {}
    for number, edit in sorted(enumerate(recipe.edits), key=lambda item: item[1].step):
        path = f"edits[{number}]"
        if edit.descent >= len(recipe.descents):
            raise InvalidValueError(
                f"{path}.descent must be below {len(recipe.descents)} but is {edit.descent}; "
                "the first descent is number 0",
                parameter=f"{path}.descent",
                allowed=list(range(len(recipe.descents))),
            )
        if edit.step >= recipe.steps:
            raise InvalidValueError(
                f"{path}.step must be below {recipe.steps}, the steps of the run, but is {edit.step}; "
                "no update follows the last step, so leave the edit out",
                parameter=f"{path}.step",
                allowed=f"0 to {recipe.steps - 1}",
            )
        _check_change(edit.hyperparameters, f"{path}.hyperparameters")
        part = recipe.descents[edit.descent]
        if edit.descent not in scratch:
            scratch[edit.descent] = _throw_away(part)
        optimizers.edit(
            scratch[edit.descent],
            part.optimizer,
            edit.hyperparameters,
            parameter=f"{path}.hyperparameters",
        )


def _check_change(hyperparameters: Mapping[str, Any], parameter: str) -> None:
    if not hyperparameters:
        raise InvalidValueError(
            f'{parameter} must name what to change but is empty; try {{"lr": 0.01}} or leave the edit out',
            parameter=parameter,
        )


def _throw_away(part: recipe.Descent) -> torch.optim.Optimizer:
    theta = torch.zeros(1, requires_grad=True)
    return optimizers.create(
        part.optimizer,
        [theta],
        part.hyperparameters,
        maximize=part.maximize,
        parameter="hyperparameters",
        rule=part.rule,
    )
