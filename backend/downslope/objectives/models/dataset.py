"""The points a model is fitted to: which they are, what they are called, and which are held back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from downslope.errors import InvalidValueError, UnknownNameError, UserError
from downslope.objectives.models import own_data
from downslope.objectives.models.draws import Stream, generator
from downslope.objectives.models.own_data import Own
from downslope.objectives.models.parameters import Values, values_of
from downslope.objectives.models.regression_sets import FreshSet
from downslope.objectives.models.sets import GeneratedSet, Points, Task, spread
from downslope.recipe import Data


@dataclass(frozen=True)
class Offer:
    """Which data a model can be given.

    Args:
        sets: generated ones; the first is the model's own.
        own: which points of a person; None for none.
        test_fraction: the share that is held back where a recipe says nothing.
        is_standardized: the inputs of generated sets are standardized where a recipe says nothing. Own points
            always are.
    """

    sets: Sequence[GeneratedSet]
    own: Own | None
    test_fraction: float = 0.0
    is_standardized: bool = False


@dataclass(frozen=True)
class Scale:
    """How inputs get mean 0 and standard deviation 1: (x - mean) / std, both of shape (inputs,)."""

    mean: Tensor
    std: Tensor

    def apply(self, x: Tensor) -> Tensor:
        """Return x, shape (points, inputs), standardized."""
        return (x - self.mean) / self.std


@dataclass(frozen=True)
class Dataset:
    """Points to fit, in float64.

    Args:
        task: what is predicted, a number or a class.
        inputs, target: what the columns are called.
        classes: the names of the classes; None for regression.
        train: the points of the loss.
        test: those held back, or None.
        generated: the set it was drawn from; None for own points.
        values: of the set's parameters.
        seed: drew the set and the split.
        test_fraction: the share that was held back.
        is_standardized: the module sees standardized inputs.
        scale: between the inputs as they are shown and as the module sees them; None where they are the same.
    """

    task: Task
    inputs: tuple[str, ...]
    target: str
    classes: tuple[str, ...] | None
    train: Points
    test: Points | None
    generated: GeneratedSet | None
    values: Values
    seed: int
    test_fraction: float
    is_standardized: bool
    scale: Scale | None

    @property
    def fresh(self) -> FreshSet | None:
        """The set from which each step draws its points; None where they are always the same."""
        return self.generated if isinstance(self.generated, FreshSet) else None


def build(data: Data, offer: Offer, is_standardized: bool | None, parameter: str) -> Dataset:
    """Build what a recipe's `data` says.

    Args:
        data: of the recipe.
        offer: what the model can be given.
        is_standardized: whether the module sees standardized inputs; None for the usual.
        parameter: path of `data`, which errors name.

    Raises:
        UserError: data that the model cannot be given; the error names the field.
    """
    if data.table is not None:
        detail = f"unknown table: {data.table}; upload the file again"
        raise UserError(detail, parameter=f"{parameter}.table")
    if data.rows is None:
        return _generated(data, offer, is_standardized, parameter)
    if data.set is not None:
        detail = f"{parameter} must have a set or rows but has both; leave one out"
        raise InvalidValueError(detail, parameter=f"{parameter}.set")
    if offer.own is None:
        detail = f"{parameter}.rows must be left out: this model is fitted to its own sets alone"
        raise InvalidValueError(detail, parameter=f"{parameter}.rows")
    return _own(data, offer, offer.own, is_standardized is not False, parameter)


def _generated(data: Data, offer: Offer, is_standardized: bool | None, parameter: str) -> Dataset:
    found = _find(data.set, offer.sets, f"{parameter}.set")
    for field in ("columns", "inputs", "target"):
        if getattr(data, field) is not None:
            detail = f"{parameter}.{field} must be left out with a generated set; it names columns of rows"
            raise InvalidValueError(detail, parameter=f"{parameter}.{field}")
    values = values_of(found.parameters, data.parameters, found.id, f"{parameter}.parameters")
    is_scaled = offer.is_standardized if is_standardized is None else is_standardized
    points = found.draw(values, generator(data.seed, Stream.SET), is_scaled)
    num_classes = found.num_classes(values)
    classes = None if num_classes is None else tuple(str(i) for i in range(num_classes))
    names = (found.inputs, found.target, classes)
    if isinstance(found, FreshSet):
        return Dataset(
            found.task,
            *names,
            points,
            None,
            found,
            values,
            data.seed,
            _none_held_back(data, parameter),
            False,
            None,
        )
    fraction = _fraction(data, offer, len(points))
    split = _split(points, fraction, data.seed, f"{parameter}.test_fraction")
    return Dataset(found.task, *names, *split, found, values, data.seed, fraction, is_scaled, None)


def _own(data: Data, offer: Offer, own: Own, is_standardized: bool, parameter: str) -> Dataset:
    if data.parameters:
        name = next(iter(data.parameters))
        detail = f"{parameter}.parameters shape a generated set; leave them out with rows"
        raise InvalidValueError(detail, parameter=f"{parameter}.parameters.{name}")
    table = own_data.read(data, own, parameter)
    fraction = _fraction(data, offer, len(table.points))
    train, test = _split(table.points, fraction, data.seed, f"{parameter}.test_fraction")
    scale = _scale(train.x) if is_standardized else None
    names = (table.inputs, table.target, table.classes)
    return Dataset(own.task, *names, train, test, None, {}, data.seed, fraction, is_standardized, scale)


def _scale(x: Tensor) -> Scale:
    """Return the scale of x; a column that never varies is only moved to 0."""
    return Scale(x.mean(0), spread(x, x.abs().amax(0)))


def _find(id: str | None, sets: Sequence[GeneratedSet], parameter: str) -> GeneratedSet:
    if id is None:
        return sets[0]
    for found in sets:
        if found.id == id:
            return found
    raise UnknownNameError.of("data set", id, [found.id for found in sets], parameter)


def _none_held_back(data: Data, parameter: str) -> float:
    if data.test_fraction:
        detail = (
            f"{parameter}.test_fraction must be 0 with points that are drawn anew at every step but is "
            f"{data.test_fraction:g}; leave it out"
        )
        raise InvalidValueError(detail, parameter=f"{parameter}.test_fraction", allowed=0)
    return 0.0


def _fraction(data: Data, offer: Offer, num_points: int) -> float:
    """Return the share to hold back: as asked, else the usual one, or none where too few points remain."""
    if data.test_fraction is not None:
        return data.test_fraction
    remain = num_points - round(offer.test_fraction * num_points)
    return offer.test_fraction if remain >= own_data.MIN_POINTS else 0.0


def _split(points: Points, fraction: float, seed: int, parameter: str) -> tuple[Points, Points | None]:
    """Return the points to learn from and those held back, each in their old order."""
    num_test = round(fraction * len(points))
    if not num_test:
        return points, None
    if len(points) - num_test < own_data.MIN_POINTS:
        detail = f"{parameter} must leave at least {own_data.MIN_POINTS} of {len(points)} points; try 0"
        raise InvalidValueError(detail, parameter=parameter)
    drawn = torch.randperm(len(points), generator=generator(seed, Stream.SPLIT))
    return points.at(drawn[num_test:].sort().values), points.at(drawn[:num_test].sort().values)
