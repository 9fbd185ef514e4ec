"""Fitted equations as plain text: ``{i}`` stands for component i of theta."""

from __future__ import annotations

from collections.abc import Sequence

from downslope.objectives.models.dataset import Dataset

_NO_BRACES = str.maketrans("{}", "()")


def target(data: Dataset) -> str:
    """Return the name of what is predicted, without braces, which are for components."""
    return data.target.translate(_NO_BRACES)


def inputs(data: Dataset) -> list[str]:
    """Return each input as the module sees it: by its name, or with the numbers that standardize it."""
    names = [name.translate(_NO_BRACES) for name in data.inputs]
    if data.scale is None:
        return names
    scales = zip(names, data.scale.mean.tolist(), data.scale.std.tolist(), strict=True)
    return [
        f"(({name} {'+' if mean < 0 else '-'} {abs(mean):.6g}) / {std:.6g})" for name, mean, std in scales
    ]


def linear(terms: Sequence[str]) -> str:
    """Return the sum of the terms, each times its component, and the bias after them."""
    return " + ".join([*(f"{{{i}}} * {term}" for i, term in enumerate(terms)), f"{{{len(terms)}}}"])
