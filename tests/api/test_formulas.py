"""``POST /api/formulas``, and formulas in surfaces and runs, over the network."""

import pytest

ROSENBROCK = "(1-x)^2 + 100*(y-x^2)^2"


def post(http, **body):
    return http.post("/api/formulas", json=body)


def test_a_formula_is_typeset_with_its_derivatives_and_its_row(http):
    answer = post(http, expression="a*x^2 + sin(y)", constants={"a": 1.5})
    assert answer.status_code == 200
    formula = answer.json()
    row = formula.pop("objective")
    assert formula == {
        "variables": ["x", "y"],
        "constants": {"a": 1.5},
        "latex": r"f(x, y) = a x^{2} + \sin\left(y\right)",
        "gradient_latex": ["2 a x", r"\cos{\left(y \right)}"],
        "hessian_latex": [["2 a", "0"], ["0", r"- \sin{\left(y \right)}"]],
    }
    assert (row["kind"], row["dim"], row["values"]) == ("formula", 2, {"a": 1.5})


def test_a_mistake_is_answered_with_its_column(http):
    answer = post(http, expression="x^2 + 3*)")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:downslope:error:formula",
        "title": "The formula cannot be read",
        "status": 422,
        "code": "formula",
        "detail": "expected a number, a name, ( or - but found ) at column 9",
        "parameter": "expression",
        "allowed": ["a number", "a name", "(", "-"],
        "column": 9,
    }


@pytest.mark.parametrize(
    ("body", "status", "parameter"),
    [
        ({}, 422, "expression"),
        ({"expression": ""}, 422, "expression"),
        ({"expression": 5}, 422, "expression"),
        ({"expression": "x" * 2001}, 422, "expression"),
        ({"expression": "x" * 10**6}, 422, "expression"),
        ({"expression": "x" * 2 * 10**6}, 413, "body"),
        ({"expression": "x", "constants": {"a": "1"}}, 422, "constants.a"),
        ({"expression": "x", "variables": list("abcdfghij")}, 422, "variables"),
        ({"expression": "x", "foo": 1}, 422, "foo"),
    ],
)
def test_a_request_of_another_shape_is_refused(http, body, status, parameter):
    answer = http.post("/api/formulas", json=body)
    assert (answer.status_code, answer.json()["parameter"]) == (status, parameter)


def test_where_a_formula_has_no_value_a_surface_has_null(http):
    objective = {"kind": "formula", "expression": "log(x) + y"}
    surface = http.post("/api/surfaces", json={"objective": objective, "resolution": 5}).json()
    assert [value is None for value in surface["z"][0]] == [True, True, True, False, False]


def test_a_run_of_a_formula_reaches_its_end(http):
    body = {
        "objective": {"kind": "formula", "expression": "(x-a)^2", "constants": {"a": 0.5}},
        "steps": 100,
        "descents": [{"optimizer": "SGD", "hyperparameters": {"lr": 0.1}}],
    }
    created = http.post("/api/runs", json=body).json()
    run = http.get(f"/api/runs/{created['id']}", params={"wait_s": 30}).json()
    assert run["state"] == "finished"
    assert run["descents"][0]["theta"] == pytest.approx([0.5], abs=1e-6)
    assert run["objective"]["latex"] == r"f(x) = \left(x - a\right)^{2}"


def test_a_run_of_a_formula_that_cannot_be_read_names_field_and_column(http):
    body = {"objective": {"kind": "formula", "expression": "x^"}, "descents": [{"optimizer": "SGD"}]}
    problem = http.post("/api/runs", json=body).json()
    assert (problem["code"], problem["column"]) == ("formula", 3)
    assert problem["parameter"] == "objective.expression"
