"""The report of a conversation while it is being written."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "conversation_draft",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_conversation_draft_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["saved_by"], ["user.id"], name=op.f("fk_conversation_draft_saved_by_user")),
        sa.PrimaryKeyConstraint("interview_id", name=op.f("pk_conversation_draft")),
    )


def downgrade() -> None:
    """What was written and not yet sent is lost."""
    op.drop_table("conversation_draft")
