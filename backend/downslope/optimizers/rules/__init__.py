"""Update rules typed by a user, in the language of formulas; never Python's."""

from downslope.optimizers.rules.construction import ID, create, describe, edit
from downslope.optimizers.rules.rule import Rule

__all__ = ["ID", "Rule", "create", "describe", "edit"]
