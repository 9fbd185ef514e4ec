"""What can be asked of a run while it lives."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from downslope.recipe import Count, Hyperparameters, Part

Speed = Annotated[float, Field(gt=0, allow_inf_nan=False, strict=True)] | None
CommandId = Annotated[str, Field(min_length=1, max_length=80)] | None


class _Command(Part):
    command_id: CommandId = Field(default=None, description="a repeated id is applied once")


class Play(_Command):
    """Go on, at `speed` steps per second; null: as fast as possible; left out: as before."""

    type: Literal["play"]
    speed: Speed = None


class Pause(_Command):
    """Stop after the step that is being made."""

    type: Literal["pause"]


class Step(_Command):
    """Pause, then make `count` steps."""

    type: Literal["step"]
    count: Annotated[Count, Field(ge=1, le=1_000_000)] = 1


class EditCommand(_Command):
    """Change hyperparameters of one descent from the current step on."""

    type: Literal["edit"]
    descent: Annotated[Count, Field(ge=0)]
    hyperparameters: Hyperparameters


class Stop(_Command):
    """End the run where it stands."""

    type: Literal["stop"]


Command = Annotated[Play | Pause | Step | EditCommand | Stop, Field(discriminator="type")]
