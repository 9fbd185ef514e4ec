"""Formulas: objectives typed by a user, read by a closed grammar of our own, never Python's."""
