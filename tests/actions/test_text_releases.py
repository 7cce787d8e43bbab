"""Words leave the team only after a person decided so, and go when what they come from goes."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import text_releases
from surveyapp.actions.text_releases import Wanted
from surveyapp.errors import InvalidContent, NotFound, SurveyError, WrongState
from surveyapp.models import Answer, Event, Interview, Quote, Response, TextRelease
from surveyapp.queries import source_texts
from surveyapp.queries.released_texts import released_texts
from surveyapp.queries.source_texts import digest
from tests import cast
from tests.cast import Study

WORDS = "Bel Karin maar, zij regelt het."
RELEASE = Wanted("released", "Bel [naam] maar, zij regelt het.", "unattributed", "t1", digest(WORDS))


@pytest.fixture
def study(session: Session) -> Study:
    made = cast.study(session)
    made.respond(session, "official", t1_good=WORDS)
    return made


def key_of(session: Session, study: Study) -> str:
    return source_texts.of(session, study.wave)[0].key


def decide(session: Session, study: Study, wanted: Wanted = RELEASE, **other: str) -> TextRelease:
    source, key = other.get("source", "answer"), other.get("key") or key_of(session, study)
    return text_releases.decide(
        session, wave=study.wave, source=source, key=key, wanted=wanted, themes=("t1", "t2"), by=study.anna
    )


def shown(session: Session, study: Study) -> list[str]:
    return [each.text for each in released_texts(session, study.wave)]


def test_a_text_is_proposed_released_and_withheld(session: Session, study: Study) -> None:
    decide(session, study, replace(RELEASE, state="proposed", suggestions=[{"kind": "name", "begins": 4, "ends": 9}]))
    assert shown(session, study) == []
    release = decide(session, study)
    assert (release.role, release.decided_by) == ("official", study.anna.id)
    assert shown(session, study) == ["Bel [naam] maar, zij regelt het."]
    decide(session, study, replace(RELEASE, state="withheld", reason="Toch herkenbaar."))
    assert shown(session, study) == []
    verbs = [verb for verb in session.scalars(select(Event.verb)) if verb.startswith("text-release.")]
    assert verbs == ["text-release.propose", "text-release.release", "text-release.withhold"]
    assert session.scalars(select(TextRelease)).all() == [release]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"consent": "none"}, "nothing-agreed"),
        ({"consent": "name"}, "more-than-agreed"),
        ({"consent": "loud"}, "unknown-consent"),
        ({"consent": "paraphrase", "text": f" {WORDS} "}, "not-in-other-words"),
        ({"state": "loud"}, "unknown-state"),
        ({"state": "withheld"}, "reason-missing"),
        ({"text": " "}, "text-missing"),
        ({"text": "x" * 10_001}, "text-too-long"),
        ({"reason": "x" * 2_001}, "memo-too-long"),
        ({"theme": "t9"}, "theme-unknown"),
        ({"text_digest": "0" * 64}, "text-changed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_decision_that_cannot_stand_is_refused(
    session: Session, study: Study, changed: dict[str, str], fault: str
) -> None:
    with pytest.raises(SurveyError, match=fault):
        decide(session, study, Wanted(**{**vars(RELEASE), **changed}))
    assert session.scalars(select(TextRelease)).all() == []


def test_a_text_that_changed_needs_another_decision(session: Session, study: Study) -> None:
    decide(session, study)
    session.scalars(select(Answer).where(Answer.value == WORDS)).one().value = "Iets anders."
    session.flush()
    assert shown(session, study) == []
    decide(session, study, replace(RELEASE, text="Iets.", text_digest=digest("Iets anders.")))
    assert shown(session, study) == ["Iets."]


def interview(session: Session, study: Study) -> Interview:
    made = Interview(wave_id=study.wave.id, calendar_uid="u", created_at=clock.now(), state="held")
    session.add(made)
    session.flush()
    return made


def quote(session: Session, study: Study, within: Interview, name: str, consent: str) -> None:
    facts = {"topic": "t1", "text": WORDS, "author_id": study.anna.id, "written_at": clock.now()}
    session.add(Quote(id=name, interview_id=within.id, consent=consent, **facts))
    session.flush()


def test_what_was_said_goes_no_further_than_was_agreed(session: Session, study: Study) -> None:
    within = interview(session, study)
    quote(session, study, within, "q1", "paraphrase")
    with pytest.raises(InvalidContent, match="more-than-agreed"):
        decide(session, study, source="quote", key="q1")
    decide(session, study, replace(RELEASE, consent="paraphrase"), source="quote", key="q1")
    assert [each.consent for each in released_texts(session, study.wave)] == ["paraphrase"]


def test_of_one_person_one_text_is_let_out_in_each_theme(session: Session, study: Study) -> None:
    within = interview(session, study)
    for name in ("q1", "q2"):
        quote(session, study, within, name, "unattributed")
    decide(session, study, source="quote", key="q1")
    decide(session, study, source="quote", key="q1")
    with pytest.raises(WrongState, match="another-of-this-person"):
        decide(session, study, source="quote", key="q2")
    decide(session, study, replace(RELEASE, theme="t2"), source="quote", key="q2")
    decide(session, study)
    assert len(shown(session, study)) == 3


def test_a_text_of_another_wave_is_not_there(session: Session, study: Study) -> None:
    elsewhere = session.scalars(select(Response).where(Response.wave_id != study.wave.id, Response.submitted)).one()
    with pytest.raises(NotFound):
        decide(session, study, key=f"{elsewhere.id}:t1_good")
