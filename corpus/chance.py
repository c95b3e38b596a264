"""The only source of variety here: generators that follow from a seed.

Owns seeding. Refuses real chance: the same words always give the same numbers.
"""

import random

import numpy as np


def dice(*seed: str) -> random.Random:
    """Return a generator for a seed of some words."""
    return random.Random("/".join(seed))  # noqa: S311 - how post looks, not a secret


def grains(rng: random.Random) -> np.random.Generator:
    """Return a generator of whole arrays, for noise."""
    return np.random.default_rng(rng.getrandbits(64))


def sometimes(rng: random.Random, share: float) -> bool:
    """Tell true in this share of the cases, between 0 and 1."""
    return rng.random() < share
