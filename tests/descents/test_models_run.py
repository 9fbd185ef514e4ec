"""Models through a run: the tutorial's loop with the same batches, in any number of leaves, bit by bit."""

import numpy as np
import pytest
import torch
from torch import nn

from downslope import objectives, optimizers
from downslope.descents.frame import columns
from downslope.descents.run import Run
from downslope.descents.samples import is_sample
from downslope.recipe import Recipe

OPTIMIZERS = [row["id"] for row in optimizers.catalogue()]
# The others look at a whole tensor, or at the rows and columns of it.
ELEMENTWISE = [
    name for name in OPTIMIZERS if hasattr(torch.optim, name) and name not in ("Adafactor", "LBFGS")
]
SMALL_NET = {
    "kind": "model",
    "id": "mlp-classifier",
    "parameters": {"hidden": [2], "activation": "tanh"},
    "batch_size": 8,
}
LARGE_NET = {"kind": "model", "id": "mlp-regression", "batch_size": 4}
NETS = {"9 components": SMALL_NET, "609 components": LARGE_NET}


def recipe(objective, *descents, steps=40, **rest):
    return Recipe.model_validate(
        {"objective": objective, "steps": steps, "seed": 7, "descents": list(descents), **rest}
    )


def descent(optimizer, lr=0.01, **rest):
    return {"optimizer": optimizer, "hyperparameters": {"lr": lr}, **rest}


def model_of(recipe):
    return objectives.create(recipe.objective)


def rows_of(frames, index=0):
    return np.concatenate([frame.rows for frame in frames if frame.descent == index])


def samples_of(frames, index=0):
    return [frame.samples for frame in frames if frame.descent == index and frame.samples is not None]


def test_a_run_is_the_tutorials_loop_with_the_same_batches_bit_by_bit():
    asked = recipe({"kind": "model", "id": "mini-batch-regression"}, descent("SGD", lr=0.03), steps=300)
    model = model_of(asked)
    points = model.points("train", torch.empty(0, dtype=torch.float64))
    start = model.start(torch.Generator().manual_seed(7))

    net = nn.Linear(2, 1, dtype=torch.float64)
    with torch.no_grad():
        net.weight.copy_(torch.tensor(start[:2], dtype=torch.float64))
        net.bias.copy_(torch.tensor(start[2:], dtype=torch.float64))
    criterion = nn.MSELoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.03)
    expected = []
    for step in range(301):
        x, y = (model.batches.at(points, 7, step).x, model.batches.at(points, 7, step).y)
        assert len(x) == 10
        optimizer.zero_grad()
        loss = criterion(net(x), y)
        loss.backward()
        with torch.no_grad():
            over_all = criterion(net(points.x), points.y)
        theta = torch.cat([net.weight.flatten(), net.bias]).tolist()
        grad = torch.cat([net.weight.grad.flatten(), net.bias.grad]).tolist()
        expected.append([loss.item(), over_all.item(), *theta, *grad])
        optimizer.step()

    rows = rows_of(Run(asked).advance(300))
    parts = columns(rows, 1)
    found = np.concatenate([parts.loss[:, None], parts.extras, parts.theta, parts.grad], 1)
    assert np.array_equal(found, expected)
    assert len(set(parts.loss.tolist())) == 301


def test_an_epoch_shows_each_point_once_and_the_next_in_another_order():
    model = model_of(recipe({"kind": "model", "id": "mini-batch-regression"}, descent("SGD")))
    points = model.points("train", torch.empty(0, dtype=torch.float64))
    epochs = [
        torch.cat([model.batches.at(points, 7, 100 * epoch + step).y for step in range(100)])
        for epoch in range(2)
    ]
    assert all(torch.equal(epoch.sort(0).values, points.y.sort(0).values) for epoch in epochs)
    assert not torch.equal(*epochs)


@pytest.mark.parametrize("optimizer", ELEMENTWISE)
def test_leaves_and_one_flat_vector_give_the_same_bits(optimizer):
    asked = recipe(SMALL_NET, descent(optimizer), steps=25)
    model = model_of(asked)
    start = torch.tensor(model.start(torch.Generator().manual_seed(7)), dtype=torch.float64)
    flat = start.clone().requires_grad_()
    stepper = getattr(torch.optim, optimizer)([flat], lr=0.01)
    path = [flat.tolist()]
    for step in range(25):
        training = model.training(flat.detach().clone(), 7)
        training.loss(step).backward()
        flat.grad = torch.cat([leaf.grad.flatten() for leaf in training.leaves])
        stepper.step()
        path.append(flat.tolist())
    theta = columns(rows_of(Run(asked).advance(25)), 2).theta
    assert np.array_equal(theta, path)


