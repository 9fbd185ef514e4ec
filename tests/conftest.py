"""What holds for all tests: nothing is left out silently."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


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
            del report.wasxfail
    return report


def pytest_deselected(items: list[Any]) -> None:
    config = items[0].config
    if config.getoption("--complete"):
        raise pytest.UsageError(f"no test may be deselected: {items[0].nodeid}")
