"""The vendor folder and its manifest, as every test here reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FRONTEND = Path(__file__).parents[2] / "frontend"


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
