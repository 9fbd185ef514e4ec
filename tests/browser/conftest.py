"""A real server as a process, and a real browser that looks at its page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from desk import Desk
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
LAPTOP = (1280, 800)


class Server:
    """``downslope serve`` as a process. It can be stopped and started again at the same address."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self.url = ""
        self.start("0")

    def start(self, port: str | None = None) -> None:
        port = port or self.url.rpartition(":")[2]
        command = [sys.executable, "-m", "downslope", "serve", "--no-browser", "--port", port]
        path = os.pathsep.join([str(ROOT / "backend"), os.environ.get("PYTHONPATH", "")])
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        address = re.search(r"http://\S+", line)
        assert address is not None, f"the server printed no address but {line!r}"
        self.url = address.group()

    def stop(self) -> None:
        assert self._process is not None and self._process.stdout is not None
        self._process.terminate()
        self._process.wait(30)
        self._process.stdout.close()

    def memory_bytes(self) -> int:
        """Return what the server and its workers hold in memory."""
        assert self._process is not None
        process = psutil.Process(self._process.pid)
        return sum(part.memory_info().rss for part in [process, *process.children(recursive=True)])


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def browser(browser_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--enable-unsafe-swiftshader"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_desk(browser: Browser, server: Server) -> Iterator[Callable[..., Desk]]:
    """Open the page at an address, as often as a test likes; at its end no console may have complained."""
    desks: list[Desk] = []

    def open_desk(
        address: str = "", *, size: tuple[int, int] = LAPTOP, language: str = "en-GB", **options: object
    ) -> Desk:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=language,
            **options,  # type: ignore[arg-type]
        )
        desk = Desk(context, server.url)
        desks.append(desk)
        desk.open(address)
        return desk

    yield open_desk
    for desk in desks:
        desk.close()
    assert [complaint for desk in desks for complaint in desk.complaints] == []
