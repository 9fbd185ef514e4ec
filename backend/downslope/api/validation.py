"""Turns what pydantic found into one sentence: rule, value, way out."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from downslope.errors import InvalidValueError, MalformedError, UnknownNameError, UserError

MAX_SHOWN = 60
# What pydantic's sentences begin with; what follows "should" is the rule.
_RULE = re.compile(r"^(?:\w+ )+?should (?P<rule>.+)$")


def joined(path: str, part: str | int) -> str:
    """Return the path of a part of what lies at `path`: ``descents[0].hyperparameters``."""
    if isinstance(part, int):
        return f"{path}[{part}]"
    return f"{path}.{part}" if path else part


def shown(value: object) -> str:
    """Return a value as JSON writes it, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def user_error(errors: Sequence[Any], body: object = None) -> UserError:
    """Return the first of pydantic's `errors` about `body` as one of ours.

    Where a value may be of several types, pydantic reports all that it is not; they become one sentence.
    """
    first = errors[0]
    path = _path(first, body)
    together = [error for error in errors if _path(error, body) == path]
    match first["type"]:
        case "missing" | "union_tag_not_found":
            return InvalidValueError(f"missing {path}; it has no default", parameter=path)
        case "extra_forbidden":
            return UnknownNameError(f"unknown field: {path}; leave it out", parameter=path)
        case "union_tag_invalid" | "literal_error" | "enum":
            return _unknown_name(first, path)
        case "model_attributes_type" | "dict_type" if path == "body" and isinstance(first["input"], bytes):
            detail = "body must be JSON; send it with the header Content-Type: application/json"
            return MalformedError(detail, parameter=path)
    return _invalid_value(together, path)


def _path(error: Any, body: object) -> str:
    """Return the path of an error in the request, without the tags that pydantic adds for unions."""
    place, *parts = error["loc"] or ("body",)
    if place not in ("body", "query", "path", "header", "cookie"):
        place, parts = "body", [place, *parts]
    if place != "body" or not parts:
        return ".".join(map(str, parts)) or str(place)
    if body is None:
        body = _nested(parts)
    path, value = "", body
    for i, part in enumerate(parts):
        is_missing = error["type"] == "missing" and i == len(parts) - 1
        if is_missing or _has(value, part):
            path = joined(path, part)
            value = None if is_missing else value[part]  # type: ignore[index]
    if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        path = joined(path, str(error["ctx"]["discriminator"]).strip("'"))
    return path or "body"


def _nested(parts: Sequence[str | int]) -> object:
    """Return data that has a value at this path, for errors whose data nobody kept."""
    value: object = None
    for part in reversed(parts):
        value = [*([None] * part), value] if isinstance(part, int) else {part: value}
    return value


def _has(value: object, part: str | int) -> bool:
    if isinstance(value, dict):
        return part in value
    return isinstance(value, list) and isinstance(part, int) and part < len(value)


def _unknown_name(error: Any, path: str) -> UserError:
    context = error["ctx"]
    expected = str(context.get("expected_tags") or context["expected"])
    allowed = re.findall(r"'([^']*)'", expected)
    value = context.get("tag", error["input"])
    if not allowed or not isinstance(value, str):
        return InvalidValueError(
            f"{path} must be {expected} but is {shown(value)}", parameter=path, allowed=allowed
        )
    return UnknownNameError.of(path, value, allowed, path)


def _invalid_value(errors: Sequence[Any], path: str) -> UserError:
    rules = list(dict.fromkeys(_rule(error) for error in errors))
    verb = "be " if all(rule.startswith("be ") for rule in rules) else ""
    allowed = " or ".join(rule.removeprefix(verb) for rule in rules)
    detail = f"{path} must {verb}{allowed} but is {shown(errors[0]['input'])}"
    return InvalidValueError(detail, parameter=path, allowed=allowed)


def _rule(error: Any) -> str:
    found = _RULE.match(error["msg"])
    return (
        found["rule"].replace("greater than or equal to", "at least")
        if found
        else f"be valid ({error['msg']})"
    )
