"""Reads JSON more strictly than Python: no NaN, no Infinity, no half characters; errors say where."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator, Iterator
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from downslope.api.problems import response
from downslope.api.validation import joined, shown
from downslope.errors import InvalidValueError, MalformedError, UserError


def read_json(text: str | bytes, parameter: str = "body") -> Any:
    """Return the data that `text` holds.

    Raises:
        MalformedError: it is not JSON; the sentence has the line and the column.
        InvalidValueError: a number is not finite, or a string cannot be written as UTF-8.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        detail = f"{parameter} must be JSON but at {place}: {error.msg}"
        raise MalformedError(detail, parameter=parameter) from None
    except RecursionError:
        detail = f"{parameter} must be JSON but is nested too deeply"
        raise MalformedError(detail, parameter=parameter) from None
    except ValueError as error:
        detail = f"{parameter} must be JSON in UTF-8 but is not: {error}"
        raise MalformedError(detail, parameter=parameter) from None
    _check_leaves(data, parameter)
    return data


def _check_leaves(data: object, parameter: str) -> None:
    for path, leaf in _leaves(data):
        name = path or parameter
        if isinstance(leaf, float) and not math.isfinite(leaf):
            detail = f"{name} must be a finite number but is {shown(leaf)}; send one that float64 can hold"
            raise InvalidValueError(detail, parameter=name, allowed="a finite number")
        if isinstance(leaf, str) and not _is_text(leaf):
            detail = f"{name} must be text but has half of a surrogate pair; send the whole character"
            raise InvalidValueError(detail, parameter=name)


def _leaves(data: object) -> Iterator[tuple[str, object]]:
    """Give every key and every value that holds no others, with its path; without recursion."""
    stack: list[tuple[str, object]] = [("", data)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            yield from ((path, key) for key in value)
            stack.extend((joined(path, key), item) for key, item in reversed(value.items()))
        elif isinstance(value, list):
            stack.extend((joined(path, i), value[i]) for i in range(len(value) - 1, -1, -1))
        else:
            yield path, value


def _is_text(value: str) -> bool:
    return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)


class JsonBodyMiddleware:
    """Answers a request whose JSON body :func:`read_json` refuses, before any route sees it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "json" not in Headers(scope=scope).get("content-type", "").lower():
            await self._app(scope, receive, send)
            return
        messages = [message async for message in _body_messages(receive)]
        try:
            _check_body(b"".join(message.get("body", b"") for message in messages))
        except UserError as error:
            await response(error)(scope, receive, send)
            return

        async def replay() -> Message:
            return messages.pop(0) if messages else await receive()

        await self._app(scope, replay, send)


async def _body_messages(receive: Receive) -> AsyncIterator[Message]:
    more_body = True
    while more_body:
        message = await receive()
        more_body = message.get("more_body", False)
        yield message


def _check_body(body: bytes) -> None:
    if body:
        read_json(body)
