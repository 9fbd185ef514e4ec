"""The vendored packages work in a real browser, offline, under the policy that the server sends."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page
from plotly.offline import get_plotlyjs_version

GRID = [[0.0, 1.0, 4.0], [1.0, 2.0, 5.0], [4.0, 5.0, 8.0]]
LINE = {"x": [0, 1, 2], "y": [0, 1, 2]}
TRACES: dict[str, dict[str, Any]] = {
    "bar": LINE,
    "contour": {"z": GRID},
    "heatmap": {"z": GRID},
    "quiver": LINE | {"u": [1, 1, 1], "v": [1, 0, 1]},
    "scatter": LINE,
    "scatter3d": LINE | {"z": [0, 1, 2]},
    "surface": {"z": GRID},
}


@pytest.mark.parametrize("kind", TRACES)
def test_plotly_draws_every_kind_of_trace_that_the_page_needs(page: Page, kind: str) -> None:
    drawn = page.evaluate(
        """async (trace) => {
            const element = document.getElementById("app");
            await Plotly.newPlot(element, [trace], {width: 400, height: 300});
            const image = await Plotly.toImage(element, {format: "png", width: 80, height: 60});
            return {type: element._fullData[0].type, isVisible: element._fullData[0].visible, image};
        }""",
        {"type": kind, **TRACES[kind]},
    )
    assert (drawn["type"], drawn["isVisible"]) == (kind, True)  # an unknown type would be drawn as scatter
    assert drawn["image"].startswith("data:image/png;base64,")


def test_plotly_in_the_browser_says_the_version_of_the_python_package(page: Page) -> None:
    assert page.evaluate("Plotly.version") == get_plotlyjs_version()


def test_plotly_moves_a_path_in_3d_without_a_public_call(page: Page) -> None:
    num_points = page.evaluate(
        """async () => {
            const element = document.getElementById("app");
            const path = {type: "scatter3d", mode: "lines", x: [0], y: [0], z: [0]};
            await Plotly.newPlot(element, [{type: "surface", z: [[0, 1], [1, 2]]}, path]);
            const full = element._fullData[1];
            const drawn = element._fullLayout.scene._scene.traces[full.uid];
            Object.assign(full, {x: [0, 1, 2], y: [0, 1, 2], z: [0, 1, 2], _length: 3});
            drawn.update(full);
            return drawn.dataPoints.length;
        }"""
    )
    assert num_points == 3


def test_a_component_with_hooks_renders_reacts_to_a_click_and_runs_its_effects(page: Page) -> None:
    page.evaluate(
        """async () => {
            const { html, render } = await import("htm/preact");
            const { useEffect, useMemo, useReducer, useState } = await import("preact/hooks");
            const Counter = ({ step }) => {
                const [count, add] = useReducer((before, by) => before + by, 0);
                const [seen, setSeen] = useState([]);
                const double = useMemo(() => 2 * count, [count]);
                useEffect(() => setSeen((before) => [...before, count]), [count]);
                return html`<button onClick=${() => add(step)}>${count} ${double} [${seen.join()}]</button>`;
            };
            render(html`<${Counter} step=${3} />`, document.getElementById("app"));
        }"""
    )
    page.get_by_role("button", name="0 0 [0]").click()
    page.get_by_role("button", name="3 6 [0,3]").click()
    page.get_by_role("button", name="6 12 [0,3,6]").wait_for()


def test_katex_sets_a_formula_in_its_own_fonts(page: Page) -> None:
    loaded = page.evaluate(
        """async () => {
            const { default: katex } = await import("katex");
            const element = document.getElementById("app");
            katex.render("\\\\theta_{t+1} = \\\\theta_t - \\\\eta \\\\nabla f", element, {displayMode: true});
            await document.fonts.ready;
            return [...document.fonts].filter((face) => face.status === "loaded").map((face) => face.family);
        }"""
    )
    assert {"KaTeX_Main", "KaTeX_Math"} <= {name.strip('"') for name in loaded}


@pytest.mark.parametrize("text", ["Downslope", "Đő", "θβ"])
def test_inter_has_the_letters_of_latin_and_greek_text(page: Page, text: str) -> None:
    loaded = page.evaluate(
        """async (text) => {
            const faces = await document.fonts.load("16px 'Inter Variable'", text);
            return faces.map((face) => face.status);
        }""",
        text,
    )
    assert loaded == ["loaded"]


def test_swagger_ui_lists_the_operations_of_a_schema_offline(page: Page) -> None:
    operation = {"summary": "Say how it is", "responses": {"200": {"description": "All is well"}}}
    schema = {
        "openapi": "3.1.0",
        "info": {"title": "Downslope", "version": "1"},
        "paths": {"/api/health": {"get": operation}},
    }
    page.evaluate(
        """(spec) => { SwaggerUIBundle({spec, dom_id: "#app", validatorUrl: null}); }""",
        schema,
    )
    page.get_by_role("button", name="GET /api/health Say how it is").click()
    page.get_by_text("All is well").wait_for()
