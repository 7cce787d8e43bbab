"""The edition that a wave asks."""

from surveyapp.actions import cells
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


def test_the_edition_of_an_anonymous_wave_has_a_role_for_each_that_it_merges(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session, regime="anonymous")
        assert [role.key for role in editions.of(session, study.wave).questionnaire.roles] == ["governor", "official"]
        for role in ("governor", "official", "official", "official", "official"):
            study.invite(session, role)
        cells.fix(session, wave=study.wave)
        edition = editions.of(session, study.wave)
        assert [role.key for role in edition.questionnaire.roles] == ["governor", "official", "governor__official"]
        assert editions.of(session, study.wave) is edition


def test_a_respondent_gets_the_edition_as_it_is_put_to_the_role_under_which_answers_are_kept(
    database: Database,
) -> None:
    with database.session() as session:
        study = cast.study(session)
        digest = study.wave.edition_digest
        plain = editions.by_digest(session, digest)
        assert editions.by_digest(session, digest, "official") is plain
        merged = editions.by_digest(session, digest, "governor__official")
        assert merged is editions.by_digest(session, digest, "governor__official")
        assert not merged.questionnaire.questions["t1_3"].asked_of("governor__official")
        assert merged.questionnaire.questions["t1_1"].asked_of("governor__official")
