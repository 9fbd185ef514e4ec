"""Models on the page: data and fit move with the run, and every part of a model can be changed."""

from __future__ import annotations

import re

import httpx
import pytest
from desk import Desk

LINE = "#model=linear-regression"
REFUSED = "Failed to load resource.*422"


def open_aspect(desk: Desk, name: str) -> None:
    desk.page.locator(f"[data-aspect={name}]").click()
    desk.page.locator(".aspect-panel").wait_for()


def numbers(text: str) -> list[float]:
    return [
        float(found)
        for found in re.findall(r"-?\d+(?:\.\d+)?", text.replace("\u2212 ", "-").replace("\u2212", "-"))
    ]


def fit_pixels(desk: Desk) -> bytes:
    return desk.plot("contour").screenshot()


def test_linear_regression_ends_within_0_3_of_a_10_b_5_and_says_so_as_an_equation(open_desk):
    desk = open_desk(LINE + "&speed=max")
    desk.until_finished()
    equation = desk.page.locator(".equation")
    desk.until("downslope.histories[0].length === 21")
    desk.page.wait_for_timeout(200)
    slope, intercept = numbers(equation.inner_text().partition("=")[2].replace("\u00a0", ""))
    assert abs(slope - 10) < 0.3 and abs(intercept - 5) < 0.3
    theta = desk.look("downslope.histories[0].last().theta")
    assert [slope, intercept] == pytest.approx(theta, rel=1e-3)
    assert equation.get_attribute("aria-label") is not None
    errors = [numbers(cell)[0] for cell in desk.page.locator(".thetas tbody td:last-child").all_inner_texts()]
    assert errors == pytest.approx([theta[0] - 10, theta[1] - 5], abs=1e-3)


def test_the_fit_moves_with_the_steps_and_stands_still_with_them(open_desk):
    desk = open_desk(LINE + "&descent=SGD;lr:0.01;Slot:0&speed=10&steps=5000")
    desk.until("window.downslope?.state.points")
    desk.until_step(3)
    early = fit_pixels(desk)
    desk.until("downslope.histories[0].last().theta[0] > 7")
    late = fit_pixels(desk)
    assert early != late
    desk.page.keyboard.press("Space")
    desk.until("downslope.state.run.state === 'paused'")
    desk.page.wait_for_timeout(600)
    assert fit_pixels(desk) == fit_pixels(desk)


def test_the_place_beside_the_landscape_shows_the_fit_or_the_map_as_one_likes(open_desk):
    desk = open_desk(LINE)
    desk.until("window.downslope?.state.points")
    fit, contours = desk.page.locator("[data-plot=fit]"), desk.page.locator("[data-plot=map]")
    fit.wait_for(state="visible")
    desk.page.get_by_role("radio", name="Contours").click()
    contours.wait_for(state="visible")
    assert not fit.is_visible()
    desk.until("location.hash.includes('side=map')")
    desk.page.reload()
    desk.until("window.downslope?.state.points")
    contours.wait_for(state="visible")


def test_every_model_runs_on_the_page_with_its_data_in_sight(open_desk, server):
    desk = open_desk(LINE)
    desk.until_step(2)
    rows = httpx.get(f"{server.url}/api/objectives").json()
    models = [row for row in rows if row["kind"] == "model"]
    assert len(models) >= 9
    for row in models:
        old = desk.run_id()
        desk.page.evaluate(f"location.hash = '#model={row['id']}'")
        if row["id"] != "linear-regression":
            desk.until_new_run(old)
        desk.until(f"downslope.state.objective.id === '{row['id']}'")
        desk.until_step(3)
        desk.until("window.downslope?.state.points")
        assert desk.look("downslope.state.points.task") == row["data"]["task"]
        assert desk.look("downslope.histories[0].dim") == (row["dim"] if row["dim"] <= 16 else 0)
        for name in row["extra_columns"]:
            assert desk.look(f"downslope.histories[0].at(1).extras['{name}']") > 0


def test_the_seven_values_of_two_neurons_stand_in_the_card_by_their_names(open_desk, server):
    desk = open_desk("#model=two-neurons&steps=50&speed=max")
    desk.until_finished()
    desk.until("downslope.histories[0].length === 51")
    desk.page.wait_for_timeout(200)
    rows = httpx.get(f"{server.url}/api/objectives").json()
    (row,) = [row for row in rows if row["id"] == "two-neurons"]
    assert desk.page.locator(".thetas tbody th").all_inner_texts() == row["theta_names"]
    told = [numbers(text)[0] for text in desk.page.locator(".thetas tbody td").all_inner_texts()]
    assert told == pytest.approx(desk.look("downslope.histories[0].last().theta"), rel=1e-3, abs=1e-3)


def test_a_smaller_batch_is_drawn_over_the_loss_of_all_points(open_desk):
    desk = open_desk(LINE)
    run = desk.run_id()
    assert desk.look("downslope.histories[0].has('train_loss')") is False
    open_aspect(desk, "batch")
    desk.type_into(desk.page.locator("input[name=batch]"), "5")
    desk.until_new_run(run)
    desk.until_step(5)
    assert desk.look("downslope.state.recipe.objective.batch_size") == 5
    row = desk.look("downslope.histories[0].at(5)")
    assert row["loss"] != row["extras"]["train_loss"]
    run = desk.run_id()
    desk.page.get_by_role("button", name="Use all").click()
    desk.until_new_run(run)
    desk.until("downslope.state.objective.extra_columns.length === 0")


