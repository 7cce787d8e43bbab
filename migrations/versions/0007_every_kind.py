"""Counts of every kind of question: the key of a question and of its option, together.

What was submitted before is counted anew by ``surveyapp recount``.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_OPTIONS = "question LIKE '%.%'"


def upgrade() -> None:
    _lengthen(40, 81)


def downgrade() -> None:
    op.execute(f"DELETE FROM item_tally WHERE {_OPTIONS}")  # noqa: S608 - our own words
    _lengthen(81, 40)


def _lengthen(before: int, after: int) -> None:
    with op.batch_alter_table("item_tally") as changing:
        changing.alter_column(
            "question", existing_type=sa.String(before), type_=sa.String(after), existing_nullable=False
        )
