"""Learns how questions are put to documents without standard questions: python -m knowledge.training.laws ARTICLES.jsonl.xz.

The texts of the laws are not part of the program: ARTICLES has a line {"title": "刑法 第一条", "text": …} for each
article. What offices keep themselves (invented) is in training/documents. The questions are in training/questions, each
with the law or the file, the articles or the words that answer, and the words for which others stand. What is learned:
usual.txt, small.txt, sayings-learned.txt, renderings.txt, precedents.segment and shelf.json in knowledge/sources.
"""

import json
import lzma
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from knowledge import clauses, finding, lexicon, precedents, segments
from knowledge.arrays import Numbers
from knowledge.beside import FEATURES, Candidates, candidates
from knowledge.finding import Asked
from knowledge.lexicon import Lexicon
from knowledge.library import Library
from knowledge.passages import Document, Passage
from knowledge.postings import Postings, merge
from knowledge.precedents import Precedents, collect
from knowledge.ranking import understand
from knowledge.reading import read as read_file
from knowledge.segments import Segment, compared
from knowledge.shelf import DECLINED, SIGNS, best_first, signs_of
from knowledge.splitting import passages_of
from knowledge.stack import Stack, Volume, stack
from knowledge.training import renderings
from knowledge.training.descent import Rows, choose, decide
from knowledge.words import normalise

SOURCES = Path(str(files("knowledge"))) / "sources"
QUESTIONS = Path(str(files("knowledge"))) / "training" / "questions"
TENTH, COMMON = 10, 3
"""Of the articles that are looked at for ordinary terms; and in how many of a thousand a term is one."""
DOCUMENTS = Path(str(files("knowledge"))) / "training" / "documents"
NEAR, OWN = 2.0, 5.0
"""So much more counts a question that comes near and is not answered, and one on what an office keeps itself."""


@dataclass(frozen=True)
class Question:
    """`gold` are the ids of the passages that answer; none for what is to be declined.

    `is_own` says that it is on a document that an office keeps itself, not on a law.
    """

    text: str
    kind: str
    gold: tuple[str, ...]
    span: str
    sayings: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True)
