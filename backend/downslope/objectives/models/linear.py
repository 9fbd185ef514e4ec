"""Models that are linear in their parameters: a line, a plane, a polynomial."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from downslope.objectives.models import equations
from downslope.objectives.models.dataset import Offer
from downslope.objectives.models.model import Model, Suggestion
from downslope.objectives.models.networks import layered
from downslope.objectives.models.own_data import Own
from downslope.objectives.models.parameters import Parameter, integer
from downslope.objectives.models.regression_sets import Cubic, Line, Linear, SineWave
from downslope.objectives.objective import Text
from downslope.objectives.registry import register_model


@register_model
class LinearRegression(Model):
    """One linear layer from the inputs to the target."""

    id = "linear-regression"
    title = Text(en="Linear regression", zh="线性回归")
    source = (
        "C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 3.1 (there with "
        "half the sum of the squares)"
    )
    note = Text(
        en="Standardized inputs make the bowl round, and lr 0.1 finds the line in 20 steps; with raw inputs "
        "from 100 to 300 the same lr blows up.",
        zh="输入标准化后碗是圆的，lr 取 0.1 只需 20 步就能找到直线；原始输入在 100 到 300 之间，"
        "同样的 lr 会爆炸。",
    )
    offer = Offer((Line(),), Own("regression"), is_standardized=True)
    initial = "zeros"
    suggestion = Suggestion(20, (("SGD", {"lr": 0.1}),), speed=5.0)
    is_linear = True

    def module(self) -> nn.Sequential:
        return layered(["linear"], [len(self.dataset.inputs), 1], "linear")

    def prediction_latex(self) -> tuple[str, str]:
        if len(self.dataset.inputs) == 1:
            return "a, b", r"\hat{y}_i = a x_i + b"
        return "w, b", r"\hat{y}_i = w \cdot x_i + b"

    @property
    def theta_names(self) -> tuple[str, ...]:
        if len(self.dataset.inputs) == 1:
            return ("a", "b")
        return (*(f"w{i + 1}" for i in range(self.dim - 1)), "b")

    def template(self) -> str:
        return f"{equations.target(self.dataset)} = {equations.linear(equations.inputs(self.dataset))}"


@register_model
class MiniBatchRegression(LinearRegression):
    """The same, learning from ten points at a time."""

    id = "mini-batch-regression"
    title = Text(en="Linear regression with mini-batches", zh="小批量线性回归")
    source = (
        "A. Zhang, Z. C. Lipton, M. Li, A. J. Smola, Dive into Deep Learning, Cambridge University Press, "
        "2023, section 3.5"
    )
    note = Text(
        en="A few points give a noisy gradient for a hundredth of the work: three epochs of "
        "small steps are enough.",
        zh="用少量样本就能得到带噪声的梯度，而计算量只有百分之一：三个轮次的小步就够了。",
    )
    offer = Offer((Linear(),), Own("regression"))
    initial = "normal"
    usual_batch_size = 10
    suggestion = Suggestion(300, (("SGD", {"lr": 0.03}),), speed=60.0)

    @property
    def theta_names(self) -> tuple[str, ...]:
        return (*(f"w{i + 1}" for i in range(self.dim - 1)), "b")


@register_model
class PolynomialRegression(Model):
    """One linear layer over the powers of the input."""

    id = "polynomial-regression"
    title = Text(en="Polynomial regression", zh="多项式回归")
    source = (
        "C. M. Bishop, Pattern Recognition and Machine Learning, Springer, 2006, section 1.1 (there over x "
        "from 0 to 1, here from -1 to 1)"
    )
    note = Text(
        en="With a higher degree the training loss can only fall, but past some degree the test loss rises.",
        zh="次数越高，训练损失只会下降；但超过某个次数后，测试损失反而上升。",
    )
    offer = Offer((Cubic(), SineWave()), Own("regression", max_inputs=1), test_fraction=0.3)
    initial = "zeros"
    suggestion = Suggestion(300, (("SGD", {"lr": 0.1, "momentum": 0.9}),))
    is_linear = True

    def declared(self) -> tuple[Parameter, ...]:
        return (integer("degree", 3, 1, 9, en="Degree", zh="次数", group="net"),)

    def module(self) -> nn.Sequential:
        return layered(["linear"], [self.values["degree"], 1], "linear")

    def prediction_latex(self) -> tuple[str, str]:
        degree = self.values["degree"]
        return "c", rf"\hat{{y}}_i = c_0 + \sum_{{k=1}}^{{{degree}}} c_k x_i^k"

    def features(self, x: Tensor) -> Tensor:
        return torch.cat([x**power for power in range(1, self.values["degree"] + 1)], -1)

    @property
    def theta_names(self) -> tuple[str, ...]:
        return (*(f"c{power}" for power in range(1, self.dim)), "c0")

    def template(self) -> str:
        (x,) = equations.inputs(self.dataset)
        powers = [x, *(f"{x}^{power}" for power in range(2, self.dim))]
        return f"{equations.target(self.dataset)} = {equations.linear(powers)}"

    @property
    def truth(self) -> tuple[float, ...] | None:
        made = self.dataset.generated and self.dataset.generated.truth()
        if not made or len(made) > self.dim:
            return None
        return (*made[:-1], *(0.0,) * (self.dim - len(made)), made[-1])
