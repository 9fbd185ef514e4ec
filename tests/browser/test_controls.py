"""What can be turned: descents, their settings, the start, the objective, how the page looks."""

from __future__ import annotations

import json

import pytest

SLOW = "#speed=20&steps=5000"
REFUSED = "Failed to load resource.*422"


def test_descents_are_added_hidden_duplicated_and_removed(open_desk):
    desk = open_desk(SLOW)
    run = desk.run_id()
    desk.page.locator(".descents header button").click()
    run = desk.until_new_run(run)
    desk.until_step(1)
    assert desk.look("downslope.histories.length") == 5
    desk.card(0).hover()
    desk.card(0).get_by_role("button", name="Hide SGD").click()
    desk.card(0).get_by_role("button", name="Duplicate SGD").click()
    run = desk.until_new_run(run)
    assert desk.look("downslope.state.recipe.descents[0].visible") is False
    desk.card(1).hover()
    desk.card(1).get_by_role("button", name="Remove Momentum").click()
    desk.until_new_run(run)
    desk.until_step(1)
    assert desk.look("downslope.histories.length") == 5
    names = desk.look("downslope.state.recipe.descents.map((d) => d.optimizer)")
    assert names == ["SGD", "RMSprop", "Adam", "AdamW", "SGD"]


def test_eight_descents_are_the_most_and_one_the_least(open_desk):
    desk = open_desk(SLOW)
    add = desk.page.locator(".descents header button")
    for _ in range(4):
        add.click()
    assert add.is_disabled()
    desk.until("downslope.histories.length === 8 && downslope.histories.every((h) => h.length > 1)")
    for _ in range(7):
        desk.card(0).hover()
        desk.card(0).get_by_role("button", name="Remove").click()
    desk.card(0).hover()
    assert desk.card(0).get_by_role("button", name="Remove").is_disabled()
    desk.until("downslope.histories.length === 1 && downslope.histories[0].length > 1")


def test_a_learning_rate_is_changed_in_the_middle_of_the_run(open_desk):
    desk = open_desk(SLOW)
    desk.until_step(5)
    run = desk.run_id()
    desk.type_into(desk.rate(3), "0.123")
    desk.until("downslope.histories[3].last().lr === 0.123")
    assert desk.look("downslope.histories[3].at(1).lr") == 0.05
    assert desk.run_id() == run


def test_a_slider_changes_the_learning_rate_live(open_desk):
    desk = open_desk(SLOW)
    desk.until_step(2)
    run = desk.run_id()
    desk.card(3).locator("input[type=range]").focus()
    for _ in range(20):
        desk.page.keyboard.press("ArrowRight")
    rate = desk.look("downslope.state.recipe.descents[3].hyperparameters.lr")
    assert rate > 0.05
    desk.until(f"downslope.histories[3].last().lr === {rate}")
    assert desk.run_id() == run


def test_a_rate_that_the_server_refuses_is_said_at_its_field_and_nothing_is_lost(open_desk):
    desk = open_desk(SLOW)
    desk.until_step(5)
    run = desk.run_id()
    desk.type_into(desk.rate(0), "-1")
    fault = desk.card(0).locator(".fault")
    fault.wait_for()
    assert "-1" in fault.inner_text() and "lr" in fault.inner_text().lower()
    assert desk.rate(0).input_value() == "-1"
    assert desk.rate(0).get_attribute("aria-invalid") == "true"
    length = desk.look("downslope.histories[0].length")
    desk.until_step(length + 5)
    assert desk.run_id() == run
    desk.type_into(desk.rate(0), "0.0007")
    desk.until("downslope.histories[0].last().lr === 0.0007")
    assert fault.count() == 0
    assert desk.run_id() == run


def test_text_that_is_no_number_stays_in_its_field_with_a_reason(open_desk):
    desk = open_desk(SLOW)
    desk.until_step(2)
    run = desk.run_id()
    start = desk.page.locator(".start input").first
    desk.type_into(start, "NaN")
    assert start.input_value() == "NaN"
    assert start.get_attribute("aria-invalid") == "true"
    assert desk.run_id() == run


@pytest.mark.parametrize("steps", ["1000000000", "0"])
def test_a_number_of_steps_that_is_refused_is_said_at_its_field_and_the_old_run_goes_on(open_desk, steps):
    desk = open_desk(SLOW)
    desk.expected = [REFUSED]
    desk.until_step(3)
    run = desk.run_id()
    desk.type_into(desk.page.locator(".steps input"), steps)
    fault = desk.page.locator(".steps .fault")
    fault.wait_for()
    assert "steps" in fault.inner_text()
    length = desk.look("downslope.histories[0].length")
    desk.until_step(length + 3)
    assert desk.run_id() == run