class Fold:
    """Some laws and what is asked of them, judged by what was learned from the others."""

    volumes: tuple[Volume, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Example:
    """A question, the passages that may answer, and which are right.

    `before` are the signs of questions alike; `sentences` are those of the right passage with their signs, and which of
    them have the span.
    """

    question: Question
    before: tuple[float, float]
    candidates: Candidates
    right: tuple[bool, ...]
    sentences: tuple[Rows, tuple[bool, ...]] | None


@dataclass(frozen=True)
class Judgement:
    """The signs of a question, whether the first passage is right, one of three, and how much it counts."""

    signs: tuple[float, ...]
    right: bool
    known: bool
    counts: float


def read(archive: Path) -> list[Fold]:
    """A fold for each file of questions; what has no law is put to all of them."""
    named = {path: list(_rows(path)) for path in sorted(QUESTIONS.glob("*.jsonl"))}
    laws = _laws(archive, {row["law"] for rows in named.values() for row in rows if row["law"]})
    laws |= {file.name: _document(file) for file in sorted(DOCUMENTS.iterdir())}
    everywhere = [_question(row) for rows in named.values() for row in rows if not row["law"]]
    return [
        Fold(
            tuple(laws[name] for name in dict.fromkeys(row["law"] for row in rows)),
            (*(_question(row) for row in rows), *everywhere),
        )
        for rows in named.values()
        if any(row["law"] for row in rows)
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _question(row: Mapping[str, Any]) -> Question:
    gold = tuple(f"{row['law']}|{article}" for article in row["gold"])
    words = tuple(row.get("words", ()))
    is_own = row["law"].endswith((".txt", ".md"))
    return Question(row["q"], row["kind"], gold, row.get("span", ""), words, is_own)


def _document(file: Path) -> Volume:
    found = read_file(file.read_bytes(), file.name)
    document = Document(file.name, found.card.title, None, None, None, None, "", "")
    passages = passages_of(document, found.form, found.text)
    return Volume(passages, segments.build(passages))


def _laws(archive: Path, wanted: set[str]) -> dict[str, Volume]:
    articles: defaultdict[str, list[str]] = defaultdict(list)
    with lzma.open(archive, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            title, _, article = row["title"].rpartition(" ")
            if title in wanted:
                articles[title].append(f"{article} {row['text']}")
    found = {}
    for name, texts in articles.items():
        title = name.partition("(")[0]
        document = Document(name, title, None, None, None, None, "", "")
        passages = passages_of(document, "regulation", "\n".join(texts))
        found[name] = Volume(passages, segments.build(passages))
    return found


def learned_sayings(questions: Iterable[Question]) -> list[str]:
    """What the questions say of their own words, as lines of a file of sayings."""
    known = lexicon.read_sayings(_written())
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for saying in (one for question in questions for one in question.sayings):
        everyday, _, official = saying.partition(">")
        words = normalise(everyday).replace(" ", "")
        meant = [normalise(one).replace(" ", "") for one in official.replace("，", ",").split(",")]
        if 1 < len(words) <= lexicon.LONGEST:
            found[words] |= dict.fromkeys(one for one in meant if len(one) > 1 and one != words)
    return [
        f"{words} {','.join(found[words])}" for words in sorted(found) if found[words] and known
    ]


def _written() -> list[str]:
    return (SOURCES / "sayings.txt").read_text(encoding="utf-8").splitlines()


def usual(archive: Path) -> list[str]:
    """In how many of a thousand articles a term stands, as lines; of every tenth article."""
    seen: Counter[str] = Counter()
    count = 0
    with lzma.open(archive, "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, None, TENTH):
            seen.update(segments.terms_of(json.loads(line)["text"]))
            count += 1
    shares = {term: round(1000 * times / count) for term, times in seen.items()}
    return [f"{term} {shares[term]}" for term in sorted(shares) if shares[term] >= COMMON]


def lexicon_of(questions: Sequence[Question], pairs: Sequence[renderings.Pair]) -> Lexicon:
    """What is learned of some questions, and of pairs of questions and clauses besides."""
    own = [renderings.pair(one.text, one.span) for one in questions if one.span]
    sayings = lexicon.read_sayings([*_written(), *learned_sayings(questions)])
    learned = lexicon.read_renderings(renderings.lines(renderings.learn([*pairs, *own])))
    return Lexicon(sayings, learned, _ordinary(), Precedents(precedents_of(questions)))


def _ordinary() -> Mapping[str, float]:
    return lexicon.read_usual((SOURCES / "usual.txt").read_text(encoding="utf-8").splitlines())


def precedents_of(questions: Iterable[Question]) -> Segment:
    """What was answered by a clause, and what came near and was declined; what is both counts as answered."""
    kept = [one for one in questions if one.span or one.kind == "oos_near"]
    different = {one.text: one for one in sorted(kept, key=lambda one: bool(one.gold))}
    return collect(
        (
            precedents.asked(understand(one.text).text),
            compared(normalise(one.span)) if one.gold else set(),
        )
        for one in different.values()
    )


def small_talk(questions: Sequence[Question]) -> list[str]:
    """In how many of a thousand questions a character stands, as lines."""
    seen = Counter(char for one in questions for char in set(normalise(one.text)) - {" "})
    shares = {char: round(1000 * times / len(questions)) for char, times in seen.items()}
    return [f"{char} {shares[char]}" for char in sorted(shares) if shares[char] > 1]


def examples(fold: Fold, words: Lexicon) -> list[Example]:
    """Each question of a fold with the passages that may answer it."""
    shelf = stack(fold.volumes, words)
    return [_example(one, shelf) for one in fold.questions]


def _example(question: Question, shelf: Stack) -> Example:
    asked = finding.read(question.text, shelf)
    found = candidates(asked, shelf)
    right = tuple(_is_gold(question, shelf.passages[one]) for one in found.passages.tolist())
    gold = found.passages[np.flatnonzero(right)[:1]]
    sentences = _sentences(question, asked, gold, shelf) if len(gold) else None
    return Example(question, asked.near.signs, found, right, sentences)


def _sentences(
    question: Question, asked: Asked, gold: Numbers, shelf: Stack
) -> tuple[Rows, tuple[bool, ...]] | None:
    """Those of the passage that answers; None where there is nothing to choose from."""
    units, rows = clauses.signs_of(asked, shelf, gold)
    has_span = tuple(_holds(shelf.clause(unit).text, question.span) for unit in units.tolist())
    is_choice = question.span and len(units) > 1 and any(has_span)
    return (rows, has_span) if is_choice else None


def _holds(clause: str, span: str) -> bool:
    """Most of the span stands in the clause, or the clause in the span."""
    return span in clause or (clause in span and 2 * len(clause) > len(span))


def _is_gold(question: Question, passage: Passage) -> bool:
    """Named by the law and how the article is printed; in a document of an office by the words that answer."""
    if f"{passage.document.key}|own" in question.gold:
        return question.span in passage.text
    return f"{passage.document.key}|{passage.citation}" in question.gold


def judged(found: Sequence[Example], weights: Sequence[float], index: Postings) -> list[Judgement]:
    """One for each question that has a passage to judge."""
    rows = []
    for one in found:
        if not len(one.candidates):
            continue
        scored = best_first(one.candidates.rows @ np.asarray(weights), one.candidates)
        text = understand(one.question.text).text
        signs = tuple(signs_of(text, one.before, scored, index).tolist())
        is_right = dict(zip(one.candidates.passages.tolist(), one.right, strict=True))
        right = [is_right[passage] for passage in scored.near.passages.tolist()]
        counts = NEAR if one.question.kind == "oos_near" else 1.0
        counts *= OWN if one.question.is_own else 1.0
        rows.append(Judgement(signs, right[0], any(right[:3]), counts))
    return rows


def learn(folds: Sequence[Fold]) -> dict[str, dict[str, float]]:
    """The weights: each fold is looked at with the lexicon of the others."""
    work = partial(_apart, folds, _curated())
    with ProcessPoolExecutor() as pool:
        parts = list(pool.map(work, range(len(folds))))
    every = [one for part in parts for one in part]
    ranking = choose([(one.candidates.rows, one.right) for one in every])
    ordinary = _ordinary()
    indices = (merge([one.segment for one in fold.volumes], ordinary) for fold in folds)
    pairs = zip(parts, indices, strict=True)
    rows = [row for part, index in pairs for row in judged(part, ranking, index)]
    sentence = choose([one.sentences for one in every if one.sentences is not None])
    weights = {"ranking": dict(zip(FEATURES, ranking, strict=True))}
    weights["sentence"] = dict(zip(clauses.SIGNS, sentence, strict=True))
    return weights | judging(rows)


def judging(rows: Sequence[Judgement]) -> dict[str, dict[str, float]]:
    """The weights of both chances. What was declined elsewhere may still be worth suggesting from these documents."""
    is_right = [(one.signs, one.right, one.counts) for one in rows]
    place = SIGNS.index(DECLINED)
    rest = [(*one.signs[:place], *one.signs[place + 1 :]) for one in rows]
    pairs = zip(rest, rows, strict=True)
    is_known = [(signs, one.known, one.counts) for signs, one in pairs]
    return {
        "right": _named(SIGNS, decide(is_right)),
        "known": _named([sign for sign in SIGNS if sign != DECLINED], decide(is_known)),
    }


def _named(signs: Sequence[str], weights: Sequence[float]) -> dict[str, float]:
    *slopes, always = weights
    return dict(zip(signs, slopes, strict=True)) | {"always": always}


def _apart(folds: Sequence[Fold], pairs: Sequence[renderings.Pair], number: int) -> list[Example]:
    """A fold with the lexicon of the others."""
    others = [one for place, fold in enumerate(folds) if place != number for one in fold.questions]
    return examples(folds[number], lexicon_of(others, pairs))


def _curated() -> list[renderings.Pair]:
    """The standard questions of the shipped documents are pairs as well."""
    facts = Library.load().facts
    return [renderings.pair(one, fact.clause.text) for fact in facts for one in fact.questions]


def main(archive: Path) -> None:
    """Learn, and write what the shelf is read by."""
    _write("usual.txt", "\n".join(usual(archive)))
    folds = read(archive)
    questions = [one for fold in folds for one in fold.questions]
    _write("small.txt", "\n".join(small_talk(questions)))
    words = lexicon_of(questions, _curated())
    sys.stdout.write(f"{summary(folds, words)}\n")
    _write("sayings-learned.txt", "\n".join(learned_sayings(questions)))
    (SOURCES / lexicon.PRECEDENTS).write_bytes(precedents_of(questions).to_bytes())
    _write("renderings.txt", "\n".join(map(" ".join, words.renderings.items())))
    weights = learn(folds)
    rounded = {
        name: {key: round(value, 4) for key, value in own.items()} for name, own in weights.items()
    }
    _write("shelf.json", json.dumps(rounded, indent=1))


def summary(folds: Sequence[Fold], words: Lexicon) -> str:
    """What was learned from, in a line."""
    questions = {one.text: one for fold in folds for one in fold.questions}.values()
    laws = {one.passages[0].document.key for fold in folds for one in fold.volumes}
    answered = sum(bool(one.gold) for one in questions)
    return (
        f"{answered} questions on {len(laws)} laws and papers, {len(questions) - answered} that nothing"
        f" answers, {len(words.sayings)} everyday expressions, {len(FEATURES)} signs of a passage"
    )


def _write(name: str, text: str) -> None:
    (SOURCES / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
