"""Models over the network: their data, what they predict, and what they add to the stream."""

import csv
import io
import json

import jsonschema
import msgpack
import numpy as np
import pytest
from test_stream import closed, connect, is_end, read_until

from downslope.api.fits import MAX_THETA
from downslope.descents.samples import is_sample

BATCHES = {"kind": "model", "id": "mini-batch-regression"}
NET = {"kind": "model", "id": "mlp-regression"}


@pytest.fixture(scope="module")
def models(http):
    return [row for row in http.get("/api/objectives").json() if row["kind"] == "model"]


@pytest.fixture(scope="module")
def check(http):
    document = http.get("/openapi.json").json()

    def validate(answer, name):
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        jsonschema.validate(answer, schema, cls=jsonschema.Draft202012Validator)

    return validate


def create(server, objective, steps=60, lr=0.01, **rest):
    descents = [{"optimizer": name, "hyperparameters": {"lr": lr}} for name in ("SGD", "Adam")]
    body = {"objective": objective, "steps": steps, "descents": descents} | rest
    return server.http.post("/api/runs", json=body).raise_for_status().json()


def finished(server, run):
    view = server.http.get(f"/api/runs/{run['id']}", params={"wait_s": 60}).json()
    assert view["state"] == "finished"
    return view


def of_kind(messages, kind, descent=0):
    return [m for m in messages if m["type"] == kind and m["descent"] == descent]


# Data and fits -------------------------------------------------------------------------------------------


def test_every_model_tells_its_data_and_a_fit_in_the_shape_that_is_described(http, models, check):
    for row in models:
        objective = {"kind": "model", "id": row["id"]}
        data = http.post("/api/data", json={"objective": objective}).json()
        check(data, "DataView")
        assert len(data["train"]["x"]) == len(data["train"]["y"]) > 0
        assert all(len(x) == len(data["inputs"]) for x in data["train"]["x"])
        fit = http.post("/api/fits", json={"objective": objective, "theta": row["start"]}).json()
        check(fit, "FitView")
        assert len(fit["values"]) == np.prod(fit["shape"])
        if data["kind"] == "curve":
            assert fit["shape"] == [len(data["grid"]["u"])]
        assert (fit["train_accuracy"] is None) == (data["task"] == "regression")


def test_a_straight_line_predicts_a_straight_line(http):
    line = {"kind": "model", "id": "linear-regression", "parameters": {"standardize": False}}
    u = http.post("/api/data", json={"objective": line}).json()["grid"]["u"]
    fit = http.post("/api/fits", json={"objective": line, "theta": [10, 5]}).json()
    assert fit["values"] == pytest.approx([10 * x + 5 for x in u], rel=1e-6)


def test_another_seed_draws_other_data_and_the_same_seed_the_same(http):
    def data(seed=None, own=0):
        body = {"objective": BATCHES | {"data": {"seed": own}}}
        return http.post("/api/data", json=body | ({} if seed is None else {"seed": seed})).json()

    assert data(3) == data(3) == data(own=3) == data(3, own=5)
    assert data(3)["train"] != data()["train"] == data(0)["train"]


