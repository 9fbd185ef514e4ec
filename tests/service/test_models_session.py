"""What models add to a run: extra columns, the newest fit, and samples of theta in many dimensions."""

import asyncio
import json

import msgpack
import numpy as np
import pytest

from downslope.descents.fit import Fit
from downslope.descents.frame import Frame
from downslope.descents.samples import Samples, count, is_sample
from downslope.engine.messages import Chunk
from downslope.recipe import Recipe
from downslope.service.session import Session
from downslope.service.subscription import MAX_SAMPLES_VALUES, Subscription

DIM, DENSE = 300, 512
RECIPE = Recipe.model_validate(
    {
        "objective": {"kind": "model", "id": "net"},
        "steps": 5_000,
        "descents": [{"optimizer": "SGD"}, {"optimizer": "Adam"}],
    }
)
BOTH = frozenset({"fit", "samples"})


def theta_at(descent, step):
    return np.cos(descent + step / 7 + np.arange(DIM))


class ModelEngine:
    """What a session needs of an engine, for a model of many parameters with two extra columns."""

    async def open(self, run, recipe, target, listener):
        self.run, self.listener, self.step = run, listener, -1
        self.make(0, fits=(0, 1))
        return {"dim": DIM, "extra_columns": ["train_loss", "test_loss"]}

    def make(self, step, fits=()):
        """Advance to `step`; the descents in `fits` tell what they predict there."""
        first, self.step = self.step + 1, step
        frames = [self._frame(index, first) for index in range(2)] if first <= step else []
        descents = [{"state": "finished" if step >= RECIPE.steps else "running"} for _ in range(2)]
        status = {"step": step, "has_ended": step >= RECIPE.steps, "descents": descents}
        told = [self._fit(index) for index in fits]
        self.listener.on_chunk(Chunk(self.run, frames, status, b"", told))

    def _frame(self, index, first):
        steps = np.arange(first, self.step + 1)
        rows = steps[:, None] + [0.0, 0.25, 0.5, 0.125, 0.375] + 10.0 * index
        kept = [step for step in steps.tolist() if is_sample(step, DENSE)]
        thetas = np.array([theta_at(index, step) for step in kept], np.float32)
        sampled = Samples(np.array(kept), thetas) if kept else None
        return Frame(index, first, rows, sampled, theta_at(index, self.step))

    def _fit(self, index):
        values = np.array([[self.step, index], [np.nan, 0.1]], np.float32)
        theta = theta_at(index, self.step).astype(np.float32)
        return Fit(index, self.step, values, 0.75, None, theta)

    def set_target(self, run, step):
        pass

    def close(self, run):
        pass


@pytest.fixture
async def session():
    session = Session(ModelEngine(), RECIPE, speed=None, send_interval_s=0.0, max_edits=3)
    await session.open()
    yield session
    session.abandon("the test is over")


async def made(session, step, fits=()):
    """Let the run come to `step` and the session publish it."""
    session._engine.make(step, fits)
    while session._pulse is not None:
        await asyncio.sleep(0)


def subscribed(session, since=0, encoding="json", include=BOTH):
    return Subscription(session, since, encoding, lambda: 0.0, include)


def received(subscription, kind=None):
    read = json.loads if subscription.encoding == "json" else msgpack.unpackb
    messages = [read(message) for message in subscription.messages()]
    return messages if kind is None else [m for m in messages if m["type"] == kind]


async def test_without_include_nothing_is_added(session):
    await made(session, 40, fits=(0, 1))
    messages = received(subscribed(session, include=frozenset()))
    assert {message["type"] for message in messages} == {"frame", "state"}


async def test_frames_carry_the_extra_columns_by_name_in_both_encodings(session):
    await made(session, 5)
    (text, _) = received(subscribed(session), "frame")
    (packed, _) = received(subscribed(session, encoding="msgpack"), "frame")
    expected = {"loss": 0.0, "grad_norm": 0.25, "lr": 0.5, "train_loss": 0.125, "test_loss": 0.375}
    for name, offset in expected.items():
        assert text[name] == [step + offset for step in range(6)]
        assert np.frombuffer(packed[name], "<f8").tolist() == text[name]
    assert set(text) == set(packed) == {"type", "descent", "first_step", "count", *expected}


