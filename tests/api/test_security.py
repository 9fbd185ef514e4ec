"""The gate before every request, driven through a real ASGI stack of ten lines."""

import base64
import hashlib
import socket

import httpx
import pytest
from asgi_client import AsgiClient
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute

from downslope.api.hosts import AllowedHosts
from downslope.api.policy import HEADERS, content_security_policy
from downslope.api.security import SecurityMiddleware
from downslope.settings import Settings

PAGE = b'<script src="a.js"></script>\n<script type="importmap">\r\n{"imports": {}}\r\n</script>'
reached = []


async def echo(request):
    reached.append(request.url.path)
    return PlainTextResponse(await request.body())


async def greet(websocket):
    reached.append(websocket.url.path)
    await websocket.accept()
    await websocket.send_text("hello")
    await websocket.close()


@pytest.fixture(autouse=True)
def _nothing_reached():
    reached.clear()


def client(base_url="http://127.0.0.1:8000", **settings):
    app = Starlette(routes=[Route("/echo", echo, methods=["GET", "POST"]), WebSocketRoute("/ws", greet)])
    app.add_middleware(SecurityMiddleware, settings=Settings(**settings), page=PAGE)
    return AsgiClient(app, base_url)


def status_of_host(host, **settings):
    return client(**settings).get("/echo", headers={"host": host}).status_code


OWN = ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000", "[0:0:0:0:0:0:0:1]:8000"]
FOREIGN = [
    "evil.example:8000",
    "127.0.0.1.evil.example:8000",
    "localhost.evil.example:8000",
    "evil.example@localhost:8000",
    "localhost:8001",
    "localhost",
    "127.0.0.1",
    "localhost:",
    "localhost.:8000",
    "127.1:8000",
    "2130706433:8000",
    "::1:8000",
    "[::1%lo]:8000",
    "localhost:8000/x",
    "localhost:8000\tevil",
    " ",
    "*",
]


@pytest.mark.parametrize("host", OWN)
def test_own_names_and_addresses_are_served_at_the_own_port(host):
    assert status_of_host(host) == 200


@pytest.mark.parametrize("host", FOREIGN)
def test_every_other_host_is_refused_before_the_app(host):
    assert status_of_host(host) == 403
    assert reached == []


def test_two_hosts_are_refused():
    headers = [("host", "127.0.0.1:8000"), ("host", "127.0.0.1:8000")]
    assert client().get("/echo", headers=headers).status_code == 403


def test_the_default_port_may_be_left_out_where_the_server_listens_there():
    hosts = AllowedHosts.of(Settings())
    assert hosts.allows_host("localhost", "http", ("127.0.0.1", 80))
    assert hosts.allows_host("localhost", "wss", ("127.0.0.1", 443))
    assert not hosts.allows_host("localhost", "https", ("127.0.0.1", 80))


def test_a_setting_without_port_matches_any_port_and_one_with_port_only_that():
    settings = {"allowed_hosts": ("lecture.example", "room.example:9000", "fe80::1")}
    served = ["lecture.example", "Lecture.Example:123", "room.example:9000", "[fe80::1]:7"]
    assert [status_of_host(host, **settings) for host in served] == [200] * 4
    refused = [
        "room.example",
        "room.example:9001",
        "alecture.example",
        "x.lecture.example",
        "lecture.example.x",
    ]
    assert [status_of_host(host, **settings) for host in refused] == [403] * 5


def test_an_open_server_knows_the_names_of_its_machine_and_the_address_it_was_reached_at():
    hosts = AllowedHosts.of(Settings(host="0.0.0.0"))
    machine = socket.gethostname()
    assert hosts.allows_host(f"{machine}:8000", "http", ("192.0.2.7", 8000))
    assert hosts.allows_host("192.0.2.7:8000", "http", ("192.0.2.7", 8000))
    assert hosts.allows_host("192.0.2.7:8000", "http", ("::ffff:192.0.2.7", 8000))
    assert not hosts.allows_host("192.0.2.8:8000", "http", ("192.0.2.7", 8000))
    assert not hosts.allows_host("0.0.0.1:8000", "http", ("192.0.2.7", 8000))


def test_a_loopback_server_does_not_answer_to_the_name_of_its_machine():
    assert not AllowedHosts.of(Settings()).allows_host("somebox:8000", "http", ("127.0.0.1", 8000))


@pytest.mark.parametrize("entry", ["http://x", "a b", "", "x:y", "*.example"])
def test_a_setting_that_is_no_host_is_refused_at_the_start(entry):
    with pytest.raises(ValueError, match="allowed_hosts must be"):
        AllowedHosts.of(Settings(allowed_hosts=(entry,)))


ORIGINS = [
    "null",
    "",
    "http://evil.example",
    "http://127.0.0.1:8001",
    "http://localhost:8000",
    "https://127.0.0.1:8000",
    "http://127.0.0.1:8000/",
    "http://127.0.0.1:8000.evil.example",
    "http://127.0.0.1",
    "ws://127.0.0.1:8000",
]


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_page_of_another_origin_is_refused(origin):
    answer = client().post("/echo", headers={"origin": origin})
    assert (answer.status_code, answer.json()["parameter"], reached) == (403, "Origin", [])


