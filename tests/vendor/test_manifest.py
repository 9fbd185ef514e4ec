"""The vendor folder is what its manifest says, and what the Python package and the lock files say too."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from plotly.offline import get_plotlyjs_version

Manifest = dict[str, dict[str, Any]]

NOT_VENDORED = {"README.md", "build", "manifest.json"}
LICENSES = {
    "Apache-2.0": "Apache License",
    "ISC": "Permission to use, copy, modify, and/or distribute",
    "MIT": "Permission is hereby granted, free of charge",
    "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1",
}
PINNED = re.compile(r"\d+\.\d+\.\d+")


def test_every_vendored_file_is_listed_with_its_size_and_checksum(vendor: Path, manifest: Manifest) -> None:
    listed = {
        file["path"]: (file["bytes"], file["sha256"]) for row in manifest.values() for file in row["files"]
    }
    found = {
        path.relative_to(vendor).as_posix(): (
            path.stat().st_size,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for entry in vendor.iterdir()
        if entry.name not in NOT_VENDORED
        for path in [entry, *entry.rglob("*")]
        if path.is_file()
    }
    assert found == listed


def test_every_package_has_its_licence_in_its_own_folder(vendor: Path, manifest: Manifest) -> None:
    for row in manifest.values():
        (folder,) = {file["path"].split("/")[0] for file in row["files"]}
        assert LICENSES[row["license"]] in (vendor / folder / "LICENSE").read_text(), row["name"]


def test_licences_of_what_plotly_bundles_are_kept(vendor: Path) -> None:
    notices = (vendor / "plotly" / "BUNDLED-LICENSES.txt").read_text()
    names = re.findall(r"^(@?[\w./-]+) \d+\.\d+\.\d+$", notices, re.MULTILINE)
    assert {"@plotly/d3", "d3-format", "gl-mat4"} <= set(names)


def test_plotly_is_the_version_that_the_python_package_carries(vendor: Path, manifest: Manifest) -> None:
    version = get_plotlyjs_version()
    script = (vendor / "plotly" / "plotly.js").read_text()
    assert manifest["plotly.js"]["version"] == version
    assert f"v{version}\n* Copyright 2012-" in script[:200]
    assert "* Licensed under the MIT license\n" in script[:250]
    assert re.search(rf'\.version="{re.escape(version)}"', script)


def _pins(folder: Path) -> dict[str, str]:
    pins: dict[str, str] = json.loads((folder / "package.json").read_text())["devDependencies"]
    return pins


def test_vendored_packages_are_at_the_versions_that_the_build_pins(vendor: Path, manifest: Manifest) -> None:
    pins = _pins(vendor / "build")
    assert {name: row["version"] for name, row in manifest.items()} == {name: pins[name] for name in manifest}


def test_types_are_checked_against_the_vendored_versions(frontend: Path, manifest: Manifest) -> None:
    checked = _pins(frontend)
    shared = manifest.keys() & checked.keys()
    assert {"htm", "katex", "preact", "@msgpack/msgpack"} <= shared
    assert {name: checked[name] for name in shared} == {name: manifest[name]["version"] for name in shared}


@pytest.mark.parametrize("folder", ["", "vendor/build"])
def test_lock_files_agree_with_the_pins_and_name_no_download_address(frontend: Path, folder: str) -> None:
    lock = json.loads((frontend / folder / "package-lock.json").read_text())["packages"]
    pins = _pins(frontend / folder)
    assert all(PINNED.fullmatch(version) for version in pins.values())
    assert lock[""]["devDependencies"] == pins
    for path, package in lock.items():
        assert "resolved" not in package, path
        assert path == "" or package["integrity"].startswith("sha512-"), path
