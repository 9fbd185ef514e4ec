"""Every error as ``application/problem+json`` (RFC 9457): one shape, whoever raised it."""

from __future__ import annotations

import asyncio
import http
import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from downslope.api.validation import user_error
from downslope.errors import DownslopeError, InternalError, UnavailableError

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:downslope:error:"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
logger = logging.getLogger(__name__)


def problem(error: DownslopeError, *, status: int | None = None) -> dict[str, Any]:
    """Return the body of the answer for `error`; `status` where it is not the one of its class."""
    return {
        "type": TYPE_PREFIX + error.code,
        "title": error.title,
        "status": status or error.status,
        **error.to_dict(),
    }


def response(
    error: DownslopeError, *, status: int | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the whole answer for `error`."""
    return _answer(problem(error, status=status), headers)


def _answer(body: dict[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    return JSONResponse(body, body["status"], headers, media_type=MEDIA_TYPE)


async def _downslope_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DownslopeError)
    if isinstance(error, InternalError):
        logger.error("%s", error, exc_info=error)
    return response(error)


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return response(user_error(error.errors(), error.body))


async def _http_exception(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses itself: no such route, a method that a route does not have."""
    assert isinstance(error, HTTPException)
    phrase = http.HTTPStatus(error.status_code).phrase
    code = phrase.lower().replace(" ", "_").replace("-", "_")
    headers = dict(error.headers or {})
    allowed = None
    if error.status_code == http.HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = _methods(request)
        headers["Allow"] = ", ".join(allowed)
    body = {"type": TYPE_PREFIX + code, "title": phrase, "status": error.status_code, "code": code}
    body |= {"detail": _http_detail(request, error, allowed), "parameter": None, "allowed": allowed}
    return _answer(body, headers)


def _methods(request: Request) -> list[str]:
    """Return the methods that this path can be asked with; where no route is, there are files, to be read."""
    routes = [route for route in request.app.routes if not isinstance(route, Mount)]
    scopes = [{"type": "http", "path": request.url.path, "root_path": "", "method": name} for name in METHODS]
    matching = [scope for scope in scopes if any(route.matches(scope)[0] is Match.FULL for route in routes)]
    return [scope["method"] for scope in matching] or ["GET", "HEAD"]


def _http_detail(request: Request, error: HTTPException, allowed: list[str] | None) -> str:
    if allowed:
        return f"{request.url.path} cannot be asked with {request.method}; use {' or '.join(allowed)}"
    if error.status_code == http.HTTPStatus.NOT_FOUND and error.detail == http.HTTPStatus.NOT_FOUND.phrase:
        return f"there is no {request.url.path}; /docs lists what there is"
    return error.detail


class CrashMiddleware:
    """Answers an exception that nobody expected with ``internal``: the log has it, the client does not.

    And a request that the end of the server cuts short with ``unavailable``.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_started = False

        async def watched_send(message: Message) -> None:
            nonlocal is_started
            is_started = True
            await send(message)

        try:
            await self._app(scope, receive, watched_send)
        except asyncio.CancelledError:
            # Only a server that shuts down cancels a request, when its time to end by itself is over.
            if scope["type"] != "http" or is_started:
                raise
            error = UnavailableError("the server is shutting down; try again when it is back")
            await response(error)(scope, receive, send)
        except Exception:
            if scope["type"] != "http" or is_started:
                raise
            logger.exception("%s %s failed", scope["method"], scope["path"])
            defect = InternalError("something broke in the server; its log says what, please report it")
            await response(defect)(scope, receive, send)


def install(app: FastAPI) -> None:
    """Make `app` answer every error in this shape. Call it before the security middleware is added."""
    app.add_exception_handler(DownslopeError, _downslope_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_exception)
    app.add_middleware(CrashMiddleware)
