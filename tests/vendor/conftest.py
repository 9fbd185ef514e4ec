"""The vendor folder, its manifest, and a browser that has nothing but the frontend folder."""

from __future__ import annotations

import json
import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from downslope.api.policy import content_security_policy

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"
ORIGIN = "http://downslope.test/"


@pytest.fixture(scope="session")
def frontend() -> Path:
    return FRONTEND


@pytest.fixture(scope="session")
def vendor(frontend: Path) -> Path:
    return frontend / "vendor"


@pytest.fixture(scope="session")
def manifest(vendor: Path) -> dict[str, dict[str, Any]]:
    """The manifest's rows by package name."""
    rows = json.loads((vendor / "manifest.json").read_text())["packages"]
    return {row["name"]: row for row in rows}


def _bench(frontend: Path) -> bytes:
    """Return an empty page with the real page's import map, styles and script of Plotly, and Swagger UI."""
    html = (frontend / "index.html").read_text(encoding="utf-8")
    import_map = re.search(r'<script type="importmap">.*?</script>', html, re.DOTALL)
    assert import_map is not None
    styles = ("inter/inter.css", "katex/katex.css", "swagger-ui/swagger-ui.css")
    scripts = ("plotly/plotly.js", "swagger-ui/swagger-ui-bundle.js")
    return "\n".join(
        [
            '<!doctype html><meta charset="utf-8">',
            '<link rel="icon" href="vendor/swagger-ui/favicon-32x32.png">',
            *(f'<link rel="stylesheet" href="vendor/{path}">' for path in styles),
            import_map.group(),
            *(f'<script defer src="vendor/{path}"></script>' for path in scripts),
            '<body><div id="app" style="width: 400px; height: 300px"></div></body>',
        ]
    ).encode()


class Host:
    """Answers the browser's requests from the frontend folder, and keeps what it asked of other hosts."""

    def __init__(self, frontend: Path) -> None:
        self._frontend = frontend
        self._bench = _bench(frontend)
        self._headers = {"content-security-policy": content_security_policy(self._bench)}
        self.refused: list[str] = []

    def answer(self, route: Route) -> None:
        url = route.request.url
        file = self._frontend / url.removeprefix(ORIGIN)
        if url == ORIGIN:
            route.fulfill(body=self._bench, headers=self._headers, content_type="text/html")
        elif url.startswith(ORIGIN) and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file)[0])
        else:
            self.refused.append(url)
            route.abort()


@pytest.fixture(scope="module")
def tab(browser_path: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--enable-unsafe-swiftshader"]
        )
        yield browser.new_page()
        browser.close()


@pytest.fixture
def page(tab: Page, frontend: Path) -> Iterator[Page]:
    """A fresh load of the bench; fails where it asked another host, broke the policy or logged an error."""
    host = Host(frontend)
    faults: list[str] = []

    def on_console(message: Any) -> None:
        if message.type == "error":
            faults.append(message.text)

    def on_error(error: Any) -> None:
        faults.append(str(error))

    tab.route("**/*", host.answer)
    tab.on("console", on_console)
    tab.on("pageerror", on_error)
    tab.goto(ORIGIN)
    yield tab
    tab.remove_listener("console", on_console)
    tab.remove_listener("pageerror", on_error)
    tab.unroute("**/*")
    assert (host.refused, faults) == ([], [])
