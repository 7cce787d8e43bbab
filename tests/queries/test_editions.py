"""The edition that a wave asks."""

from surveyapp.models.database import Database
from surveyapp.queries import editions, evaluations
from tests import cast


def test_an_edition_is_read_and_parsed_once(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session)
        first = editions.of(session, study.wave)
    with database.session(readonly=True) as session:
        wave = evaluations.wave(session, evaluations.by_slug(session, "samen"))
        assert editions.of(session, wave) is first
