"""Settings that live in the database."""

from sqlalchemy.orm import Session

from surveyapp.actions import settings as settings_verbs
from surveyapp.queries import settings


def test_a_database_is_a_demonstration_only_once_it_is_marked_so(session: Session) -> None:
    assert settings.is_demonstration(session) is False
    for _ in range(2):
        settings_verbs.mark_demonstration(session)
    assert settings.is_demonstration(session) is True