def test_the_own_page_and_a_script_without_origin_are_served():
    assert client().post("/echo", headers={"origin": "http://127.0.0.1:8000"}).status_code == 200
    assert client().post("/echo").status_code == 200


def test_two_origins_are_refused():
    headers = [("origin", "http://127.0.0.1:8000"), ("origin", "http://127.0.0.1:8000")]
    assert client().get("/echo", headers=headers).status_code == 403


def test_an_https_page_behind_a_proxy_is_the_own_one_where_the_scheme_is_https():
    https = client("https://lecture.example", allowed_hosts=("lecture.example",))
    assert https.get("/echo", headers={"origin": "https://lecture.example"}).status_code == 200
    assert https.get("/echo", headers={"origin": "http://lecture.example"}).status_code == 403


FOREIGN_HEADERS = [{"origin": "http://evil.example"}, {"host": "evil.example:8000"}, {"origin": "null"}]


@pytest.mark.parametrize("headers", FOREIGN_HEADERS)
def test_a_foreign_websocket_is_accepted_only_to_be_told_4403(headers):
    accepted, closed = client().websocket("/ws", headers)
    assert (accepted["type"], closed["type"]) == ("websocket.accept", "websocket.close")
    assert (closed["code"], reached) == (4403, [])


@pytest.mark.parametrize("headers", [{}, {"origin": "http://127.0.0.1:8000"}])
def test_the_own_websocket_is_let_through(headers):
    assert client().websocket("/ws", headers)[1]["text"] == "hello"


@pytest.mark.parametrize("is_chunked", [False, True])
@pytest.mark.parametrize(
    ("size", "status"), [(0, 200), (99, 200), (100, 200), (101, 413), (400, 413), (9999, 413)]
)
def test_a_body_is_read_to_the_limit_and_refused_one_byte_past_it(size, status, is_chunked):
    body = b"x" * size

    async def chunks():
        for i in range(0, size, 7):
            yield body[i : i + 7]

    answer = client(max_body_bytes=100).post("/echo", content=chunks() if is_chunked else body)
    assert answer.status_code == status
    if status == 200:
        assert answer.content == body
    else:
        assert (answer.json()["code"], answer.json()["parameter"], reached) == ("too_large", "body", [])


def test_a_client_that_leaves_in_the_middle_of_its_body_starts_nothing():
    answers = []
    messages = [{"type": "http.request", "body": b"half", "more_body": True}, {"type": "http.disconnect"}]

    async def receive():
        return messages.pop(0)

    async def send(message):
        answers.append(message)

    headers = [(b"host", b"127.0.0.1:8000"), (b"content-length", b"8")]
    scope = {
        "type": "http",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "headers": headers,
        "path": "/echo",
    }
    middleware = SecurityMiddleware(echo, settings=Settings())
    with pytest.raises(StopIteration):
        middleware(scope, receive, send).send(None)
    assert (answers, messages, reached) == ([], [], [])


def _padded(total):
    """Return headers that the client's own bring to `total` bytes."""
    request = httpx.Client().build_request("GET", "http://127.0.0.1:8000/echo", headers={"x-padding": ""})
    own = sum(len(name) + len(value) for name, value in request.headers.raw)
    return {"x-padding": "x" * (total - own)}


@pytest.mark.parametrize(("size", "status"), [(1000, 200), (1001, 431)])
def test_headers_are_read_to_the_limit_and_refused_one_byte_past_it(size, status):
    answer = client(max_header_bytes=1000).get("/echo", headers=_padded(size))
    assert answer.status_code == status
    if status == 431:
        assert (answer.json()["status"], answer.json()["parameter"]) == (431, "headers")


def test_a_websocket_with_too_many_headers_is_told_4429():
    sent = client(max_header_bytes=1000).websocket("/ws", {"x-padding": "x" * 1000})
    assert (sent[1]["code"], reached) == (4429, [])


@pytest.mark.parametrize("path", ["/echo", "/missing"])
@pytest.mark.parametrize("host", ["127.0.0.1:8000", "evil.example"])
def test_every_answer_carries_the_security_headers(path, host):
    answer = client().get(path, headers={"host": host})
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers


def test_the_policy_allows_the_websocket_of_the_own_host_and_of_no_other():
    policy = client().get("/echo", headers={"host": "localhost:8000"}).headers["content-security-policy"]
    assert policy.endswith("connect-src 'self' ws://localhost:8000 wss://localhost:8000")
    policy = client().get("/echo", headers={"host": "evil.example"}).headers["content-security-policy"]
    assert policy.endswith("connect-src 'self'")


def test_the_policy_allows_exactly_the_inline_scripts_of_the_page():
    digest = hashlib.sha256(b'\n{"imports": {}}\n').digest()
    directives = dict(part.split(" ", 1) for part in content_security_policy(PAGE).split("; "))
    assert directives["script-src"] == f"'self' 'sha256-{base64.b64encode(digest).decode()}'"
    assert "unsafe-eval" not in content_security_policy(PAGE)
    assert "http" not in content_security_policy(PAGE)
