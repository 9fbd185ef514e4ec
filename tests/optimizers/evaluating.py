"""Closures over autograd for the optimizers that evaluate the objective themselves."""

from __future__ import annotations

import torch

from downslope.optimizers import Closure


class Counted:
    """A loss of tensors; counts how often it and its gradient were evaluated."""

    def __init__(self, loss, params):
        self.loss, self.params = loss, params
        self.num_gradients = self.num_losses = 0

    def evaluate(self):
        self.num_gradients += 1
        for p in self.params:
            p.grad = None
        loss = self.loss(*self.params)
        loss.backward()
        return loss

    def graph(self):
        self.num_losses += 1
        return self.loss(*self.params)

    def step(self, optimizer, count=1):
        for _ in range(count):
            optimizer.step(Closure(self.evaluate, self.graph))


def tensors(*starts):
    return [torch.tensor(start, dtype=torch.float64, requires_grad=True) for start in starts]
