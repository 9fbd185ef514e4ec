"""``POST /api/surfaces``: the loss over a plane, at once or as a stream from coarse to fine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

import msgpack
import numpy as np
import orjson
from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import StreamingResponse

from downslope.api.problems import problem
from downslope.api.schemas import SurfaceRequest
from downslope.errors import DownslopeError
from downslope.service.refinement import Message
from downslope.service.service import Service
from downslope.service.surfaces import SurfaceQuery

MSGPACK = "application/msgpack"
JSON_LINES = "application/x-ndjson"
_CLIENT_CLOSED_REQUEST = 499  # nobody reads it; the server's log may


def to_json(content: Message) -> bytes:
    """Return grids as JSON, null for what is not finite."""
    return orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY)


def to_msgpack(content: Message) -> bytes:
    """Return grids as msgpack with little-endian float32 byte strings.

    The axes stay lists of float64: a rounded linspace is no linspace any more.
    """
    axes = {axis: content[axis].tolist() for axis in ("u", "v") if content.get(axis) is not None}
    packed: bytes = msgpack.packb(content | axes, default=_pack_grid)
    return packed


def _pack_grid(value: object) -> bytes:
    assert isinstance(value, np.ndarray)
    return np.ascontiguousarray(value, dtype="<f4").tobytes()


def surface_routes(service: Service) -> APIRouter:
    """Surfaces."""
    router = APIRouter(tags=["analysis"])

    @router.post("/surfaces", response_model=dict[str, Any])
    async def surfaces(
        body: SurfaceRequest, request: Request, accept: Annotated[str, Header()] = ""
    ) -> Response:
        """The loss on a grid: `z[j][i]` is the loss at `(u[i], v[j])`; for one parameter `v` is null.

        With `refine`, JSON lines or msgpack objects, one after another: `surface` from coarse to fine, the
        last with `is_final`, `progress` between, or `error`. Whoever goes away stops the work.
        """
        messages = service.surfaces.compute(_query(body), is_refined=body.refine)
        is_binary = MSGPACK in accept
        encode = to_msgpack if is_binary else to_json
        if not body.refine:
            return await _at_once(messages, request, encode, MSGPACK if is_binary else "application/json")
        first = await anext(messages)  # what is wrong with the request is told as such, before the stream
        end = b"" if is_binary else b"\n"
        stream = _lines(first, messages, lambda message: encode(message) + end)
        return StreamingResponse(stream, media_type=MSGPACK if is_binary else JSON_LINES)

    return router


def _query(body: SurfaceRequest) -> SurfaceQuery:
    return SurfaceQuery(
        body.objective,
        plane=body.plane.model_dump() if body.plane else None,
        range=body.range,
        resolution=body.resolution,
        gradient_resolution=body.gradient_resolution,
        seed=body.seed,
    )


async def _at_once(
    messages: AsyncIterator[Message], request: Request, encode: Callable[[Message], bytes], media_type: str
) -> Response:
    """Answer the surface alone; stop where nobody waits for it any more."""
    async for message in messages:
        if message["type"] == "surface":
            shown = {name: value for name, value in message.items() if name not in ("type", "is_final")}
            return Response(encode(shown), media_type=media_type)
        if await request.is_disconnected():
            break
    return Response(status_code=_CLIENT_CLOSED_REQUEST)


async def _lines(
    first: Message, rest: AsyncIterator[Message], encode: Callable[[Message], bytes]
) -> AsyncIterator[bytes]:
    yield encode(first)
    try:
        async for message in rest:
            yield encode(message)
    except DownslopeError as error:
        yield encode({"type": "error", "problem": problem(error)})
