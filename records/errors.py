"""“No” has a name: what the rules refuse. The words for each stand in handlers/texts/."""

from dataclasses import dataclass
from datetime import date, datetime

from records.model import Meeting, Person


class Refusal(Exception):
    """The rules say no; what was written so far is undone and the sentence is still sent."""


class NoCommunity(Refusal):
    """The group belongs to no community yet."""


class NotBound(Refusal):
    """The account is not yet known as a person of the community."""


class NotOnRoster(Refusal):
    """The account is bound, but in another community."""


class NotAllowed(Refusal):
    """The act is for the Party secretary or the Party-affairs worker."""


class AnonymousSender(Refusal):
    """An anonymous administrator: who it is cannot be known."""


class PrivateOnly(Refusal):
    """The matter is personal: it is handled in private chat."""


class BadCode(Refusal):
    """The binding code is unknown, used or no longer valid."""


class AlreadyBound(Refusal):
    """The account or the person is bound to somebody else in this community."""


class GroupTaken(Refusal):
    """The group, or the community, is already joined to another."""


class NoMeeting(Refusal):
    """There is no meeting this act could be about."""


@dataclass
class NoOpenMeeting(Refusal):
    """No sign-in is running; `following` is the start of the next planned meeting, if any."""

    following: datetime | None = None


@dataclass
class MeetingStillOpen(Refusal):
    """Another meeting's sign-in is running."""

    meeting: Meeting


@dataclass
class MeetingAlreadyPlanned(Refusal):
    """A meeting of this community is planned for the same moment."""

    meeting: Meeting


class MeetingInThePast(Refusal):
    """The time given lies in the past."""


class NotUnderstood(Refusal):
    """The line names no time that can be read."""


class KindMissing(Refusal):
    """The line names neither a working nor a joint meeting."""


class PlaceTooLong(Refusal):
    """What is left of the line is too long for a place."""


class DayNotUnderstood(Refusal):
    """What looks like a day cannot be one."""


class CodeMissing(Refusal):
    """/bind without a code."""


class NoOwingUnits(Refusal):
    """The community has no local unit with a Party organisation."""


class NotALiaison(Refusal):
    """The person speaks for no unit that owes contact and deeds."""


@dataclass
class NoSuchUnit(Refusal):
    """No unit of the community has this name."""

    name: str


@dataclass
class DayOutOfRange(Refusal):
    """The day lies in the future, or before the first one that may still be registered."""

    earliest: date


class StaleButton(Refusal):
    """What the button carries is no longer there, or never was."""


class MeetingTooFarAhead(Refusal):
    """The time given lies more than a year ahead."""


class MeetingTooLongAgo(Refusal):
    """The time given lies more than five years back."""


@dataclass
class MeetingsOverlap(Refusal):
    """Another meeting of this community is planned for nearly the same time."""

    meeting: Meeting


class LedgerClosed(Refusal):
    """The list of this meeting was confirmed; only the Party secretary may reopen it."""


class SecretaryOnly(Refusal):
    """The act is for the Party secretary alone."""


class ReasonMissing(Refusal):
    """A correction needs a reason."""


@dataclass
class NoSuchPerson(Refusal):
    """Nobody of the community has this name."""

    name: str


@dataclass
class SameName(Refusal):
    """Several people have this name."""

    people: list[Person]


@dataclass
class TooFewToVote(Refusal):
    """Below two thirds nothing is decided; `missing` people are not there."""

    missing: int


@dataclass
class NumbersDisagree(Refusal):
    """The three numbers together are not those present."""

    present: int
    counted: int


class VotesNotUnderstood(Refusal):
    """The line does not hold three numbers and a manner."""


class VoteStillOpen(Refusal):
    """A vote by buttons is running."""


class VoteOver(Refusal):
    """The vote is closed."""


class NotAnElector(Refusal):
    """Not one of the team, or not there when the vote was opened."""


@dataclass
class HostVotesLast(Refusal):
    """The host votes after everybody else; `missing` have not yet voted."""

    missing: int


class NothingToSettle(Refusal):
    """The vote is not exactly half, or was settled before."""


class NoReading(Refusal):
    """The community has not decided how exactly half is read."""


class ButtonVotesOff(Refusal):
    """The community counts by hand: votes by buttons are switched off."""


class ItemsTooLong(Refusal):
    """More agenda items, or longer ones, than a meeting can have."""


class WordsTooLong(Refusal):
    """What was written is too long for the record."""


class NoteMissing(Refusal):
    """Nothing was written that could be noted of a visit."""


class LineMissing(Refusal):
    """Nothing was written that could be a line of a list."""


class OrderMissing(Refusal):
    """No community was named for the administrative order."""


class TooManyExceptions(Refusal):
    """More exceptions, or a larger team, than a message with buttons can hold."""


class DayUnknown(Refusal):
    """The day of a resolution cannot be read."""


@dataclass
class NoTeam(Refusal):
    """On that day the roster has nobody of the team."""

    day: date


@dataclass
class BadRoster(Refusal):
    """What was handed in as a roster cannot be one; the sentence names row and remedy."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass
class BadHistory(Refusal):
    """A workbook of past meetings cannot be one; every row that is wrong with its remedy."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass
