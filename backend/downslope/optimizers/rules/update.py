"""A rule, ready to be applied: its names sorted into kinds, its formulas assembled into programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from downslope.errors import FormulaError
from downslope.objectives.formulas import latex, program
from downslope.objectives.formulas.program import Program
from downslope.objectives.formulas.tree import Node, call
from downslope.optimizers.hyperparameters import Hyperparameter
from downslope.optimizers.rules import statements
from downslope.optimizers.rules.defaults import hyperparameter
from downslope.optimizers.rules.limits import MAX_HYPERPARAMETERS, MAX_OPERATIONS, MAX_STATE
from downslope.optimizers.rules.names import GIVEN, LOSS, THETA, check_hyperparameter
from downslope.optimizers.rules.statements import Statement

_ONE = "_one"  # cannot be typed


class Update:
    """What a rule does to a tensor and its state at one step; immutable.

    Names: theta, grad, loss and t are given. One that is assigned is state, which is kept and begins with
    zeros, if some formula reads it before its first assignment of the update; else it is local to the update.
    Every other one is a hyperparameter.

    Args:
        text: as typed.

    Raises:
        FormulaError: it cannot be read; with the column in `text`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.statements = statements.read(text)
        if THETA not in {statement.target for statement in self.statements}:
            column = len(text) + 1
            detail = (
                f"expected theta = … but the rule ended at column {column}; write theta = theta - lr*grad"
            )
            raise FormulaError(detail, column=column, allowed=["theta ="])
        self.state = _state(self.statements)
        self.hyperparameters = _hyperparameters(self.statements)
        self.uses_loss = any(LOSS in statement.uses for statement in self.statements)
        self._assignments = tuple(_assign(statement) for statement in self.statements)
        self._check_size()

    def apply(self, values: dict[str, Tensor], device: torch.device) -> None:
        """Carry out the statements, in order.

        Args:
            values: of all names but local ones, by name: theta, grad and state of one shape and dtype, the
                others float64 scalars. What is assigned is replaced by a new tensor, a scalar if its formula
                holds scalars alone; no tensor is changed in place.
            device: of all of them.
        """
        for assignment in self._assignments:
            values[assignment.target] = assignment.evaluate(values, device)

    def describe(self) -> dict[str, Any]:
        """Return the statements as LaTeX, the names of the state, and the rows of the hyperparameters."""
        return {
            "latex": [self._latex(statement) for statement in self.statements],
            "state": list(self.state),
            "hyperparameters": [spec.row() for spec in self.hyperparameters],
        }

    def _latex(self, statement: Statement) -> str:
        is_kept = statement.target in (THETA, *self.state)
        sign = r"\leftarrow" if is_kept else "="
        return f"{latex.symbol(statement.target)} {sign} {latex.expression(statement.tree)}"

    def _check_size(self) -> None:
        count = 0
        for statement, assignment in zip(self.statements, self._assignments, strict=True):
            count += len(assignment.program.steps)
            if count > MAX_OPERATIONS:
                column = statement.column
                detail = f"a rule may take {MAX_OPERATIONS} operations but has more at column {column}"
                raise FormulaError(f"{detail}; shorten it", column=column, allowed=MAX_OPERATIONS)


@dataclass(frozen=True, slots=True)
class _Assignment:
    """A statement, assembled: `program` reads `operands` from its first places."""

    target: str
    operands: tuple[str, ...]
    program: Program
    _numbers: dict[torch.device, list[Any]] = field(default_factory=dict)

    def evaluate(self, values: Mapping[str, Tensor], device: torch.device) -> Tensor:
        numbers = self._numbers.get(device) or self._convert(device)
        places = [*(values[name] for name in self.operands), *numbers]
        target = 0
        for apply, target, first, second in self.program.steps:
            if second is None:
                places[target] = apply(places[first])
            else:
                places[target] = apply(places[first], places[second])
        result: Tensor = places[target]
        return result

    def _convert(self, device: torch.device) -> list[Any]:
        """Return what the places after the operands hold at first; scalars round as torch's own do."""
        numbers: list[Any] = list(self.program.places)
        for place in self.program.tensors:
            numbers[place] = torch.tensor(numbers[place], dtype=torch.float64, device=device)
        self._numbers[device] = numbers
        return numbers


def _assign(statement: Statement) -> _Assignment:
    operands = tuple(statement.uses)
    if operands:
        return _Assignment(statement.target, operands, program.assemble(statement.tree, operands, {}))
    return _Assignment(statement.target, (), _constant(_value(statement.tree)))


def _value(tree: Node) -> float:
    """Return the value of a formula without names, as the language works it out."""
    product = call("multiply", tree.column, tree, Node("name", _ONE, tree.column))
    return program.assemble(product, (_ONE,), {}).run(torch.ones(1, dtype=torch.float64)).item()


def _constant(value: float) -> Program:
    return Program(((torch.clone, 0, 1, None),), [None, value], (1,))


def _state(found: Sequence[Statement]) -> tuple[str, ...]:
    targets = {statement.target for statement in found} - {THETA}
    state: dict[str, int] = {}
    assigned: set[str] = set()
    for statement in found:
        early = {name: at for name, at in statement.uses.items() if name in targets - assigned}
        state = {**early, **state}
        assigned.add(statement.target)
    ordered = dict.fromkeys(statement.target for statement in found if statement.target in state)
    _check_count(tuple(ordered), MAX_STATE, "tensors of state", state)
    return tuple(ordered)


def _hyperparameters(found: Sequence[Statement]) -> tuple[Hyperparameter, ...]:
    taken = {*GIVEN, *(statement.target for statement in found)}
    columns: dict[str, int] = {}
    for statement in found:
        for name, column in statement.uses.items():
            if name not in taken:
                columns.setdefault(name, column)
    for name, column in columns.items():
        check_hyperparameter(name, column)
    _check_count(tuple(columns), MAX_HYPERPARAMETERS, "hyperparameters", columns)
    return tuple(hyperparameter(name) for name in columns)


def _check_count(names: Sequence[str], limit: int, what: str, columns: Mapping[str, int]) -> None:
    if len(names) > limit:
        name, column = names[limit], columns[names[limit]]
        detail = f"a rule may have {limit} {what} but {name} at column {column} is one more"
        raise FormulaError(
            f"{detail}; write a number for one, or leave one out", column=column, allowed=limit
        )
