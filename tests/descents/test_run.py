"""A run is the tutorial's loop, bit by bit, however it is cut into chunks."""

import math

import numpy as np
import pytest
import torch

from downslope import optimizers
from downslope.descents.frame import columns
from downslope.descents.run import Run
from downslope.errors import ConflictError, UserError
from downslope.optimizers import registry
from downslope.recipe import Edit, Recipe

OPTIMIZERS = [row["id"] for row in optimizers.catalogue()]
LR = {"Adadelta": 1.0, "LBFGS": 0.5, "SGD": 1e-3, "ASGD": 1e-3, "RAdam": 1e-3}


def recipe(*descents, objective="rosenbrock", start=(-1.5, 2.0), steps=60, **rest):
    return Recipe.model_validate(
        {
            "objective": {"kind": "function", "id": objective},
            "start": start and list(start),
            "steps": steps,
            "descents": [dict(descent) for descent in descents],
            **rest,
        }
    )


def descent(optimizer, **hyperparameters):
    hyperparameters.setdefault("lr", LR.get(optimizer, 0.02))
    return {"optimizer": optimizer, "hyperparameters": hyperparameters}


def rows_of(frames, index=0):
    return np.concatenate([frame.rows for frame in frames if frame.descent == index])


def rosenbrock(theta):
    x, y = theta.unbind(-1)
    u, v = 1 - x, y - x * x
    return u * u + 100 * (v * v)


def tutorial_loop(optimizer, hyperparameters, start, steps):
    """The loop as every PyTorch tutorial writes it, recording before each update and once at the end."""
    theta = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = registry.kinds()[optimizer].cls([theta], **hyperparameters)

    def closure():
        optimizer.zero_grad()
        loss = rosenbrock(theta)
        loss.backward()
        return loss

    rows = []
    for step in range(steps + 1):
        loss = closure()
        rows.append([loss.item(), *theta.tolist(), *theta.grad.tolist()])
        if step < steps:
            optimizer.step(optimizers.Closure(closure, lambda: rosenbrock(theta)))
    return np.array(rows)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_is_the_tutorial_loop_bit_by_bit(optimizer):
    part = descent(optimizer)
    rows = rows_of(Run(recipe(part)).advance(60))
    bare = tutorial_loop(optimizer, part["hyperparameters"], [-1.5, 2.0], 60)
    assert np.array_equal(rows[:, [0, 3, 4, 5, 6]], bare)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("cut", [0, 1, 23])
def test_a_run_restored_from_a_snapshot_goes_on_bit_by_bit(optimizer, cut):
    part = descent(optimizer)
    whole = rows_of(Run(recipe(part)).advance(60))
    first = Run(recipe(part))
    head = first.advance(cut)
    second = Run.restore(first.recipe, first.snapshot())
    assert np.array_equal(rows_of(head + second.advance(60)), whole)
    assert second.status() == {**first.status(), **second.status()}


@pytest.mark.parametrize("size", [1, 2, 7, 59])
def test_the_size_of_the_chunks_changes_nothing(size):
    race = [descent("SGD", momentum=0.9), descent("Adam"), descent("LBFGS"), descent("SGD", lr=1.0)]
    whole = Run(recipe(*race)).advance(60)
    run, frames = Run(recipe(*race)), []
    while not run.has_ended:
        frames += run.advance(size)
    for index in range(len(race)):
        assert np.array_equal(rows_of(frames, index), rows_of(whole, index))


def test_frames_are_contiguous_and_row_0_is_the_start():
    run = Run(recipe(descent("SGD"), steps=10))
    (start,) = run.advance(0)
    (rest,) = run.advance(100)
    assert (start.first_step, len(start.rows), rest.first_step, len(rest.rows)) == (0, 1, 1, 10)
    parts = columns(start.rows)
    assert parts.theta.tolist() == [[-1.5, 2.0]]
    # By hand: f = (1 - x)^2 + 100 (y - x^2)^2 at (-1.5, 2).
    assert parts.loss[0] == 12.5
    assert parts.grad.tolist() == [[-2 * 2.5 - 400 * -1.5 * -0.25, 200 * -0.25]]
    assert parts.grad_norm[0] == pytest.approx(math.hypot(*parts.grad[0]), rel=1e-15)
    assert run.advance(5) == []
    assert run.has_ended


