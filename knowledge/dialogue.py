"""Whether a question leans on the one before it."""

import re

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
