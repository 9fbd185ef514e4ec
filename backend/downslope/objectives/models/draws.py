"""Random draws: each from a generator of its own, so that none depends on what was drawn before it."""

from __future__ import annotations

from enum import IntEnum

import torch


class Stream(IntEnum):
    """What is drawn. Streams of one seed have nothing in common."""

    SET = 1
    SPLIT = 2
    EPOCH = 3
    SAMPLES = 4


def generator(seed: int, stream: Stream, index: int = 0) -> torch.Generator:
    """Return the generator of draw number `index` of a stream: a pure function of its arguments.

    torch's generator on the CPU takes the lower 32 bits of a seed, so the three are mixed into 32 bits by odd
    factors near 2^32 over the golden ratio.
    """
    mixed = (seed * 0x9E3779B1 + stream * 0x85EBCA6B + index * 0xC2B2AE35) % 2**32
    return torch.Generator().manual_seed(mixed)
