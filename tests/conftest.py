"""What holds for all tests: nothing is left out silently."""

from __future__ import annotations

import os
import runpy
from collections.abc import Generator
from pathlib import Path
from typing import Any, TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser to drive: ``CHROMIUM``, or the one that is installed. A test that finds none fails."""
    finder = runpy.run_path(str(Path(__file__).parents[1] / "scripts" / "install_browser.py"))
    path = os.environ.get("CHROMIUM") or finder["find_browser"]()
    assert path is not None, "no Chromium or Chrome was found; run scripts/install_browser.py or set CHROMIUM"
    # Debian's starter adds flags that move all drawing to software GL; the program itself does not.
    debian = Path("/usr/lib/chromium/chromium")
    return str(debian) if path == "/usr/bin/chromium" and debian.is_file() else path


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--complete", action="store_true", help="fail where a test was deselected")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _failed_where_skipped((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _failed_where_skipped((yield))


def _failed_where_skipped(report: Report) -> Report:
    was_expected_to_fail = hasattr(report, "wasxfail")
    if report.skipped or was_expected_to_fail:
        report.longrepr = f"no test may be skipped or expected to fail: {report.longrepr}"
        report.outcome = "failed"
        if was_expected_to_fail:
            del report.wasxfail  # else the report is counted as expected, whatever its outcome says
    return report


def pytest_deselected(items: list[Any]) -> None:
    config = items[0].config
    if config.getoption("--complete"):
        raise pytest.UsageError(f"no test may be deselected: {items[0].nodeid}")
