"""A person's own formula, from the first letter to the link that brings it back."""

from __future__ import annotations

import pytest
from desk import Desk

# While a formula is wrong the server says so, and the browser logs every such answer.
REFUSED = "Failed to load resource.*422"
ROSENBROCK = "(1-x)^2+100*(y-x^2)^2"
ORDINARY = [
    ROSENBROCK,
    "x^2+3*y^2",
    "sin(x)*cos(y)",
    "abs(x)+y^2",
    "x^4+y^4-x*y",
    "exp(x)+exp(-x)+y^2",
    "sqrt(x^2+y^2+0.01)",
    "max(x^2,y^2)+0.1*x",
    "x-log(x)+y^2",
    "sin(3x)*cos(3y)+(x^2+y^2)/4",
    "1000*x^2+y^2",
    "log(1+exp(-x))+log(1+exp(x+y))",
    "x^2+sin(5*x)",
    "x^2+y^2+z^2+50*w^2",
]


def open_field(desk: Desk) -> None:
    desk.run_id()
    desk.page.keyboard.press("f")
    desk.formula_field().wait_for()


def mark(desk: Desk) -> dict[str, float] | None:
    """Return the place of the mark in the field, in pixels, and the width of one character."""
    place: dict[str, float] | None = desk.look(
        "(() => { const mark = document.querySelector('.formula-mark mark'); if (!mark) return null;"
        " const box = mark.getBoundingClientRect(), field = document.querySelector('.formula-text');"
        " const padding = parseFloat(getComputedStyle(field).paddingLeft) + 1;"
        " const left = field.getBoundingClientRect().left + padding - field.scrollLeft;"
        " return {characters: (box.left - left) / box.width, text: mark.textContent}; })()"
    )
    return place


def test_a_mistake_is_marked_at_its_column_then_mended_and_run(open_desk):
    desk = open_desk("#speed=50")
    desk.expected = [REFUSED]
    open_field(desk)
    run = desk.run_id()
    desk.page.keyboard.type("(1-x)^2 + 100*(y-x^^2)^2")
    desk.page.keyboard.press("Enter")
    desk.until("document.querySelector('.formula-problem').innerText")
    problem = desk.page.locator(".formula-problem")
    assert problem.get_attribute("role") == "alert"
    assert "column 20" in problem.inner_text()
    place = mark(desk)
    assert place is not None and place["text"] == "^"
    assert place["characters"] == pytest.approx(19, abs=0.1)
    assert desk.formula_field().get_attribute("aria-invalid") == "true"
    # The picture that was there stays, and so does its run.
    assert desk.run_id() == run and desk.recipe()["objective"]["id"] == "himmelblau"
    desk.formula_field().fill(ROSENBROCK)
    assert mark(desk) is None
    desk.until("document.querySelectorAll('.formula-typeset .katex').length === 2")
    desk.page.keyboard.press("Enter")
    desk.until_new_run(run)
    desk.until_step(3)
    assert desk.page.locator(".composer").count() == 0
    assert desk.recipe()["objective"] == {"kind": "formula", "expression": ROSENBROCK, "constants": {}}
    assert desk.page.locator(".objective-name").inner_text() == "Your own formula"
    start = desk.look("downslope.state.objective.start")
    x, y = start
    assert desk.rows(0)[0][0] == pytest.approx((1 - x) ** 2 + 100 * (y - x**2) ** 2, rel=1e-12)


def test_a_mark_stands_under_the_right_character_where_one_counts_as_two_and_the_line_has_scrolled(open_desk):
    desk = open_desk()
    desk.expected = [REFUSED]
    open_field(desk)
    desk.formula_field().fill("\U0001d465^2 + " * 20 + "x^2 + $")
    desk.page.keyboard.press("Enter")
    desk.until("document.querySelector('.formula-problem').innerText")
    place = mark(desk)
    assert place is not None and place["text"] in ("\U0001d465", "$")
    inside = desk.look(
        "(() => { const a = document.querySelector('.formula-mark span').getBoundingClientRect();"
        " return a.left <= document.querySelector('.formula-text').getBoundingClientRect().left + 20; })()"
    )
    assert inside


def test_escape_gives_a_formula_up(open_desk):
    desk = open_desk("#speed=50")
    desk.expected = [REFUSED]
    open_field(desk)
    run = desk.run_id()
    desk.page.keyboard.type("x^2+y^4")
    desk.page.keyboard.press("Escape")
    assert desk.page.locator(".composer").count() == 0
    assert desk.recipe()["objective"]["id"] == "himmelblau"
    length = desk.look("downslope.histories[0].length")
    desk.until_step(length + 3)
    assert desk.run_id() == run


