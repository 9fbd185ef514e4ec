"""The life of a run, with an engine that a test drives by hand and a clock that it moves."""

import asyncio
import json
from types import SimpleNamespace

import numpy as np
import pytest

from downslope.descents.frame import Frame
from downslope.engine.messages import Chunk
from downslope.errors import ConflictError, InternalError, KeyRequiredError, LimitError
from downslope.recipe import Edit, Recipe
from downslope.service.commands import EditCommand, Pause, Play, Step, Stop
from downslope.service.session import Session
from downslope.service.subscription import MAX_FRAME_ROWS, Subscription

RECIPE = Recipe.model_validate(
    {
        "objective": {"kind": "function", "id": "bowl"},
        "steps": 100_000,
        "descents": [{"optimizer": "SGD"}, {"optimizer": "Adam"}],
    }
)


class ManualEngine:
    """What a session needs of an engine; steps are made when the test says so."""

    def __init__(self):
        self.step = -1
        self.target = 0
        self.closed = False
        self.sizes = [None, None]

    async def open(self, run, recipe, target, listener):
        self.run, self.recipe, self.listener = run, recipe, listener
        self.make(0)
        return {"dim": 2, "extra_columns": []}

    def make(self, step, diverged=()):
        """Advance to `step`; the descents in `diverged` make no rows any more."""
        self.step, first = step, self.step + 1
        frames = [
            Frame(index, first, np.arange(first, step + 1)[:, None] + np.linspace(0, 0.6, 7) + 10.0 * index)
            for index in range(2)
            if index not in diverged
        ]
        has_ended = step >= self.recipe.steps
        states = ["diverged" if i in diverged else "finished" if has_ended else "running" for i in range(2)]
        descents = [{"state": state, "label": str(i)} for i, state in enumerate(states)]
        status = {"step": step, "has_ended": has_ended, "descents": descents}
        self.listener.on_chunk(Chunk(self.run, frames, status, b""))

    def set_target(self, run, step):
        self.target = step

    async def hold(self, run):
        self.target = self.step
        return self.step

    async def edit(self, run, descent, hyperparameters):
        edit = Edit(step=self.step, descent=descent, hyperparameters=hyperparameters)
        self.listener.on_edit(edit)
        return edit

    def close(self, run):
        self.closed = True


@pytest.fixture
async def run():
    engine = ManualEngine()
    session = Session(engine, RECIPE, speed=None, send_interval_s=0.0, max_edits=3)
    await session.open()
    yield SimpleNamespace(engine=engine, session=session)
    session.abandon("the test is over")


async def published(session):
    """Let the session publish what it has."""
    while session._pulse is not None:
        await asyncio.sleep(0)


def decoded(subscription):
    return [json.loads(message) for message in subscription.messages()]


def frames(messages, descent):
    return [m for m in messages if m["type"] == "frame" and m["descent"] == descent]


async def test_a_run_is_created_played_paused_stepped_and_finished(run):
    engine, session = run.engine, run.session
    assert (session.state, session.num_steps_done) == ("created", 0)
    await session.command(Play(type="play", speed=None))
    assert (session.state, engine.target) == ("running", 100_000)
    engine.make(10)
    await session.command(Pause(type="pause"))
    assert (session.state, engine.target) == ("paused", 10)
    await session.command(Step(type="step", count=5))
    assert (session.state, engine.target) == ("paused", 15)
    engine.make(15)
    engine.make(100_000)
    assert session.state == "finished"
    assert session.ended.is_set()
    assert engine.closed


async def test_the_speed_stays_where_play_does_not_name_one(run):
    await run.session.command(Play(type="play", speed=40))
    await run.session.command(Pause(type="pause"))
    await run.session.command(Play(type="play"))
    assert run.session.speed == 40
    await run.session.command(Play(type="play", speed=None))
    assert run.session.speed is None


async def test_an_edit_is_in_the_recipe_with_the_step_at_which_it_took_effect(run):
    run.engine.make(7)
    await run.session.command(EditCommand(type="edit", descent=1, hyperparameters={"lr": 0.5}))
    assert run.session.recipe.edits == [Edit(step=7, descent=1, hyperparameters={"lr": 0.5})]


