"""${message}

Before you commit this migration:
- One step after the newest: its number follows, `down_revision` is the one before, `current-head` names it.
- Old code runs against the new schema while servers are replaced: add first, fill, and drop in a later release.
- A new column is nullable or has a server default; a NOT NULL comes after the filling.
- Filling a large table goes in portions; a long lock stops people who are answering.
- SQLite rebuilds a table to change it: use `op.batch_alter_table`, with named constraints.
- Nothing is imported from `surveyapp`: the code of today is not the code of this migration.
- It was tried on SQLite and PostgreSQL, up and down, with rows in the tables.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
