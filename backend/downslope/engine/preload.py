"""What every worker needs before its first step; a forkserver imports this once for all of them."""

from __future__ import annotations

import torch

torch.set_num_threads(1)


def _build_one_optimizer() -> None:
    """Make torch import what it defers to the first optimizer and its first step.

    No ``backward()`` here: a process must not fork after autograd has started threads.
    """
    theta = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    theta.grad = torch.zeros_like(theta)
    for cls in (torch.optim.SGD, torch.optim.Adam):
        cls([theta], lr=0.1).step()


_build_one_optimizer()
