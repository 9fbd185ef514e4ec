"""A person's own data: dropped, pasted, clicked; what is wrong is said, and what was there stays."""

from __future__ import annotations

import random

import pytest
from desk import Desk

LINE = "#model=linear-regression"
SLOW = "#model=linear-regression&speed=4&steps=5000"
REFUSED = "Failed to load resource.*422"
BROKEN = "x,y\n1,2\n2,4\n3,oops\n4,8\n5,10\n"


def table(count: int) -> str:
    rows = [f"{i / 10},{3 * i / 10 - 2}" for i in range(count)]
    return "\n".join(["weight,price", *rows])


def flowers() -> str:
    draw = random.Random(3).gauss
    kinds = [("setosa", 1.4), ("versicolor", 4.3), ("virginica", 5.5)]
    rows = [
        f"{draw(size, 0.2):.2f};{draw(size / 3, 0.1):.2f};{name}" for name, size in kinds for _ in range(20)
    ]
    return "\n".join(["length;width;species", *rows])


def drop(desk: Desk, name: str, text: str) -> None:
    """Drag a file over the page and let it go."""
    desk.page.evaluate(
        """([name, text]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], name, { type: 'text/csv' }));
          const options = { dataTransfer, bubbles: true, cancelable: true };
          for (const type of ['dragenter', 'dragover', 'drop']) {
            document.body.dispatchEvent(new DragEvent(type, options));
          }
        }""",
        [name, text],
    )


def open_own(desk: Desk, way: str) -> None:
    desk.until_step(1)
    desk.page.locator("[data-aspect=data]").click()
    desk.page.locator(".aspect-panel [data-id=own]").click()
    desk.page.locator(f".aspect-panel [data-id={way}]").click()


def click_plane(desk: Desk, *places: tuple[float, float]) -> None:
    box = desk.page.locator("[data-plot=fit]").bounding_box()
    assert box is not None
    for right, down in places:
        desk.page.mouse.click(box["x"] + right * box["width"], box["y"] + down * box["height"])


def test_a_dropped_table_is_mapped_and_fitted(open_desk):
    desk = open_desk(LINE + "&speed=max&steps=300")
    run = desk.run_id()
    drop(desk, "prices.csv", table(30))
    desk.page.locator(".columns").wait_for()
    assert desk.page.locator(".columns tbody th").all_inner_texts() == ["weight", "price"]
    assert desk.page.locator(".columns .holds").all_inner_texts() == ["0 to 2.9", "\u22122 to 6.7"]
    assert desk.run_id() == run
    desk.page.locator("[data-do=use]").click()
    desk.until_new_run(run)
    desk.until("downslope.histories[0].length === 301")
    desk.until("downslope.state.points.inputs[0] === 'weight'")
    assert desk.look("downslope.state.points.train.x.length") == 30
    assert desk.look("downslope.histories[0].last().loss") < 1e-9
    assert "weight" in desk.page.locator(".equation").inner_text()


def test_a_small_table_travels_with_the_link(open_desk):
    desk = open_desk(LINE)
    run = desk.run_id()
    drop(desk, "prices.csv", table(12))
    desk.page.locator("[data-do=use]").click()
    desk.until_new_run(run)
    assert len(desk.look("downslope.state.recipe.objective.data.rows")) == 12
    desk.until("location.hash.includes('price')")
    link = desk.page.evaluate("location.hash")
    other = open_desk(link)
    other.until("window.downslope?.state.points")
    assert other.look("downslope.state.points.train.x.length") == 12
    assert other.look("downslope.state.recipe.objective.data") == desk.look(
        "downslope.state.recipe.objective.data"
    )


def test_a_larger_table_stays_with_the_server_and_the_link_names_it(open_desk):
    desk = open_desk(LINE)
    run = desk.run_id()
    drop(desk, "prices.csv", table(700))
    desk.page.locator("[data-do=use]").click()
    desk.until_new_run(run)
    data = desk.look("downslope.state.recipe.objective.data")
    assert "rows" not in data and len(data["table"]) == 32
    desk.until("location.hash.includes('Table')")
    other = open_desk(desk.page.evaluate("location.hash"))
    other.until("window.downslope?.state.points")
    assert other.look("downslope.state.points.train.x.length") == 700
    other.page.locator("[data-aspect=data]").click()
    other.page.locator(".columns").wait_for()
    assert other.page.locator("[data-do=use]").is_disabled()


