"""The first schema: studies, people, invitations, answers, tallies, publications, jobs and the log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _edition_document()
    _evaluation()
    _job()
    _organisation()
    _setting()
    _user()
    _event()
    _membership()
    _one_time_link()
    _sign_in()
    _wave()
    _grant()
    _invitee()
    _item_tally()
    _publication()
    _rendering()
    _theme_tally()
    _invitation()
    _receipt()
    _response()
    _answer()


def downgrade() -> None:
    tables = "answer response receipt invitation theme_tally rendering publication item_tally invitee grant wave"
    tables += " sign_in one_time_link membership event user setting organisation job evaluation edition_document"
    for table in tables.split():
        op.drop_table(table)


def _refers(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to.split('.', maxsplit=1)[0]}"
    return sa.ForeignKeyConstraint([column], [to], name=op.f(name), ondelete=ondelete)


def _unique_where_empty(name: str, table: str, columns: list[str], empty: str) -> None:
    condition = sa.text(f"{empty} IS NULL")
    op.create_index(name, table, columns, unique=True, sqlite_where=condition, postgresql_where=condition)


def _edition_document() -> None:
    op.create_table(
        "edition_document",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_edition_document")),
    )


def _evaluation() -> None:
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("client", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("slug", name=op.f("uq_evaluation_slug")),
        sqlite_autoincrement=True,
    )


def _job() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.String(length=80), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name=op.f("ck_job_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_state_leased_until", "job", ["state", "leased_until"])


def _organisation() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('municipality', 'region_body', 'neighbourhood', 'provider', 'programme_team')",
            name=op.f("ck_organisation_kind"),
        ),
        _refers("organisation", "parent_id", "organisation.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
        sqlite_autoincrement=True,
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )


def _user() -> None:
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("failed_sign_ins", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sqlite_autoincrement=True,
    )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("evaluation_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        _refers("event", "actor_id", "user.id", ondelete="SET NULL"),
        _refers("event", "evaluation_id", "evaluation.id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_evaluation_id_at", "event", ["evaluation_id", "at"])


def _membership() -> None:
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _refers("membership", "evaluation_id", "evaluation.id", ondelete="CASCADE"),
        _refers("membership", "organisation_id", "organisation.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "evaluation_id", "organisation_id", name=op.f("uq_membership_evaluation_id_organisation_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_membership_evaluation_id", "membership", ["evaluation_id"])


def _one_time_link() -> None:
    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        _refers("one_time_link", "user_id", "user.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_link")),
    )


def _sign_in() -> None:
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _refers("sign_in", "user_id", "user.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    )
    op.create_index("ix_sign_in_user_id", "sign_in", ["user_id"])


def _wave() -> None:
    op.create_table(
        "wave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition_digest", sa.String(length=64), nullable=False),
        sa.Column("regime", sa.String(length=20), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.CheckConstraint("regime IN ('attributable', 'confidential')", name=op.f("ck_wave_regime")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_wave_period")),
        _refers("wave", "edition_digest", "edition_document.digest"),
        _refers("wave", "evaluation_id", "evaluation.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wave")),
        sa.UniqueConstraint("evaluation_id", "number", name=op.f("uq_wave_evaluation_id_number")),
        sqlite_autoincrement=True,
    )


def _grant() -> None:
    op.create_table(
        "grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=True),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        _refers("grant", "evaluation_id", "evaluation.id", ondelete="CASCADE"),
        _refers("grant", "membership_id", "membership.id", ondelete="CASCADE"),
        _refers("grant", "user_id", "user.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
        sa.UniqueConstraint(
            "user_id",
            "role",
            "evaluation_id",
            "membership_id",
            name=op.f("uq_grant_user_id_role_evaluation_id_membership_id"),
        ),
        sqlite_autoincrement=True,
    )
    _unique_where_empty("uq_grant_everywhere", "grant", ["user_id", "role"], "evaluation_id")
    _unique_where_empty("uq_grant_in_evaluation", "grant", ["user_id", "role", "evaluation_id"], "membership_id")


def _invitee() -> None:
    op.create_table(
        "invitee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        _refers("invitee", "membership_id", "membership.id"),
        _refers("invitee", "wave_id", "wave.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitee")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_invitee_wave_id_membership_id_role", "invitee", ["wave_id", "membership_id", "role"])


def _item_tally() -> None:
    op.create_table(
        "item_tally",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        _refers("item_tally", "membership_id", "membership.id"),
        _refers("item_tally", "wave_id", "wave.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("wave_id", "question", "membership_id", "role", "answer", name=op.f("pk_item_tally")),
    )
    op.create_index("ix_item_tally_membership_id", "item_tally", ["membership_id"])


def _publication() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=False),
        sa.Column("data_digest", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        _refers("publication", "published_by", "user.id"),
        _refers("publication", "wave_id", "wave.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("wave_id", name=op.f("uq_publication_wave_id")),
    )


def _rendering() -> None:
    op.create_table(
        "rendering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("specification", sa.JSON(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        _refers("rendering", "evaluation_id", "evaluation.id", ondelete="CASCADE"),
        _refers("rendering", "membership_id", "membership.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rendering")),
        sa.UniqueConstraint(
            "evaluation_id",
            "digest",
            "audience",
            "membership_id",
            name=op.f("uq_rendering_evaluation_id_digest_audience_membership_id"),
        ),
        sqlite_autoincrement=True,
    )
    _unique_where_empty("uq_rendering_of_all", "rendering", ["evaluation_id", "digest", "audience"], "membership_id")


def _theme_tally() -> None:
    op.create_table(
        "theme_tally",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("answered", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("total", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        _refers("theme_tally", "membership_id", "membership.id"),
        _refers("theme_tally", "wave_id", "wave.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(
            "wave_id", "theme", "membership_id", "role", "answered", "total", name=op.f("pk_theme_tally")
        ),
    )
    op.create_index("ix_theme_tally_membership_id", "theme_tally", ["membership_id"])


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitee_id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        _refers("invitation", "invitee_id", "invitee.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("invitee_id", name=op.f("uq_invitation_invitee_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
        sqlite_autoincrement=True,
    )


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("invitation_id", sa.Integer(), autoincrement=False, nullable=False),
        _refers("receipt", "invitation_id", "invitation.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_receipt")),
    )


def _response() -> None:
    op.create_table(
        "response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("submitted_at IS NULL OR submitted_at >= started_at", name=op.f("ck_response_order")),
        _refers("response", "invitation_id", "invitation.id"),
        _refers("response", "membership_id", "membership.id"),
        _refers("response", "wave_id", "wave.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_response_invitation_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_response_wave_id_membership_id_role", "response", ["wave_id", "membership_id", "role"])


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("response_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        _refers("answer", "response_id", "response.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_answer")),
    )
