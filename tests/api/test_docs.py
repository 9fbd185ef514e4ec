"""The API describes itself, offline: every route of the contract is there, with its errors."""

import json

import jsonschema
import pytest
from playwright.sync_api import sync_playwright

ROUTES = {
    "/api/health": {"get"},
    "/api/objectives": {"get"},
    "/api/optimizers": {"get"},
    "/api/schedulers": {"get"},
    "/api/schemas/recipe": {"get"},
    "/api/surfaces": {"post"},
    "/api/formulas": {"post"},
    "/api/tables": {"post"},
    "/api/tables/{id}": {"get"},
    "/api/data": {"post"},
    "/api/fits": {"post"},
    "/api/runs": {"get", "post"},
    "/api/runs/{id}": {"get", "delete"},
    "/api/runs/{id}/commands": {"post"},
    "/api/runs/{id}/trajectory": {"get"},
}


@pytest.fixture(scope="module")
def document(http):
    return http.get("/openapi.json").json()


def test_every_route_is_described_in_a_sentence(document):
    assert {path: set(verbs) for path, verbs in document["paths"].items()} == ROUTES
    for verbs in document["paths"].values():
        for operation in verbs.values():
            assert operation["description"].rstrip().endswith("."), operation


def test_errors_are_described_as_problems(document):
    for verbs in document["paths"].values():
        for operation in verbs.values():
            described = operation["responses"]["4XX"]["content"]["application/problem+json"]["schema"]
            assert described == {"$ref": "#/components/schemas/Problem"}
            assert "422" not in operation["responses"]  # the framework's own shape is never sent


def test_answers_have_the_shape_that_is_described(document, http):
    def check(answer, name):
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        jsonschema.validate(answer, schema, cls=jsonschema.Draft202012Validator)

    body = {
        "objective": {"kind": "function", "id": "bowl"},
        "steps": 3,
        "descents": [{"optimizer": "SGD", "hyperparameters": {"lr": 0.1}}],
    }
    created = http.post("/api/runs", json=body).json()
    check(created, "CreatedRun")
    check(http.get(f"/api/runs/{created['id']}", params={"wait_s": 30}).json(), "RunView")
    check(http.get("/api/health").json(), "Health")
    check(http.get("/api/runs/nope").json(), "Problem")
    check(http.post("/api/formulas", json={"expression": "x^2"}).json(), "TypesetFormula")
    check(http.post("/api/formulas", json={"expression": "x^"}).json(), "Problem")
    check(http.post("/api/tables", content="1,a\n2,b").json(), "TableView")


def test_the_docs_page_is_drawn_without_any_other_host(server, browser_path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page()
        told, asked = [], []
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{server.url}/docs")
        page.get_by_text("/api/runs/{id}/trajectory").first.wait_for()
        browser.close()
    assert told == []
    assert all(url.startswith((server.url, "data:")) for url in asked), json.dumps(asked)
