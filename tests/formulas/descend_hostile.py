"""Do with each hostile input what a worker does, and print what came of it. Run as a process of its own."""

import json
import sys

import hostile
import torch

from downslope.analysis import surfaces
from downslope.errors import UserError
from downslope.objectives.formulas.formula import Formula


def outcome(expression):
    """Return ``read`` or ``refused``, or the exception that should not have been."""
    try:
        formula = Formula(expression)
        formula.typeset()
        plane = {"axes": [0], "anchor": [0.0] * formula.dim}
        surfaces.compute(formula, plane=plane, resolution=9, gradient_resolution=5)
        theta = torch.zeros(formula.dim, dtype=torch.float64, requires_grad=True)
        formula.loss(theta).backward()
    except UserError as error:
        detail = error.to_dict()["detail"]
        is_told = len(detail) < 1000 and detail.isprintable()
        return "refused" if is_told else f"told as {detail!a}"
    except BaseException as error:
        return repr(error)[:200]
    return "read"


if __name__ == "__main__":
    json.dump([outcome(expression) for expression in getattr(hostile, sys.argv[1])], sys.stdout)
