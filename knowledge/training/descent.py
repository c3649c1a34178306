"""Learning weights over rows of numbers: choosing one of several (softmax), and yes or no (logistic)."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.floating[Any]]


def choose(
    examples: Sequence[tuple[Rows, Sequence[bool]]], *, rounds: int = 300, penalty: float = 0.03
) -> list[float]:
    """Weights that put the right rows of each example first."""
    known = [(rows, np.array(right)) for rows, right in examples if any(right)]
    middle, spread = _scale(np.concatenate([rows for rows, _ in known]))
    scaled = [((rows - middle) / spread, right) for rows, right in known]

    def slope(weights: Rows) -> Rows:
        total = penalty * weights
        for rows, right in scaled:
            score = rows @ weights
            power = np.exp(score - score.max())
            power /= power.sum()
            total = total + rows.T @ (power - power * right / (power * right).sum()) / len(scaled)
        return total

    found: list[float] = (_descend(slope, len(middle), rounds) / spread).tolist()
    return found


def decide(
    rows: Sequence[tuple[Sequence[float], bool, float]], *, rounds: int = 500, penalty: float = 0.02
) -> list[float]:
    """Weights (the last one stands alone) for the chance that something is so."""
    signs = np.array([row for row, _, _ in rows])
    so = np.array([value for _, value, _ in rows], dtype=float)
    count = np.array([value for _, _, value in rows])
    middle, spread = _scale(signs)
    scaled = (signs - middle) / spread

    def slope(weights: Rows) -> Rows:
        chance = 1 / (1 + np.exp(-(scaled @ weights[:-1] + weights[-1])))
        pull = (chance - so) * count / count.sum()
        return np.append(scaled.T @ pull + penalty * weights[:-1], pull.sum())

    weights = _descend(slope, len(middle) + 1, rounds)
    plain = weights[:-1] / spread
    found: list[float] = [*plain.tolist(), float(weights[-1] - (plain * middle).sum())]
    return found


def _scale(rows: Rows) -> tuple[Rows, Rows]:
    return rows.mean(axis=0), rows.std(axis=0) + 1e-6


def _descend(slope: Callable[[Rows], Rows], size: int, rounds: int) -> Rows:
    """Adam, full batch."""
    weights, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for turn in range(1, rounds + 1):
        gradient = slope(weights)
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient * gradient
        step = 0.05 if turn < rounds * 0.7 else 0.01
        change = first / (1 - 0.9**turn) / (np.sqrt(second / (1 - 0.99**turn)) + 1e-9)
        weights = weights - step * change
    return weights