def test_a_constant_is_a_slider_of_the_recipe_and_keeps_its_ends_while_it_moves(open_desk):
    desk = open_desk("#formula=a*x^2%2Bb*y^2&constants=a:1;b:3&speed=50")
    run = desk.run_id()
    desk.until_step(2)
    ends = "downslope.state.objective.parameters.map((row) => [row.minimum, row.maximum])"
    before = desk.look(ends)
    slider = desk.page.locator(".parameters input[type=range]").nth(1)
    slider.focus()
    for _ in range(40):
        desk.page.keyboard.press("ArrowRight")
    value = desk.recipe()["objective"]["constants"]["b"]
    assert value > 3
    desk.until_new_run(run)
    desk.until_step(2)
    x, y = desk.look("downslope.state.objective.start")
    assert desk.rows(0)[0][0] == pytest.approx(x**2 + value * y**2, rel=1e-12)
    assert desk.look(ends) == before
    desk.until("location.hash.includes('b:')")
    assert f"b:{value:g}" in desk.page.url


def test_another_letter_becomes_a_slider_and_can_be_made_a_variable(open_desk):
    desk = open_desk("#speed=50")
    desk.expected = [REFUSED]
    open_field(desk)
    desk.formula_field().fill("x^2 + y^2 + k*x")
    letter = desk.page.locator(".formula-roles .chip", has_text="k")
    letter.wait_for()
    assert letter.get_attribute("aria-pressed") == "true"
    letter.click()
    desk.until("document.querySelector('.formula-roles .chip[aria-pressed=true]') === null")
    desk.formula_field().press("Enter")
    desk.until("downslope.state.objective?.dim === 3")
    desk.until("downslope.histories[0]?.last()?.theta.length === 3")
    assert desk.recipe()["objective"]["constants"] == {}


def test_a_long_name_is_offered_as_a_slider(open_desk):
    desk = open_desk()
    desk.expected = [REFUSED]
    open_field(desk)
    desk.formula_field().fill("steep*x^2 + y^2")
    desk.page.keyboard.press("Enter")
    desk.page.get_by_role("button", name="Make steep a slider").click()
    desk.until("document.querySelectorAll('.formula-typeset .katex').length === 2")
    desk.formula_field().press("Enter")
    desk.until("downslope.state.recipe.objective.constants?.steep === 1")


def test_a_link_with_a_formula_reloads_to_the_same(open_desk):
    desk = open_desk("#formula=a*x^2%2Bb*y^2&constants=a:1;b:3&domain=-3:3;-1:2&start=2,1.5&speed=50")
    desk.until_step(2)
    recipe, hash_ = desk.recipe(), desk.until("location.hash.length > 20 && location.hash")
    first = desk.rows(0)[:2]
    assert recipe["objective"]["domain"] == [[-3, 3], [-1, 2]]
    assert recipe["start"] == [2, 1.5]
    desk.page.reload()
    desk.until_step(2)
    assert desk.recipe() == recipe
    assert desk.look("location.hash") == hash_
    assert desk.rows(0)[:2] == first


def test_the_domain_is_two_numbers_for_each_variable(open_desk):
    desk = open_desk("#formula=x^2%2By^2&speed=50")
    run = desk.run_id()
    desk.type_into(desk.page.get_by_label("y to"), "7")
    desk.until_new_run(run)
    assert desk.recipe()["objective"]["domain"] == [[-2, 2], [-2, 7]]
    desk.until("downslope.state.objective.domain[1][1] === 7")


def test_a_formula_with_no_minima_on_record_shows_no_distance(open_desk):
    desk = open_desk("#formula=x^2%2By^2")
    desk.until_step(1)
    assert desk.card(0).locator(".figure").count() == 2


@pytest.mark.parametrize("expression", ORDINARY)
def test_the_first_race_on_an_ordinary_formula_diverges_nowhere_and_goes_down(open_desk, expression):
    hash_ = expression.replace("+", "%2B").replace("^", "%5E")
    desk = open_desk(f"#formula={hash_}&speed=max")
    desk.until_finished()
    outcomes = desk.look("downslope.state.run.descents.map((d) => [d.state, d.loss])")
    first = desk.rows(0)[0][0]
    assert [state for state, _ in outcomes] == ["finished"] * 4
    for _, loss in outcomes:
        assert loss < first


