"""Models that are linear up to the probability of a class: one logistic unit, and softmax."""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn

from downslope.objectives.models import equations, losses
from downslope.objectives.models.class_sets import Blobs, Chance
from downslope.objectives.models.dataset import Offer
from downslope.objectives.models.losses import Loss
from downslope.objectives.models.model import Model, Suggestion
from downslope.objectives.models.networks import layered
from downslope.objectives.models.own_data import Own
from downslope.objectives.objective import Text
from downslope.objectives.registry import register_model


class Logistic(Model):
    """Base: one linear layer, whose output is the logit of class 1."""

    initial = "zeros"

    def module(self) -> nn.Sequential:
        return layered(["linear"], [len(self.dataset.inputs), 1], "linear")

    def prediction_latex(self) -> tuple[str, str]:
        dot = "" if len(self.dataset.inputs) == 1 else r"\cdot "
        return "w, b", rf"p_i = \frac{{1}}{{1 + \exp(-(w {dot}x_i + b))}}"

    def losses(self) -> Sequence[Loss]:
        return losses.BINARY

    def template(self) -> str:
        return f"p = 1 / (1 + exp(-({equations.linear(equations.inputs(self.dataset))})))"


@register_model
class LogisticUnit(Logistic):
    """One input, one weight, one bias."""

    id = "logistic-unit"
    title = Text(en="One logistic unit", zh="一个逻辑单元")
    source = (
        "D. R. Cox, The Regression Analysis of Binary Sequences, Journal of the Royal Statistical Society B "
        "20(2), 1958, pp. 215-242"
    )
    note = Text(
        en="With cross-entropy the loss has one valley; with the squared error of the probability it is flat "
        "wherever the unit is surely wrong.",
        zh="用交叉熵时损失只有一个谷；用概率的平方误差时，凡是单元坚定出错的地方都是平坦的。",
    )
    offer = Offer((Chance(),), Own("classification", max_inputs=1, max_classes=2))
    suggestion = Suggestion(200, (("SGD", {"lr": 1.0}),))
    reach = 6.0

    @property
    def theta_names(self) -> tuple[str, ...]:
        return ("w", "b")


@register_model
class LogisticRegression(Logistic):
    """Two classes on both sides of a line."""

    id = "logistic-regression"
    title = Text(en="Logistic regression", zh="逻辑回归")
    source = "C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 4.3.2"
    note = Text(
        en="The line soon lies between the classes; afterwards the weights only grow, to be more sure of it.",
        zh="分界线很快就落在两类之间；之后权重只是继续变大，让预测更有把握。",
    )
    offer = Offer((Blobs(2),), Own("classification", max_classes=2))
    suggestion = Suggestion(200, (("SGD", {"lr": 0.5}),))
    reach = 5.0

    @property
    def theta_names(self) -> tuple[str, ...]:
        return (*(f"w{i + 1}" for i in range(self.dim - 1)), "b")


@register_model
class SoftmaxRegression(Model):
    """As many linear outputs as classes; the probabilities are their softmax."""

    id = "softmax-regression"
    title = Text(en="Softmax regression", zh="softmax 回归")
    source = "C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 4.3.4"
    note = Text(
        en="Adding the same vector to the weights of every class changes nothing, so the valley has a flat "
        "floor.",
        zh="给每个类别的权重加上同一个向量什么也不会改变，所以谷底是平的。",
    )
    offer = Offer((Blobs(3),), Own("classification"))
    initial = "normal"
    suggestion = Suggestion(200, (("SGD", {"lr": 0.5}),))

    def prediction_latex(self) -> tuple[str, str]:
        if self.num_outputs == 1:
            return "w, b", r"p_i = \operatorname{sigmoid}(w \cdot x_i + b)"
        return "W, b", r"p_i = \operatorname{softmax}(W x_i + b)"

    def module(self) -> nn.Sequential:
        return layered(["linear"], [len(self.dataset.inputs), self.num_outputs], "linear")

    @property
    def num_outputs(self) -> int:
        assert self.dataset.classes is not None
        return len(self.dataset.classes)

    @property
    def theta_names(self) -> tuple[str, ...]:
        return tuple(name.removeprefix("linear.") for name in self.network.names())

    def losses(self) -> Sequence[Loss]:
        return losses.CLASSES
