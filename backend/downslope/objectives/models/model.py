"""What a model is as an objective: data, a `torch.nn` module and a loss."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import torch
from torch import Tensor, nn

from downslope.errors import InvalidValueError, UnknownNameError
from downslope.objectives.models import dataset, description, initialization, losses
from downslope.objectives.models.batches import Batches, Fresh, Shuffled
from downslope.objectives.models.dataset import Offer
from downslope.objectives.models.least_squares import box, minimum_of
from downslope.objectives.models.losses import Loss
from downslope.objectives.models.networks import Network, Regularization
from downslope.objectives.models.parameters import Parameter, values_of
from downslope.objectives.models.picture import Picture
from downslope.objectives.models.sets import Points
from downslope.objectives.objective import Domain, Minimum, Objective, Point, Text
from downslope.recipe import ModelObjective

STANDARDIZE = Parameter(
    "standardize", "boolean", Text(en="Standardize the inputs", zh="标准化输入"), False, group="data"
)
# Layers that bend at kinks alone, or not at all.
_PIECEWISE_LINEAR = (nn.Linear, nn.ReLU, nn.Identity)


@dataclass(frozen=True)
class Suggestion:
    """The run that a tutorial makes: optimizers with their hyperparameters, and steps."""

    steps: int
    descents: tuple[tuple[str, dict[str, float]], ...]
    speed: float | None = None

    def describe(self) -> dict[str, Any]:
        """Return it as a recipe has it."""
        descents = [{"optimizer": id, "hyperparameters": dict(values)} for id, values in self.descents]
        return {"steps": self.steps, "speed": self.speed, "descents": descents}


class ModelTraining:
    """A model as one descent walks it: the module, its parameters, and the loss of each step's batch."""

    def __init__(self, model: Model, theta: Tensor, seed: int) -> None:
        self.module = model.network.module_at(theta)
        self.leaves: list[Tensor] = list(self.module.parameters())
        self._weights = [leaf for leaf in self.leaves if leaf.dim() == 2]
        self._model = model
        self._seed = seed
        self._train = model.points("train", theta)
        self._kept = [model.points(name.removesuffix("_loss"), theta) for name in model.extra_columns]

    def loss(self, step: int) -> Tensor:
        """Return the loss of the step's batch, penalty included."""
        batches = self._model.batches
        return self._of(self._train if batches is None else batches.at(self._train, self._seed, step))

    def extras(self) -> list[float]:
        """Return the loss over all points to learn from, and over those held back, where they are columns."""
        with torch.no_grad():
            return [self._of(points).item() for points in self._kept]

    def _of(self, points: Points) -> Tensor:
        loss = self._model.criterion.of_points(self.module(points.x), points.y)
        penalty = self._model.network.penalty(self._weights)
        return loss if penalty is None else loss + penalty


