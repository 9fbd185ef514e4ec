"""What an optimizer calls to evaluate the objective."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor


class Closure:
    """A closure as ``torch.optim`` takes it, from which second derivatives can be had too.

    Args:
        evaluate: sets the gradients anew and returns the loss.
        loss: returns the loss at the parameters as they are, with its graph, and leaves the gradients alone.
    """

    def __init__(self, evaluate: Callable[[], Tensor], loss: Callable[[], Tensor]) -> None:
        self._evaluate = evaluate
        self.loss = loss

    def __call__(self) -> Tensor:
        return self._evaluate()
