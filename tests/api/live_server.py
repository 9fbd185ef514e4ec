"""A real server on a free port, in a thread of this process, so that tests can look inside."""

import contextlib
import socket
import threading
from dataclasses import dataclass

import httpx
import uvicorn

from downslope.app import create_app
from downslope.service.service import Service
from downslope.settings import Settings


@dataclass
class Server:
    url: str
    http: httpx.Client
    service: Service

    @property
    def websocket_url(self):
        return self.url.replace("http", "ws")


@contextlib.contextmanager
def serving(**settings):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        app = create_app(Settings(port=port, **settings))
        config = uvicorn.Config(app, log_level="error", ws="websockets-sansio", timeout_graceful_shutdown=2)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        url = f"http://127.0.0.1:{port}"
        try:
            with httpx.Client(base_url=url, timeout=180) as client:
                client.get("/api/objectives").raise_for_status()
                yield Server(url, client, app.state.service)
        finally:
            server.should_exit = True
            thread.join()
