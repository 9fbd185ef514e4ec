"""Batches, fresh samples, and the scripts of the tutorials step for step."""

from __future__ import annotations

from itertools import chain

import pytest
import torch
from models_cases import create, thetas
from torch import nn
from torch.nn import functional

from downslope.objectives.models.model import Model


def epochs(model: Model, seed: int, steps: int, first: int = 0) -> list[list[float]]:
    """Return the targets of the batch of each step, found by where a step's loss looks."""
    like = torch.zeros(1, dtype=torch.float64)
    points = model.points("train", like)
    assert model.batches is not None
    return [model.batches.at(points, seed, step).y.flatten().tolist() for step in range(first, first + steps)]


def test_an_epoch_goes_through_all_points_once_in_an_order_of_its_own() -> None:
    model = create("mini-batch-regression")
    everything = sorted(model.dataset.train.y.tolist())
    batches = epochs(model, seed=0, steps=200)
    first, second = (list(chain(*batches[i : i + 100])) for i in (0, 100))
    assert sorted(first) == sorted(second) == everything
    assert first != second
    assert {len(batch) for batch in batches} == {10}


def test_the_last_batch_of_an_epoch_keeps_the_points_that_are_left() -> None:
    model = create("mini-batch-regression", batch_size=300)
    assert [len(batch) for batch in epochs(model, seed=0, steps=8)] == [300, 300, 300, 100] * 2


@pytest.mark.parametrize("id", ["mini-batch-regression", "mlp-regression", "mlp-classifier"])
def test_the_batch_of_a_step_depends_on_seed_and_step_alone(id: str) -> None:
    steps = 600
    forward = epochs(create(id), seed=5, steps=steps)
    other = create(id)
    backward = [epochs(other, 5, 1, first=step)[0] for step in reversed(range(steps))]
    assert forward == backward[::-1]
    assert forward != epochs(create(id), seed=6, steps=steps)


def test_fresh_points_never_come_again_and_lie_where_they_should() -> None:
    model = create("mlp-regression")
    like = torch.zeros(1, dtype=torch.float64)
    drawn = [model.batches.at(model.points("train", like), 0, step) for step in range(1000)]
    x = torch.cat([points.x for points in drawn])
    assert {len(points) for points in drawn} == {16}
    assert len(set(x.flatten().tolist())) == 16_000
    assert torch.equal(torch.cat([points.y for points in drawn]), x.sin())
    assert -5 <= x.min() < -4.99 and 4.99 < x.max() <= 5 and abs(x.mean()) < 0.1


def test_descents_of_a_run_share_what_was_drawn() -> None:
    model = create("mini-batch-regression")
    start = thetas(model, 1)[0]
    first, second = model.training(start.clone(), 3), model.training(start.clone(), 3)
    assert [first.loss(step).item() for step in range(250)] == [
        second.loss(step).item() for step in range(250)
    ]
    assert model.training(start.clone(), 4).loss(0).item() != first.loss(0).item()


def test_neither_data_nor_batches_touch_the_global_generator() -> None:
    state = torch.get_rng_state()
    for id in ("mlp-regression", "mlp-classifier", "polynomial-regression"):
        model = create(id)
        model.training(thetas(model, 1)[0], 0).loss(0)
    assert torch.equal(torch.get_rng_state(), state)


@pytest.mark.parametrize("size", [1, 999])
def test_a_batch_may_be_any_number_of_points_below_all(size: int) -> None:
    model = create("mini-batch-regression", batch_size=size)
    assert model.describe()["batch_size"] == size and model.extra_columns == ("train_loss",)


def test_a_batch_of_all_points_is_no_mini_batch() -> None:
    model = create("mini-batch-regression", batch_size=1000)
    assert model.describe()["batch_size"] is None and model.extra_columns == ()


def walk(module: nn.Module, optimizer: torch.optim.Optimizer, losses: list, step_loss) -> None:
    """Make steps as a tutorial writes them; `step_loss` gives the loss of each step."""
    for step in range(50):
        optimizer.zero_grad()
        loss = step_loss(module, step)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())


