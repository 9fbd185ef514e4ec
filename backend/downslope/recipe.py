"""The recipe: everything that determines a run, as data. No torch, no clock, no defaults of optimizers.

Same recipe, same torch, same machine: same bits. What a recipe means (whether an objective exists, what
dimension it has, whether an optimizer takes a hyperparameter) is judged where the run is built; here only
the shape is.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Number = Annotated[float, Field(allow_inf_nan=False, strict=True)]
Count = Annotated[int, Field(gt=-(2**63), lt=2**63, strict=True)]  # 64 bits; greater ones are read as floats
Range = tuple[Number, Number]
# What a hyperparameter may be on the wire: a number, a switch, a choice, none, or a pair of numbers.
HyperparameterValue = (
    StrictBool | Count | Number | Annotated[str, Field(max_length=80)] | list[Number | None] | None
)
Hyperparameters = Annotated[dict[Name, HyperparameterValue], Field(max_length=32)]


class Part(BaseModel):
    """Base of all parts: immutable, and unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FunctionObjective(Part):
    """A closed form of the catalogue (``GET /api/objectives``)."""

    kind: Literal["function"]
    id: Name
    parameters: Annotated[dict[Name, Number], Field(max_length=16)] = {}


class FormulaObjective(Part):
    """A formula typed by a user."""

    kind: Literal["formula"]
    expression: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    variables: Annotated[list[Name], Field(max_length=8)] | None = None
    constants: Annotated[dict[Name, Number], Field(max_length=16)] = {}
    domain: Annotated[list[Range], Field(max_length=8)] | None = None


# What stands in a table: a number, the label of a class, or nothing.
Cell = Count | Number | Annotated[str, StringConstraints(max_length=200)] | None
# What shapes a model: a number, a switch, a choice, or a list of sizes or of choices.
ModelValue = (
    StrictBool
    | Count
    | Number
    | Annotated[str, StringConstraints(max_length=80)]
    | Annotated[list[Count | Annotated[str, StringConstraints(max_length=80)]], Field(max_length=32)]
)


class Data(Part):
    """What a model is fitted to: a generated set, a table that was uploaded, or rows written out here.

    At most one of `set`, `table` and `rows` is given; left out: the model's own set.
    """

    set: Name | None = Field(default=None, description="a generated set, by its id")
    parameters: Annotated[dict[Name, Number], Field(max_length=16)] = Field(
        default={}, description="of the generated set, such as num_points and noise"
    )
    seed: Annotated[int, Field(ge=0, lt=2**63, strict=True)] = Field(
        default=0, description="draws the set and the split; the recipe's seed draws everything else"
    )
    table: Name | None = Field(default=None, description="the id that ``POST /api/tables`` gave")
    columns: Annotated[list[Name], Field(max_length=9)] | None = Field(
        default=None, description="names of the columns of `rows`"
    )
    rows: Annotated[list[list[Cell]], Field(max_length=10_000)] | None = None
    inputs: Annotated[list[Name], Field(max_length=8)] | None = Field(
        default=None, description="columns that the model is given; left out: all but the target"
    )
    target: Name | None = Field(default=None, description="column to predict; left out: the last")
    test_fraction: Annotated[float, Field(ge=0, le=0.9, allow_inf_nan=False, strict=True)] | None = Field(
        default=None, description="share of the points that is held back for the test loss"
    )


class ModelObjective(Part):
    """Data, a ``torch.nn`` module and a loss."""

    kind: Literal["model"]
    id: Name
    data: Data = Data()
    loss: Name | None = Field(default=None, description="left out: the model's own")
    batch_size: Annotated[int, Field(ge=1, strict=True)] | None = Field(
        default=None, description="points in a mini-batch; left out: the model's own"
    )
    parameters: Annotated[dict[Name, ModelValue], Field(max_length=16)] = {}


ObjectiveRef = Annotated[FunctionObjective | FormulaObjective | ModelObjective, Field(discriminator="kind")]


class Scheduler(Part):
    """A schedule of ``torch.optim.lr_scheduler``, stepped once after every optimizer step."""

    id: Name
    hyperparameters: Hyperparameters = {}


class Descent(Part):
    """One optimizer with its hyperparameters and schedule; what is left out takes the catalogue's default."""

    label: Annotated[str, StringConstraints(max_length=80)] | None = None
    optimizer: Name
    rule: Annotated[str, StringConstraints(min_length=1, max_length=2000)] | None = Field(
        default=None, description="what the optimizer ``Rule`` does at each step; for no other optimizer"
    )
    hyperparameters: Hyperparameters = {}
    scheduler: Scheduler | None = None
    maximize: StrictBool = False
    zero_grad: StrictBool = True
    clip_grad_norm: Annotated[float, Field(gt=0, allow_inf_nan=False, strict=True)] | None = None


class Edit(Part):
    """A change of hyperparameters of one descent.

    It takes effect at `step`: the point after `step` updates is still the old one, and every later update
    uses the new values.
    """

    step: Annotated[int, Field(ge=0, strict=True)]
    descent: Annotated[int, Field(ge=0, strict=True)]
    hyperparameters: Hyperparameters


class Recipe(Part):
    """Everything that determines a run."""

    objective: ObjectiveRef
    start: Annotated[list[Number], Field(min_length=1)] | None = Field(
        default=None,
        description="theta at step 0; left out: the objective's own, drawn with `seed` where it is random",
    )
    seed: Annotated[int, Field(ge=0, lt=2**63, strict=True)] = 0
    steps: Annotated[int, Field(ge=1, strict=True)] = 200
    budget: Literal["steps", "gradient_evaluations"] = Field(
        default="steps", description="what `steps` counts for each descent"
    )
    descents: Annotated[list[Descent], Field(min_length=1)]
    edits: list[Edit] = []
    dtype: Literal["float64", "float32"] = "float64"
    device: Annotated[str, StringConstraints(pattern=r"^(cpu|cuda|mps)(:\d{1,2})?$")] = "cpu"
    divergence_limit: Annotated[float, Field(gt=0, allow_inf_nan=False, strict=True)] = Field(
        default=1e12, description="a descent whose |loss| or any |theta_i| exceeds this has diverged"
    )


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a recipe."""
    return Recipe.model_json_schema()
