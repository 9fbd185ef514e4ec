"""A worker whose slice is long says that it gets on, so that it is not taken for a stuck one."""

import multiprocessing
import threading

import pytest

from downslope.descents.run import Run
from downslope.engine import worker
from downslope.engine.messages import Chunk, Open, Progress, Ready, Stop, Target
from downslope.recipe import Recipe


@pytest.fixture
def recipe():
    descent = {"optimizer": "LBFGS", "hyperparameters": {"lr": 0.1}}
    objective = {"kind": "function", "id": "himmelblau"}
    return Recipe.model_validate({"objective": objective, "steps": 5, "descents": [descent] * 3})


def test_a_run_tells_of_every_descent_that_has_made_its_part(recipe):
    run, calls = Run(recipe), []
    run.on_progress = lambda: calls.append(run.descents[0].num_steps)
    run.advance(0)
    assert calls == []
    run.advance(2)
    assert calls == [2, 2, 2]


def messages_until_the_first_slice_is_made(recipe):
    ours, theirs = multiprocessing.Pipe()
    thread = threading.Thread(target=worker.serve, args=(theirs, 0.016))
    thread.start()
    ours.send(Open(1, "run", recipe, None, 0))
    ours.send(Target("run", 5))
    found = []
    while not found or not isinstance(found[-1], Chunk):
        assert ours.poll(60)
        found.append(ours.recv())
    ours.send(Stop())
    thread.join()
    return found


def test_a_slow_slice_is_told_between_its_descents(recipe, monkeypatch):
    monkeypatch.setattr(worker, "_PROGRESS_INTERVAL_S", 0.0)
    ready, _, *told, chunk = messages_until_the_first_slice_is_made(recipe)
    assert (ready, told) == (Ready(), [Progress()] * 3)
    assert chunk.status["step"] == 1, "the first slice is one step, since nobody knows how long that takes"


def test_a_quick_slice_says_nothing_in_between(recipe, monkeypatch):
    monkeypatch.setattr(worker, "_PROGRESS_INTERVAL_S", 60.0)
    assert Progress() not in messages_until_the_first_slice_is_made(recipe)
