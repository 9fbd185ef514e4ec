"""Every error has one shape, names its field, and says the way out."""

import json
import logging
from typing import Literal

import pytest
from asgi_client import AsgiClient
from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel, TypeAdapter, ValidationError

from downslope import errors
from downslope.api import bodies, problems
from downslope.api.security import SecurityMiddleware
from downslope.api.validation import user_error
from downslope.errors import DownslopeError
from downslope.recipe import Recipe
from downslope.settings import Settings

FIELDS = {"type", "title", "status", "detail", "code", "parameter", "allowed"}
MORE_FIELDS = {"formula": {"column"}, "table": {"line", "column"}}
RECIPE = {"objective": {"kind": "function", "id": "bowl"}, "descents": [{"optimizer": "SGD"}]}


def subclasses(cls):
    return [cls, *(found for sub in cls.__subclasses__() for found in subclasses(sub))]


CLASSES = {cls.code: cls for cls in subclasses(DownslopeError) if cls.__module__ == errors.__name__}


def build_client():
    app = FastAPI()
    problems.install(app)

    @app.post("/recipes")
    async def post(body: Recipe):
        return body

    @app.get("/recipes")
    async def get(count: int = Query(ge=1), format: Literal["json", "csv"] = "json"):
        return count

    @app.get("/raise/{code}")
    async def throw(code: str):
        if code in CLASSES:
            raise CLASSES[code]("the rule; the way out", parameter="a.b", allowed=["c"])
        if code.isdigit():
            raise HTTPException(int(code), "because", {"X-Reason": "yes"})
        raise RuntimeError("the password is 1234")

    app.add_middleware(bodies.JsonBodyMiddleware)
    app.add_middleware(SecurityMiddleware, settings=Settings())
    return AsgiClient(app)


client = build_client()


def post(data, **request):
    content = data if isinstance(data, (bytes, str)) else json.dumps(data)
    return client.post("/recipes", content=content, headers={"content-type": "application/json", **request})


PRODUCERS = {
    **{code: lambda code=code: client.get(f"/raise/{code}") for code in CLASSES},
    "teapot": lambda: client.get("/raise/418"),
    "crash": lambda: client.get("/raise/crash"),
    "no such route": lambda: client.get("/nothing"),
    "no such method": lambda: client.request("PUT", "/recipes"),
    "foreign host": lambda: client.get("/recipes", headers={"host": "evil.example"}),
    "foreign origin": lambda: client.get("/recipes", headers={"origin": "null"}),
    "large headers": lambda: client.get("/recipes", headers={"x": "x" * 20_000}),
    "large body": lambda: post(b"x" * 2_000_000),
    "malformed": lambda: post("{"),
    "not finite": lambda: post({**RECIPE, "seed": float("inf")}),
    "not JSON": lambda: client.post("/recipes", content="a=1"),
    "no body": lambda: client.post("/recipes"),
    "validation": lambda: post({}),
    "query": lambda: client.get("/recipes", params={"count": 0}),
}


@pytest.mark.parametrize("producer", PRODUCERS)
def test_every_error_has_the_one_shape(producer):
    answer = PRODUCERS[producer]()
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(problem) == FIELDS | MORE_FIELDS.get(problem["code"], set())
    assert problem["status"] == answer.status_code >= 400
    assert problem["type"] == "urn:downslope:error:" + problem["code"]
    assert problem["title"] and problem["detail"]
    assert problem["parameter"] is None or isinstance(problem["parameter"], str)
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("code", CLASSES)
def test_an_error_is_answered_with_its_own_fields(code):
    cls = CLASSES[code]
    answer = client.get(f"/raise/{code}")
    assert answer.status_code == cls.status
    assert answer.json() == {
        "type": f"urn:downslope:error:{code}",
        "title": cls.title,
        "status": cls.status,
        "detail": "the rule; the way out",
        "code": code,
        "parameter": "a.b",
        "allowed": ["c"],
        **dict.fromkeys(MORE_FIELDS.get(code, ())),
    }


@pytest.mark.parametrize("code", CLASSES)
def test_an_error_crosses_a_process_border_with_all_its_fields(code):
    more = dict.fromkeys(MORE_FIELDS.get(code, ()), 7)
    error = CLASSES[code]("the rule; the way out", parameter="a.b", allowed=["c"], **more)
    rebuilt = errors.from_dict(json.loads(json.dumps(error.to_dict())))
    assert type(rebuilt) is type(error)
    assert rebuilt.to_dict() == error.to_dict()
    assert error.to_dict() == {**error.to_dict(), **more}


def test_an_error_of_an_unknown_kind_is_a_defect():
    fields = {"code": "of-tomorrow", "detail": "d", "parameter": None, "allowed": None, "column": 1}
    assert errors.from_dict(fields).code == "internal"


def test_no_two_classes_of_errors_share_a_code():
    assert len(CLASSES) == len(
        [cls for cls in subclasses(DownslopeError) if cls.__module__ == errors.__name__]
    )


def descent(**fields):
    return {**RECIPE, "descents": [{"optimizer": "SGD", **fields}]}