def test_the_same_start_stays_whatever_changes_and_a_new_seed_draws_another(open_desk):
    desk = open_desk("#model=mlp-classifier&speed=20")
    first = "downslope.histories[0].length > 1 && downslope.histories[0].at(0).extras.train_loss"
    run, drawn = desk.run_id(), desk.until(first)
    open_aspect(desk, "loss")
    desk.page.get_by_role("radio", name="L2").click()
    run = desk.until_new_run(run)
    desk.page.get_by_role("radio", name="None").click()
    run = desk.until_new_run(run)
    assert desk.until(first) == drawn
    desk.page.locator("[data-aspect=start]").click()
    desk.page.locator("[data-do=new-seed]").click()
    desk.until_new_run(run)
    other = desk.until(first)
    assert other != drawn
    run = desk.run_id()
    desk.page.locator("[data-do=same-start]").click()
    desk.until_new_run(run)
    assert desk.until(first) == other


def test_hidden_layers_are_added_resized_and_removed(open_desk, server):
    desk = open_desk("#model=mlp-classifier&speed=20")
    run = desk.run_id()
    open_aspect(desk, "net")
    desk.page.get_by_role("button", name="Add a layer").click()
    run = desk.until_new_run(run)
    desk.type_into(desk.page.get_by_role("textbox", name="Neurons in Layer 3"), "3")
    run = desk.until_new_run(run)
    desk.page.get_by_role("button", name="One neuron fewer in Layer 1").click()
    run = desk.until_new_run(run)
    assert desk.look("downslope.state.recipe.objective.parameters.hidden") == [7, 8, 3]
    dim = desk.until("downslope.state.objective.values.hidden.length === 3 && downslope.state.objective.dim")
    assert dim == (2 * 7 + 7) + (7 * 8 + 8) + (8 * 3 + 3) + (3 + 1)
    assert f"{dim} parameters" in desk.page.locator(".aspect-panel").inner_text()
    desk.page.locator(".layer").nth(1).hover()
    desk.page.get_by_role("button", name="Remove Layer 2").click()
    desk.until_new_run(run)
    assert desk.look("downslope.state.recipe.objective.parameters.hidden") == [7, 3]


def test_neither_more_nor_fewer_neurons_than_a_layer_may_have_are_asked_for(open_desk):
    desk = open_desk("#model=mlp-classifier&speed=20")
    run = desk.run_id()
    open_aspect(desk, "net")
    desk.type_into(desk.page.get_by_role("textbox", name="Neurons in Layer 1"), "1000")
    desk.until_new_run(run)
    assert desk.look("downslope.state.recipe.objective.parameters.hidden") == [64, 8]


def test_another_generated_set_brings_its_points_and_a_new_draw_others(open_desk):
    desk = open_desk("#model=mlp-classifier&speed=20")
    run = desk.run_id()
    desk.until("window.downslope?.state.points")
    moons = desk.look("downslope.state.points.train.x[0]")
    open_aspect(desk, "data")
    desk.page.locator(".set[data-id=spiral]").click()
    run = desk.until_new_run(run)
    desk.until(f"JSON.stringify(downslope.state.points.train.x[0]) !== '{str(moons).replace(' ', '')}'")
    spiral = desk.look("downslope.state.points.train.x[0]")
    desk.page.locator("[data-do=new-data]").click()
    desk.until_new_run(run)
    desk.until(f"downslope.state.points.train.x[0][0] !== {spiral[0]}")
    assert desk.look("downslope.state.recipe.objective.data.set") == "spiral"


def test_an_aspect_is_opened_used_and_left_by_keyboard(open_desk):
    desk = open_desk(LINE)
    desk.until_step(1)
    aspect = desk.page.locator("[data-aspect=start]")
    aspect.focus()
    desk.page.keyboard.press("Enter")
    assert aspect.get_attribute("aria-expanded") == "true"
    for _ in range(2):
        desk.page.keyboard.press("Tab")
    assert desk.page.evaluate("document.activeElement.closest('.aspect-panel') !== null")
    desk.page.keyboard.press("Escape")
    assert desk.page.locator(".aspect-panel").count() == 0
    assert desk.page.evaluate("document.activeElement.dataset.aspect") == "start"


def test_only_one_aspect_is_open_and_a_press_on_the_landscape_closes_it(open_desk):
    desk = open_desk("#model=mlp-classifier&speed=20")
    desk.until_step(1)
    open_aspect(desk, "loss")
    open_aspect(desk, "net")
    assert desk.page.locator(".aspect-panel").count() == 1
    desk.card(0).hover()
    desk.rate(0).click()
    assert desk.page.locator(".aspect-panel").count() == 1
    box = desk.plot("landscape").bounding_box()
    desk.page.mouse.click(box["x"] + 20, box["y"] + box["height"] - 200)
    assert desk.page.locator(".aspect-panel").count() == 0


def test_a_change_that_the_server_refuses_is_said_where_it_was_made(open_desk):
    desk = open_desk("#model=polynomial-regression&speed=20")
    desk.expected = [REFUSED]
    desk.until_step(2)
    run = desk.run_id()
    open_aspect(desk, "net")
    desk.type_into(desk.page.get_by_role("textbox", name="Degree"), "99")
    fault = desk.page.locator(".aspect-panel .fault")
    fault.wait_for()
    assert "99" in fault.inner_text()
    length = desk.look("downslope.histories[0].length")
    desk.until_step(length + 3)
    assert desk.run_id() == run
