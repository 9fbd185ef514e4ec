"""What a server holds: full means a sentence, and room is made where nobody loses anything."""

import json

import pytest
import websockets.sync.client as ws
from live_server import serving
from recipes import recipe


@pytest.fixture(scope="module")
def small():
    with serving(max_runs=4, max_active_runs=2, max_subscribers=2, max_edits=1) as server:
        yield server


def test_active_runs_are_bounded_and_the_idle_one_makes_room(small):
    http = small.http
    slow = recipe(steps=100_000, speed=1)
    runs = [http.post("/api/runs", json=slow).json() for _ in range(2)]
    full = http.post("/api/runs", json=slow)
    assert (full.status_code, full.json()["code"]) == (429, "too_many")
    assert "2 runs under way" in full.json()["detail"]
    key = {"X-Control-Key": runs[0]["control_key"]}
    http.post(f"/api/runs/{runs[0]['id']}/commands", json={"type": "pause"}, headers=key)
    third = http.post("/api/runs", json=slow)
    assert third.status_code == 201
    gone = http.get(f"/api/runs/{runs[0]['id']}").json()
    assert gone["state"] == "interrupted"
    assert "made room" in gone["reason"]
    for run in (runs[1], third.json()):
        http.delete(f"/api/runs/{run['id']}", headers={"X-Control-Key": run["control_key"]})


def test_the_oldest_ended_runs_make_room(small):
    ids = []
    for _ in range(6):
        run = small.http.post("/api/runs", json=recipe(steps=3)).json()
        small.http.get(f"/api/runs/{run['id']}", params={"wait_s": 30})
        ids.append(run["id"])
    kept = [row["id"] for row in small.http.get("/api/runs").json()]
    assert kept == ids[::-1][:4]


def test_one_stream_more_than_the_limit_is_closed_with_4429(small):
    run = small.http.post("/api/runs", json=recipe(steps=3)).json()
    url = f"{small.websocket_url}/api/runs/{run['id']}/stream"
    with ws.connect(url) as first, ws.connect(url) as second:
        first.recv(), second.recv()
        with ws.connect(url) as third:
            assert json.loads(third.recv())["problem"]["code"] == "too_many"
            with pytest.raises(Exception) as closed:
                third.recv()
            assert closed.value.rcvd.code == 4429
    with ws.connect(url) as again:
        assert json.loads(again.recv())["type"] == "run"


def test_the_limits_of_a_recipe_are_tested_at_the_limit_and_one_past_it(small):
    edit = {"step": 1, "descent": 0, "hyperparameters": {"lr": 0.1}}
    assert small.http.post("/api/runs", json=recipe(edits=[edit])).status_code == 201
    problem = small.http.post("/api/runs", json=recipe(edits=[edit] * 2)).json()
    assert (problem["code"], problem["parameter"], problem["allowed"]) == ("limit", "edits", 1)


def test_runs_that_were_never_started_make_room():
    with serving(max_active_runs=2) as server:
        waiting = recipe(steps=100, autoplay=False)
        ids = [server.http.post("/api/runs", json=waiting).json()["id"] for _ in range(5)]
        states = [server.http.get(f"/api/runs/{id}").json()["state"] for id in ids]
        assert states == ["interrupted"] * 3 + ["created"] * 2


def test_memory_is_reserved_for_what_a_run_may_become():
    row = 8 * (3 + 2 * 2)
    with serving(max_log_bytes=2 * 1001 * row) as server:
        fits = server.http.post("/api/runs", json=recipe(steps=1000, speed=1))
        assert fits.status_code == 201
        full = server.http.post("/api/runs", json=recipe(steps=1, speed=1))
        assert (full.status_code, full.json()["code"]) == (429, "too_many")
        assert "bytes for this run" in full.json()["detail"]
        key = {"X-Control-Key": fits.json()["control_key"]}
        server.http.delete(f"/api/runs/{fits.json()['id']}", headers=key)
        assert server.http.post("/api/runs", json=recipe(steps=1000)).status_code == 201
        assert server.http.post("/api/runs", json=recipe(steps=1001)).status_code == 429
