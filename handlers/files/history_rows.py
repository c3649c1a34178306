"""The rows of past meetings against the rosters of their days and the ledger: what is meant, or what is wrong."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from handlers import dates, lines
from handlers.dates import Near
from handlers.files.form_rows import RowReader
from handlers.files.forms import Row
from handlers.files.history import (
    ABSENT,
    DATE,
    EXCUSED,
    MEETING,
    ONLINE,
    PLACE,
    RESOLUTIONS,
    TIME,
)
from handlers.texts import history as texts
from handlers.texts import workbooks as workbook_texts
from records import attendance, past
from records.attendance import Mark
from records.calendar import CHINA, day_of
from records.errors import BadHistory, DayUnknown, WordsTooLong
from records.meetings import EARLIEST
from records.model import MeetingKind, Person
from records.past import Known, PastMeeting, PastResolution

AT_THREE = time(15, 0)
COLUMNS: Mapping[str, Mark] = {
    EXCUSED: attendance.EXCUSED,
    ABSENT: attendance.ABSENT,
    ONLINE: attendance.ONLINE,
}
NOBODY = ("", "无", "没有", "/", "-", "—", "——")
APART = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]+([\u4e00-\u9fff])(?![\u4e00-\u9fff])"
)
NAME = re.compile(r"(?:[^、，,；;。\s（(]|[（(][^）)]*[）)]?)+")  # brackets hold what they hold
DONE = re.compile(r"[；;]([^；;]*已[^；;]*办结[^；;]*)$")


def read(rows: Sequence[Row], known: Known, *, now: datetime) -> list[PastMeeting]:
    """The meetings in the order of time. BadHistory with every fault of every row."""
    faults: list[str] = []
    found: list[PastMeeting] = []
    days: dict[date, int] = {}
    for row in rows:
        reader = _Reader(row, known, now)
        one = reader.read()
        if one is not None:
            first = days.setdefault(day_of(one.starts_at), row.number)
            if first != row.number:
                reader.wrong(texts.same_day(first))
            found.append(one)
        faults += [workbook_texts.in_row(row.number, fault) for fault in reader.faults]
    if faults:
        raise BadHistory(workbook_texts.refused(faults))
    return sorted(found, key=lambda one: one.starts_at)


@dataclass(frozen=True)
class _Reader(RowReader):
    known: Known
    now: datetime

    def read(self) -> PastMeeting | None:
        """None if it cannot be said when it was, or which meeting."""
        if not self.is_readable():
            return None
        kind, place, day = self._kind(), self._place(), self._day()
        if day is None:
            return None
        starts_at, marks, resolutions = self._time(day), self._marks(day), self._resolutions(day)
        if kind is None or starts_at is None:
            return None
        one = PastMeeting(kind, starts_at, place, marks, resolutions)
        if (known := past.in_the_ledger(one, self.known.meetings)) is not None:
            self.wrong(texts.in_the_ledger(known))
        return one

    def _day(self) -> date | None:
        day = self.day(DATE, texts.NO_SUCH_DATE)
        if day is None:
            return None
        if day > day_of(self.now):
            self.wrong(texts.IN_FUTURE)
            return None
        if day <= day_of(self.now - EARLIEST):
            self.wrong(workbook_texts.TOO_LONG_AGO)
            return None
        return day

    def _time(self, day: date) -> datetime | None:
        """15:00 where none is written."""
        written = self.row.cells[TIME]
        starts_at = datetime.combine(day, AT_THREE, CHINA)
        if written:
            read = dates.read_moment(f"{day.isoformat()} {written}", now=self.now)
            if read is None or read.rest:
                self.wrong(texts.no_time(written))
                return None
            starts_at = read.moment
        if starts_at >= self.now:
            self.wrong(texts.IN_FUTURE)
            return None
        return starts_at

    def _kind(self) -> MeetingKind | None:
        written = self.row.cells[MEETING]
        kind = lines.read_kind("".join(written.split()))
        if kind is None:
            self.wrong(texts.no_kind(written) if written else texts.NO_KIND)
        return kind

    def _place(self) -> str:
        place = " ".join(self.row.cells[PLACE].split())
        if len(place) > lines.PLACE_LENGTH:
            self.wrong(texts.PLACE_TOO_LONG)
        return place

    def _marks(self, day: date) -> Mapping[int, Mark]:
        """Who is an exception, by the roster of the day."""
        team = self.known.team_on(day)
        if not team:
            self.wrong(texts.no_team(day))
            return {}
        stands: dict[int, str] = {}
        for heading in COLUMNS:
            for written in _names(self.row.cells[heading]):
                person = self._person(written, team, heading, day)
                if person is None:
                    continue
                first = stands.setdefault(person.id, heading)
                if first != heading:
                    self.wrong(texts.twice_in_row(person, first, heading))
        return {number: COLUMNS[heading] for number, heading in stands.items()}

    def _person(
        self, written: str, team: Sequence[Person], heading: str, day: date
    ) -> Person | None:
        found = [one for one in team if one.name == written]
        found = found or [one for one in team if _with_unit(one) == _brackets(written)]
        if len(found) == 1:
            return found[0]
        if found:
            self.wrong(texts.same_name(found, written))
        else:
            self.wrong(texts.unknown(heading, written, day))
        return None

    def _resolutions(self, day: date) -> list[PastResolution]:
        written = [line for line in self.row.cells[RESOLUTIONS].split("\n") if line.strip()]
        found = [
            self._resolution(lines.BULLET.sub("", line).strip(), place, day)
            for place, line in enumerate(written, start=1)
            if line not in NOBODY
        ]
        return [one for one in found if one is not None]

    def _resolution(self, words: str, place: int, day: date) -> PastResolution | None:
        done = DONE.search(words)
        done_on = self._done_on(done, place, day) if done is not None else None
        try:
            one = lines.read_resolution(DONE.sub("", words), today=day)
        except WordsTooLong:
            self.wrong(texts.resolution(place, texts.RESOLUTION_TOO_LONG))
            return None
        except DayUnknown:
            self.wrong(texts.resolution(place, texts.RESOLUTION_DAY))
            return None
        return PastResolution(one.words, one.owner, one.due_on, done_on)

    def _done_on(self, done: re.Match[str], place: int, day: date) -> date | None:
        words = done[1].replace("已", " ").replace("办结", " ")
        found = dates.read_day(words, today=day, near=Near.COMING)
        if found is None:
            self.wrong(texts.resolution(place, texts.DONE_WITHOUT_DAY))
            return None
        if not day <= found[0] <= day_of(self.now):
            self.wrong(texts.resolution(place, texts.DONE_OUT_OF_RANGE))
        return found[0]


def _names(written: str) -> Iterable[str]:
    """陈敏、张　伟，孙丽（区医院）: each once, whatever stands between them."""
    if written in NOBODY:
        return ()
    together = re.sub(r"\s+(?=[（(])", "", APART.sub(r"\1\2", written))
    return dict.fromkeys(NAME.findall(together))


def _with_unit(person: Person) -> str:
    return f"{person.name}（{person.unit.name if person.unit is not None else '社区'}）"


def _brackets(written: str) -> str:
    return written.replace("(", "（").replace(")", "）")
