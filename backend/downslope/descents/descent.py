"""One optimizer, with its hyperparameters and schedule, walking one objective from one start."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Literal, cast

import numpy as np
import torch
from torch import Tensor
from torch.optim.lr_scheduler import LRScheduler

from downslope import optimizers, recipe
from downslope.descents.bounds import Bounds
from downslope.descents.fit import Fit
from downslope.descents.frame import Frame, recorded_dim
from downslope.descents.record import Record
from downslope.errors import ConflictError
from downslope.objectives import Objective
from downslope.optimizers import schedules

State = Literal["running", "finished", "diverged"]


class Descent:
    """A descent as a synchronous state machine; between two calls the gradient at theta is ready.

    The order of one step is that of every tutorial (set gradients to zero, loss, ``backward()``, record,
    ``optimizer.step()``, ``scheduler.step()``), cut after the recording: so the newest row is complete and
    an edit can still change the update that follows it.

    Args:
        index: its number in the run.
        part: the recipe of it.
        objective: what is descended.
        start: shape (dim,); theta at step 0.
        seed: of the recipe; draws mini-batches.
        bounds: when it ends.
    """

    def __init__(
        self,
        index: int,
        part: recipe.Descent,
        objective: Objective,
        start: Tensor,
        *,
        seed: int,
        bounds: Bounds,
    ) -> None:
        path = f"descents[{index}]"
        self.index = index
        self.part = part
        self.state: State = "running"
        self.reason: str | None = None
        self.num_steps = 0
        self.best_loss: float | None = None
        self.loss = math.nan
        self.theta = start.clone()  # (d,), the memory of all leaves
        self.objective = objective
        self._training = objective.training(self.theta, seed)
        self._leaves = self._training.leaves
        self._has_extras = bool(objective.extra_columns)
        self._bounds = bounds
        self._evaluations = 0
        self._loss_tensor = torch.empty(())
        self._record = Record(index, self.theta, self._leaves, len(objective.extra_columns))
        self.optimizer = optimizers.create(
            part.optimizer,
            self._leaves,
            part.hyperparameters,
            maximize=part.maximize,
            parameter=f"{path}.hyperparameters",
            rule=part.rule,
        )
        self._needs_closure = optimizers.needs_closure(part.optimizer)
        # A scheduler sets the initial learning rate when it is built, so row 0 can name it.
        self.scheduler = self._schedule(part.scheduler, f"{path}.scheduler.hyperparameters")

    def _schedule(self, scheduler: recipe.Scheduler | None, parameter: str) -> LRScheduler | None:
        if scheduler is None:
            return None
        return schedules.create(
            scheduler.id,
            self.optimizer,
            scheduler.hyperparameters,
            num_steps=self._bounds.steps,
            parameter=parameter,
        )

    @property
    def num_gradient_evaluations(self) -> int:
        """Evaluations spent on updates so far: that of the newest row is not spent yet."""
        return self._evaluations - 1

    def begin(self) -> Frame:
        """Evaluate and record row 0, the start, before any update."""
        self._evaluate()
        self._note(self._lr())
        return self._record.take(first_step=0)

    def advance(self, num_steps: int) -> Frame | None:
        """Make at most `num_steps` updates; return the rows they led to, or None if there are none."""
        first_step = self.num_steps + 1
        update = self._update_with_closure if self._needs_closure else self._update
        for _ in range(num_steps):
            if self.state != "running":
                break
            lr = self._lr()
            try:
                update()
            except ArithmeticError as error:
                # torch's strong Wolfe search divides by zero where a schedule has brought lr to 0.
                self.state = "diverged"
                self.reason = f"the update after step {self.num_steps} cannot be computed: {error}"
                break
            if self.scheduler is not None:
                schedules.step(self.scheduler, self.loss)
            self.num_steps += 1
            self._evaluate()
            self._note(lr)
        return self._record.take(first_step) if self._record else None

    def edit(self, hyperparameters: dict[str, Any], parameter: str) -> None:
        """Change hyperparameters for every later update.

        Raises:
            ConflictError: the descent has ended.
            UserError: the optimizer refuses the values; nothing has changed.
        """
        if self.state != "running":
            raise ConflictError(
                f"descent {self.index} cannot be edited because it has {self.state} at step "
                f"{self.num_steps}; restart the run, or branch from an earlier step",
                parameter=parameter,
            )
        optimizers.edit(self.optimizer, self.part.optimizer, hyperparameters, parameter=parameter)

    def status(self) -> dict[str, Any]:
        """Return label, state and newest values as JSON-ready data; non-finite numbers are None."""
        return {
            "label": self.part.label or self.part.optimizer,
            "state": self.state,
            "reason": self.reason,
            "num_steps_done": self.num_steps,
            "num_gradient_evaluations": self.num_gradient_evaluations,
            "loss": _finite(self.loss),
            "best_loss": self.best_loss,
            "theta": self._shown_theta(),
        }

    def fit(self) -> Fit | None:
        """Return what the model predicts at theta as it is, or None where the objective fits nothing."""
        theta = self.theta.detach()
        found = self.objective.fit(theta)
        if found is None:
            return None
        return Fit(
            self.index,
            self.num_steps,
            np.ascontiguousarray(found["values"], dtype=np.float32),
            found["train_accuracy"],
            found["test_accuracy"],
            None if recorded_dim(len(theta)) else theta.to("cpu", torch.float32, copy=True).numpy(),
        )

    def capture(self) -> dict[str, Any]:
        """Return what the descent needs to go on, as a tree of plain values and tensors."""
        return {
            "theta": self.theta.detach(),
            "grads": [leaf.grad for leaf in self._leaves],
            "loss": self._loss_tensor.detach(),
            "optimizer": optimizers.capture(self.optimizer),
            "scheduler": schedules.capture(self.scheduler) if self.scheduler is not None else None,
            "state": self.state,
            "reason": self.reason,
            "num_steps": self.num_steps,
            "best_loss": self.best_loss,
            "evaluations": self._evaluations,
        }

    def restore(self, tree: dict[str, Any]) -> None:
        """Go on from what :meth:`capture` gave, bit by bit."""
        device = self.theta.device
        with torch.no_grad():
            self.theta.copy_(tree["theta"])
        for leaf, grad in zip(self._leaves, tree["grads"], strict=True):
            leaf.grad = None if grad is None else grad.to(device)
        self._loss_tensor = tree["loss"].to(device)
        self.loss = self._loss_tensor.item()
        optimizers.restore(self.optimizer, tree["optimizer"])
        if self.scheduler is not None:
            schedules.restore(self.scheduler, tree["scheduler"])
        self.state = tree["state"]
        self.reason = tree["reason"]
        self.num_steps = tree["num_steps"]
        self.best_loss = tree["best_loss"]
        self._evaluations = tree["evaluations"]

    def _lr(self) -> float:
        return float(self.optimizer.param_groups[0].get("lr", math.nan))  # a rule may have none

    def _evaluate(self) -> Tensor:
        if self.part.zero_grad:
            for leaf in self._leaves:
                leaf.grad = None  # what optimizer.zero_grad() does, without its profiler hooks
        loss = self._training.loss(self.num_steps)
        loss.backward()  # type: ignore[no-untyped-call]
        self._evaluations += 1
        self._loss_tensor = loss
        return loss

    def _clip(self) -> None:
        if self.part.clip_grad_norm is not None:
            torch.nn.utils.clip_grad_norm_(self._leaves, self.part.clip_grad_norm)

    def _update(self) -> None:
        self._clip()
        self.optimizer.step()

    def _update_with_closure(self) -> None:
        # torch's annotation says float; its own examples return the tensor, and so do we.
        closure = optimizers.Closure(self._closure(), self._graph)
        self.optimizer.step(cast(Callable[[], float], closure))

    def _closure(self) -> Callable[[], Tensor]:
        """Return a closure whose first call gives the evaluation of the newest row again, for nothing."""
        is_first = True

        def closure() -> Tensor:
            nonlocal is_first
            loss = self._loss_tensor if is_first else self._evaluate()
            is_first = False
            self._clip()
            return loss

        return closure

    def _graph(self) -> Tensor:
        """Return the loss with its graph, for a Hessian: its cost is a gradient, and one for each row."""
        self._evaluations += 1 + len(self.theta)
        return self._training.loss(self.num_steps)

    def _note(self, lr: float) -> None:
        self.loss = self._loss_tensor.item()
        extras = self._training.extras() if self._has_extras else []
        self._judge(self.loss, self._record.add(self.num_steps, self.loss, lr, extras))

    def _shown_theta(self) -> list[float | None] | None:
        if not recorded_dim(len(self.theta)):
            return None
        return [_finite(value) for value in self.theta.tolist()]

    def _judge(self, loss: float, largest: float) -> None:
        """Find out whether the descent goes on; `largest` is the largest |theta_i|, NaN if one is NaN."""
        if not self._bounds.hold(loss, largest):
            self.state = "diverged"
            self.reason = self._bounds.reason(loss, largest, self.num_steps)
            return
        if self.best_loss is None or (loss > self.best_loss if self.part.maximize else loss < self.best_loss):
            self.best_loss = loss
        spent = self.num_steps if self._bounds.budget == "steps" else self.num_gradient_evaluations
        if spent >= self._bounds.steps:
            self.state = "finished"


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
