"""The WebSocket of a run, over the network: order, resume, commands, and every close code."""

import asyncio
import json
import os
import signal
from itertools import pairwise

import msgpack
import numpy as np
import pytest
import websockets
from live_server import serving
from recipes import recipe
from websockets.exceptions import ConnectionClosed


def create(server, **rest):
    return server.http.post("/api/runs", json=recipe(**rest)).raise_for_status().json()


def connect(server, run, **options):
    query = "&".join(f"{name}={value}" for name, value in options.items())
    return websockets.connect(f"{server.websocket_url}/api/runs/{run['id']}/stream?{query}", max_size=None)


async def read_until(socket, is_last):
    """Return the messages up to the one that `is_last` accepts."""
    messages = []
    async with asyncio.timeout(180):
        while not messages or not is_last(messages[-1]):
            data = await socket.recv()
            messages.append(json.loads(data) if isinstance(data, str) else msgpack.unpackb(data))
    return messages


def is_end(message):
    return message["type"] == "state" and message["run_state"] in ("finished", "interrupted", "failed")


def reaches(step):
    return lambda m: is_end(m) or (m["type"] == "frame" and m["first_step"] + m["count"] > step)


def losses(messages, descent=0):
    frames = [m for m in messages if m["type"] == "frame" and m["descent"] == descent]
    for before, after in pairwise(frames):
        assert after["first_step"] == before["first_step"] + before["count"]
    return frames[0]["first_step"], [loss for frame in frames for loss in frame["loss"]]


def trajectory(server, run, descent=0):
    return server.http.get(f"/api/runs/{run['id']}/trajectory").json()["descents"][descent]


async def send(socket, **message):
    await socket.send(json.dumps(message))


async def test_the_stream_is_the_trajectory(server):
    run = create(server, steps=2000, speed=4000)
    async with connect(server, run) as socket:
        messages = await read_until(socket, is_end)
    assert messages[0]["type"] == "run"
    assert messages[0]["since"] == 0
    assert "control_key" not in messages[0]["run"]
    for descent in range(2):
        path = trajectory(server, run, descent)
        assert losses(messages, descent) == (0, path["loss"])
        frames = [m for m in messages if m["type"] == "frame" and m["descent"] == descent]
        for column in ("theta", "grad", "grad_norm", "lr"):
            assert [value for frame in frames for value in frame[column]] == path[column]


async def test_msgpack_carries_the_same_numbers_in_binary(server):
    run = create(server, steps=300)
    async with connect(server, run, encoding="msgpack") as socket:
        messages = await read_until(socket, is_end)
    frames = [m for m in messages if m["type"] == "frame" and m["descent"] == 1]
    theta = np.concatenate([np.frombuffer(f["theta"], "<f8").reshape(f["count"], 2) for f in frames])
    assert theta.tolist() == trajectory(server, run, 1)["theta"]


async def test_a_subscriber_that_comes_back_goes_on_exactly_where_it_left(server):
    run = create(server, steps=3000, speed=3000)
    received = []
    while len(received) < 3001:
        async with connect(server, run, since=len(received)) as socket:
            messages = await read_until(socket, reaches(len(received) + 700))
        first, part = losses(messages)
        assert messages[0]["since"] == first == len(received)
        received += part
    assert received == trajectory(server, run)["loss"]


async def test_many_subscribers_get_the_same(server):
    run = create(server, steps=1500, speed=3000)

    async def follow(since):
        async with connect(server, run, since=since) as socket:
            return losses(await read_until(socket, is_end))

    results = await asyncio.gather(*(follow(since) for since in (0, 0, 0, 10, 200)))
    path = trajectory(server, run)["loss"]
    for first, part in results:
        assert part == path[first:]


