"""Fieldwork: what studies, waves, people, jobs, accounts and the log keep besides; the log becomes a chain."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Literal

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0004"
down_revision = "0003"

_MOMENT = sa.DateTime(timezone=True)
_ADDED: dict[str, tuple[tuple[sa.Column[Any], str | None], ...]] = {
    "evaluation": (
        (sa.Column("purpose", sa.JSON(), nullable=False), "{}"),
        (sa.Column("ground", sa.String(length=40), nullable=False), "public-task"),
        (sa.Column("privacy_contact", sa.String(length=254), nullable=False), ""),
        (sa.Column("invitees_until", sa.Date(), nullable=True), None),
        (sa.Column("texts_until", sa.Date(), nullable=True), None),
        (sa.Column("answers_until", sa.Date(), nullable=True), None),
    ),
    "grant": ((sa.Column("source", sa.String(length=10), nullable=False), "hand"),),
    "invitee": (
        (sa.Column("test", sa.Boolean(), nullable=False), "0"),
        (sa.Column("opted_out_at", _MOMENT, nullable=True), None),
    ),
    "job": (
        (sa.Column("evaluation_id", sa.Integer(), nullable=True), None),
        (sa.Column("finished_at", _MOMENT, nullable=True), None),
        (sa.Column("done", sa.Integer(), nullable=False), "0"),
        (sa.Column("steps", sa.Integer(), nullable=True), None),
    ),
    "sign_in": (
        (sa.Column("seen_at", _MOMENT, nullable=False), "2026-01-01 00:00:00+00:00"),
        (sa.Column("device", sa.String(length=80), nullable=False), ""),
        (sa.Column("second_factor", sa.Boolean(), nullable=False), "0"),
    ),
    "user": (
        (sa.Column("disabled_at", _MOMENT, nullable=True), None),
        (sa.Column("totp_secret", sa.String(length=300), nullable=True), None),
        (sa.Column("totp_used", sa.Integer(), nullable=True), None),
    ),
    "wave": (
        (sa.Column("ready_at", _MOMENT, nullable=True), None),
        (sa.Column("languages", sa.JSON(), nullable=False), '["nl", "en"]'),
        (sa.Column("targets", sa.JSON(), nullable=False), "{}"),
        (sa.Column("expected", sa.JSON(), nullable=False), "{}"),
        (sa.Column("settled", sa.JSON(), nullable=False), "[]"),
    ),
    "event": ((sa.Column("digest", sa.String(length=64), nullable=False), ""),),
}
"""Table -> its new columns, each with what stands there in rows that are there already."""
_WITHOUT_SEQUENCE = frozenset({"sign_in", "event"})
_CHECKS = {
    "evaluation": ("ck_evaluation_ground", "ground IN ('public-task', 'consent', 'legitimate-interest')"),
    "grant": ("ck_grant_source", "source IN ('hand', 'group')"),
}


def upgrade() -> None:
    _event_without_references()
    for table, columns in _ADDED.items():
        _add(table, columns)
    _job_of_a_study()
    op.execute("UPDATE wave SET ready_at = opens_at")
    op.execute("UPDATE sign_in SET seen_at = created_at")
    with _changing("user") as user:
        user.drop_column("failed_sign_ins")
        user.drop_column("failed_at")
    _chain()


_LOST = (
    "DELETE FROM wave WHERE ready_at IS NULL",
    "DELETE FROM invitee WHERE test OR wave_id NOT IN (SELECT id FROM wave)",
    "DELETE FROM invitation WHERE invitee_id IS NOT NULL AND invitee_id NOT IN (SELECT id FROM invitee)",
    "DELETE FROM open_link WHERE wave_id NOT IN (SELECT id FROM wave)",
    "DELETE FROM response WHERE invitation_id IS NOT NULL AND invitation_id NOT IN (SELECT id FROM invitation)",
    "DELETE FROM answer WHERE response_id NOT IN (SELECT id FROM response)",
    "DELETE FROM delegation WHERE response_id NOT IN (SELECT id FROM response)",
    "DELETE FROM rendering WHERE response_id IS NOT NULL AND response_id NOT IN (SELECT id FROM response)",
    "DELETE FROM receipt WHERE invitation_id NOT IN (SELECT id FROM invitation)",
    "DELETE FROM promise_text WHERE wave_id NOT IN (SELECT id FROM wave)",
    "DELETE FROM merged_role WHERE wave_id NOT IN (SELECT id FROM wave)",
    "DELETE FROM item_tally WHERE wave_id NOT IN (SELECT id FROM wave)",
    "DELETE FROM theme_tally WHERE wave_id NOT IN (SELECT id FROM wave)",
    'UPDATE event SET actor_id = NULL WHERE actor_id NOT IN (SELECT id FROM "user")',
    "UPDATE event SET evaluation_id = NULL WHERE evaluation_id NOT IN (SELECT id FROM evaluation)",
)
"""What is being set up is lost, and in the log who and what is not there any more. Children too, as SQLite looks at no
reference during a migration."""


def downgrade() -> None:
    """Waves that were not open yet are lost, and the chain of the log."""
    op.execute("DELETE FROM event_chain")
    for lost in _LOST:
        op.execute(lost)
    with _changing("user") as user:
        user.add_column(sa.Column("failed_sign_ins", sa.Integer(), nullable=False, server_default="0"))
        user.add_column(sa.Column("failed_at", _MOMENT, nullable=True))
    with _changing("user") as user:
        user.alter_column("failed_sign_ins", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
    op.drop_index("ix_job_evaluation_id", "job")
    with _changing("job") as job:
        job.drop_constraint(op.f("fk_job_evaluation_id_evaluation"), type_="foreignkey")
    for table, columns in _ADDED.items():
        with _changing(table) as changing:
            if table in _CHECKS:
                changing.drop_constraint(op.f(_CHECKS[table][0]), type_="check")
            for column, _filled in columns:
                changing.drop_column(column.name)
    with _changing("event") as event:
        for key, to in _EVENT_OF.items():
            event.create_foreign_key(op.f(f"fk_event_{key}_{to}"), to, [key], ["id"], ondelete="SET NULL")


_EVENT_OF = {"actor_id": "user", "evaluation_id": "evaluation"}


def _event_without_references() -> None:
    """What was written stays as it was written."""
    with _changing("event") as event:
        for column, to in _EVENT_OF.items():
            event.drop_constraint(op.f(f"fk_event_{column}_{to}"), type_="foreignkey")


def _job_of_a_study() -> None:
    with _changing("job") as job:
        name = op.f("fk_job_evaluation_id_evaluation")
        job.create_foreign_key(name, "evaluation", ["evaluation_id"], ["id"], ondelete="CASCADE")
    op.create_index("ix_job_evaluation_id", "job", ["evaluation_id"])


def _add(table: str, columns: tuple[tuple[sa.Column[Any], str | None], ...]) -> None:
    """New columns, filled in the rows that are there; no default stays behind."""
    with _changing(table) as changing:
        for column, filled in columns:
            default = None if filled is None else _literal(column, filled)
            changing.add_column(sa.Column(column.name, column.type, nullable=column.nullable, server_default=default))
    with _changing(table) as changing:
        for column, filled in columns:
            if filled is not None:
                changing.alter_column(
                    column.name, existing_type=column.type, existing_nullable=False, server_default=None
                )
        if table in _CHECKS:
            name, rule = _CHECKS[table]
            changing.create_check_constraint(op.f(name), rule)


def _literal(column: sa.Column[Any], filled: str) -> sa.TextClause | str:
    """As a default: each database writes false in its own way."""
    if isinstance(column.type, sa.Boolean):
        return sa.text("false" if op.get_bind().dialect.name == "postgresql" else "0")
    return filled


def _chain() -> None:
    """Chain the events that are there already, and begin the end of the log. As ``actions.log`` does it."""
    connection = op.get_bind()
    last, digest = 0, ""
    event = sa.table("event", *(sa.column(name) for name in ("id", "actor_id", "evaluation_id", "verb", "subject")),
                     sa.column("at", _MOMENT), sa.column("details", sa.JSON()), sa.column("digest"))  # fmt: skip
    for row in connection.execute(sa.select(event).order_by(event.c.id)).mappings().all():
        digest = _digest(digest, dict(row))
        last = row["id"]
        connection.execute(sa.update(event).where(event.c.id == last).values(digest=digest))
    if not last:
        return
    chain = sa.table("event_chain", sa.column("id"), sa.column("last"), sa.column("digest"))
    connection.execute(sa.insert(chain).values(id=1, last=last, digest=digest))


def _digest(before: str, row: dict[str, Any]) -> str:
    at: datetime = row["at"]
    utc = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    said = [before, row["id"], utc.isoformat(), row["actor_id"], row["evaluation_id"], row["verb"], row["subject"]]
    text = json.dumps([*said, row["details"]], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def _changing(table: str) -> Iterator[BatchOperations]:
    """Alter a table. SQLite builds it anew: its own rules are said again, and numbers that were given out stay so."""
    sequence = table not in _WITHOUT_SEQUENCE
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
