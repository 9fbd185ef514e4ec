"""``POST /api/surfaces``: planes of every kind over the network, and streams coarse to fine."""

import asyncio
import json

import httpx
import msgpack
import numpy as np
import pytest
from live_server import serving
from recipes import recipe

ROSENBROCK = {"kind": "function", "id": "rosenbrock"}
MLP = {"kind": "model", "id": "mlp-regression"}
LINES = "application/x-ndjson"
MSGPACK = "application/msgpack"


def ask(http, expected=200, **body):
    answer = http.post("/api/surfaces", json={"objective": ROSENBROCK, "resolution": 5} | body)
    assert answer.status_code == expected, answer.text
    return answer.json()


def stream(http, **body):
    answer = http.post("/api/surfaces", json={"objective": ROSENBROCK, "refine": True} | body)
    assert answer.headers["content-type"] == LINES
    return [json.loads(line) for line in answer.text.splitlines()]


def run_of(http, **rest):
    body = recipe(**rest)
    run = http.post("/api/runs", json=body).json()
    return http.get(f"/api/runs/{run['id']}", params={"wait_s": 60}).json()


@pytest.fixture(scope="module")
def descended(http):
    """A run of two descents of 300 steps on the network of 609 parameters."""
    descents = [{"optimizer": "SGD", "hyperparameters": {"lr": 0.01}}, {"optimizer": "Adam"}]
    return run_of(http, objective=MLP, start=None, seed=3, steps=300, descents=descents)


def test_planes_are_described_whole(http, descended):
    """With the answer alone a page can put any theta onto the plane."""
    for kind in ("axes", "random", "pca", "hessian"):
        loss = {"loss": "mse"} if kind == "hessian" else {}
        found = ask(http, objective=MLP | loss, plane={"kind": kind, "run": descended["id"]})
        plane = found["plane"]
        assert list(plane) == [
            "kind", "axes", "anchor", "directions", "names", "explained", "eigenvalues", "range"
        ]  # fmt: skip
        assert plane["kind"] == kind and len(plane["anchor"]) == 609
        assert [found["u"][0], found["u"][-1]] == plane["range"][0]
        assert [found["v"][0], found["v"][-1]] == plane["range"][1]


def test_the_loss_at_the_origin_of_a_plane_is_that_of_its_anchor(http, descended):
    """On a grid of three the middle is u = v = 0, the anchor, whose loss the run has recorded."""
    rows = http.get(f"/api/runs/{descended['id']}/trajectory").json()["descents"]
    for descent, anchor, step in ((0, "start", 0), (0, "end", -1), (1, "current", -1)):
        plane = {"kind": "random", "run": descended["id"], "descent": descent, "anchor": anchor}
        found = ask(http, objective=MLP, plane=plane, range=[[-1, 1], [-1, 1]], resolution=3)
        assert found["z"][1][1] == pytest.approx(rows[descent]["train_loss"][step], rel=1e-9)


def test_principal_components_cover_the_path_and_say_how_much_they_explain(http, descended):
    plane = ask(http, objective=MLP, plane={"kind": "pca", "run": descended["id"], "descent": None})["plane"]
    assert plane["names"] == ["PC 1", "PC 2"]
    assert 0.5 < sum(plane["explained"]) <= 1
    assert plane["explained"] == sorted(plane["explained"], reverse=True)
    gram = np.array(plane["directions"]) @ np.array(plane["directions"]).T
    assert gram == pytest.approx(np.eye(2), abs=1e-9)
    for low, high in plane["range"]:
        assert low < 0 < high


def test_axes_may_be_named(http):
    names = {row["id"]: row for row in http.get("/api/objectives").json()}["mlp-regression"]["theta_names"]
    found = ask(http, objective=MLP, plane={"axes": [names[-1], 0]})
    assert (found["plane"]["axes"], found["plane"]["names"]) == ([608, 0], [names[-1], names[0]])


def test_the_start_is_drawn_with_the_seed_that_a_recipe_has(http, descended):
    start = ask(http, objective=MLP, plane={"run": descended["id"]})["plane"]["anchor"]
    assert ask(http, objective=MLP, seed=3)["plane"]["anchor"] == start
    assert ask(http, objective=MLP, seed=4)["plane"]["anchor"] != start


def test_a_path_outside_of_the_domain_is_in_the_picture(http):
    run = run_of(http, objective=ROSENBROCK, start=[-7.0, 20.0], steps=1)
    (u_low, u_high), (v_low, v_high) = ask(http, plane={"run": run["id"]})["plane"]["range"]
    assert u_low < -7 < u_high and v_low < 20 < v_high


@pytest.mark.parametrize(
    ("plane", "parameter"),
    [
        ({"kind": "pca"}, "plane.run"),
        ({"kind": "pca", "run": "nope"}, "plane.run"),
        ({"anchor": "end"}, "plane.run"),
        ({"anchor": [1.0]}, "plane.anchor"),
        ({"anchor": "middle"}, "plane.anchor"),
        ({"kind": "polar"}, "plane.kind"),
        ({"kind": "directions"}, "plane.directions"),
        ({"kind": "directions", "directions": [[1, 0], [2, 0]]}, "plane.directions"),
        ({"axes": [0, "w"]}, "plane.axes"),
        ({"axes": [0, 1, 0]}, "plane.axes"),
        ({"axis": [0, 1]}, "plane.axis"),
        ({"seed": -1}, "plane.seed"),
    ],
)
@pytest.mark.parametrize("refine", [False, True])
def test_a_plane_that_cannot_be_is_a_problem_before_any_stream(http, plane, parameter, refine):
    status = 404 if plane.get("run") else 422
    problem = ask(http, expected=status, plane=plane, refine=refine)
    assert problem["parameter"] == parameter


