"""Runs over REST: create, wait, read, drive, delete; and every fault a user can make."""

import csv
import io
import json

import msgpack
import numpy as np
import pytest
from recipes import recipe

from downslope.recipe import Recipe, json_schema


def create(http, **rest):
    answer = http.post("/api/runs", json=recipe(**rest))
    assert answer.status_code == 201, answer.text
    return answer.json()


def finished(http, run):
    for _ in range(6):
        view = http.get(f"/api/runs/{run['id']}", params={"wait_s": 30}).json()
        if view["state"] != "running":
            break
    assert view["state"] == "finished"
    return view


def command(http, run, key=None, **body):
    headers = {"X-Control-Key": key or run["control_key"]}
    return http.post(f"/api/runs/{run['id']}/commands", json=body, headers=headers)


def test_health_says_what_runs_here(http, server):
    health = http.get("/api/health").json()
    assert health["status"] == "ok"
    assert health["torch"].startswith("2.")
    assert health["workers"] >= 1


def test_the_catalogues_have_the_columns_of_the_contract(http):
    for row in http.get("/api/objectives").json():
        assert {
            "id",
            "kind",
            "title",
            "latex",
            "dim",
            "domain",
            "start",
            "minima",
            "source",
            "parameters",
        } <= set(row)
    for path in ("optimizers", "schedulers"):
        rows = http.get(f"/api/{path}").json()
        assert rows
        for row in rows:
            assert {"id", "title", "hyperparameters", "source"} <= set(row)
            assert {"en", "zh"} == set(row["title"])


def test_the_schema_of_a_recipe_is_published(http):
    assert http.get("/api/schemas/recipe").json() == json_schema()


def test_a_run_goes_to_its_end_and_says_where_it_stands(http):
    run = create(http)
    view = finished(http, run)
    assert view["num_steps_done"] == 50
    assert (view["dim"], view["parent"], view["reason"]) == (2, None, None)
    assert [d["label"] for d in view["descents"]] == ["SGD", "adaptive"]
    assert [d["state"] for d in view["descents"]] == ["finished", "finished"]
    assert all(len(d["theta"]) == 2 and d["loss"] >= d["best_loss"] >= 0 for d in view["descents"])
    assert "control_key" not in view
    assert Recipe.model_validate(view["recipe"]) == Recipe.model_validate(recipe())
    assert run["id"] in [row["id"] for row in http.get("/api/runs").json()]


def test_the_same_recipe_gives_the_same_bits(http):
    first, second = (create(http, start=None, seed=3) for _ in range(2))
    paths = []
    for run in (first, second):
        finished(http, run)
        path = http.get(f"/api/runs/{run['id']}/trajectory").json()
        paths.append(path["descents"])
    assert paths[0] == paths[1]


def test_the_trajectory_is_the_same_as_json_csv_and_npz(http):
    run = create(http)
    finished(http, run)
    url = f"/api/runs/{run['id']}/trajectory"
    table = http.get(url).json()["descents"][1]
    assert (table["count"], table["first_step"], len(table["theta"])) == (51, 0, 51)
    rows = csv.DictReader(io.StringIO(http.get(url, params={"format": "csv"}).text))
    rows = [row for row in rows if row["descent"] == "1"]
    assert [float(row["loss"]) for row in rows] == table["loss"]
    assert [[float(row["theta_0"]), float(row["theta_1"])] for row in rows] == table["theta"]
    assert [[float(row["grad_0"]), float(row["grad_1"])] for row in rows] == table["grad"]
    assert [int(row["step"]) for row in rows] == list(range(51))
    arrays = np.load(io.BytesIO(http.get(url, params={"format": "npz"}).content))
    assert arrays["lr_1"].tolist() == table["lr"]
    assert arrays["theta_1"].tolist() == table["theta"]


def test_a_trajectory_is_cut_by_since_stride_and_descent(http):
    run = create(http)
    finished(http, run)
    url = f"/api/runs/{run['id']}/trajectory"
    whole = http.get(url).json()["descents"]
    (part,) = http.get(url, params={"since": 7, "stride": 10, "descent": 1}).json()["descents"]
    assert part["loss"] == whole[1]["loss"][7::10]
    assert (part["descent"], part["first_step"], part["stride"]) == (1, 7, 10)
    lines = http.get(url, params={"since": 7, "stride": 10, "descent": 1, "format": "csv"}).text.splitlines()
    assert [int(line.split(",")[1]) for line in lines[1:]] == list(range(7, 51, 10))
    empty = http.get(url, params={"since": 99}).json()["descents"][0]
    assert (empty["count"], empty["loss"]) == (0, [])


