"""Optimizers of ``torch.optim`` and of our own, and schedules: catalogue, construction, edits, state."""

from downslope.optimizers.closure import Closure
from downslope.optimizers.construction import catalogue, create, edit, needs_closure
from downslope.optimizers.state import capture, restore

__all__ = ["Closure", "capture", "catalogue", "create", "edit", "needs_closure", "restore"]
