"""Building an objective from a recipe, and the faults a user can make there."""

from __future__ import annotations

import math

import pytest
import torch
from cases import IDS, create

from downslope import objectives
from downslope.errors import InvalidValueError, UnknownNameError
from downslope.recipe import FunctionObjective, ModelObjective

WITH_PARAMETERS = [row for row in objectives.catalogue() if row["parameters"]]


def test_catalogue_holds_the_first_twelve_functions_one_dimensional_ones_first() -> None:
    assert [(row["id"], row["dim"]) for row in objectives.catalogue()] == [
        ("parabola", 1),
        ("double-well", 1),
        ("bowl", 2),
        ("ravine", 2),
        ("saddle", 2),
        ("monkey-saddle", 2),
        ("rosenbrock", 2),
        ("beale", 2),
        ("himmelblau", 2),
        ("rastrigin", 2),
        ("ackley", 2),
        ("styblinski-tang", 2),
    ]


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
        "detail": "unknown parameter of rosenbrock: c; use one of a, b",
        "parameter": "objective.parameters.c",
        "allowed": ["a", "b"],
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
            with pytest.raises(InvalidValueError, match=f"^{name} must be in the range .* but is .*; try "):
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


def test_kinds_of_later_versions_are_refused_clearly() -> None:
    with pytest.raises(InvalidValueError) as caught:
        objectives.create(ModelObjective(kind="model", id="linear-regression"))
    assert caught.value.detail == "kind model is not available in this version; use function or formula"
    assert (caught.value.parameter, caught.value.allowed) == ("objective.kind", ["function", "formula"])


def test_parameters_left_out_take_their_defaults() -> None:
    assert create("rosenbrock", b=10.0).describe()["values"] == {"a": 1.0, "b": 10.0}


def test_whole_numbers_are_taken_as_the_same_parameters_as_fractions() -> None:
    assert create("rosenbrock", b=10) == create("rosenbrock", b=10.0)
    assert isinstance(create("rosenbrock", b=10).describe()["values"]["b"], float)


@pytest.mark.parametrize("a", [-1.5, 0.0, 0.7])
def test_the_minimum_of_rosenbrock_moves_with_a(a: float) -> None:
    (minimum,) = create("rosenbrock", a=a, b=10.0).describe()["minima"]
    assert minimum == {"theta": [a, a * a], "loss": 0.0, "is_global": True, "is_smooth": True}


def test_both_wells_are_global_without_tilt_and_the_lower_one_comes_first_with_it() -> None:
    def wells(c: float) -> list[tuple[bool, bool]]:
        return [(minimum.theta[0] > 0, minimum.is_global) for minimum in create("double-well", c=c).minima]

    assert wells(0.0) == [(True, True), (False, True)]
    assert wells(0.3) == [(False, True), (True, False)]
    assert wells(-0.3) == [(True, True), (False, False)]


def test_kappa_is_the_condition_number_of_the_ravine() -> None:
    objective = create("ravine", kappa=250.0)
    curvatures = torch.linalg.eigvalsh(
        torch.autograd.functional.hessian(objective.loss, torch.ones(2, dtype=torch.float64))
    )
    assert (curvatures.max() / curvatures.min()).item() == 250.0
