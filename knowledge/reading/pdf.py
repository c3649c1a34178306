"""PDF: the printed lines without page numbers and running heads, paragraphs put together again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2

from knowledge.reading.lines import Extract, headed, tidy
from knowledge.reading.result import Problem, Unreadable
from knowledge.reading.wrapping import BEGINS, ENDS, Line, joined, unwrapped

PAGE_NUMBER = re.compile(
    r"^(?:[-—–－·\s]*\d{1,4}[-—–－·\s]*|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|Page \d+.*)$"
)
EDGE = 2  # lines at the top and at the bottom of a page that may repeat
FEW = 8  # characters a page; a scan has none, or a stamp
INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u00ad\ufffe\uffff]")
LONG = 0.8  # of a page's width


def extract(content: bytes) -> Extract:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower() or "security" in str(error).lower()
        raise Unreadable(Problem.ENCRYPTED if encrypted else Problem.BROKEN) from error
    pages = [list(_lines(document[number])) for number in range(len(document))]
    if not pages:
        raise Unreadable(Problem.BROKEN)
    if sum(len(line.text) for page in pages for line in page) < FEW * len(pages):
        raise Unreadable(Problem.SCANNED)
    repeated = _repeated(pages)
    margins = [line.text for page in pages for line in _edges(page)]
    paragraphs: list[str] = []
    for page in pages:
        body = _body(page, repeated)
        parts = unwrapped(body)
        if paragraphs and parts and _runs_over(paragraphs[-1], body[0].text):
            paragraphs[-1] = joined(paragraphs[-1], parts.pop(0))
        paragraphs += parts
    return Extract(tuple(headed(0, one) for one in paragraphs), tuple(margins))


def _lines(page: pypdfium2.PdfPage) -> Iterator[Line]:
    """What is printed on a page, line by line, with the edges of each."""
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    has_places = len(text) == text_page.count_chars()
    for match in re.finditer(r"[^\r\n]+", text):
        words = tidy(INVISIBLE.sub("", match[0]))
        if not words:
            continue
        if not has_places:
            yield Line(words, 0, len(words), 1)
            continue
        first, last = match.start(), match.start() + len(match[0].rstrip()) - 1
        first += len(match[0]) - len(match[0].lstrip())
        left, _b, first_right, _t = text_page.get_charbox(first, loose=True)
        right = text_page.get_charbox(last, loose=True)[2]
        size = max(first_right - left, (right - left) / len(words), 1)
        yield Line(words, left, right, size)
    text_page.close()
    page.close()


def _edges(page: Sequence[Line]) -> list[Line]:
    return [*page[:EDGE], *page[max(EDGE, len(page) - EDGE) :]]


def _shape(text: str) -> str:
    """A running head with another page number is the same."""
    return re.sub(r"\d+", "0", text)


def _repeated(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """The running heads: at the edge of most pages, and of three at least."""
    counted = Counter(
        shape for page in pages for shape in {_shape(one.text) for one in _edges(page)}
    )
    return frozenset(
        shape for shape, times in counted.items() if times >= 3 and times >= len(pages) / 2
    )


def _body(page: Sequence[Line], repeated: frozenset[str]) -> list[Line]:
    kept = list(page)
    for edge in (0, -1):
        for _time in range(EDGE):
            if kept and (PAGE_NUMBER.match(kept[edge].text) or _shape(kept[edge].text) in repeated):
                kept.pop(edge)
    return kept


def _runs_over(before: str, after: str) -> bool:
    """Whether a sentence goes on on the next page."""
    return not ENDS.search(before) and not BEGINS.match(after) and len(before) > 30
