"""The schedules of ``torch.optim.lr_scheduler``: those whose whole description is numbers."""

from __future__ import annotations

import functools
import inspect
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from torch.optim import Optimizer, lr_scheduler
from torch.optim.lr_scheduler import LRScheduler, ReduceLROnPlateau

from downslope.errors import InvalidValueError, UnknownNameError
from downslope.optimizers import hyperparameters as introspection
from downslope.optimizers import literature, ranges, registry, state, values
from downslope.optimizers.construction import attempt, refused, sibling
from downslope.optimizers.hyperparameters import Hyperparameter
from downslope.optimizers.rules import Rule

# A run counts steps, not epochs; scale_mode only matters to a scale_fn, which is code.
HIDDEN = frozenset({"last_epoch", "epochs", "steps_per_epoch", "scale_mode", "verbose"})
_NUM_REHEARSED = 64


@dataclass(frozen=True)
class Kind:
    """A class of ``torch.optim.lr_scheduler`` that a recipe can name."""

    cls: type[LRScheduler]
    hyperparameters: tuple[Hyperparameter, ...]

    def row(self) -> dict[str, Any]:
        """Return the JSON-ready row of ``GET /api/schedulers``."""
        return {
            "id": self.cls.__name__,
            "hyperparameters": [spec.row() for spec in self.hyperparameters],
            **literature.entry(literature.SCHEDULES, self.cls).row(),
        }


@functools.cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by its id, in alphabetical order: each class that numbers alone can build."""
    members = inspect.getmembers(lr_scheduler, inspect.isclass)
    classes = [cls for name, cls in members if issubclass(cls, LRScheduler) and not name.startswith("_")]
    return MappingProxyType({cls.__name__: kind for cls in classes if (kind := _kind(cls)) is not None})


def catalogue() -> list[dict[str, Any]]:
    """Return the rows of ``GET /api/schedulers``."""
    return [kind.row() for kind in kinds().values()]


def create(
    id: str, optimizer: Optimizer, hyperparameters: Mapping[str, object], *, num_steps: int, parameter: str
) -> LRScheduler:
    """Return a new schedule of `optimizer`, to be stepped once after each of its `num_steps` steps.

    torch replaces ``optimizer.step`` here, so take no reference to it before. CyclicLR and OneCycleLR also
    drive the momentum (``momentum`` or the first of ``betas``), as torch does. With an optimizer that has
    none they must be told ``cycle_momentum: false``; to leave it out in silence would not be what torch does.

    Args:
        id: the class's name.
        optimizer: a fresh one.
        hyperparameters: by name, as JSON gives them; OneCycleLR's ``total_steps`` is `num_steps` if left out.
        num_steps: how often the schedule will be stepped, at most.
        parameter: the path of `hyperparameters`.

    Raises:
        UnknownNameError: an unknown schedule or hyperparameter.
        InvalidValueError: a value that the class refuses, with its own reason, or that fails within the run;
            or an optimizer, which can only be a rule, that has no lr.
    """
    kind = kinds().get(id)
    if kind is None:
        raise UnknownNameError.of("scheduler", id, list(kinds()), sibling(parameter, "id"))
    if "lr" not in optimizer.param_groups[0]:
        detail = (
            f"{id} changes lr but the rule has no hyperparameter lr; call its rate lr, or take no schedule"
        )
        raise InvalidValueError(detail, parameter=sibling(parameter, "id"))
    given = values.read(hyperparameters, kind.hyperparameters, owner=id, parameter=parameter)
    specs = {spec.name: spec for spec in kind.hyperparameters}
    _require(id, specs, given, parameter)
    if "total_steps" in specs and given.get("total_steps") is None:
        given["total_steps"] = num_steps
    error = attempt(lambda: _rehearse(kind.cls, optimizer, given, num_steps))
    if error is not None:
        culprit, way_out = _culprit(kind, optimizer, given, num_steps, error)
        spec = None if culprit is None else specs[culprit]
        raise refused(error, spec, given.get(culprit or ""), parameter, way_out) from None
    return kind.cls(optimizer, **given)


def step(scheduler: LRScheduler, loss: float) -> None:
    """Set the rate of the next step; `loss`, at the point just left, is what ReduceLROnPlateau watches."""
    if isinstance(scheduler, ReduceLROnPlateau):
        scheduler.step(loss)
    else:
        scheduler.step()


def capture(scheduler: LRScheduler) -> dict[str, state.Tree]:
    """Return what changes in `scheduler` from step to step, as a tree of copies, without its optimizer."""
    entries = scheduler.state_dict().items()
    return {name: state.pack(value) for name, value in entries if not _is_counter(value)}


def restore(scheduler: LRScheduler, tree: Mapping[str, state.Tree]) -> None:
    """Make `scheduler`, fresh and with the same hyperparameters, go on from what :func:`capture` returned.

    The learning rate itself is the optimizer's: restore that after this schedule was made.
    """
    scheduler.load_state_dict({name: state.unpack(value) for name, value in tree.items()})


def _is_counter(value: object) -> bool:
    """Tell whether `value` is MultiStepLR's milestones: constant, and keyed by numbers, which no tree is."""
    return isinstance(value, Counter)