async def test_a_run_is_driven_over_its_stream(server):
    run = create(server, steps=100_000, autoplay=False)
    async with connect(server, run) as socket:
        await send(socket, type="control", key=run["control_key"])
        await send(socket, type="step", count=5, command_id="a")
        await send(socket, type="step", count=5, command_id="a")
        await read_until(socket, reaches(5))
        await send(socket, type="edit", descent=0, hyperparameters={"lr": 0.001})
        (edit,) = (m for m in await read_until(socket, lambda m: m["type"] == "edit") if m["type"] == "edit")
        assert (edit["step"], edit["descent"], edit["hyperparameters"]) == (5, 0, {"lr": 0.001})
        await send(socket, type="play", speed=500)
        await read_until(socket, lambda m: m["type"] == "state" and m["run_state"] == "running")
        await read_until(socket, reaches(20))
        await send(socket, type="pause")
        state = (await read_until(socket, lambda m: m["type"] == "state"))[-1]
        assert (state["run_state"], state["speed"]) == ("paused", 500)
        await send(socket, type="stop")
        assert (await read_until(socket, is_end))[-1]["run_state"] == "interrupted"
    path = trajectory(server, run)
    assert path["lr"][5:7] == [0.01, 0.001]


async def test_a_command_without_the_key_is_refused_and_the_stream_goes_on(server):
    run = create(server, steps=200, speed=400)
    async with connect(server, run) as socket:
        await send(socket, type="stop", command_id="x")
        messages = await read_until(socket, is_end)
    (error,) = [m for m in messages if m["type"] == "error"]
    assert (error["problem"]["code"], error["command_id"]) == ("key_required", "x")
    assert 'send {"type": "control", "key": ...} first' in error["problem"]["detail"]
    assert losses(messages) == (0, trajectory(server, run)["loss"])


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ('{"type": "pl', "message must be JSON but at line 1, column"),
        ("[1, 2]", "must be an object with a type"),
        ('{"type": "fly"}', "play"),
        ('{"no": "type"}', "type"),
        ('{"type": "ack", "step": "x"}', "step"),
        ('{"type": "step", "count": 0}', "count"),
        ('{"type": "play", "speed": NaN}', "speed"),
        (b"\xc1", "not valid msgpack"),
    ],
)
async def test_a_message_that_makes_no_sense_is_answered_in_a_sentence(server, message, words):
    run = create(server, steps=5)
    async with connect(server, run) as socket:
        await socket.send(message)
        error = (await read_until(socket, lambda m: m["type"] == "error"))[-1]
        assert words in error["problem"]["detail"] + str(error["problem"]["allowed"])
        await send(socket, type="ack", step=5)  # the stream is still there
        await socket.ping()


async def closed(socket):
    async with asyncio.timeout(180):
        with pytest.raises(ConnectionClosed) as caught:
            while True:
                await socket.recv()
    return caught.value.rcvd.code


async def test_close_codes_tell_a_client_whether_to_come_back(server):
    run = create(server, steps=5)
    async with connect(server, {"id": "nope"}) as socket:
        problem = json.loads(await socket.recv())["problem"]
        assert problem["code"] == "not_found"
        assert await closed(socket) == 4404
    async with connect(server, run) as socket:
        await send(socket, type="control", key="wrong")
        assert await closed(socket) == 4401
    for wrong in ({"since": "-1"}, {"since": "x"}, {"encoding": "xml"}):
        async with connect(server, run, **wrong) as socket:
            assert json.loads(await socket.recv())["problem"]["parameter"] in wrong
            assert await closed(socket) == 1008
    url = f"{server.websocket_url}/api/runs/{run['id']}/stream"
    async with websockets.connect(url, origin="http://evil.example") as socket:
        assert await closed(socket) == 4403