def test_every_example_can_be_clicked_and_drawn(open_desk):
    desk = open_desk("#speed=50")
    desk.expected = [REFUSED]
    open_field(desk)
    examples = desk.look("[...document.querySelectorAll('[data-example]')].map((e) => e.dataset.example)")
    assert 3 <= len(examples) <= 5
    desk.page.keyboard.press("Escape")
    for example in examples:
        desk.page.keyboard.press("f")
        desk.page.locator(f'[data-example="{example}"]').click()
        desk.until("document.querySelector('.formula-typeset:not(.is-old)') !== null")
        desk.page.keyboard.press("Enter")
        desk.until(f"downslope.state.recipe.objective.expression === {example!r}")
        desk.until(f"downslope.state.objective?.expression === {example!r}")
        desk.until_step(2)
        assert desk.state()["faults"] == {} and desk.state()["toasts"] == []


UNDEFINED = ["log(x*y)", "sqrt(1-x^2-y^2)", "1/(x*y)", "log(x)", "tan(x)"]


@pytest.mark.parametrize("expression", UNDEFINED)
def test_a_formula_that_is_undefined_somewhere_is_drawn_with_gaps_and_can_be_pointed_at(
    open_desk, expression
):
    desk = open_desk(f"#formula={expression.replace('^', '%5E')}&speed=50")
    desk.until_step(3)
    for name in ("landscape", "contour"):
        box = desk.plot(name).bounding_box()
        assert box is not None
        for part in (0.2, 0.4, 0.6, 0.8):
            desk.page.mouse.move(box["x"] + part * box["width"], box["y"] + (1 - part) * box["height"])
            desk.page.wait_for_timeout(50)


def test_an_objective_is_found_by_typing_and_picked_by_the_keyboard(open_desk):
    desk = open_desk("#speed=50")
    run = desk.run_id()
    desk.page.keyboard.press("o")
    desk.page.keyboard.type("camel")
    options = desk.page.locator(".options [role=option]")
    desk.until("document.querySelectorAll('.options [role=option]').length === 2")
    assert {options.nth(i).get_attribute("data-id") for i in range(2)} == {
        "three-hump-camel",
        "six-hump-camel",
    }
    desk.page.keyboard.press("ArrowDown")
    active = desk.page.locator(".search input").get_attribute("aria-activedescendant")
    assert active is not None and active.endswith(str(options.nth(1).get_attribute("data-id")))
    desk.page.keyboard.press("Enter")
    desk.until_new_run(run)
    assert desk.recipe()["objective"]["id"] == options_id(active)
    assert desk.page.locator(".picker").count() == 0


def options_id(active: str) -> str:
    return "six-hump-camel" if active.endswith("six-hump-camel") else "three-hump-camel"


def test_the_first_entry_of_the_list_opens_the_field(open_desk):
    desk = open_desk()
    desk.run_id()
    desk.page.keyboard.press("o")
    desk.page.locator(".options [role=option]").first.click()
    desk.formula_field().wait_for()


@pytest.mark.parametrize("dim", [3, 16, 17, 64])
def test_a_function_of_many_dimensions_is_raced_on(open_desk, dim):
    desk = open_desk("#objective=rosenbrock&speed=50")
    desk.until_step(2)
    run = desk.run_id()
    desk.type_into(desk.page.get_by_label("Dimensions d").last, str(dim))
    desk.until_new_run(run)
    desk.until_step(5)
    assert desk.look("downslope.state.objective.dim") == dim
    assert desk.state()["faults"] == {}


@pytest.mark.parametrize("address", ["objective=bowl", "formula=x^2%2By^2/9&domain=-1:1;-3:3"])
def test_the_map_of_another_objective_spans_its_domain_and_no_more(open_desk, address):
    desk = open_desk("#speed=50")
    run = desk.run_id()
    desk.until_step(3)
    desk.page.evaluate(f"location.hash = {address!r}")
    desk.until_new_run(run)
    domain = desk.until(
        "downslope.state.recipe.objective.id !== 'himmelblau' && downslope.state.objective.domain"
    )
    layout = "document.querySelector('.contour .js-plotly-plot')._fullLayout"
    ranges = f"[{layout}.xaxis.range, {layout}.yaxis.range]"
    desk.until(f"JSON.stringify({ranges}) === {str(domain).replace(' ', '')!r}")
