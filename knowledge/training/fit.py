"""Learns the weights of ranking and gate and writes them: python -m knowledge.training.fit."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from knowledge.facts import Fact, Topic
from knowledge.gate import SIGNS, Gate
from knowledge.library import Library, read_attributes, read_weights
from knowledge.ranking import FEATURES, Candidate, Ranking, understand
from knowledge.training.examples import Example, held_out
from knowledge.training.learning import Choice, choose, decide

FAR = 10.0
"""So much more counts what has nothing to do with the documents: there are few of these questions."""

Weights = dict[str, dict[str, float]]


def learn(
    facts: Sequence[Fact], topics: Sequence[Topic], start: Mapping[str, Mapping[str, float]]
) -> Weights:
    """Weights from standard questions alone; no development question is looked at."""
    first = list(held_out(facts, topics, dict(start["ranking"])))
    ranking = _named(FEATURES, choose([one for one in map(_choice, first) if one], len(FEATURES)))
    examples = list(held_out(facts, topics, ranking))
    empty: Weights = {"right": {}, "known": {}}
    gate = Gate(empty, read_attributes())
    rows = [
        (
            gate.signs(one.question, one.ranked, one.ranking),
            one.ranking.facts[one.ranked.facts[0].owner],
            one,
        )
        for one in examples
        if one.ranked.facts
    ]
    others = [(row, False, FAR) for row in _elsewhere(gate, Ranking(facts, topics, ranking))]
    right = decide(
        [*((row, _same(best, one.fact), 1.0) for row, best, one in rows), *others], len(SIGNS)
    )
    known = decide(
        [*((row, one.fact is not None, 1.0) for row, _, one in rows), *others], len(SIGNS)
    )
    names = (*SIGNS, "alone")
    return {"ranking": ranking, "right": _named(names, right), "known": _named(names, known)}


def _elsewhere(gate: Gate, ranking: Ranking) -> Iterator[tuple[float, ...]]:
    """The signs of what people ask about anything else: none of it is answered here."""
    lines = (files("knowledge") / "training" / "questions" / "far.jsonl").read_text(
        encoding="utf-8"
    )
    for text in (json.loads(line)["q"] for line in lines.splitlines()):
        question = understand(text)
        ranked = ranking.rank(question)
        if ranked.facts:
            yield gate.signs(question, ranked, ranking)


def _choice(example: Example) -> Choice | None:
    if example.fact is None:
        return None

    def is_right(candidate: Candidate) -> bool:
        return example.ranking.facts[candidate.owner].clause == example.fact.clause  # type: ignore[union-attr]

    rows = tuple(one.features for one in example.ranked.facts)
    right = frozenset(place for place, one in enumerate(example.ranked.facts) if is_right(one))
    return Choice(rows, right) if right else None


def _same(best: Fact, fact: Fact | None) -> bool:
    return fact is not None and best.passage.id == fact.passage.id


def _named(names: Iterable[str], values: Iterable[float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in zip(names, values, strict=True)}


def main() -> None:
    """Learn, and write knowledge/sources/weights.json."""
    library = Library.load()
    weights = learn(library.facts, library.topics, read_weights())
    target = Path(str(files("knowledge"))) / "sources" / "weights.json"
    target.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{target}\n")


if __name__ == "__main__":
    main()
