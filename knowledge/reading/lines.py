"""The lines that are taken out of a file, before their form is known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SPACE = re.compile(r"[ \t\u00a0\u2000-\u200a\u3000]+")
BETWEEN = "\u3000"
"""What stands between the cells of a table."""
LAID_OUT = 3
"""A cell of more lines is no cell of a table but a part of a page."""
MOST = 10_000  # rows of a question table


@dataclass(frozen=True)
class Extract:
    """Headings begin with #, as in Markdown. Margins are looked at for markings only."""

    lines: tuple[str, ...]
    margins: tuple[str, ...] = ()
    title: str = ""
    is_marked_up: bool = False


def tidy(text: str) -> str:
    """One line without the spaces of its layout."""
    return SPACE.sub(" ", text).strip()


def laid(cells: Sequence[Sequence[str]]) -> list[str]:
    """A row of a table as one line; where the table only lays out a page, the lines as they are."""
    filled = [cell for cell in cells if cell]
    if len(filled) == 1 or any(len(cell) > LAID_OUT for cell in filled):
        return [line for cell in filled for line in cell]
    line = BETWEEN.join(" ".join(said.lstrip("# ") for said in cell) for cell in filled)
    return [line] if line else []


def headed(depth: int, text: str) -> str:
    """A heading; depth 0 is an ordinary line, which must not look like one."""
    words = tidy(text.replace("\n", " "))
    if depth and words:
        return f"{'#' * min(depth, 6)} {words}"
    return words.lstrip("#").lstrip() if words.startswith("#") else words
