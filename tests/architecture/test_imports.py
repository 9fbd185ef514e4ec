"""The direction of imports that docs/architecture.md draws, and the two sides of the engine."""

import re
import subprocess
import sys

import pytest
from imports import BEHIND_DOORS, IMPORTS, MODULES, ROOT, imports, loaded_with

ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
COMMAND_LINE = {"__main__", "server"}
COMPUTES = {"torch", "sympy", "scipy"}
WORKER_SIDE = {"downslope.engine.worker", "downslope.engine.preload"}
SETTINGS_USERS = {"app", "api", "service", *COMMAND_LINE}


def layers():
    """Return the layers as the document draws them, the highest first."""
    (line,) = re.findall(r"^app -> .*$", ARCHITECTURE, re.MULTILINE)
    return [re.findall(r"\w+", layer) for layer in line.split("->")]


RANK = {part: rank for rank, layer in enumerate(layers()) for part in layer}
RANK |= dict.fromkeys(COMMAND_LINE, -1)


def part_of(name):
    return name.split(".")[1] if "." in name else ""


EDGES = sorted(
    {
        (name, target)
        for name, targets in IMPORTS.items()
        for target in targets
        if target.startswith("downslope.") and part_of(target) != part_of(name)
    }
)


@pytest.mark.parametrize("part", sorted({part_of(name) for name in MODULES} - {"", "settings"}))
def test_every_part_of_the_package_has_its_layer(part):
    assert part in RANK


@pytest.mark.parametrize(("name", "target"), EDGES)
def test_imports_point_down(name, target):
    if part_of(target) == "settings":
        assert part_of(name) in SETTINGS_USERS
    elif part_of(name) in COMMAND_LINE and part_of(target) in COMMAND_LINE:
        assert (part_of(name), part_of(target)) == ("__main__", "server")
    else:
        assert RANK[part_of(name)] < RANK[part_of(target)]


@pytest.mark.parametrize("name", ["downslope.app", "downslope.server", "downslope.__main__"])
def test_the_web_process_loads_nothing_that_computes(name):
    for module in loaded_with(name):
        found = {target.split(".")[0] for target in IMPORTS[module]} & COMPUTES
        assert not found, f"{module} imports {found}"


@pytest.mark.parametrize("name", sorted(set(MODULES) - WORKER_SIDE))
def test_only_the_door_of_a_worker_leads_to_its_side(name):
    assert IMPORTS[name] & WORKER_SIDE <= BEHIND_DOORS.get(name, set())


def test_the_web_process_really_imports_neither_torch_nor_sympy():
    command = [sys.executable, "-X", "importtime", "-c", "import downslope.app"]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in run.stderr.splitlines()}
    assert "fastapi" in loaded
    assert not loaded & COMPUTES


def test_the_command_line_is_light_because_every_worker_imports_it_again():
    code = "import sys, downslope.__main__; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    heavy = COMPUTES | {"numpy", "fastapi", "starlette", "uvicorn", "pydantic", "httpx"}
    assert not set(run.stdout.split()) & heavy


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import torch.nn as nn", {"torch.nn"}),
        ("def f():\n    from downslope import recipe, __version__", {"downslope.recipe"}),
        ("from downslope.errors import UserError", {"downslope.errors"}),
        ("if TYPE_CHECKING:\n    import torch", set()),
        ("try:\n    import torch\nexcept ImportError: pass", {"torch"}),
    ],
)
def test_the_reader_of_imports_reads(source, expected):
    assert imports(source) == expected