def compare(model: Model, written: nn.Module, lr: float, step_loss) -> None:
    """Walk the model and a script from one start; the losses must agree to the last bits."""
    theta = torch.tensor(model.start(torch.Generator().manual_seed(2)), dtype=torch.float64)
    with torch.no_grad():
        nn.utils.vector_to_parameters(theta, written.parameters())
        for parameter in written.parameters():
            parameter.data = parameter.data.clone()
    training = model.training(theta, seed=0)
    ours: list[float] = []
    theirs: list[float] = []
    walk(training.module, torch.optim.SGD(training.leaves, lr=lr), ours, lambda _, step: training.loss(step))
    walk(written, torch.optim.SGD(written.parameters(), lr=lr), theirs, step_loss)
    assert ours == pytest.approx(theirs, rel=1e-12)
    assert ours[0] != ours[-1]


def test_linear_regression_walks_like_the_script_with_a_and_b() -> None:
    model = create("linear-regression", data={"parameters": {"noise": 0}})
    x = torch.linspace(100, 300, 200, dtype=torch.float64)
    x = (x - x.mean()) / x.std()
    y = 10 * x + 5
    a, b = (torch.zeros((), dtype=torch.float64, requires_grad=True) for _ in range(2))
    theta = torch.zeros(2, dtype=torch.float64)
    training = model.training(theta, seed=0)
    ours, theirs = torch.optim.SGD(training.leaves, lr=0.1), torch.optim.SGD([a, b], lr=0.1)
    for step in range(20):
        loss = ((a * x + b - y) ** 2).mean()
        found = training.loss(step)
        assert found.item() == pytest.approx(loss.item(), rel=1e-12)
        for optimizer, value in ((ours, found), (theirs, loss)):
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
    assert theta.tolist() == pytest.approx([a.item(), b.item()], rel=1e-12)


def test_two_neurons_walk_like_the_script() -> None:
    x = torch.linspace(0, 1, 10, dtype=torch.float64).reshape(10, 1)
    y = x**2 - 0.5 * x + 1.5625

    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.hidden = nn.Linear(1, 2)
            self.output = nn.Linear(2, 1)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.output(torch.sigmoid(self.hidden(x)))

    compare(create("two-neurons"), Net().double(), 0.001, lambda net, _: (net(x) - y).abs().sum())


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "gelu", "linear"])
def test_the_classifier_walks_like_a_script_of_any_activation(activation: str) -> None:
    model = create(
        "mlp-classifier", parameters={"activation": activation, "hidden": [4, 3]}, batch_size=140, loss="bce"
    )
    between = {
        "relu": nn.ReLU,
        "tanh": nn.Tanh,
        "sigmoid": nn.Sigmoid,
        "gelu": nn.GELU,
        "linear": nn.Identity,
    }
    make = between[activation]
    written = nn.Sequential(nn.Linear(2, 4), make(), nn.Linear(4, 3), make(), nn.Linear(3, 1)).double()
    x, y = model.dataset.train.x, model.dataset.train.y[:, None]
    compare(model, written, 0.3, lambda net, _: functional.binary_cross_entropy_with_logits(net(x), y))


def test_softmax_regression_walks_like_the_script() -> None:
    model = create("softmax-regression")
    x, y = model.dataset.train.x, model.dataset.train.y.long()
    compare(model, nn.Linear(2, 3).double(), 0.5, lambda net, _: functional.cross_entropy(net(x), y))


@pytest.mark.parametrize(("kind", "power", "factor"), [("l1", 1, 1.0), ("l2", 2, 0.5)])
def test_regularization_adds_its_penalty_to_every_step(kind: str, power: int, factor: float) -> None:
    settings = {"hidden": [3], "regularization": kind, "regularization_rate": 0.3}
    model = create("mlp-classifier", parameters=settings, batch_size=140)
    x, y = model.dataset.train.x, model.dataset.train.y[:, None]

    def step_loss(net: nn.Sequential, _: int) -> torch.Tensor:
        penalty = sum((layer.weight.abs() ** power).sum() for layer in net if isinstance(layer, nn.Linear))
        return functional.binary_cross_entropy_with_logits(net(x), y) + 0.3 * factor * penalty

    compare(model, nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1)).double(), 0.1, step_loss)
