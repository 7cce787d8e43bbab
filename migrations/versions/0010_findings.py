"""Coding, findings, recommendations and the texts of reports."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_TABLES = (
    "support",
    "recommendation_basis",
    "report_text",
    "recommendation",
    "finding",
    "resolution",
    "coding",
    "text_release",
    "segment",
    "code",
)
"""Each before those that it refers to."""


def upgrade() -> None:
    _coding()
    _findings()
    op.add_column("publication", sa.Column("codes", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """All that was coded, found, recommended and written is lost."""
    op.drop_column("publication", "codes")
    for table in _TABLES:
        op.drop_table(table)


def _coding() -> None:
    op.create_table(
        "code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("not_for", sa.Text(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.id"], name=op.f("fk_code_evaluation_id_evaluation"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["code.id"], name=op.f("fk_code_parent_id_code"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code")),
        sa.UniqueConstraint("evaluation_id", "key", name=op.f("uq_code_evaluation_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_code_evaluation_id"), "code", ["evaluation_id"], unique=False)
    op.create_table(
        "segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("source_key", sa.String(length=90), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("source IN ('answer', 'note', 'quote')", name=op.f("ck_segment_source")),
        sa.CheckConstraint("ends > begins", name=op.f("ck_segment_extent")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_segment_wave_id_wave"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        sa.UniqueConstraint(
            "source", "source_key", "begins", "ends", name=op.f("uq_segment_source_source_key_begins_ends")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_segment_wave_id_source_source_key"), "segment", ["wave_id", "source", "source_key"], unique=False
    )
    op.create_table(
        "text_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("source_key", sa.String(length=90), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("names_organisation", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("consent", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("suggestions", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "consent IN ('none', 'paraphrase', 'unattributed', 'role', 'name')", name=op.f("ck_text_release_consent")
        ),
        sa.CheckConstraint("source IN ('answer', 'note', 'quote')", name=op.f("ck_text_release_source")),
        sa.CheckConstraint("state IN ('proposed', 'released', 'withheld')", name=op.f("ck_text_release_state")),
        sa.ForeignKeyConstraint(["decided_by"], ["user.id"], name=op.f("fk_text_release_decided_by_user")),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_text_release_membership_id_membership"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["wave.id"], name=op.f("fk_text_release_wave_id_wave"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_release")),
        sa.UniqueConstraint("source", "source_key", name=op.f("uq_text_release_source_source_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_text_release_wave_id"), "text_release", ["wave_id"], unique=False)
    op.create_table(
        "coding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column("coded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_coding_code_id_code"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["coder_id"], ["user.id"], name=op.f("fk_coding_coder_id_user")),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["segment.id"], name=op.f("fk_coding_segment_id_segment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding")),
        sa.UniqueConstraint("segment_id", "code_id", "coder_id", name=op.f("uq_coding_segment_id_code_id_coder_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_coding_code_id"), "coding", ["code_id"], unique=False)
    op.create_index(op.f("ix_coding_segment_id"), "coding", ["segment_id"], unique=False)
    op.create_table(
        "resolution",
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("fits", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.Integer(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_resolution_code_id_code"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["resolved_by"], ["user.id"], name=op.f("fk_resolution_resolved_by_user")),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["segment.id"], name=op.f("fk_resolution_segment_id_segment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("segment_id", "code_id", name=op.f("pk_resolution")),
    )


def _findings() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("judgement", sa.String(length=20), nullable=False),
        sa.Column("judgement_reason", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("in_report", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "judgement IN ('met', 'partly', 'not', 'not-established')", name=op.f("ck_finding_judgement")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_finding_membership_id_membership"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_finding_wave_id_wave"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["written_by"], ["user.id"], name=op.f("fk_finding_written_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("wave_id", "number", name=op.f("uq_finding_wave_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_finding_membership_id"), "finding", ["membership_id"], unique=False)
    op.create_index(op.f("ix_finding_wave_id"), "finding", ["wave_id"], unique=False)
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("addressee", sa.String(length=200), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("belongs_to", sa.String(length=20), nullable=False),
        sa.Column("timing", sa.String(length=20), nullable=False),
        sa.Column("effort", sa.String(length=20), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("measure", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("in_report", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("belongs_to IN ('process', 'organisation')", name=op.f("ck_recommendation_belongs_to")),
        sa.CheckConstraint("effort IN ('small', 'medium', 'large')", name=op.f("ck_recommendation_effort")),
        sa.CheckConstraint("timing IN ('now', 'next-round', 'later')", name=op.f("ck_recommendation_timing")),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_recommendation_membership_id_membership"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["wave.id"], name=op.f("fk_recommendation_wave_id_wave"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["written_by"], ["user.id"], name=op.f("fk_recommendation_written_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("wave_id", "number", name=op.f("uq_recommendation_wave_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_recommendation_membership_id"), "recommendation", ["membership_id"], unique=False)
    op.create_index(op.f("ix_recommendation_wave_id"), "recommendation", ["wave_id"], unique=False)
    op.create_table(
        "report_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_report_text_membership_id_membership"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_report_text_wave_id_wave"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["written_by"], ["user.id"], name=op.f("fk_report_text_written_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_text")),
        sa.UniqueConstraint(
            "wave_id",
            "kind",
            "membership_id",
            "section",
            "language",
            name=op.f("uq_report_text_wave_id_kind_membership_id_section_language"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_report_text_wave_id"), "report_text", ["wave_id"], unique=False)
    op.create_index(
        "uq_report_text_of_the_region",
        "report_text",
        ["wave_id", "kind", "section", "language"],
        unique=True,
        sqlite_where=sa.text("membership_id IS NULL"),
        postgresql_where=sa.text("membership_id IS NULL"),
    )
    op.create_table(
        "recommendation_basis",
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_recommendation_basis_finding_id_finding"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_basis_recommendation_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "finding_id", name=op.f("pk_recommendation_basis")),
    )
    op.create_index(op.f("ix_recommendation_basis_finding_id"), "recommendation_basis", ["finding_id"], unique=False)
    op.create_table(
        "support",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=120), nullable=False),
        sa.Column("stance", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('score', 'code', 'answer', 'quote', 'note', 'reference')", name=op.f("ck_support_kind")
        ),
        sa.CheckConstraint("stance IN ('supports', 'contradicts')", name=op.f("ck_support_stance")),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_support_finding_id_finding"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
        sa.UniqueConstraint("finding_id", "kind", "target", name=op.f("uq_support_finding_id_kind_target")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_support_finding_id"), "support", ["finding_id"], unique=False)
