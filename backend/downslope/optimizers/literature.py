"""Titles, sources and notes of optimizers and schedules. A class without an entry goes by its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Entry(NamedTuple):
    """What is said about one class beside its signature. `note` is None or (English, Chinese)."""

    title_en: str
    title_zh: str
    source: str
    note: tuple[str, str] | None = None

    def row(self) -> dict[str, object]:
        """Return the entry's part of a catalogue row."""
        note = self.note and {"en": self.note[0], "zh": self.note[1]}
        return {"title": {"en": self.title_en, "zh": self.title_zh}, "source": self.source, "note": note}


def entry(table: Mapping[str, Entry], cls: type) -> Entry:
    """Return the entry of `cls` in `table`, or one made of its name."""
    fallback = Entry(cls.__name__, cls.__name__, f"PyTorch, {cls.__module__}.{cls.__name__}")
    return table.get(cls.__name__, fallback)


_NOCEDAL = "Nocedal, Wright (2006): Numerical Optimization. Springer"
_KINGMA = "Kingma, Ba (2014): Adam: A Method for Stochastic Optimization. arXiv:1412.6980"

OPTIMIZERS: Mapping[str, Entry] = MappingProxyType(
    {
        "ASGD": Entry(
            "Averaged SGD",
            "平均随机梯度下降",
            "Polyak, Juditsky (1992): Acceleration of Stochastic Approximation by Averaging. "
            "SIAM J. Control Optim. 30(4)",
            (
                "The path is that of the iterates; their average is kept aside and not shown.",
                "图中路径是迭代点本身；其平均值另行保存，不显示。",
            ),
        ),
        "Adadelta": Entry(
            "Adadelta",
            "Adadelta",
            "Zeiler (2012): ADADELTA: An Adaptive Learning Rate Method. arXiv:1212.5701",
        ),
        "Adafactor": Entry(
            "Adafactor",
            "Adafactor",
            "Shazeer, Stern (2018): Adafactor: Adaptive Learning Rates with Sublinear Memory Cost. "
            "arXiv:1804.04235, algorithm 5",
            (
                "The step is scaled by the root mean square of theta, so it shrinks near the origin.",
                "步长按 theta 的均方根缩放，因此在原点附近会变小。",
            ),
        ),
        "Adagrad": Entry(
            "Adagrad",
            "Adagrad",
            "Duchi, Hazan, Singer (2011): Adaptive Subgradient Methods for Online Learning and Stochastic "
            "Optimization. JMLR 12",
        ),
        "Adam": Entry("Adam", "Adam", f"{_KINGMA}, algorithm 1"),
        "AdamW": Entry(
            "AdamW (decoupled weight decay)",
            "AdamW（解耦权重衰减）",
            "Loshchilov, Hutter (2017): Decoupled Weight Decay Regularization. arXiv:1711.05101",
        ),
        "Adamax": Entry("Adamax", "Adamax", f"{_KINGMA}, algorithm 2"),
        "Backtracking": Entry(
            "Gradient descent with backtracking line search",
            "带回溯线搜索的梯度下降",
            f"{_NOCEDAL}, algorithm 3.1",
            (
                "lr is the first length tried; a step evaluates the objective once for each length.",
                "lr 是首先尝试的步长；每尝试一个步长计算一次目标函数。",
            ),
        ),
        "LBFGS": Entry(
            "L-BFGS",
            "L-BFGS",
            "Liu, Nocedal (1989): On the Limited Memory BFGS Method for Large Scale Optimization. "
            "Math. Program. 45",
            (
                "One step is up to max_iter iterations and evaluates the objective several times.",
                "一步最多包含 max_iter 次迭代，并多次计算目标函数。",
            ),
        ),
        "NAdam": Entry(
            "NAdam (Adam with Nesterov momentum)",
            "NAdam（带 Nesterov 动量的 Adam）",
            "Dozat (2016): Incorporating Nesterov Momentum into Adam. ICLR workshop",
        ),
        "Newton": Entry(
            "Newton's method",
            "牛顿法",
            f"{_NOCEDAL}, equation 2.15; absolute: Dauphin et al. (2014), arXiv:1406.2572",
            (
                "Goes to where its quadratic model is flat, even a saddle; absolute leads away from it.",
                "走向其二次模型的驻点，哪怕是鞍点；absolute 使其远离鞍点。",
            ),
        ),
        "RAdam": Entry(
            "RAdam (rectified Adam)",
            "RAdam（修正的 Adam）",
            "Liu et al. (2019): On the Variance of the Adaptive Learning Rate and Beyond. arXiv:1908.03265",
        ),
        "RMSprop": Entry(
            "RMSprop",
            "RMSprop",
            "Tieleman, Hinton (2012): Neural Networks for Machine Learning, lecture 6e; "
            "centered: Graves (2013), arXiv:1308.0850",
        ),
        "Rprop": Entry(
            "Rprop (resilient propagation)",
            "Rprop（弹性传播）",
            "Riedmiller, Braun (1993): A Direct Adaptive Method for Faster Backpropagation Learning: "
            "The RPROP Algorithm. IEEE ICNN",
            (
                "Only the sign of the gradient counts; lr is just the first step size.",
                "只使用梯度的符号；lr 仅是初始步长。",
            ),
        ),
        "SGD": Entry(
            "Gradient descent (SGD)",
            "梯度下降（SGD）",
            "Robbins, Monro (1951): A Stochastic Approximation Method; momentum: Polyak (1964); "
            "Nesterov: Sutskever et al. (2013)",
        ),
    }
)

_SGDR = "Loshchilov, Hutter (2016): SGDR: Stochastic Gradient Descent with Warm Restarts. arXiv:1608.03983"
_TORCH = "PyTorch, torch.optim.lr_scheduler."

SCHEDULES: Mapping[str, Entry] = MappingProxyType(
    {
        "StepLR": Entry("Step decay", "阶梯衰减", f"{_TORCH}StepLR"),
        "MultiStepLR": Entry("Decay at milestones", "里程碑衰减", f"{_TORCH}MultiStepLR"),
        "ConstantLR": Entry("Constant factor, then full", "恒定系数后恢复", f"{_TORCH}ConstantLR"),
        "LinearLR": Entry("Linear ramp", "线性变化", f"{_TORCH}LinearLR"),
        "ExponentialLR": Entry("Exponential decay", "指数衰减", f"{_TORCH}ExponentialLR"),
        "PolynomialLR": Entry("Polynomial decay", "多项式衰减", f"{_TORCH}PolynomialLR"),
        "CosineAnnealingLR": Entry(
            "Cosine annealing",
            "余弦退火",
            _SGDR,
        ),
        "CosineAnnealingWarmRestarts": Entry(
            "Cosine annealing with warm restarts",
            "带热重启的余弦退火",
            _SGDR,
        ),
        "CyclicLR": Entry(
            "Cyclical learning rate",
            "循环学习率",
            "Smith (2015): Cyclical Learning Rates for Training Neural Networks. arXiv:1506.01186",
        ),
        "OneCycleLR": Entry(
            "One cycle",
            "单周期策略",
            "Smith, Topin (2017): Super-Convergence: Very Fast Training of Neural Networks Using Large "
            "Learning Rates. arXiv:1708.07120",
            (
                "The cycle is as long as the run where total_steps is left out.",
                "未给出 total_steps 时，周期与运行等长。",
            ),
        ),
        "ReduceLROnPlateau": Entry(
            "Reduce when the loss stalls", "损失停滞时降低", f"{_TORCH}ReduceLROnPlateau"
        ),
    }
)
