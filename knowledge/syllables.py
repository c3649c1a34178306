"""How a text sounds: toneless syllables, with the sounds that are often confused folded together."""

import itertools
import re
from functools import cache, lru_cache
from importlib.resources import files

from knowledge.words import RUN

FOLDED = re.compile(r"^(zh|ch|sh)|(ng)$")
LONGEST_SYLLABLE = 6


@cache
def _readings() -> dict[str, str]:
    """The syllable of each character."""
    lines = (
        (files("knowledge") / "sources" / "readings.txt").read_text(encoding="utf-8").splitlines()
    )
    return {char: syllable for syllable, chars in map(str.split, lines) for char in chars}


@cache
def _spellings() -> frozenset[str]:
    return frozenset(_readings().values()) - {"n", "m", "ng", "hm", "hng"} | {"shei"}


@cache
def _sound(syllable: str) -> str:
    """zh, ch, sh without their h, and -ng as -n: what the ear and the keyboard mix up."""
    if syllable == "shei":
        return "sui"
    return FOLDED.sub(lambda match: match[0][0], syllable)


def syllables(text: str) -> list[str]:
    """The sounds of a normalised text; a Latin run that is no pinyin, and a number, stay whole."""
    found: list[str] = []
    for run in RUN.findall(text):
        if run[0] >= "\u3400":
            found += [_sound(_readings().get(char, char)) for char in run]
            continue
        found += map(_sound, split(run) or (run,))
    return found


@lru_cache(maxsize=1024)
def _split(run: str) -> tuple[str, ...] | None:
    best: list[tuple[str, ...] | None] = [(), *[None] * len(run)]
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - LONGEST_SYLLABLE), end):
            head, syllable = best[start], run[start:end]
            known = best[end]
            if (
                head is not None
                and syllable in _spellings()
                and (known is None or len(head) + 1 < len(known))
            ):
                best[end] = (*head, syllable)
    return best[-1]


def split(run: str) -> tuple[str, ...] | None:
    """A Latin run as the fewest syllables; None where it is no pinyin."""
    return _split(run) if run.isalpha() and len(run) <= 60 else None


def sounds(text: str) -> set[str]:
    """Pairs of neighbouring syllables, the channel for homophones and pinyin."""
    heard = syllables(text)
    return {f"{first} {second}" for first, second in itertools.pairwise(heard)}


def spelled(char: str) -> str:
    """The pinyin of a character, without its tone."""
    return _readings().get(char, char)


def homophones(char: str) -> str:
    """The characters that are spelled the same."""
    readings = _readings()
    return (
        "".join(other for other, syllable in readings.items() if syllable == readings.get(char))
        or char
    )
