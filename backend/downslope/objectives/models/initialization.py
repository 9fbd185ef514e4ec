"""How the parameters of a module are drawn before the first step, all of it from one generator."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn

from downslope.objectives.models.parameters import Choice, Parameter
from downslope.objectives.objective import Text

NORMAL_STD = 0.01
Draw = Callable[[nn.Linear, torch.Generator], None]


def _weights(draw: Callable[[Tensor, torch.Generator], object]) -> Draw:
    """Return a drawing that draws the weights and sets the biases to zero."""

    def both(layer: nn.Linear, generator: torch.Generator) -> None:
        draw(layer.weight, generator)
        nn.init.zeros_(layer.bias)

    return both


def _default(layer: nn.Linear, generator: torch.Generator) -> None:
    """Draw what `nn.Linear` does when it is built: all within 1 / sqrt(inputs) of zero."""
    nn.init.kaiming_uniform_(layer.weight, a=math.sqrt(5), generator=generator)
    bound = 1 / math.sqrt(layer.in_features)
    nn.init.uniform_(layer.bias, -bound, bound, generator=generator)


_DRAWS: dict[str, tuple[Text, Draw]] = {
    "default": (Text(en="Default of nn.Linear", zh="nn.Linear 的默认值"), _default),
    "zeros": (Text(en="Zeros", zh="全零"), _weights(lambda weight, _: nn.init.zeros_(weight))),
    "normal": (
        Text(en="Normal, 0.01 wide, biases 0", zh="正态，标准差 0.01，偏置为 0"),
        _weights(lambda weight, generator: nn.init.normal_(weight, std=NORMAL_STD, generator=generator)),
    ),
    "xavier_uniform": (
        Text(en="Xavier uniform, biases 0", zh="Xavier 均匀，偏置为 0"),
        _weights(lambda weight, generator: nn.init.xavier_uniform_(weight, generator=generator)),
    ),
    "kaiming_normal": (
        Text(en="Kaiming normal, biases 0", zh="Kaiming 正态，偏置为 0"),
        _weights(lambda weight, generator: nn.init.kaiming_normal_(weight, generator=generator)),
    ),
}


def parameter(default: str) -> Parameter:
    """Declare the choice of the initialization."""
    return Parameter(
        "initialization",
        "choice",
        Text(en="Initialization", zh="初始化"),
        default,
        choices=tuple(Choice(id, title) for id, (title, _) in _DRAWS.items()),
        group="start",
    )


def draw(module: nn.Module, id: str, generator: torch.Generator) -> None:
    """Draw the weights and biases of every linear layer of `module`, the first layer first."""
    with torch.no_grad():
        for layer in module.modules():
            if isinstance(layer, nn.Linear):
                _DRAWS[id][1](layer, generator)
