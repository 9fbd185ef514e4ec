"""Requests of the API and the shape of its answers, beside those that the service and the recipe define."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from downslope.recipe import Count, Name, Number, ObjectiveRef, Part, Range, Recipe
from downslope.service.commands import Speed

Seed = Annotated[int, Field(ge=0, lt=2**63, strict=True)]


class NewRun(Recipe):
    """A recipe, and how to start it."""

    autoplay: StrictBool = Field(default=True, description="start at once; false: wait for a play command")
    speed: Speed = Field(default=None, description="steps per second; null: as fast as possible")

    def recipe(self) -> Recipe:
        """Return the recipe alone."""
        return Recipe.model_construct(**{name: getattr(self, name) for name in Recipe.model_fields})


Axis = Annotated[Count, Field(ge=0)] | Name
Row = Annotated[list[Number], Field(min_length=1)]


class Plane(Part):
    """Where to look: a point, and two axes or directions through it."""

    kind: Literal["axes", "random", "pca", "hessian", "directions"] = "axes"
    axes: Annotated[list[Axis], Field(min_length=1, max_length=2)] | None = Field(
        default=None, description="components of theta, by number or by name; left out: the first two"
    )
    seed: Seed = Field(default=0, description="draws the directions of kind random")
    directions: Annotated[list[Row], Field(min_length=2, max_length=2)] | None = Field(
        default=None, description="of kind directions, each of dim numbers"
    )
    run: Name | None = Field(
        default=None, description="whose path is covered, and which kind pca is found from"
    )
    descent: Annotated[int, Field(ge=0, strict=True)] | None = Field(
        default=0, description="of that run; null: all of them together"
    )
    anchor: Row | Literal["start", "current", "end"] = Field(
        default="start",
        description="a point of dim numbers, the start, or the newest point of the run, at last its end",
    )


class SurfaceRequest(Part):
    """Which loss to compute on which grid."""

    objective: ObjectiveRef
    plane: Plane | None = Field(default=None, description="left out: the first two axes")
    range: list[Range] | None = Field(
        default=None, description="[lo, hi] of u and v; left out: one that fits the plane and the path"
    )
    resolution: Annotated[int, Field(ge=2, strict=True, description="grid points along each axis")] = 129
    gradient_resolution: Annotated[
        int | None, Field(ge=2, strict=True, description="also the gradient, on a grid of so many points")
    ] = None
    seed: Seed = Field(default=0, description="draws the start where it is random, as in a recipe")
    refine: StrictBool = Field(default=False, description="answer a stream, coarse to fine")


class FormulaRequest(Part):
    """A formula as a recipe holds it."""

    expression: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    variables: Annotated[list[Name], Field(max_length=8)] | None = Field(
        default=None, description="the components of theta; left out: the letters that the formula has"
    )
    constants: Annotated[dict[Name, Number], Field(max_length=16)] = Field(
        default={}, description="names with a value"
    )


class _Answer(BaseModel):
    model_config = ConfigDict(extra="allow")


class Health(_Answer):
    """Whether the server is there, and how far its workers are."""

    status: Literal["ok"]
    version: str
    torch: str | None = Field(description="null until a worker is warm")
    workers: int = Field(description="warm worker processes")


class DescentStatus(_Answer):
    """The newest values of one descent."""

    label: str
    state: Literal["running", "finished", "diverged"]
    reason: str | None
    num_steps_done: int
    num_gradient_evaluations: int
    loss: float | None
    best_loss: float | None
    theta: list[float | None] | None = Field(description="where dim <= 16")


class RunView(_Answer):
    """A run."""

    id: str
    state: Literal["created", "running", "paused", "finished", "interrupted", "failed"]
    reason: str | None
    created_at: str
    recipe: Recipe
    objective: dict[str, Any] = Field(description="the catalogue row at the recipe's parameters")
    dim: int
    torch: str | None
    speed: float | None
    num_steps_done: int
    descents: list[DescentStatus]
    parent: dict[str, Any] | None


class CreatedRun(RunView):
    """A run, and the key that drives it, which is told only now."""

    control_key: str


class TypesetFormula(_Answer):
    """A formula and its derivatives as LaTeX."""

    variables: list[str] = Field(description="the components of theta, in order")
    constants: dict[str, float]
    latex: str = Field(description="as it was typed, behind its signature: f(x, y) = ...")
    gradient_latex: list[str] | None = Field(description="for each variable; null where it is too much")
    hessian_latex: list[list[str]] | None = Field(description="row by row; null where it is too much")
    objective: dict[str, Any] = Field(description="its row, as of ``GET /api/objectives``")


class Problem(BaseModel):
    """An error, as ``application/problem+json``; that of a formula has a ``column`` too, from 1."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    parameter: str | None
    allowed: Any
