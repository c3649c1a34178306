"""Learning weights over rows of numbers: choosing one of several (softmax), and yes or no (logistic)."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.floating[Any]]


def choose(
    examples: Sequence[tuple[Rows, Sequence[bool]]], *, rounds: int = 300, penalty: float = 0.003
) -> list[float]:
    """Weights that put the right rows of each example first."""
    known = [(rows, np.array(right)) for rows, right in examples if any(right)]
    middle, spread = _scale(np.concatenate([rows for rows, _ in known]))
    most = max(len(rows) for rows, _ in known)
    scaled = np.zeros((len(known), most, len(middle)), np.float32)
    there, right = np.zeros((2, len(known), most), dtype=bool)
    for order, (rows, are_right) in enumerate(known):
        scaled[order, : len(rows)] = (rows - middle) / spread
        there[order, : len(rows)] = True
        right[order, : len(rows)] = are_right

    def slope(weights: Rows) -> Rows:
        power = _shares(scaled @ weights.astype(np.float32), there)
        pull = power - _shares(np.where(right, power, 0.0), right, is_log=False)
        gradient = np.tensordot(pull, scaled, axes=2) / len(known)
        return np.asarray(gradient + penalty * weights, np.float64)

    found: list[float] = (_descend(slope, len(middle), rounds) / spread).tolist()
    return found


def _shares(values: Rows, there: npt.NDArray[np.bool_], *, is_log: bool = True) -> Rows:
    """Of each row what every place has of the whole; places that are not there have nothing."""
    if is_log:
        values = np.exp(np.where(there, values, -np.inf) - values.max(axis=1, keepdims=True))
    return np.asarray(values / np.maximum(values.sum(axis=1, keepdims=True), 1e-30), np.float32)


def decide(
    rows: Sequence[tuple[Sequence[float], bool, float]],
    *,
    rounds: int = 500,
    penalty: float = 0.002,
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