class BadTemplate(Refusal):
    """A form of the meeting record cannot be filled; the sentence names the remedy."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


class LastWorker(Refusal):
    """Nobody who has confirmed who he is could manage the community any more."""


class NotGroupAdministrator(Refusal):
    """Whoever wants to set up a community is no administrator of its group."""


class NameUnclear(Refusal):
    """The name of the community cannot be read."""


class NotAName(Refusal):
    """What was written is no name of a person or a unit."""


@dataclass
class NameTaken(Refusal):
    """Another community has this name."""

    name: str


@dataclass
class JoinByStart(Refusal):
    """The manager's own community is already known: the group is joined to it by /start."""

    name: str


@dataclass
class LeavingDayOutOfRange(Refusal):
    """Somebody leaves today or earlier, not before the term began."""

    since: date | None


class ElectionDayOutOfRange(Refusal):
    """A re-election lies within a year of today."""


class DateUnclear(Refusal):
    """What was written holds no day."""


class NothingExpected(Refusal):
    """A file nobody asked for."""


@dataclass
class FileTooLarge(Refusal):
    """More than the assistant fetches, or hands on."""

    megabytes: int = 2


class FileGone(Refusal):
    """Telegram does not hand out the file any more."""


@dataclass
class UnitExists(Refusal):
    """The community already lists a unit of this name."""

    name: str


class AllBound(Refusal):
    """Everybody of the roster has confirmed who he is."""


class DecidedLater(Refusal):
    """A decision that lies ahead is none yet."""


class AlreadyExtended(Refusal):
    """The details of the year are gone, or were kept three months longer before."""


class DayAhead(Refusal):
    """What is registered must have happened: the day lies ahead."""


class VoteTooEarly(Refusal):
    """The sign-in of the meeting has not been opened yet."""


class NothingToAdjourn(Refusal):
    """There is no meeting that could be moved or called off."""


class MeetingNotOurs(Refusal):
    """A meeting of the branch, not of the committee: it is registered elsewhere."""


class NoSuchDay(Refusal):
    """What looks like a day or an hour cannot be one."""


class HourMissing(Refusal):
    """A day without an hour, or an hour that may be in the morning or the afternoon."""


class TimeNotUnderstood(Refusal):
    """The words that were asked for hold no time."""


class AlreadyCalled(Refusal):
    """The draft was agreed to, or dropped, before."""


@dataclass
class BadHolidays(Refusal):
    """What was handed in as the holidays of a year cannot be them; the sentence names line and remedy."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


class GivenTooLate(Refusal):
    """A fact cannot be given to a later period, nor to a duty that knows no such period."""


class WorkersOnly(Refusal):
    """Only a worker may give to an earlier period what happened after it (期后完成)."""


class NoLaterReminder(Refusal):
    """The next reminder comes sooner than the one that was asked for, or there is none in the period."""


class TooFewForWorking(Refusal):
    """Fewer than two thirds came: the meeting cannot count as a working meeting (第7问)."""


class NotStaff(Refusal):
    """The act is for the staff of a subdistrict."""


@dataclass
class NoSuchStaff(Refusal):
    """The subdistrict has nobody of this name."""

    name: str


@dataclass
class NoSuchCommunity(Refusal):
    """The subdistrict has no community of this name."""

    name: str


@dataclass
class AskedTooEarly(Refusal):
    """A community is asked to register later from the fifth working day after the period on."""

    first: date


class AskedBefore(Refusal):
    """A community is asked once for a matter and a period."""


class NothingToAsk(Refusal):
    """What the community was to be asked for is registered, or does not apply."""


class NobodyToAsk(Refusal):
    """Nobody who manages the community has confirmed who he is."""


class NotShared(Refusal):
    """The community does not share its ledger, or not any more."""


class NotConnected(Refusal):
    """The subdistrict has not confirmed the community's connection."""


class DocumentUnclear(Refusal):
    """The line about a document holds no day, no title, or one that is too long."""


class NoScoreSheet(Refusal):
    """The subdistrict provides no score sheet."""


@dataclass
class BadScoreSheet(Refusal):
    """A score sheet that cannot be used; the sentence names the remedy."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


class UnitMissing(Refusal):
    """A line that does not say which of several units is meant."""


class NotAPartTimeMember(Refusal):
    """The person owes no duty report: he is no part-time member (第6问)."""


class NoUnitOrganisation(Refusal):
    """Where the unit has no Party organisation nobody reports to it."""


class ConfirmedBefore(Refusal):
    """A worker has confirmed it: only he takes it back."""


class PrivateNumber(Refusal):
    """What was written holds a telephone or an identity number."""


class NobodyVisited(Refusal):
    """A visit without visitors."""


class ActivityNotUnderstood(Refusal):
    """A line of a volunteer activity without its head count."""


class NoDocument(Refusal):
    """There is no such document, or not for this community."""


@dataclass
class DocumentKnown(Refusal):
    """The same text is published already, under this title."""

    title: str


class SamePerson(Refusal):
    """Who wrote an answer does not approve it himself."""


@dataclass
class BadDocument(Refusal):
    """A file, a card or a table of standard questions that cannot be used; the sentence names the remedy."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


class DocumentWithdrawn(Refusal):
    """What an old message leads to is no longer there: the document was withdrawn."""


class AnswerWithdrawn(Refusal):
    """The same for an answer that a community had taught."""