async def test_one_edit_more_than_the_limit_is_refused(run):
    edit = EditCommand(type="edit", descent=0, hyperparameters={"lr": 0.5})
    for _ in range(3):
        await run.session.command(edit)
    with pytest.raises(LimitError, match="may have 3 edits"):
        await run.session.command(edit)


async def test_a_command_with_a_known_id_is_applied_once(run):
    step = Step(type="step", count=5, command_id="a")
    await run.session.command(step)
    run.engine.make(5)
    await run.session.command(step)
    assert run.engine.target == 5
    await run.session.command(Step(type="step", count=5, command_id="b"))
    assert run.engine.target == 10


async def test_a_run_that_has_ended_takes_no_commands_and_says_so(run):
    await run.session.command(Stop(type="stop"))
    assert run.session.state == "interrupted"
    assert run.session.reason == "stopped by its owner after step 0"
    for command in (Play(type="play"), Pause(type="pause"), Step(type="step"), Stop(type="stop")):
        with pytest.raises(ConflictError, match=f"cannot {command.type} this run because it is interrupted"):
            await run.session.command(command)


async def test_a_failure_ends_the_run_and_keeps_what_it_has_done(run):
    run.engine.make(20)
    run.session.on_failure(InternalError("it broke"))
    assert (run.session.state, run.session.reason) == ("failed", "it broke")
    assert run.session.log.heads == [21, 21]


async def test_only_the_control_key_drives(run):
    run.session.check_key(run.session.control_key)
    for wrong in (None, "", run.session.control_key[:-1], run.session.control_key + "x", "钥匙"):
        with pytest.raises(KeyRequiredError, match="X-Control-Key"):
            run.session.check_key(wrong)
    assert run.session.control_key not in json.dumps(run.session.view())


async def test_the_session_keeps_the_pace_that_was_asked_for(run):
    loop = asyncio.get_running_loop()
    began = loop.time()
    await run.session.command(Play(type="play", speed=200))
    while run.engine.target < 40:
        run.engine.make(max(run.engine.step, run.engine.target))
        await asyncio.sleep(0.005)
    assert loop.time() - began >= 40 / 200


# Subscribers ---------------------------------------------------------------------------------------------


async def test_a_subscriber_gets_everything_once_and_in_order(run):
    subscription = Subscription(run.session, 0, "json", lambda: 0.0)
    received = []
    for step in (3, 4, 9, 30):
        run.engine.make(step)
        await published(run.session)
        received += decoded(subscription)
    for descent in range(2):
        losses = [loss for frame in frames(received, descent) for loss in frame["loss"]]
        assert losses == [step + 10.0 * descent for step in range(31)]
        assert [f["first_step"] for f in frames(received, descent)] == [0, 4, 5, 10]


async def test_a_slow_subscriber_gets_fewer_and_larger_frames_without_a_gap(run):
    fast, slow = (Subscription(run.session, 0, "json", lambda: 0.0) for _ in range(2))
    fast_frames = []
    for step in range(1, 50):
        run.engine.make(step)
        await published(run.session)
        fast_frames += frames(decoded(fast), 0)
    slow_frames = frames(decoded(slow), 0)
    assert len(fast_frames) > 40
    assert [(f["first_step"], f["count"]) for f in slow_frames] == [(0, 50)]


@pytest.mark.parametrize("since", [0, 1, 17, 30])
async def test_a_stream_resumes_at_the_step_that_was_asked_for(run, since):
    run.engine.make(30)
    await published(run.session)
    subscription = Subscription(run.session, since, "json", lambda: 0.0)
    assert json.loads(subscription.first_message("2.13"))["since"] == since
    messages = decoded(subscription)
    assert [f["first_step"] for f in frames(messages, 0)] == [since]


async def test_a_since_past_the_head_begins_with_what_comes_next(run):
    run.engine.make(30)
    await published(run.session)
    subscription = Subscription(run.session, 1_000, "json", lambda: 0.0)
    assert json.loads(subscription.first_message(None))["since"] == 31
    assert frames(decoded(subscription), 0) == []
    run.engine.make(32)
    await published(run.session)
    assert [(f["first_step"], f["count"]) for f in frames(decoded(subscription), 0)] == [(31, 2)]


