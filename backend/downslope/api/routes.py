"""The REST routes. Each reads its request, asks the service, and shapes the answer; nothing else."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse

from downslope import __version__, recipe
from downslope.api import trajectory
from downslope.api.fits import fit_routes
from downslope.api.schemas import (
    CreatedRun,
    FormulaRequest,
    Health,
    NewRun,
    RunView,
    TypesetFormula,
)
from downslope.api.surfaces import surface_routes
from downslope.api.tables import table_routes
from downslope.errors import InvalidValueError
from downslope.service.commands import Command
from downslope.service.service import Service
from downslope.service.session import Session

_MAX_STEP = 2**53  # what every JSON reader holds exactly
ControlKey = Annotated[str | None, Header(alias="X-Control-Key", description="given once to the creator")]


def _json(content: object, status: int = 200) -> Response:
    data = orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(data, status, media_type="application/json")


def catalogue_routes(service: Service) -> APIRouter:
    """What there is: health, objectives, optimizers, schedulers, the recipe's schema."""
    router = APIRouter(tags=["catalogue"])

    @router.get("/health", response_model=Health)
    async def health() -> dict[str, Any]:
        """Answer at once, also while PyTorch is still being loaded."""
        return {
            "status": "ok",
            "version": __version__,
            "torch": service.torch_version,
            "workers": service.num_workers,
        }

    def listing(name: str) -> Callable[[], Any]:
        async def answer() -> Response:
            return _json((await service.catalogue())[name])

        answer.__doc__ = f"The {name}. Waits for the first worker to be warm."
        return answer

    for name in ("objectives", "optimizers", "schedulers"):
        router.add_api_route(f"/{name}", listing(name), response_model=list[dict[str, Any]], name=name)

    @router.get("/schemas/recipe", response_model=dict[str, Any])
    async def recipe_schema() -> dict[str, Any]:
        """The JSON Schema of a recipe."""
        return recipe.json_schema()

    return router


def analysis_routes(service: Service) -> APIRouter:
    """Answers that belong to no run."""
    router = APIRouter(tags=["analysis"])

    @router.post("/formulas", response_model=TypesetFormula)
    async def formulas(body: FormulaRequest) -> Response:
        """A formula as it is typed: typeset, with its derivatives, or what is wrong at which `column`."""
        return _json(await service.formula(**body.model_dump()))

    return router


def run_routes(service: Service, max_wait_s: float) -> APIRouter:
    """Runs: create, look, drive, read, delete."""
    router = APIRouter(tags=["runs"])

    @router.post("/runs", status_code=201, response_model=CreatedRun)
    async def create(body: NewRun) -> Response:
        """Create a run. The answer alone holds its `control_key`."""
        session = await service.create(body.recipe(), autoplay=body.autoplay, speed=body.speed)
        return _json({**service.view(session), "control_key": session.control_key}, 201)

    @router.get("/runs", response_model=list[RunView])
    async def runs() -> Response:
        """All runs, newest first."""
        return _json([service.view(session) for session in service.all()])

    @router.get("/runs/{id}", response_model=RunView)
    async def run(id: str, wait_s: Annotated[float, Query(ge=0)] = 0) -> Response:
        """One run; with `wait_s`, when it has ended or when that time is over."""
        session = service.get(id)
        if wait_s > max_wait_s:
            raise InvalidValueError(
                f"wait_s must be at most {max_wait_s:g} but is {wait_s:g}; ask again when it is over",
                parameter="wait_s",
                allowed=max_wait_s,
            )
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await session.ended.wait()
        return _json(service.view(session))

    @router.post("/runs/{id}/commands", response_model=RunView)
    async def command(id: str, body: Command, key: ControlKey = None) -> Response:
        """Play, pause, step, edit or stop."""
        session = service.get(id)
        session.check_key(key)
        await session.command(body)
        return _json(service.view(session))

    @router.delete("/runs/{id}", status_code=204)
    async def delete(id: str, key: ControlKey = None) -> Response:
        """End a run and forget it."""
        service.get(id).check_key(key)
        await service.delete(id)
        return Response(status_code=204)

    @router.get("/runs/{id}/trajectory", response_class=Response)
    async def read_trajectory(
        id: str,
        format: Literal["json", "csv", "npz"] = "json",
        since: Annotated[int, Query(ge=0, le=_MAX_STEP, description="first step")] = 0,
        stride: Annotated[int, Query(ge=1, le=_MAX_STEP, description="every so manyth step")] = 1,
        descent: Annotated[int | None, Query(ge=0, description="left out: all")] = None,
    ) -> Response:
        """The rows of a run so far. Row k is the point after k updates; `lr` is that of the k-th update."""
        session = service.get(id)
        descents = _chosen(session, descent)
        if format == "csv":
            return StreamingResponse(
                trajectory.to_csv(session, descents, since, stride), media_type="text/csv; charset=utf-8"
            )
        if format == "npz":
            data = await asyncio.to_thread(trajectory.to_npz, session, descents, since, stride)
            return Response(data, media_type="application/octet-stream")
        return StreamingResponse(
            trajectory.to_json(session, descents, since, stride), media_type="application/json"
        )

    return router


def _chosen(session: Session, descent: int | None) -> list[int]:
    count = len(session.log.descents)
    if descent is not None and descent >= count:
        raise InvalidValueError(
            f"descent must be below {count} but is {descent}; the first descent is number 0",
            parameter="descent",
            allowed=list(range(count)),
        )
    return list(range(count)) if descent is None else [descent]


def routers(service: Service, *, max_wait_s: float) -> list[APIRouter]:
    """Return all routers of the API."""
    return [
        catalogue_routes(service),
        table_routes(service),
        fit_routes(service),
        surface_routes(service),
        analysis_routes(service),
        run_routes(service, max_wait_s),
    ]
