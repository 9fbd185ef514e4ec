"""How much formula is read: each cap bounds the work that one expression can cause."""

from __future__ import annotations

MAX_LENGTH = 2000  # characters
MAX_TOKENS = 1000
MAX_DEPTH = 50  # brackets, signs, powers, fractions and calls within each other
MAX_OPERATIONS = 400  # torch operations of one evaluation
MAX_VARIABLES = 8
MAX_CONSTANTS = 16
MAX_NAME_LENGTH = 20

MAX_SYMBOLIC_OPERATIONS = 120  # above, no gradient is typeset: sympy's work can grow much faster
MAX_SYMBOLIC_TIME_S = 1.0
MAX_LATEX_LENGTH = 8000  # characters of a gradient, and of a Hessian; a longer one fits no page
MAX_EXACT = 10**6  # numerators and denominators up to here are exact in the symbols
MAX_EXACT_EXPONENT = 64  # with MAX_EXACT: no number of more than a few thousand bits ever arises
MAX_PRINTED_DENOMINATOR = 100  # what has a greater one is printed as a decimal number
