"""A race to disturb, and a listener that keeps what it hears."""

import asyncio

import numpy as np

from downslope.recipe import Recipe


def race(steps=1200, **rest):
    """A race long enough to be disturbed in its middle."""
    return Recipe.model_validate(
        {
            "objective": {"kind": "function", "id": "rosenbrock"},
            "start": [-1.5, 2.0],
            "steps": steps,
            "descents": [
                {"optimizer": "SGD", "hyperparameters": {"lr": 1e-3, "momentum": 0.5}},
                {"optimizer": "NAdam", "hyperparameters": {"lr": 0.01}},
                {"optimizer": "LBFGS", "hyperparameters": {"lr": 0.1, "max_iter": 2}},
                {"optimizer": "SGD", "hyperparameters": {"lr": 1.0}},
            ],
            **rest,
        }
    )


class Recorder:
    """A listener that asserts contiguity and lets a test wait for a step or for the end."""

    def __init__(self):
        self.rows = {}
        self.step = 0
        self.error = None
        self.edits = []
        self.ended = asyncio.Event()
        self._reached = asyncio.Condition()

    def on_chunk(self, chunk):
        for frame in chunk.frames:
            rows = self.rows.setdefault(frame.descent, [])
            assert sum(map(len, rows)) == frame.first_step
            rows.append(frame.rows)
        self.step = chunk.status["step"]
        self.status = chunk.status
        if chunk.status["has_ended"]:
            self.ended.set()
        self._wake()

    def on_edit(self, edit):
        self.edits.append(edit)

    def on_failure(self, error):
        self.error = error
        self.ended.set()
        self._wake()

    def _wake(self):
        async def notify():
            async with self._reached:
                self._reached.notify_all()

        self._task = asyncio.ensure_future(notify())

    async def reach(self, step):
        async with asyncio.timeout(240), self._reached:
            await self._reached.wait_for(lambda: self.step >= step or self.error)

    async def end(self):
        async with asyncio.timeout(240):
            await self.ended.wait()

    def trajectory(self):
        return {index: np.concatenate(rows) for index, rows in self.rows.items()}


def same_bits(first, second):
    return first.keys() == second.keys() and all(
        np.array_equal(first[i].view(np.int64), second[i].view(np.int64)) for i in first
    )


_known = {}


async def undisturbed(engine, recipe):
    """Return the trajectory of `recipe`, computed once by a run that nobody disturbs."""
    key = recipe.model_dump_json()
    if key not in _known:
        _known[key] = await _compute(engine, recipe)
    return _known[key]


async def _compute(engine, recipe):
    recorder = Recorder()
    await engine.open("undisturbed", recipe, recipe.steps, recorder)
    await recorder.end()
    engine.close("undisturbed")
    return recorder.trajectory()
