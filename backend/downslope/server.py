"""Runs one server until it is told to stop: socket, uvicorn, browser."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Mapping
from typing import Any

import uvicorn
from pydantic import ValidationError
from starlette.types import ASGIApp

from downslope.api.hosts import AllowedHosts, is_loopback
from downslope.settings import Settings

GRACEFUL_SHUTDOWN_S = 5
# h11 cuts a connection whose headers are still not complete at this multiple of what we answer with 431.
HEADER_BUFFER_FACTOR = 4


class StartError(Exception):
    """The server cannot start; the sentence says the way out."""


def serve(given: Mapping[str, Any], opens_browser: bool) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Args:
        given: settings from the command line; they win over the environment.
        opens_browser: whether to open the page where there is a browser.

    Raises:
        StartError: a setting is wrong, or its address cannot be listened on.
    """
    # uvicorn, once it has shut down, raises the signal that stopped it again: stopping is success.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with contextlib.suppress(KeyboardInterrupt):
        _run(_settings(given), opens_browser)


def _run(settings: Settings, opens_browser: bool) -> None:
    with listen(settings.host, settings.port) as listener:
        from downslope.app import create_app

        url = page_url(settings.host, listener.getsockname()[1])
        server = _Server(_config(create_app(settings), settings), url, opens_browser)
        server.run(sockets=[listener])


def _settings(given: Mapping[str, Any]) -> Settings:
    try:
        settings = Settings(**given)
        AllowedHosts.of(settings)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"DOWNSLOPE_{first['loc'][0]}".upper()
        raise StartError(f"{name} is {first['input']!r}: {first['msg']}") from None
    except ValueError as error:
        raise StartError(f"DOWNSLOPE_ALLOWED_HOSTS: {error}") from None
    return settings


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port`, so that who connects from now on is answered."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError):
        raise StartError(f"{host} is no address of this machine; try --host 127.0.0.1") from None
    listener = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise StartError(failure(error, host, port)) from None
    return listener


def failure(error: OSError, host: str, port: int) -> str:
    other = port + 1 if port < 65535 else 8000
    match error.errno:
        case errno.EADDRINUSE:
            return f"port {port} is in use; try --port {other} or PORT={other} make run"
        case errno.EACCES | errno.EPERM:
            return f"port {port} needs more rights than you have; try --port 8000 or PORT=8000 make run"
        case errno.EADDRNOTAVAIL:
            return f"{host} is no address of this machine; try --host 127.0.0.1"
    return f"cannot listen on {host}, port {port}: {error.strerror}; try --host 127.0.0.1 --port {other}"


def _config(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http="h11",  # the parser that bounds headers
        h11_max_incomplete_event_size=HEADER_BUFFER_FACTOR * settings.max_header_bytes,
        ws="websockets-sansio",
        ws_max_size=settings.max_message_bytes,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACEFUL_SHUTDOWN_S,
    )


class _Server(uvicorn.Server):
    """Says where the page is, and opens it, as soon as it can be had."""

    def __init__(self, config: uvicorn.Config, url: str, opens_browser: bool) -> None:
        super().__init__(config)
        self._url = url
        self._opens_browser = opens_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            _announce(self._url, sockets or [])
            if self._opens_browser and has_browser():
                threading.Thread(target=webbrowser.open, args=(self._url,), daemon=True).start()


def _announce(url: str, sockets: list[socket.socket]) -> None:
    print(f"Downslope is at {url} (Ctrl-C stops it)", flush=True)  # noqa: T201
    host, port = sockets[0].getsockname()[:2]
    if not is_loopback(host):
        address = _network_address() if host in ("0.0.0.0", "::") else host  # noqa: S104
        print(f"Everyone on your network can open it: {page_url(address, port)}", flush=True)  # noqa: T201


def page_url(host: str, port: int) -> str:
    """Return the address to open in a browser on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _network_address() -> str:
    """Return the address under which the network knows this machine, or its name."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: this asks for the route to an address reserved for documentation (RFC 5737).
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])


def has_browser() -> bool:
    has_display = "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return sys.platform in ("win32", "darwin") or has_display
