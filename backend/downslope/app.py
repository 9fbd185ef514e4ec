"""The only place where the objects of a server meet. Nothing is built at import."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.routing import Match, Mount
from starlette.types import Scope

from downslope import __version__
from downslope.api import description, problems, routes, stream
from downslope.api.bodies import JsonBodyMiddleware
from downslope.api.security import SecurityMiddleware
from downslope.engine.engine import Engine
from downslope.service.service import Service
from downslope.settings import Settings

_DESCRIPTION = """
Real `torch.optim` steps on demand. Create a run with `POST /api/runs`, follow it on
`ws /api/runs/{id}/stream`, or read it with `GET /api/runs/{id}/trajectory`.
Every error is an `application/problem+json` whose `detail` says the way out.
"""


class _PageMount(Mount):
    """The page's files, everywhere but under ``/api``: there a wrong method is told as such."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["path"].startswith("/api/"):
            return Match.NONE, {}
        return super().matches(scope)


def create_app(settings: Settings) -> FastAPI:
    """Wire a server: workers, runs, routes, page. The workers start with the server and end with it."""
    engine = Engine(
        num_workers=settings.num_workers,
        slice_s=settings.slice_ms / 1000,
        hang_timeout_s=settings.hang_timeout_s,
        warmup_timeout_s=settings.warmup_timeout_s,
    )
    service = Service(settings, engine)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.start()
        yield
        await service.stop()

    app = FastAPI(
        title="Downslope",
        version=__version__,
        description=_DESCRIPTION,
        docs_url=None,  # the page under /docs/ needs no CDN
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.service = service
    problems.install(app)
    description.install(app)
    for router in routes.routers(service, max_wait_s=settings.max_wait_s):
        app.include_router(router, prefix="/api")
    app.include_router(
        stream.stream_routes(service, max_lag_s=settings.max_lag_s, beat_interval_s=settings.beat_interval_s),
        prefix="/api",
    )
    app.router.routes.append(_PageMount("/", StaticFiles(directory=settings.frontend_dir, html=True)))
    # The last one added is the outermost.
    app.add_middleware(JsonBodyMiddleware)
    page = settings.frontend_dir / "index.html"
    app.add_middleware(SecurityMiddleware, settings=settings, page=page.read_bytes())
    return app
