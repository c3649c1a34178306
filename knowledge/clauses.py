"""Which sentence of a passage answers a question."""

import math

import numpy as np
import numpy.typing as npt
from rapidfuzz.fuzz import partial_ratio

from knowledge import aspects
from knowledge.aspects import ASPECTS
from knowledge.finding import Asked
from knowledge.stack import Stack

SIGNS = ("fit", "share", "plain", "rendered", "met", "partial", "long", "first")
"""What speaks for a sentence."""

Rows = npt.NDArray[np.float64]


class Sentences:
    """One question beside the sentences of some passages."""

    def __init__(self, asked: Asked, stack: Stack) -> None:
        self._text, self._stack, terms = asked.text, stack, asked.terms
        self._whole = dict(zip(terms.ids.tolist(), terms.whole.tolist(), strict=True))
        self._plain = dict(zip(terms.ids.tolist(), terms.plain.tolist(), strict=True))
        self._mass = terms.mass[0]
        self._asked = aspects.asked(asked.text)
        self._several = len(asked.parts) + 1
        self._rendered = asked.rendered

    def of(self, passage: int) -> tuple[list[int], Rows]:
        """The units that are sentences of the passage, and the signs of each."""
        units = self._stack.index.sentences(passage).tolist()
        rows = [self._signs(unit, is_first=unit == units[0]) for unit in units]
        return units, np.array(rows).reshape(len(units), len(SIGNS))

    def _signs(self, unit: int, *, is_first: bool) -> tuple[float, ...]:
        index, held = self._stack.index, self._stack.index.of_unit(unit).tolist()
        words, said = self._stack.clause(unit).text, self._stack.wording(unit)
        share = sum(self._whole.get(term, 0.0) for term in held) / self._mass
        gains: dict[int, float] = {}
        for term in held:
            for order, gain in self._rendered.get(term, ()):
                gains[order] = max(gain, gains.get(order, 0.0))
        pairs = zip(ASPECTS, self._asked, strict=True)
        return (
            share / float(index.unit_length[unit]),
            share,
            sum(self._plain.get(term, 0.0) for term in held) / self._mass,
            sum(gains.values()) / self._several,
            sum(asks and aspect.said.search(words) is not None for aspect, asks in pairs),
            partial_ratio(self._text, said) / 100,
            math.log1p(len(words)),
            float(is_first),
        )