@pytest.mark.parametrize(
    ("net", "optimizer"),
    [(net, name) for net in NETS for name in OPTIMIZERS if name != "Newton" or net == "9 components"],
)
@pytest.mark.parametrize("cut", [0, 1, 23])
def test_a_run_of_a_model_goes_on_from_a_snapshot_bit_by_bit(optimizer, net, cut):
    asked = recipe(NETS[net], descent(optimizer), descent("SGD", lr=0.1))
    whole = Run(asked).advance(40)
    first = Run(asked)
    head = first.advance(cut)
    second = Run.restore(first.recipe, first.snapshot())
    rest = second.advance(40)
    for index in range(2):
        assert np.array_equal(rows_of(head + rest, index), rows_of(whole, index))
        assert not np.array_equal(rows_of(whole, index)[0, 0], rows_of(whole, index)[-1, 0])
    thetas = [
        np.concatenate([s.theta for s in samples_of(frames)] or [[]]) for frames in (whole, head + rest)
    ]
    assert np.array_equal(*thetas)
    assert len(thetas[0]) == (41 if net == "609 components" else 0)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_theta_is_where_the_optimizer_moves_its_leaves(optimizer):
    run = Run(recipe(SMALL_NET, descent(optimizer), steps=5))
    frames = run.advance(5)
    (stands,) = run.descents
    joined = torch.cat([leaf.detach().flatten() for leaf in stands.optimizer.param_groups[0]["params"]])
    assert joined.tolist() == rows_of(frames)[-1, 5:14].tolist() == run.status()["descents"][0]["theta"]
    assert len(stands.optimizer.param_groups[0]["params"]) == 4


@pytest.mark.parametrize(
    ("field", "value"), [("zero_grad", False), ("maximize", True), ("clip_grad_norm", 0.05)]
)
def test_what_bends_the_path_of_a_model_is_kept_by_a_snapshot(field, value):
    bent = recipe(SMALL_NET, descent("SGD", **{field: value}))
    whole = rows_of(Run(bent).advance(40))
    first = Run(bent)
    head = first.advance(11)
    rest = Run.restore(first.recipe, first.snapshot()).advance(40)
    assert np.array_equal(rows_of(head + rest), whole)
    assert not np.array_equal(whole, rows_of(Run(recipe(SMALL_NET, descent("SGD"))).advance(40)))


def test_clipping_bounds_the_gradient_of_all_leaves_together():
    asked = recipe(SMALL_NET, descent("SGD", lr=1.0, clip_grad_norm=0.05), steps=20)
    parts = columns(rows_of(Run(asked).advance(20)), 2)
    moved = np.linalg.norm(np.diff(parts.theta, axis=0), axis=1)
    assert (parts.grad_norm[:-1] > 0.05).all()
    assert moved == pytest.approx(0.05, rel=1e-4)


def test_a_row_above_16_components_has_the_norm_of_the_whole_gradient_and_the_losses():
    asked = recipe(LARGE_NET, descent("Adam"), steps=10)
    (frame,) = Run(asked).advance(10)
    model = model_of(asked)
    assert frame.rows.shape == (11, 4)
    theta = torch.tensor(frame.theta)
    training = model.training(theta, 7)
    loss = training.loss(10)
    loss.backward()
    norm = sum(float((leaf.grad**2).sum()) for leaf in training.leaves) ** 0.5
    newest = columns(frame.rows[-1:], 1)
    assert newest.loss[0] == loss.item()
    assert newest.grad_norm[0] == pytest.approx(norm, rel=1e-12)
    assert newest.extras[0, 0] == pytest.approx(model.loss(theta).item(), rel=1e-12)


def test_all_descents_of_a_race_see_the_same_batches():
    rows = Run(recipe(SMALL_NET, *[descent("SGD", lr=1e-300)] * 2, descent("Adam", lr=1e-300))).advance(40)
    losses = [rows_of(rows, index)[:, 0] for index in range(3)]
    assert np.array_equal(losses[0], losses[1])
    assert np.allclose(losses[0], losses[2], rtol=1e-12)
    assert len(set(losses[0].tolist())) > 10