def _kind(cls: type[LRScheduler]) -> Kind | None:
    try:
        specs = introspection.of_class(cls, hidden={*HIDDEN, "optimizer"}, ranges=ranges.SCHEDULES)
    except TypeError:
        return None
    return Kind(cls, tuple(replace(spec, editable=False) for spec in specs)) if specs else None


def _require(id: str, specs: Mapping[str, Hyperparameter], given: Mapping[str, Any], parameter: str) -> None:
    for name, spec in specs.items():
        if spec.required and name not in given:
            detail = f"{id} must be given {name} but is not; try {values.show(spec.example)}"
            raise InvalidValueError(detail, parameter=f"{parameter}.{name}")


def _rehearse(cls: type[LRScheduler], optimizer: Optimizer, given: Mapping[str, Any], num_steps: int) -> None:
    """Step a stand-in through the places of a run at which a schedule can fail; raise what torch raises."""
    stand_in = _stand_in(optimizer)
    scheduler = cls(stand_in, **given)
    for epoch in _epochs(given, num_steps):
        scheduler.last_epoch = epoch - 1
        step(scheduler, 1.0)


def _stand_in(optimizer: Optimizer) -> Optimizer:
    if isinstance(optimizer, Rule):
        return optimizer.stand_in(registry.scratch())
    names = list(inspect.signature(type(optimizer)).parameters)
    arguments = {name: optimizer.defaults[name] for name in names if name in optimizer.defaults}
    return registry.build(type(optimizer), registry.scratch(), **arguments)


def _epochs(given: Mapping[str, Any], num_steps: int) -> Iterator[int]:
    """Yield the first steps, those where a hyperparameter says that something changes, and the last."""
    flat = [part for value in given.values() for part in (value if isinstance(value, list) else [value])]
    turns = {turn for turn in flat if isinstance(turn, int)}
    first = range(1, min(num_steps, _NUM_REHEARSED) + 1)
    yield from sorted({*first, *(turn for turn in turns if 0 < turn <= num_steps), num_steps})


def _culprit(
    kind: Kind, optimizer: Optimizer, given: Mapping[str, Any], num_steps: int, error: Exception
) -> tuple[str | None, object]:
    """Return the hyperparameter that must change for torch not to complain, and a value that helps."""
    specs = {spec.name: spec for spec in kind.hyperparameters}
    for name in [*given, *(name for name in specs if name in str(error))]:
        way_out = num_steps if name == "total_steps" else specs[name].example
        for value in (way_out, False) if specs[name].type == "bool" else (way_out,):
            changed = {**given, name: value}
            if attempt(functools.partial(_rehearse, kind.cls, optimizer, changed, num_steps)) is None:
                return name, value
    return None, None
