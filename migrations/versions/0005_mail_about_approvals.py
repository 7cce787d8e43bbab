"""Mail about approvals: two more purposes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_BEFORE = "'invitation', 'reminder', 'thanks', 'closing', 'delegation', 'account'"
_ADDED = "'approval', 'decision'"
_TABLES = ("mailing", "mail")


def upgrade() -> None:
    _allow(f"{_BEFORE}, {_ADDED}")


def downgrade() -> None:
    op.execute(f"DELETE FROM mail WHERE purpose IN ({_ADDED})")  # noqa: S608 - our own words
    _allow(_BEFORE)


def _allow(purposes: str) -> None:
    """SQLite builds a table anew: numbers that were given out stay so."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _TABLES:
        name = op.f(f"ck_{table}_purpose")
        last = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :table").bindparams(table=table)
        given_out = op.get_bind().scalar(last) if on_sqlite else None
        options = {"sqlite_autoincrement": True}
        with op.batch_alter_table(table, table_kwargs=options, recreate="always" if on_sqlite else "never") as changing:
            changing.drop_constraint(name, type_="check")
            changing.create_check_constraint(name, f"purpose IN ({purposes})")
        if given_out is not None:
            op.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :table").bindparams(table=table))
            setting = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)")
            op.execute(setting.bindparams(table=table, last=given_out))
