"""Networks with hidden layers of chosen sizes, for regression and classification."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from downslope.objectives.models import losses
from downslope.objectives.models.class_sets import Blobs, Circles, Moons, Spiral, Xor
from downslope.objectives.models.dataset import Offer
from downslope.objectives.models.losses import Loss
from downslope.objectives.models.model import Model, Suggestion
from downslope.objectives.models.networks import ACTIVATION_CHOICES, Regularization, layered
from downslope.objectives.models.own_data import Own
from downslope.objectives.models.parameters import Choice, Parameter, number
from downslope.objectives.models.regression_sets import FreshSine, Parabola, Sine, SineWave, Wave
from downslope.objectives.objective import Text
from downslope.objectives.registry import register_model

FEATURES: dict[str, tuple[str, Callable[[Tensor, Tensor], Tensor]]] = {
    "x1": ("x1", lambda x1, x2: x1),
    "x2": ("x2", lambda x1, x2: x2),
    "x1^2": ("x1²", lambda x1, x2: x1 * x1),
    "x2^2": ("x2²", lambda x1, x2: x2 * x2),
    "x1*x2": ("x1·x2", lambda x1, x2: x1 * x2),
    "sin(x1)": ("sin x1", lambda x1, x2: x1.sin()),
    "sin(x2)": ("sin x2", lambda x1, x2: x2.sin()),
}


def _hidden(default: tuple[int, ...]) -> Parameter:
    title = Text(en="Hidden layers", zh="隐藏层")
    return Parameter("hidden", "sizes", title, default, 1, 64, max_length=4, group="net")


def _activation(default: str) -> Parameter:
    title = Text(en="Activation", zh="激活函数")
    return Parameter("activation", "choice", title, default, choices=ACTIVATION_CHOICES, group="net")


_PENALTIES = (
    Choice("none", Text(en="None", zh="无")),
    Choice("l1", Text(en="L1", zh="L1")),
    Choice("l2", Text(en="L2", zh="L2")),
)
_REGULARIZATION = (
    Parameter(
        "regularization",
        "choice",
        Text(en="Regularization", zh="正则化"),
        "none",
        choices=_PENALTIES,
        group="regularization",
    ),
    number(
        "regularization_rate",
        *(0.001, 1e-6, 10),
        en="Regularization rate",
        zh="正则化强度",
        scale="log",
        group="regularization",
        when={"regularization": ("l1", "l2")},
    ),
)


def _nested(num_hidden: int, most: int) -> str:
    """Return the outputs of layers one within the other; of more hidden ones than `most`, the ends."""
    last = num_hidden + 1
    if num_hidden > most:
        return rf"W_{last} \, \sigma( \cdots \sigma(W_1 x_i + b_1) \cdots ) + b_{last}"
    inner = "W_1 x_i + b_1"
    for layer in range(2, last + 1):
        inner = rf"W_{layer} \, \sigma({inner}) + b_{layer}"
    return inner


class Perceptron(Model):
    """Linear layers with an activation after each but the last."""

    def module(self) -> nn.Sequential:
        sizes = [self.num_features, *self.values["hidden"], self.num_outputs]
        names = [f"fc{i + 1}" for i in range(len(sizes) - 1)]
        return layered(names, sizes, self.values["activation"])

    def prediction_latex(self) -> tuple[str, str]:
        num_hidden = len(self.values["hidden"])
        if self.dataset.classes is None:
            return r"\theta", rf"\hat{{y}}_i = {_nested(num_hidden, 2)}"
        outputs = _nested(num_hidden, 1)
        return (
            r"\theta",
            rf"p_i = \operatorname{{{'sigmoid' if self.num_outputs == 1 else 'softmax'}}}({outputs})",
        )

    @property
    def num_features(self) -> int:
        """What the first layer is given."""
        return len(self.dataset.inputs)

    def regularization(self) -> tuple[Regularization, float]:
        return self.values["regularization"], self.values["regularization_rate"]


@register_model
class MLPRegression(Perceptron):
    """Fits a curve to points, each of which it sees once."""

    id = "mlp-regression"
    title = Text(en="MLP regression", zh="多层感知机回归")
    source = (
        "D. E. Rumelhart, G. E. Hinton, R. J. Williams, Learning Representations by Back-Propagating Errors, "
        "Nature 323, 1986, pp. 533-536 (with ReLU and the absolute error)"
    )
    note = Text(
        en="Sixteen fresh points a step make the loss jitter, yet the curve settles on the sine: the noise "
        "averages out.",
        zh="每步只看十六个新点，损失上下抖动，曲线却逐渐贴近正弦：噪声会相互抵消。",
    )
    offer = Offer((FreshSine(), Sine(), SineWave(), Parabola(), Wave()), Own("regression"))
    usual_batch_size = 16
    suggestion = Suggestion(10_000, (("SGD", {"lr": 1e-3}),))

    def declared(self) -> tuple[Parameter, ...]:
        return (_hidden((16, 32)), _activation("relu"), *_REGULARIZATION)

    def losses(self) -> Sequence[Loss]:
        return (losses.MAE, losses.MSE, losses.HUBER, losses.SUM_ABSOLUTE)


@register_model
class MLPClassifier(Perceptron):
    """Separates classes by a curved boundary."""

    id = "mlp-classifier"
    title = Text(en="MLP classifier", zh="多层感知机分类器")
    source = (
        "D. Smilkov, S. Carter, D. Sculley, F. B. Viegas, M. Wattenberg, Direct-Manipulation Visualization "
        "of Deep Networks, 2017, arXiv:1708.03788 (with cross-entropy and sets of its own)"
    )
    note = Text(
        en="Without a hidden layer the boundary is straight; each hidden neuron adds a bend, and too many "
        "learn the noise.",
        zh="没有隐藏层时边界是直线；每个隐藏神经元增加一个弯折，太多就会学到噪声。",
    )
    offer = Offer(
        (Moons(), Circles(), Blobs(2, is_variable=True), Xor(), Spiral()),
        Own("classification"),
        test_fraction=0.3,
    )
    usual_batch_size = 20
    suggestion = Suggestion(2000, (("SGD", {"lr": 0.1}),))

    def declared(self) -> tuple[Parameter, ...]:
        return (_hidden((8, 8)), _activation("tanh"), *self._features(), *_REGULARIZATION)

    def losses(self) -> Sequence[Loss]:
        return losses.BINARY if self.num_outputs == 1 else losses.CLASSES

    @property
    def num_features(self) -> int:
        return len(self.values["features"]) if "features" in self.values else len(self.dataset.inputs)

    def features(self, x: Tensor) -> Tensor:
        if "features" not in self.values:
            return x
        return torch.stack([FEATURES[name][1](*x.unbind(-1)) for name in self.values["features"]], -1)

    def _features(self) -> tuple[Parameter, ...]:
        """Declare the choice of features, which are functions of two inputs."""
        if len(self.dataset.inputs) != 2:
            return ()
        choices = tuple(Choice(id, Text(en=title, zh=title)) for id, (title, _) in FEATURES.items())
        title = Text(en="Features", zh="特征")
        return (Parameter("features", "choices", title, ("x1", "x2"), choices=choices, group="net"),)
