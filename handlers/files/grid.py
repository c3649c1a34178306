"""A workbook that somebody sent, as rows of cells. It may be broken, far too large, or lie about its size."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook, load_workbook

LARGEST = 8 * 1024 * 1024  # bytes after unpacking: an office's list has a few hundred rows
MOST_ROWS, MOST_COLUMNS = 10_000, 100  # counted with the empty ones


class Broken(Exception):
    """No workbook, or one that cannot be read to its end."""


class TooLarge(Exception):
    """More than anybody writes by hand."""


@dataclass(frozen=True)
class Line:
    """A row by its number. A formula says what nobody has written."""

    number: int
    values: Sequence[Any]
    has_formula: bool


def opened(content: bytes) -> Workbook:
    """The workbook, its sheets not yet parsed. Broken, TooLarge."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        workbook = load_workbook(io.BytesIO(content), read_only=True) if size <= LARGEST else None
    except Exception as error:  # openpyxl raises whatever a broken file makes it raise
        raise Broken from error
    if workbook is None:
        raise TooLarge
    return workbook


def lines(workbook: Workbook, title: str) -> list[Line]:
    """Every row of a sheet, empty ones too. Broken, TooLarge."""
    try:
        return list(_lines(workbook, title))
    except TooLarge:
        raise
    except Exception as error:  # as above
        raise Broken from error


def _lines(workbook: Workbook, title: str) -> Iterator[Line]:
    sheet = workbook[title]
    sheet.reset_dimensions()  # a file may lie about its size
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise TooLarge
        has_formula = any(cell.data_type == "f" for cell in cells)
        yield Line(number, [cell.value for cell in cells], has_formula)