def test_a_run_is_driven_step_by_step_and_edited_with_its_key(http):
    run = create(http, autoplay=False, steps=1000)
    assert run["state"] == "created"
    assert command(http, run, type="step", count=3).json()["state"] == "paused"
    edited = command(http, run, type="edit", descent=0, hyperparameters={"lr": 0.002})
    assert edited.status_code == 200
    (edit,) = edited.json()["recipe"]["edits"]
    assert edit["descent"] == 0
    assert edit["hyperparameters"] == {"lr": 0.002}
    assert command(http, run, type="play", speed=None).json()["state"] == "running"
    view = finished(http, run)
    path = http.get(f"/api/runs/{run['id']}/trajectory").json()["descents"][0]
    assert path["lr"][edit["step"] : edit["step"] + 2] == [0.01, 0.002]
    replay = create(http, **{key: view["recipe"][key] for key in ("steps", "edits")})
    finished(http, replay)
    assert http.get(f"/api/runs/{replay['id']}/trajectory").json()["descents"][0] == path


def test_divergence_is_a_result_and_json_has_no_infinity(http):
    run = create(
        http, descents=[{"optimizer": "SGD", "hyperparameters": {"lr": 1e200}}], divergence_limit=1e308
    )
    view = finished(http, run)
    assert view["descents"][0]["state"] == "diverged"
    text = http.get(f"/api/runs/{run['id']}/trajectory").text
    assert "null" in text
    assert json.loads(text, parse_constant=pytest.fail)


def test_a_deleted_run_is_gone(http):
    run = create(http, steps=100_000, speed=10)
    url = f"/api/runs/{run['id']}"
    assert http.delete(url).status_code == 401
    assert http.delete(url, headers={"X-Control-Key": run["control_key"]}).status_code == 204
    assert http.get(url).status_code == 404


WRONG = [
    ({"objective": {"kind": "function", "id": "nope"}}, "objective.id", "rosenbrock", 422),
    ({"descents": [{"optimizer": "Nope"}]}, "descents[0].optimizer", "Adam", 422),
    (
        {"descents": [{"optimizer": "SGD", "hyperparameters": {"lr": -1}}]},
        "descents[0].hyperparameters.lr",
        "Invalid learning rate: -1",
        422,
    ),
    (
        {"descents": [{"optimizer": "Adam", "hyperparameters": {"betas": [1, 1]}}]},
        "descents[0].hyperparameters.betas",
        "Invalid beta parameter at index 0: 1",
        422,
    ),
    ({"start": [1.0, 2.0, 3.0]}, "start", "start must have 2 numbers", 422),
    ({"steps": 10**9}, "steps", "steps must be at most 200000 steps but is 1000000000", 422),
    ({"steps": 0}, "steps", "0", 422),
    ({"descents": []}, "descents", "1", 422),
    (
        {"descents": [{"optimizer": "SGD"}] * 9},
        "descents",
        "descents must be at most 8 descents but is 9",
        422,
    ),
    ({"colour": "red"}, "colour", "colour", 422),
    ({"descents": [{"optimizer": "SGD", "momentum": 0.9}]}, "descents[0].momentum", "momentum", 422),
    ({"objective": {"kind": "model", "id": "mlp"}}, "objective.id", "linear-regression", 422),
    (
        {"objective": {"kind": "model", "id": "linear-regression", "loss": "bce"}},
        "objective.loss",
        "mse",
        422,
    ),
    ({"device": "cuda:7"}, "device", "cpu", 422),
    ({"speed": 0}, "speed", "0", 422),
]


@pytest.mark.parametrize(("change", "parameter", "words", "status"), WRONG)
def test_a_wrong_recipe_names_field_and_way_out_and_loses_nothing(http, change, parameter, words, status):
    before = {row["id"] for row in http.get("/api/runs").json()}
    answer = http.post("/api/runs", json=recipe(**change))
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "code", "parameter", "allowed"}
    assert problem["parameter"] == parameter
    assert words in problem["detail"] + str(problem["allowed"])
    assert {row["id"] for row in http.get("/api/runs").json()} == before