def test_a_table_that_is_dropped_on_a_function_brings_a_model_that_takes_it(open_desk):
    desk = open_desk()
    desk.until_step(2)
    drop(desk, "flowers.csv", flowers())
    desk.page.locator(".columns").wait_for()
    desk.until("downslope.state.objective.data?.task === 'classification'")
    assert desk.page.get_by_role("radio", name="Target: species").is_checked()
    run = desk.run_id()
    desk.until("downslope.state.run.state !== 'created'")
    desk.page.locator("[data-do=use]").click()
    desk.until("downslope.state.points?.classes?.includes('setosa')")
    assert desk.look("downslope.state.points.classes") == ["setosa", "versicolor", "virginica"]
    assert desk.run_id() != run


def test_a_broken_file_gets_its_line_and_column_and_the_data_that_were_there_stay(open_desk):
    desk = open_desk(SLOW)
    desk.expected = [REFUSED]
    desk.until_step(2)
    run = desk.run_id()
    recipe = desk.recipe()
    drop(desk, "broken.csv", BROKEN)
    problem = desk.page.locator(".table-problem")
    problem.wait_for()
    assert "Line 4, column 2" in problem.inner_text()
    assert "oops" in problem.locator(".is-faulty").inner_text()
    length = desk.look("downslope.histories[0].length")
    desk.until_step(length + 3)
    assert desk.run_id() == run and desk.recipe() == recipe
    assert desk.page.locator("[data-aspect=data]").inner_text().endswith("200")


def test_a_pasted_line_that_is_wrong_is_marked_in_the_text_and_can_be_mended(open_desk):
    desk = open_desk(LINE)
    desk.expected = [REFUSED]
    open_own(desk, "paste")
    area = desk.page.locator(".paste")
    area.fill(BROKEN)
    desk.page.locator("[data-do=read]").click()
    desk.page.locator(".table-problem").wait_for()
    marked = "((area) => area.value.slice(area.selectionStart, area.selectionEnd))(document.activeElement)"
    assert desk.page.evaluate(marked) == "3,oops"
    desk.page.keyboard.type("3,6")
    run = desk.run_id()
    desk.page.locator("[data-do=read]").click()
    desk.page.locator("[data-do=use]").click()
    desk.until_new_run(run)
    assert desk.look("downslope.state.recipe.objective.data.rows") == [
        [1, 2],
        [2, 4],
        [3, 6],
        [4, 8],
        [5, 10],
    ]


def test_a_table_without_names_is_read_so_if_a_person_says_so(open_desk):
    desk = open_desk(LINE)
    open_own(desk, "paste")
    desk.page.locator(".paste").fill("1 2\n2 4\n3 6\n")
    desk.page.locator("[data-do=read]").click()
    names = desk.page.locator(".columns tbody th")
    names.first.wait_for()
    assert names.all_inner_texts() == ["x1", "y"]
    desk.page.get_by_role("switch", name="The first line holds names").check()
    desk.until("downslope.state.upload.table?.num_rows === 2")
    assert names.all_inner_texts() == ["1", "2"]


def test_a_mapping_that_the_model_cannot_take_is_said_with_the_models_that_can(open_desk):
    desk = open_desk(LINE)
    desk.until_step(1)
    drop(desk, "flowers.csv", flowers())
    desk.page.get_by_role("radio", name="Target: species").check()
    fault = desk.page.locator(".table-mapping .fault")
    fault.wait_for()
    assert "species" in fault.inner_text()
    assert desk.page.locator("[data-do=use]").is_disabled()
    desk.page.locator(".offer [data-id=softmax-regression]").click()
    desk.until("downslope.state.objective.id === 'softmax-regression'")
    desk.until("downslope.state.points?.classes?.includes('virginica')")


def test_a_broken_file_that_is_dropped_on_a_function_is_said_too_and_the_race_goes_on(open_desk):
    desk = open_desk("#speed=20&steps=5000")
    desk.expected = [REFUSED]
    desk.until_step(2)
    run = desk.run_id()
    drop(desk, "broken.csv", BROKEN)
    toast = desk.page.locator(".toast")
    toast.wait_for()
    assert "Line 4, column 2" in toast.inner_text()
    assert desk.run_id() == run and desk.look("downslope.state.objective.id") == "himmelblau"


