"""Publishing: of a closed wave, once, protected, and frozen."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import privacy, publications, responses, tallies, waves
from surveyapp.analysis.disclosure import Policy, SafeResults, protect
from surveyapp.analysis.results import Results
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Event, ItemTally, Publication, ThemeTally, Wave
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


def _for_everybody(session: Session, *, members: int = 2, people: int = 12) -> Study:
    """Enough people in two municipalities for the public, and the answers of a third that are few."""
    study = cast.study(session)
    waves.set_for_public(session, wave=study.wave, for_public=True, by=study.anna)
    for member in range(members):
        for place in range(people):
            answers = {"t1_1": str(1 + place % 5), "t1_2": "2", "t1_3": "4", "t2_1": str(2 + place % 3)}
            study.respond(session, "official", member=member, **answers)
    study.respond(session, "official", member=2, t1_1="5")
    return study


def _come_late(session: Session, study: Study) -> None:
    """One more official of Borne, who answers one theme and can be erased by name."""
    carla = study.invite(session, "official", member=1, name="Carla Laat", email="carla@borne.example")
    begun = responses.start(session, invitation=carla)
    study.save(session, begun, t2_1="1")
    study.submit(session, begun)


def _erase(session: Session, study: Study) -> None:
    (carla,) = privacy.look_for(session, evaluation=study.evaluation, words="Carla Laat", by=study.anna)
    privacy.erase(session, person=carla, reason="Op verzoek.", by=study.anna)


def _means(publication: Publication, key: str) -> dict[str, float]:
    scores = found.safe_results(publication).scores
    shown = scores[(scores["key"] == key) & (scores["role"] == "all") & scores["mean"].notna()]
    return dict(zip(shown["organisation"], shown["mean"], strict=True))


def test_the_public_comes_after_the_project_lead_and_only_where_respondents_were_told(session: Session) -> None:
    study = _for_everybody(session)
    waves.close(session, wave=study.wave, by=study.anna)
    assert publications.publishable(session, study.wave) == ("lead", "public")
    with pytest.raises(WrongState, match="lead-first"):
        publications.publish(session, wave=study.wave, audience="public", by=study.anna)
    lead = publications.publish(session, wave=study.wave, by=study.anna)
    assert publications.publishable(session, study.wave) == ("public",)
    everybody = publications.publish(session, wave=study.wave, audience="public", by=study.anna)
    assert (lead.audience, lead.number, everybody.audience, everybody.number) == ("lead", 1, "public", 1)
    assert found.safe_results(everybody).policy.threshold == 10
    assert "GM0141" in _means(everybody, "t1")
    assert set(_means(everybody, "t1")) <= set(_means(lead, "t1"))
    assert publications.publishable(session, study.wave) == ()


def test_what_respondents_were_not_told_is_not_published_for_everybody(session: Session) -> None:
    study = _closed(session)
    publications.publish(session, wave=study.wave, by=study.anna)
    with pytest.raises(WrongState, match="not-for-the-public"):
        publications.publish(session, wave=study.wave, audience="public", by=study.anna)
    with pytest.raises(InvalidContent, match="unknown-audience"):
        publications.publish(session, wave=study.wave, audience="team", by=study.anna)


def test_who_reads_it_first_decides_what_the_next_may_see(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was released of the wave is handed to the gate, whoever it was for."""
    study = _for_everybody(session)
    waves.close(session, wave=study.wave, by=study.anna)
    lead = publications.publish(session, wave=study.wave, by=study.anna)
    draft = publications.prepare(session, wave=study.wave, audience="public")
    assert [safe.to_document() for safe in draft.released] == [lead.document]
    seen: list[int] = []

    def watched(results: Results, policy: Policy, released: Sequence[SafeResults] = ()) -> SafeResults:
        seen.append(len(released))
        return protect(results, policy, released)

    monkeypatch.setattr(publications, "protect", watched)
    publications.protected(draft)
    assert seen == [1]


def test_a_correction_has_a_number_and_a_reason_and_what_was_published_stays(session: Session) -> None:
    study = _for_everybody(session)
    _come_late(session, study)
    waves.close(session, wave=study.wave, by=study.anna)
    first = publications.publish(session, wave=study.wave, by=study.anna)
    frozen = dict(first.document)
    _erase(session, study)
    with pytest.raises(InvalidContent, match="reason-missing"):
        publications.publish(session, wave=study.wave, reason="  ", by=study.anna)
    second = publications.publish(session, wave=study.wave, reason="Iemand vroeg om wissen.", by=study.anna)
    assert (second.number, second.reason, first.reason) == (2, "Iemand vroeg om wissen.", "")
    assert found.of(session, study.wave) is second
    assert found.of(session, study.wave, number=1) is first
    assert first.document == frozen
    assert list(found.history(session, study.wave)) == [first, second]
    event = session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
    assert (event.verb, event.details["number"]) == ("wave.correct", 2)


