"""Mail to who reads a draft or the report of a conversation."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0011"
down_revision = "0010"

_BEFORE = "'invitation', 'reminder', 'thanks', 'closing', 'delegation', 'account', 'approval', 'decision'"
_ADDED = "'review', 'review-reminder'"
_ONE = " + ".join(
    f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in ("invitee_id", "delegation_id", "user_id")
)
_READER = "(CASE WHEN reviewer_id IS NULL THEN 0 ELSE 1 END)"
_REFERENCE = "fk_mail_reviewer_id_reviewer"
_UNIQUE = "uq_mail_reviewer_id_purpose_number"


def upgrade() -> None:
    _change("mailing", lambda mailing: _check(mailing, "ck_mailing_purpose", f"purpose IN ({_BEFORE}, {_ADDED})"))
    _change("mail", _with_reader)


def downgrade() -> None:
    """Mail to readers is forgotten; no mailing was ever for them."""
    op.execute(f"DELETE FROM mail WHERE purpose IN ({_ADDED})")  # noqa: S608 - our own words
    _change("mail", _without_reader)
    _change("mailing", lambda mailing: _check(mailing, "ck_mailing_purpose", f"purpose IN ({_BEFORE})"))


def _with_reader(mail: BatchOperations) -> None:
    mail.add_column(sa.Column("reviewer_id", sa.Integer(), nullable=True))
    mail.create_foreign_key(op.f(_REFERENCE), "reviewer", ["reviewer_id"], ["id"], ondelete="CASCADE")
    mail.create_unique_constraint(op.f(_UNIQUE), ["reviewer_id", "purpose", "number"])
    _check(mail, "ck_mail_purpose", f"purpose IN ({_BEFORE}, {_ADDED})")
    _check(mail, "ck_mail_recipient", f"{_ONE} + {_READER} = 1")


def _without_reader(mail: BatchOperations) -> None:
    _check(mail, "ck_mail_recipient", f"{_ONE} = 1")
    _check(mail, "ck_mail_purpose", f"purpose IN ({_BEFORE})")
    mail.drop_constraint(op.f(_UNIQUE), type_="unique")
    mail.drop_constraint(op.f(_REFERENCE), type_="foreignkey")
    mail.drop_column("reviewer_id")


def _check(table: BatchOperations, name: str, condition: str) -> None:
    table.drop_constraint(op.f(name), type_="check")
    table.create_check_constraint(op.f(name), condition)


def _change(table: str, how: Callable[[BatchOperations], None]) -> None:
    """SQLite builds a table anew: numbers that were given out stay so."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    last = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :table").bindparams(table=table)
    given_out = op.get_bind().scalar(last) if on_sqlite else None
    options = {"sqlite_autoincrement": True}
    with op.batch_alter_table(table, table_kwargs=options, recreate="always" if on_sqlite else "never") as changing:
        how(changing)
    if given_out is not None:
        op.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :table").bindparams(table=table))
        setting = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)")
        op.execute(setting.bindparams(table=table, last=given_out))
