"""The optimizers of ``torch.optim`` and their schedules: catalogue, construction, edits, state."""

from downslope.optimizers.construction import catalogue, create, edit, needs_closure
from downslope.optimizers.state import capture, restore

__all__ = ["capture", "catalogue", "create", "edit", "needs_closure", "restore"]