def test_a_closure_sees_the_batch_of_its_step_however_often_it_is_called():
    asked = recipe(SMALL_NET, descent("LBFGS", lr=0.1), steps=6)
    model = model_of(asked)
    theta = torch.tensor(model.start(torch.Generator().manual_seed(7)), dtype=torch.float64)
    training = model.training(theta, 7)
    optimizer = torch.optim.LBFGS(training.leaves, lr=0.1)
    path = [theta.tolist()]
    for step in range(6):

        def closure(step=step):
            optimizer.zero_grad()
            loss = training.loss(step)
            loss.backward()
            return loss

        optimizer.step(closure)
        path.append(theta.tolist())
    assert np.array_equal(columns(rows_of(Run(asked).advance(6)), 2).theta, path)


def test_samples_are_theta_at_their_steps_whatever_the_size_of_the_chunks():
    asked = recipe(LARGE_NET, descent("SGD", lr=0.1), steps=1100)
    run, taken, newest = Run(asked), {}, {}
    sizes = iter([0, 1, 600, 3, 1000])
    while not run.has_ended:
        for frame in run.advance(next(sizes)):
            newest[frame.next_step - 1] = frame.theta
            if frame.samples is not None:
                taken |= dict(zip(frame.samples.steps.tolist(), frame.samples.theta, strict=True))
    assert sorted(taken) == [step for step in range(1101) if is_sample(step, 512)]
    for step in set(taken) & set(newest):
        assert np.array_equal(taken[step], newest[step].astype(np.float32))
    one_by_one = Run(asked)
    for step in range(1101):
        (frame,) = one_by_one.advance(0 if step == 0 else 1)
        if step in taken:
            assert np.array_equal(taken[step], frame.theta.astype(np.float32))


def test_frames_of_functions_have_neither_samples_nor_theta_of_their_own():
    (frame,) = Run(recipe({"kind": "function", "id": "bowl"}, descent("SGD"))).advance(10)
    assert frame.samples is None
    assert frame.theta is None


# Fits ----------------------------------------------------------------------------------------------------


def test_a_fit_is_what_the_objective_says_at_the_point_where_a_descent_stands():
    run = Run(recipe(LARGE_NET, descent("Adam"), descent("SGD")))
    frames = run.advance(12)
    for fit, frame in zip(run.fits(), frames, strict=True):
        said = run.objective.fit(torch.tensor(frame.theta))
        assert (fit.descent, fit.step) == (frame.descent, 12)
        assert np.array_equal(fit.values, said["values"])
        assert np.array_equal(fit.theta, frame.theta.astype(np.float32))
    assert not np.array_equal(*(fit.values for fit in run.fits()))


def test_only_descents_that_have_moved_get_a_fit():
    run = Run(recipe(SMALL_NET, descent("SGD", lr=1e300), descent("Adam")))
    run.advance(5)
    steps = {fit.descent: fit.step for fit in run.fits()}
    assert steps[1] == 5 > steps[0]
    assert [fit.descent for fit in run.fits({0: steps[0], 1: 3})] == [1]
    assert run.fits(steps) == []
    assert run.fits()[1].theta is None  # rows have it
    assert 0 <= run.fits()[1].test_accuracy <= 1


def test_a_fit_changes_no_bit_of_the_run():
    asked = recipe(SMALL_NET, descent("Adam"))
    whole = rows_of(Run(asked).advance(40))
    run, frames = Run(asked), []
    while not run.has_ended:
        frames += run.advance(3)
        run.fits()
    assert np.array_equal(rows_of(frames), whole)


def test_functions_have_no_fits():
    run = Run(recipe({"kind": "function", "id": "bowl"}, descent("SGD")))
    run.advance(3)
    assert run.fits() == []


@pytest.mark.parametrize(
    "row", [r for r in objectives.catalogue() if r["kind"] == "model"], ids=lambda r: r["id"]
)
def test_every_model_runs_as_its_tutorial_and_comes_down(row):
    suggested = row["suggested"]
    run = Run(recipe({"kind": "model", "id": row["id"]}, *suggested["descents"], steps=suggested["steps"]))
    steps = min(suggested["steps"], 1500)
    first = run.advance(0)[0].rows
    rows = rows_of(run.advance(steps))
    assert rows.shape[1] == 3 + len(row["extra_columns"]) + 2 * (row["dim"] if row["dim"] <= 16 else 0)
    assert np.isfinite(rows).all()
    assert run.descents[0].state != "diverged"
    assert rows[-50:, 0].mean() < first[0, 0]
