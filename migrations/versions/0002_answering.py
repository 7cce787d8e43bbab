"""Answering as people do: anonymously, through open links, with colleagues, on paper; answers that are put aside.

Responses get numbers drawn at random, so that their order tells nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0002"
down_revision = "0001"

_RANDOM = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _wave(("attributable", "confidential", "anonymous"))
    _open_link()
    _invitation()
    _promise_text()
    _merged_role()
    _response()
    _delegation()
    _answer()
    _rendering()
    for tally in ("item_tally", "theme_tally"):
        with _changing(tally) as table:
            table.alter_column("role", type_=sa.String(120), existing_type=sa.String(40), existing_nullable=False)


_LOST = (
    "DELETE FROM rendering WHERE audience = 'respondent'",
    (
        "DELETE FROM item_tally WHERE EXISTS (SELECT 1 FROM response JOIN invitation ON invitation.id = invitation_id"
        " WHERE invitee_id IS NULL AND response.wave_id = item_tally.wave_id"
        " AND membership_id = item_tally.membership_id AND role = item_tally.role)"
    ),
    (
        "DELETE FROM theme_tally WHERE EXISTS (SELECT 1 FROM response JOIN invitation ON invitation.id = invitation_id"
        " WHERE invitee_id IS NULL AND response.wave_id = theme_tally.wave_id"
        " AND membership_id = theme_tally.membership_id AND role = theme_tally.role)"
    ),
    (
        "DELETE FROM response WHERE regime = 'anonymous'"
        " OR invitation_id IN (SELECT id FROM invitation WHERE invitee_id IS NULL)"
    ),
    "DELETE FROM answer WHERE hidden OR question LIKE '%.%' OR response_id NOT IN (SELECT id FROM response)",
    "DELETE FROM wave WHERE regime = 'anonymous'",
    "DELETE FROM item_tally WHERE wave_id NOT IN (SELECT id FROM wave)",
    "DELETE FROM theme_tally WHERE wave_id NOT IN (SELECT id FROM wave)",
    "DELETE FROM publication WHERE wave_id NOT IN (SELECT id FROM wave)",
    "DELETE FROM invitee WHERE wave_id NOT IN (SELECT id FROM wave)",
    "DELETE FROM invitation WHERE invitee_id IS NULL OR invitee_id NOT IN (SELECT id FROM invitee)",
    "DELETE FROM receipt WHERE invitation_id NOT IN (SELECT id FROM invitation)",
)
"""Children too: SQLite looks at no reference during a migration. A role is open to all or invited, never both."""


def downgrade() -> None:
    """What the first schema cannot hold is lost: anonymous waves, what came through open links, who helped."""
    for lost in _LOST:
        op.execute(lost)
    for tally in ("item_tally", "theme_tally"):
        with _changing(tally) as table:
            table.alter_column("role", type_=sa.String(40), existing_type=sa.String(120), existing_nullable=False)
    _rendering_before()
    _answer_before()
    op.drop_table("delegation")
    _response_before()
    op.drop_table("merged_role")
    op.drop_table("promise_text")
    _invitation_before()
    op.drop_table("open_link")
    _wave(("attributable", "confidential"))


@contextmanager
def _changing(table: str, **options: bool) -> Iterator[BatchOperations]:
    """Alter a table. SQLite builds it anew, and knows of its ``options`` only what is said here."""
    always: Literal["always", "auto"] = "always" if options else "auto"
    last = _last_given_out(table) if options.get("sqlite_autoincrement", False) else None
    with op.batch_alter_table(table, table_kwargs=options, recreate=_on_sqlite(always)) as batch:
        yield batch
    if last is not None:
        # the new table would begin again after the highest id that is still there, and a deleted one come back
        op.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :table").bindparams(table=table))
        given_out = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)")
        op.execute(given_out.bindparams(table=table, last=last))


def _last_given_out(table: str) -> int | None:
    if op.get_bind().dialect.name != "sqlite":
        return None
    last = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :table").bindparams(table=table)
    found: int | None = op.get_bind().scalar(last)
    return found


def _on_sqlite(recreate: Literal["always", "auto"]) -> Literal["always", "auto", "never"]:
    return recreate if op.get_bind().dialect.name == "sqlite" else "never"


def _wave(regimes: tuple[str, ...]) -> None:
    with _changing("wave", sqlite_autoincrement=True) as wave:
        wave.drop_constraint(op.f("ck_wave_regime"), type_="check")
        wave.create_check_constraint(op.f("ck_wave_regime"), f"regime IN {regimes}")
        if len(regimes) > 2:
            wave.create_unique_constraint(op.f("uq_wave_id_regime"), ["id", "regime"])
        else:
            wave.drop_constraint(op.f("uq_wave_id_regime"), type_="unique")


def _open_link() -> None:
    op.create_table(
        "open_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("minute", _MOMENT, nullable=True),
        sa.Column("started_in_minute", sa.Integer(), nullable=False),
        _refers("open_link", "membership_id", "membership.id"),
        _refers("open_link", "wave_id", "wave.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_open_link_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_open_link_wave_id", "open_link", ["wave_id"])


def _invitation() -> None:
    with _changing("invitation", sqlite_autoincrement=True) as invitation:
        invitation.alter_column("invitee_id", existing_type=sa.Integer(), nullable=True)
        invitation.add_column(sa.Column("open_link_id", sa.Integer(), nullable=True))
        invitation.add_column(sa.Column("declared_membership_id", sa.Integer(), nullable=True))
        invitation.add_column(sa.Column("declared_role", sa.String(length=40), nullable=True))
        invitation.add_column(sa.Column("repeated", sa.Boolean(), nullable=False, server_default=sa.false()))
        invitation.add_column(sa.Column("begun_with", sa.String(length=64), nullable=True))
        invitation.create_unique_constraint(op.f("uq_invitation_begun_with"), ["begun_with"])
        _refer(invitation, "invitation", "open_link_id", "open_link", ondelete="CASCADE")
        _refer(invitation, "invitation", "declared_membership_id", "membership")
        for name, rule in _INVITATION.items():
            invitation.create_check_constraint(op.f(f"ck_invitation_{name}"), rule)
    _without_default("invitation", "repeated", sqlite_autoincrement=True)
    op.create_index("ix_invitation_open_link_id", "invitation", ["open_link_id"])


_INVITATION = {
    "either": "(invitee_id IS NULL) <> (open_link_id IS NULL)",
    "declared": "(open_link_id IS NULL) = (declared_membership_id IS NULL)"
    " AND (open_link_id IS NULL) = (declared_role IS NULL)",
}
_RESPONSE = {
    "anonymous": "regime <> 'anonymous' OR (started_at IS NULL AND submitted_at IS NULL AND entered_by IS NULL"
    " AND channel = 'web' AND (invitation_id IS NULL) = submitted AND (promise IS NULL OR NOT submitted))",
    "known": "regime = 'anonymous' OR (invitation_id IS NOT NULL AND started_at IS NOT NULL"
    " AND (submitted_at IS NOT NULL) = submitted)",
    "channel": "channel IN ('web', 'paper', 'telephone')",
}


def _invitation_before() -> None:
    op.drop_index("ix_invitation_open_link_id", "invitation")
    with _changing("invitation", sqlite_autoincrement=True) as invitation:
        for name in _INVITATION:
            invitation.drop_constraint(op.f(f"ck_invitation_{name}"), type_="check")
        invitation.drop_constraint(op.f("fk_invitation_open_link_id_open_link"), type_="foreignkey")
        invitation.drop_constraint(op.f("fk_invitation_declared_membership_id_membership"), type_="foreignkey")
        invitation.drop_constraint(op.f("uq_invitation_begun_with"), type_="unique")
        for column in ("open_link_id", "declared_membership_id", "declared_role", "repeated", "begun_with"):
            invitation.drop_column(column)
        invitation.alter_column("invitee_id", existing_type=sa.Integer(), nullable=False)


def _promise_text() -> None:
    op.create_table(
        "promise_text",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("wave_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _refers("promise_text", "wave_id", "wave.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", "wave_id", name=op.f("pk_promise_text")),
    )


def _merged_role() -> None:
    op.create_table(
        "merged_role",
        sa.Column("wave_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("membership_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("kept_as", sa.String(length=120), nullable=False),
        _refers("merged_role", "membership_id", "membership.id"),
        _refers("merged_role", "wave_id", "wave.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("wave_id", "membership_id", "role", name=op.f("pk_merged_role")),
    )


def _response() -> None:
    """The numbers that responses have already are kept: they tell an order, of people who are known anyway."""
    with _changing("response", sqlite_autoincrement=False) as response:
        response.alter_column("id", type_=_RANDOM, existing_type=sa.Integer(), existing_nullable=False)
        response.alter_column("invitation_id", existing_type=sa.Integer(), nullable=True)
        response.alter_column("role", type_=sa.String(120), existing_type=sa.String(40), existing_nullable=False)
        response.alter_column("started_at", existing_type=_MOMENT, nullable=True)
        response.add_column(sa.Column("regime", sa.String(length=20), nullable=True))
        response.add_column(sa.Column("submitted", sa.Boolean(), nullable=True))
        response.add_column(sa.Column("promise", sa.String(length=64), nullable=True))
        response.add_column(sa.Column("channel", sa.String(length=20), nullable=True))
        response.add_column(sa.Column("entered_by", sa.Integer(), nullable=True))
        _refer(response, "response", "entered_by", "user")
        response.drop_constraint(op.f("fk_response_wave_id_wave"), type_="foreignkey")
    op.execute(
        "UPDATE response SET submitted = (submitted_at IS NOT NULL), channel = 'web',"
        " regime = (SELECT regime FROM wave WHERE wave.id = response.wave_id)"
    )
    with _changing("response", sqlite_autoincrement=False) as response:
        response.alter_column("regime", existing_type=sa.String(20), nullable=False)
        response.alter_column("submitted", existing_type=sa.Boolean(), nullable=False)
        response.alter_column("channel", existing_type=sa.String(20), nullable=False)
        response.create_foreign_key(
            op.f("fk_response_wave_id_regime_wave"), "wave", ["wave_id", "regime"], ["id", "regime"], ondelete="CASCADE"
        )
        for name, rule in _RESPONSE.items():
            response.create_check_constraint(op.f(f"ck_response_{name}"), rule)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE response ALTER COLUMN id DROP DEFAULT")
        op.execute("DROP SEQUENCE IF EXISTS response_id_seq")


def _response_before() -> None:
    with _changing("response", sqlite_autoincrement=True) as response:
        for name in _RESPONSE:
            response.drop_constraint(op.f(f"ck_response_{name}"), type_="check")
        response.drop_constraint(op.f("fk_response_wave_id_regime_wave"), type_="foreignkey")
        response.drop_constraint(op.f("fk_response_entered_by_user"), type_="foreignkey")
        for column in ("regime", "submitted", "promise", "channel", "entered_by"):
            response.drop_column(column)
        response.alter_column("role", type_=sa.String(40), existing_type=sa.String(120), existing_nullable=False)
        response.alter_column("invitation_id", existing_type=sa.Integer(), nullable=False)
        response.alter_column("started_at", existing_type=_MOMENT, nullable=False)
        _refer(response, "response", "wave_id", "wave", ondelete="CASCADE")


def _delegation() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", _RANDOM, nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        _refers("delegation", "response_id", "response.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_delegation_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delegation_response_id", "delegation", ["response_id"])


def _answer() -> None:
    with _changing("answer", sqlite_with_rowid=False) as answer:
        answer.alter_column("response_id", type_=_RANDOM, existing_type=sa.Integer(), existing_nullable=False)
        answer.alter_column("question", type_=sa.String(60), existing_type=sa.String(40), existing_nullable=False)
        answer.add_column(sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
        answer.add_column(sa.Column("delegation_id", sa.Integer(), nullable=True))
        _refer(answer, "answer", "delegation_id", "delegation", ondelete="SET NULL")
    _without_default("answer", "hidden", sqlite_with_rowid=False)
    op.create_index("ix_answer_delegation_id", "answer", ["delegation_id"])


def _answer_before() -> None:
    op.drop_index("ix_answer_delegation_id", "answer")
    with _changing("answer", sqlite_with_rowid=True) as answer:
        answer.drop_constraint(op.f("fk_answer_delegation_id_delegation"), type_="foreignkey")
        answer.drop_column("delegation_id")
        answer.drop_column("hidden")
        answer.alter_column("question", type_=sa.String(40), existing_type=sa.String(60), existing_nullable=False)


def _rendering() -> None:
    with _changing("rendering", sqlite_autoincrement=True) as rendering:
        rendering.add_column(sa.Column("response_id", _RANDOM, nullable=True))
        rendering.add_column(sa.Column("expires_at", _MOMENT, nullable=True))
        _refer(rendering, "rendering", "response_id", "response", ondelete="CASCADE")
    op.create_index("ix_rendering_response_id", "rendering", ["response_id"])


def _rendering_before() -> None:
    op.drop_index("ix_rendering_response_id", "rendering")
    with _changing("rendering", sqlite_autoincrement=True) as rendering:
        rendering.drop_constraint(op.f("fk_rendering_response_id_response"), type_="foreignkey")
        rendering.drop_column("response_id")
        rendering.drop_column("expires_at")


def _without_default(table: str, column: str, **options: bool) -> None:
    with _changing(table, **options) as changing:
        changing.alter_column(column, existing_type=sa.Boolean(), existing_nullable=False, server_default=None)


def _refer(batch: BatchOperations, table: str, column: str, to: str, ondelete: str | None = None) -> None:
    batch.create_foreign_key(op.f(f"fk_{table}_{column}_{to}"), to, [column], ["id"], ondelete=ondelete)


def _refers(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to.split('.', maxsplit=1)[0]}"
    return sa.ForeignKeyConstraint([column], [to], name=op.f(name), ondelete=ondelete)