def _change_an_answer(session: Session, study: Study) -> None:
    """Somebody in Almelo did not answer 2 to the only statement of the second theme, but 3."""
    almelo = study.members[0].id
    items = select(ItemTally).where(ItemTally.membership_id == almelo, ItemTally.question == "t2_1")
    themes = select(ThemeTally).where(ThemeTally.membership_id == almelo, ThemeTally.theme == "t2")
    answers = {row.answer: row for row in session.scalars(items)}
    totals = {row.total: row for row in session.scalars(themes)}
    answers["2"].count -= 1
    answers["3"].count += 1
    totals[2].count -= 1
    totals[3].count += 1
    session.flush()


def test_what_changed_is_not_shown_where_the_difference_would_be_somebody(session: Session) -> None:
    """Of the theme with the answer that changed only the organisation where nothing changed stays."""
    study = _for_everybody(session)
    waves.close(session, wave=study.wave, by=study.anna)
    first = publications.publish(session, wave=study.wave, by=study.anna)
    _change_an_answer(session, study)
    second = publications.publish(session, wave=study.wave, reason="Verkeerd ingevoerd.", by=study.anna)
    almelo, borne = (member.organisation.code for member in study.members[:2])
    assert _means(first, "t2").keys() > {almelo, borne}
    assert _means(second, "t2") == {borne: _means(first, "t2")[borne]}
    assert _means(second, "t1") == _means(first, "t1") != {}


def test_a_count_of_skipped_answers_that_changed_is_not_shown_again(session: Session) -> None:
    """Who is erased had skipped the first theme: nobody's score in it changes, and the count would tell."""
    study = _for_everybody(session)
    _come_late(session, study)
    waves.close(session, wave=study.wave, by=study.anna)
    publications.publish(session, wave=study.wave, by=study.anna)
    skipped = select(ItemTally).where(ItemTally.question == "t1_2", ItemTally.answer == "")
    for row in session.scalars(skipped.where(ItemTally.membership_id == study.members[1].id)):
        row.count -= 1
    session.flush()
    second = publications.publish(session, wave=study.wave, reason="Gewist.", by=study.anna)
    assert found.safe_results(second).scores.query("key == 't1_2'")["skipped"].isna().all()


def test_where_everybody_was_erased_since_a_correction_shows_nothing(session: Session) -> None:
    study = _for_everybody(session)
    waves.close(session, wave=study.wave, by=study.anna)
    publications.publish(session, wave=study.wave, by=study.anna)
    (everybody,) = privacy.look_for(session, evaluation=study.evaluation, words="Bram", by=study.anna)
    privacy.erase(session, person=everybody, reason="Op verzoek.", by=study.anna)
    second = publications.publish(session, wave=study.wave, reason="Alles gewist.", by=study.anna)
    assert found.safe_results(second).scores["mean"].isna().all()


def test_where_nothing_changed_there_is_nothing_to_correct(session: Session) -> None:
    study = _closed(session)
    publications.publish(session, wave=study.wave, by=study.anna)
    with pytest.raises(WrongState, match="already-published"):
        publications.publish(session, wave=study.wave, reason="Nog eens.", by=study.anna)


def test_what_was_worked_out_before_another_publication_came_is_not_stored(session: Session) -> None:
    study = _for_everybody(session)
    _come_late(session, study)
    waves.close(session, wave=study.wave, by=study.anna)
    publications.publish(session, wave=study.wave, by=study.anna)
    _erase(session, study)
    draft = publications.prepare(session, wave=study.wave, audience="public")
    publications.publish(session, wave=study.wave, reason="Gewist.", by=study.anna)
    with pytest.raises(WrongState, match="published-meanwhile"):
        publications.publish(session, wave=study.wave, audience="public", by=study.anna, draft=draft)


def test_a_published_wave_stays_within_reach_when_the_next_one_opens(session: Session) -> None:
    study = _closed(session)
    publications.publish(session, wave=study.wave, by=study.anna)
    cast.another_wave(session, study)
    assert found.published_wave(session, study.evaluation) is study.wave
    assert found.published_wave(session, study.evaluation, 1) is study.wave
    assert found.published_wave(session, study.evaluation, None, "public") is None
    with pytest.raises(NotFound, match="publication"):
        found.published_wave(session, study.evaluation, 2)