def test_an_unknown_name_is_answered_with_the_allowed_ones(http):
    names = [row["id"] for row in http.get("/api/optimizers").json()]
    problem = http.post("/api/runs", json=recipe(descents=[{"optimizer": "Nope"}])).json()
    assert problem["allowed"] == names


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (json.dumps(recipe()).replace("-0.5", "NaN"), 422, "start[0]"),
        (json.dumps(recipe()).replace("-0.5", "Infinity"), 422, "start[0]"),
        (json.dumps(recipe())[:-5], 400, "line 1, column"),
        ("[]", 422, "object"),
        ("", 422, "body"),
    ],
)
def test_a_body_that_is_no_recipe_is_refused_in_a_sentence(http, body, status, words):
    answer = http.post("/api/runs", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == status
    assert words in answer.json()["detail"] + str(answer.json()["parameter"])


def test_commands_need_the_key_and_a_living_run(http):
    run = create(http, autoplay=False)
    url = f"/api/runs/{run['id']}/commands"
    assert http.post(url, json={"type": "pause"}).status_code == 401
    assert command(http, run, key="wrong", type="pause").json()["code"] == "key_required"
    wrong_type = command(http, run, type="fly")
    assert wrong_type.status_code == 422
    assert all(verb in wrong_type.text for verb in ("play", "pause", "step", "edit", "stop"))
    bad = command(http, run, type="edit", descent=0, hyperparameters={"lr": -1})
    assert (bad.status_code, bad.json()["parameter"]) == (422, "hyperparameters.lr")
    assert command(http, run, type="edit", descent=5, hyperparameters={"lr": 1}).status_code == 422
    assert http.get(f"/api/runs/{run['id']}").json()["state"] == "created"
    command(http, run, type="stop")
    ended = command(http, run, type="play")
    assert (ended.status_code, ended.json()["code"]) == (409, "conflict")


def test_what_is_not_there_is_said(http):
    for path in ("/api/runs/nope", "/api/runs/nope/trajectory", "/api/nope", "/nope.html"):
        answer = http.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
    answer = http.get(f"/api/runs/{create(http)['id']}/trajectory", params={"descent": 2})
    assert answer.json()["detail"] == "descent must be below 2 but is 2; the first descent is number 0"
    assert http.get(f"/api/runs/{create(http)['id']}", params={"wait_s": 61}).status_code == 422


def test_surfaces_are_json_or_msgpack_and_bounded(http):
    body = {"objective": {"kind": "function", "id": "rosenbrock"}, "resolution": 9, "gradient_resolution": 3}
    grid = http.post("/api/surfaces", json=body).json()
    assert (len(grid["u"]), len(grid["v"]), len(grid["z"]), len(grid["z"][0])) == (9, 9, 9, 9)
    x, y = grid["u"][2], grid["v"][6]
    assert grid["z"][6][2] == pytest.approx((1 - x) ** 2 + 100 * (y - x * x) ** 2)
    packed = http.post("/api/surfaces", json=body, headers={"accept": "application/msgpack"})
    assert packed.headers["content-type"] == "application/msgpack"
    z = np.frombuffer(msgpack.unpackb(packed.content)["z"], "<f4").reshape(9, 9)
    assert np.allclose(z, grid["z"], rtol=1e-6)
    assert msgpack.unpackb(packed.content)["u"] == grid["u"]  # axes keep every digit
    problem = http.post("/api/surfaces", json=body | {"resolution": 514}).json()
    assert problem["detail"].startswith("resolution must be at most 513 grid points along an axis but is 514")
    assert http.post("/api/surfaces", json=body | {"resolution": 1}).status_code == 422
    assert (
        http.post("/api/surfaces", json=body | {"range": [[1, 0], [0, 1]]}).json()["parameter"] == "range[0]"
    )


def test_a_long_trajectory_is_written_in_blocks_and_stays_whole(http):
    run = create(http, steps=9_000)
    finished(http, run)
    url = f"/api/runs/{run['id']}/trajectory"
    table = http.get(url).json()["descents"][0]
    assert [len(table[name]) for name in ("loss", "grad_norm", "lr", "theta", "grad")] == [9_001] * 5
    arrays = np.load(io.BytesIO(http.get(url, params={"format": "npz"}).content))
    assert table["theta"] == arrays["theta_0"].tolist()
    thin = http.get(url, params={"stride": 7, "since": 3}).json()["descents"][0]
    assert thin["loss"] == table["loss"][3::7]
    assert thin["count"] == len(thin["loss"])


def test_a_run_that_diverges_at_its_start_has_ended_and_can_be_deleted(http):
    run = create(http, start=[1e11, 1e11], objective={"kind": "function", "id": "rosenbrock"})
    assert run["state"] == "finished"
    assert [d["state"] for d in run["descents"]] == ["diverged", "diverged"]
    assert command(http, run, type="play").status_code == 409
    key = {"X-Control-Key": run["control_key"]}
    assert http.delete(f"/api/runs/{run['id']}", headers=key).status_code == 204


def test_every_step_that_was_asked_for_is_made(http):
    run = create(http, autoplay=False, steps=1000)
    for _ in range(20):
        assert command(http, run, type="step", count=2).status_code == 200
    command(
        http, run, type="edit", descent=0, hyperparameters={"lr": 0.001}
    )  # answered after the steps so far
    deadline = http.get(f"/api/runs/{run['id']}", params={"wait_s": 1}).json()
    assert deadline["num_steps_done"] == 40


def test_numbers_that_no_reader_holds_are_refused_before_anything_is_sent(http):
    run = create(http)
    for name in ("since", "stride"):
        for format in ("json", "csv", "npz"):
            query = {name: 10**23, "format": format}
            answer = http.get(f"/api/runs/{run['id']}/trajectory", params=query)
            assert (answer.status_code, answer.json()["parameter"]) == (422, name)


def test_a_wrong_method_is_told_with_the_right_one(http):
    answer = http.get("/api/surfaces")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
