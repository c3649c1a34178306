"""The rows of past meetings against the rosters of their days and the ledger: what is meant, or what is wrong."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from handlers import dates, lines
from handlers.dates import Near
from handlers.files.cells import DAY, UNSEEN, is_private
from handlers.files.history import (
    ABSENT,
    DATE,
    EXCUSED,
    MEETING,
    ONLINE,
    PLACE,
    RESOLUTIONS,
    TIME,
    Row,
)
from handlers.texts import history as texts
from records import attendance, past
from records.attendance import Mark
from records.calendar import CHINA, day_of
from records.errors import BadHistory, DayUnknown, WordsTooLong
from records.meetings import EARLIEST
from records.model import MeetingKind, Person
from records.past import Known, PastMeeting, PastResolution

AT_THREE = time(15, 0)
LONGEST = 4000  # characters of a cell
COLUMNS: Mapping[str, Mark] = {
    EXCUSED: attendance.EXCUSED,
    ABSENT: attendance.ABSENT,
    ONLINE: attendance.ONLINE,
}
NOBODY = ("", "无", "没有", "/", "-", "—", "——")
WITH_WEEKDAY = re.compile(r"\s*[（(]?(?:周|星期)[一二三四五六日天][)）]?$")
NO_YEAR = re.compile(r"\d{1,2}[-/.月]\d{1,2}[日号]?")
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
        faults += [texts.in_row(row.number, fault) for fault in reader.faults]
    if faults:
        raise BadHistory(texts.refused(faults))
    return sorted(found, key=lambda one: one.starts_at)


@dataclass(frozen=True)
class _Reader:
    """Reads one row to its end, so that all that is wrong with it is said at once."""

    row: Row
    known: Known
    now: datetime
    faults: list[str] = field(default_factory=list)

    def wrong(self, fault: str) -> None:
        self.faults.append(fault)

    def read(self) -> PastMeeting | None:
        """None if it cannot be said when it was, or which meeting."""
        if self.row.has_formula:
            self.wrong(texts.HAS_FORMULA)
            return None
        if any(len(value) > LONGEST for value in self.row.cells.values()):
            self.wrong(texts.TOO_LONG)
            return None
        self._check_cells()
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

    def _check_cells(self) -> None:
        """Nothing that cannot be seen, and no number that belongs to a person."""
        for heading, value in self.row.cells.items():
            if UNSEEN.search(value):
                self.wrong(texts.hidden(heading))
            if any(is_private(part) for part in re.split(r"[；;\n]", value)):
                self.wrong(texts.private(heading))

    def _day(self) -> date | None:
        written = self.row.cells[DATE]
        words = WITH_WEEKDAY.sub("", written)
        match = DAY.fullmatch(words)
        if match is None:
            self.wrong(_no_day(written, words))
            return None
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:  # 30 February
            self.wrong(texts.NO_SUCH_DAY)
            return None
        if day > day_of(self.now) or day <= day_of(self.now - EARLIEST):
            self.wrong(texts.TOO_LONG_AGO if day < day_of(self.now) else texts.IN_FUTURE)
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


def _no_day(written: str, words: str) -> str:
    if not written:
        return texts.NO_DATE
    if written.startswith(texts.EXAMPLE):
        return texts.STILL_EXAMPLE
    return texts.YEAR_MISSING if NO_YEAR.fullmatch(words) else texts.no_date(written)


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
