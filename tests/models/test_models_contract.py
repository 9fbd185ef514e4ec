"""What every model promises; a model is under test by being registered."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
import torch
from models_cases import CASES, IDS, ROWS, create, thetas
from torch import nn
from torch.func import functional_call, vmap
from torch.nn import functional

from downslope.objectives.models.model import Model

all_cases = pytest.mark.parametrize("model", CASES)
all_rows = pytest.mark.parametrize("row", ROWS, ids=IDS)


def plain_loss(model: Model, module: nn.Module, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the loss as the textbooks write it, from the outputs of a module."""
    outputs = module(x)
    if model.criterion.id == "cross_entropy":
        return (outputs.exp().sum(1).log() - outputs[torch.arange(len(y)), y]).mean()
    if model.criterion.id == "bce":
        p = 1 / (1 + torch.exp(-outputs))
        return -(y * p.log() + (1 - y) * (1 - p).log()).mean()
    if model.dataset.task == "classification":
        outputs = 1 / (1 + torch.exp(-outputs))
    error = (outputs - y).abs()
    written = {
        "mse": (error**2).mean(),
        "mae": error.mean(),
        "sum_absolute": error.sum(),
        "huber": torch.where(error < 1, error**2 / 2, error - 0.5).mean(),
    }
    return written[model.criterion.id]


def penalty(model: Model, module: nn.Module) -> float:
    """Return the regularization of the weights, biases left out, entry by entry."""
    values = model.values
    weights = [w for layer in module if isinstance(layer, nn.Linear) for w in layer.weight.flatten().tolist()]
    if values.get("regularization") == "l1":
        return values["regularization_rate"] * sum(map(abs, weights))
    if values.get("regularization") == "l2":
        return values["regularization_rate"] * sum(w * w for w in weights) / 2
    return 0.0


@all_cases
def test_many_thetas_at_once_have_the_loss_of_the_module_called_for_each(model: Model) -> None:
    theta = thetas(model, 7)
    points = model.points("train", theta)
    expected = []
    for one in theta:
        module = model.network.module_at(one.clone())
        expected.append(plain_loss(model, module, points.x, points.y).item() + penalty(model, module))
    assert model.loss(theta).tolist() == pytest.approx(expected, rel=1e-11)


@all_cases
def test_many_thetas_at_once_have_the_loss_that_vmap_of_the_module_gives(model: Model) -> None:
    theta = thetas(model, 5, seed=1)
    points = model.points("train", theta)
    module = model.network.module_at(theta[0].clone())

    def one(vector: torch.Tensor) -> torch.Tensor:
        parts = torch.split(vector, [leaf.numel() for leaf in module.parameters()])
        named = {
            name: part.view(leaf.shape)
            for (name, leaf), part in zip(module.named_parameters(), parts, strict=True)
        }
        return model.criterion.of_points(functional_call(module, named, (points.x,)), points.y)

    values = model.values
    expected = vmap(one)(theta)
    if values.get("regularization", "none") == "none":
        assert torch.allclose(model.loss(theta), expected, rtol=1e-12, atol=1e-13)
    else:
        assert (model.loss(theta) > expected).all()


@all_cases
def test_chunks_shapes_and_layouts_change_nothing_but_rounding(model: Model) -> None:
    theta = thetas(model, 60)
    whole = model.loss(theta)
    alone = torch.stack([model.loss(one) for one in theta])
    assert alone.shape == whole.shape == (60,)
    assert torch.allclose(whole, alone, rtol=1e-12)
    assert torch.allclose(model.loss(theta.reshape(3, 4, 5, -1)), whole.reshape(3, 4, 5), rtol=1e-12)
    assert torch.allclose(model.loss(theta.T.contiguous().T), whole, rtol=1e-12)


