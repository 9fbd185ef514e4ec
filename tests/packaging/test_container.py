"""The container starts the same server with the same commands. No container engine is needed here."""

import json
import re
import tomllib
from pathlib import Path

from downslope.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = (ROOT / "docker-compose.yml").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
PORT = Settings.model_fields["port"].default


def instructions(name):
    return re.findall(rf"^{name} (.+)$", DOCKERFILE, re.MULTILINE)


def test_the_container_installs_with_the_lines_of_the_readme():
    torch, downslope = [line.replace("--no-cache-dir ", "") for line in instructions("RUN") if "pip" in line]
    assert torch in README
    assert downslope == "pip install -c constraints.txt ."


def test_the_container_starts_the_server_open_and_without_a_browser():
    assert [json.loads(line) for line in instructions("CMD")] == [
        ["downslope", "serve", "--host", "0.0.0.0", "--no-browser"]
    ]


def test_the_container_is_slim_not_root_and_of_a_python_that_is_supported():
    (image,) = instructions("FROM")
    version = re.fullmatch(r"python:3\.(\d+)-slim", image)
    required = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert int(version[1]) >= int(required.removeprefix(">=3."))
    assert instructions("USER") == ["downslope"]
    assert DOCKERFILE.index("USER") < DOCKERFILE.index("\nCMD")


def test_the_health_check_asks_a_route_that_exists():
    (check,) = instructions("HEALTHCHECK")
    assert f"http://127.0.0.1:{PORT}/api/health" in check
    assert instructions("EXPOSE") == [str(PORT)]


def test_compose_publishes_the_port_to_this_machine_only():
    assert re.findall(r'- "(.+:.+)"', COMPOSE) == [f"127.0.0.1:{PORT}:{PORT}"]
    assert "build: ." in COMPOSE


def test_nothing_that_the_build_needs_is_kept_out_of_it():
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert not {"backend", "frontend", "constraints.txt", "pyproject.toml", "README.md", "LICENSE"} & set(
        ignored
    )
