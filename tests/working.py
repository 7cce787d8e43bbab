"""A worker in a test."""

from surveyapp.config import Settings
from surveyapp.models.database import Database
from surveyapp.worker.loop import work_once
from tests.cast import SECRET_KEY

NAME = "a worker in a test"


def settings(database: Database) -> Settings:
    """Those of an installation on this database, with the secret key of the cast."""
    return Settings(database.engine.url.render_as_string(hide_password=False), SECRET_KEY)


def work(database: Database, known: Settings | None = None) -> None:
    """Let a worker do everything that is due."""
    while work_once(database, known or settings(database), name=NAME):
        pass
