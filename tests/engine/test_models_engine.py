"""Models in worker processes: what they predict comes by itself, and no bit is lost with a worker."""

import asyncio
import os
import signal

import numpy as np
import pytest
from recorder import Recorder, same_bits, undisturbed

from downslope.descents.samples import is_sample
from downslope.engine.messages import Chunk
from downslope.errors import InvalidValueError
from downslope.recipe import FunctionObjective, ModelObjective, Recipe

pytestmark = pytest.mark.asyncio(loop_scope="module")
NET = {"kind": "model", "id": "mlp-regression"}


def recipe(steps, objective=NET):
    return Recipe.model_validate(
        {
            "objective": objective,
            "steps": steps,
            "descents": [
                {"optimizer": "SGD", "hyperparameters": {"lr": 1e-3}},
                {"optimizer": "Adam", "hyperparameters": {"lr": 1e-3}},
            ],
        }
    )


class FitRecorder(Recorder):
    """Keeps fits and samples too, and lets a test wait for the fits of a step."""

    def __init__(self):
        super().__init__()
        self.fits = {}
        self.samples = {}
        self.theta = {}
        self.chunks = []

    def on_chunk(self, chunk):
        self.chunks.append(chunk)
        for fit in chunk.fits:
            self.fits.setdefault(fit.descent, []).append(fit)
        for frame in chunk.frames:
            self.theta[frame.descent] = frame.theta
            if frame.samples is not None:
                steps, theta = self.samples.setdefault(frame.descent, ([], []))
                steps += frame.samples.steps.tolist()
                theta.append(frame.samples.theta)
        super().on_chunk(chunk)

    async def fitted(self, step):
        """Wait until every descent has a fit at `step`."""
        async with asyncio.timeout(240), self._reached:
            await self._reached.wait_for(
                lambda: len(self.fits) == 2 and all(fits[-1].step == step for fits in self.fits.values())
            )


async def test_a_run_shows_what_it_predicts_when_opened_when_it_stands_and_at_its_end(engine):
    recorder = FitRecorder()
    await engine.open("shown", recipe(800), 0, recorder)
    assert {d: [fit.step for fit in fits] for d, fits in recorder.fits.items()} == {0: [0], 1: [0]}
    engine.set_target("shown", 3)
    await recorder.fitted(3)
    engine.set_target("shown", 4)
    await recorder.fitted(4)
    engine.set_target("shown", 800)
    await recorder.end()
    assert [fits[-1].step for fits in recorder.fits.values()] == [800, 800]
    for descent, fits in recorder.fits.items():
        steps = [fit.step for fit in fits]
        assert steps == sorted(set(steps))
        assert np.array_equal(fits[-1].theta, recorder.theta[descent].astype(np.float32))
    engine.close("shown")


async def test_a_fit_is_what_the_same_theta_gives_when_asked_for(engine):
    recorder = FitRecorder()
    await engine.open("asked", recipe(50), 50, recorder)
    await recorder.end()
    for descent in range(2):
        theta = recorder.theta[descent].tolist()
        asked = await engine.call("fit", objective=ModelObjective(**NET), theta=theta)
        assert np.array_equal(asked["values"], recorder.fits[descent][-1].values)
    engine.close("asked")


async def test_a_killed_worker_changes_no_bit_of_a_model_and_the_fits_come_again(engine):
    whole = recipe(1_200)
    expected = await undisturbed(engine, whole)
    calm = FitRecorder()
    await engine.open("calm", whole, 1_200, calm)
    recorder = FitRecorder()
    await engine.open("killed", whole, 700, recorder)
    await recorder.reach(200)
    os.kill(engine._runs["killed"].worker.process.pid, signal.SIGKILL)
    await recorder.fitted(700)
    standing = engine._runs["killed"].worker.process.pid
    num_chunks = len(recorder.chunks)
    os.kill(standing, signal.SIGKILL)
    async with asyncio.timeout(240), recorder._reached:
        await recorder._reached.wait_for(lambda: len(recorder.chunks) > num_chunks)
    assert (recorder.chunks[-1].frames, len(recorder.chunks[-1].fits)) == ([], 2)
    engine.set_target("killed", 1_200)
    await recorder.end()
    await calm.end()
    assert same_bits(recorder.trajectory(), expected)
    for descent in range(2):
        steps, theta = recorder.samples[descent]
        assert steps == [step for step in range(1_201) if is_sample(step, 512)]
        assert np.array_equal(np.concatenate(theta), np.concatenate(calm.samples[descent][1]))
        assert np.array_equal(recorder.fits[descent][-1].values, calm.fits[descent][-1].values)
    for run in ("calm", "killed"):
        engine.close(run)


async def test_a_fit_does_not_excuse_a_step_that_kills_workers(engine):
    recorder = FitRecorder()
    await engine.open("hard", recipe(10), 0, recorder)
    state = engine._runs["hard"]
    state.num_losses = 2
    engine._on_chunk(Chunk("hard", [], recorder.status, state.snapshot, recorder.fits[0][:]))
    assert state.num_losses == 2
    engine.set_target("hard", 1)
    await recorder.reach(1)
    assert state.num_losses == 0
    engine.close("hard")


async def test_a_function_has_no_fits_and_no_data(engine):
    bowl = FunctionObjective(kind="function", id="bowl")
    recorder = FitRecorder()
    await engine.open("plain", recipe(300, bowl.model_dump()), 300, recorder)
    await recorder.end()
    assert recorder.fits == {}
    for method, rest in (("data", {}), ("fit", {"theta": [0.0, 0.0]})):
        with pytest.raises(
            InvalidValueError, match="kind must be model to have data but is function"
        ) as caught:
            await engine.call(method, objective=bowl, **rest)
        assert caught.value.parameter == "objective.kind"


async def test_a_theta_of_another_length_is_refused(engine):
    with pytest.raises(InvalidValueError, match="theta must have 609 numbers for MLP regression but has 2"):
        await engine.call("fit", objective=ModelObjective(**NET), theta=[0.0, 1.0])
