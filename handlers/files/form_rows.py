"""What is wrong with a row of a workbook, whatever it is about: cells that cannot be kept, a day that is none."""

import re
from dataclasses import dataclass, field
from datetime import date

from handlers.files.cells import DAY, UNSEEN, is_private
from handlers.files.forms import Row
from handlers.texts import workbooks as texts

LONGEST = 4000  # characters of a cell
WITH_WEEKDAY = re.compile(r"\s*[（(]?(?:周|星期)[一二三四五六日天][)）]?$")
NO_YEAR = re.compile(r"\d{1,2}[-/.月]\d{1,2}[日号]?")


@dataclass(frozen=True)
class RowReader:
    """Reads one row to its end, so that all that is wrong with it is said at once."""

    row: Row
    faults: list[str] = field(default_factory=list, kw_only=True)

    def wrong(self, fault: str) -> None:
        self.faults.append(fault)

    def is_readable(self) -> bool:
        """False where nothing in the row can be trusted. What may not be kept is said as well."""
        if self.row.has_formula:
            self.wrong(texts.HAS_FORMULA)
            return False
        if any(len(value) > LONGEST for value in self.row.cells.values()):
            self.wrong(texts.TOO_LONG)
            return False
        for heading, value in self.row.cells.items():
            if UNSEEN.search(value):
                self.wrong(texts.hidden(heading))
            if any(is_private(part) for part in re.split(r"[；;\n]", value)):
                self.wrong(texts.private(heading))
        return True

    def day(self, heading: str, no_date: str) -> date | None:
        """With its year; `no_date` is said of anything else, with what was written in its place {}."""
        written = self.row.cells[heading]
        words = WITH_WEEKDAY.sub("", written)
        match = DAY.fullmatch(words)
        if match is None:
            self.wrong(_no_day(written, words, no_date))
            return None
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:  # 30 February
            self.wrong(texts.NO_SUCH_DAY)
            return None


def _no_day(written: str, words: str, no_date: str) -> str:
    if not written:
        return texts.NO_DATE
    if written.startswith(texts.EXAMPLE):
        return texts.STILL_EXAMPLE
    if NO_YEAR.fullmatch(words):
        return texts.YEAR_MISSING
    return no_date.format(written[: texts.QUOTED])
