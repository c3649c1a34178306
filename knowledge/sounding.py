"""What was meant by characters that only sound right, and by pinyin: 教玉救助 for 教育救助, wuyefei for 物业费."""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from knowledge.syllables import syllables
from knowledge.words import RUN, dictionary, pieces


def sounding(text: str, known: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What of a normalised question is no word that is known, each with the known words that sound like it."""
    for run in RUN.findall(text):
        for said, sound in _spelled(run) if run[0] < "\u3400" else _broken(run, known):
            found = tuple(word for word in _by_sound().get(sound, ()) if word in known)
            if found:
                yield said, found


def _spelled(run: str) -> Iterator[tuple[str, str]]:
    """Neighbouring syllables of a run of pinyin."""
    for pair in itertools.pairwise(syllables(run)):
        yield run, " ".join(pair)


def _broken(run: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Neighbouring characters that belong to no word, and words that nobody here uses."""
    cut = pieces(run)
    apart = (a + b for a, b in itertools.pairwise(cut) if len(a) == len(b) == 1)
    for said in (*(one for one in cut if len(one) == 2), *apart):
        if said not in known:
            yield said, " ".join(syllables(said))


@cache
def _by_sound() -> Mapping[str, tuple[str, ...]]:
    """The words of two characters by their syllables."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in dictionary():
        if len(word) == 2:
            found[" ".join(syllables(word))].append(word)
    return {sound: tuple(words) for sound, words in found.items()}
