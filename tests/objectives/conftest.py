"""Make the oracles of ``tests/reference`` importable, and leave the other cores alone."""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[1]))
torch.set_num_threads(1)
