"""the register of duties."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


COPY_OBLIGATIONS = """
INSERT INTO obligations (community_id, unit_id, duty, since, next_due, next_stage)
SELECT o.community_id, o.unit_id, o.duty, c.starts_on, o.next_due, 0
FROM obligations_before o JOIN communities c ON c.id = o.community_id
"""
# who owes contact each half-year owes a deed each year
ADD_DEEDS = """
INSERT INTO obligations (community_id, unit_id, duty, since, next_due, next_stage)
SELECT community_id, unit_id, 'P3', since, NULL, 0 FROM obligations WHERE duty = 'P2'
"""
# what a community owes besides; when all of these fall due is worked out at the next start
ADD_OTHERS = """
INSERT INTO obligations (community_id, duty, since, next_due, next_stage)
SELECT o.community_id, d.duty, o.since, NULL, 0
FROM obligations o JOIN (
    SELECT 'P5' AS duty UNION ALL SELECT 'P6' UNION ALL SELECT 'P7' UNION ALL
    SELECT 'P8' UNION ALL SELECT 'holidays'
) d ON true WHERE o.duty = 'P1'
"""
COPY_CONTACTS = """
INSERT INTO registrations (community_id, duty, unit_id, "on", counts_on, form,
    recorded_by, recorded_at, confirmed_by, confirmed_at)
SELECT u.community_id, 'P2', c.unit_id, c."on", c."on", c.form,
    c.recorded_by, c.recorded_at, c.recorded_by, c.recorded_at
