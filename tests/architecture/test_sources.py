"""What holds for every tracked file."""

import re
import subprocess

import pytest
from imports import MODULES, ROOT

MAX_LINES = 350
# Written in pieces, so that this file does not match itself.
FORBIDDEN = [
    "/" + "work/",
    "/" + "root/",
    "/" + "opt/",
    "/" + "Users/",
    "registry" + ".npmjs",
    "files." + "pythonhosted",
    "pypi" + ".org",
    "deb." + "debian",
    "TO" + "DO",
    "FIX" + "ME",
]
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "misc"}


def tracked_files():
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


FILES = tracked_files()
OWN_FILES = [name for name in FILES if not name.startswith("frontend/vendor/") or "/build/" in name]


@pytest.mark.parametrize("name", OWN_FILES)
def test_no_file_speaks_of_the_machine_it_was_written_on(name):
    data = (ROOT / name).read_bytes()
    text = "" if b"\0" in data else data.decode("utf-8")
    found = [word for word in FORBIDDEN if word in text]
    assert not found


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_is_short(name):
    assert len(MODULES[name].read_text("utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("name", [name for name in OWN_FILES if name.endswith((".py", ".js"))])
def test_a_module_is_one_noun(name):
    stem = (ROOT / name).stem
    assert not set(re.split(r"[_-]", stem)) & FORBIDDEN_NAMES


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".md")])
def test_a_link_to_a_file_leads_to_one(name):
    path = ROOT / name
    for target in re.findall(r"\]\((?!\w+:|#)([^)#]+)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target