def test_the_run_of_another_objective_is_refused(http, descended):
    problem = ask(http, expected=422, plane={"run": descended["id"]})
    assert problem["detail"] == "plane.run is a run of 609 parameters but this objective has 2"


def test_a_run_that_has_not_moved_has_no_principal_components(http):
    created = http.post("/api/runs", json=recipe(objective=ROSENBROCK, autoplay=False)).json()
    problem = ask(http, expected=422, plane={"kind": "pca", "run": created["id"]})
    assert problem["detail"].startswith("the path has not moved yet, so it has no principal components")


# Streams -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("objective", [ROSENBROCK, MLP], ids=["rosenbrock", "mlp"])
def test_a_stream_ends_with_the_surface_that_is_answered_at_once(http, objective):
    body = {"objective": objective, "resolution": 70, "gradient_resolution": 9}
    messages = stream(http, **body)
    pictures = [message for message in messages if message["type"] == "surface"]
    assert [picture["resolution"] for picture in pictures] in ([17, 70], [17, 33, 70])
    assert [picture["is_final"] for picture in pictures] == [False] * (len(pictures) - 1) + [True]
    assert messages[-1] is pictures[-1]
    del messages[-1]["type"], messages[-1]["is_final"]
    assert messages[-1] == http.post("/api/surfaces", json=body).json()


def test_progress_rises_to_all(http):
    found = [
        message for message in stream(http, objective=MLP, resolution=50) if message["type"] == "progress"
    ]
    shares = [message["done"] / message["total"] for message in found]
    assert shares == sorted(set(shares)) and shares[-1] == 1


def test_a_stream_is_msgpack_where_that_is_accepted(http):
    body = {"objective": ROSENBROCK, "resolution": 40, "gradient_resolution": 4, "refine": True}
    answer = http.post("/api/surfaces", json=body, headers={"accept": MSGPACK})
    assert answer.headers["content-type"] == MSGPACK
    reader = msgpack.Unpacker()
    reader.feed(answer.content)
    *_, last = list(reader)
    expected = stream(http, resolution=40, gradient_resolution=4)[-1]
    assert last["u"] == expected["u"]
    assert np.frombuffer(last["z"], "<f4") == pytest.approx(np.ravel(expected["z"]), rel=1e-6)
    du = np.frombuffer(last["gradient"]["du"], "<f4")
    assert du == pytest.approx(np.ravel(expected["gradient"]["du"]), rel=1e-6)


def test_an_error_after_the_first_object_is_the_last_object(server, monkeypatch):
    async def failing(self, query, *, is_refined):
        yield {"type": "progress", "done": 1, "total": 2}
        service.get("gone")

    service = server.service
    monkeypatch.setattr(type(service.surfaces), "compute", failing)
    first, last = stream(server.http)
    assert (first["type"], last["type"]) == ("progress", "error")
    assert last["problem"]["code"] == "not_found" and last["problem"]["status"] == 404


@pytest.fixture(scope="module")
def watched():
    """A server whose calls are counted, and each of which is short."""
    with serving(band_ms=1.0, num_workers=1) as server:
        surfaces, calls = server.service.surfaces, []
        ask_worker = surfaces._call

        async def counted(method, **arguments):
            calls.append(method)
            return await ask_worker(method, **arguments)

        surfaces._call = counted
        yield server, calls


async def count_after_leaving(server, calls, refine):
    """Leave after the first bytes, or after the first calls; return the calls until nothing moves."""
    body = {"objective": MLP, "resolution": 257, "refine": refine}
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        if refine:
            async with client.stream("POST", "/api/surfaces", json=body) as answer:
                await anext(answer.aiter_lines())
        else:
            task = asyncio.ensure_future(client.post("/api/surfaces", json=body))
            while len(calls) < 3:
                await asyncio.sleep(0.01)
            task.cancel()
    count = -1
    while count != len(calls):
        count = len(calls)
        await asyncio.sleep(0.3)
    return count


@pytest.mark.parametrize("refine", [True, False])
def test_whoever_goes_away_stops_the_work(watched, refine):
    server, calls = watched
    calls.clear()
    whole = 257 * 257 // 600  # more points than any call of a millisecond has
    assert asyncio.run(count_after_leaving(server, calls, refine)) < whole / 2


def test_runs_go_on_while_a_surface_is_computed(watched):
    """With one worker, and a grid that takes many calls."""
    server, calls = watched
    calls.clear()
    http = server.http
    run = http.post("/api/runs", json=recipe(objective=ROSENBROCK, start=[-1, 1], steps=200_000)).json()
    steps = []
    with http.stream(
        "POST", "/api/surfaces", json={"objective": MLP, "resolution": 65, "refine": True}
    ) as lines:
        for _ in lines.iter_lines():
            steps.append(server.service.get(run["id"]).num_steps_done)
    assert len(calls) > 10
    assert steps[-1] > steps[0]
    http.delete(f"/api/runs/{run['id']}", headers={"x-control-key": run["control_key"]})
