"""How much rule is read, beside the limits of each formula in it."""

from __future__ import annotations

MAX_LENGTH = 2000  # characters
MAX_STATEMENTS = 32
MAX_OPERATIONS = 400  # torch operations of one update of one tensor
MAX_STATE = 8  # tensors kept from one update to the next
MAX_HYPERPARAMETERS = 16