@pytest.mark.parametrize(
    ("path", "body", "parameter", "words"),
    [
        ("fits", {"objective": NET, "theta": [1.0]}, "theta", "must have 609 numbers for MLP regression"),
        ("fits", {"objective": NET, "theta": [0] * (MAX_THETA + 1)}, "theta", f"at most {MAX_THETA} items"),
        ("fits", {"objective": NET, "theta": []}, "theta", "at least 1 item"),
        ("fits", {"objective": NET, "theta": ["x"]}, "theta[0]", "number"),
        ("fits", {"objective": NET}, "theta", "missing theta"),
        ("data", {"objective": {"kind": "function", "id": "bowl"}}, "objective.kind", "must be model"),
        ("data", {"objective": NET, "seed": -1}, "seed", "at least 0"),
        ("data", {"objective": {"kind": "model", "id": "nope"}}, "objective.id", "mlp-regression"),
        ("data", {"objective": NET | {"data": {"table": "gone"}}}, "objective.data.table", "upload the file"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_its_field(http, path, body, parameter, words):
    answer = http.post(f"/api/{path}", json=body)
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["parameter"] == parameter
    assert words in problem["detail"]


def test_a_table_that_was_uploaded_is_fitted(http):
    rows = "\n".join(f"{x},{2 * x + 1}" for x in range(20))
    table = http.post("/api/tables", content=f"width,price\n{rows}").json()["id"]
    line = {"kind": "model", "id": "linear-regression", "data": {"table": table}}
    data = http.post("/api/data", json={"objective": line}).json()
    assert (data["inputs"], data["target"]) == (["width"], "price")
    assert sorted(data["train"]["y"]) == [2 * x + 1 for x in range(20)]


# Trajectory ----------------------------------------------------------------------------------------------


def test_the_extra_columns_are_in_the_trajectory_of_every_format(server):
    run = create(server, BATCHES)
    assert finished(server, run)["objective"]["extra_columns"] == ["train_loss"]
    url = f"/api/runs/{run['id']}/trajectory"
    table = server.http.get(url).json()["descents"][1]
    assert len(table["train_loss"]) == 61
    assert table["train_loss"] != table["loss"]
    lines = csv.DictReader(io.StringIO(server.http.get(url, params={"format": "csv"}).text))
    mine = [line for line in lines if line["descent"] == "1"]
    assert [float(line["train_loss"]) for line in mine] == table["train_loss"]
    assert [[float(line[f"theta_{i}"]) for i in range(3)] for line in mine] == table["theta"]
    arrays = np.load(io.BytesIO(server.http.get(url, params={"format": "npz"}).content))
    assert arrays["train_loss_1"].tolist() == table["train_loss"]
    assert arrays["grad_1"].tolist() == table["grad"]


def test_rows_without_theta_keep_their_losses(server):
    run = create(server, NET, steps=20)
    finished(server, run)
    url = f"/api/runs/{run['id']}/trajectory"
    table = server.http.get(url).json()["descents"][0]
    assert set(table) >= {"loss", "grad_norm", "lr", "train_loss"}
    assert not {"theta", "grad"} & set(table)
    arrays = np.load(io.BytesIO(server.http.get(url, params={"format": "npz"}).content))
    assert set(arrays) == {f"{name}_{i}" for name in ("step", *list(table)[-4:]) for i in range(2)}
    header = server.http.get(url, params={"format": "csv"}).text.splitlines()[0]
    assert header == "descent,step,loss,grad_norm,lr,train_loss"


# Stream --------------------------------------------------------------------------------------------------


async def test_a_stream_that_includes_nothing_is_as_it_was(server):
    run = create(server, NET)
    async with connect(server, run) as socket:
        messages = await read_until(socket, is_end)
    assert {m["type"] for m in messages} <= {"run", "frame", "state"}


async def test_the_stream_of_a_model_has_its_columns_samples_and_last_fit(server):
    run = create(server, NET, steps=700)
    async with connect(server, run, include="fit,samples") as socket:
        messages = await read_until(socket, is_end)
    async with connect(server, run, include="samples,fit", encoding="msgpack") as socket:
        packed = await read_until(socket, is_end)
    path = server.http.get(f"/api/runs/{run['id']}/trajectory").json()["descents"]
    for descent in range(2):
        rows = [value for frame in of_kind(messages, "frame", descent) for value in frame["train_loss"]]
        assert rows == path[descent]["train_loss"]
        steps = [step for m in of_kind(messages, "samples", descent) for step in m["steps"]]
        assert steps == [step for step in range(701) if is_sample(step, 512)]
        fit = of_kind(messages, "fit", descent)[-1]
        asked = server.http.post("/api/fits", json={"objective": NET, "theta": fit["theta"]}).json()
        assert (fit["step"], fit["shape"]) == (700, asked["shape"])
        assert fit["values"] == pytest.approx(asked["values"], abs=1e-4)  # theta was rounded to float32
        (late,) = of_kind(packed, "fit", descent)
        assert np.frombuffer(late["values"], "<f4").tolist() == pytest.approx(fit["values"])
        thetas = [
            np.frombuffer(m["theta"], "<f4").reshape(-1, 609) for m in of_kind(packed, "samples", descent)
        ]
        told = [theta for m in of_kind(messages, "samples", descent) for theta in m["theta"]]
        assert np.array_equal(np.concatenate(thetas), np.array(told, np.float32))


async def test_samples_resume_where_they_were_left(server):
    run = create(server, NET, steps=400)
    finished(server, run)
    async with connect(server, run, include="samples", since=250) as socket:
        messages = await read_until(socket, is_end)
    assert [step for m in of_kind(messages, "samples") for step in m["steps"]] == list(range(250, 401))


async def test_a_model_of_few_parameters_has_fits_and_its_theta_in_the_frames(server):
    run = create(server, BATCHES)
    async with connect(server, run, include="fit,samples") as socket:
        messages = await read_until(socket, is_end)
    assert of_kind(messages, "samples") == []
    assert of_kind(messages, "fit")[-1]["theta"] is None
    assert len(of_kind(messages, "frame")[-1]["theta"][-1]) == 3


async def test_the_first_fit_is_there_before_the_first_step(server):
    run = create(server, NET, autoplay=False)
    async with connect(server, run, include="fit") as socket:
        messages = await read_until(socket, lambda m: m["type"] == "state")
    assert [(m["descent"], m["step"]) for m in messages if m["type"] == "fit"] == [(0, 0), (1, 0)]


async def test_a_function_has_neither_fits_nor_samples(server):
    run = create(server, {"kind": "function", "id": "bowl"})
    async with connect(server, run, include="fit,samples") as socket:
        messages = await read_until(socket, is_end)
    assert {m["type"] for m in messages} <= {"run", "frame", "state"}


@pytest.mark.parametrize("include", ["weights", "fit,weights", "Fit", "fit;samples"])
async def test_what_cannot_be_included_is_refused_with_what_can(server, include):
    run = create(server, NET, steps=5)
    async with connect(server, run, include=include) as socket:
        message = await socket.recv()
        problem = (json.loads(message) if isinstance(message, str) else msgpack.unpackb(message))["problem"]
        assert (problem["parameter"], problem["allowed"]) == ("include", ["fit", "samples"])
        assert problem["detail"].startswith("include must name fit or samples but names ")
        assert problem["detail"].endswith("; try fit,samples")
        assert await closed(socket) == 1008
