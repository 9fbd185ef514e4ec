"""Functions for sympy that it has not, or would spend its time on trying to simplify."""

from __future__ import annotations

from typing import Any, ClassVar

import sympy

Expression = Any  # sympy is not typed


class Opaque(sympy.Function):  # type: ignore[misc]
    """A function that sympy leaves as it stands."""

    word: ClassVar[str]

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        arguments = ", ".join(printer.doprint(argument) for argument in self.args)
        power = f"^{{{exp}}}" if exp else ""
        return rf"\operatorname{{{self.word}}}{power}\left({arguments}\right)"


class Step(Opaque):
    """1 where the argument is positive, else 0. It has no slope, as in torch."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> Expression:
        return sympy.Integer(0)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        return rf"\left[{printer.doprint(self.args[0])} > 0\right]"  # 0 or 1, so that no power changes it


class Sign(Opaque):
    """The sign, without the Dirac delta at 0."""

    nargs = 1
    word = "sign"

    def fdiff(self, argindex: int = 1) -> Expression:
        return sympy.Integer(0)


class Abs(Opaque):
    """The absolute value of a real number."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> Expression:
        return Sign(self.args[0])

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        power = f"^{{{exp}}}" if exp else ""
        return rf"\left|{printer.doprint(self.args[0])}\right|{power}"


class Relu(Opaque):
    """The positive part."""

    nargs = 1
    word = "relu"

    def fdiff(self, argindex: int = 1) -> Expression:
        return Step(self.args[0])


class Sigmoid(Opaque):
    """The logistic function."""

    nargs = 1
    word = "sigmoid"

    def fdiff(self, argindex: int = 1) -> Expression:
        return self * (1 - self)


class Softplus(Opaque):
    """log(1 + exp(x))."""

    nargs = 1
    word = "softplus"

    def fdiff(self, argindex: int = 1) -> Expression:
        return Sigmoid(self.args[0])


class Minimum(Opaque):
    """The lesser of two."""

    nargs = 2
    word = "min"

    def fdiff(self, argindex: int = 1) -> Expression:
        this, other = self.args if argindex == 1 else reversed(self.args)
        return Step(other - this)


class Maximum(Opaque):
    """The greater of two."""

    nargs = 2
    word = "max"

    def fdiff(self, argindex: int = 1) -> Expression:
        this, other = self.args if argindex == 1 else reversed(self.args)
        return Step(this - other)


class Atan2(Opaque):
    """The angle of the point (x, y), the arguments being y and x."""

    nargs = 2
    word = "atan2"

    def fdiff(self, argindex: int = 1) -> Expression:
        y, x = self.args
        return (x if argindex == 1 else -y) / (x**2 + y**2)
