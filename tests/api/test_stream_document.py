"""docs/stream.md says what is so."""

import inspect
import json
import re
from pathlib import Path
from typing import get_args

import msgpack
import numpy as np
import pytest
from live_server import serving
from pydantic import ValidationError
from test_stream import closed, connect, is_end, read_until

from downslope.api import security, stream
from downslope.descents import frame, samples
from downslope.errors import DownslopeError
from downslope.service import commands, subscription
from downslope.service.encoding import Encoding
from downslope.settings import Settings

DOCUMENT = (Path(__file__).parents[2] / "docs" / "stream.md").read_text("utf-8")
TEXT = " ".join(DOCUMENT.split())
NET = {"kind": "model", "id": "mlp-classifier"}


def rows(heading):
    """Return the cells of the rows of the table below a heading."""
    section = DOCUMENT.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def fields(heading):
    """Return (fields that are always there, fields that may be there) of each type of message."""
    found = {}
    for type_, names, _ in rows(heading):
        listed = re.findall(r"`(\w+)`(\??)", re.sub(r"\([^)]*\)", "", names))
        found[type_.strip("`")] = tuple({name for name, mark in listed if mark == may} for may in ("", "?"))
    return found


def create(server, objective, **rest):
    descents = [{"optimizer": "SGD", "hyperparameters": {"lr": 0.01}}]
    body = {"objective": objective, "steps": 200, "descents": descents, "autoplay": False} | rest
    return server.http.post("/api/runs", json=body).raise_for_status().json()


async def everything(server, objective, encoding):
    """Return what a subscriber hears in the whole life of a run with an edit, an error and a silence."""
    run = create(server, objective)
    async with connect(server, run, encoding=encoding, include="fit,samples") as socket:
        for message in (
            {"type": "control", "key": run["control_key"]},
            {"type": "fly"},
            {"type": "edit", "descent": 0, "hyperparameters": {"lr": 0.02}},
        ):
            await socket.send(json.dumps(message))
        messages = await read_until(socket, lambda m: m["type"] == "beat")
        await socket.send(json.dumps({"type": "play", "speed": None}))
        return messages + await read_until(socket, is_end)


@pytest.mark.parametrize("encoding", get_args(Encoding))
async def test_messages_have_the_fields_that_the_document_lists(encoding):
    always_and_maybe = fields("Messages of the server")
    with serving(beat_interval_s=0.1) as server:
        messages = await everything(server, NET, encoding)
        messages += await everything(server, {"kind": "function", "id": "bowl"}, encoding)
    assert {message["type"] for message in messages} == set(always_and_maybe)
    for message in messages:
        always, maybe = always_and_maybe[message["type"]]
        assert always <= set(message) - {"type"} <= always | maybe
    seen = set().union(*(message for message in messages if message["type"] == "frame"))
    assert seen == {"type"} | always_and_maybe["frame"][0] | always_and_maybe["frame"][1]


def test_the_query_has_the_parameters_that_the_document_lists():
    (route,) = stream.stream_routes(None, max_lag_s=1, beat_interval_s=1).routes
    signature = inspect.signature(route.endpoint).parameters
    listed = {name.strip("`"): default.strip("`") for name, default, _ in rows("Query parameters")}
    assert listed == {name: signature[name].default for name in list(signature)[2:]}
    told = {name.strip("`"): set(re.findall(r"`(\w+)`", what)) for name, _, what in rows("Query parameters")}
    assert told["encoding"] == set(get_args(Encoding))
    assert told["include"] == set(get_args(subscription.Part))


def test_commands_have_the_fields_that_the_document_lists():
    listed = fields("Messages of the client")
    models = {"ack": stream._Ack, "control": stream._Control}
    for model in get_args(get_args(commands.Command)[0]):
        models[get_args(model.model_fields["type"].annotation)[0]] = model
    assert set(listed) == set(models)
    for type_, model in models.items():
        named = {name: field for name, field in model.model_fields.items() if name != "type"}
        required = {name for name, field in named.items() if field.is_required()}
        assert listed[type_] == (required, set(named) - required)
        with pytest.raises((ValidationError, DownslopeError)):
            model.model_validate({"type": type_, "unknown": 1})


def test_the_close_codes_are_those_of_the_code():
    listed = {int(code) for code, _, _ in rows("Close codes")}
    own = {stream.TOO_SLOW, stream.BAD_KEY, stream.NO_SUCH_RUN, stream.LIMIT, stream.BAD_REQUEST}
    assert listed == {*own, security.CLOSE_FORBIDDEN, security.CLOSE_LIMIT, 1012}


async def test_a_server_that_goes_closes_its_streams_with_1012():
    with serving() as server:
        run = create(server, NET)
        socket = await connect(server, run)
    assert await closed(socket) == 1012


def test_the_numbers_are_those_of_the_code():
    settings = Settings()
    for words in (
        f"at most {subscription.MAX_FRAME_ROWS} rows",
        f"at most {subscription.MAX_SAMPLES_VALUES} numbers",
        f"there up to {frame.MAX_RECORDED_DIM} components",
        f"of more than {frame.MAX_RECORDED_DIM} components",
        f"nothing else was sent for {settings.beat_interval_s:g} s",
        f"for {settings.max_lag_s:g} s",
    ):
        assert words in TEXT
    found = re.search(r"power of two up to (\d+) / components, at least (\d+) and at most (\d+)", TEXT)
    budget, least, most = map(int, found.groups())
    for dim in (17, 100, 4_096, 4_097, 10_000, 30_000, 10**6):
        powers = [2**i for i in range(12) if 2**i <= max(least, min(budget / dim, most))]
        assert samples.num_dense(dim) == max(powers)


def test_the_example_follows_a_run_to_its_end(server):
    run = create(server, NET, autoplay=True)
    (script,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    address = f"{server.websocket_url}/api/runs/{run['id']}/stream"
    assert "ws://127.0.0.1:8000/api/runs/RUN_ID/stream" in script
    names = {}
    exec(script.replace("ws://127.0.0.1:8000/api/runs/RUN_ID/stream", address), names)
    path = server.http.get(f"/api/runs/{run['id']}/trajectory").json()["descents"][0]
    assert names["losses"] == {0: path["loss"]}
    assert names["predicted"].ndim == 3


async def test_numbers_are_as_the_document_says(server):
    run = create(server, NET, autoplay=True, steps=20)
    async with connect(server, run, include="fit,samples") as socket:
        text = await read_until(socket, is_end)
    async with connect(server, run, include="fit,samples", encoding="msgpack") as socket:
        packed = await read_until(socket, is_end)
    dim = text[0]["run"]["dim"]
    for kind, dtype in (("samples", "<f4"), ("fit", "<f4")):
        told = [m for m in text if m["type"] == kind][-1]
        (bytes_,) = [m for m in packed if m["type"] == kind]
        assert np.frombuffer(bytes_["theta"], dtype).reshape(-1, dim)[-1].tolist() == pytest.approx(
            np.array(told["theta"]).reshape(-1, dim)[-1].tolist()
        )
    assert isinstance(told["values"][0], float)
    assert len(told["values"]) == np.prod(told["shape"])
    assert msgpack.packb(bytes_["shape"]) == msgpack.packb(told["shape"])
