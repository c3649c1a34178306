"""The tables. Everything belongs to a community; moments are aware and kept in UTC."""

from datetime import UTC, datetime
from enum import Enum as PythonEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Enum,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)

from records.calendar import CHINA
from records.model import (
    Capacity,
    Choice,
    ContactForm,
    DocumentState,
    Duty,
    Entry,
    Frequency,
    Half,
    Manner,
    MeetingKind,
    MeetingState,
    NoteAnswer,
    PassMark,
    Post,
    Presence,
    Procedure,
    ProjectKind,
    ProjectState,
    QuestionState,
    QuorumBase,
    Rhythm,
    Role,
    Seat,
    Settlement,
    TaughtState,
    Verdict,
    Window,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """Refuses naive values, stores UTC and returns Asia/Shanghai: SQLite keeps no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        if value is None:
            return None
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(CHINA)


def _closed_set(kind: type[PythonEnum]) -> Enum:
    """An enum kept as its short value, as plain text in both databases."""
    return Enum(
        kind,
        native_enum=False,
        length=20,
        values_callable=lambda members: [m.value for m in members],
    )


def _id() -> Column[Any]:
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def _of(table: str, *, nullable: bool = False) -> Column[Any]:
    """A reference to another table, named after one of its rows."""
    singular = {"communities": "community", "people": "person"}.get(table, table.removesuffix("s"))
    return Column(f"{singular}_id", ForeignKey(f"{table}.id"), nullable=nullable)


communities = Table(
    "communities",
    metadata,
    _id(),
    Column("name", String(100), nullable=False, unique=True),
    Column("subdistrict", String(100), nullable=False),
    Column("group_chat_id", BigInteger, unique=True),
    Column("starts_on", Date, nullable=False),
)

units = Table(
    "units",
    metadata,
    _id(),
    _of("communities"),
    Column("name", String(100), nullable=False),
    Column("is_local", Boolean, nullable=False),
    Column("has_party_organisation", Boolean, nullable=False),
    UniqueConstraint("community_id", "name"),
)

people = Table(
    "people",
    metadata,
    _id(),
    _of("communities"),
    _of("units", nullable=True),
    Column("name", String(100), nullable=False),
    Index("ix_people_community_id", "community_id"),
    Index("ix_people_unit_id", "unit_id"),
)

members = Table(
    "members",
    metadata,
    _id(),
    _of("people"),
    Column("post", _closed_set(Post), nullable=False),
    Column("seat", _closed_set(Seat)),
    Column("entry", _closed_set(Entry)),
    Column("capacity", _closed_set(Capacity), nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date),
    Index("ix_members_person_id", "person_id"),
)

roles = Table(
    "roles",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("role", _closed_set(Role), primary_key=True),
)

accounts = Table(
    "accounts",
    metadata,
    _id(),
    _of("communities"),
    Column("person_id", ForeignKey("people.id"), nullable=False, unique=True),
    Column("user_id", BigInteger, nullable=False),
    Column("bound_at", Moment, nullable=False),
    UniqueConstraint("community_id", "user_id"),
    Index("ix_accounts_user_id", "user_id"),
)

binding_codes = Table(
    "binding_codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    _of("people"),
    Column("issued_at", Moment, nullable=False),
    Column("used_at", Moment),
)

meetings = Table(
    "meetings",
    metadata,
    _id(),
    _of("communities"),
    Column("chat_id", BigInteger, nullable=False),
    Column("topic_id", BigInteger),
    Column("kind", _closed_set(MeetingKind), nullable=False),
    Column("state", _closed_set(MeetingState), nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("place", String(200), nullable=False),
    Column("opened_at", Moment),
    Column("closed_at", Moment),
    Column("confirmed_at", Moment),
    Column("entered_at", Moment),
    Column("host_id", ForeignKey("people.id")),
    Column("recorder_id", ForeignKey("people.id")),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("noticed_version", Integer),
    Column("also_kind", _closed_set(MeetingKind)),
    Column("year", Integer),
    Index("ix_meetings_community_id", "community_id", "starts_at"),
    Index("ix_meetings_starts_at", "starts_at"),
)

agenda_items = Table(
    "agenda_items",
    metadata,
    _id(),
    _of("meetings"),
    Column("position", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    UniqueConstraint("meeting_id", "position"),
)

attendance = Table(
    "attendance",
    metadata,
    Column("meeting_id", ForeignKey("meetings.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("presence", _closed_set(Presence), nullable=False),
    Column("capacity", _closed_set(Capacity), nullable=False),
    Column("at", Moment, nullable=False),
    Column("online", Boolean, nullable=False, server_default=false()),
    Column("late", Boolean, nullable=False, server_default=false()),
    Column("left_at", Moment),
    Column("recorded_by", ForeignKey("people.id")),
)

claims = Table(
    "claims",
    metadata,
    _id(),
    _of("meetings"),
    Column("user_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("online", Boolean, nullable=False),
    UniqueConstraint("meeting_id", "user_id"),
)

votes = Table(
    "votes",
    metadata,
    _id(),
    _of("meetings"),
    Column("title", String(200), nullable=False),
    Column("manner", _closed_set(Manner), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("present", Integer, nullable=False),
    Column("agreed", Integer, nullable=False),
    Column("against", Integer, nullable=False),
    Column("abstained", Integer, nullable=False),
    Column("settlement", _closed_set(Settlement)),
    Column("settled_by", ForeignKey("people.id")),
    Column("settled_at", Moment),
    Index("ix_votes_meeting_id", "meeting_id"),
)

ballots = Table(
    "ballots",
    metadata,
    Column("vote_id", ForeignKey("votes.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("choice", _closed_set(Choice)),
    Column("at", Moment),
)

resolutions = Table(
    "resolutions",
    metadata,
    _id(),
    _of("communities"),
    _of("meetings"),
    Column("words", String(500), nullable=False),
    Column("owner", String(100), nullable=False),
    Column("due_on", Date),
    Column("done_on", Date),
    Index("ix_resolutions_community_id", "community_id"),
)

settings = Table(
    "settings",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("since", Moment, primary_key=True),
    Column("quorum_base", _closed_set(QuorumBase), nullable=False),
    Column("online_counts", Boolean, nullable=False),
    Column("pass_mark", _closed_set(PassMark)),
    Column("half", _closed_set(Half)),
    Column("half_decided_on", Date),
    Column("late_after", Integer),
    Column("names_study", Boolean, nullable=False),
    Column("button_votes", Boolean, nullable=False),
    Column("window", _closed_set(Window), nullable=False, server_default=Window.TO_JANUARY.value),
    Column("upward_report", _closed_set(Frequency)),
    Column("public_review", _closed_set(Frequency)),
)

trackers = Table(
    "trackers",
    metadata,
    _id(),
    _of("communities"),
    Column("procedure", _closed_set(Procedure), nullable=False),
    Column("title", String(100), nullable=False),
    Column("begun_at", Moment, nullable=False),
    Index("ix_trackers_community_id", "community_id"),
)

tracker_steps = Table(
    "tracker_steps",
    metadata,
    Column("tracker_id", ForeignKey("trackers.id"), primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("on", Date, nullable=False),
    Column("note", String(100), nullable=False),
    Column("recorded_by", ForeignKey("people.id"), nullable=False),
    Column("recorded_at", Moment, nullable=False),
)

kept_numbers = Table(
    "kept_numbers",
    metadata,
    Column("meeting_id", ForeignKey("meetings.id"), primary_key=True),
    *(
        Column(name, Integer, nullable=False)
        for name in (
            "expected", "present", "excused", "non_voting", "online", "late", "left", "coming",
        )
    ),
)  # fmt: skip

extensions = Table(
    "extensions",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)

prompts = Table(
    "prompts",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("action", String(64), nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

templates = Table(
    "templates",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

registrations = Table(
    "registrations",
    metadata,
    _id(),
    _of("communities"),
    Column("duty", _closed_set(Duty), nullable=False),
    _of("units", nullable=True),
    _of("people", nullable=True),
    Column("on", Date, nullable=False),
    Column("counts_on", Date, nullable=False),
    Column("form", _closed_set(ContactForm)),
    Column("title", String(200)),
    Column("recorded_by", ForeignKey("people.id"), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("confirmed_by", ForeignKey("people.id")),
    Column("confirmed_at", Moment),
    Column("withdrawn_by", ForeignKey("people.id")),
    Column("withdrawn_at", Moment),
    Column("withdrawn_for", String(200)),
    _of("meetings", nullable=True),
    Column("arises_from", ForeignKey("registrations.id")),
    Index("ix_registrations_meeting_id", "meeting_id"),
    Index("ix_registrations_unit_id", "unit_id", "duty", "counts_on"),
    Index("ix_registrations_person_id", "person_id", "duty", "counts_on"),
    Index("ix_registrations_community_id", "community_id", "duty", "counts_on"),
)

visits = Table(
    "visits",
    metadata,
    Column("registration_id", ForeignKey("registrations.id"), primary_key=True),
    Column("visitors", String(200), nullable=False),
    Column("needs", String(500), nullable=False, server_default=""),
    Column("opinions", String(500), nullable=False, server_default=""),
    Column("handling", String(500), nullable=False, server_default=""),
    Column("done_on", Date),
    Column("counts", Boolean),
)

obligations = Table(
    "obligations",
    metadata,
    _id(),
    _of("communities"),
    _of("units", nullable=True),
    _of("people", nullable=True),
    Column("duty", _closed_set(Duty), nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date),
    Column("next_due", Moment),
    Column("next_stage", Integer, nullable=False, server_default="0"),
    Index("ix_obligations_next_due", "next_due", "id"),
    Index("ix_obligations_community_id", "community_id"),
    # NULLs are distinct in a unique constraint: partial indexes keep each duty once
    Index(
        "uq_obligations_of_unit",
        "unit_id",
        "duty",
        unique=True,
        sqlite_where=text("unit_id IS NOT NULL"),
        postgresql_where=text("unit_id IS NOT NULL"),
    ),
    Index(
        "uq_obligations_of_person",
        "person_id",
        "duty",
        unique=True,
        sqlite_where=text("person_id IS NOT NULL"),
        postgresql_where=text("person_id IS NOT NULL"),
    ),
    Index(
        "uq_obligations_of_community",
        "community_id",
        "duty",
        unique=True,
        sqlite_where=text("unit_id IS NULL AND person_id IS NULL"),
        postgresql_where=text("unit_id IS NULL AND person_id IS NULL"),
    ),
)

notes = Table(
    "notes",
    metadata,
    Column("obligation_id", ForeignKey("obligations.id"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("period", String(10), nullable=False),
    Column("stage", Integer, nullable=False),
    Column("is_late", Boolean, nullable=False),
    Column("is_own", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("letter_id", BigInteger),
    Column("replaces_id", BigInteger),
    Column("answer", _closed_set(NoteAnswer)),
    Index(
        "ix_notes_waiting",
        "user_id",
        "not_before",
        sqlite_where=text("letter_id IS NULL"),
        postgresql_where=text("letter_id IS NULL"),
    ),
    # partial: what waits is found by its chat, not by the letter it has not got
    Index(
        "ix_notes_letter_id",
        "letter_id",
        sqlite_where=text("letter_id IS NOT NULL"),
        postgresql_where=text("letter_id IS NOT NULL"),
    ),
)

reminder_settings = Table(
    "reminder_settings",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("said_at", String(5), nullable=False),
    Column("paused_until", Date),
)

rounds = Table(
    "rounds",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("made_at", Moment, nullable=False),
)

workday_overrides = Table(
    "workday_overrides",
    metadata,
    Column("day", Date, primary_key=True),
    Column("is_workday", Boolean, nullable=False),
    Column("imported_at", Moment, nullable=False),
)

operations = Table(
    "operations",
    metadata,
    _id(),
    _of("communities"),
    Column("at", Moment, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("act", String(40), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("about_id", ForeignKey("people.id")),
    Column("detail", String(400)),
    Index("ix_operations_community_id", "community_id", "at"),
)

questions = Table(
    "questions",
    metadata,
    _id(),
    Column("chat_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("text", String(500), nullable=False),
    Column("asked_at", Moment, nullable=False, index=True),
    Index("ix_questions_chat_id", "chat_id", "asked_at"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("passage", String(60), nullable=False),
    Column("verdict", _closed_set(Verdict), nullable=False),
    Column("at", Moment, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    _id(),
    Column("update_id", BigInteger, nullable=False, unique=True),
    Column("lane", String(40)),
    Column("body", Text),  # NULL once done, and for talk that was not addressed to the bot
    Column("is_done", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("retry_at", Float, nullable=False, server_default="0"),  # database seconds
    Column("received_at", Moment, nullable=False),
    Index(
        "ix_inbox_waiting",
        "lane",
        "id",
        sqlite_where=text("NOT is_done"),
        postgresql_where=text("NOT is_done"),
    ),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    _id(),
    Column("update_id", BigInteger, nullable=False),
    Column("body", Text),
    Column("error", String(200), nullable=False),
    Column("died_at", Moment, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("lane", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("topic_id", BigInteger),
    Column("body", Text, nullable=False),
    Column("attachment", LargeBinary),
    Column("priority", Integer, nullable=False),
    Column("key", String(100), unique=True),
    Column("card", String(60)),
    Column("expires_at", Float),  # database seconds
    Column("created_at", Moment, nullable=False),
    Column("message_id", BigInteger),
    Column("error", String(200)),
    Index(
        "ix_outbox_waiting",
        "chat_id",
        "priority",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index("ix_outbox_card", "card"),
)

jobs = Table(
    "jobs",
    metadata,
    _id(),
    Column("kind", String(40), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("is_done", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("owner", String(40)),
    Column("leased_until", Float, nullable=False, server_default="0"),  # database seconds
    Column("created_at", Moment, nullable=False),
    Column("error", String(200)),
)

staff = Table(
    "staff",
    metadata,
    _id(),
    Column("subdistrict", String(100), nullable=False),
    Column("name", String(100), nullable=False),
    Column("user_id", BigInteger, unique=True),
    Column("bound_at", Moment),
    Column("rhythm", _closed_set(Rhythm), nullable=False, server_default=Rhythm.WEEKLY.value),
    Column("next_due", Moment),
    UniqueConstraint("subdistrict", "name"),
    Index("ix_staff_next_due", "next_due", "id"),
)

staff_codes = Table(
    "staff_codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    _of("staff"),
    Column("issued_at", Moment, nullable=False),
    Column("used_at", Moment),
)

connections = Table(
    "connections",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    _of("staff"),
    Column("at", Moment, nullable=False),
)

administrative_order = Table(
    "administrative_order",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("place", Integer, nullable=False),
)

requests = Table(
    "requests",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("duty", _closed_set(Duty), primary_key=True),
    Column("period", String(10), primary_key=True),
    _of("staff"),
    Column("at", Moment, nullable=False),
)

shares = Table(
    "shares",
    metadata,
    _id(),
    _of("communities"),
    Column("year", Integer, nullable=False),
    Column("purpose", String(200), nullable=False),
    Column("granted_by", ForeignKey("people.id"), nullable=False),
    Column("granted_at", Moment, nullable=False),
    Column("revoked_by", ForeignKey("people.id")),
    Column("revoked_at", Moment),
    Index("ix_shares_community_id", "community_id", "year"),
)

rollouts = Table(
    "rollouts",
    metadata,
    _id(),
    _of("staff"),
    Column("title", String(200), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("file_id", String(200), nullable=False),
    Column("file_name", String(200), nullable=False),
    Column("size", Integer, nullable=False),
    Column("prepared_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Index("ix_rollouts_staff_id", "staff_id"),
)

score_sheets = Table(
    "score_sheets",
    metadata,
    Column("subdistrict", String(100), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("content", LargeBinary, nullable=False),
    _of("staff"),
    Column("at", Moment, nullable=False),
)

appraisal_results = Table(
    "appraisal_results",
    metadata,
    _id(),
    _of("meetings"),
    _of("units", nullable=True),
    Column("result", String(20), nullable=False),
    Column("recorded_by", ForeignKey("people.id"), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Index("ix_appraisal_results_meeting_id", "meeting_id"),
)

projects = Table(
    "projects",
    metadata,
    _id(),
    _of("communities"),
    Column("kind", _closed_set(ProjectKind), nullable=False),
    Column("title", String(100), nullable=False),
    _of("units", nullable=True),
    Column("partner", String(100), nullable=False),
    Column("state", _closed_set(ProjectState), nullable=False),
    Column("on", Date, nullable=False),
    Column("recorded_by", ForeignKey("people.id"), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Index("ix_projects_community_id", "community_id", "kind"),
)

activities = Table(
    "activities",
    metadata,
    _id(),
    _of("communities"),
    Column("title", String(100), nullable=False),
    Column("on", Date, nullable=False),
    Column("units", String(200), nullable=False),
    Column("head_count", Integer, nullable=False),
    Column("recorded_by", ForeignKey("people.id"), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Index("ix_activities_community_id", "community_id", "on"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("number", BigInteger, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    _id(),
    _of("communities", nullable=True),
    Column("subdistrict", String(100)),
    Column("title", String(300), nullable=False),
    Column("number", String(100)),
    Column("issuer", String(200)),
    Column("dated_on", Date),
    Column("region", String(100)),
    Column("status", String(100), nullable=False),
    Column("valid_until", Date),
    Column("origin", String(200), nullable=False),
    Column("form", String(20), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("passages", Integer, nullable=False),
    Column("state", _closed_set(DocumentState), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("replaces_id", ForeignKey("documents.id")),
    Column("drafted_by", BigInteger),  # an account: gone once it is published
    Column("added_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("published_by", String(100)),
    Column("withdrawn_at", Moment),
    Column("withdrawn_by", String(100)),
    Column("checked_on", Date),
    Column("checked_by", String(100)),
    Column("revision", BigInteger, nullable=False, server_default="0"),
    Index("ix_documents_community_id", "community_id", "state"),
    Index("ix_documents_revision", "revision"),
    Index("ix_documents_digest", "digest"),
    sqlite_autoincrement=True,  # the button of a forgotten draft must never mean another one
)

document_contents = Table(
    "document_contents",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("questions", Text, nullable=False),
    Column("repairs", Text, nullable=False),
    Column("index", LargeBinary, nullable=False),
)

document_choices = Table(
    "document_choices",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("key", String(20), primary_key=True),
    Column("applies", Boolean, nullable=False),
    Column("chosen_by", String(100), nullable=False),
    Column("at", Moment, nullable=False),
)

unanswered = Table(
    "unanswered",
    metadata,
    _id(),
    _of("communities", nullable=True),
    Column("text", String(500), nullable=False),
    Column("normalised", String(500), nullable=False),
    # community and words while it is open: who asks the same again finds it
    Column("open_as", String(64), unique=True),
    Column("reason", _closed_set(Verdict)),
    Column("passage", String(60)),
    Column("first_at", Moment, nullable=False),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("times", Integer, nullable=False),
    Column("state", _closed_set(QuestionState), nullable=False),
    Column("ended_at", Moment),
    Column("answer", Text),
    Index("ix_unanswered_community_id", "community_id", "state"),
    sqlite_autoincrement=True,  # Q-0142 stays this question's number
)

askers = Table(
    "askers",
    metadata,
    Column("unanswered_id", ForeignKey("unanswered.id"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("asked_on", Date, nullable=False),
    Index("ix_askers_user_id", "user_id"),
)

taught = Table(
    "taught",
    metadata,
    _id(),
    _of("communities"),
    Column("number", Integer, nullable=False),
    Column("question", String(500), nullable=False),
    Column("answer", Text, nullable=False),
    Column("asks", Text, nullable=False),
    Column("author_id", ForeignKey("people.id")),
    Column("author_role", _closed_set(Role), nullable=False),
    Column("taught_at", Moment, nullable=False),
    Column("state", _closed_set(TaughtState), nullable=False),
    Column("approved_by", ForeignKey("people.id")),
    Column("approved_role", _closed_set(Role)),
    Column("approved_at", Moment),
    Column("review_on", Date),
    Column("withdrawn_at", Moment),
    Column("revision", BigInteger, nullable=False, server_default="0"),
    UniqueConstraint("community_id", "number"),
    Index("ix_taught_revision", "revision"),
)

uses = Table(
    "uses",
    metadata,
    # 0: asked outside any community, for a key holds no NULL
    Column("community_id", BigInteger, primary_key=True, autoincrement=False),
    Column("month", Date, primary_key=True),
    Column("passage", String(60), primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, primary_key=True, autoincrement=False),
    Column("times", Integer, nullable=False),
)
