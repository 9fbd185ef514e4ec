"""What a person at the page sees and does, for tests."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import httpx
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator

# Software GL and Plotly say these wherever there is no GPU; neither is the page's own doing.
HARMLESS = re.compile(r"GL Driver Message|willReadFrequently|Automatic fallback to software WebGL")
PATIENCE_S = 60.0


class Desk:
    """One open page. `expected` are patterns of what the browser itself may log in a test of errors."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.page = context.new_page()
        self.expected: list[str] = []
        self._logged: list[str] = []
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self._logged.append(f"uncaught {error}"))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not HARMLESS.search(message.text):
            self._logged.append(f"{message.type}: {message.text} {message.location['url']}")

    @property
    def complaints(self) -> list[str]:
        return [text for text in self._logged if not any(re.search(one, text) for one in self.expected)]

    def open(self, address: str = "") -> None:
        self.page.goto(f"{self.url}/{address}")

    def close(self) -> None:
        # Leaving the page stops its run; closing the window under it would leave the run to itself.
        self.page.goto("about:blank")
        self.context.close()

    # What is on show -----------------------------------------------------------------------------------

    def look(self, expression: str) -> Any:
        """Evaluate an expression over ``downslope``, the page's window for scripts."""
        return json.loads(self.page.evaluate(f"JSON.stringify(({expression}) ?? null)"))

    def until(self, expression: str, patience_s: float = PATIENCE_S) -> Any:
        """Wait for an expression to be true, and return it (the page's policy forbids Playwright's way)."""
        deadline = time.monotonic() + patience_s
        while not (value := self.look(expression)):
            assert time.monotonic() < deadline, (expression, self.state())
            self.page.wait_for_timeout(30)
        return value

    def state(self) -> Any:
        return self.look(
            "window.downslope && {run: downslope.state.run, connection: downslope.state.connection,"
            " faults: downslope.state.faults, toasts: downslope.state.toasts,"
            " lengths: downslope.histories.map((h) => h.length)}"
        )

    def recipe(self) -> Any:
        return self.look("downslope.state.recipe")

    def run_id(self) -> str:
        run_id: str = self.until("window.downslope && downslope.state.run?.id")
        return run_id

    def until_step(self, step: int) -> None:
        self.until(
            f"window.downslope && downslope.histories.length > 0"
            f" && downslope.histories.every((h) => h.length > {step})"
        )

    def until_new_run(self, old: str) -> str:
        self.until(f"downslope.state.run.id !== {json.dumps(old)}")
        return self.run_id()

    def until_finished(self) -> None:
        self.until("window.downslope && downslope.state.run?.state === 'finished'")

    def rows(self, descent: int) -> list[list[float]]:
        """Return the page's rows of a descent as [loss, x, lr]."""
        rows: list[list[float]] = self.look(
            f"(() => {{ const h = downslope.histories[{descent}]; return Array.from({{length: h.length}},"
            " (_, k) => { const r = h.at(k); return [r.loss, r.theta[0], r.lr]; }); })()"
        )
        return rows

    def served_rows(self, descent: int) -> list[list[float]]:
        """Return the same rows as the server tells them."""
        answer = httpx.get(f"{self.url}/api/runs/{self.run_id()}/trajectory?descent={descent}").json()
        columns = answer["descents"][0] if "descents" in answer else answer
        return [
            [loss, theta[0], lr]
            for loss, theta, lr in zip(columns["loss"], columns["theta"], columns["lr"], strict=True)
        ]

    def camera(self) -> Any:
        plot = "document.querySelector('.landscape .js-plotly-plot')"
        return self.look(f"{plot}?._fullLayout?.scene?._scene?.getCamera().eye")

    # What can be touched -------------------------------------------------------------------------------

    def card(self, index: int) -> Locator:
        return self.page.locator(".card").nth(index)

    def rate(self, index: int) -> Locator:
        return self.card(index).locator("input[name=lr]")

    def formula_field(self) -> Locator:
        return self.page.locator(".formula-text")

    def type_into(self, field: Locator, text: str) -> None:
        field.fill(text)
        field.press("Enter")

    def plot(self, name: str) -> Locator:
        return self.page.locator(f".{name} .plot")
