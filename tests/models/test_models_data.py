"""Generated sets against formulas of their own, splits, and a person's own points with their faults."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
from models_cases import IDS, ROWS, create, own_rows

from downslope.errors import InvalidValueError, UnknownNameError, UserError

SETS = [(row["id"], one["id"]) for row in ROWS for one in row["data"]["sets"]]
CLASS_SETS = [("mlp-classifier", id) for model, id in SETS if model == "mlp-classifier"]

NOISELESS = {
    "line": lambda x: 10 * x + 5,
    "linear": lambda x1, x2: 2 * x1 - 3.4 * x2 + 4.2,
    "parabola": lambda x: x * x - 0.5 * x + 1.5625,
    "cubic": lambda x: 5 + 1.2 * x - 1.7 * x * x + 5.6 / 6 * x * x * x,
    "sine-wave": lambda x: math.sin(math.pi * x),
    "sine": math.sin,
    "fresh-sine": math.sin,
    "wave": lambda x1, x2: math.sin(x1) * math.cos(x2),
}


def test_every_regression_set_has_its_formula_here() -> None:
    rows = [one for row in ROWS for one in row["data"]["sets"]]
    assert {one["id"] for one in rows if one["task"] == "regression"} == set(NOISELESS)


@pytest.mark.parametrize(("model", "id"), [pair for pair in SETS if pair[1] in NOISELESS])
def test_a_regression_set_without_noise_lies_on_its_formula(model: str, id: str) -> None:
    data = create(model, data={"set": id, "parameters": {"noise": 0}, "test_fraction": 0}).dataset.train
    for x, y in zip(data.x.tolist(), data.y.tolist(), strict=True):
        assert y == pytest.approx(NOISELESS[id](*x), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("model", "id"), [pair for pair in SETS if pair[1] in NOISELESS and pair[1] != "fresh-sine"]
)
def test_noise_is_normal_of_the_width_it_says(model: str, id: str) -> None:
    shape = {"noise": 1, "num_points": 2000}
    data = create(model, data={"set": id, "parameters": shape, "test_fraction": 0}).dataset.train
    noise = data.y - torch.tensor([NOISELESS[id](*x) for x in data.x.tolist()], dtype=torch.float64)
    assert abs(noise.mean()) < 0.1 and abs(noise.std() - 1) < 0.06
    assert (noise.abs() < 1).double().mean().item() == pytest.approx(0.683, abs=0.04)


def test_the_line_stands_over_two_hundred_numbers_from_100_to_300_standardized_or_raw() -> None:
    raw = create("linear-regression", parameters={"standardize": False}).dataset.train.x[:, 0]
    assert raw.tolist() == pytest.approx([100 + 200 * i / 199 for i in range(200)])
    standardized = create("linear-regression").dataset.train.x[:, 0]
    mean = math.fsum(raw.tolist()) / 200
    deviation = math.sqrt(math.fsum((x - mean) ** 2 for x in raw.tolist()) / 199)
    assert standardized.tolist() == pytest.approx([(x - mean) / deviation for x in raw.tolist()], abs=1e-12)


def test_two_neurons_are_given_ten_points_from_0_to_1() -> None:
    x = create("two-neurons").dataset.train.x[:, 0]
    assert x.tolist() == pytest.approx([i / 9 for i in range(10)])


def cloud(id: str, count: int = 600, **parameters: float) -> list[tuple[float, float, int]]:
    values = {"num_points": count, "noise": 0, **parameters}
    data = create("mlp-classifier", data={"set": id, "parameters": values, "test_fraction": 0}).dataset.train
    return [(x, y, int(c)) for (x, y), c in zip(data.x.tolist(), data.y.tolist(), strict=True)]


def test_the_moons_are_two_half_circles() -> None:
    for x, y, c in cloud("moons"):
        side = 1 if c == 0 else -1
        assert math.hypot(x + side, y + side * 0.5) == pytest.approx(2)
        assert side * y >= -0.5 - 1e-12


def test_the_circles_have_one_middle() -> None:
    for x, y, c in cloud("circles"):
        assert math.hypot(x, y) == pytest.approx(2.7 if c else 1.2)


@pytest.mark.parametrize("count", [2, 3, 6])
def test_the_blobs_stand_at_equal_distances_on_a_circle(count: int) -> None:
    middles = {c: (x, y) for x, y, c in cloud("blobs", num_classes=count)}
    assert sorted(middles) == list(range(count))
    for c, (x, y) in middles.items():
        assert math.hypot(x, y) == pytest.approx(2)
        nx, ny = middles[(c + 1) % count]
        assert math.hypot(nx - x, ny - y) == pytest.approx(4 * math.sin(math.pi / count))


def test_the_class_of_xor_is_the_sign_of_the_product() -> None:
    points = cloud("xor")
    assert all((x * y < 0) == bool(c) for x, y, c in points)
    assert {(x > 0, y > 0) for x, y, _ in points} == {(a, b) for a in (True, False) for b in (True, False)}


def test_the_arms_of_the_spiral_are_half_a_turn_apart() -> None:
    for x, y, c in cloud("spiral"):
        turned = math.atan2(y, x) - 2.5 * math.pi * math.hypot(x, y) / 3 - math.pi * c
        assert math.cos(turned) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(("model", "id"), CLASS_SETS)
def test_classes_are_of_equal_size(model: str, id: str) -> None:
    classes = [c for _, _, c in cloud(id, count=100)]
    assert {classes.count(c) for c in set(classes)} == {50}


@pytest.mark.parametrize(("model", "id"), SETS)
def test_a_set_is_a_function_of_its_seed(model: str, id: str) -> None:
    first, again, other = (create(model, data={"set": id, "seed": seed}).dataset for seed in (1, 1, 2))
    assert torch.equal(first.train.y, again.train.y) and torch.equal(first.train.x, again.train.x)
    is_drawn = id != "fresh-sine" and first.values.get("noise", 1) > 0
    is_same = torch.equal(first.train.y, other.train.y) and torch.equal(first.train.x, other.train.x)
    assert is_same != is_drawn


@pytest.mark.parametrize("fraction", [0.0, 0.25, 0.9])
def test_a_split_holds_the_share_back_and_loses_no_point(fraction: float) -> None:
    everything = create("mlp-classifier", data={"test_fraction": 0}).dataset.train
    data = create("mlp-classifier", data={"test_fraction": fraction}).dataset
    parts = [data.train] if data.test is None else [data.train, data.test]
    assert (0 if data.test is None else len(data.test)) == round(200 * fraction)
    found = sorted(point for part in parts for point in part.x.tolist())
    assert found == sorted(everything.x.tolist())


OWN = {
    "columns": ["size", "age", "price"],
    "rows": [[50, 1, 10.5], [80, 20, 9.0], [120.5, 7, 21], [70, 3, 15]],
}


def test_own_columns_are_read_by_name() -> None:
    data = create("linear-regression", data={**OWN, "inputs": ["age"], "target": "size"}).dataset
    assert (data.inputs, data.target, data.classes) == (("age",), "size", None)
    assert data.train.x.tolist() == [[1], [20], [7], [3]] and data.train.y.tolist() == [50, 80, 120.5, 70]


def test_the_last_column_is_the_target_unless_another_is() -> None:
    assert create("linear-regression", data=OWN).dataset.target == "price"
    assert create("linear-regression", data={**OWN, "target": "size"}).dataset.inputs == ("age", "price")
    assert create("linear-regression", data={"rows": [[1, 2], [3, 4]]}).dataset.inputs == ("x",)


@pytest.mark.parametrize(
    ("cells", "classes"),
    [
        (["b", "a", "b", "a"], ("a", "b")),
        ([10, 9.0, 10, 9], ("9", "10")),
        ([0.5, 2, 0.5, 2], ("0.5", "2")),
        ([1e300, 2**60, 1e300, 2**60], (str(2**60), "1e+300")),
        (["10", 9, "10", 9], ("10", "9")),
    ],
)
def test_labels_and_numbers_name_classes(cells: list, classes: tuple[str, ...]) -> None:
    rows = [[i, i * i, cell] for i, cell in enumerate(cells)]
    data = create("logistic-regression", data={"rows": rows}).dataset
    assert data.classes == classes
    assert [classes[int(c)] for c in data.train.y] == [str(cell).removesuffix(".0") for cell in cells]


@pytest.mark.parametrize("is_standardized", [True, False])
def test_the_greatest_own_numbers_are_fitted_without_overflow(is_standardized: bool) -> None:
    rows = [[1e150, -1e150], [-1e150, 1e150], [0, 1e150]]
    model = create("linear-regression", data={"rows": rows}, parameters={"standardize": is_standardized})
    assert model.loss(torch.zeros(2, dtype=torch.float64)).isfinite()
    assert model.prepared(model.dataset.train.x).isfinite().all()
    grid = model.data()["grid"]["u"]
    assert all(map(math.isfinite, grid)) and grid == sorted(set(grid))


def test_rounding_never_becomes_an_input() -> None:
    fields = {"data": {"parameters": {"noise": 0}}, "parameters": {"standardize": True}}
    x = create("logistic-regression", **fields).dataset.train.x
    assert x[:, 0].abs().max() < 1e-12  # both clouds stand at x1 = 0
    assert x[:, 1].std().item() == pytest.approx(1)


@pytest.mark.parametrize("count", [3, 999, 10_000])
@pytest.mark.parametrize("value", [0.1, 1 / 3, -123.456, 1e9 + 0.1, 1e-20])
def test_own_inputs_that_never_vary_are_moved_to_zero(value: float, count: int) -> None:
    model = create("linear-regression", data={"rows": [[value, 1e6 * i, i] for i in range(count)]})
    x = model.prepared(model.dataset.train.x)
    assert x[:, 0].abs().max() <= 1e-14 * abs(value)
    assert x[:, 1].std().item() == pytest.approx(1)


def test_a_small_own_input_beside_a_large_one_is_standardized_all_the_same() -> None:
    model = create("linear-regression", data={"rows": [[1e-20 * i, 1e9 * i, i * i] for i in range(5)]})
    assert model.prepared(model.dataset.train.x).std(0).tolist() == pytest.approx([1, 1])


MODELS_THAT_HOLD_BACK = [row["id"] for row in ROWS if row["data"]["num_test"]]


def test_some_models_hold_points_back() -> None:
    assert "polynomial-regression" in MODELS_THAT_HOLD_BACK and "mlp-classifier" in MODELS_THAT_HOLD_BACK


@pytest.mark.parametrize("id", MODELS_THAT_HOLD_BACK)
def test_two_points_are_too_few_to_hold_one_back_unless_that_is_asked(id: str) -> None:
    (row,) = [row for row in ROWS if row["id"] == id]
    task, inputs = row["data"]["own"]["task"], row["data"]["own"]["min_inputs"]
    for data in ({"parameters": {"num_points": 2}}, own_rows(task, inputs, count=2)):
        model = create(id, data=data)
        assert (len(model.dataset.train), model.dataset.test) == (2, None)
        assert "test_loss" not in model.extra_columns
        assert model.describe()["data"]["test_fraction"] == 0
        with pytest.raises(InvalidValueError, match="must leave at least 2 of 2 points"):
            create(id, data={**data, "test_fraction": 0.5})


def test_own_inputs_are_standardized_for_the_module_and_shown_as_they_are() -> None:
    model = create("linear-regression", data=OWN)
    x = torch.tensor([row[:2] for row in OWN["rows"]], dtype=torch.float64)
    assert torch.allclose(model.prepared(x).mean(0), torch.zeros(2, dtype=torch.float64), atol=1e-15)
    assert torch.allclose(model.prepared(x).std(0), torch.ones(2, dtype=torch.float64))
    assert model.data()["train"]["x"] == x.tolist()
    assert (
        model.template() == "price = {0} * ((size - 80.125) / 29.6658) + {1} * ((age - 7.75) / 8.53913) + {2}"
    )
    raw = create("linear-regression", data=OWN, parameters={"standardize": False})
    assert torch.equal(raw.prepared(x), x)
    assert raw.template() == "price = {0} * size + {1} * age + {2}"
    assert (model.values["standardize"], raw.values["standardize"]) == (True, False)


def test_a_name_with_braces_does_not_break_the_equation() -> None:
    model = create("linear-regression", data={"columns": ["{0}", "y{"], "rows": [[1, 2], [2, 4]]})
    assert model.template() == "y( = {0} * (((0) - 1.5) / 0.707107) + {1}"


def own(**change: Any) -> dict[str, Any]:
    return {**OWN, **change}


FAULTS = [
    ("linear-regression", own(rows=[[1, 2, 3]]), "rows", "at least 2 rows but holds 1"),
    (
        "linear-regression",
        own(rows=[[1, 2, 3], [1, 2]]),
        "rows[1]",
        "must have 3 cells, one a column, but has 2",
    ),
    (
        "linear-regression",
        own(rows=[[1, 2, 3], [1, "x", 2]]),
        "rows[1][1]",
        "age must be a number in every row but",
    ),
    (
        "linear-regression",
        own(rows=[[1, 2, None], [1, 2, 2]]),
        "rows[0][2]",
        "price must be a number .* is empty",
    ),
    (
        "linear-regression",
        own(rows=[[1, 2, 3], [1, 1e151, 2]]),
        "rows[1][1]",
        "age must be from -1e.150 to 1e.150",
    ),
    (
        "linear-regression",
        own(rows=[[1, 2, -1e308], [1, 1, 2]]),
        "rows[0][2]",
        "is -1e.308 .*; choose a larger unit",
    ),
    ("linear-regression", own(columns=["a", "a", "b"]), "columns", "must be different names"),
    ("linear-regression", {"rows": [[1], [2]]}, "columns", "must be at least 2"),
    ("linear-regression", own(target="cost"), "target", "unknown column: cost; use one of size, age, price"),
    ("linear-regression", own(inputs=["size", "sex"]), "inputs[1]", "unknown column: sex"),
    ("linear-regression", own(inputs=["price"]), "inputs", "the target price not among them; use size, age"),
    ("linear-regression", own(inputs=["age", "age"]), "inputs", "must be different columns"),
    ("linear-regression", own(inputs=[]), "inputs", "must be 1 to 8 of the columns but are 0"),
    ("two-neurons", OWN, "inputs", "must be 1 of the columns but are 2; choose from size, age"),
    ("logistic-regression", OWN, "target", "price must have 2 different values, its classes, but has 4"),
    ("softmax-regression", own(rows=[[1, 2, "a"], [2, 3, "a"]]), "target", "2 to 10 different values"),
    (
        "softmax-regression",
        own(rows=[[1, 2, "a"], [2, 3, None]]),
        "rows[1][2]",
        "price must be a class in every row",
    ),
    ("linear-regression", own(set="line"), "set", "must have a set or rows but has both"),
    ("linear-regression", own(parameters={"noise": 1}), "parameters.noise", "leave them out with rows"),
    ("linear-regression", own(test_fraction=0.7), "test_fraction", "must leave at least 2 of 4 points"),
    ("linear-regression", {"set": "moons"}, "set", "unknown data set: moons; use one of line"),
    ("linear-regression", {"inputs": ["x"]}, "inputs", "must be left out with a generated set"),
    ("linear-regression", {"target": "y"}, "target", "must be left out with a generated set"),
    (
        "linear-regression",
        {"parameters": {"noise": -1}},
        "parameters.noise",
        "noise must be a number from 0 to 100",
    ),
    (
        "linear-regression",
        {"parameters": {"num_points": 2.5}},
        "parameters.num_points",
        "a whole number from 2",
    ),
    (
        "linear-regression",
        {"parameters": {"turns": 1}},
        "parameters.turns",
        "unknown parameter of line: turns",
    ),
    ("linear-regression", {"table": "abc"}, "table", "unknown table: abc"),
    ("mlp-regression", {"test_fraction": 0.3}, "test_fraction", "drawn anew at every step .* leave it out"),
]


@pytest.mark.parametrize(("model", "data", "field", "words"), FAULTS)
def test_a_fault_in_the_data_names_its_field_and_the_way_out(
    model: str, data: dict, field: str, words: str
) -> None:
    with pytest.raises(UserError, match=words) as caught:
        create(model, data=data)
    assert caught.value.parameter == f"objective.data.{field}"


OTHER_FAULTS = [
    ("linear-regression", {"loss": "bce"}, "loss", "use one of mse, mae, sum_absolute, huber"),
    ("mlp-classifier", {"loss": "cross_entropy"}, "loss", "use one of bce, mse"),
    ("linear-regression", {"batch_size": 201}, "batch_size", "must be from 1 to 200 but is 201"),
    ("mlp-regression", {"batch_size": 257}, "batch_size", "must be from 1 to 256 but is 257"),
    (
        "linear-regression",
        {"parameters": {"degree": 3}},
        "parameters.degree",
        "unknown parameter of linear-reg",
    ),
    (
        "linear-regression",
        {"parameters": {"standardize": 1}},
        "parameters.standardize",
        "must be true or false",
    ),
    ("mlp-regression", {"parameters": {"standardize": True}}, "parameters.standardize", "unknown parameter"),
    (
        "polynomial-regression",
        {"parameters": {"degree": 10}},
        "parameters.degree",
        "a whole number from 1 to 9",
    ),
    (
        "polynomial-regression",
        {"parameters": {"degree": True}},
        "parameters.degree",
        "a whole number from 1 to 9",
    ),
    ("mlp-classifier", {"parameters": {"hidden": [8] * 5}}, "parameters.hidden", "a list of at most 4 sizes"),
    (
        "mlp-classifier",
        {"parameters": {"hidden": [8, 65]}},
        "parameters.hidden[1]",
        "a whole number from 1 to 64",
    ),
    ("mlp-classifier", {"parameters": {"hidden": 8}}, "parameters.hidden", "must be a list"),
    ("mlp-classifier", {"parameters": {"hidden": ["a"]}}, "parameters.hidden[0]", "a whole number"),
    (
        "mlp-classifier",
        {"parameters": {"activation": "step"}},
        "parameters.activation",
        "use one of relu, tanh",
    ),
    ("mlp-classifier", {"parameters": {"features": []}}, "parameters.features", "must be different choices"),
    (
        "mlp-classifier",
        {"parameters": {"features": ["x1", "x1"]}},
        "parameters.features",
        "different choices",
    ),
    (
        "mlp-classifier",
        {"parameters": {"features": ["x3"]}},
        "parameters.features[0]",
        "unknown features: x3",
    ),
]


@pytest.mark.parametrize(("model", "fields", "field", "words"), OTHER_FAULTS)
def test_a_fault_elsewhere_names_its_field_likewise(model: str, fields: dict, field: str, words: str) -> None:
    with pytest.raises((InvalidValueError, UnknownNameError), match=words) as caught:
        create(model, **fields)
    assert caught.value.parameter == f"objective.{field}"


@pytest.mark.parametrize("id", IDS)
def test_every_model_takes_own_points_as_many_as_a_table_may_have(id: str) -> None:
    (row,) = [row for row in ROWS if row["id"] == id]
    taken = row["data"]["own"]
    data = own_rows(taken["task"], taken["min_inputs"], count=10_000)
    model = create(id, data=data)
    assert model.loss(torch.zeros(3, model.dim, dtype=torch.float64)).isfinite().all()
    assert model.describe()["data"]["set"] is None
