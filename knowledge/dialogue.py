"""Whether a question leans on the one before it."""

import re

from knowledge.words import without_asking, words

LEANS = re.compile(
    r"^(?:那|哪那|要是|如果|假如|它|他们?|这|其|里面|里头|会上|还|再|然后|之后|另外|同样|只|批下来|报了)|呢$|也(?:能|得|要|是|可以|这么)|(?:这|那)么"
)
FRESH = re.compile(r"换个|另一个(?:事|问题)|再问个")
SHORT = 9
"""A question of so few characters rarely has a subject of its own."""


def follows(question: str) -> bool:
    """Whether a question (normalised) asks on, rather than afresh."""
    if FRESH.search(question):
        return False
    return len(question) <= SHORT or LEANS.search(question) is not None


def leans(question: str) -> bool:
    """Whether a question (normalised) says so that it asks on, or speaks of nothing itself: 由谁负责."""
    if FRESH.search(question):
        return False
    return LEANS.search(question) is not None or not words(without_asking(question))
