"""Publishing: of a closed wave, once, protected, and frozen."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import publications, tallies, waves
from surveyapp.errors import WrongState
from surveyapp.models import Event, ItemTally, Wave
from surveyapp.models.database import Database
from surveyapp.queries import publications as found
from tests import cast
from tests.cast import Study


def _closed(session: Session, regime: str = "confidential") -> Study:
    study = cast.study(session, regime=regime)
    for member in range(2):
        for value in (1, 3, 4, 4, 5, 2):
            study.respond(session, "official", member=member, t1_1=str(value), t1_2="2", t1_3="4", t2_1="3")
    study.respond(session, "governor", member=2, t1_1="5", t1_2="1", t1_good="Alleen voor het team.")
    waves.close(session, wave=study.wave, by=study.anna)
    return study


def test_a_publication_is_protected_and_says_what_it_was_made_of(session: Session) -> None:
    study = _closed(session)
    publication = publications.publish(session, wave=study.wave, by=study.anna)
    scores = found.safe_results(publication).scores
    alone = scores[(scores["organisation"] == "GM0153") & (scores["key"] == "t1_1")]
    shown = scores[(scores["organisation"] == "GM0141") & (scores["role"] == "all") & (scores["key"] == "t1_1")]
    assert alone["mean"].isna().all()
    assert shown["mean"].tolist() == [pytest.approx(19 / 6, abs=0.005)]
    assert len(publication.data_digest) == 64
    assert "Alleen voor het team." not in str(publication.document)
    event = session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
    assert (event.verb, event.actor_id) == ("wave.publish", study.anna.id)


def test_where_answers_were_given_on_behalf_of_the_organisation_every_cell_is_shown(session: Session) -> None:
    study = _closed(session, regime="attributable")
    scores = found.safe_results(publications.publish(session, wave=study.wave, by=study.anna)).scores
    alone = (scores["organisation"] == "GM0153") & (scores["role"] == "governor") & (scores["key"] == "t1_1")
    assert scores.loc[alone, "mean"].tolist() == [5.0]


def test_only_a_closed_wave_is_published(session: Session) -> None:
    study = cast.study(session)
    with pytest.raises(WrongState, match="wave-not-closed"):
        publications.publish(session, wave=study.wave, by=study.anna)


def test_a_wave_is_published_once(session: Session) -> None:
    study = _closed(session)
    first = publications.publish(session, wave=study.wave, by=study.anna)
    with pytest.raises(WrongState, match="already-published"):
        publications.publish(session, wave=study.wave, by=study.anna)
    assert found.of(session, study.wave) is first


def test_the_computing_can_be_done_between_two_short_transactions(database: Database) -> None:
    with database.session() as session:
        study = _closed(session)
        session.commit()
    with database.session(readonly=True) as session:
        draft = publications.prepare(session, wave=session.get_one(Wave, study.wave.id))
    safe = publications.protected(draft)
    with database.session() as session:
        wave = session.get_one(Wave, study.wave.id)
        publication = publications.publish(session, wave=wave, by=study.anna, draft=draft, safe=safe)
        session.commit()
        assert publication.document == safe.to_document()


def test_nothing_is_published_that_no_longer_holds(session: Session) -> None:
    study = _closed(session)
    draft = publications.prepare(session, wave=study.wave)
    row = session.scalars(select(ItemTally).where(ItemTally.wave_id == study.wave.id).limit(1)).one()
    row.count += 1
    session.flush()
    with pytest.raises(WrongState, match="tallies-changed"):
        publications.publish(session, wave=study.wave, by=study.anna, draft=draft)
    tallies.recount(session, wave=study.wave)
    assert publications.publish(session, wave=study.wave, by=study.anna, draft=draft).data_digest == draft.data_digest


def test_a_wave_that_nobody_answered_can_be_published(session: Session) -> None:
    study = cast.study(session)
    study.invite(session, "governor")
    waves.close(session, wave=study.wave, by=study.anna)
    publication = publications.publish(session, wave=study.wave, by=study.anna)
    assert found.safe_results(publication).scores["mean"].isna().all()
