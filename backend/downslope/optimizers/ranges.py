"""The ranges of controls, and the rules that bound each hyperparameter.

`minimum` and `maximum` are the ends of a slider: values that the class accepts, between which something worth
seeing happens. The rule is what may be typed. Most rules are torch's, which then judges and gives the reason.
A rule marked `ours` is enforced here, because torch accepts the value and fails in the middle of a run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

Number = float | int
Scale = Literal["linear", "log"]


@dataclass(frozen=True)
class Rule:
    """An interval: greater than or equal, greater than, less than or equal, less than."""

    ge: Number | None = None
    gt: Number | None = None
    le: Number | None = None
    lt: Number | None = None

    def holds(self, value: Number) -> bool:
        """Tell whether `value` lies in the interval."""
        return (
            (self.ge is None or value >= self.ge)
            and (self.gt is None or value > self.gt)
            and (self.le is None or value <= self.le)
            and (self.lt is None or value < self.lt)
        )

    @property
    def text(self) -> str:
        """The interval in words: ``at least 0 and less than 1``."""
        words = {"at least": self.ge, "greater than": self.gt, "at most": self.le, "less than": self.lt}
        return " and ".join(f"{word} {bound}" for word, bound in words.items() if bound is not None)


ANY = Rule()


@dataclass(frozen=True)
class Range:
    """The control's ends and scale, the rule, and who enforces it. A pair has pairs of ends and rules."""

    minimum: Any = None
    maximum: Any = None
    scale: Scale = "linear"
    rule: Rule | tuple[Rule, Rule] = ANY
    ours: bool = False
    choices: tuple[str, ...] | None = None
    example: Any = None

    def with_choices(self, choices: tuple[str, ...]) -> Range:
        """Return this range with the names a ``Literal`` annotation lists."""
        return replace(self, choices=choices)

    def allows(self, value: Any) -> bool:
        """Tell whether `value`, a number or a pair, keeps the rule. Other values have none to break."""
        rules = self.rule if isinstance(self.rule, tuple) else (self.rule,)
        parts = value if isinstance(value, tuple) else (value,)
        numbers = zip(rules, parts, strict=False)
        return all(rule.holds(part) for rule, part in numbers if isinstance(part, int | float))

    @property
    def rule_text(self) -> str | None:
        """The rule in words, None where any number will do."""
        if isinstance(self.rule, Rule):
            return self.rule.text or None
        return ", then ".join(part.text or "any number" for part in self.rule)


UNKNOWN = Range()
NOT_NEGATIVE = Rule(ge=0)
FRACTION = Rule(ge=0, lt=1)
_DECAY = Range(0.0, 1.0, "linear", NOT_NEGATIVE)

OPTIMIZERS: Mapping[str, Range] = MappingProxyType(
    {
        "lr": Range(1e-6, 10.0, "log", NOT_NEGATIVE),
        "betas": Range((0.0, 0.0), (0.999, 0.9999), "linear", (FRACTION, FRACTION)),
        "eps": Range(1e-12, 1.0, "log", NOT_NEGATIVE),
        "weight_decay": _DECAY,
        "momentum": Range(0.0, 0.999, "linear", NOT_NEGATIVE),
        "dampening": Range(0.0, 1.0),
        "momentum_decay": Range(0.0, 0.1, "linear", NOT_NEGATIVE),
        "lr_decay": _DECAY,
        "initial_accumulator_value": Range(0.0, 10.0, "linear", NOT_NEGATIVE),
        "Adadelta.rho": Range(0.0, 1.0, "linear", Rule(ge=0, le=1)),
        "Adafactor.beta2_decay": Range(-2.0, 0.0, "linear", Rule(le=0)),
        "Adafactor.d": Range(1.0, 10.0, "linear", Rule(ge=1)),
        "Adafactor.eps": Range((1e-16, 1e-12), (1.0, 1.0), "log", (NOT_NEGATIVE, NOT_NEGATIVE)),
        # A negative lambd makes the base of ASGD's power zero or negative after some steps.
        "ASGD.lambd": Range(0.0, 1.0, "linear", NOT_NEGATIVE, ours=True),
        # Outside of this the power of ASGD's step size overflows, or is 0 and divides.
        "ASGD.alpha": Range(0.0, 1.0, "linear", Rule(ge=0, le=1), ours=True),
        "ASGD.t0": Range(0.0, 1e6),
        "RMSprop.alpha": Range(0.0, 0.9999, "linear", NOT_NEGATIVE),
        "Rprop.etas": Range((0.01, 1.01), (0.99, 3.0), "linear", (Rule(gt=0, lt=1), Rule(gt=1))),
        "Rprop.step_sizes": Range((1e-12, 1e-6), (1.0, 100.0), "log", (ANY, ANY)),
        # Without an iteration LBFGS has no direction; the upper ends keep one step short.
        "LBFGS.max_iter": Range(1, 100, "linear", Rule(ge=1, le=1000), ours=True),
        # Less than one evaluation leaves the line search without a bracket.
        "LBFGS.max_eval": Range(1, 1250, "linear", Rule(ge=1, le=1250), ours=True),
        # A history of none is popped when empty.
        "LBFGS.history_size": Range(1, 100, "linear", Rule(ge=1, le=1000), ours=True),
        "LBFGS.tolerance_grad": Range(1e-16, 1e-2, "log"),
        "LBFGS.tolerance_change": Range(1e-16, 1e-2, "log"),
        "LBFGS.line_search_fn": Range(choices=("strong_wolfe",)),
        "Newton.damping": Range(0.0, 10.0, "linear", NOT_NEGATIVE),
        "Backtracking.shrink": Range(0.1, 0.9, "linear", Rule(gt=0, lt=1)),
        "Backtracking.c1": Range(1e-6, 0.9, "log", Rule(gt=0, lt=1)),
        # Each is an evaluation; the upper end keeps one step short.
        "Backtracking.max_shrinks": Range(0, 60, "linear", Rule(ge=0, le=1000), ours=True),
    }
)

