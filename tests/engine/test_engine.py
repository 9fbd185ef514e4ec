"""Runs survive the loss of their workers bit by bit; calls answer or say why not."""

import asyncio
import os
import signal

import pytest
from recorder import Recorder, race, same_bits, undisturbed

from downslope.engine.engine import Engine
from downslope.errors import ConflictError, InternalError, UnavailableError, UserError
from downslope.recipe import FunctionObjective

pytestmark = pytest.mark.asyncio(loop_scope="module")


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until(holds):
    """Wait until `holds` gives something true, and return it."""
    async with asyncio.timeout(240):
        while not (found := holds()):
            await asyncio.sleep(0)
    return found


def worker_of(engine, run):
    return engine._runs[run].worker


async def test_a_killed_worker_changes_no_bit_of_a_race(engine):
    recipe = race()
    expected = await undisturbed(engine, recipe)
    recorder = Recorder()
    await engine.open("killed", recipe, recipe.steps, recorder)
    for step in (300, 800):
        await recorder.reach(step)
        os.kill(worker_of(engine, "killed").process.pid, signal.SIGKILL)
    await recorder.end()
    assert recorder.error is None
    assert same_bits(recorder.trajectory(), expected)


async def test_a_hung_worker_is_replaced_and_changes_no_bit(engine):
    recipe = race()
    expected = await undisturbed(engine, recipe)
    recorder = Recorder()
    await engine.open("hung", recipe, recipe.steps, recorder)
    await recorder.reach(400)
    hung = worker_of(engine, "hung").process.pid
    os.kill(hung, signal.SIGSTOP)
    await recorder.end()
    assert not is_alive(hung) or hung not in engine.worker_pids
    assert same_bits(recorder.trajectory(), expected)


async def test_all_workers_killed_at_once_are_replaced(engine):
    recipe = race()
    expected = await undisturbed(engine, recipe)
    recorders = [Recorder() for _ in range(4)]
    for number, recorder in enumerate(recorders):
        await engine.open(f"run {number}", recipe, recipe.steps, recorder)
    await recorders[0].reach(200)
    for pid in engine.worker_pids:
        os.kill(pid, signal.SIGKILL)
    for number, recorder in enumerate(recorders):
        await recorder.end()
        assert same_bits(recorder.trajectory(), expected)
        engine.close(f"run {number}")


async def test_an_edit_that_a_lost_worker_did_not_confirm_is_made_all_the_same(engine):
    recipe = race()
    recorder = Recorder()
    await engine.open("edited", recipe, 600, recorder)
    await recorder.reach(600)
    worker = worker_of(engine, "edited").process.pid
    os.kill(worker, signal.SIGSTOP)  # it will not read the edit
    edit = asyncio.ensure_future(engine.edit("edited", 1, {"lr": 0.05}))
    await asyncio.sleep(0)
    os.kill(worker, signal.SIGKILL)
    confirmed = await edit
    assert confirmed.step == 600
    engine.set_target("edited", recipe.steps)
    await recorder.end()
    replayed = await undisturbed(engine, recipe.model_copy(update={"edits": [confirmed]}))
    assert same_bits(recorder.trajectory(), replayed)


async def test_a_run_stops_at_its_target_and_holds_where_it_is_told_to(engine):
    recorder = Recorder()
    await engine.open("paced", race(steps=100_000), 40, recorder)
    await recorder.reach(40)
    assert await engine.hold("paced") == recorder.step == 40
    engine.set_target("paced", 100_000)
    await recorder.reach(200)
    held = await engine.hold("paced")
    assert held == recorder.step < 100_000
    await engine.call("plane", objective=FunctionObjective(kind="function", id="bowl"))
    assert recorder.step == held
    engine.close("paced")


async def test_calls_are_answered_while_a_run_is_under_way(engine):
    recorder = Recorder()
    await engine.open("busy", race(steps=100_000), 100_000, recorder)
    ref = FunctionObjective(kind="function", id="himmelblau")
    before = recorder.step
    seen = await engine.call("plane", objective=ref)
    grid = {"objective": ref, "plane": seen["plane"], "resolution": 65, "first": 0, "end": 65 * 65}
    answers = await asyncio.gather(*(engine.call("values", **grid) for _ in range(8)))
    assert all(answer["part"].shape == (65 * 65,) for answer in answers)
    await recorder.reach(before + 50)
    assert recorder.error is None
    engine.close("busy")


async def test_a_call_in_flight_when_its_worker_dies_is_asked_again(engine):
    pids = engine.worker_pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    call = asyncio.ensure_future(engine.call("catalogue"))
    await asyncio.sleep(0)
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    assert (await call)["torch"].startswith("2.")


async def test_a_recipe_that_cannot_be_run_is_refused_with_the_field(engine):
    bad = race().model_copy(update={"start": [1.0]})
    with pytest.raises(UserError) as caught:
        await engine.open("bad", bad, 10, Recorder())
    assert caught.value.parameter == "start"
    with pytest.raises(ConflictError):
        await engine.edit("bad", 0, {"lr": 1.0})


async def test_an_unexpected_error_in_a_worker_is_told_as_a_defect(engine):
    with pytest.raises(InternalError, match="KeyError in a worker process"):
        await engine.call("no such call")


async def test_a_call_that_kills_every_worker_is_given_up(engine):
    # A grid no machine can hold: torch fails; so the killing is done by hand, at every try.
    call = None
    for _ in range(3):
        while not engine.worker_pids:
            await asyncio.sleep(0)
        for pid in engine.worker_pids:
            os.kill(pid, signal.SIGSTOP)
        if call is None:
            call = asyncio.ensure_future(engine.call("catalogue"))
            await asyncio.sleep(0)
        for pid in engine.worker_pids:
            os.kill(pid, signal.SIGKILL)
        stopped = set(engine.worker_pids)
        while stopped & set(engine.worker_pids):
            await asyncio.sleep(0)
    with pytest.raises(InternalError, match="ended 3 worker processes one after another"):
        await call


async def test_stopping_leaves_no_process_not_even_a_stuck_one():
    engine = Engine(num_workers=2, slice_s=0.016, hang_timeout_s=60.0, warmup_timeout_s=60.0)
    engine.start()
    await engine.call("catalogue")
    while len(engine.worker_pids) < 2:
        await asyncio.sleep(0)
    pids = engine.worker_pids
    os.kill(pids[0], signal.SIGSTOP)
    await engine.stop()
    assert not any(is_alive(pid) for pid in pids)


async def test_a_call_after_the_warmup_time_says_that_no_worker_is_ready():
    engine = Engine(num_workers=1, slice_s=0.016, hang_timeout_s=60.0, warmup_timeout_s=0.001)
    engine.start()
    with pytest.raises(UnavailableError, match=r"no worker process was ready within 0\.001 s"):
        await engine.call("catalogue")
    await engine.stop()


async def test_an_engine_that_stops_while_it_starts_does_not_wait_and_leaves_no_process():
    engine = Engine(num_workers=1, slice_s=0.016, hang_timeout_s=60.0, warmup_timeout_s=60.0)
    engine.start()
    (worker,) = await until(lambda: engine._pool.workers)
    await engine.stop()
    await until(lambda: worker.process.pid is not None)
    await until(lambda: not is_alive(worker.process.pid))
