"""Formulas as flat postfix programs of torch operations: no tree is walked while a descent runs."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from downslope.errors import FormulaError
from downslope.objectives.formulas.functions import FUNCTIONS
from downslope.objectives.formulas.limits import MAX_OPERATIONS
from downslope.objectives.formulas.names import NUMBERS
from downslope.objectives.formulas.tree import Node, postorder

Operation = Callable[..., Any]
# An operation, the place that takes its result, and the places of its one or two operands.
Step = tuple[Operation, int, int, int | None]
# Powers up to here are multiplied out: a point then has the same bits alone and in a batch.
MAX_MULTIPLIED_EXPONENT = 8


def _cube(x: Tensor) -> Tensor:
    return torch.pow(x, 3.0)  # torch multiplies: the bits of x * x * x, and a shorter way back


def _divided_into(x: Tensor, number: Tensor) -> Tensor:
    return torch.true_divide(number, x)


_OPERATIONS: dict[str, Operation] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "negate": operator.neg,
    "power": torch.pow,
    **{name: function.apply for name, function in FUNCTIONS.items()},
}
# Where the first operand is a number: the same with the operands the other way round, to the bit. Python's
# own way for number / tensor would round twice.
_TURNED: dict[str, Operation] = {
    "add": operator.add,
    "subtract": torch.rsub,
    "multiply": operator.mul,
    "divide": _divided_into,
}


@dataclass(slots=True)
class Program:
    """A formula, ready to be evaluated.

    Args:
        steps: in postfix order; the last one gives the result.
        places: what the places after the variables hold at first: None where results go, then numbers.
        tensors: the places, counted after the variables, of numbers that torch takes as tensors alone.
    """

    steps: tuple[Step, ...]
    places: list[float | None]
    tensors: tuple[int, ...]
    _converted: dict[tuple[torch.dtype, torch.device], list[Any]] = field(default_factory=dict)

    def run(self, theta: Tensor) -> Tensor:
        """Return the values, shape (..., variables) -> (...), of the same dtype and device."""
        numbers = self._converted.get((theta.dtype, theta.device)) or self._convert(theta)
        places = [*theta.unbind(-1), *numbers]
        for apply, target, first, second in self.steps:
            if second is None:
                places[target] = apply(places[first])
            else:
                places[target] = apply(places[first], places[second])
        result: Tensor = places[self.steps[-1][1]]
        return result

    def _convert(self, theta: Tensor) -> list[Any]:
        """Return what the places hold at first for such a theta, and keep it for the next time."""
        places: list[Any] = list(self.places)
        for place in self.tensors:
            places[place] = torch.tensor(places[place], dtype=theta.dtype, device=theta.device)
        self._converted[theta.dtype, theta.device] = places
        return places


def assemble(tree: Node, variables: Sequence[str], constants: Mapping[str, float]) -> Program:
    """Return the program of a formula; what holds no variable is worked out once, in float64, by torch.

    Raises:
        FormulaError: too many operations, or no variable at all.
    """
    assembler = _Assembler(variables, constants)
    for node in postorder(tree):
        assembler.take(node)
    return assembler.finish()


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    is_tensor: bool = False


_Operand = int | _Number  # a place, or a number that is known


class _Assembler:
    """Runs the postfix form with places instead of values.

    What is computed at the stack's index i goes to the i-th place after the variables.
    """

    def __init__(self, variables: Sequence[str], constants: Mapping[str, float]) -> None:
        self._names: dict[str, _Operand] = {name: _Number(value) for name, value in NUMBERS.items()}
        self._names |= {name: _Number(value) for name, value in constants.items()}
        self._names |= {name: place for place, name in enumerate(variables)}
        self._num_variables = len(variables)
        self._stack: list[_Operand] = []
        self._steps: list[tuple[Operation, int, _Operand, _Operand | None]] = []

    def take(self, node: Node) -> None:
        if node.kind == "number":
            self._stack.append(_Number(float(node.text)))
        elif node.kind == "name":
            self._stack.append(self._names[node.text])
        else:
            count = len(node.operands)
            operands = self._stack[-count:]
            del self._stack[-count:]
            self._stack.append(self._call(node.text, operands))
        if len(self._steps) > MAX_OPERATIONS:
            detail = f"a formula may take {MAX_OPERATIONS} operations but has more at column {node.column}"
            raise FormulaError(f"{detail}; shorten it", column=node.column, allowed=MAX_OPERATIONS)

    def finish(self) -> Program:
        (result,) = self._stack
        if isinstance(result, _Number):
            raise FormulaError("the formula depends on no variable; write one, such as x^2", column=1)
        if result < self._num_variables:
            self._emit(torch.clone, result)  # never theta itself, which an optimizer changes in place
        num_results = 1 + max(target for _, target, *_ in self._steps) - self._num_variables
        numbers: list[_Number] = []
        steps = tuple(
            (apply, target, *(self._placed(operand, num_results, numbers) for operand in operands))
            for apply, target, *operands in self._steps
        )
        tensors = tuple(num_results + i for i, number in enumerate(numbers) if number.is_tensor)
        return Program(steps, [*[None] * num_results, *(number.value for number in numbers)], tensors)  # type: ignore[arg-type]

    def _placed(self, operand: _Operand | None, num_results: int, numbers: list[_Number]) -> int | None:
        if not isinstance(operand, _Number):
            return operand
        numbers.append(operand)
        return self._num_variables + num_results + len(numbers) - 1

    def _emit(
        self, apply: Operation, first: _Operand, second: _Operand | None = None, *, above: int = 0
    ) -> int:
        target = self._num_variables + len(self._stack) + above
        self._steps.append((apply, target, first, second))
        return target

    def _call(self, text: str, operands: list[_Operand]) -> _Operand:
        numbers = [operand.value for operand in operands if isinstance(operand, _Number)]
        if len(numbers) == len(operands):
            return _Number(folded(text, numbers))
        if text == "power":
            return self._power(*operands)
        if len(operands) == 1:
            return self._emit(_OPERATIONS[text], operands[0])
        return functools.reduce(lambda first, second: self._pair(text, first, second), operands)

    def _pair(self, text: str, first: _Operand, second: _Operand) -> _Operand:
        if isinstance(first, _Number) and isinstance(second, _Number):
            return _Number(folded(text, [first.value, second.value]))
        if text not in _TURNED:
            return self._emit(_OPERATIONS[text], _as_tensor(first), _as_tensor(second))
        if not isinstance(first, _Number):
            return self._emit(_OPERATIONS[text], first, second)
        if text == "divide" and first.value == 1.0:
            return self._emit(torch.reciprocal, second)
        return self._emit(_TURNED[text], second, _as_tensor(first) if text == "divide" else first)

    def _power(self, base: _Operand, exponent: _Operand) -> _Operand:
        if base == _Number(math.e):
            return self._emit(torch.exp, exponent)
        if isinstance(exponent, _Number) and isinstance(base, int):
            times = abs(exponent.value)
            if times in range(1, MAX_MULTIPLIED_EXPONENT + 1):
                product = self._multiplied(base, int(times))
                return product if exponent.value > 0 else self._emit(torch.reciprocal, product)
        return self._emit(torch.pow, base, exponent)

    def _multiplied(self, base: int, times: int, above: int = 0) -> int:
        """Emit base^times as squares, cubes and products; what is on the way goes one place above."""
        if times == 1:
            return base
        if times % 2 == 0:
            half = self._multiplied(base, times // 2, above=1)
            return self._emit(operator.mul, half, half, above=above)
        if times == 3:
            return self._emit(_cube, base, above=above)
        return self._emit(operator.mul, self._multiplied(base, times - 1, above=1), base, above=above)


def _as_tensor(operand: _Operand) -> _Operand:
    return _Number(operand.value, is_tensor=True) if isinstance(operand, _Number) else operand


def folded(text: str, numbers: Sequence[float]) -> float:
    """Return what an operator or function gives for numbers, as torch works it out in float64."""
    tensors = [torch.tensor(number, dtype=torch.float64) for number in numbers]
    if len(tensors) == 1:
        return float(_OPERATIONS[text](*tensors).item())
    return float(functools.reduce(_OPERATIONS[text], tensors).item())
