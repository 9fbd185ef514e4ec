"""Two neurons that bend a line into a parabola."""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn

from downslope.objectives.models import equations, losses
from downslope.objectives.models.dataset import Offer
from downslope.objectives.models.losses import Loss
from downslope.objectives.models.model import Model, Suggestion
from downslope.objectives.models.networks import layered
from downslope.objectives.models.own_data import Own
from downslope.objectives.models.regression_sets import Parabola
from downslope.objectives.objective import Text
from downslope.objectives.registry import register_model


@register_model
class TwoNeurons(Model):
    """A hidden layer of two sigmoids, and a sum of them: seven parameters."""

    id = "two-neurons"
    title = Text(en="Two neurons", zh="两个神经元")
    source = (
        "G. Cybenko, Approximation by Superpositions of a Sigmoidal Function, Mathematics of Control, "
        "Signals and Systems 2, 1989, pp. 303-314"
    )
    note = Text(
        en="Two sigmoids, stretched, moved and added, already make a parabola; absolute errors push with the "
        "same force however small they are.",
        zh="两个 sigmoid 经过拉伸、平移和相加就能拼出抛物线；绝对误差无论多小，推力都一样大。",
    )
    offer = Offer((Parabola(),), Own("regression", max_inputs=1))
    suggestion = Suggestion(100_000, (("SGD", {"lr": 0.001}),))
    reach = 6.0

    def module(self) -> nn.Sequential:
        return layered(["hidden", "output"], [1, 2, 1], "sigmoid")

    def prediction_latex(self) -> tuple[str, str]:
        sigmoid = r"\sigma(z) = \frac{1}{1 + \exp(-z)}"
        return r"\theta", rf"\hat{{y}}_i = v \cdot \sigma(w x_i + b) + c, \quad {sigmoid}"

    def losses(self) -> Sequence[Loss]:
        return (losses.SUM_ABSOLUTE, losses.MAE, losses.MSE, losses.HUBER)

    def template(self) -> str:
        (x,) = equations.inputs(self.dataset)
        neurons = [f"{{{4 + i}}} * sigmoid({{{i}}} * {x} + {{{2 + i}}})" for i in (0, 1)]
        return f"{equations.target(self.dataset)} = {' + '.join(neurons)} + {{6}}"
