"""Responses that are excluded with a reason, and answers that were collected elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0008"
down_revision = "0007"

_COLUMNS: Final[dict[str, sa.types.TypeEngine[Any]]] = {
    "excluded_at": sa.DateTime(timezone=True),
    "excluded_by": sa.Integer(),
    "excluded_reason": sa.String(length=500),
}
_EXCLUDED = (
    "(excluded_at IS NULL) = (excluded_reason IS NULL) AND (excluded_by IS NULL OR excluded_at IS NOT NULL)"
    " AND (excluded_at IS NULL OR regime <> 'anonymous')"
)
_CHANNELS = "channel IN ('web', 'paper', 'telephone')"
_WITH_IMPORT = "channel IN ('web', 'paper', 'telephone', 'import')"


def upgrade() -> None:
    with _changing() as response:
        for name, kind in _COLUMNS.items():
            response.add_column(sa.Column(name, kind, nullable=True))
        response.create_foreign_key(op.f("fk_response_excluded_by_user"), "user", ["excluded_by"], ["id"])
        response.create_check_constraint(op.f("ck_response_excluded"), _EXCLUDED)
        response.drop_constraint(op.f("ck_response_channel"), type_="check")
        response.create_check_constraint(op.f("ck_response_channel"), _WITH_IMPORT)


_LOST = (
    (
        "DELETE FROM receipt WHERE invitation_id IN"
        " (SELECT invitation_id FROM response WHERE excluded_at IS NOT NULL AND submitted)"
    ),
    "DELETE FROM response WHERE excluded_at IS NOT NULL",
    "DELETE FROM answer WHERE response_id NOT IN (SELECT id FROM response)",
    "DELETE FROM delegation WHERE response_id NOT IN (SELECT id FROM response)",
    "DELETE FROM rendering WHERE response_id IS NOT NULL AND response_id NOT IN (SELECT id FROM response)",
    "UPDATE response SET channel = 'paper' WHERE channel = 'import'",
)
"""Children too: SQLite looks at no reference during a migration."""


def downgrade() -> None:
    """What was excluded is lost, as nothing else keeps it from being counted; what was imported came on paper."""
    for lost in _LOST:
        op.execute(lost)
    with _changing() as response:
        response.drop_constraint(op.f("ck_response_channel"), type_="check")
        response.create_check_constraint(op.f("ck_response_channel"), _CHANNELS)
        response.drop_constraint(op.f("ck_response_excluded"), type_="check")
        response.drop_constraint(op.f("fk_response_excluded_by_user"), type_="foreignkey")
        for name in _COLUMNS:
            response.drop_column(name)


@contextmanager
def _changing() -> Iterator[BatchOperations]:
    """Alter the table of responses; SQLite builds it anew."""
    always: Literal["always", "never"] = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("response", recreate=always) as response:
        yield response
