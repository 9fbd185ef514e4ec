"""Build optimizers and change their hyperparameters: torch judges the values, and its reason is told."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any

from torch import Tensor
from torch.optim import Optimizer

from downslope.errors import InvalidValueError
from downslope.optimizers import registry, rules, values
from downslope.optimizers.hyperparameters import Hyperparameter
from downslope.optimizers.registry import Kind

# What torch raises on values it does not like, or trips over.
_FAULTS = (ValueError, TypeError, ArithmeticError, RuntimeError, LookupError, AttributeError)
# What a scheduler may have set: whether these are right is not the edit's concern.
_SCHEDULED = ("lr", "momentum", "betas")


def catalogue() -> list[dict[str, Any]]:
    """Return the rows of ``GET /api/optimizers``."""
    return [kind.row() for kind in registry.kinds().values()]


def needs_closure(id: str) -> bool:
    """Tell whether ``step`` of the optimizer named `id` calls a closure that evaluates the objective."""
    # A rule may use the loss; the closure's first call costs nothing.
    return id == rules.ID or registry.kind(id, "optimizer").needs_closure


def create(
    id: str,
    params: list[Tensor],
    hyperparameters: Mapping[str, object],
    *,
    maximize: bool,
    parameter: str,
    rule: str | None = None,
) -> Optimizer:
    """Return a new optimizer of `params`; what `hyperparameters` leaves out takes torch's default.

    Args:
        id: the class's name, or ``Rule``.
        params: leaves that require grad, one parameter group.
        hyperparameters: by name, as JSON gives them.
        maximize: climb instead of descend.
        parameter: the path of `hyperparameters`, such as ``descents[0].hyperparameters``.
        rule: the text of a rule for ``Rule``, and for no other.

    Raises:
        UnknownNameError: an unknown optimizer or hyperparameter.
        InvalidValueError: a value that the class refuses, with its own reason, or cannot take a step with;
            or parameters that it is not for.
        FormulaError: the rule cannot be read.
    """
    path = sibling(parameter, "rule")
    if id == rules.ID:
        return rules.create(rule, params, hyperparameters, maximize=maximize, parameter=parameter, path=path)
    if rule is not None:
        detail = f"rule must be left out for {id}, which is no rule; choose the optimizer {rules.ID} for it"
        raise InvalidValueError(detail, parameter=path)
    kind = registry.kind(id, sibling(parameter, "optimizer"))
    given = values.read(hyperparameters, kind.hyperparameters, owner=id, parameter=parameter)
    extra = _maximize(kind, maximize, parameter)
    _rehearse(kind, given, extra, parameter)
    constructor: Callable[..., Optimizer] = kind.cls
    try:
        return constructor(params, **given, **extra)
    except ValueError as error:  # the values were rehearsed: it is the parameters that the class refuses
        detail = f"{str(error).rstrip('.')}; choose another optimizer, such as LBFGS"
        raise InvalidValueError(detail, parameter=sibling(parameter, "optimizer")) from None


def edit(optimizer: Optimizer, id: str, hyperparameters: Mapping[str, object], *, parameter: str) -> None:
    """Change hyperparameters of a live optimizer, all or nothing.

    The class judges the merged values, and a stand-in takes a step before and a step after the change: some
    classes keep a state only if they start with it (RMSprop's momentum) and would fail at the next step.

    Args:
        optimizer: made by :func:`create` with `id`.
        id: the class's name.
        hyperparameters: the changed ones.
        parameter: the path of `hyperparameters`.

    Raises:
        UnknownNameError: an unknown optimizer or hyperparameter.
        InvalidValueError: a value that the class refuses, or one that it reads at the start only.
    """
    if isinstance(optimizer, rules.Rule):
        rules.edit(optimizer, hyperparameters, parameter=parameter)
        return
    kind = registry.kind(id, sibling(parameter, "optimizer"))
    given = values.read(hyperparameters, kind.hyperparameters, owner=id, parameter=parameter)
    _refuse_fixed(kind, given, parameter)
    current = _current(kind, optimizer)
    judged = _rehearse(kind, {**current, **given}, {}, parameter, edited=given)
    _rehearse_change(kind, current, {name: judged[name] for name in given}, parameter)
    optimizer.param_groups[0].update({name: judged[name] for name in given})


def sibling(parameter: str, name: str) -> str:
    """Return the path of the field `name` beside the field at the path `parameter`."""
    parent, dot, _ = parameter.rpartition(".")
    return f"{parent}{dot}{name}"


def refused(
    error: Exception, spec: Hyperparameter | None, value: object, parameter: str, way_out: object = None
) -> InvalidValueError:
    """Build the error that tells torch's own reason, the rule that `value` breaks, and the way out."""
    reason = str(error).strip().rstrip(".") or type(error).__name__
    if not isinstance(error, ValueError | RuntimeError):
        reason = f"torch cannot compute with these values ({type(error).__name__}: {reason})"
    if spec is None:
        return InvalidValueError(f"{reason}; try the defaults", parameter=parameter)
    rule = None if spec.range.allows(value) else spec.range.rule_text
    advice = f"{spec.name} must be {rule}, try" if rule else f"for {spec.name}, try"
    detail = f"{reason}; {advice} {values.show(spec.example if way_out is None else way_out)}"
    return InvalidValueError(detail, parameter=f"{parameter}.{spec.name}", allowed=rule)


def attempt(action: Callable[[], object]) -> Exception | None:
    """Return what torch raises in `action`, or None. Its warnings about a stand-in are nobody's concern."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            action()
        except _FAULTS as error:
            return error
    return None


def _maximize(kind: Kind, maximize: bool, parameter: str) -> dict[str, Any]:
    if maximize and not kind.supports_maximize:
        able = [name for name, other in registry.kinds().items() if other.supports_maximize]
        name = kind.cls.__name__
        detail = f"maximize must be false for {name}, which can only minimize; try {', '.join(able)}"
        raise InvalidValueError(detail, parameter=sibling(parameter, "maximize"), allowed=able)
    return {"maximize": True} if maximize else {}


def _rehearse(
    kind: Kind,
    given: Mapping[str, Any],
    extra: Mapping[str, Any],
    parameter: str,
    *,
    edited: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Let the class judge `given` and take a step with it; return its parameter group."""
    stand_in: list[Optimizer] = []

    def action() -> None:
        stand_in.append(registry.build(kind.cls, registry.scratch(), **given, **extra))
        registry.take_step(stand_in[0], needs_closure=kind.needs_closure)

    error = attempt(action)
    if error is not None:
        suspects = given if edited is None else edited
        culprit = _culprit(kind, suspects)
        spec = next((spec for spec in kind.hyperparameters if spec.name == culprit), None)
        raise refused(error, spec, given.get(culprit or ""), parameter) from None
    return stand_in[0].param_groups[0]


def _culprit(kind: Kind, suspects: Mapping[str, Any]) -> str | None:
    """Return the hyperparameter whose value fails on its own, or else one without which the others work."""

    def fails(arguments: Mapping[str, Any]) -> bool:
        def action() -> None:
            optimizer = registry.build(kind.cls, registry.scratch(), **arguments)
            registry.take_step(optimizer, needs_closure=kind.needs_closure)

        return attempt(action) is not None

    alone = (name for name in suspects if fails({name: suspects[name]}))
    needed = (name for name in suspects if not fails({n: v for n, v in suspects.items() if n != name}))
    return next(alone, None) or next(needed, None)


def _refuse_fixed(kind: Kind, given: Mapping[str, Any], parameter: str) -> None:
    for spec in kind.hyperparameters:
        if spec.name in given and not spec.editable:
            raise _start_only(kind, spec.name, parameter)


def _start_only(kind: Kind, name: str, parameter: str) -> InvalidValueError:
    detail = (
        f"{name} of {kind.cls.__name__} cannot be changed like this after the start; "
        "try a new run that starts with the new value"
    )
    return InvalidValueError(detail, parameter=f"{parameter}.{name}")


def _current(kind: Kind, optimizer: Optimizer) -> dict[str, Any]:
    group = optimizer.param_groups[0]
    scheduled = "initial_lr" in group
    names = (spec.name for spec in kind.hyperparameters)
    return {
        name: optimizer.defaults[name] if scheduled and name in _SCHEDULED else group[name] for name in names
    }


def _rehearse_change(
    kind: Kind, before: Mapping[str, Any], change: Mapping[str, Any], parameter: str
) -> None:
    for name, value in change.items():
        stand_in = registry.build(kind.cls, registry.scratch(), **before)
        registry.take_step(stand_in, needs_closure=kind.needs_closure)
        stand_in.param_groups[0][name] = value
        if isinstance(
            attempt(lambda: registry.take_step(stand_in, needs_closure=kind.needs_closure)),  # noqa: B023
            LookupError | AttributeError,
        ):
            raise _start_only(kind, name, parameter)
