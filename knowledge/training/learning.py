"""Learning weights without any library: choosing one of several (softmax), and yes or no (logistic)."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Row = tuple[float, ...]
Slope = Callable[[Sequence[float]], list[float]]


@dataclass(frozen=True)
class Choice:
    """Candidates by their features, which of them are right, and how much the example counts."""

    rows: tuple[Row, ...]
    right: frozenset[int]
    count: float = 1.0


def choose(
    examples: Sequence[Choice], size: int, *, rounds: int = 150, penalty: float = 0.002
) -> list[float]:
    """Weights that put the right candidates first."""
    return _descend(lambda weights: _choice_slope(examples, weights, size), size, rounds, penalty)


def decide(
    rows: Sequence[tuple[Row, bool, float]], size: int, *, rounds: int = 300, penalty: float = 0.001
) -> list[float]:
    """Weights (the last one stands alone) for the chance that something is so."""
    return _descend(lambda weights: _decision_slope(rows, weights, size), size + 1, rounds, penalty)


def _descend(slope: Slope, size: int, rounds: int, penalty: float) -> list[float]:
    """Adam, full batch."""
    weights, first, second = [0.0] * size, [0.0] * size, [0.0] * size
    for turn in range(1, rounds + 1):
        step = 0.15 if turn < rounds * 0.7 else 0.03
        for place, value in enumerate(slope(weights)):
            gradient = value + penalty * weights[place]
            first[place] = 0.9 * first[place] + 0.1 * gradient
            second[place] = 0.99 * second[place] + 0.01 * gradient * gradient
            change = (first[place] / (1 - 0.9**turn)) / (
                math.sqrt(second[place] / (1 - 0.99**turn)) + 1e-9
            )
            weights[place] -= step * change
    return weights


def _choice_slope(examples: Sequence[Choice], weights: Sequence[float], size: int) -> list[float]:
    slope, total = [0.0] * size, 0.0
    for example in examples:
        scores = [sum(map(float.__mul__, weights, row)) for row in example.rows]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        whole, right = sum(powers), sum(powers[place] for place in example.right)
        total += example.count
        for place, row in enumerate(example.rows):
            pull = powers[place] / whole - (
                powers[place] / right if place in example.right else 0.0
            )
            if abs(pull) > 1e-4:
                pull *= example.count
                for column, value in enumerate(row):
                    slope[column] += pull * value
    return [value / total for value in slope]


def _decision_slope(
    rows: Sequence[tuple[Row, bool, float]], weights: Sequence[float], size: int
) -> list[float]:
    slope, total = [0.0] * (size + 1), 0.0
    for row, so, count in rows:
        chance = 1 / (
            1
            + math.exp(
                -max(-30.0, min(30.0, sum(map(float.__mul__, weights, row)) + weights[size]))
            )
        )
        pull = (chance - so) * count
        total += count
        for column, value in enumerate(row):
            slope[column] += pull * value
        slope[size] += pull
    return [value / total for value in slope]
