"""The exception tree: every fault a user can make, as fields that build one sentence.

An error crosses process borders as the plain dict of :meth:`DownslopeError.to_dict` and becomes the
``application/problem+json`` answer of the API, so it holds data only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar


class DownslopeError(Exception):
    """Base of all errors that are told to a user.

    Args:
        detail: one sentence: the rule, the value, the way out.
        parameter: the path of the faulty field, such as ``descents[0].hyperparameters.lr``.
        allowed: what would have been accepted: names, or a description of a range.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"

    def __init__(self, detail: str, *, parameter: str | None = None, allowed: object = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.parameter = parameter
        self.allowed = allowed

    def __str__(self) -> str:
        return self.detail

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as JSON-ready data; :func:`from_dict` is the inverse."""
        return {
            "code": self.code,
            "detail": self.detail,
            "parameter": self.parameter,
            "allowed": self.allowed,
        }


class UserError(DownslopeError, ValueError):
    """A request that cannot be fulfilled as it stands; nothing was changed by it."""

    code = "invalid"
    status = 422
    title = "The request is not valid"


class InvalidValueError(UserError):
    """A value breaks a rule."""

    code = "invalid_value"
    title = "A value is not allowed"


class UnknownNameError(UserError):
    """A name that is in no catalogue. The sentence lists the names that are."""

    code = "unknown_name"
    title = "Unknown name"

    @classmethod
    def of(cls, kind: str, name: str, allowed: Sequence[str], parameter: str) -> UnknownNameError:
        """Build the error for `name`, which is not one of the `allowed` names of this `kind`."""
        names = ", ".join(allowed)
        return cls(f"unknown {kind}: {name}; use one of {names}", parameter=parameter, allowed=list(allowed))


class MalformedError(UserError):
    """A body or message that cannot be read at all."""

    code = "malformed"
    status = 400
    title = "The request cannot be read"


class FormulaError(UserError):
    """A formula that cannot be read.

    Args:
        column: where in the expression, in characters, the first being 1; None where it is no one place.
    """

    code = "formula"
    title = "The formula cannot be read"

    def __init__(
        self,
        detail: str,
        *,
        parameter: str | None = None,
        allowed: object = None,
        column: int | None = None,
    ) -> None:
        super().__init__(detail, parameter=parameter, allowed=allowed)
        self.column = column

    def to_dict(self) -> dict[str, Any]:
        """Return the fields of every error, and ``column``."""
        return {**super().to_dict(), "column": self.column}


class TableError(UserError):
    """A file of data that cannot be read.

    Args:
        line: of the file's text, the first being 1.
        column: of the table, the first being 1.
    """

    code = "table"
    title = "The table cannot be read"

    def __init__(
        self,
        detail: str,
        *,
        parameter: str | None = None,
        allowed: object = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(detail, parameter=parameter, allowed=allowed)
        self.line = line
        self.column = column

    def to_dict(self) -> dict[str, Any]:
        """Return the fields of every error, and ``line`` and ``column``."""
        return {**super().to_dict(), "line": self.line, "column": self.column}


class LimitError(UserError):
    """More was asked for than a setting of this server allows."""

    code = "limit"
    title = "Over a limit of this server"


class TooManyError(LimitError):
    """The server holds as many as it may; trying again later can help."""

    status = 429
    code = "too_many"
    title = "The server is full"


class TooLargeError(LimitError):
    """A body that is larger than the server reads."""

    status = 413
    code = "too_large"
    title = "The request is too large"


class NotFoundError(UserError):
    """There is no such thing (any more)."""

    code = "not_found"
    status = 404
    title = "Not found"


class KeyRequiredError(UserError):
    """A control key is missing or wrong."""

    code = "key_required"
    status = 401
    title = "A control key is needed"


class ForbiddenError(UserError):
    """The request came from a page or for a host that this server does not serve."""

    code = "forbidden"
    status = 403
    title = "Refused"


class ConflictError(UserError):
    """The run is in a state in which this cannot be done."""

    code = "conflict"
    status = 409
    title = "Not possible in this state"


class UnavailableError(DownslopeError):
    """The workers cannot answer now."""

    code = "unavailable"
    status = 503
    title = "Not available now"


class InternalError(DownslopeError):
    """A broken invariant: a defect of Downslope, never of the user."""

    code = "internal"
    title = "A defect of Downslope"


def _subclasses(cls: type[DownslopeError]) -> list[type[DownslopeError]]:
    return [cls, *(found for sub in cls.__subclasses__() for found in _subclasses(sub))]


def from_dict(fields: Mapping[str, Any]) -> DownslopeError:
    """Rebuild the error whose :meth:`DownslopeError.to_dict` gave `fields`."""
    by_code = {cls.code: cls for cls in _subclasses(DownslopeError)}
    if fields["code"] not in by_code:
        return InternalError(fields["detail"], parameter=fields["parameter"], allowed=fields["allowed"])
    return by_code[fields["code"]](**{name: value for name, value in fields.items() if name != "code"})