FROM contacts c JOIN units u ON u.id = c.unit_id ORDER BY c.id
"""


def _make_obligations() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    duties = ("P1", "P2", "P3", "P4u", "P4c", "P5", "P6", "P7", "P8", "P9", "P10", "holidays")
    op.create_table(
        "obligations",
        sa.Column("id", number, nullable=False),
        sa.Column("community_id", number, nullable=False),
        sa.Column("unit_id", number, nullable=True),
        sa.Column("person_id", number, nullable=True),
        sa.Column(
            "duty", sa.Enum(*duties, name="duty", native_enum=False, length=20), nullable=False
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_stage", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_obligations_community_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_obligations_unit_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_obligations_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligations")),
    )
    op.create_index("ix_obligations_next_due", "obligations", ["next_due", "id"])
    op.create_index("ix_obligations_community_id", "obligations", ["community_id"])
    for bearer, columns, where in (
        ("unit", ["unit_id", "duty"], "unit_id IS NOT NULL"),
        ("person", ["person_id", "duty"], "person_id IS NOT NULL"),
        ("community", ["community_id", "duty"], "unit_id IS NULL AND person_id IS NULL"),
    ):
        op.create_index(
            f"uq_obligations_of_{bearer}",
            "obligations",
            columns,
            unique=True,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def _make_lists() -> None:
    """需求、资源、项目 and volunteer activities."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "projects",
        sa.Column("id", number, nullable=False),
        sa.Column("community_id", number, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "need", "resource", "project", name="projectkind", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("unit_id", number, nullable=True),
        sa.Column("partner", sa.String(length=100), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned", "under_way", "done", name="projectstate", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("recorded_by", number, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_projects_community_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_projects_unit_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["people.id"], name=op.f("fk_projects_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
    )
    op.create_index("ix_projects_community_id", "projects", ["community_id", "kind"])
    op.create_table(
        "activities",
        sa.Column("id", number, nullable=False),
        sa.Column("community_id", number, nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("units", sa.String(length=200), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=False),
        sa.Column("recorded_by", number, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_activities_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["people.id"], name=op.f("fk_activities_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
    )
    op.create_index("ix_activities_community_id", "activities", ["community_id", "on"])


def upgrade() -> None:
    _make_lists()
    # the table is made anew: its unique indexes ask for other things now
    with op.batch_alter_table("obligations", schema=None) as batch_op:
        batch_op.drop_index("uq_obligations_of_unit")
        batch_op.drop_index("uq_obligations_of_community")
        batch_op.drop_index("ix_obligations_next_due")
    op.rename_table("obligations", "obligations_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_obligations RENAME TO pk_obligations_before")
        op.execute("ALTER SEQUENCE obligations_id_seq RENAME TO obligations_before_id_seq")
    _make_obligations()
    op.execute(COPY_OBLIGATIONS)
    op.execute(ADD_DEEDS)
    op.execute(ADD_OTHERS)
    op.drop_table("obligations_before")
    op.create_table(
        "reminder_settings",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("said_at", sa.String(length=5), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_reminder_settings")),
    )
    op.create_table(
        "rounds",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_rounds")),
    )
    op.create_table(
        "workday_overrides",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_workday", sa.Boolean(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_workday_overrides")),
    )
    op.create_table(
        "notes",
        sa.Column(
            "obligation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letter_id", sa.BigInteger(), nullable=True),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "registering",
                "postponed",
                "wrong_person",
                name="noteanswer",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligations.id"], name=op.f("fk_notes_obligation_id")
        ),
        sa.PrimaryKeyConstraint("obligation_id", "user_id", name=op.f("pk_notes")),
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notes_letter_id",
            ["letter_id"],
            unique=False,
            sqlite_where=sa.text("letter_id IS NOT NULL"),
            postgresql_where=sa.text("letter_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_notes_waiting",
            ["user_id", "not_before"],
            unique=False,
            sqlite_where=sa.text("letter_id IS NULL"),
            postgresql_where=sa.text("letter_id IS NULL"),
        )

    op.create_table(
        "registrations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "duty",
            sa.Enum(
                "P1",
                "P2",
                "P3",
                "P4u",
                "P4c",
                "P5",
                "P6",
                "P7",
                "P8",
                "P9",
                "P10",
                "holidays",
                name="duty",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("counts_on", sa.Date(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "visit", "phone", "talk", "other", name="contactform", native_enum=False, length=20
            ),
            nullable=True,
        ),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "confirmed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "withdrawn_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_for", sa.String(length=200), nullable=True),
        sa.Column(
            "meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "arises_from", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["arises_from"], ["registrations.id"], name=op.f("fk_registrations_arises_from")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_registrations_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["people.id"], name=op.f("fk_registrations_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_registrations_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_registrations_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["people.id"], name=op.f("fk_registrations_recorded_by")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_registrations_unit_id")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["people.id"], name=op.f("fk_registrations_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
    )
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_registrations_community_id", ["community_id", "duty", "counts_on"], unique=False
        )
        batch_op.create_index(
            "ix_registrations_person_id", ["person_id", "duty", "counts_on"], unique=False
        )
        batch_op.create_index("ix_registrations_meeting_id", ["meeting_id"], unique=False)
        batch_op.create_index(
            "ix_registrations_unit_id", ["unit_id", "duty", "counts_on"], unique=False
        )

    op.create_table(
        "visits",
        sa.Column(
            "registration_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("visitors", sa.String(length=200), nullable=False),
        sa.Column("needs", sa.String(length=500), server_default="", nullable=False),
        sa.Column("opinions", sa.String(length=500), server_default="", nullable=False),
        sa.Column("handling", sa.String(length=500), server_default="", nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("counts", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registrations.id"], name=op.f("fk_visits_registration_id")
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_visits")),
    )
    op.create_index("ix_people_unit_id", "people", ["unit_id"])
    op.create_index("ix_meetings_starts_at", "meetings", ["starts_at"])
    op.execute(COPY_CONTACTS)
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contacts_unit_id"))

    op.drop_table("contacts")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "also_kind",
                sa.Enum(
                    "working",
                    "joint",
                    "appraisal",
                    "other",
                    name="meetingkind",
                    native_enum=False,
                    length=20,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("year", sa.Integer(), nullable=True))

    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "window",
                sa.Enum(
                    "12-01/12-31",
                    "12-01/01-15",
                    "12-01/01-31",
                    "11-15/01-31",
                    name="window",
                    native_enum=False,
                    length=20,
                ),
                server_default="12-01/01-31",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "upward_report",
                sa.Enum(
                    "month",
                    "quarter",
                    "half_year",
                    "year",
                    name="frequency",
                    native_enum=False,
                    length=20,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column(
                "public_review",
                sa.Enum(
                    "month",
                    "quarter",
                    "half_year",
                    "year",
                    name="frequency",
                    native_enum=False,
                    length=20,
                ),
                nullable=True,
            )
        )


def downgrade() -> None:
    op.drop_table("activities")
    op.drop_table("projects")
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.drop_column("public_review")
        batch_op.drop_column("upward_report")
        batch_op.drop_column("window")

    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_column("year")
        batch_op.drop_column("also_kind")

    op.create_table(
        "contacts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["people.id"], name=op.f("fk_contacts_recorded_by")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_contacts_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contacts_unit_id"), ["unit_id", "on"], unique=False)

    op.drop_table("visits")
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.drop_index("ix_registrations_meeting_id")
        batch_op.drop_index("ix_registrations_unit_id")
        batch_op.drop_index("ix_registrations_person_id")
        batch_op.drop_index("ix_registrations_community_id")

    op.drop_table("registrations")
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notes_waiting",
            sqlite_where=sa.text("letter_id IS NULL"),
            postgresql_where=sa.text("letter_id IS NULL"),
        )
        batch_op.drop_index(
            "ix_notes_letter_id",
            sqlite_where=sa.text("letter_id IS NOT NULL"),
            postgresql_where=sa.text("letter_id IS NOT NULL"),
        )

    op.drop_index("ix_meetings_starts_at", "meetings")
    op.drop_index("ix_people_unit_id", "people")
    op.drop_table("notes")
    op.drop_table("workday_overrides")
    op.drop_table("rounds")
    op.drop_table("reminder_settings")
    # what is owed is made anew by the earlier release's own roster import
    op.drop_table("obligations")
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "obligations",
        sa.Column("id", number, nullable=False),
        sa.Column("community_id", number, nullable=False),
        sa.Column("unit_id", number, nullable=True),
        sa.Column("duty", sa.String(length=20), nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligations")),
    )
    op.create_index("ix_obligations_next_due", "obligations", ["next_due"])
    for bearer, columns, where in (
        ("unit", ["unit_id", "duty"], "unit_id IS NOT NULL"),
        ("community", ["community_id", "duty"], "unit_id IS NULL"),
    ):
        op.create_index(
            f"uq_obligations_of_{bearer}",
            "obligations",
            columns,
            unique=True,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
