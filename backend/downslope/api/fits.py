"""The routes of what a model is fitted to, and of what it predicts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from downslope.recipe import ModelObjective, Number, ObjectiveRef, Part
from downslope.service.service import Service

# More components than any model has; how many this one has is checked where it is built.
MAX_THETA = 100_000


class DataRequest(Part):
    """Which data to show."""

    objective: ObjectiveRef
    seed: Annotated[int, Field(ge=0, lt=2**63, strict=True)] | None = Field(
        default=None, description="draws the data; left out: `objective.data.seed`"
    )


class FitRequest(Part):
    """Which model to look at, and where."""

    objective: ObjectiveRef
    theta: Annotated[list[Number], Field(min_length=1, max_length=MAX_THETA)]


class PointsView(BaseModel):
    """Points of a data set."""

    x: list[list[float]] = Field(description="one row of inputs for each point")
    y: list[float] = Field(description="the targets; of a classification the numbers of the classes")


class GridView(BaseModel):
    """Where a fit is computed to be drawn."""

    u: list[float] = Field(description="values of the first input")
    v: list[float] | None = Field(description="values of the second input; null where there is one")


class TruthView(BaseModel):
    """What the data were made from, before noise."""

    y: list[float] = Field(description="the target at each `u` of the grid")


class DataView(BaseModel):
    """What a model is fitted to."""

    kind: Literal["curve", "regions", "parity", "confusion"] = Field(description="how a fit to it is drawn")
    task: Literal["regression", "classification"]
    inputs: list[str]
    target: str
    classes: list[str] | None = Field(description="null for a regression")
    train: PointsView
    test: PointsView | None = Field(description="null where no points are held back")
    grid: GridView | None = Field(description="null where the fit is told at the points")
    truth: TruthView | None = Field(description="null where it is not known")


class FitView(BaseModel):
    """What a model predicts at one theta."""

    shape: list[int] = Field(description="of `values`")
    values: list[float | None] = Field(description="row-major; null where a number is not finite")
    train_accuracy: float | None = Field(description="share of the points classified right, else null")
    test_accuracy: float | None = Field(description="the same of the points held back, else null")


def _json(content: object) -> Response:
    return Response(orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY), media_type="application/json")


def fit_routes(service: Service) -> APIRouter:
    """Data and fits of models."""
    router = APIRouter(tags=["data"])

    @router.post("/data", response_model=DataView)
    async def data(body: DataRequest) -> Response:
        """What a model is fitted to, as the page draws it."""
        objective = body.objective
        if isinstance(objective, ModelObjective) and body.seed is not None:
            drawn = objective.data.model_copy(update={"seed": body.seed})
            objective = objective.model_copy(update={"data": drawn})
        return _json(await service.data(objective))

    @router.post("/fits", response_model=FitView)
    async def fits(body: FitRequest) -> Response:
        """What a model predicts at any theta: on the grid of its data, at their points, or as counts."""
        found: dict[str, Any] = await service.fit(body.objective, body.theta)
        return _json({"shape": found["values"].shape, **found, "values": found["values"].ravel()})

    return router
