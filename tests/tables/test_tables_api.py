"""Tables over the wire: upload, look, the limit of a file, and what forgets them."""

import asyncio
import gc
import hashlib
import sys
import tracemalloc

import pytest
from live_server import serving

from downslope.engine.engine import Engine
from downslope.errors import InvalidValueError, NotFoundError
from downslope.recipe import Data, FunctionObjective, ModelObjective
from downslope.service.service import Service
from downslope.service.tables import Shelf
from downslope.settings import Settings
from downslope.tables import read


@pytest.fixture(scope="module")
def http():
    with serving(max_table_bytes=2_000, max_body_bytes=800) as server:
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
        "encoding": "utf-8",
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


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("target", ["x", "y"])
def test_an_integer_too_great_for_any_float_is_refused_at_its_cell(http, sign, target):
    data = {"columns": ["x", "y"], "rows": [[1, 2], [sign * 10**400, 3]], "target": target}
    for id in ("linear-regression", "logistic-unit"):
        answer = http.post("/api/data", json={"objective": {"kind": "model", "id": id, "data": data}})
        assert (answer.status_code, answer.json()["parameter"]) == (422, "objective.data.rows[1][0]")
        assert len(answer.json()["detail"]) < 300


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


def labels(num_rows):
    lines = (",".join(f"{row} {column} of no class" for column in range(9)) for row in range(num_rows))
    return "\n".join([",".join("abcdefghi"), *lines]).encode()


@pytest.mark.parametrize("text", [labels(500), b"x,y\n" + b"".join(b"%d.5,a\n" % i for i in range(5000))])
def test_a_table_says_what_it_takes_in_memory(text):
    read(text)  # what is made once only, such as compiled patterns
    tracemalloc.start()
    table = read(text)
    gc.collect()
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert table.num_bytes == pytest.approx(taken, rel=0.05)


def test_a_shelf_says_what_its_tables_take_also_after_one_came_again_or_made_room():
    tables = [read(labels(count)) for count in (10, 20, 30)]
    shelf = Shelf(tables[1].num_bytes + tables[2].num_bytes)
    shelf.add(tables[0])
    shelf.add(read(labels(10)))
    assert shelf.num_bytes == tables[0].num_bytes
    shelf.add(tables[1])
    assert shelf.num_bytes == tables[0].num_bytes + tables[1].num_bytes
    shelf.add(tables[2])
    assert shelf.num_bytes == tables[1].num_bytes + tables[2].num_bytes


@pytest.mark.parametrize(
    ("field", "value"), [("set", "line"), ("rows", [[1, 2], [3, 4]]), ("columns", ["x", "y"]), ("rows", [])]
)
def test_a_table_is_given_alone(field, value):
    table = read(b"x,y\n1,2\n3,4\n")
    shelf = Shelf(10_000)
    shelf.add(table)
    both = Data.model_validate({"table": table.id, field: value})
    with pytest.raises(InvalidValueError, match="must be left out with a table") as caught:
        shelf.resolve(ModelObjective(kind="model", id="linear-regression", data=both))
    assert caught.value.parameter == f"objective.data.{field}"


def calls_on_the_event_loop(num_rows):
    """Return what is called in the event loop's thread while tables are uploaded and described."""
    engine = Engine(num_workers=1, slice_s=1, hang_timeout_s=1, warmup_timeout_s=1)  # never started
    service = Service(Settings(), engine)
    called = []

    def note(frame, event, arg):
        called.append(arg if event == "c_call" else frame.f_code.co_name)

    async def upload():
        for count in (num_rows, num_rows + 1):
            data = labels(count)
            reading = asyncio.ensure_future(service.add_table(data, None))
            sys.setprofile(note)
            table = await reading
            assert table.description["num_rows"] == count
            sys.setprofile(None)

    asyncio.run(upload())
    return called


def test_the_event_loop_never_walks_the_cells_of_a_table():
    small, large = calls_on_the_event_loop(5), calls_on_the_event_loop(2_000)
    assert small and len(large) < len(small) + 100
    assert not {sorted, hashlib.sha256, sys.getsizeof} & set(large)