async def test_a_long_past_comes_in_frames_of_bounded_size_all_descents_abreast(run):
    run.engine.make(10_000)
    await published(run.session)
    received = [m for m in decoded(Subscription(run.session, 0, "json", lambda: 0.0)) if m["type"] == "frame"]
    assert max(m["count"] for m in received) == MAX_FRAME_ROWS
    assert [m["descent"] for m in received] == [0, 1] * -(-10_001 // MAX_FRAME_ROWS)
    assert sum(m["count"] for m in received) == 2 * 10_001


async def test_a_descent_that_has_diverged_sends_no_more_rows_and_the_other_goes_on(run):
    subscription = Subscription(run.session, 0, "json", lambda: 0.0)
    run.engine.make(5)
    run.engine.make(9, diverged=(1,))
    await published(run.session)
    messages = decoded(subscription)
    assert [sum(f["count"] for f in frames(messages, i)) for i in range(2)] == [10, 6]
    assert messages[-1]["type"] == "state"
    assert [d["state"] for d in messages[-1]["descents"]] == ["running", "diverged"]
    late = decoded(Subscription(run.session, 8, "json", lambda: 0.0))
    assert [f["first_step"] for f in frames(late, 0)] == [8]
    assert frames(late, 1) == []


async def test_the_end_is_told_after_the_last_frame_and_edits_before_the_state(run):
    subscription = Subscription(run.session, 0, "json", lambda: 0.0)
    await run.session.command(EditCommand(type="edit", descent=0, hyperparameters={"lr": 1.0}))
    run.engine.make(100_000)
    await published(run.session)
    messages = decoded(subscription)
    kinds = [message["type"] for message in messages]
    assert kinds[-2:] == ["edit", "state"]
    assert set(kinds[:-2]) == {"frame"}
    assert messages[-2] == {"type": "edit", "step": 0, "descent": 0, "hyperparameters": {"lr": 1.0}}
    assert messages[-1]["run_state"] == "finished"


async def test_an_edit_that_the_first_message_holds_is_not_told_again(run):
    await run.session.command(EditCommand(type="edit", descent=0, hyperparameters={"lr": 1.0}))
    await published(run.session)
    late = Subscription(run.session, 0, "json", lambda: 0.0)
    assert len(json.loads(late.first_message(None))["run"]["recipe"]["edits"]) == 1
    assert "edit" not in [message["type"] for message in decoded(late)]


async def test_lag_is_measured_by_what_is_acknowledged(run):
    now = 0.0
    subscription = Subscription(run.session, 0, "json", lambda: now)
    run.engine.make(10)
    await published(run.session)
    decoded(subscription)
    now = 100.0
    assert subscription.lag_s == 0.0  # it never acknowledged anything: its lag is not known
    subscription.acknowledge(10)
    run.engine.make(20)
    await published(run.session)
    decoded(subscription)
    now = 107.0
    run.engine.make(30)
    await published(run.session)
    decoded(subscription)
    assert subscription.lag_s == 7.0
    subscription.acknowledge(20)
    now = 108.0
    assert subscription.lag_s == 1.0
    subscription.acknowledge(30)
    assert subscription.lag_s == 0.0


async def test_a_subscriber_sleeps_until_there_is_something_new(run):
    subscription = Subscription(run.session, 0, "json", lambda: 0.0)
    await published(run.session)
    subscription._wake.clear()
    assert not await subscription.wait(0.01)
    run.engine.make(3)
    assert await subscription.wait(5)
    subscription.close()
    assert run.session.subscribers == set()


async def test_steps_are_added_up_while_those_before_are_still_being_made(run):
    for total in (2, 4, 6):
        await run.session.command(Step(type="step", count=2))
        assert run.engine.target == total
    run.engine.make(1)
    await run.session.command(Step(type="step", count=1))
    assert run.engine.target == 7


async def test_a_command_whose_caller_leaves_is_carried_out_and_is_in_the_recipe(run):
    answer = asyncio.Event()
    edit_at_once = run.engine.edit

    async def slow_edit(*arguments):
        await answer.wait()
        return await edit_at_once(*arguments)

    run.engine.edit = slow_edit
    edit = EditCommand(type="edit", descent=0, hyperparameters={"lr": 0.5})
    caller = asyncio.ensure_future(run.session.command(edit))
    await asyncio.sleep(0)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    answer.set()
    await run.session.command(Pause(type="pause"))  # waits its turn
    assert [edit.hyperparameters for edit in run.session.recipe.edits] == [{"lr": 0.5}]
