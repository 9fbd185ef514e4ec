"""Drives an ASGI app without a network: HTTP through httpx, WebSockets message by message."""

import asyncio

import httpx


class AsgiClient:
    def __init__(self, app, base_url="http://127.0.0.1:8000"):
        self._app = app
        self._base_url = httpx.URL(base_url)

    def request(self, method, path, **request):
        return asyncio.run(self._request(method, path, **request))

    def get(self, path, **request):
        return self.request("GET", path, **request)

    def post(self, path, **request):
        return self.request("POST", path, **request)

    async def _request(self, method, path, **request):
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url=self._base_url) as client:
            return await client.request(method, path, **request)

    def websocket(self, path, headers=None):
        """Return what the server sends to a WebSocket that only connects."""
        return asyncio.run(self._websocket(path, {"host": self._base_url.netloc.decode(), **(headers or {})}))

    async def _websocket(self, path, headers):
        sent = []
        scope = {
            "type": "websocket",
            "scheme": "ws",
            "path": path,
            "query_string": b"",
            "root_path": "",
            "server": (self._base_url.host, self._base_url.port),
            "subprotocols": [],
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }

        async def receive():
            return {"type": "websocket.connect"}

        async def send(message):
            sent.append(message)

        await self._app(scope, receive, send)
        return sent
