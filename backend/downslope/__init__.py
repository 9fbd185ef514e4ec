"""Downslope: watch real ``torch.optim`` steps race down a loss surface, live in the browser."""

__version__ = "0.1.0"
