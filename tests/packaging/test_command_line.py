"""The installed command, as processes: what it prints, how it ends."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest
from running import COMMAND, TIMEOUT_S, serving

from downslope import __version__, server
from downslope.server import StartError
from downslope.settings import Settings


def run(*arguments, **environment):
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        env=os.environ | environment,
        check=False,
    )


def test_the_version_is_printed():
    assert run("--version").stdout == f"downslope {__version__}\n"


def test_help_names_every_option():
    text = run("serve", "--help", COLUMNS="200", NO_COLOR="1").stdout
    assert all(option in text for option in ("--host", "--port", "--no-browser"))


def test_the_defaults_in_the_help_are_those_of_the_settings():
    text = run("serve", "--help", COLUMNS="200", NO_COLOR="1").stdout
    defaults = Settings.model_fields
    assert f"[{defaults['host'].default}]" in text
    assert f"[{defaults['port'].default}]" in text


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_server_says_where_it_is_answers_there_and_stops_without_a_word(number):
    with serving() as (process, url):
        assert httpx.get(url).headers["content-type"].startswith("text/html")
        health = httpx.get(f"{url}/api/health")
        assert health.json()["status"] == "ok"
        assert "server" not in health.headers
        process.send_signal(number)
        output, errors = process.communicate(timeout=TIMEOUT_S)
        assert (process.returncode, output, errors) == (0, "", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_terminal_stops_the_whole_group_without_a_word_while_torch_is_still_loading(number):
    with serving(start_new_session=True) as (process, url):
        assert httpx.get(f"{url}/api/health").json()["torch"] is None
        os.killpg(process.pid, number)
        output, errors = process.communicate(timeout=TIMEOUT_S)
        assert (process.returncode, output, errors) == (0, "", "")


def seconds(action):
    begin = time.monotonic()
    action()
    return time.monotonic() - begin


def import_the_web_framework():
    subprocess.run([sys.executable, "-c", "import fastapi, numpy, uvicorn"], check=True)


def read_the_page():
    with serving() as (_, url):
        httpx.get(url).raise_for_status()


def test_the_page_is_served_long_before_torch_is_loaded():
    """The aim is two seconds; on a busy machine, no more than the web framework's own start allows."""
    framework = min(seconds(import_the_web_framework) for _ in range(3))
    page = min(seconds(read_the_page) for _ in range(3))
    assert page < max(2, 4 * framework)


def test_an_open_server_says_who_can_reach_it_and_answers_on_that_address():
    with serving("--host", "0.0.0.0") as (process, url):
        hint = process.stdout.readline()
        assert "Everyone on your network" in hint
        assert httpx.get(f"{url}/api/health").status_code == 200
        assert httpx.get(re.search(r"http://\S+", hint)[0] + "/api/health").status_code == 200


def test_headers_past_the_limit_are_told_so_and_headers_without_end_are_cut_off():
    with serving(DOWNSLOPE_MAX_HEADER_BYTES="1000") as (_, url):
        assert httpx.get(url, headers={"x": "x" * 1500}).status_code == 431
        with socket.create_connection(("127.0.0.1", httpx.URL(url).port), TIMEOUT_S) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\n")
            with contextlib.suppress(ConnectionError):
                for _ in range(1000):
                    connection.sendall(b"x: " + b"x" * 10_000 + b"\r\n")
                pytest.fail("ten million bytes of headers were read")


def test_a_client_that_sends_too_much_gets_to_read_why():
    with serving(DOWNSLOPE_MAX_BODY_BYTES="100000") as (_, url):
        answer = httpx.post(f"{url}/api/runs", content=b"x" * 390_000)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_port_in_use_is_one_sentence_with_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run("serve", "--port", str(port), "--no-browser")
    expected = f"downslope: port {port} is in use; try --port {port + 1} or PORT={port + 1} make run\n"
    assert (result.returncode, result.stdout, result.stderr) == (1, "", expected)


@pytest.mark.parametrize("host", ["no-such-host.invalid", "192.0.2.1", "x" * 70, "a b"])
def test_an_address_that_is_not_ours_is_one_sentence(host):
    result = run("serve", "--host", host, "--port", "0", "--no-browser")
    expected = f"downslope: {host} is no address of this machine; try --host 127.0.0.1\n"
    assert (result.returncode, result.stderr) == (1, expected)


def test_a_port_that_needs_rights_is_one_sentence():
    sentence = server.failure(PermissionError(13, "Permission denied"), "127.0.0.1", 80)
    assert sentence == "port 80 needs more rights than you have; try --port 8000 or PORT=8000 make run"


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_refused(port):
    assert run("serve", "--port", port).returncode == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("MAX_STEPS", "-1"), ("NUM_WORKERS", "many"), ("PORT", "99999"), ("ALLOWED_HOSTS", '["a b"]')],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(name, value):
    result = run("serve", "--no-browser", **{f"DOWNSLOPE_{name}": value})
    assert result.returncode == 1
    assert result.stderr.startswith(f"downslope: DOWNSLOPE_{name}")
    assert "Traceback" not in result.stderr


def test_the_command_line_wins_over_the_environment():
    with serving("--host", "127.0.0.1", DOWNSLOPE_HOST="192.0.2.1", DOWNSLOPE_PORT="1") as (_, url):
        assert httpx.get(f"{url}/api/health").status_code == 200


def test_the_url_of_an_ipv6_address_has_brackets():
    assert server.page_url("::1", 8000) == "http://[::1]:8000"


def test_where_there_is_no_display_no_browser_is_opened(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not server.has_browser()
    monkeypatch.setenv("DISPLAY", ":0")
    assert server.has_browser()


def test_a_listener_answers_whoever_connects_at_once():
    with server.listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        pass
    with pytest.raises(StartError):
        server.listen("no-such-host.invalid", 0)
