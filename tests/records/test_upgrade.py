"""A community of the release before keeps its contacts and owes what it owed, and the new duties beside it."""

from datetime import UTC, date, datetime

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from records import (
    communities,
    connections,
    documents,
    obligations,
    registrations,
    subdistricts,
    taught,
    unanswered,
)
from records.calendar import CHINA
from records.database import Database
from records.model import ContactForm, Duty

BEFORE = "0002"
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=CHINA)


async def test_contacts_and_duties_outlive_the_upgrade(database: Database) -> None:
    def down_fill_and_up(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", "records/migrations")
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)
        _fill(connection)
        command.upgrade(config, "head")

    async with database.begin() as db:
        await db.run_sync(down_fill_and_up)
    async with database.begin() as db:
        community = await communities.with_id(db, 1)
        (contact,) = await registrations.within(
            db, community_id=1, first=date(2026, 1, 1), last=date(2026, 12, 31)
        )
        assert (contact.on, contact.form, contact.recorded_by, contact.confirmed_by) == (
            date(2026, 9, 12),
            ContactForm.VISIT,
            1,
            1,
        )
        await obligations.settle_members(db, now=NOW)
        owed = await obligations.of_community(db, community.id)
    order = list(Duty)
    found = [(one.duty, one.unit.name if one.unit else None, one.since) for one in owed]
    assert sorted(found, key=lambda one: (one[1] or "", order.index(one[0]))) == [
        (Duty.MONTHLY_MEETING, None, date(2026, 11, 1)),
        (Duty.REPORT_TO_UNIT, None, date(2026, 2, 1)),
        (Duty.REPORT_TO_COMMITTEE, None, date(2026, 2, 1)),
        (Duty.MUTUAL_APPRAISAL, None, date(2026, 11, 1)),
        (Duty.DEMOCRATIC_LIFE, None, date(2026, 11, 1)),
        (Duty.UPWARD_REPORT, None, date(2026, 11, 1)),
        (Duty.PUBLIC_REVIEW, None, date(2026, 11, 1)),
        (Duty.HOLIDAYS, None, date(2026, 11, 1)),
        (Duty.HALF_YEAR_CONTACT, "第一小学", date(2026, 11, 1)),
        (Duty.DEED, "第一小学", date(2026, 11, 1)),
    ]
    assert {one.next_due for one in owed if one.duty is Duty.HALF_YEAR_CONTACT} == {
        datetime(2026, 12, 10, 1, 30, tzinfo=UTC)
    }


async def test_community_of_the_release_before_is_answered_as_before(database: Database) -> None:
    def down_fill_and_up(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", "records/migrations")
        config.attributes["connection"] = connection
        command.downgrade(config, "0004")
        _fill_with_staff(connection)
        command.upgrade(config, "head")

    async with database.begin() as db:
        await db.run_sync(down_fill_and_up)
    async with database.begin() as db:
        (staff,) = await subdistricts.bound(db, "人民街道")
        assert (await connections.confirmed(db, staff, 1)).name == "幸福里社区"
        assert await documents.applying(db, 1, today=NOW.date()) == {"reg", "faq"}
        assert await documents.listed(db, 1) == []
        assert await taught.of_community(db, 1) == []
        assert await documents.revision(db) == 0
        noted = await unanswered.note(
            db, community_id=1, text="几点开门", normalised="几点开门", user_id=7, at=NOW
        )
        assert await unanswered.open_ones(db, 1) == [noted]


def _fill_with_staff(connection: Connection) -> None:
    """One community that its subdistrict has confirmed, as 0004 kept them."""
    for words in (
        "INSERT INTO communities (id, name, subdistrict, starts_on)"
        " VALUES (1, '幸福里社区', '人民街道', '2026-11-01')",
        "INSERT INTO staff (id, subdistrict, name, user_id, bound_at)"
        " VALUES (1, '人民街道', '张华', 9, '2026-11-02 02:00:00')",
        "INSERT INTO connections (community_id, staff_id, at) VALUES (1, 1, '2026-11-03 02:00:00')",
    ):
        connection.execute(text(words))


def _fill(connection: Connection) -> None:
    """One community, one unit with a contact, one part-time member, as 0002 kept them."""
    for words in (
        "INSERT INTO communities (id, name, subdistrict, starts_on)"
        " VALUES (1, '幸福里社区', '人民街道', '2026-11-01')",
        "INSERT INTO units (id, community_id, name, is_local, has_party_organisation)"
        " VALUES (1, 1, '第一小学', true, true)",
        "INSERT INTO people (id, community_id, unit_id, name) VALUES (1, 1, 1, '陈敏')",
        "INSERT INTO members (id, person_id, post, seat, capacity, since)"
        " VALUES (1, 1, 'member', 'part_time', 'voting', '2026-02-01')",
        'INSERT INTO contacts (unit_id, "on", form, recorded_by, recorded_at)'
        " VALUES (1, '2026-09-12', 'visit', 1, '2026-09-12 02:00:00')",
        "INSERT INTO obligations (community_id, unit_id, duty, next_due)"
        " VALUES (1, NULL, 'P1', '2026-11-26 01:30:00')",
        "INSERT INTO obligations (community_id, unit_id, duty, next_due)"
        " VALUES (1, 1, 'P2', '2026-12-10 01:30:00')",
    ):
        connection.execute(text(words))
