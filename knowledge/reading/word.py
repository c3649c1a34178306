"""Word documents: paragraphs and tables in order; what was deleted or hidden is left out."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from knowledge.reading.lines import Extract, headed, laid
from knowledge.reading.word_numbers import Numbers

MAIN = re.compile(
    r'Type="[^"]*/officeDocument"[^>]*Target="/?([^"]+)"|Target="/?([^"]+)"[^>]*Type="[^"]*/officeDocument"'
)
RELATIONS = "_rels/.rels"
HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
OF_CONTENTS = re.compile(r"^(?:toc|目录)\b", re.IGNORECASE)
IGNORED = {qn(f"w:{name}") for name in ("del", "moveFrom", "rt", "instrText", "footnotePr")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
PARAGRAPH, TABLE, TEXT, RUN = qn("w:p"), qn("w:tbl"), qn("w:t"), qn("w:r")
CELL, ROW, BOX, CONTROL = qn("w:tc"), qn("w:tr"), qn("w:txbxContent"), qn("w:sdt")
VALUE = qn("w:val")
WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"


@dataclass(frozen=True)
class Style:
    """What a paragraph style says: the depth of a heading, its list, whether it is of a table of contents."""

    depth: int
    numbering: tuple[str, int] | None
    is_contents: bool


def extract(content: bytes) -> Extract:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        relations = archive.read(RELATIONS) if RELATIONS in names else b""
        found = MAIN.search(relations.decode("utf-8", "replace"))
        main = (found[1] or found[2]) if found else "word/document.xml"
        folder = main.rpartition("/")[0]
        document = parse_xml(archive.read(main))
        styles = _read(archive, names, f"{folder}/styles.xml")
        numbers = _read(archive, names, f"{folder}/numbering.xml")
        edges = [
            _read(archive, names, name)
            for name in sorted(names)
            if re.fullmatch(rf"{re.escape(folder)}/(?:header|footer)\d*\.xml", name)
        ]
        core = _read(archive, names, "docProps/core.xml")
    lines = tuple(_Body(_styles(styles), Numbers(numbers)).lines(document))
    margins = [line for edge in edges for line in _Body({}, Numbers(None)).lines(edge)]
    margins += [one.get("string", "") for edge in edges for one in edge.iter(WATERMARK)]
    return Extract(lines, tuple(margins), _title(core))


def _read(archive: zipfile.ZipFile, names: set[str], name: str) -> Any:
    """A part of the package as an element; None where there is none."""
    return parse_xml(archive.read(name)) if name in names else None


def _title(core: Any) -> str:
    if core is None:
        return ""
    found = core.findtext("{http://purl.org/dc/elements/1.1/}title")
    return str(found or "").strip()


def _styles(root: Any) -> dict[str, Style]:
    """Every style with what it inherits."""
    if root is None:
        return {}
    elements = {str(one.get(qn("w:styleId"))): one for one in root.iter(qn("w:style"))}
    return {name: _style(name, elements) for name in elements}


def _style(name: str, elements: dict[str, Any]) -> Style:
    depth, numbering, is_contents = 0, None, False
    for _generation in range(10):
        element = elements.get(name)
        if element is None:
            break
        title = _value(element.find(qn("w:name"))) or ""
        is_contents = is_contents or bool(OF_CONTENTS.match(title))
        depth = depth or _depth(element, title)
        numbering = numbering or _numbering(element.find(qn("w:pPr")))
        name = _value(element.find(qn("w:basedOn"))) or ""
    return Style(depth, numbering, is_contents)


def _depth(element: Any, title: str) -> int:
    if title.lower() == "title":
        return 1
    match = HEADING.match(title)
    return int(match[1]) if match else _outline(element.find(qn("w:pPr")))


def _outline(properties: Any) -> int:
    level = None if properties is None else _value(properties.find(qn("w:outlineLvl")))
    return int(level) + 1 if level and level.isdecimal() and int(level) < 9 else 0


def _numbering(properties: Any) -> tuple[str, int] | None:
    """The list and the level of a paragraph."""
    found = None if properties is None else properties.find(qn("w:numPr"))
    if found is None:
        return None
    name, level = _value(found.find(qn("w:numId"))), _value(found.find(qn("w:ilvl"))) or "0"
    return (name, int(level)) if name and level.isdecimal() else None


def _value(element: Any) -> str | None:
    return None if element is None else element.get(VALUE)


class _Body:
    """Goes through a body or a header; text boxes follow the paragraph they hang on."""

    def __init__(self, styles: dict[str, Style], numbers: Numbers) -> None:
        self._styles, self._numbers = styles, numbers

    def lines(self, root: Any) -> Iterator[str]:
        for element in root:
            if element.tag == PARAGRAPH:
                yield from self._paragraph(element)
            elif element.tag == TABLE:
                yield from self._table(element)
            elif not _is_left_out(element):
                yield from self.lines(element)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        properties = paragraph.find(qn("w:pPr"))
        named = None if properties is None else _value(properties.find(qn("w:pStyle")))
        style = self._styles.get(named or "", Style(0, None, is_contents=False))
        text = "".join(_words(paragraph))
        numbered = _numbering(properties) or style.numbering
        if numbered and text.strip():
            text = self._numbers.next(*numbered) + text
        depth = _outline(properties) or style.depth
        if not style.is_contents:
            texts = [text] if depth else text.split("\n")
            yield from (line for one in texts if (line := headed(depth, one)))
        for box in _boxes(paragraph):
            yield from self.lines(box)

    def _table(self, table: Any) -> Iterator[str]:
        """A line a row."""
        for element in table:
            if element.tag != ROW or element.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
                continue
            cells = [one for one in element.iter(CELL) if _nearest(one, ROW) is element]
            yield from laid([list(self.lines(cell)) for cell in cells])


def _nearest(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _is_left_out(element: Any) -> bool:
    """Comments of the XML, deletions, and the table of contents that Word made."""
    if element.tag in IGNORED or not isinstance(element.tag, str):
        return True
    kinds = element.iter(qn("w:docPartGallery")) if element.tag == CONTROL else ()
    return any("Table of Contents" in (_value(one) or "") for one in kinds)


def _words(element: Any) -> Iterator[str]:
    """The words of a paragraph without those of its text boxes."""
    for child in element:
        if child.tag in IGNORED or child.tag == BOX or (child.tag == RUN and _is_hidden(child)):
            continue
        if child.tag == TEXT:
            yield child.text or ""
        elif child.tag in BREAKS:
            yield BREAKS[child.tag]
        elif isinstance(child.tag, str):
            yield from _words(child)


def _is_hidden(run: Any) -> bool:
    found = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return found is not None and _value(found) not in ("0", "false")


def _boxes(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == BOX:
            yield child
        elif child.tag not in IGNORED and isinstance(child.tag, str):
            yield from _boxes(child)
