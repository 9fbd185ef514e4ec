"""Building an objective from a recipe, and the faults a user can make there."""

from __future__ import annotations

import math

import pytest
import torch
from cases import IDS, ROWS, create

from downslope import objectives
from downslope.errors import InvalidValueError, UnknownNameError
from downslope.recipe import FunctionObjective, ModelObjective

WITH_PARAMETERS = [row for row in ROWS if row["parameters"]]


def test_catalogue_holds_one_dimensional_functions_first_and_each_family_together() -> None:
    curves = """parabola double-well absolute-value flat-tail exploding-wall
        x-sin-x forrester gramacy-lee"""
    planes = """bowl ravine booth matyas trid
        saddle monkey-saddle
        rosenbrock beale freudenstein-roth dixon-price
        plateau easom cliff spiral-valley zakharov
        himmelblau three-hump-camel six-hump-camel goldstein-price mccormick branin
        rastrigin ackley styblinski-tang
        griewank levy levy-13 drop-wave bohachevsky michalewicz shubert
        schwefel eggholder bukin-6 cross-in-tray holder-table"""
    assert [*curves.split(), *planes.split()] == IDS
    assert [row["dim"] for row in ROWS] == [1] * 8 + [2] * 37


def test_catalogue_holds_functions_first_then_models_and_no_id_twice() -> None:
    rows = objectives.catalogue()
    assert [row["kind"] for row in rows] == sorted(row["kind"] for row in rows)
    assert {row["kind"] for row in rows} == {"function", "model"}
    assert len({row["id"] for row in rows}) == len(rows)


def test_functions_of_any_dimension_have_it_as_a_parameter() -> None:
    assert [row["id"] for row in WITH_PARAMETERS if "dim" in row["values"]] == [
        *("trid", "rosenbrock", "rastrigin", "ackley", "styblinski-tang", "griewank", "levy", "schwefel")
    ]


@pytest.mark.parametrize("dim", [2, 3, 17, 64])
def test_domain_start_and_minima_follow_the_dimension(dim: int) -> None:
    row = create("rosenbrock", dim=dim).describe()
    assert (row["dim"], row["values"]["dim"], len(row["domain"]), len(row["start"])) == (dim,) * 4
    assert row["start"][:2] == [-1.5, 2.0] and row["domain"][:2] == [[-2.0, 2.0], [-1.0, 3.0]]
    assert [minimum["theta"] for minimum in row["minima"]] == [[1.0] * dim]


def test_a_chain_of_rosenbrock_states_a_minimum_only_where_all_its_terms_can_vanish() -> None:
    assert create("rosenbrock", dim=3, a=0.5).minima == ()
    assert len(create("rosenbrock", dim=2, a=0.5).minima) == 1


@pytest.mark.parametrize(("dim", "num_minima"), [(1, 2), (2, 4), (4, 16), (5, 1)])
def test_styblinski_tang_names_all_its_minima_while_they_are_few(dim: int, num_minima: int) -> None:
    assert len(create("styblinski-tang", dim=dim).minima) == num_minima


@pytest.mark.parametrize("value", [2.5, 64.5, 0])
def test_a_dimension_that_is_no_whole_number_in_the_range_is_refused(value: float) -> None:
    with pytest.raises(InvalidValueError) as caught:
        create("ackley", dim=value)
    assert caught.value.detail == f"dim must be a whole number from 1 to 64 but is {float(value)!r}; try 2"


def test_a_dimension_is_an_integer_whatever_number_names_it() -> None:
    found = create("ackley", dim=3.0).describe()["values"]["dim"]
    assert found == 3 and isinstance(found, int)


def test_unknown_function_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(UnknownNameError) as caught:
        create("rosenbrok")
    assert caught.value.parameter == "objective.id"
    assert caught.value.allowed == IDS
    assert "rosenbrok" in caught.value.detail and "rosenbrock" in caught.value.detail


def test_unknown_parameter_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(UnknownNameError) as caught:
        create("rosenbrock", b=10.0, c=1.0)
    assert caught.value.to_dict() == {
        "code": "unknown_name",
        "detail": "unknown parameter of rosenbrock: c; use one of a, b, dim",
        "parameter": "objective.parameters.c",
        "allowed": ["a", "b", "dim"],
    }


def test_parameter_of_a_function_that_has_none_is_refused_with_the_way_out() -> None:
    with pytest.raises(UnknownNameError) as caught:
        create("bowl", b=1.0)
    assert caught.value.detail == "unknown parameter of bowl: b; it has none, leave `parameters` out"
    assert (caught.value.parameter, caught.value.allowed) == ("objective.parameters.b", [])


