"""The rows of past registrations against the register: what is meant, or what is wrong."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.files.form_rows import RowReader
from handlers.files.forms import Row
from handlers.files.past_facts import CONTENT, DATE, FORM_OF, MATTER, WHO, YEAR
from handlers.texts import past_facts as texts
from handlers.texts import reports as report_texts
from handlers.texts import workbooks as workbook_texts
from records import duties
from records.calendar import Year
from records.errors import BadHistory
from records.model import ContactForm, Duty, Person, Unit
from records.past_facts import Known, PastFact
from records.registrations import EARLIEST, Happened

WITH_FORM = (Duty.HALF_YEAR_CONTACT, Duty.VISIT)
YEAR_WRITTEN = re.compile(r"(20\d\d)年?(?:度)?")


def read(rows: Sequence[Row], known: Known, *, today: date) -> list[PastFact]:
    """In the order of the rows. BadHistory with every fault of every row."""
    faults: list[str] = []
    found: list[PastFact] = []
    for row in rows:
        reader = _Reader(row, known, today)
        one = reader.read()
        if one is not None:
            found.append(one)
        faults += [workbook_texts.in_row(row.number, fault) for fault in reader.faults]
    if faults:
        raise BadHistory(workbook_texts.refused(faults))
    return found


@dataclass(frozen=True)
class _Reader(RowReader):
    known: Known
    today: date

    def read(self) -> PastFact | None:
        if not self.is_readable():
            return None
        duty, on = self._duty(), self._day()
        if duty is None or on is None:
            return None
        form, counts_on = self._form(duty), self._counts_on(duty, on)
        return READERS[duty](self, Happened(duty, on, form=form, counts_on=counts_on))

    def _cell(self, heading: str) -> str:
        written = " ".join(self.row.cells[heading].split())
        return "" if written in texts.WITHOUT else written

    def _refuse(self, heading: str, fault: str) -> None:
        """The column is for other matters: nothing that was written is passed over in silence."""
        if self._cell(heading):
            self.wrong(fault)

    def _duty(self) -> Duty | None:
        written = self._cell(MATTER)
        if written not in texts.MATTERS:
            self.wrong(texts.no_matter(written) if written else texts.NO_MATTER)
            return None
        return texts.MATTERS[written]

    def _day(self) -> date | None:
        day = self.day(DATE, texts.NO_SUCH_DATE)
        if day is None:
            return None
        if day > self.today:
            self.wrong(texts.IN_FUTURE)
            return None
        if day < date(self.today.year - EARLIEST, 1, 1):
            self.wrong(workbook_texts.TOO_LONG_AGO)
            return None
        return day

    def _form(self, duty: Duty) -> ContactForm | None:
        if duty not in WITH_FORM:
            self._refuse(FORM_OF, texts.NO_FORM_HERE)
            return None
        written = self._cell(FORM_OF)
        if written and written not in texts.SAID:
            self.wrong(texts.BAD_FORM)
        return texts.SAID.get(written, ContactForm.OTHER)

    def _counts_on(self, duty: Duty, on: date) -> date | None:
        """The last day of the year before, where the day may be given to it (第6问, 第二十二条: 管理员设定)."""
        written = self._cell(YEAR)
        match = YEAR_WRITTEN.fullmatch(written)
        if match is None:
            if written:
                self.wrong(texts.BAD_YEAR)
            return None
        year = int(match[1])
        if year == on.year:
            return None
        if duty in WITH_FORM:
            self.wrong(texts.ONLY_OWN_YEAR)
            return None
        if year != on.year - 1 or on > duties.given_until(duty, Year(year)):
            self.wrong(texts.OTHER_YEAR)
            return None
        return Year(year).last

    def _unit(self, duty: Duty) -> Unit | None:
        written = self._cell(WHO)
        found = next((one for one in self.known.units if one.name == written), None)
        if found is None:
            self.wrong(texts.unknown_unit(written) if written else texts.NO_UNIT)
            return None
        owes = duties.owed_by_units(found.is_local, found.has_party_organisation)
        if duty is not Duty.VISIT and not owes:
            self.wrong(texts.not_owing(found))
            return None
        return found

    def contact(self, fact: Happened) -> PastFact | None:
        unit = self._unit(fact.duty)
        self._refuse(CONTENT, texts.NO_CONTENT_HERE)
        return PastFact(replace(fact, unit=unit)) if unit is not None else None

    def deed(self, fact: Happened) -> PastFact | None:
        unit, title = self._unit(fact.duty), self._cell(CONTENT)
        if not title or len(title) > texts.TITLE_LENGTH:
            self.wrong(texts.TITLE_TOO_LONG if title else texts.NO_TITLE)
        return PastFact(replace(fact, unit=unit, title=title)) if unit is not None else None

    def visit(self, fact: Happened) -> PastFact | None:
        unit, visitors = self._unit(fact.duty), self._cell(CONTENT)
        if len(visitors) > texts.VISITORS_LENGTH:
            self.wrong(texts.VISITORS_TOO_LONG)
        return PastFact(replace(fact, unit=unit), visitors) if unit is not None else None

    def democratic_life(self, fact: Happened) -> PastFact | None:
        """A day and a year, no more."""
        self._refuse(WHO, texts.NO_NAME_HERE)
        self._refuse(CONTENT, texts.NO_CONTENT_HERE)
        return PastFact(fact)

    def report(self, fact: Happened) -> PastFact | None:
        member = self._member()
        duty = report_texts.whom(self._cell(CONTENT))
        if duty is None:
            self.wrong(texts.NO_WHOM)
        if member is None or duty is None:
            return None
        has_organisation = member.unit is not None and member.unit.has_party_organisation
        if duty is Duty.REPORT_TO_UNIT and not has_organisation:
            self.wrong(texts.NO_ORGANISATION)
            return None
        return PastFact(replace(fact, duty=duty, person_id=member.id))

    def _member(self) -> Person | None:
        written = self._cell(WHO).replace("(", "（").replace(")", "）").replace(" ", "")
        if not written:
            self.wrong(texts.NO_MEMBER)
            return None
        found = [one for one in self.known.members if one.name == written]
        found = found or [one for one in self.known.members if texts.with_unit(one) == written]
        if len(found) != 1:
            self.wrong(texts.same_name(found) if found else texts.unknown_member(written))
            return None
        return found[0]


READERS: Mapping[Duty, Callable[[_Reader, Happened], PastFact | None]] = {
    Duty.HALF_YEAR_CONTACT: _Reader.contact,
    Duty.DEED: _Reader.deed,
    Duty.REPORT_TO_COMMITTEE: _Reader.report,
    Duty.VISIT: _Reader.visit,
    Duty.DEMOCRATIC_LIFE: _Reader.democratic_life,
}
