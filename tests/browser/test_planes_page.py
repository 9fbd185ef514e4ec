"""Planes of objectives in many dimensions: chosen, honest about what they leave out, and never in the way."""

from __future__ import annotations

import re

import httpx
import numpy as np
import pytest

ROSENBROCK = "#objective=rosenbrock&parameters=dim:10&steps=120&speed=max"
SHOWN = "downslope.plots?.offPlane()"
DRAWN = f"window.downslope && !downslope.state.surface.isStale && !downslope.state.surface.isBusy && {SHOWN}"


def choose(desk, kind: str) -> None:
    """Choose a kind of plane where the chip opens."""
    chip = desk.page.locator("[data-aspect=plane]")
    chip.click()
    desk.page.locator(f".plane-kind input[value={kind}]").check()
    chip.click()
    desk.until("downslope.state.panel === null")


def paths(desk) -> list[np.ndarray]:
    """Return theta of every step of every descent, as the server tells it."""
    answer = httpx.get(f"{desk.url}/api/runs/{desk.run_id()}/trajectory").json()
    return [np.array(descent["theta"]) for descent in answer["descents"]]


def surface(desk, **plane) -> dict:
    """Return the server's own answer for a plane of the run on show."""
    body = {"objective": desk.recipe()["objective"], "resolution": 17, "seed": desk.recipe()["seed"]}
    answer = httpx.post(
        f"{desk.url}/api/surfaces", json=body | {"plane": {"run": desk.run_id(), **plane}}, timeout=60
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def caption(desk) -> tuple[str, list[float]]:
    """Return the percentage and the distances that stand on the picture."""
    text = desk.page.locator(".plane-shows").inner_text()
    found = re.search(r"[<>]?\d+(?= %)", text)
    assert found is not None, text
    values = desk.page.locator(".plane-off output").all_inner_texts()
    return found.group(), [float(value.replace("−", "-")) for value in values]


def percent(share: float) -> str:
    """Return a share as the page writes it, see plane_titles.js."""
    rounded = int(share * 100 + 0.5)
    if rounded == 100 and share < 0.9995:
        return ">99"
    return "<1" if rounded == 0 and share > 0.0005 else str(rounded)


def off_plane(theta: np.ndarray, anchor: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return what is left of each point beside the plane, by least squares."""
    moved = theta - anchor
    inside, *_ = np.linalg.lstsq(rows.T, moved.T, rcond=None)
    return moved - (rows.T @ inside).T


def test_up_to_two_dimensions_there_is_no_plane_to_choose_and_nothing_is_off_it(open_desk):
    desk = open_desk("#speed=max")
    desk.until_finished()
    assert desk.page.locator("[data-aspect=plane]").count() == 0
    assert desk.page.locator(".plane-caption").count() == 0


def test_the_caption_tells_what_the_axes_leave_out(open_desk):
    desk = open_desk(ROSENBROCK)
    desk.until_finished()
    desk.until(DRAWN)
    walked = paths(desk)
    anchor, rows = walked[0][0], np.eye(10)[:2]
    rests = [off_plane(path, anchor, rows) for path in walked]
    squares = sum(float(((path - anchor) ** 2).sum()) for path in walked)
    share = 1 - sum(float((rest**2).sum()) for rest in rests) / squares
    desk.until(f"document.querySelector('.plane-shows')?.textContent.includes(' {percent(share)} %')")
    shown, offs = caption(desk)
    assert shown == percent(share)
    assert offs == pytest.approx([np.linalg.norm(rest[-1]) for rest in rests], rel=2e-3)


def test_components_show_more_of_the_movement_and_say_how_much(open_desk):
    desk = open_desk(ROSENBROCK)
    desk.until_finished()
    desk.until(DRAWN)
    before = desk.look(SHOWN)["share"]
    choose(desk, "pca")
    desk.until(f"{DRAWN} && {SHOWN}.share > {before} + 0.1")
    plane = surface(desk, kind="pca", descent=None)["plane"]
    walked = paths(desk)
    anchor = np.array(plane["anchor"])
    rests = [off_plane(path, anchor, np.array(plane["directions"])) for path in walked]
    squares = sum(float(((path - anchor) ** 2).sum()) for path in walked)
    share = 1 - sum(float((rest**2).sum()) for rest in rests) / squares
    # The page and the server have one definition: the shares of the components add up to that of the plane.
    assert share == pytest.approx(sum(plane["explained"]), abs=1e-9)
    shown, offs = caption(desk)
    assert shown == percent(share)
    assert offs == pytest.approx([np.linalg.norm(rest[-1]) for rest in rests], rel=2e-3)
    title = desk.page.locator(".contour .xtitle").text_content()
    assert title == f"PC 1 ({percent(plane['explained'][0])} %)"


def test_two_weights_are_chosen_by_name_and_stand_at_the_axes(open_desk):
    desk = open_desk("#model=two-neurons&steps=300&side=map")
    desk.until_finished()
    desk.until(DRAWN)
    choose(desk, "axes")
    desk.page.locator("[data-aspect=plane]").click()
    desk.page.get_by_label("Across").select_option(label="output.weight[0][1]")
    desk.page.get_by_label("Along").select_option(label="hidden.bias[0]")
    desk.page.keyboard.press("Escape")
    titles = ".contour .{}title"
    desk.until(f"document.querySelector('{titles.format('x')}')?.textContent === 'output.weight[0][1]'")
    assert desk.page.locator(titles.format("y")).text_content() == "hidden.bias[0]"
    assert "plane=axes:5,2" in desk.until("location.hash.includes('plane=axes') && location.hash")


def test_an_axis_that_is_taken_changes_places_with_the_other(open_desk):
    desk = open_desk("#model=two-neurons&steps=300&plane=axes:1,4")
    desk.until_finished()
    desk.page.locator("[data-aspect=plane]").click()
    desk.page.get_by_label("Across").select_option(label="output.weight[0][0]")
    assert desk.look("downslope.state.view.plane.axes") == [4, 1]


def test_a_net_of_hundreds_of_weights_is_looked_at_along_the_components_of_its_path(open_desk):
    desk = open_desk("#model=mlp-regression&steps=400")
    desk.until_finished()
    desk.until(f"{DRAWN} && {SHOWN}.share > 0.5")
    desk.until("downslope.plots.offPlane().descents[0].off !== null")
    shown, _ = caption(desk)
    plane = surface(desk, kind="pca", descent=None)["plane"]
    # Samples of the path are what the page knows of it.
    desk.until(f"Math.abs({SHOWN}.share - {sum(plane['explained'])}) < 0.03")
    assert shown not in ("0", "<1")
    assert desk.page.locator(".hint").get_by_text("Click to set the start").count() == 0


def test_a_plane_that_follows_goes_through_the_newest_point(open_desk):
    desk = open_desk("#model=two-neurons&steps=2000&speed=400&plane=random:3;Anchor:current;Follow")
    desk.until(f"{DRAWN} && {SHOWN}.descents[0].off < 0.05")
    first = desk.until("downslope.histories[0].length")
    desk.until_step(first + 400)
    desk.until_finished()
    desk.until(f"{DRAWN} && {SHOWN}.descents[0].off < 1e-9")


def test_a_drawing_that_takes_long_can_be_stopped_and_the_race_does_not_wait_for_it(open_desk):
    desk = open_desk("#model=mlp-regression&steps=100000&speed=60&plane=axes:0,1")
    desk.until(DRAWN)
    run, step = desk.run_id(), desk.until("downslope.histories[0].length")
    # The answer is held back, as that of a busy server is.
    desk.page.route("**/api/surfaces", lambda route: None)
    choose(desk, "random")
    desk.until("downslope.state.surface.isBusy")
    desk.page.get_by_role("button", name="Stop drawing").click()
    desk.until("!downslope.state.surface.isBusy")
    desk.until_step(step + 60)
    choose(desk, "hessian")
    desk.until("downslope.state.surface.isBusy")
    desk.page.keyboard.press("Escape")
    desk.until("!downslope.state.surface.isBusy")
    assert desk.run_id() == run


def test_a_finer_surface_and_a_longer_path_leave_the_camera_where_it_was_turned(open_desk):
    desk = open_desk("#objective=rosenbrock&parameters=dim:10&steps=100000&speed=60&plane=pca")
    desk.until(DRAWN)
    desk.until("!!document.querySelector('.landscape .js-plotly-plot')?._fullLayout?.scene?._scene")
    box = desk.plot("landscape").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.6
    desk.page.mouse.move(x, y)
    desk.page.mouse.down()
    for i in range(1, 11):
        desk.page.mouse.move(x + 12 * i, y)
        desk.page.wait_for_timeout(40)
    desk.page.mouse.up()
    turned = desk.camera()
    frames = "downslope.plots.stats().frames"
    desk.until(f"{frames} > {desk.look(frames)} + 60")
    later = desk.camera()
    assert later == pytest.approx(turned, abs=0.05)


def test_a_click_on_the_map_sets_the_start_in_the_plane(open_desk):
    desk = open_desk("#objective=rosenbrock&parameters=dim:10&steps=60&speed=max&plane=axes:4,7")
    desk.until_finished()
    desk.until(DRAWN)
    desk.until("!!document.querySelector('.contour .xaxislayer-above')")
    before, run = desk.look("downslope.state.objective.start"), desk.run_id()
    box = desk.plot("contour").bounding_box()
    desk.page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.4)
    desk.until_new_run(run)
    start = desk.recipe()["start"]
    changed = [i for i, (old, new) in enumerate(zip(before, start, strict=True)) if old != new]
    assert changed == [4, 7]


def test_the_address_carries_the_plane_and_another_objective_begins_with_its_own(open_desk):
    desk = open_desk("#model=two-neurons&steps=200&plane=hessian;Anchor:end")
    desk.until_finished()
    desk.until(DRAWN)
    assert desk.page.locator(".plane-shows").count() == 1
    assert "plane=hessian;Anchor:end" in desk.look("location.hash")
    desk.page.keyboard.press("o")
    desk.page.locator("[role=option]").get_by_text("Himmelblau").click()
    desk.until("downslope.state.objective.id === 'himmelblau'")
    desk.until("!location.hash.includes('plane=')")


def test_a_plane_that_is_refused_leaves_the_choice_with_the_picture(open_desk):
    desk = open_desk("#model=logistic-regression&steps=50&speed=max")
    desk.expected = ["Failed to load resource.*422"]  # random directions of weights that are all zero
    desk.until_finished()
    desk.until(DRAWN)
    choose(desk, "random")
    desk.page.locator(".toast.is-error").wait_for()
    desk.until("downslope.state.view.plane === null")
    desk.until(DRAWN)
    assert "plane=" not in desk.look("location.hash")