_MOMENTUM = Range(0.0, 0.99)
_LR = Range(1e-6, 10.0, "log", example=0.1)

SCHEDULES: Mapping[str, Range] = MappingProxyType(
    {
        "gamma": Range(0.01, 1.0, example=0.95),
        "StepLR.step_size": Range(1, 1000, "log", Rule(ge=1), ours=True, example=50),
        "MultiStepLR.milestones": Range(1, 1000, example=(50, 100)),
        "total_iters": Range(1, 1000, "log", NOT_NEGATIVE, ours=True),
        # torch divides by the factor when the constant phase ends.
        "ConstantLR.factor": Range(0.01, 1.0, "linear", Rule(gt=0, le=1), ours=True),
        "LinearLR.start_factor": Range(0.01, 1.0, "linear", Rule(gt=0, le=1)),
        "LinearLR.end_factor": Range(0.0, 1.0, "linear", Rule(ge=0, le=1)),
        # With a negative power the last step divides by zero.
        "PolynomialLR.power": Range(0.0, 5.0, "linear", NOT_NEGATIVE, ours=True),
        "CosineAnnealingLR.T_max": Range(1, 1000, "log", Rule(ge=1), ours=True, example=200),
        "eta_min": Range(0.0, 1.0),
        "CosineAnnealingWarmRestarts.T_0": Range(1, 1000, "log", Rule(ge=1), example=50),
        "CosineAnnealingWarmRestarts.T_mult": Range(1, 5, "linear", Rule(ge=1)),
        "max_lr": _LR,
        "CyclicLR.base_lr": replace(_LR, example=0.001),
        "CyclicLR.step_size_up": Range(1, 2000, "log", Rule(ge=1), ours=True),
        "CyclicLR.step_size_down": Range(1, 2000, "log", NOT_NEGATIVE, ours=True),
        "base_momentum": _MOMENTUM,
        "max_momentum": _MOMENTUM,
        "OneCycleLR.total_steps": Range(1, 10_000, "log", Rule(ge=1)),
        "OneCycleLR.pct_start": Range(0.0, 0.99, "linear", Rule(ge=0, le=1)),
        "OneCycleLR.div_factor": Range(1.0, 1000.0, "log", Rule(gt=0), ours=True),
        "OneCycleLR.final_div_factor": Range(1.0, 1e6, "log", Rule(gt=0), ours=True),
        "ReduceLROnPlateau.factor": Range(0.01, 0.99, "linear", Rule(lt=1)),
        "ReduceLROnPlateau.patience": Range(0, 100),
        "ReduceLROnPlateau.threshold": Range(0.0, 1.0),
        "ReduceLROnPlateau.cooldown": Range(0, 100),
        "ReduceLROnPlateau.min_lr": Range(0.0, 1.0),
        "ReduceLROnPlateau.eps": Range(0.0, 1e-2),
    }
)
