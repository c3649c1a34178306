"""The tables of a year, as the ledger shows them, and each of them as a CSV."""

import csv
import io

from handlers.files import archive, duty_tables, meeting_tables
from handlers.files.sheets import FORMULA, Table
from records.yearbook import Yearbook


def of(book: Yearbook) -> list[Table]:
    """Meetings, then what was registered, then what is not."""
    return [*meeting_tables.of(book), *duty_tables.of(book)]


def to_csv(table: Table) -> bytes:
    """UTF-8 with BOM and CRLF for Excel.

    Words that a spreadsheet could take for a formula get an apostrophe in front: in a CSV there is
    no other way to say that they are text, and who reads it by program can take it off again.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.heading for column in table.columns])
    writer.writerows([_harmless(value) for value in row] for row in table.rows)
    if table.note is not None:
        writer.writerow([table.note])
    return stream.getvalue().encode("utf-8-sig")


def _harmless(value: str | int) -> str | int:
    if isinstance(value, int):
        return value
    words = archive.clean(value)
    return f"'{words}" if words.startswith(FORMULA) else words