def test_own_data_stay_with_the_next_model_that_takes_them(open_desk):
    desk = open_desk(LINE)
    run = desk.run_id()
    drop(desk, "prices.csv", table(12))
    desk.page.locator("[data-do=use]").click()
    desk.until_new_run(run)
    data = desk.look("downslope.state.recipe.objective.data")
    desk.page.locator(".objective-name").click()
    desk.page.locator("[data-id=polynomial-regression]").click()
    desk.until("downslope.state.objective.id === 'polynomial-regression'")
    assert desk.look("downslope.state.recipe.objective.data") == data
    desk.until("downslope.state.objective.data.set === null && downslope.histories[0].length > 1")
    desk.page.locator(".objective-name").click()
    desk.page.locator("[data-id=mlp-classifier]").click()
    desk.until("downslope.state.objective.id === 'mlp-classifier'")
    assert desk.look("downslope.state.recipe.objective.data ?? null") is None


def test_clicked_points_are_fitted_and_can_be_taken_back(open_desk):
    desk = open_desk(LINE + "&speed=60")
    run = desk.run_id()
    open_own(desk, "click")
    rows = "downslope.state.recipe.objective.data?.rows?.length ?? 0"
    click_plane(desk, (0.4, 0.6))
    assert desk.look("downslope.state.sketch.points.length") == 1
    assert desk.look(rows) == 0
    click_plane(desk, (0.6, 0.4), (0.8, 0.3))
    run = desk.until_new_run(run)
    assert desk.look(rows) == 3
    desk.until("downslope.state.points.train.x.length === 3")
    desk.page.get_by_role("button", name="Undo").click()
    desk.until_new_run(run)
    assert desk.look(rows) == 2
    desk.until("downslope.state.points.train.x.length === 2")


def test_a_click_on_a_point_takes_it_away(open_desk):
    desk = open_desk(LINE + "&speed=60")
    open_own(desk, "click")
    click_plane(desk, (0.4, 0.6), (0.6, 0.4), (0.8, 0.3))
    desk.until("downslope.state.sketch.points.length === 3")
    middle = desk.look("downslope.state.sketch.points[1]")
    click_plane(desk, (0.6, 0.4))
    desk.until("downslope.state.sketch.points.length === 2")
    assert middle not in desk.look("downslope.state.sketch.points")


def test_classes_are_chosen_and_clicked_apart(open_desk):
    desk = open_desk("#model=logistic-regression&speed=60")
    run = desk.run_id()
    open_own(desk, "click")
    click_plane(desk, (0.35, 0.6), (0.4, 0.7))
    assert desk.look("downslope.state.recipe.objective.data?.rows ?? null") is None
    desk.page.get_by_role("radio", name="B").click()
    click_plane(desk, (0.7, 0.3), (0.75, 0.4))
    desk.until_new_run(run)
    labels = desk.look("downslope.state.recipe.objective.data.rows.map((row) => row[2])")
    assert labels == ["A", "A", "B", "B"]
    desk.until("downslope.state.points.train.y.length === 4")


def test_clicks_mean_points_only_while_the_data_are_open(open_desk):
    desk = open_desk(LINE)
    open_own(desk, "click")
    click_plane(desk, (0.4, 0.6), (0.6, 0.4), (0.7, 0.4))
    desk.page.keyboard.press("Escape")
    desk.until("downslope.state.sketch === null")
    desk.until("downslope.state.points.train.x.length === 3")
    click_plane(desk, (0.5, 0.3))
    assert desk.look("downslope.state.recipe.objective.data.rows.length") == 3


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_a_file_is_chosen_by_hand(open_desk, tmp_path, size):
    desk = open_desk(LINE, size=size)
    open_own(desk, "file")
    run = desk.run_id()
    (tmp_path / "prices.csv").write_text(table(20))
    desk.page.locator(".file-input").set_input_files(tmp_path / "prices.csv")
    desk.page.locator("[data-do=use]").click()
    desk.until_new_run(run)
    assert desk.look("downslope.state.recipe.objective.data.columns") == ["weight", "price"]
    assert desk.page.locator(".objective > .note").count() == 0, "the note speaks of other data"
