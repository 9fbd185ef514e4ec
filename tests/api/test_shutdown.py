"""What a server tells those who wait for it while it goes."""

import threading

import httpx
from live_server import serving
from recipes import recipe


def test_a_request_that_waits_for_a_run_is_told_that_the_server_shuts_down():
    answers = []
    with serving() as server:
        run = server.http.post("/api/runs", json=recipe(autoplay=False)).raise_for_status().json()
        session = server.service.get(run["id"])

        def wait():
            answers.append(httpx.get(f"{server.url}/api/runs/{run['id']}?wait_s=60", timeout=60))

        waiting = threading.Thread(target=wait)
        waiting.start()
        while not session.ended._waiters:
            waiting.join(0.01)
    waiting.join()
    (answer,) = answers
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "unavailable"
    assert answer.json()["detail"] == "the server is shutting down; try again when it is back"