@all_cases
def test_gradients_are_those_of_the_training_and_of_central_differences(model: Model) -> None:
    start = thetas(model, 1, seed=2)[0]
    theta = start.clone().requires_grad_()
    model.loss(theta).backward()
    h = 1e-6
    along = torch.nn.functional.normalize(
        torch.randn(model.dim, dtype=torch.float64, generator=seeded(5)), dim=0
    )
    slope = (model.loss(start + h * along) - model.loss(start - h * along)) / (2 * h)
    size = theta.grad.norm().item()
    assert (theta.grad @ along).item() == pytest.approx(slope.item(), rel=1e-4, abs=1e-5 * size)
    if model.batches is None:
        training = model.training(start.clone(), seed=0)
        training.loss(0).backward()
        found = torch.cat([leaf.grad.flatten() for leaf in training.leaves])
        assert torch.allclose(found, theta.grad, rtol=1e-9, atol=1e-10 * size)


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("id", ["two-neurons", "logistic-regression", "mlp-classifier"])
def test_second_derivatives_come_by_both_of_torchs_ways(id: str) -> None:
    model = create(id, loss="mse")
    theta = thetas(model, 1)[0]
    expected = torch.autograd.functional.hessian(model.loss, theta)
    twice = torch.func.jacrev(torch.func.jacrev(model.loss))
    assert torch.allclose(twice(theta), expected, rtol=1e-8, atol=1e-10)
    assert torch.autograd.gradgradcheck(model.loss, theta.requires_grad_(), fast_mode=True)


@all_cases
def test_leaves_are_parameters_of_a_module_in_the_memory_of_theta(model: Model) -> None:
    theta = torch.tensor(model.start(seeded(1)), dtype=torch.float64)
    training = model.training(theta, seed=0)
    assert isinstance(training.module, nn.Sequential)
    assert [id(leaf) for leaf in training.leaves] == [id(leaf) for leaf in training.module.parameters()]
    assert all(isinstance(leaf, nn.Parameter) and leaf.is_leaf for leaf in training.leaves)
    assert torch.equal(torch.cat([leaf.detach().flatten() for leaf in training.leaves]), theta)
    before = theta.clone()
    training.loss(0).backward()
    torch.optim.SGD(training.leaves, lr=0.1).step()
    moved = torch.cat([leaf.detach().flatten() for leaf in training.leaves])
    assert torch.equal(moved, theta)
    # Layers of zeros pass no gradient on, but their bias moves.
    assert not torch.equal(before, theta)


@all_cases
def test_extra_columns_are_the_loss_over_all_train_and_over_all_test_points(model: Model) -> None:
    theta = thetas(model, 1)[0]
    training = model.training(theta.clone(), seed=0)
    extras = dict(zip(model.extra_columns, training.extras(), strict=True))
    assert ("train_loss" in extras) == (model.batch_size is not None)
    assert ("test_loss" in extras) == (model.dataset.test is not None)
    if "train_loss" in extras:
        assert extras["train_loss"] == pytest.approx(model.loss(theta).item(), rel=1e-12)
    if "test_loss" in extras:
        assert model.dataset.test is not None
        x = model.prepared(model.dataset.test.x)
        y = model.dataset.test.y
        y = y.long() if model.num_outputs > 1 else y[:, None]
        expected = plain_loss(model, training.module, x, y).item() + penalty(model, training.module)
        assert extras["test_loss"] == pytest.approx(expected, rel=1e-11)


@all_cases
def test_float32_stays_float32_and_agrees(model: Model) -> None:
    theta = thetas(model, 9)
    found = model.loss(theta.float())
    assert found.dtype == torch.float32
    assert torch.allclose(found.double(), model.loss(theta), rtol=1e-3, atol=1e-4)
    training = model.training(theta[0].float(), seed=0)
    assert training.loss(0).dtype == torch.float32
    assert model.loss(torch.zeros(2, model.dim, device="meta")).device.type == "meta"


LINEAR_IDS = {"linear-regression", "mini-batch-regression", "polynomial-regression"}
LEAST_SQUARES = [
    case for case in CASES if case.values[0].id in LINEAR_IDS and case.values[0].criterion.id == "mse"
]
NO_MINIMA = [case for case in CASES if case not in LEAST_SQUARES]


def test_every_linear_model_is_among_those_with_least_squares() -> None:
    assert {case.values[0].id for case in LEAST_SQUARES} == LINEAR_IDS


@pytest.mark.parametrize("model", NO_MINIMA)
def test_minima_are_not_told_where_no_closed_form_is(model: Model) -> None:
    assert model.minima == ()


@pytest.mark.parametrize("model", LEAST_SQUARES)
def test_minima_are_those_that_numpy_finds_and_the_gradient_vanishes_there(model: Model) -> None:
    (minimum,) = model.minima
    points = model.points("train", torch.zeros(1, dtype=torch.float64))
    design = np.hstack([points.x.numpy(), np.ones((len(points), 1))])
    solution, residuals, _, _ = np.linalg.lstsq(design, points.y.numpy(), rcond=None)
    assert minimum.loss == pytest.approx(float(residuals[0]) / len(points), rel=1e-8, abs=1e-12)
    assert minimum.theta == pytest.approx(solution[:, 0].tolist(), rel=1e-6, abs=1e-8)
    theta = torch.tensor(minimum.theta, dtype=torch.float64, requires_grad=True)
    model.loss(theta).backward()
    scale = np.abs(design).max() * float(np.abs(points.y.numpy()).max())
    assert theta.grad.abs().max() < 1e-9 * scale
    assert all(low < x < high for x, (low, high) in zip(minimum.theta, model.domain, strict=True))


