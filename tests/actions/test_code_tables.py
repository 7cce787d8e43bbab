"""How many people said what is told beside a publication, and what was told stands."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.actions import code_tables, codebook, coding, publications, waves
from surveyapp.analysis.coding.book import Entry
from surveyapp.errors import WrongState
from surveyapp.models import Code, Event
from surveyapp.queries import code_counts, source_texts
from tests import cast
from tests.web import staff


def coded(session: Session, regime: str, *, published: bool = True) -> tuple[cast.Study, Code]:
    """Three people of a theme: two wrote about time, and one about nothing that has a code."""
    study = cast.study(session, asked=staff.edition(), regime=regime)
    for number in range(3):
        study.respond(session, "official", g1_good=f"Dit is tekst {number}.")
    entry = Entry("time", "Tempo", "Als het over tempo gaat")
    time = codebook.add(session, evaluation=study.evaluation, entry=entry, themes=(), by=study.anna)
    for place, text in enumerate(source_texts.of(session, study.wave)):
        sort(session, study, text, [time] if place else [])
    if published:
        waves.close(session, wave=study.wave, by=study.anna)
        publications.publish(session, wave=study.wave, by=study.anna)
    return study, time


def sort(session: Session, study: cast.Study, text: source_texts.SourceText, codes: list[Code]) -> None:
    coding.assign(
        session,
        wave=study.wave,
        source=text.source,
        key=text.key,
        begins=0,
        ends=len(text.text),
        text_digest=text.digest,
        codes=codes,
        none_fits=not codes,
        memo="",
        by=study.anna,
    )


def test_where_every_number_may_be_known_it_is_told_and_logged(session: Session) -> None:
    study, _time = coded(session, "attributable")
    (table,) = code_tables.tell(session, wave=study.wave, by=study.anna)
    assert (table.theme, table.of, [(each.title, each.people) for each in table.codes]) == ("g1", 3, [("Tempo", 2)])
    assert code_counts.told(session, study.wave) == [(table,)]
    assert session.query(Event).filter_by(verb="wave.tell-codes").count() == 1
    with pytest.raises(WrongState, match="nothing-new"):
        code_tables.tell(session, wave=study.wave, by=study.anna)


def test_what_was_told_stands_under_its_old_name_until_it_is_told_anew(session: Session) -> None:
    study, time = coded(session, "attributable")
    first = code_tables.tell(session, wave=study.wave, by=study.anna)
    time.title = "Snelheid"
    session.flush()
    assert code_counts.told(session, study.wave) == [first]
    second = code_tables.tell(session, wave=study.wave, by=study.anna)
    assert code_counts.told(session, study.wave) == [first, second]
    assert second[0].codes[0].title == "Snelheid"


def test_in_confidence_few_people_are_not_told_of(session: Session) -> None:
    study, _time = coded(session, "confidential")
    with pytest.raises(WrongState, match="too-few-said"):
        code_tables.tell(session, wave=study.wave, by=study.anna)
    assert code_counts.told(session, study.wave) == []


def test_nothing_is_told_before_the_results_are_published(session: Session) -> None:
    study, _time = coded(session, "attributable", published=False)
    with pytest.raises(WrongState, match="not-published"):
        code_tables.tell(session, wave=study.wave, by=study.anna)
