"""The WebSocket of a run: one task sends what is new, one always reads beside it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, cast, get_args

import msgpack
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import Field, TypeAdapter, ValidationError

from downslope.api.bodies import read_json
from downslope.api.problems import problem
from downslope.api.validation import user_error
from downslope.errors import (
    DownslopeError,
    InvalidValueError,
    KeyRequiredError,
    MalformedError,
    NotFoundError,
    TooManyError,
)
from downslope.recipe import Count, Part
from downslope.service.commands import Command
from downslope.service.encoding import Encoding, encode
from downslope.service.service import Service
from downslope.service.session import Session
from downslope.service.subscription import Part as IncludedPart
from downslope.service.subscription import Subscription

TOO_SLOW, BAD_KEY, NO_SUCH_RUN, LIMIT, BAD_REQUEST = 4008, 4401, 4404, 4429, 1008
_MAX_REPLIES = 100
_MAX_ID_LENGTH = 80
_commands: TypeAdapter[Any] = TypeAdapter(Command)


class _CloseError(Exception):
    """End the stream with a code and a reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class _Stream:
    def __init__(
        self, websocket: WebSocket, service: Service, max_lag_s: float, beat_interval_s: float
    ) -> None:
        self._websocket = websocket
        self._service = service
        self._max_lag_s = max_lag_s
        self._beat_interval_s = beat_interval_s
        self._is_controlled = False
        self._replies: list[bytes] = []
        self._session: Session
        self._subscription: Subscription
        self._encoding: Encoding = "json"

    async def serve(self, run: str, since: str, encoding: str, include: str) -> None:
        """Accept, stream until either side ends, and close with a code that says why."""
        await self._websocket.accept()
        try:
            self._subscribe(run, since, encoding, include)
        except DownslopeError as error:
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await self._send(encode({"type": "error", "problem": problem(error)}, "json"))
                await self._websocket.close(_close_code(error), error.title)
            return
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._send_all())
                tasks.create_task(self._read_all())
        except* _CloseError as group:
            close = group.exceptions[0]
            assert isinstance(close, _CloseError)
            with contextlib.suppress(WebSocketDisconnect, RuntimeError, TimeoutError):
                async with asyncio.timeout(1.0):
                    await self._websocket.close(close.code, close.reason)
        except* (WebSocketDisconnect, RuntimeError):
            pass  # the subscriber is gone
        finally:
            self._service.unsubscribe(self._subscription)

    def _subscribe(self, run: str, since: str, encoding: str, include: str) -> None:
        self._session = self._service.get(run)
        if encoding not in get_args(Encoding):
            raise InvalidValueError(
                f"encoding must be json or msgpack but is {encoding[:40]}; try json",
                parameter="encoding",
                allowed=list(get_args(Encoding)),
            )
        if not (since.isascii() and since.isdigit() and len(since) < 16):
            raise InvalidValueError(
                f"since must be a step, 0 or greater, but is {since[:40]}; try 0", parameter="since"
            )
        self._encoding = "msgpack" if encoding == "msgpack" else "json"
        parts = _included(include)
        self._subscription = self._service.subscribe(self._session, int(since), self._encoding, parts)

    # Sending -------------------------------------------------------------------------------------------

    async def _send_all(self) -> None:
        subscription = self._subscription
        await self._send(subscription.first_message(self._service.torch_version))
        while True:
            for message in subscription.messages():
                await self._send(message)
                await asyncio.sleep(0)  # a long past must not keep the loop from everyone else
            while self._replies:
                await self._send(self._replies.pop(0))
            if self._session.is_forgotten:
                raise _CloseError(NO_SUCH_RUN, "the run is no longer kept")
            if subscription.lag_s > self._max_lag_s:
                raise _CloseError(TOO_SLOW, "too slow: resume later with since")
            if not await subscription.wait(self._beat_interval_s):
                await self._send(subscription.beat())

    async def _send(self, message: bytes) -> None:
        """Send one message; a subscriber that takes none for too long is closed."""
        try:
            async with asyncio.timeout(self._max_lag_s):
                if self._encoding == "json":
                    await self._websocket.send_text(message.decode())
                else:
                    await self._websocket.send_bytes(message)
        except TimeoutError:
            raise _CloseError(TOO_SLOW, "too slow: resume later with since") from None

    # Reading -------------------------------------------------------------------------------------------

    async def _read_all(self) -> None:
        while True:
            event = await self._websocket.receive()
            if event["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(event.get("code", 1005))
            await self._handle(event)

    async def _handle(self, event: Any) -> None:
        command_id = None
        try:
            message = _decode(event)
            command_id = _echoed(message.get("command_id"))
            await self._obey(message)
        except ValidationError as error:
            self._reply(user_error(error.errors(), message), command_id)
        except DownslopeError as error:
            self._reply(error, command_id)
            if isinstance(error, KeyRequiredError) and message.get("type") == "control":
                raise _CloseError(BAD_KEY, error.title) from None

    async def _obey(self, message: dict[str, Any]) -> None:
        match message.get("type"):
            case "ack":
                self._subscription.acknowledge(_Ack.model_validate(message).step)
            case "control":
                self._session.check_key(_Control.model_validate(message).key)
                self._is_controlled = True
            case _:
                command = _commands.validate_python(message)
                if not self._is_controlled:
                    raise KeyRequiredError(
                        f"{command.type} needs the run's control key; "
                        'send {"type": "control", "key": ...} first',
                        parameter="key",
                    )
                await self._session.command(command)

    def _reply(self, error: DownslopeError, command_id: object) -> None:
        """Leave an error for the sending task: only that one sends."""
        if len(self._replies) >= _MAX_REPLIES:
            raise _CloseError(TOO_SLOW, "too many errors are unread")
        reply = {"type": "error", "problem": problem(error), "command_id": command_id}
        self._replies.append(encode(reply, self._encoding))
        self._subscription.wake()


class _Ack(Part):
    type: str
    step: Count = Field(ge=-1)


class _Control(Part):
    type: str
    key: str = Field(max_length=200)


def _included(text: str) -> frozenset[IncludedPart]:
    """Return the parts that a query's ``include`` names, separated by commas."""
    allowed = get_args(IncludedPart)
    names = [name for name in text.split(",") if name]
    wrong = next((name for name in names if name not in allowed), None)
    if wrong is not None:
        raise InvalidValueError(
            f"include must name {' or '.join(allowed)} but names {wrong[:40]}; try {','.join(allowed)}",
            parameter="include",
            allowed=list(allowed),
        )
    return frozenset(cast(list[IncludedPart], names))


def _decode(event: Any) -> dict[str, Any]:
    """Return the message of a WebSocket event: JSON as text, msgpack as binary."""
    text = event.get("text")
    message = read_json(text, "message") if text is not None else _unpack(event["bytes"])
    if not isinstance(message, dict) or "type" not in message:
        raise MalformedError("a message must be an object with a type; it was left alone", parameter="type")
    return message


def _unpack(data: bytes) -> Any:
    try:
        return msgpack.unpackb(data)
    except Exception as error:  # msgpack raises ValueError, its own errors, RecursionError and more
        raise MalformedError("the message is not valid msgpack; it was left alone") from error


def _echoed(command_id: object) -> str | None:
    """Return an id that may be told back in either encoding."""
    return command_id if isinstance(command_id, str) and len(command_id) <= _MAX_ID_LENGTH else None


def _close_code(error: DownslopeError) -> int:
    if isinstance(error, NotFoundError):
        return NO_SUCH_RUN
    return LIMIT if isinstance(error, TooManyError) else BAD_REQUEST


def stream_routes(service: Service, *, max_lag_s: float, beat_interval_s: float) -> APIRouter:
    """The stream of a run."""
    router = APIRouter()

    @router.websocket("/runs/{id}/stream")
    async def stream(
        websocket: WebSocket, id: str, since: str = "0", encoding: str = "json", include: str = ""
    ) -> None:
        await _Stream(websocket, service, max_lag_s, beat_interval_s).serve(id, since, encoding, include)

    return router