def test_minima_are_told_exactly_where_a_linear_model_has_squared_errors() -> None:
    told = {row["id"] for row in ROWS if row["minima"]}
    assert told == LINEAR_IDS
    assert create("linear-regression", loss="mae").minima == ()
    same = {"rows": [[1, 1, 3], [2, 2, 5], [3, 3, 4], [4, 4, 1]]}
    assert create("linear-regression", data=same).minima == ()  # two equal inputs: a valley of minima


@all_rows
def test_a_row_has_the_fields_of_the_contract_and_survives_json(row: dict) -> None:
    promised = (
        "id kind title latex dim theta_names extra_columns domain start minima source note parameters values "
        "data loss losses batch_size batch truth equation suggested"
    )
    assert set(row) == set(promised.split())
    data = "task inputs target classes num_train num_test set sets values seed test_fraction own"
    assert set(row["data"]) == set(data.split())
    assert row["dim"] == len(row["theta_names"]) == len(row["domain"]) == len(row["start"])
    assert len(set(row["theta_names"])) == row["dim"]
    assert json.loads(json.dumps(row, allow_nan=False)) == row
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", row["id"])


@all_rows
def test_texts_are_there_in_both_languages_and_the_source_names_author_and_year(row: dict) -> None:
    sets = row["data"]["sets"]
    declared = [*row["parameters"], *(one for each in sets for one in each["parameters"])]
    choices = [choice for one in declared for choice in one.get("choices", [])]
    for text in [
        row["title"],
        row["note"],
        *(one["title"] for one in [*declared, *choices, *sets, *row["losses"]]),
    ]:
        assert text.keys() == {"en", "zh"}
        assert re.sub("[²·]", "", text["en"]).isascii()
        assert re.search(r"[\u4e00-\u9fff]", text["zh"]) or text["zh"] == text["en"]
    assert row["note"]["en"].endswith(".") and row["note"]["zh"].endswith("。")
    assert re.match(r"[A-Z]\.[ -]", row["source"]) and re.search(r"\b(19[2-9]\d|20\d\d)\b", row["source"])


@all_rows
def test_what_a_row_tells_builds_the_same_model_again(row: dict) -> None:
    data = {name: row["data"][name] for name in ("set", "seed", "test_fraction")}
    again = create(
        row["id"],
        parameters=row["values"],
        loss=row["loss"],
        batch_size=row["batch_size"],
        data={**data, "parameters": row["data"]["values"]},
    )
    assert again.describe() == row


@all_rows
def test_start_is_drawn_from_the_generator_alone_and_lies_in_the_domain(row: dict) -> None:
    model = create(row["id"])
    state = torch.get_rng_state()
    starts = {seed: model.start(seeded(seed)) for seed in (0, 1)}
    assert torch.equal(torch.get_rng_state(), state)
    assert starts[0] == model.start(seeded(0)) == tuple(row["start"])
    is_drawn = model.values["initialization"] != "zeros"
    assert (starts[0] != starts[1]) == is_drawn
    for start in starts.values():
        assert all(low < x < high for x, (low, high) in zip(start, model.domain, strict=True))


@all_cases
def test_every_component_has_the_name_of_the_parameter_it_is(model: Model) -> None:
    names = model.theta_names
    assert len(names) == model.dim
    theta = torch.arange(model.dim, dtype=torch.float64)
    module = model.network.module_at(theta)
    for position, name in enumerate(names):
        found = re.fullmatch(r"(?:(\w+)\.)?(weight|bias)((?:\[\d+\])+)", name)
        if found is None:
            continue  # a, b, w1 and the like
        layer = module.get_submodule(found[1] or "linear")
        place = tuple(map(int, re.findall(r"\d+", found[3])))
        assert getattr(layer, found[2])[place].item() == position