def test_a_pair_that_is_refused_opens_its_place_and_says_why(open_desk):
    desk = open_desk(SLOW)
    desk.until_step(2)
    desk.card(3).get_by_role("button", name="More settings").click()
    desk.type_into(desk.card(3).get_by_label("betas 2", exact=True), "1")
    fault = desk.card(3).locator(".hyperparameter .fault")
    fault.wait_for()
    assert "beta" in fault.inner_text()


def test_every_hyperparameter_of_every_optimizer_has_a_control(open_desk):
    desk = open_desk(SLOW)
    desk.until_step(1)
    card = desk.card(0)
    card.get_by_role("button", name="More settings").click()
    catalogue = desk.look("downslope.state.catalogue.optimizers")
    assert len(catalogue) >= 13
    for row in catalogue:
        card.locator("select").first.select_option(row["id"])
        names = [one["name"] for one in row["hyperparameters"] if one["name"] != "lr"]
        desk.until(f"downslope.state.recipe.descents[0].optimizer === {json.dumps(row['id'])}")
        shown = card.locator(".more .hyperparameter .name").all_inner_texts()
        assert [name for name in names if name not in shown] == []
        for one in row["hyperparameters"]:
            if one["name"] != "lr":
                place = card.locator(".hyperparameter", has_text=one["name"]).first
                assert place.locator("input, select").count() > 0, (row["id"], one["name"])
    desk.until("downslope.state.connection.phase === 'open'")


def test_a_click_on_the_contours_sets_the_start(open_desk):
    desk = open_desk(SLOW)
    desk.until_step(2)
    run = desk.run_id()
    box = desk.plot("contour").bounding_box()
    desk.page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.4)
    desk.until_new_run(run)
    desk.until_step(0)
    start = desk.look("downslope.state.recipe.start")
    assert len(start) == 2 and start != [0.3, -4.6]
    assert desk.look("downslope.histories.map((h) => h.at(0).theta)") == [start] * 4
    assert float(desk.page.locator(".start input").first.input_value()) == start[0]


def test_a_click_on_the_landscape_sets_the_start(open_desk):
    desk = open_desk(SLOW)
    desk.until_step(2)
    run = desk.run_id()
    box = desk.plot("landscape").bounding_box()
    x, y = box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5
    # Plotly looks for what is under the pointer once a frame, and a frame in software GL takes a while.
    for hold_ms in (100, 300, 600, 1200, 2400):
        desk.page.mouse.move(x, y)
        desk.page.wait_for_timeout(hold_ms)
        desk.page.mouse.down()
        desk.page.wait_for_timeout(hold_ms)
        desk.page.mouse.up()
        desk.page.wait_for_timeout(hold_ms)
        if desk.look("downslope.state.recipe.start") != [0.3, -4.6]:
            break
    desk.until_new_run(run)
    desk.until_step(0)
    start = desk.look("downslope.state.recipe.start")
    assert start != [0.3, -4.6]
    assert desk.look("downslope.histories.map((h) => h.at(0).theta)") == [start] * 4


def test_the_start_is_typed_and_given_back(open_desk):
    desk = open_desk(SLOW)
    run = desk.run_id()
    desk.type_into(desk.page.locator(".start input").nth(1), "2.5")
    run = desk.until_new_run(run)
    desk.until_step(0)
    assert desk.look("downslope.histories[0].at(0).theta") == [0.3, 2.5]
    desk.page.get_by_role("button", name="Use the objective's own start").click()
    desk.until_new_run(run)
    desk.until_step(0)
    assert desk.look("downslope.histories[0].at(0).theta") == desk.look("downslope.state.objective.start")


def test_a_diverged_descent_says_so_and_the_others_race_on(open_desk):
    desk = open_desk("#speed=200&descent=SGD;lr:1&descent=Adam;lr:0.05")
    desk.until_finished()
    outcome = desk.card(0).locator(".outcome")
    assert outcome.inner_text().startswith("Diverged at step ")
    assert len(outcome.inner_text()) > 30, "the reason is given"
    assert desk.card(1).locator(".outcome").count() == 0
    assert desk.look("downslope.histories[1].length") == 401
    assert "NaN" not in desk.page.locator("body").inner_text()


def test_every_objective_of_the_catalogue_can_be_picked_and_raced(open_desk):
    desk = open_desk("#speed=max&steps=50")
    desk.until_finished()
    for row in desk.look("downslope.state.catalogue.objectives"):
        run = desk.run_id()
        desk.page.locator(".objective-name").click()
        desk.page.locator(f".picker [data-id='{row['id']}']").click()
        desk.until_new_run(run)
        desk.until_finished()
        assert desk.page.locator("h1").inner_text() == row["title"]["en"]
        assert desk.page.locator(".latex .katex").count() == 1
        if row["dim"] <= 16:
            assert desk.look("downslope.histories[0].dim") == row["dim"]
        suggested = row.get("suggested")
        num_descents = len(suggested["descents"]) if suggested else 4
        assert desk.look("downslope.state.recipe.descents.length") == num_descents


