"""Files of every format, made for the tests of reading."""

import io
import zipfile
from collections.abc import Iterable, Sequence

from docx import Document
from docx.document import Document as WordDocument
from openpyxl import Workbook
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
REGULATION = (
    "某某市楼道管理办法",
    "第一章　总则",
    "第一条　为了管好楼道，制定本办法。",
    "第二条　楼道不得堆放杂物。",
)


def compound(stream: str) -> bytes:
    """What Microsoft's programs wrote before 2007: a file of streams, one with this name."""
    return OLE + stream.encode("utf-16-le") + bytes(512)


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def xlsx(*rows: Sequence[object]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def pdf(*pages: Iterable[str], locked: bool = False, indent: bool = True) -> bytes:
    """Pages of 24 characters a line; paragraphs begin two characters further in."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption("b") if locked else None)
    for number, lines in enumerate(pages, start=1):
        canvas.setFont(FONT, 12)
        height = 780
        for paragraph in lines:
            first = 22 if indent else 24
            pieces = [paragraph[:first]]
            pieces += [paragraph[at : at + 24] for at in range(first, len(paragraph), 24)]
            for order, piece in enumerate(pieces):
                canvas.drawString(104 if indent and not order else 80, height, piece)
                height -= 20
        canvas.drawString(280, 30, f"— {number} —")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def scan() -> bytes:
    """Two pages with nothing but pictures."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for _page in range(2):
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def zipped(**entries: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()