def test_parameter_out_of_range_is_refused_with_the_range() -> None:
    with pytest.raises(InvalidValueError) as caught:
        create("rosenbrock", b=0.5)
    assert caught.value.to_dict() == {
        "code": "invalid_value",
        "detail": "b must be in the range 1 to 1000 but is 0.5; try 100",
        "parameter": "objective.parameters.b",
        "allowed": "1 to 1000",
    }


@pytest.mark.parametrize("row", WITH_PARAMETERS, ids=[row["id"] for row in WITH_PARAMETERS])
def test_every_parameter_is_taken_at_the_ends_of_its_range_and_refused_past_them(row: dict) -> None:
    for declared in row["parameters"]:
        name = declared["name"]
        for end in (declared["minimum"], declared["maximum"]):
            assert create(row["id"], **{name: end}).describe()["values"][name] == end
        past = [
            math.nextafter(declared["minimum"], -math.inf),
            math.nextafter(declared["maximum"], math.inf),
        ]
        for value in past:
            with pytest.raises(InvalidValueError, match=f"^{name} must be .* but is .*; try "):
                create(row["id"], **{name: value})


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_refused_even_past_the_recipe(value: float) -> None:
    ref = FunctionObjective.model_construct(kind="function", id="ravine", parameters={"kappa": value})
    with pytest.raises(InvalidValueError, match="kappa must be in the range 1 to 1000"):
        objectives.create(ref)


def test_errors_name_the_field_under_the_path_they_are_given() -> None:
    ref = FunctionObjective(kind="function", id="ravine", parameters={"kappa": 0.5})
    with pytest.raises(InvalidValueError) as caught:
        objectives.create(ref, parameter="recipe.objective")
    assert caught.value.parameter == "recipe.objective.parameters.kappa"


def test_an_unknown_model_is_refused_with_the_models_that_exist() -> None:
    with pytest.raises(
        UnknownNameError, match="unknown model: rosenbrock; use one of linear-regression"
    ) as caught:
        objectives.create(ModelObjective(kind="model", id="rosenbrock"))
    models = [row["id"] for row in objectives.catalogue() if row["kind"] == "model"]
    assert (caught.value.parameter, caught.value.allowed) == ("objective.id", models)


def test_parameters_left_out_take_their_defaults() -> None:
    assert create("rosenbrock", b=10.0).describe()["values"] == {"a": 1.0, "b": 10.0, "dim": 2}


def test_whole_numbers_are_taken_as_the_same_parameters_as_fractions() -> None:
    assert create("rosenbrock", b=10) == create("rosenbrock", b=10.0)
    assert isinstance(create("rosenbrock", b=10).describe()["values"]["b"], float)


@pytest.mark.parametrize("a", [-1.5, 0.0, 0.7])
def test_the_minimum_of_rosenbrock_moves_with_a(a: float) -> None:
    (minimum,) = create("rosenbrock", a=a, b=10.0).describe()["minima"]
    facts = {"is_global": True, "is_smooth": True, "is_on_edge": False}
    assert minimum == {"theta": [a, a * a], "loss": 0.0, **facts}


def test_both_wells_are_global_without_tilt_and_the_lower_one_comes_first_with_it() -> None:
    def wells(c: float) -> list[tuple[bool, bool]]:
        return [(minimum.theta[0] > 0, minimum.is_global) for minimum in create("double-well", c=c).minima]

    assert wells(0.0) == [(True, True), (False, True)]
    assert wells(0.3) == [(False, True), (True, False)]
    assert wells(-0.3) == [(True, True), (False, False)]


@pytest.mark.parametrize("alpha", [0.0, 30.0, -75.0])
def test_kappa_is_the_condition_number_of_the_ravine_at_any_angle(alpha: float) -> None:
    objective = create("ravine", kappa=250.0, alpha=alpha)
    curvatures = torch.linalg.eigvalsh(
        torch.autograd.functional.hessian(objective.loss, torch.ones(2, dtype=torch.float64))
    )
    assert (curvatures.max() / curvatures.min()).item() == pytest.approx(250.0, rel=1e-12)


def test_the_angle_turns_the_floor_of_the_ravine_counterclockwise() -> None:
    turned = create("ravine", alpha=30.0)
    floor = torch.tensor([math.sqrt(3) / 2, 0.5], dtype=torch.float64)
    assert turned.loss(floor).item() == pytest.approx(0.5)


def test_functions_without_an_angle_to_turn_compute_what_they_did_before() -> None:
    x, y = torch.randn(2, 100, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    found = create("ravine").loss(torch.stack([x, y], -1))
    assert torch.equal(found, 0.5 * (x * x + 20.0 * (y * y)))