class Model(Objective):
    """Base of the models. A subclass says which data, losses and parameters it takes, and builds the module.

    Args:
        ref: of a recipe.
        parameter: path of `ref`, which errors name.

    Raises:
        UserError: data, a loss or parameters that this model does not take; the error names the field.

    Attributes:
        offer: which data it can be given.
        initial: how it is drawn where a recipe says nothing, see `initialization`.
        usual_batch_size: points in a mini-batch where a recipe says nothing; None for all.
        suggestion: the run that its tutorial makes.
        reach: the picture shows each component of theta from -reach to reach, unless the best is known.
        is_linear: the outputs are linear in theta.
    """

    kind = "model"
    offer: ClassVar[Offer]
    initial: ClassVar[str] = "default"
    usual_batch_size: ClassVar[int | None] = None
    suggestion: ClassVar[Suggestion]
    reach: ClassVar[float] = 3.0
    is_linear: ClassVar[bool] = False

    def __init__(self, ref: ModelObjective, parameter: str = "objective") -> None:
        path = f"{parameter}.parameters"
        asked = ref.parameters.get("standardize")
        is_standardized = None if asked is None else STANDARDIZE.check(asked, f"{path}.standardize")
        self.dataset = dataset.build(ref.data, self.offer, is_standardized, f"{parameter}.data")
        self.parameters = (*self.declared(), initialization.parameter(self.initial), *self._standardize())
        self.values = values_of(self.parameters, ref.parameters, self.id, path)
        self.criterion = self._criterion(ref.loss, f"{parameter}.loss")
        self.network = Network(self.module(), *self.regularization())
        arguments, prediction = self.prediction_latex()
        loss = self.criterion.formula + self.network.penalty_latex
        self.latex = rf"L({arguments}) = {loss}, \quad {prediction}"
        self.batch_size = self._batch_size(ref.batch_size, f"{parameter}.batch_size")
        self.batches = None if self.batch_size is None else Batches(self._source(self.batch_size))
        has_test = self.dataset.test is not None
        columns = {"train_loss": self.batches is not None, "test_loss": has_test}
        self.extra_columns = tuple(name for name, is_there in columns.items() if is_there)
        self._prepared: dict[tuple[object, ...], Points] = {}
        self._minima = minimum_of(self) if self.is_linear else ()
        self._picture = Picture(self)

    @classmethod
    def build(cls, ref: ModelObjective, parameter: str) -> Self:
        """Build the model of a recipe; `parameter` is its path, which errors name."""
        return cls(ref, parameter)

    @abstractmethod
    def module(self) -> nn.Sequential:
        """Return the architecture, on the device meta."""

    @abstractmethod
    def prediction_latex(self) -> tuple[str, str]:
        """Return theta, and what is predicted for point i with the data and parameters that it has."""

    def declared(self) -> tuple[Parameter, ...]:
        """Return its parameters, beside those of every model."""
        return ()

    def features(self, x: Tensor) -> Tensor:
        """Return what the module is given, shape (points, features), for inputs of shape (points, inputs)."""
        return x

    def losses(self) -> Sequence[Loss]:
        """Return the losses that fit, its own first."""
        return losses.REGRESSION

    def regularization(self) -> tuple[Regularization, float]:
        """Return the penalty on the weights, and its rate."""
        return "none", 0.0

    def template(self) -> str | None:
        """Return the fitted equation, ``{i}`` for component i of theta; None where it would be too long."""
        return None

    @property
    def truth(self) -> Point | None:
        """The parameters with which the data were made, where this model has them."""
        made = self.dataset.generated and self.dataset.generated.truth()
        return made if made and len(made) == self.dim else None

    @property
    def dim(self) -> int:
        return self.network.dim

    @property
    def cost(self) -> int:
        widest = max(shape[0] for shape in self.network.shapes.values())
        return max(self.dim, widest * len(self.dataset.train))

    @property
    def has_curvature(self) -> bool:
        """False where neither the loss nor a layer is curved: it bends where errors or inputs of ReLU are 0.

        A penalty does not count: it says nothing of the data.
        """
        return not self.criterion.is_piecewise_linear or any(
            not isinstance(layer, _PIECEWISE_LINEAR) for layer in self.module()
        )

    @property
    def num_outputs(self) -> int:
        """The outputs of the module: one, or one for each class where there are more than two."""
        classes = self.dataset.classes
        return 1 if classes is None or len(classes) == 2 else len(classes)

    @property
    def theta_names(self) -> tuple[str, ...]:
        return self.network.names()

    @property
    def minima(self) -> tuple[Minimum, ...]:
        return self._minima

    @property
    def domain(self) -> Domain:
        """A box around zero and the best, where that is known; else around zero."""
        if not self._minima:
            return ((-self.reach, self.reach),) * self.dim
        return box(self, self._minima[0].theta)

    def loss(self, theta: Tensor) -> Tensor:
        """Return the loss over all points to learn from, penalty included; see `Objective.loss`.

        A theta gives the same alone, in a batch and in its training but for rounding.
        """
        points = self.points("train", theta)
        many = theta.reshape(-1, self.dim)
        found = self.network.loss(many, points.x.mT, lambda outs: self.criterion.of_thetas(outs, points.y))
        return found.reshape(theta.shape[:-1])

    def start(self, generator: torch.Generator) -> Point:
        """Draw the parameters as the initialization says."""
        theta = torch.empty(self.dim, dtype=torch.float64)
        initialization.draw(self.network.module_at(theta), self.values["initialization"], generator)
        return tuple(theta.tolist())

    def training(self, theta: Tensor, seed: int) -> ModelTraining:
        return ModelTraining(self, theta, seed)

    def data(self) -> dict[str, Any]:
        return self._picture.data()

    def fit(self, theta: Tensor) -> dict[str, Any]:
        return self._picture.fit(theta)

    def describe(self) -> dict[str, Any]:
        return description.describe(self)

    def prepared(self, x: Tensor) -> Tensor:
        """Return the features of inputs as they are shown, shape (points, inputs)."""
        scale = self.dataset.scale
        return self.features(x if scale is None else scale.apply(x))

    def points(self, part: str, like: Tensor) -> Points:
        """Return features and targets of ``train`` or ``test`` in the dtype and on the device of `like`.

        Targets are as losses take them: shape (points, 1), or of more classes than two, (points,) whole.
        """
        key = (part, like.dtype, like.device)
        if key not in self._prepared:
            points = self._prepare(
                self.dataset.test if part == "test" and self.dataset.test else self.dataset.train
            )
            y = points.y.to(like.device, like.dtype if points.y.is_floating_point() else None)
            self._prepared[key] = Points(points.x.to(like), y)
        return self._prepared[key]

    def _prepare(self, points: Points) -> Points:
        y = points.y.long() if self.num_outputs > 1 else points.y[:, None]
        return Points(self.prepared(points.x), y)

    def _standardize(self) -> tuple[Parameter, ...]:
        if self.dataset.fresh is not None:
            return ()
        is_own = self.dataset.generated is None
        return (replace(STANDARDIZE, default=is_own or self.offer.is_standardized),)

    def _criterion(self, id: str | None, parameter: str) -> Loss:
        fitting = {loss.id: loss for loss in self.losses()}
        if id is None:
            return self.losses()[0]
        if id not in fitting:
            raise UnknownNameError.of("loss", id, list(fitting), parameter)
        return fitting[id]

    @property
    def max_batch_size(self) -> int:
        """The points that a step may see."""
        fresh = self.dataset.fresh
        return len(self.dataset.train) if fresh is None else fresh.max_batch_size

    def _batch_size(self, asked: int | None, parameter: str) -> int | None:
        """Return how many points a step sees; None for all there are."""
        most = self.max_batch_size
        if asked is not None and asked > most:
            detail = f"batch_size must be from 1 to {most} but is {asked}; leave it out or try {most}"
            raise InvalidValueError(detail, parameter=parameter, allowed=f"1 to {most}")
        size = self.usual_batch_size if asked is None else asked
        if self.dataset.fresh is not None:
            return size or most
        return None if size is None or size >= most else size

    def _source(self, size: int) -> Shuffled | Fresh:
        fresh, values = self.dataset.fresh, self.dataset.values
        if fresh is None:
            return Shuffled(len(self.dataset.train), size)
        return Fresh(size, lambda count, generator: self._prepare(fresh.sample(count, values, generator)))
