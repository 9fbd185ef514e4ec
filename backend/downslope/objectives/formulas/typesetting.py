"""What is shown of a formula while it is typed: the formula, its gradient and its Hessian as LaTeX."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType

from downslope.objectives.formulas import latex
from downslope.objectives.formulas.limits import (
    MAX_LATEX_LENGTH,
    MAX_SYMBOLIC_OPERATIONS,
    MAX_SYMBOLIC_TIME_S,
)
from downslope.objectives.formulas.tree import Node, postorder


@dataclass(frozen=True)
class Derivatives:
    """LaTeX of the derivatives: one for each variable, and a row for each; None where it was too much."""

    gradient: list[str] | None
    hessian: list[list[str]] | None


def formula(tree: Node, variables: tuple[str, ...]) -> str:
    """Return a formula as LaTeX, with its signature: ``f(x, y) = x^{2} + y``."""
    return f"f({', '.join(map(latex.symbol, variables))}) = {latex.expression(tree)}"


def derivatives(tree: Node, variables: tuple[str, ...], constants: tuple[str, ...]) -> Derivatives:
    """Work out gradient and Hessian within the limits of operations, time and length."""
    if sum(bool(node.operands) for node in postorder(tree)) > MAX_SYMBOLIC_OPERATIONS:
        return Derivatives(None, None)
    from downslope.objectives.formulas import symbolic

    gradient: list[str] | None = None
    hessian: list[list[str]] | None = None
    with contextlib.suppress(symbolic.NoSymbolsError, _TooLongError), _time_limit(symbolic.forget):
        names = (*variables, *constants)
        expression = symbolic.build(tree)
        slopes = [symbolic.derivative(expression, name) for name in variables]
        gradient = _bounded([symbolic.latex(slope, names) for slope in slopes])
        rows = [
            _bounded([symbolic.latex(symbolic.derivative(slope, name), names) for name in variables])
            for slope in slopes
        ]
        hessian = rows if sum(len("".join(row)) for row in rows) <= MAX_LATEX_LENGTH else None
    return Derivatives(gradient, hessian)


class _TooLongError(BaseException):
    """Too much time or text. No Exception: nothing within sympy may take it for one of its own."""


def _bounded(texts: list[str]) -> list[str]:
    if sum(map(len, texts)) > MAX_LATEX_LENGTH:
        raise _TooLongError
    return texts


@contextlib.contextmanager
def _time_limit(forget: Callable[[], None]) -> Iterator[None]:
    """Raise _TooLongError after MAX_SYMBOLIC_TIME_S, and call `forget` then.

    Where there is no such signal, or outside a main thread, the limits on size alone hold; and a worker that
    makes no progress is replaced by the engine.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, MAX_SYMBOLIC_TIME_S)
    try:
        yield
    except (_TooLongError, RecursionError) as error:
        forget()
        raise _TooLongError from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