def test_the_lr_of_a_row_is_that_of_the_update_that_led_to_it():
    part = descent("SGD", lr=0.01) | {"scheduler": {"id": "ExponentialLR", "hyperparameters": {"gamma": 0.5}}}
    rows = rows_of(Run(recipe(part, steps=3, objective="bowl", start=(1.0, 1.0))).advance(3))
    assert rows[:, 2].tolist() == [0.01, 0.01, 0.005, 0.0025]


def test_an_edit_made_live_and_one_in_the_recipe_give_the_same_bits():
    race = [descent("SGD", momentum=0.9), descent("Adam")]
    live = Run(recipe(*race))
    frames = live.advance(20)
    edit = live.edit(1, {"lr": 0.3, "betas": [0.5, 0.9]})
    assert edit == Edit(step=20, descent=1, hyperparameters={"lr": 0.3, "betas": [0.5, 0.9]})
    frames += live.advance(40)
    replay = Run(live.recipe).advance(60)
    for index in range(2):
        assert np.array_equal(rows_of(frames, index), rows_of(replay, index))
    assert rows_of(replay, 1)[20:22, 2].tolist() == [0.02, 0.3]


def test_an_edit_at_the_last_step_but_one_changes_the_last_update_alone():
    plain = rows_of(Run(recipe(descent("SGD"))).advance(60))
    edited = recipe(descent("SGD"), edits=[{"step": 59, "descent": 0, "hyperparameters": {"lr": 1e-5}}])
    rows = rows_of(Run(edited).advance(60))
    assert np.array_equal(rows[:60], plain[:60])
    assert not np.array_equal(rows[60], plain[60])


def test_an_edit_changes_nothing_before_its_step():
    plain = rows_of(Run(recipe(descent("Adam"))).advance(60))
    edited = recipe(descent("Adam"), edits=[{"step": 30, "descent": 0, "hyperparameters": {"lr": 0.5}}])
    rows = rows_of(Run(edited).advance(60))
    assert np.array_equal(rows[:31], plain[:31])
    assert not np.array_equal(rows[31], plain[31])


def test_a_snapshot_taken_at_the_step_of_an_edit_keeps_the_edit():
    edits = [{"step": 20, "descent": 0, "hyperparameters": {"lr": 0.5}}]
    run = Run(recipe(descent("Adam"), edits=edits))
    whole = rows_of(run.advance(60))
    first = Run(recipe(descent("Adam"), edits=edits))
    head = first.advance(20)
    second = Run.restore(first.recipe, first.snapshot())
    assert np.array_equal(rows_of(head + second.advance(60)), whole)


@pytest.mark.parametrize(
    ("field", "value"), [("zero_grad", False), ("maximize", True), ("clip_grad_norm", 0.5)]
)
def test_what_bends_the_path_is_kept_by_a_snapshot(field, value):
    part = descent("SGD", momentum=0.5) | {field: value}
    whole = rows_of(Run(recipe(part)).advance(30))
    first = Run(recipe(part))
    head = first.advance(11)
    second = Run.restore(first.recipe, first.snapshot())
    assert np.array_equal(rows_of(head + second.advance(19)), whole)
    assert not np.array_equal(whole, rows_of(Run(recipe(descent("SGD", momentum=0.5))).advance(30)))


def test_gradients_that_are_not_set_to_zero_add_up():
    part = descent("SGD", lr=0.1) | {"zero_grad": False}
    rows = rows_of(Run(recipe(part, objective="parabola", start=(1.0,), steps=3)).advance(3))
    slope, x, total = 1.0, 1.0, 0.0  # the parabola is x^2 / 2
    for row in rows:
        total += slope * x
        assert row[3:].tolist() == pytest.approx([x, total], rel=1e-14)
        x -= 0.1 * total


def test_clipping_bounds_the_update_and_records_the_gradient_as_it_was():
    part = descent("SGD", lr=1.0) | {"clip_grad_norm": 0.5}
    rows = rows_of(Run(recipe(part, objective="bowl", start=(3.0, 4.0), steps=1)).advance(1))
    moved = np.linalg.norm(rows[1, 3:5] - rows[0, 3:5])
    assert moved == pytest.approx(0.5, rel=1e-5)
    assert rows[0, 1] > 1


