"""Deleting a study leaves nothing of it, and nothing of another is touched."""

import shutil
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import deleting
from surveyapp.models import EditionDocument, Evaluation, Event, Job, User, Wave
from surveyapp.models.database import Database
from tests import cast
from tests.web.rights.rows import Rows
from tests.web.rights.studies import fill


def remaining(database: Database, study: int) -> Rows:
    rows = Rows(database)
    assert [key for key in rows.of(study) if key[0] != "event"] == []
    return rows


def test_everything_of_the_study_goes_and_everything_of_the_other_stays(session: Session, database: Database) -> None:
    cookies, studies = fill(session)
    session.commit()
    assert cookies
    before = Rows(database)
    mine = session.get_one(Evaluation, studies["samen"])
    anna = session.scalars(select(User).where(User.name == "Anna")).one()
    anna_id = anna.id
    deleting.delete_evaluation(session, evaluation=mine, by=anna)
    session.commit()
    after = remaining(database, studies["samen"])
    assert after.of(studies["elders"]) == before.of(studies["elders"])
    assert {key for key in before.rows if key[0] in {"user", "organisation"}} <= after.rows.keys()
    event = session.scalars(select(Event).where(Event.verb == "evaluation.delete")).one()
    assert (event.actor_id, event.evaluation_id, event.subject) == (
        anna_id,
        studies["samen"],
        f"evaluation:{studies['samen']}",
    )
    assert set(event.details) == {"rows"}


def test_the_questionnaire_goes_with_the_last_study_that_asks_it(session: Session, database: Database) -> None:
    fill(session)
    session.commit()

    def kept() -> list[str]:
        with database.session(readonly=True) as looking:
            return list(looking.scalars(select(EditionDocument.digest)))

    evaluations = session.scalars(select(Evaluation).order_by(Evaluation.id)).all()
    asked = {
        one.slug: set(session.scalars(select(Wave.edition_digest).filter_by(evaluation=one))) for one in evaluations
    }
    assert asked["samen"] & asked["elders"], "both ask the same"
    assert set(kept()) == set.union(*asked.values())
    for number, evaluation in enumerate(evaluations):
        deleting.delete_evaluation(session, evaluation=evaluation, by=None)
        session.commit()
        assert set(kept()) == set[str]().union(*(asked[other.slug] for other in evaluations[number + 1 :]))


def test_no_word_of_it_is_left_on_the_disk(tmp_path: Path, migrated_file: Path) -> None:
    file = tmp_path / "survey.db"
    shutil.copyfile(migrated_file, file)
    database = Database(f"sqlite:///{file}")
    with database.session() as session:
        study = cast.study(session)
        study.respond(session, "governor", t1_good="Onvindbaar na het wissen.")
        session.commit()
        deleting.delete_evaluation(session, evaluation=study.evaluation, by=None)
        session.commit()
        assert session.scalars(select(Job.kind)).all() == ["erase-traces"]
    assert database.erase_traces()
    database.dispose()
    assert b"Onvindbaar" not in b"".join(part.read_bytes() for part in tmp_path.iterdir())