def test_names_of_the_tutorials_are_kept() -> None:
    named = {row["id"]: row["theta_names"] for row in ROWS}
    assert named["linear-regression"] == ["a", "b"]
    assert named["mini-batch-regression"] == ["w1", "w2", "b"]
    assert named["logistic-unit"] == ["w", "b"]
    assert named["polynomial-regression"] == ["c1", "c2", "c3", "c0"]
    assert named["two-neurons"] == [
        *("hidden.weight[0][0]", "hidden.weight[1][0]", "hidden.bias[0]", "hidden.bias[1]"),
        *("output.weight[0][0]", "output.weight[0][1]", "output.bias[0]"),
    ]
    assert named["mlp-regression"][0] == "fc1.weight[0][0]" and len(named["mlp-regression"]) == 609


EQUATIONS = [case for case in CASES if case.values[0].template() is not None]


@pytest.mark.parametrize("model", EQUATIONS)
def test_the_equation_gives_what_the_module_gives_at_every_point(model: Model) -> None:
    template = model.template()
    theta = thetas(model, 1, seed=4)[0]
    _, _, right = template.partition(" = ")
    right = re.sub(r"\{(\d+)\}", r"theta[\1]", right).replace("^", "**")
    points = model.dataset.train
    outputs = model.network.outputs(theta[None], model.prepared(points.x).mT)[0, 0]
    if model.dataset.task == "classification":
        outputs = outputs.sigmoid()
    for x, expected in list(zip(points.x.tolist(), outputs.tolist(), strict=True))[:20]:
        known = dict(zip(model.dataset.inputs, x, strict=True))
        sigmoid = {"sigmoid": lambda t: torch.sigmoid(t), "exp": torch.exp, "theta": theta}
        found = eval(right, {"__builtins__": {}}, {**known, **sigmoid})
        assert found.item() == pytest.approx(expected, rel=1e-3, abs=1e-3)  # scales are told to six digits


def test_equations_read_as_the_tutorials_write_them() -> None:
    told = {row["id"]: row["equation"] and row["equation"]["template"] for row in ROWS}
    assert told == {
        "linear-regression": "y = {0} * x + {1}",
        "mini-batch-regression": "y = {0} * x1 + {1} * x2 + {2}",
        "polynomial-regression": "y = {0} * x + {1} * x^2 + {2} * x^3 + {3}",
        "two-neurons": "y = {4} * sigmoid({0} * x + {2}) + {5} * sigmoid({1} * x + {3}) + {6}",
        "logistic-unit": "p = 1 / (1 + exp(-({0} * x + {1})))",
        "logistic-regression": "p = 1 / (1 + exp(-({0} * x1 + {1} * x2 + {2})))",
        "softmax-regression": None,
        "mlp-regression": None,
        "mlp-classifier": None,
    }


@pytest.mark.parametrize("id", ["default", "zeros", "normal", "xavier_uniform", "kaiming_normal"])
def test_initializations_are_those_of_torch_bit_by_bit(id: str) -> None:
    model = create("mlp-regression", parameters={"initialization": id})
    found = model.network.module_at(torch.tensor(model.start(seeded(7)), dtype=torch.float64))
    with torch.random.fork_rng():
        torch.manual_seed(7)
        layers = [nn.Linear(*sizes, dtype=torch.float64) for sizes in ((1, 16), (16, 32), (32, 1))]
        if id != "default":
            torch.manual_seed(7)
            draw = {
                "zeros": nn.init.zeros_,
                "normal": lambda weight: nn.init.normal_(weight, std=0.01),
                "xavier_uniform": nn.init.xavier_uniform_,
                "kaiming_normal": nn.init.kaiming_normal_,
            }[id]
            for layer in layers:
                draw(layer.weight)
                nn.init.zeros_(layer.bias)
    expected = [leaf for layer in layers for leaf in layer.parameters()]
    for one, other in zip(found.parameters(), expected, strict=True):
        assert torch.equal(one, other)


def test_the_mlp_of_the_tutorial_is_this_module_and_has_609_parameters() -> None:
    model = create("mlp-regression")
    theta = thetas(model, 1)[0]
    written = nn.Sequential(
        nn.Linear(1, 16), nn.ReLU(), nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 1)
    ).double()
    assert sum(parameter.numel() for parameter in written.parameters()) == model.dim == 609
    nn.utils.vector_to_parameters(theta, written.parameters())
    x = torch.linspace(-5, 5, 256, dtype=torch.float64)[:, None]
    assert model.loss(theta).item() == pytest.approx(
        functional.l1_loss(written(x), x.sin()).item(), rel=1e-12
    )
