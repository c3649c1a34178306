"""Web pages: headings, paragraphs and tables; not their navigation, scripts and styles."""

import re
from html.parser import HTMLParser

from knowledge.reading.lines import Extract, headed, laid


def _names(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", words))


DROPPED = _names(
    "script style nav footer aside noscript template svg iframe button select "
    "rt rp"  # of ruby: how it is read aloud
)
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|crumbs?|footer|foot|copyright|sidebar|share|toolbar)(?:$|[\s_-])",
    re.IGNORECASE,
)
FRAMES = _names("div section ul ol table td header p span")
BLOCKS = (FRAMES - {"span"}) | _names(
    "address article blockquote body br center dd dl dt fieldset form h1 h2 h3 h4 h5 h6 hr li main pre "
    "summary th tr"
)
VOID = _names("area base br col embed hr img input link meta source track wbr")
HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}


def extract(text: str) -> Extract:
    page = _Page(drops_furniture=True)
    page.read(text)
    if not page.lines:
        page = _Page(drops_furniture=False)
        page.read(text)
    return Extract(tuple(page.lines), (), page.title)


class _Page(HTMLParser):
    """What stands in a row waits in `_cells` until the row ends; a heading in it keeps its mark."""

    def __init__(self, *, drops_furniture: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.title = ""
        self._drops_furniture = drops_furniture
        self._dropped: list[str] = []  # the element that is left out, with those of its name inside
        self._words: list[str] = []
        self._cell: list[str] = []
        self._cells: list[list[str]] | None = None
        self._in_title = False
        self._depth = 0

    def read(self, text: str) -> None:
        self.feed(text)
        self.close()
        self._end_row()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropped:
            self._dropped += [tag] if tag == self._dropped[0] else []
        elif self._is_dropped(tag, dict(attrs)):
            self._dropped = [tag]
        elif tag == "title":
            self._in_title = True
        elif tag == "br" and self._depth:
            self._words.append(" ")
        else:
            self._open(tag)

    def _open(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_line()
            self._depth = HEADINGS.get(tag, 0)
        if tag in ("table", "tr"):
            self._end_row()
        if tag == "tr":
            self._cells = []

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            if tag == self._dropped[0]:
                self._dropped.pop()
            return
        if tag == "title":
            self._in_title = False
        if tag in BLOCKS:
            self._end_line()
            self._depth = 0
        if tag in ("td", "th") and self._cells is not None:
            self._cells.append(self._cell)
            self._cell = []
        if tag in ("tr", "table"):
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        if self._in_title:
            self.title += data.strip()
            return
        self._words.append(re.sub(r"\s+", " ", data))

    def _is_dropped(self, tag: str, attributes: dict[str, str | None]) -> bool:
        if tag in VOID:
            return False
        if tag in DROPPED or "hidden" in attributes:
            return True
        named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        return self._drops_furniture and tag in FRAMES and bool(FURNITURE.search(named))

    def _end_line(self) -> None:
        line = headed(self._depth, "".join(self._words))
        self._words = []
        if line:
            (self.lines if self._cells is None else self._cell).append(line)

    def _end_row(self) -> None:
        self._end_line()
        cells = [*(self._cells or []), self._cell]
        self._cells, self._cell = None, []
        self.lines += laid(cells)
