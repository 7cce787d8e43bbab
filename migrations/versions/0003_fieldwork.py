"""Fieldwork: tables for mail, uploaded people, four eyes, second factors, counts for a contact, the end of the log."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_MOMENT = sa.DateTime(timezone=True)
_PURPOSE = "purpose IN ('invitation', 'reminder', 'thanks', 'closing', 'delegation', 'account')"
_STATE = "state IN ('waiting', 'sending', 'sent', 'failed', 'uncertain', 'bounced', 'cancelled')"
_RECIPIENT = (
    "(CASE WHEN invitee_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN delegation_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) = 1"
)
_MADE = (
    "attempt",
    "event_chain",
    "approval",
    "identity",
    "passkey",
    "recovery_code",
    "count_link",
    "mail_text",
    "mailing",
    "people_file",
    "mail",
)
"""Each after those that it refers to."""


def upgrade() -> None:
    _attempt()
    _event_chain()
    _approval()
    _identity()
    _passkey()
    _recovery_code()
    _count_link()
    _mail_text()
    _mailing()
    _people_file()
    _mail()


def downgrade() -> None:
    """Mail, uploaded files, second factors and requests for approval are lost."""
    for table in reversed(_MADE):
        op.drop_table(table)


def _refers(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete)


def _attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("who", name=op.f("pk_attempt")),
    )


def _event_chain() -> None:
    op.create_table(
        "event_chain",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_chain")),
    )


def _approval() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("done_at", _MOMENT, nullable=True),
        sa.CheckConstraint("act IN ('publish', 'export-answers', 'delete-evaluation')", name=op.f("ck_approval_act")),
        sa.CheckConstraint("(decided_at IS NULL) = (approved IS NULL)", name=op.f("ck_approval_decided")),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_approval_another")),
        sa.ForeignKeyConstraint(["asked_by"], ["user.id"], name=op.f("fk_approval_asked_by_user")),
        sa.ForeignKeyConstraint(["decided_by"], ["user.id"], name=op.f("fk_approval_decided_by_user")),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.id"], name=op.f("fk_approval_evaluation_id_evaluation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_approval_evaluation_id", "approval", ["evaluation_id"])


def _identity() -> None:
    op.create_table(
        "identity",
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_identity_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_identity")),
    )
    op.create_index("ix_identity_user_id", "identity", ["user_id"])


def _passkey() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("credential", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_passkey_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential", name=op.f("uq_passkey_credential")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_passkey_user_id", "passkey", ["user_id"])


def _recovery_code() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_recovery_code_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_index("ix_recovery_code_user_id", "recovery_code", ["user_id"])


def _count_link() -> None:
    op.create_table(
        "count_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_count_link_membership_id_membership"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_count_link_wave_id_wave"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_count_link_token_hash")),
        sa.UniqueConstraint("wave_id", "membership_id", name=op.f("uq_count_link_wave_id_membership_id")),
        sqlite_autoincrement=True,
    )


def _mail_text() -> None:
    op.create_table(
        "mail_text",
        sa.Column("wave_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_mail_text_wave_id_wave"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("wave_id", "purpose", "language", name=op.f("pk_mail_text")),
    )


def _mailing() -> None:
    op.create_table(
        "mailing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=False),
        sa.Column("scheduled_at", _MOMENT, nullable=False),
        sa.Column("started_at", _MOMENT, nullable=True),
        sa.Column("cancelled_at", _MOMENT, nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            _PURPOSE,
            name=op.f("ck_mailing_purpose"),
        ),
        sa.CheckConstraint("per_minute > 0", name=op.f("ck_mailing_rate")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user.id"], name=op.f("fk_mailing_created_by_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_mailing_wave_id_wave"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
        sa.UniqueConstraint("wave_id", "purpose", "number", name=op.f("uq_mailing_wave_id_purpose_number")),
        sqlite_autoincrement=True,
    )


def _people_file() -> None:
    op.create_table(
        "people_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_people_file_job_id_job"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["user.id"], name=op.f("fk_people_file_uploaded_by_user"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_people_file_wave_id_wave"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_file")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_people_file_wave_id", "people_file", ["wave_id"])


def _mail() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("invitee_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=True),
        sa.Column("problem", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            _PURPOSE,
            name=op.f("ck_mail_purpose"),
        ),
        sa.CheckConstraint(
            _STATE,
            name=op.f("ck_mail_state"),
        ),
        sa.CheckConstraint(
            _RECIPIENT,
            name=op.f("ck_mail_recipient"),
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_mail_delegation_id_delegation"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invitee_id"], ["invitee.id"], name=op.f("fk_mail_invitee_id_invitee"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailing.id"], name=op.f("fk_mail_mailing_id_mailing"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_mail_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("delegation_id", "purpose", "number", name=op.f("uq_mail_delegation_id_purpose_number")),
        sa.UniqueConstraint("invitee_id", "purpose", "number", name=op.f("uq_mail_invitee_id_purpose_number")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_message_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mail_delegation_id", "mail", ["delegation_id"])
    op.create_index("ix_mail_mailing_id_state", "mail", ["mailing_id", "state"])
    op.create_index("ix_mail_user_id", "mail", ["user_id"])