def test_a_constant_of_an_objective_is_changed(open_desk):
    desk = open_desk("#objective=ravine&speed=20")
    run = desk.run_id()
    desk.type_into(desk.page.locator(".parameter input[type=text]").first, "50")
    desk.until_new_run(run)
    assert desk.look("downslope.state.recipe.objective.parameters") == {"kappa": 50}


def test_a_curve_of_one_dimension_is_raced_down(open_desk):
    desk = open_desk("#objective=double-well&speed=200")
    desk.until_finished()
    assert desk.look("downslope.histories.map((h) => h.dim)") == [1] * 4
    assert desk.page.locator(".start input").count() == 1
    run = desk.run_id()
    box = desk.plot("landscape").bounding_box()
    desk.page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.5)
    desk.until_new_run(run)
    desk.until_step(0)
    assert desk.look("downslope.histories[0].at(0).theta") == desk.look("downslope.state.recipe.start")


def test_theme_and_language_change_every_word_and_keep_the_run(open_desk):
    desk = open_desk(SLOW, color_scheme="light")
    desk.until_step(2)
    run = desk.run_id()
    assert desk.look("document.documentElement.dataset.theme") == "light"
    desk.page.keyboard.press("t")
    desk.until("document.documentElement.dataset.theme === 'dark'")
    desk.page.keyboard.press("l")
    desk.until("document.documentElement.lang === 'zh-CN'")
    assert desk.page.locator(".descents h2").inner_text().startswith("下降路径")
    assert desk.page.title().startswith("Downslope：")
    words = desk.page.locator("h1, h2, .name, figcaption, .figure dt").all_inner_texts()
    english = [word for word in words if word.isascii() and word.strip() and word not in ("lr", "x", "y")]
    assert english == []
    assert desk.run_id() == run


def test_the_page_begins_in_the_language_and_theme_of_the_browser(open_desk):
    desk = open_desk(SLOW, language="zh-CN", color_scheme="dark")
    desk.until(
        "document.documentElement.lang === 'zh-CN' && document.documentElement.dataset.theme === 'dark'"
    )


def test_an_address_opens_the_same_race_elsewhere(open_desk):
    desk = open_desk(SLOW)
    desk.until_step(1)
    desk.card(3).get_by_role("button", name="More settings").click()
    desk.card(3).get_by_label("amsgrad").check()
    label = desk.card(3).locator("input.text")
    label.fill("学习率; 0.05 & more")
    label.press("Tab")
    desk.type_into(desk.page.locator(".seed input"), "7")
    desk.page.keyboard.press("Escape")
    desk.until("location.hash.includes('amsgrad') && location.hash.includes('seed=7')")
    other = open_desk(desk.look("location.hash"))
    other.until_step(1)
    assert other.recipe() == desk.recipe()
    assert other.card(3).locator(".label").inner_text() == "学习率; 0.05 & more"


@pytest.mark.parametrize(
    "address", ["#steps=abc", "#start=1,2,3", "#objective=nowhere", "#descent=Nope;lr:1", "#seed=-1"]
)
def test_a_bad_link_is_reported_and_the_rest_of_it_races(open_desk, address):
    desk = open_desk(f"{address}&speed=50")
    desk.expected = [REFUSED]
    desk.page.locator(".toast.is-error").wait_for()
    desk.until_step(3)
    assert desk.look("downslope.state.speed") == 50
    assert desk.look("downslope.state.faults") == {}


def test_help_lists_the_keys_and_closes(open_desk):
    desk = open_desk(SLOW)
    desk.until_step(1)
    desk.page.keyboard.press("?")
    dialog = desk.page.get_by_role("dialog")
    assert dialog.locator("kbd").count() >= 12
    desk.page.keyboard.press("Escape")
    desk.page.wait_for_timeout(50)
    assert dialog.count() == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_phone_shows_everything_without_scrolling_sideways(open_desk, language):
    desk = open_desk(f"{SLOW}&language={language}", size=(390, 844))
    desk.until_step(2)
    assert desk.look("document.documentElement.scrollWidth") <= 390
    assert desk.page.get_by_role("contentinfo").bounding_box()["y"] < 844


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_a_projector_shows_everything_without_scrolling_in_readable_type(open_desk, size):
    desk = open_desk(SLOW, size=size)
    desk.until_step(2)
    assert desk.look("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == list(
        size
    )
    body = desk.look("parseFloat(getComputedStyle(document.body).fontSize)")
    assert body >= (15 if size[0] == 1280 else 19)
    number = desk.look("parseFloat(getComputedStyle(document.querySelector('.figure.main dd')).fontSize)")
    assert number > 1.4 * body
    add = desk.look("document.querySelector('.descents > ul').scrollHeight")
    assert add <= desk.look("document.querySelector('.descents > ul').clientHeight"), "four cards fit"
