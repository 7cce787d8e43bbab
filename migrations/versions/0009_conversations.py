"""Agendas, interviews and reviews; jobs that are cancelled."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_STATES = "state IN ('queued', 'running', 'done', 'failed')"
_WITH_CANCELLED = "state IN ('queued', 'running', 'done', 'failed', 'cancelled')"
_TABLES = (
    "remark",
    "reviewer",
    "review",
    "quote",
    "reference",
    "participant",
    "note",
    "interviewer",
    "interview",
    "agenda_topic",
    "agenda",
)
"""Each before those that it refers to."""


def upgrade() -> None:
    _agendas()
    _interviews()
    _reviews()
    _job_states(_WITH_CANCELLED)


def downgrade() -> None:
    """All that was planned, noted and remarked is lost; cancelled jobs have failed."""
    op.execute("UPDATE job SET state = 'failed' WHERE state = 'cancelled'")
    _job_states(_STATES)
    for table in _TABLES:
        op.drop_table(table)


def _job_states(states: str) -> None:
    with op.batch_alter_table("job") as job:
        job.drop_constraint(op.f("ck_job_state"), type_="check")
        job.create_check_constraint(op.f("ck_job_state"), states)


def _agendas() -> None:
    op.create_table(
        "agenda",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("data_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_agenda_membership_id_membership"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_agenda_wave_id_wave"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda")),
        sa.UniqueConstraint("wave_id", "membership_id", "role", name=op.f("uq_agenda_wave_id_membership_id_role")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_agenda_wave_id"), "agenda", ["wave_id"], unique=False)
    op.create_index(
        "uq_agenda_of_the_programme",
        "agenda",
        ["wave_id", "role"],
        unique=True,
        sqlite_where=sa.text("membership_id IS NULL"),
        postgresql_where=sa.text("membership_id IS NULL"),
    )
    op.create_table(
        "agenda_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agenda_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind IN ('topic', 'strength', 'regional', 'own')", name=op.f("ck_agenda_topic_kind")),
        sa.ForeignKeyConstraint(
            ["agenda_id"], ["agenda.id"], name=op.f("fk_agenda_topic_agenda_id_agenda"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_topic")),
        sa.UniqueConstraint("agenda_id", "key", name=op.f("uq_agenda_topic_agenda_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_agenda_topic_agenda_id"), "agenda_topic", ["agenda_id"], unique=False)


def _interviews() -> None:
    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("calendar_uid", sa.String(length=64), nullable=False),
        sa.Column("calendar_sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('planned', 'held', 'cancelled')", name=op.f("ck_interview_state")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_interview_membership_id_membership"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_interview_wave_id_wave"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint("calendar_uid", name=op.f("uq_interview_calendar_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_interview_membership_id"), "interview", ["membership_id"], unique=False)
    op.create_index(op.f("ix_interview_wave_id"), "interview", ["wave_id"], unique=False)
    op.create_table(
        "interviewer",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_interviewer_interview_id_interview"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_interviewer_user_id_user")),
        sa.PrimaryKeyConstraint("interview_id", "user_id", name=op.f("pk_interviewer")),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("mark IN ('', 'confirms', 'contradicts', 'nuance', 'new')", name=op.f("ck_note_mark")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_note_author_id_user")),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_note_interview_id_interview"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_interview_id_topic"), "note", ["interview_id", "topic"], unique=False)
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("invitee_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("job", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_participant_interview_id_interview"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invitee_id"], ["invitee.id"], name=op.f("fk_participant_invitee_id_invitee"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_participant_interview_id"), "participant", ["interview_id"], unique=False)
    op.create_index(op.f("ix_participant_invitee_id"), "participant", ["invitee_id"], unique=False)
    op.create_table(
        "reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("place", sa.String(length=500), nullable=False),
        sa.Column("dated", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_reference_interview_id_interview"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_reference_wave_id_wave"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reference_interview_id"), "reference", ["interview_id"], unique=False)
    op.create_index(op.f("ix_reference_wave_id"), "reference", ["wave_id"], unique=False)
    op.create_table(
        "quote",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("consent", sa.String(length=20), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "consent IN ('none', 'paraphrase', 'unattributed', 'role', 'name')", name=op.f("ck_quote_consent")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_quote_author_id_user")),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_quote_interview_id_interview"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_quote_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
    )
    op.create_index(op.f("ix_quote_interview_id"), "quote", ["interview_id"], unique=False)


def _reviews() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("paragraphs", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'conversation') = (interview_id IS NOT NULL)", name=op.f("ck_review_conversation")),
        sa.CheckConstraint("kind IN ('conversation', 'facts', 'conclusions')", name=op.f("ck_review_kind")),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_review_interview_id_interview"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_review_membership_id_membership"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_review_wave_id_wave"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_review_interview_id"), "review", ["interview_id"], unique=False)
    op.create_index(op.f("ix_review_membership_id"), "review", ["membership_id"], unique=False)
    op.create_index(op.f("ix_review_wave_id"), "review", ["wave_id"], unique=False)
    op.create_table(
        "reviewer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(length=30), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("verdict IN ('', 'approved', 'approved-with-remarks')", name=op.f("ck_reviewer_verdict")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_reviewer_membership_id_membership"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_reviewer_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_reviewer_review_id_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewer")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_reviewer_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reviewer_review_id"), "reviewer", ["review_id"], unique=False)
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("paragraph", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disposition", sa.String(length=20), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("disposed_by", sa.Integer(), nullable=True),
        sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("disposition IN ('', 'taken-over', 'partly', 'not')", name=op.f("ck_remark_disposition")),
        sa.CheckConstraint("kind IN ('fact', 'interpretation', 'wording')", name=op.f("ck_remark_kind")),
        sa.ForeignKeyConstraint(["disposed_by"], ["user.id"], name=op.f("fk_remark_disposed_by_user")),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["reviewer.id"], name=op.f("fk_remark_reviewer_id_reviewer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sa.UniqueConstraint("reviewer_id", "paragraph", "kind", name=op.f("uq_remark_reviewer_id_paragraph_kind")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_remark_reviewer_id"), "remark", ["reviewer_id"], unique=False)