async def test_a_fit_is_told_in_both_encodings(session):
    await made(session, 9, fits=(1,))
    (_, text) = received(subscribed(session), "fit")
    (_, packed) = received(subscribed(session, encoding="msgpack"), "fit")
    theta = theta_at(1, 9).astype(np.float32)
    assert text == {
        "type": "fit",
        "descent": 1,
        "step": 9,
        "shape": [2, 2],
        "values": [9, 1, None, pytest.approx(0.1)],
        "train_accuracy": 0.75,
        "test_accuracy": None,
        "theta": pytest.approx(theta.tolist()),
    }
    assert np.array_equal(np.frombuffer(packed["theta"], "<f4"), theta)
    values = np.frombuffer(packed["values"], "<f4").reshape(packed["shape"])
    assert np.array_equal(values, np.array([[9, 1], [np.nan, 0.1]], np.float32), equal_nan=True)


async def test_a_slow_subscriber_gets_the_newest_fit_and_no_backlog(session):
    fast, slow = subscribed(session), subscribed(session)
    told = []
    for step in range(1, 30):
        await made(session, step, fits=(0, 1))
        told += received(fast, "fit")
    assert [fit["step"] for fit in told] == [step for step in range(1, 30) for _ in range(2)]
    assert [(fit["descent"], fit["step"]) for fit in received(slow, "fit")] == [(0, 29), (1, 29)]
    assert received(slow) == []


async def test_a_fit_follows_its_rows_and_comes_before_the_state(session):
    subscription = subscribed(session)
    received(subscription)
    await made(session, 5_000, fits=(0, 1))
    kinds = [message["type"] for message in received(subscription)]
    assert kinds == sorted(kinds, key=["frame", "samples", "fit", "edit", "state"].index)
    assert kinds.count("fit") == 2
    assert kinds[-1] == "state"


async def test_a_late_joiner_gets_the_newest_fits_of_a_run_that_has_ended(session):
    await made(session, 5_000, fits=(0, 1))
    await made(session, 5_000, fits=())
    assert session.state == "finished"
    fits = received(subscribed(session, since=5_000), "fit")
    assert [(fit["descent"], fit["step"]) for fit in fits] == [(0, 5_000), (1, 5_000)]


async def test_a_fit_alone_is_published(session):
    subscription = subscribed(session)
    await made(session, 7)
    received(subscription)
    await made(session, 7, fits=(0,))
    assert [message["type"] for message in received(subscription)] == ["fit"]


async def test_subscribers_share_encoded_fits_and_samples(session):
    await made(session, 20, fits=(0, 1))
    first, second = (list(subscribed(session).messages()) for _ in range(2))
    assert len(first) > 5
    assert all(a is b for a, b in zip(first[:-1], second[:-1], strict=True))  # the state is not shared


@pytest.mark.parametrize("encoding", ["json", "msgpack"])
@pytest.mark.parametrize("since", [0, 1, 511, 1001, 4_999, 5_000])
async def test_samples_begin_where_they_were_asked_for_and_come_once_in_order(session, encoding, since):
    await made(session, 1_500)
    subscription = subscribed(session, since, encoding)
    messages = received(subscription, "samples")
    for step in (1_501, 1_504, 3_000, 5_000):
        await made(session, step)
        messages += received(subscription, "samples")
    for descent in range(2):
        mine = [message for message in messages if message["descent"] == descent]
        steps = [step for message in mine for step in message["steps"]]
        first = min(since, 1_501)  # past the head: what comes next
        assert steps == [step for step in range(first, 5_001) if is_sample(step, DENSE)]
        for message in mine:
            theta = (
                np.array(message["theta"], np.float32)
                if encoding == "json"
                else np.frombuffer(message["theta"], "<f4").reshape(len(message["steps"]), -1)
            )
            exact = [theta_at(descent, step) for step in message["steps"]]
            assert np.array_equal(theta, np.array(exact, np.float32))


async def test_messages_of_samples_are_bounded(session):
    await made(session, 5_000)
    messages = received(subscribed(session), "samples")
    assert max(len(message["steps"]) * DIM for message in messages) <= MAX_SAMPLES_VALUES
    assert len(messages) > 2


async def test_the_memory_of_samples_and_fits_is_counted_before_and_after(session):
    expected = 2 * (8 * 5_001 * 5 + 4 * DIM * count(5_001, DENSE))
    assert session.num_bytes == expected
    await made(session, 5_000, fits=(0, 1))
    fits = 2 * (4 * 4 + 4 * DIM)
    assert expected + fits <= session.num_bytes <= 1.8 * expected  # blocks are filled but for the last


async def test_the_path_has_both_ends_to_the_last_bit(session):
    await made(session, 3_001)
    steps, theta = session.path(1)
    assert (steps[0], steps[-1]) == (0, 3_001)
    assert np.array_equal(theta[[0, -1]], [theta_at(1, 0), theta_at(1, 3_001)])
