"""Tables over the wire: upload, look, the limit of a file, and what forgets them."""

import pytest
from live_server import serving

from downslope.errors import NotFoundError
from downslope.recipe import Data, FunctionObjective, ModelObjective
from downslope.service.tables import Shelf
from downslope.tables import read


@pytest.fixture(scope="module")
def http():
    with serving(max_table_bytes=2_000, max_body_bytes=500) as server:
        yield server.http


def upload(http, text, **request):
    return http.post("/api/tables", content=text, headers={"Content-Type": "text/csv"}, **request)


def test_an_uploaded_table_is_described_and_found_again(http):
    answer = upload(http, "x,kind\n1,a\n2.5,b\n")
    assert answer.status_code == 201
    number = {"name": "x", "type": "number", "num_distinct": 2, "minimum": 1, "maximum": 2.5, "labels": None}
    label = {"name": "kind", "type": "label", "num_distinct": 2, "minimum": None, "maximum": None}
    table = answer.json()
    assert table == {
        "id": read(b"x,kind\n1,a\n2.5,b\n").id,
        "columns": [number, {**label, "labels": ["a", "b"]}],
        "num_rows": 2,
        "delimiter": ",",
        "has_header": True,
        "preview": [[1, "a"], [2.5, "b"]],
    }
    assert http.get(f"/api/tables/{table['id']}").json() == table


def test_a_broken_table_is_a_problem_with_line_and_column(http):
    answer = upload(http, "x,y\n1,2\n3,oops\n5,6")
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["line"], problem["column"]) == (422, "table", 3, 2)
    assert "'oops' is not a finite number" in problem["detail"]


def test_the_header_can_be_told(http):
    told = upload(http, "2019,2020\n1,2", params={"header": "true"}).json()
    assert [column["name"] for column in told["columns"]] == ["2019", "2020"]


def test_an_empty_body_is_refused(http):
    answer = upload(http, "")
    assert (answer.status_code, answer.json()["parameter"]) == (422, "body")


def test_a_file_may_be_as_large_as_its_own_limit_and_no_larger(http):
    text = "x,y\n" + "1,2\n" * 499
    assert len(text) == 2_000
    assert upload(http, text).json()["num_rows"] == 499
    assert upload(http, text + "\n").status_code == 413


def test_no_such_table(http):
    answer = http.get("/api/tables/nothing")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_run_on_a_table_that_is_gone_names_the_field(http):
    objective = {"kind": "model", "id": "linear-regression", "data": {"table": "gone"}}
    recipe = {"objective": objective, "descents": [{"optimizer": "SGD", "hyperparameters": {"lr": 0.1}}]}
    answer = http.post("/api/runs", json=recipe)
    assert (answer.status_code, answer.json()["parameter"]) == (404, "objective.data.table")


def test_the_table_used_least_recently_makes_room():
    tables = [read(f"x,y\n{i},2\n".encode()) for i in range(3)]
    shelf = Shelf(2 * tables[0].num_bytes)
    shelf.add(tables[0])
    shelf.add(tables[1])
    shelf.get(tables[0].id)
    shelf.add(tables[2])
    assert shelf.get(tables[0].id) is tables[0]
    with pytest.raises(NotFoundError):
        shelf.get(tables[1].id)


def test_a_worker_is_given_the_rows():
    table = read(b"x,kind\n1,a\n2.5,b\n")
    shelf = Shelf(10_000)
    shelf.add(table)
    named = ModelObjective(kind="model", id="any", data=Data(table=table.id, target="kind", seed=3))
    data = shelf.resolve(named).data
    assert data == Data(columns=["x", "kind"], rows=[[1.0, "a"], [2.5, "b"]], target="kind", seed=3)
    function = FunctionObjective(kind="function", id="rosenbrock")
    assert shelf.resolve(function) is function
