"""What the README and CONTRIBUTING tell a user to type works."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from running import TIMEOUT_S, serving

from downslope.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
ADDRESS = "http://{}:{}".format(Settings.model_fields["host"].default, Settings.model_fields["port"].default)


def examples(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def url():
    with serving() as (_, url):
        yield url


def requested(command, url):
    """Do what a curl command does; an option that this does not know fails the test."""
    words = shlex.split(command.replace(ADDRESS, url))
    request = {"method": "GET", "headers": {}, "timeout": TIMEOUT_S}
    assert words.pop(0) == "curl"
    while words:
        word = words.pop(0)
        if word == "-H":
            request["headers"].update([words.pop(0).split(": ", 1)])
        elif word == "-d":
            request |= {"method": "POST", "content": words.pop(0)}
        elif word != "-s":
            request["url"] = word
    return httpx.request(**request)


CURL = [text for text in examples("sh") if text.startswith("curl")]


@pytest.mark.parametrize("command", CURL)
def test_the_curl_examples_work(command, url):
    answer = requested(command, url)
    assert answer.status_code == 201
    assert answer.json()["control_key"]


@pytest.mark.parametrize("code", examples("python"))
def test_the_python_examples_work(code, url):
    run = [sys.executable, "-c", code.replace(ADDRESS, url)]
    output = subprocess.run(run, check=True, capture_output=True, text=True, timeout=TIMEOUT_S).stdout
    state, last_row = output.splitlines()
    assert state.startswith("finished")
    assert "500" in last_row.split(",")


def test_there_are_examples():
    assert CURL
    assert examples("python")


def test_the_counts_of_objectives_are_true(url):
    rows = httpx.get(f"{url}/api/objectives", timeout=TIMEOUT_S).json()
    told = {kind: int(count) for count, kind in re.findall(r"\*\*(\d+) (function|model)s\*\*", README)}
    assert told == {kind: sum(row["kind"] == kind for row in rows) for kind in ("function", "model")}
    assert "eight of them in up to 64" in README
    dims = [parameter for row in rows for parameter in row["parameters"] if parameter["name"] == "dim"]
    assert (len(dims), {parameter["maximum"] for parameter in dims}) == (8, {64})


def test_the_links_into_the_page_name_what_is_there(url):
    links = re.findall(rf"\({ADDRESS}/#(\w+)=([^\s]+)\)[\s.]", README)
    assert {key for key, _ in links} == {"model", "formula"}
    ids = {row["id"] for row in httpx.get(f"{url}/api/objectives", timeout=TIMEOUT_S).json()}
    for key, value in links:
        if key == "model":
            assert value in ids
        else:
            answer = httpx.post(f"{url}/api/formulas", json={"expression": value}, timeout=TIMEOUT_S)
            assert answer.status_code == 200, answer.text


def test_the_pages_that_the_readme_names_are_there(url):
    for address in set(re.findall(r"<(http://127[^>]*)>", README)):
        assert httpx.get(address.replace(ADDRESS, url), follow_redirects=True).status_code == 200, address


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_make_command_is_a_target(text):
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", text)) - {"it"} <= targets


def test_every_pip_line_keeps_to_the_constraints():
    lines = re.findall(r"^.*pip install.*$", README + MAKEFILE, re.MULTILINE)
    assert lines
    assert all("-c constraints.txt" in line for line in lines)


def test_the_makefile_and_the_settings_agree_on_the_address():
    defaults = dict(re.findall(r"^(HOST|PORT) \?= (\S+)$", MAKEFILE, re.MULTILINE))
    assert f"http://{defaults['HOST']}:{defaults['PORT']}" == ADDRESS


def test_the_continuous_integration_runs_make_test():
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "set -euo pipefail" in script
    assert script.rstrip().endswith("make test")
