"""pyproject.toml says what works, constraints.txt what is tested: they agree."""

import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"].values()
DIRECT = [
    Requirement(line) for line in PROJECT["project"]["dependencies"] + [r for extra in EXTRAS for r in extra]
]
BUILD = [Requirement(line) for line in PROJECT["build-system"]["requires"]]


def read_constraints():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert len({canonicalize_name(requirement.name) for requirement in found}) == len(found)
    return {canonicalize_name(requirement.name): requirement for requirement in found}


CONSTRAINTS = read_constraints()


def pinned(requirement):
    (specifier,) = CONSTRAINTS[canonicalize_name(requirement.name)].specifier
    assert specifier.operator == "=="
    return Version(specifier.version)


@pytest.mark.parametrize("requirement", DIRECT + BUILD, ids=str)
def test_every_dependency_is_pinned_to_a_version_that_it_allows(requirement):
    assert pinned(requirement) in requirement.specifier


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_every_constraint_is_one_exact_version_without_a_local_part(name):
    assert pinned(CONSTRAINTS[name]).local is None


def closure():
    """Return the names of all that the direct dependencies need here, read from what is installed."""
    installed = {canonicalize_name(d.metadata["Name"]): d for d in distributions()}
    needed, waiting = set(), DIRECT + BUILD
    while waiting:
        requirement, *waiting = waiting
        name = canonicalize_name(requirement.name)
        if name not in needed and name in installed:
            needed.add(name)
            lines = [Requirement(line) for line in installed[name].requires or []]
            waiting += [line for line in lines if line.marker is None or line.marker.evaluate({"extra": ""})]
    return needed


def test_everything_that_is_needed_is_pinned_and_installed_as_pinned():
    installed = {canonicalize_name(d.metadata["Name"]): Version(d.version) for d in distributions()}
    for name in closure():
        assert installed[name].public == str(pinned(Requirement(name))), name


def test_torch_is_the_tested_one():
    assert str(CONSTRAINTS["torch"]) == "torch==2.13.0"
    assert str(next(r for r in DIRECT if r.name == "torch").specifier) in (">=2.9,<3", "<3,>=2.9")
