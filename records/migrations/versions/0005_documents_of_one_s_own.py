"""Documents of one's own, questions without an answer, taught answers, uses."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revisions",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_revisions")),
    )
    op.create_table(
        "uses",
        sa.Column("community_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("passage", sa.String(length=60), nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("end", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "community_id", "month", "passage", "start", "end", name=op.f("pk_uses")
        ),
    )
    op.create_table(
        "document_choices",
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("applies", sa.Boolean(), nullable=False),
        sa.Column("chosen_by", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_document_choices_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "key", name=op.f("pk_document_choices")),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("subdistrict", sa.String(length=100), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("issuer", sa.String(length=200), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("region", sa.String(length=100), nullable=True),
        sa.Column("status", sa.String(length=100), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "superseded",
                "withdrawn",
                name="documentstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("drafted_by", sa.BigInteger(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(length=100), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=100), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(length=100), nullable=True),
        sa.Column("revision", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_documents_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["documents.id"], name=op.f("fk_documents_replaces_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index("ix_documents_community_id", ["community_id", "state"], unique=False)
        batch_op.create_index("ix_documents_digest", ["digest"], unique=False)
        batch_op.create_index("ix_documents_revision", ["revision"], unique=False)

    op.create_table(
        "unanswered",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("normalised", sa.String(length=500), nullable=False),
        sa.Column("open_as", sa.String(length=64), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "solved",
                "beside",
                "incomplete",
                "citation",
                "outdated",
                "other",
                name="verdict",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("passage", sa.String(length=60), nullable=True),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "answered", "closed", name="questionstate", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_unanswered_community_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered")),
        sa.UniqueConstraint("open_as", name=op.f("uq_unanswered_open_as")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("unanswered", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unanswered_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index("ix_unanswered_community_id", ["community_id", "state"], unique=False)

    op.create_table(
        "askers",
        sa.Column(
            "unanswered_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unanswered_id"], ["unanswered.id"], name=op.f("fk_askers_unanswered_id")
        ),
        sa.PrimaryKeyConstraint("unanswered_id", "user_id", name=op.f("pk_askers")),
    )
    with op.batch_alter_table("askers", schema=None) as batch_op:
        batch_op.create_index("ix_askers_user_id", ["user_id"], unique=False)

    op.create_table(
        "document_contents",
        sa.Column(
            "document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("repairs", sa.Text(), nullable=False),
        sa.Column("index", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_document_contents_document_id")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_contents")),
    )
    op.create_table(
        "taught",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "community_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "author_role",
            sa.Enum(
                "party_secretary",
                "party_worker",
                "member",
                "liaison",
                name="role",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("taught_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending", "approved", "withdrawn", name="taughtstate", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column(
            "approved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "approved_role",
            sa.Enum(
                "party_secretary",
                "party_worker",
                "member",
                "liaison",
                name="role",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["approved_by"], ["people.id"], name=op.f("fk_taught_approved_by")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_taught_author_id")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_taught_community_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taught")),
        sa.UniqueConstraint("community_id", "number", name=op.f("uq_taught_community_id")),
    )
    with op.batch_alter_table("taught", schema=None) as batch_op:
        batch_op.create_index("ix_taught_revision", ["revision"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("taught", schema=None) as batch_op:
        batch_op.drop_index("ix_taught_revision")

    op.drop_table("taught")
    op.drop_table("document_contents")
    with op.batch_alter_table("askers", schema=None) as batch_op:
        batch_op.drop_index("ix_askers_user_id")

    op.drop_table("askers")
    with op.batch_alter_table("unanswered", schema=None) as batch_op:
        batch_op.drop_index("ix_unanswered_community_id")
        batch_op.drop_index(batch_op.f("ix_unanswered_asked_at"))

    op.drop_table("unanswered")
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index("ix_documents_revision")
        batch_op.drop_index("ix_documents_digest")
        batch_op.drop_index("ix_documents_community_id")

    op.drop_table("documents")
    op.drop_table("document_choices")
    op.drop_table("uses")
    op.drop_table("revisions")