async def test_a_killed_worker_is_not_seen_by_a_subscriber(server):
    race = {"steps": 2000, "start": [-1.0, 1.0]}
    calm = create(server, **race)
    disturbed = create(server, **race, speed=2000)
    async with connect(server, disturbed) as socket:
        messages = await read_until(socket, reaches(600))
        for pid in server.service.worker_pids:
            os.kill(pid, signal.SIGKILL)
        messages += await read_until(socket, is_end)
    server.http.get(f"/api/runs/{calm['id']}", params={"wait_s": 60})
    assert messages[-1]["run_state"] == "finished"
    for descent in range(2):
        assert losses(messages, descent)[1] == trajectory(server, calm, descent)["loss"]
        assert trajectory(server, disturbed, descent)["theta"] == trajectory(server, calm, descent)["theta"]


async def test_a_silent_stream_beats(server):
    with serving(beat_interval_s=0.05) as quick:
        run = create(quick, steps=7)
        async with connect(quick, run) as socket:
            messages = await read_until(socket, lambda m: m["type"] == "beat" and m["head"] == 7)
        assert messages[-1] == {"type": "beat", "head": 7}


async def test_a_subscriber_that_reads_nothing_is_closed_with_4008_and_may_resume(server):
    with serving(max_lag_s=0.5) as impatient:
        crawl = {"optimizer": "SGD", "hyperparameters": {"lr": 1e-6}}
        run = create(impatient, steps=1_000_000, descents=[crawl] * 8)
        async with connect(impatient, run) as socket:
            await send(socket, type="ack", step=0)
            messages = await read_until(socket, reaches(200))  # it reads, but never acknowledges again
            assert await closed(socket) == 4008
        head = losses(messages)[1]
        async with connect(impatient, run, since=len(head)) as socket:
            again = await read_until(socket, reaches(len(head) + 10))
        assert losses(again)[0] == len(head)


async def test_a_subscriber_that_leaves_in_mid_command_leaves_no_edit_behind_that_the_recipe_does_not_know(
    server,
):
    run = create(server, steps=100_000, speed=400)
    for number in range(15):
        async with connect(server, run) as socket:
            await read_until(socket, lambda m: m["type"] == "frame")
            await send(socket, type="control", key=run["control_key"])
            await send(socket, type="edit", descent=0, hyperparameters={"lr": 0.001 + number * 1e-5})
            socket.transport.abort()
    async with connect(server, run, since=10**6) as socket:
        await send(socket, type="control", key=run["control_key"])
        await send(socket, type="step", count=3)
        await read_until(socket, lambda m: m["type"] == "state" and m["run_state"] == "paused")
        await send(socket, type="stop")
        await read_until(socket, is_end)
    view = server.http.get(f"/api/runs/{run['id']}").json()
    known = {0.01, *(edit["hyperparameters"]["lr"] for edit in view["recipe"]["edits"])}
    assert set(trajectory(server, run)["lr"]) <= known


async def test_a_subscriber_that_leaves_with_its_last_command_has_it_carried_out(server):
    for _ in range(8):
        run = create(server, steps=100_000, speed=200)
        async with connect(server, run) as socket:
            await read_until(socket, reaches(3))
            await send(socket, type="control", key=run["control_key"])
            await send(socket, type="stop")
        view = server.http.get(f"/api/runs/{run['id']}", params={"wait_s": 30}).json()
        assert view["state"] == "interrupted"


async def test_a_deleted_run_closes_its_streams(server):
    run = create(server, steps=100_000, speed=50)
    async with connect(server, run) as socket:
        await read_until(socket, reaches(3))
        url = f"/api/runs/{run['id']}"
        answer = await asyncio.to_thread(
            server.http.delete, url, headers={"X-Control-Key": run["control_key"]}
        )
        assert answer.status_code == 204
        assert await closed(socket) == 4404


@pytest.mark.parametrize("command_id", [2**70, ["x"], {"a": 1}, "x" * 200])
async def test_an_id_that_cannot_be_told_back_is_not(server, command_id):
    run = create(server, steps=5)
    async with connect(server, run) as socket:
        await send(socket, type="fly", command_id=command_id)
        error = (await read_until(socket, lambda m: m["type"] == "error"))[-1]
        assert error["command_id"] is None
        await send(socket, type="ack", step=5)
        await socket.ping()
