"""Networks: a plain `torch.nn` module with its parameters in a flat theta, and many thetas at once."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import torch
from torch import Tensor, nn

from downslope.objectives.models.parameters import Choice
from downslope.objectives.objective import Text

Regularization = Literal["none", "l1", "l2"]

# Numbers of a layer's output computed at once: 1 MiB of float64, so that they stay in the cache.
CHUNK_NUMBERS = 131_072

ACTIVATIONS: dict[str, tuple[Text, Callable[[], nn.Module]]] = {
    "relu": (Text(en="ReLU", zh="ReLU"), nn.ReLU),
    "tanh": (Text(en="tanh", zh="tanh"), nn.Tanh),
    "sigmoid": (Text(en="Sigmoid", zh="Sigmoid"), nn.Sigmoid),
    "gelu": (Text(en="GELU", zh="GELU"), nn.GELU),
    "linear": (Text(en="None (linear)", zh="无（线性）"), nn.Identity),
}
ACTIVATION_CHOICES = tuple(Choice(id, title) for id, (title, _) in ACTIVATIONS.items())
_IN_PLACE: dict[type[nn.Module], Callable[[Tensor], Tensor]] = {
    nn.ReLU: torch.relu_,
    nn.Tanh: torch.tanh_,
    nn.Sigmoid: torch.sigmoid_,
}


def layered(names: Sequence[str], sizes: Sequence[int], activation: str) -> nn.Sequential:
    """Return linear layers of these names from size to size, with the activation between them; no memory."""
    net = nn.Sequential()
    for i, name in enumerate(names):
        if i:
            net.add_module(f"activation{i}", ACTIVATIONS[activation][1]())
        net.add_module(name, nn.Linear(sizes[i], sizes[i + 1], device="meta"))
    return net


class Network:
    """A sequence of linear layers and activations, as a function of all its parameters in one vector.

    Args:
        module: its architecture, whose own parameters are never used.
        regularization: which penalty on the weights (never the biases) is added to the loss.
        rate: of the penalty: `rate` times the sum of |w| for ``l1``, of w^2 / 2 for ``l2``.
    """

    def __init__(self, module: nn.Sequential, regularization: Regularization, rate: float) -> None:
        self._module = module
        self._after_first = list(module)[1:]
        self._regularization = regularization
        self._rate = rate
        self.shapes = {name: parameter.shape for name, parameter in module.named_parameters()}
        self._sizes = [shape.numel() for shape in self.shapes.values()]
        self.dim = sum(self._sizes)
        linear = [layer for layer in module if isinstance(layer, nn.Linear)]
        self._width = max(layer.out_features for layer in linear)
        self._num_outputs = linear[-1].out_features

    def names(self) -> tuple[str, ...]:
        """Return the name of each component of theta, such as ``hidden.weight[0][1]``."""
        return tuple(
            name + "".join(f"[{i}]" for i in place)
            for name, shape in self.shapes.items()
            for place in torch.cartesian_prod(*map(torch.arange, shape)).reshape(-1, len(shape)).tolist()
        )

    def module_at(self, theta: Tensor) -> nn.Sequential:
        """Return the module with theta, shape (dim,), as its parameters: each is a view of its memory."""
        module = copy.deepcopy(self._module)
        parts = torch.split(theta.detach(), self._sizes)
        for (name, shape), part in zip(self.shapes.items(), parts, strict=True):
            owner, _, attribute = name.rpartition(".")
            setattr(module.get_submodule(owner), attribute, nn.Parameter(part.view(shape)))
        return module

    @property
    def penalty_latex(self) -> str:
        """The penalty as what is added to the loss; empty where there is none."""
        return {
            "none": "",
            "l1": r" + \lambda \sum_{j} |w_j|",
            "l2": r" + \frac{\lambda}{2} \sum_{j} w_j^2",
        }[self._regularization]

    def penalty(self, weights: Sequence[Tensor]) -> Tensor | None:
        """Return the penalty on weights of shape (..., out, in), one for each layer; its shape is (...)."""
        if self._regularization == "none":
            return None
        if self._regularization == "l1":
            return self._rate * torch.stack([weight.abs().sum((-2, -1)) for weight in weights]).sum(0)
        return (0.5 * self._rate) * torch.stack([(weight * weight).sum((-2, -1)) for weight in weights]).sum(
            0
        )

    def outputs(self, theta: Tensor, features: Tensor) -> Tensor:
        """Return what the modules of many thetas give, all of them for the same points.

        Args:
            theta: shape (thetas, dim).
            features: shape (inputs, points).

        Returns:
            Shape (thetas, outputs, points).
        """
        return self._outputs(theta, _with_ones(features))

    def loss(self, theta: Tensor, features: Tensor, loss: Callable[[Tensor], Tensor]) -> Tensor:
        """Return the loss of many thetas, penalty included, in chunks whose layers stay in the cache.

        Args:
            theta: shape (thetas, dim).
            features: shape (inputs, points).
            loss: of outputs, shape (thetas, outputs, points), to shape (thetas,).
        """
        inputs = _with_ones(features)
        parts = [
            loss(self._outputs(part, inputs)) for part in torch.split(theta, _size(self._num_outputs, inputs))
        ]
        total = parts[0] if len(parts) == 1 else torch.cat(parts)
        if self._regularization == "none":
            return total
        penalty = self.penalty([weight for weight, _ in self._layers(theta)])
        assert penalty is not None
        return total + penalty

    def _outputs(self, theta: Tensor, inputs: Tensor) -> Tensor:
        """Return the outputs for inputs whose last row is ones, a chunk of thetas at a time.

        The ones spare the first layer, whose product is small, the adding of its bias.
        """
        first, *rest = ((weight, bias.unsqueeze(-1)) for weight, bias in self._layers(theta))
        size = _size(self._width, inputs)
        cut = [zip(torch.split(weight, size), torch.split(bias, size), strict=True) for weight, bias in rest]
        chunks = zip(torch.split(torch.cat(first, -1), size), *cut, strict=True)
        parts = [self._values(inputs, *layers) for layers in chunks]
        return parts[0] if len(parts) == 1 else torch.cat(parts)

    def _values(self, inputs: Tensor, first: Tensor, *rest: tuple[Tensor, Tensor]) -> Tensor:
        """Return the outputs of one chunk.

        Points lie along the last axis, so that a layer is one product of small matrices by long rows: several
        times as fast as `torch.func.vmap` of the module.
        """
        values = torch.mm(first.flatten(0, 1), inputs).view(*first.shape[:2], -1)
        layers = iter(rest)
        for layer in self._after_first:
            if isinstance(layer, nn.Linear):
                weight, bias = next(layers)
                values = torch.bmm(weight, values).add_(bias)
            else:
                values = _IN_PLACE.get(type(layer), layer)(values)
        return values

    def _layers(self, theta: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
        """Give weight, shape (thetas, out, in), and bias, shape (thetas, out), of each layer."""
        parts = iter(torch.split(theta, self._sizes, -1))
        shapes = iter(self.shapes.values())
        for part in parts:
            yield part.reshape(*part.shape[:-1], *next(shapes)), next(parts)
            next(shapes)


def _with_ones(features: Tensor) -> Tensor:
    return torch.cat([features, torch.ones_like(features[:1])])


def _size(width: int, inputs: Tensor) -> int:
    """Return of how many thetas a layer of this width holds CHUNK_NUMBERS numbers; at least 1."""
    return max(1, CHUNK_NUMBERS // (width * inputs.shape[-1]))
