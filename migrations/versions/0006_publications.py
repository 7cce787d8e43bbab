"""Publications per audience, with numbers and reasons; what is put together in them; waves that may be made public."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0006"
down_revision = "0005"

_PUBLICATION: tuple[tuple[sa.Column[Any], str], ...] = (
    (sa.Column("audience", sa.String(length=20), nullable=False), "lead"),
    (sa.Column("number", sa.Integer(), nullable=False), "1"),
    (sa.Column("reason", sa.Text(), nullable=False), ""),
    (sa.Column("merged", sa.JSON(), nullable=False), "[]"),
)
_WAVE: tuple[tuple[sa.Column[Any], str], ...] = (
    (sa.Column("for_public", sa.Boolean(), nullable=False), "false"),
    (sa.Column("searchable", sa.Boolean(), nullable=False), "false"),
)
"""New columns, each with what stands there in rows that are there already: all of them were for the project lead."""


def upgrade() -> None:
    """What was published stays as it was published."""
    _add("wave", _WAVE, sequence=True)
    with _changing("publication") as publication:
        publication.drop_constraint(op.f("uq_publication_wave_id"), type_="unique")
    _add("publication", _PUBLICATION, sequence=False)
    with _changing("publication") as publication:
        publication.add_column(sa.Column("approval_id", sa.Integer(), nullable=True))
        publication.create_foreign_key(
            op.f("fk_publication_approval_id_approval"), "approval", ["approval_id"], ["id"], ondelete="SET NULL"
        )
        publication.create_check_constraint(op.f("ck_publication_audience"), "audience IN ('lead', 'public')")
        publication.create_check_constraint(op.f("ck_publication_number"), "number > 0")
        name = op.f("uq_publication_wave_id_audience_number")
        publication.create_unique_constraint(name, ["wave_id", "audience", "number"])
    op.create_index(op.f("ix_publication_wave_id"), "publication", ["wave_id"])
    op.create_table(
        "merger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('organisations', 'roles')", name=op.f("ck_merger_kind")),
        sa.ForeignKeyConstraint(["approved_by"], ["user.id"], name=op.f("fk_merger_approved_by_user")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_merger_wave_id_wave"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merger")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_merger_wave_id"), "merger", ["wave_id"])


_LOST = (
    "DELETE FROM publication WHERE audience <> 'lead'",
    "DELETE FROM publication WHERE id NOT IN (SELECT max(id) FROM publication GROUP BY wave_id)",
)
"""One per wave remains: the newest for the project lead."""


def downgrade() -> None:
    """What was published for the public, and what was corrected since, is lost."""
    op.drop_index(op.f("ix_merger_wave_id"), "merger")
    op.drop_table("merger")
    for lost in _LOST:
        op.execute(lost)
    op.drop_index(op.f("ix_publication_wave_id"), "publication")
    with _changing("publication") as publication:
        publication.drop_constraint(op.f("uq_publication_wave_id_audience_number"), type_="unique")
        publication.drop_constraint(op.f("ck_publication_audience"), type_="check")
        publication.drop_constraint(op.f("ck_publication_number"), type_="check")
        publication.drop_constraint(op.f("fk_publication_approval_id_approval"), type_="foreignkey")
        for name in ("approval_id", *(column.name for column, _filled in _PUBLICATION)):
            publication.drop_column(name)
        publication.create_unique_constraint(op.f("uq_publication_wave_id"), ["wave_id"])
    with _changing("wave", sequence=True) as wave:
        for column, _filled in _WAVE:
            wave.drop_column(column.name)


def _add(table: str, columns: tuple[tuple[sa.Column[Any], str], ...], *, sequence: bool) -> None:
    """New columns, filled in the rows that are there; no default stays behind."""
    with _changing(table, sequence=sequence) as changing:
        for column, filled in columns:
            default = _literal(column, filled)
            changing.add_column(sa.Column(column.name, column.type, nullable=False, server_default=default))
    with _changing(table, sequence=sequence) as changing:
        for column, _filled in columns:
            changing.alter_column(column.name, existing_type=column.type, existing_nullable=False, server_default=None)


def _literal(column: sa.Column[Any], filled: str) -> sa.TextClause | str:
    """As a default: each database writes false in its own way."""
    if isinstance(column.type, sa.Boolean):
        return sa.text(filled if op.get_bind().dialect.name == "postgresql" else "0")
    return filled


@contextmanager
def _changing(table: str, *, sequence: bool = False) -> Iterator[BatchOperations]:
    """Alter a table. SQLite builds it anew: its own rules are said again, and numbers that were given out stay so."""
    options = {"sqlite_autoincrement": True} if sequence else {}
    last = _last_given_out(table) if sequence else None
    with op.batch_alter_table(table, table_kwargs=options, recreate=_on_sqlite()) as batch:
        yield batch
    if last is not None:
        op.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :table").bindparams(table=table))
        given_out = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)")
        op.execute(given_out.bindparams(table=table, last=last))


def _last_given_out(table: str) -> int | None:
    if op.get_bind().dialect.name != "sqlite":
        return None
    last = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :table").bindparams(table=table)
    found: int | None = op.get_bind().scalar(last)
    return found


def _on_sqlite() -> Literal["always", "never"]:
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"
