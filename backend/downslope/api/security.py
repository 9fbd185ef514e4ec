"""The one gate that every HTTP request and every WebSocket passes first."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from downslope.api import policy, problems
from downslope.api.hosts import AllowedHosts, is_same_origin
from downslope.errors import DownslopeError, ForbiddenError, TooLargeError
from downslope.settings import Settings

CLOSE_FORBIDDEN = 4403
CLOSE_LIMIT = 4429
STATUS_HEADERS_TOO_LARGE = 431
# The one place that takes whole files.
TABLES_PATH = "/api/tables"
# A body over the limit is read and thrown away up to this multiple, so that the client gets its answer.
DISCARD_FACTOR = 4


class SecurityMiddleware:
    """Checks ``Host`` and ``Origin``, bounds headers and bodies, and adds the headers of `policy`.

    Args:
        app: what is protected.
        settings: for `host`, `allowed_hosts`, `max_header_bytes`, `max_body_bytes` and `max_table_bytes`.
        page: the HTML page whose inline scripts the Content-Security-Policy allows.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings, page: bytes = b"") -> None:
        self._app = app
        self._hosts = AllowedHosts.of(settings)
        self._max_header_bytes = settings.max_header_bytes
        self._max_body_bytes = settings.max_body_bytes
        self._max_table_bytes = settings.max_table_bytes
        self._policy = policy.content_security_policy(page)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            host = self._check(scope)
            bounded = await self._bounded(scope, receive)
        except DownslopeError as error:
            await _refusal(error)(scope, receive, self._with_headers(send, self._policy))
        else:
            if bounded is not None:
                policy_of_host = f"{self._policy} ws://{host} wss://{host}"
                await self._app(scope, bounded, self._with_headers(send, policy_of_host))

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            self._check(scope)
        except DownslopeError as error:
            # A browser tells its page the close code of an accepted WebSocket only.
            code = CLOSE_LIMIT if isinstance(error, TooLargeError) else CLOSE_FORBIDDEN
            await receive()
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close", "code": code, "reason": error.title})
        else:
            await self._app(scope, receive, send)

    def _check(self, scope: Scope) -> str:
        """Return the host under which this server was rightly asked; raises what is told to the client."""
        self._check_size(scope)
        headers = Headers(scope=scope)
        host = self._check_host(headers.getlist("host"), scope)
        origins = headers.getlist("origin")
        if origins and (len(origins) > 1 or not is_same_origin(origins[0], host, scope["scheme"])):
            raise ForbiddenError(
                "Origin must be this server's own page; open the page at the address that the server printed",
                parameter="Origin",
            )
        return host

    def _check_size(self, scope: Scope) -> None:
        size = sum(len(name) + len(value) for name, value in scope["headers"])
        if size > self._max_header_bytes:
            raise TooLargeError(
                f"all headers must be at most {self._max_header_bytes} bytes but are {size}; send fewer",
                parameter="headers",
                allowed=f"at most {self._max_header_bytes} bytes",
            )

    def _check_host(self, hosts: list[str], scope: Scope) -> str:
        server = scope.get("server") or ("", None)
        if len(hosts) == 1 and self._hosts.allows_host(hosts[0], scope["scheme"], (server[0], server[1])):
            return hosts[0]
        raise ForbiddenError(
            "Host must be one name or address of this server; use the address that the server printed, or "
            "name this one in DOWNSLOPE_ALLOWED_HOSTS",
            parameter="Host",
        )

    async def _bounded(self, scope: Scope, receive: Receive) -> Receive | None:
        """Read the body, if any; return a `receive` that gives it again, or None where the client left."""
        headers = Headers(scope=scope)
        if "content-length" not in headers and "transfer-encoding" not in headers:
            return receive
        limit = self._max_table_bytes if scope["path"] == TABLES_PATH else self._max_body_bytes
        body = await self._read_body(int(headers.get("content-length", 0)), receive, limit)
        messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return messages.pop() if messages else await receive()

        return None if body is None else replay

    async def _read_body(self, declared: int, receive: Receive, limit: int) -> bytes | None:
        size, chunks = 0, []
        more_body = declared <= DISCARD_FACTOR * limit
        while more_body and size <= DISCARD_FACTOR * limit:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            chunk = message.get("body", b"")
            size += len(chunk)
            if size <= limit:
                chunks.append(chunk)
            more_body = message.get("more_body", False)
        if max(size, declared) > limit:
            detail = f"the body must be at most {limit} bytes but is larger; send less"
            raise TooLargeError(detail, parameter="body", allowed=f"at most {limit} bytes")
        return b"".join(chunks)

    def _with_headers(self, send: Send, content_security_policy: str) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", content_security_policy)
                for name, value in policy.HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        return send_with_headers


def _refusal(error: DownslopeError) -> Response:
    if not isinstance(error, TooLargeError):
        return problems.response(error)
    status = STATUS_HEADERS_TOO_LARGE if error.parameter == "headers" else error.status
    return problems.response(error, status=status, headers={"connection": "close"})
