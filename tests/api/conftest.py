"""One real server for all tests of the API."""

import pytest
from live_server import serving


@pytest.fixture(scope="session")
def server():
    with serving(max_steps=200_000) as server:
        yield server


@pytest.fixture(scope="session")
def http(server):
    return server.http
