"""The wheel holds the page, and what is installed from it runs."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from downslope import __version__

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel):
    return set(zipfile.ZipFile(wheel).namelist())


def tracked(folder):
    listing = subprocess.run(
        ["git", "ls-files", folder], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return {name for name in listing.stdout.splitlines() if (ROOT / name).is_file()}


def served(name):
    is_tool = "/vendor/build/" in name or Path(name).name.startswith("package")
    return not is_tool and Path(name).name not in {"tsconfig.json", ".npmrc"} and "/dev/" not in name


def test_the_wheel_holds_every_file_of_the_page(names):
    page = {name for name in tracked("frontend") if served(name)}
    assert "frontend/index.html" in page
    assert {f"downslope/{name}" for name in page} <= names


def test_the_wheel_holds_every_module(names):
    assert {name.removeprefix("backend/") for name in tracked("backend")} <= names


def test_the_wheel_holds_nothing_else(names):
    strange = [name for name in names if "node_modules" in name or not served(name)]
    assert strange == []
    assert {name.split("/")[0] for name in names} == {"downslope", f"downslope-{__version__}.dist-info"}


def test_what_is_installed_from_the_wheel_finds_its_page(wheel, tmp_path):
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(tmp_path),
    ]
    subprocess.run([*pip, str(wheel)], check=True)
    code = "import downslope.settings as s; print(s.__file__, s.Settings().frontend_dir)"
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    run = [sys.executable, "-c", code]
    output = subprocess.run(
        run, env=environment, cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    assert output.split() == [str(tmp_path / "downslope/settings.py"), str(tmp_path / "downslope/frontend")]
    assert (tmp_path / "downslope/frontend/index.html").is_file()
    version = [sys.executable, "-m", "downslope", "--version"]
    output = subprocess.run(
        version, env=environment, cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    assert output == f"downslope {__version__}\n"
