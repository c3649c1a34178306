"""Whether the best fact may be said outright, only be suggested, or not even that."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.ranking import FEATURES, Candidate, Question, Ranked, Ranking

OWN = ("cosine", "ratio", "expanded", "pooled", "heard", "echo", "passage", "clause", "fit")
"""Features of the best fact that count."""
RIVAL = ("cosine", "ratio", "expanded", "heard")
"""Features in which a topic that the documents leave open may be closer."""
SIGNS = (*OWN, "score", "doubt", *(f"topic {name}" for name in RIVAL), *(f"beaten {name}" for name in RIVAL), "missing", "strange", "thin", "spoken", "unspoken")  # fmt: skip
THIN = 0.6
"""A question of which the best fact covers less is thinly covered."""
UNSPOKEN = 0.4
"""A question of which the best fact has less speaks of something else."""
PLACE = {name: place for place, name in enumerate(FEATURES)}


@dataclass(frozen=True)
class Chances:
    """That the best fact answers, and that the documents answer at all."""

    right: float
    known: float


class Gate:
    """Two trained judgements over the same signs."""

    def __init__(
        self, weights: Mapping[str, Mapping[str, float]], attributes: Sequence[str]
    ) -> None:
        self._right, self._known = (
            [weights[name].get(sign, 0.0) for sign in (*SIGNS, "alone")]
            for name in ("right", "known")
        )
        self._attributes = tuple(attributes)

    def chances(self, question: Question, ranked: Ranked, ranking: Ranking) -> Chances:
        signs = self.signs(question, ranked, ranking)
        return Chances(_chance(self._right, signs), _chance(self._known, signs))

    def signs(self, question: Question, ranked: Ranked, ranking: Ranking) -> tuple[float, ...]:
        """What the judgement rests on; there is at least one fact."""
        best = ranked.facts[0]
        own = [best.features[PLACE[name]] for name in OWN]
        topic = [
            max((one.features[PLACE[name]] for one in ranked.topics), default=0.0) for name in RIVAL
        ]
        beaten = [
            max(0.0, rival - best.features[PLACE[name]])
            for name, rival in zip(RIVAL, topic, strict=True)
        ]
        spoken = ranking.spoken(question, best)
        missing = self.missing(question, ranking.words_of(best))
        return (
            *own,
            best.score / 10,
            _doubt(ranked.facts, ranking),
            *topic,
            *beaten,
            missing,
            ranking.strangeness(question),
            max(0.0, THIN - max(best.features[PLACE["expanded"]], best.features[PLACE["heard"]])),
            spoken,
            max(0.0, UNSPOKEN - spoken),
        )

    def missing(self, question: Question, words: str) -> float:
        """How many things are asked about (任期, 补贴, 公章 …) that the fact does not mention; at most two."""
        asked = [name for name in self._attributes if name in question.text and name not in words]
        return float(min(2, len(asked)))


def _doubt(facts: Sequence[Candidate], ranking: Ranking) -> float:
    """How close the best fact of another passage comes: 1 is a tie."""
    best = facts[0]
    own = ranking.facts[best.owner].passage.id
    for other in facts:
        if ranking.facts[other.owner].passage.id != own:
            return math.exp(other.score - best.score)
    return 0.0


def _chance(weights: Sequence[float], signs: Sequence[float]) -> float:
    *slopes, alone = weights
    total = math.fsum(slope * sign for slope, sign in zip(slopes, signs, strict=True)) + alone
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