def test_ascent_goes_up():
    part = descent("SGD", lr=0.1) | {"maximize": True}
    run = Run(recipe(part, objective="bowl", start=(1.0, 1.0), steps=5))
    losses = rows_of(run.advance(5))[:, 0]
    assert all(np.diff(losses) > 0)
    assert run.status()["descents"][0]["best_loss"] == losses[-1]


def test_divergence_is_a_result_with_step_and_reason():
    run = Run(recipe(descent("SGD", lr=1.0), descent("Adam"), steps=50))
    frames = run.advance(50)
    diverged, healthy = run.status()["descents"]
    assert diverged["state"] == "diverged"
    assert f"after step {diverged['num_steps_done']}" in diverged["reason"]
    assert rows_of(frames, 0)[-1, 0] > 1e12
    assert len(rows_of(frames, 0)) == diverged["num_steps_done"] + 1 < 10
    assert healthy["state"] == "finished"
    assert diverged["best_loss"] == 12.5


def test_a_loss_that_is_no_number_diverges():
    run = Run(recipe(descent("SGD", lr=1e200), steps=50, divergence_limit=1e308))
    run.advance(50)
    (status,) = run.status()["descents"]
    assert status["state"] == "diverged"
    assert "not finite" in status["reason"]
    assert status["loss"] is None


def test_a_descent_that_walks_off_without_a_large_loss_diverges():
    bowl = {"objective": "bowl", "start": (1.0, 1.0), "steps": 500}
    run = Run(recipe(descent("SGD", lr=3.0), **bowl, divergence_limit=50))
    frames = run.advance(500)
    assert run.status()["descents"][0]["state"] == "diverged"
    assert np.abs(rows_of(frames)[:-1, 3:5]).max() <= 50


