"""Do with each hostile rule what a worker does, and print what came of it. Run as a process of its own."""

import json
import sys

import rules_hostile
import torch

from downslope import optimizers
from downslope.errors import FormulaError
from downslope.optimizers import rules


def outcome(text):
    """Return ``read`` or ``refused``, or what should not have been."""
    theta = torch.tensor([0.5, 0.0, -2.0], dtype=torch.float64, requires_grad=True)
    try:
        rules.describe(text)
        optimizer = optimizers.create("Rule", [theta], {}, maximize=False, parameter="h", rule=text)
        for _ in range(3):
            theta.grad = torch.tensor([1.0, 0.0, -3.0], dtype=torch.float64)
            optimizer.step(lambda: torch.tensor(1.5, dtype=torch.float64))
        optimizers.restore(optimizer, optimizers.capture(optimizer))
    except FormulaError as error:
        is_told = error.column and len(error.detail) < 1000 and error.detail.isprintable()
        return "refused" if is_told else f"told at {error.column} as {error.detail!a}"
    except BaseException as error:
        return repr(error)[:200]
    return "read"


if __name__ == "__main__":
    json.dump([outcome(text) for text in getattr(rules_hostile, sys.argv[1])], sys.stdout)
