"""How Alembic runs our migrations: on a connection that it is given, or on ``SURVEYAPP_DATABASE_URL``."""

import os
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from surveyapp.models import Base
from surveyapp.models.database import Database


def migrate(connection: Connection) -> None:
    """Run the migrations in the transaction of this connection."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        render_item=render_item,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write a moment as the plain type it is stored as, so that a migration never depends on our code."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


given: Any = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    database = Database(os.environ["SURVEYAPP_DATABASE_URL"])
    with database.engine.begin() as own:
        migrate(own)
    database.dispose()