NUMBER = "descents[0].hyperparameters.lr"
INVALID = [
    ({**RECIPE, "steps": 0}, "steps", "steps must be at least 1 but is 0"),
    ({**RECIPE, "steps": "many"}, "steps", 'steps must be a valid integer but is "many"'),
    ({**RECIPE, "steps": True}, "steps", "steps must be a valid integer but is true"),
    ({**RECIPE, "seed": -1}, "seed", "seed must be at least 0 but is -1"),
    ({**RECIPE, "start": [1, "x"]}, "start[1]", 'start[1] must be a valid number but is "x"'),
    ({**RECIPE, "stepz": 1}, "stepz", "unknown field: stepz; leave it out"),
    (descent(lr=1), "descents[0].lr", "unknown field: descents[0].lr; leave it out"),
    (
        {**RECIPE, "descents": [{}]},
        "descents[0].optimizer",
        "missing descents[0].optimizer; it has no default",
    ),
    ({**RECIPE, "objective": {}}, "objective.kind", "missing objective.kind; it has no default"),
    (
        {**RECIPE, "objective": {"kind": "function"}},
        "objective.id",
        "missing objective.id; it has no default",
    ),
    (
        {**RECIPE, "objective": {"kind": "function", "id": "x", "parameters": {"a": "b"}}},
        "objective.parameters.a",
        'objective.parameters.a must be a valid number but is "b"',
    ),
    (
        descent(hyperparameters={"lr": {"x": 1}}),
        NUMBER,
        f"{NUMBER} must be a valid boolean or a valid integer or a valid number or a valid string "
        'or a valid list but is {"x": 1}',
    ),
    ([], "body", "body must be a valid dictionary or object to extract fields from but is []"),
]


@pytest.mark.parametrize(("body", "parameter", "detail"), INVALID)
def test_an_invalid_field_is_named_with_its_path_its_rule_and_its_value(body, parameter, detail):
    answer = post(body)
    assert answer.status_code == 422
    assert (answer.json()["parameter"], answer.json()["detail"]) == (parameter, detail)


CHOICES = [
    ({**RECIPE, "dtype": "int8"}, "dtype", ["float64", "float32"]),
    ({**RECIPE, "objective": {"kind": "shape"}}, "objective.kind", ["function", "formula", "model"]),
]


@pytest.mark.parametrize(("body", "parameter", "allowed"), CHOICES)
def test_an_unknown_choice_is_answered_with_the_allowed_ones(body, parameter, allowed):
    problem = post(body).json()
    assert (problem["code"], problem["parameter"], problem["allowed"]) == ("unknown_name", parameter, allowed)
    assert all(name in problem["detail"] for name in allowed)


def test_an_unknown_choice_in_a_query_is_named():
    problem = client.get("/recipes", params={"count": 1, "format": "xml"}).json()
    assert problem["detail"] == "unknown format: xml; use one of json, csv"


NOT_FINITE = {"NaN": "NaN", "Infinity": "Infinity", "-Infinity": "-Infinity", "1e999": "Infinity"}


@pytest.mark.parametrize("literal", NOT_FINITE)
@pytest.mark.parametrize(
    ("template", "parameter"),
    [
        ('{"steps": %s}', "steps"),
        (
            '{"descents": [{}, {"hyperparameters": {"betas": [0.9, %s]}}]}',
            "descents[1].hyperparameters.betas[1]",
        ),
        (
            '{"objective": {"kind": "model", "id": "x", "data": {"deep": [[%s]]}}}',
            "objective.data.deep[0][0]",
        ),
        ("%s", "body"),
    ],
)
def test_a_number_that_is_not_finite_is_refused_wherever_it_stands(template, parameter, literal):
    problem = post(template % literal).json()
    rule = f"{parameter} must be a finite number but is {NOT_FINITE[literal]}"
    assert (problem["status"], problem["parameter"]) == (422, parameter)
    assert problem["detail"].startswith(rule)


MALFORMED = {
    '{"steps": 1,\n "seed": }': "body must be JSON but at line 2, column 10: Expecting value",
    "[" * 100_000: "nested too deeply",
    "9" * 5000: "",
    b"\xff": "UTF-8",
}


@pytest.mark.parametrize("text", MALFORMED, ids=repr)
def test_a_body_that_is_not_json_is_answered_with_the_place(text):
    answer = post(text)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert MALFORMED[text] in answer.json()["detail"]


def test_half_a_character_is_refused():
    assert post('{"descents": [{"label": "\\ud800"}]}').json()["parameter"] == "descents[0].label"
    assert post('{"\\ud800": 1}').status_code == 422
    assert post(json.dumps({**RECIPE, "descents": [{"optimizer": "SGD", "label": "😀"}]})).status_code == 200


def test_a_body_without_its_content_type_is_told_which_one():
    problem = client.post("/recipes", content=json.dumps(RECIPE)).json()
    assert problem["detail"] == "body must be JSON; send it with the header Content-Type: application/json"


def test_a_good_body_reaches_the_route_unchanged():
    assert post({**RECIPE, "steps": 7}).json()["steps"] == 7


def test_a_wrong_method_is_told_the_right_ones():
    answer = client.request("PUT", "/recipes")
    assert (answer.status_code, answer.headers["allow"], answer.json()["allowed"]) == (
        405,
        "GET, POST",
        ["GET", "POST"],
    )


def test_the_headers_of_an_http_exception_are_kept():
    assert client.get("/raise/418").headers["x-reason"] == "yes"


def test_an_unexpected_error_is_logged_and_not_told(caplog):
    with caplog.at_level(logging.ERROR):
        answer = client.get("/raise/crash")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "1234" not in answer.text
    assert "1234" in caplog.text


def test_an_error_without_its_data_still_names_the_path():
    class Pair(BaseModel):
        values: list[int]

    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Pair).validate_python({"values": [1, "x"]})
    assert user_error(caught.value.errors()).parameter == "values[1]"