def test_a_budget_in_gradient_evaluations_counts_what_a_closure_spends():
    spent = {}

    def counted(theta):
        spent["calls"] = spent.get("calls", 0) + 1
        return rosenbrock(theta)

    run = Run(recipe(descent("LBFGS"), descent("SGD"), steps=40, budget="gradient_evaluations"))
    run.advance(40)
    lbfgs, sgd = run.status()["descents"]
    assert (sgd["num_steps_done"], sgd["num_gradient_evaluations"]) == (40, 40)
    assert lbfgs["num_steps_done"] < 40 <= lbfgs["num_gradient_evaluations"]
    # The same steps in a bare loop, whose closure counts its own calls.
    theta = torch.tensor([-1.5, 2.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([theta], lr=0.5)

    def closure():
        optimizer.zero_grad()
        loss = counted(theta)
        loss.backward()
        return loss

    for _ in range(lbfgs["num_steps_done"]):
        optimizer.step(closure)
    assert lbfgs["num_gradient_evaluations"] == spent["calls"]


def test_float32_is_computed_in_float32():
    rows = rows_of(Run(recipe(descent("Adam"), dtype="float32")).advance(5))
    theta = rows[:, 3:5]
    assert np.array_equal(theta, theta.astype(np.float32).astype(np.float64))
    assert not np.array_equal(rows, rows_of(Run(recipe(descent("Adam"))).advance(5)))


def test_the_start_is_the_objectives_own_where_none_is_given():
    run = Run(recipe(descent("SGD"), start=None))
    (frame,) = run.advance(0)
    assert frame.rows[0, 3:5].tolist() == list(run.objective.start(torch.Generator()))


@pytest.mark.parametrize(
    ("change", "parameter", "words"),
    [
        ({"start": [1.0]}, "start", "start must have 2 numbers"),
        ({"start": [1.0, 2.0, 3.0]}, "start", "but has 3"),
        ({"objective": {"kind": "function", "id": "rosenbrok"}}, "objective.id", "rosenbrock"),
        ({"descents": [{"optimizer": "Adamm"}]}, "descents[0].optimizer", "Adam"),
        (
            {"descents": [{"optimizer": "SGD", "hyperparameters": {"lr": -1}}]},
            "descents[0].hyperparameters.lr",
            "Invalid learning rate: -1",
        ),
        (
            {"edits": [{"step": 1, "descent": 3, "hyperparameters": {"lr": 1}}]},
            "edits[0].descent",
            "must be below 1",
        ),
        (
            {"edits": [{"step": 1, "descent": 0, "hyperparameters": {"lr": -1}}]},
            "edits[0].hyperparameters.lr",
            "Invalid learning rate: -1",
        ),
        (
            {"edits": [{"step": 60, "descent": 0, "hyperparameters": {"lr": 1}}]},
            "edits[0].step",
            "must be below 60, the steps of the run, but is 60; no update follows the last step",
        ),
        (
            {"edits": [{"step": 1, "descent": 0, "hyperparameters": {}}]},
            "edits[0].hyperparameters",
            'must name what to change but is empty; try {"lr": 0.01}',
        ),
    ],
)
def test_a_recipe_that_cannot_be_run_names_the_field_and_the_way_out(change, parameter, words):
    data = recipe(descent("SGD")).model_dump() | change
    with pytest.raises(UserError) as caught:
        Run(Recipe.model_validate(data))
    assert caught.value.parameter == parameter
    assert words in str(caught.value)


def test_a_device_that_is_not_there_is_refused_by_name():
    if torch.cuda.is_available():
        rows = rows_of(Run(recipe(descent("SGD"), device="cuda")).advance(5))
        assert np.allclose(rows, rows_of(Run(recipe(descent("SGD"))).advance(5)), rtol=1e-12)
        return
    with pytest.raises(UserError, match="device must be one that this machine has but is cuda; try cpu"):
        Run(recipe(descent("SGD"), device="cuda"))


def test_a_wrong_live_edit_changes_nothing():
    run, twin = Run(recipe(descent("Adam"))), Run(recipe(descent("Adam")))
    run.advance(10)
    for wrong in ({}, {"lr": -1.0}, {"betas": [1.0, 1.0]}, {"speed": 3.0}, {"lr": 0.5, "eps": -1.0}):
        with pytest.raises(UserError):
            run.edit(0, wrong)
    with pytest.raises(UserError, match="descent must be from 0 to 0 but is 1"):
        run.edit(1, {"lr": 0.1})
    assert run.recipe.edits == []
    run.advance(50)
    twin.advance(60)
    assert run.status() == twin.status()


def test_a_descent_that_has_ended_cannot_be_edited():
    run = Run(recipe(descent("SGD", lr=1.0), descent("Adam")))
    run.advance(10)
    with pytest.raises(ConflictError, match="diverged at step"):
        run.edit(0, {"lr": 0.1})


def test_edits_of_one_descent_build_on_each_other():
    edits = [
        {"step": 5, "descent": 0, "hyperparameters": {"nesterov": True}},
        {"step": 2, "descent": 0, "hyperparameters": {"momentum": 0.9}},
    ]
    live = Run(recipe(descent("SGD")))
    frames = live.advance(2)
    live.edit(0, {"momentum": 0.9})
    frames += live.advance(3)
    live.edit(0, {"nesterov": True})
    frames += live.advance(55)
    replay = Run(recipe(descent("SGD"), edits=edits)).advance(60)
    assert np.array_equal(rows_of(frames), rows_of(replay))
    with pytest.raises(UserError) as caught:
        Run(recipe(descent("SGD"), edits=edits[:1]))  # Nesterov's rule needs momentum
    assert caught.value.parameter.startswith("edits[0].hyperparameters")


def test_an_update_that_cannot_be_computed_is_a_divergence_with_its_reason():
    part = descent("LBFGS", lr=1.0, line_search_fn="strong_wolfe") | {
        "scheduler": {"id": "LinearLR", "hyperparameters": {"end_factor": 0.0, "total_iters": 2}}
    }
    run = Run(recipe(part, start=(-1.2, 1.0), steps=20))
    rows = rows_of(run.advance(20))
    (status,) = run.status()["descents"]
    assert status["state"] == "diverged"
    assert status["num_steps_done"] == len(rows) - 1 == 2
    assert status["reason"].startswith("the update after step 2 cannot be computed: ")
    assert run.has_ended
