"""Answers to scored questions, person by person."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.queries import editions, scored_answers
from tests import branching, cast

QUESTIONNAIRE = cast.edition().questionnaire


def test_only_scored_questions_of_who_handed_in_are_read(session: Session) -> None:
    study = cast.study(session)
    study.respond(session, "governor", member=1, t1_1="4", t1_2="dk", t1_weight="5", t1_good="Ja.")
    study.respond(session, "official", t1_1="2")
    study.begin(session, "official", t1_1="1")
    found = scored_answers.of(session, study.wave, QUESTIONNAIRE)
    assert found is not None
    rows = {row[1:] for row in found.itertuples(index=False, name=None) if row[-1]}
    assert rows == {
        ("GM0147", "governor", "t1_1", "4"),
        ("GM0147", "governor", "t1_2", "dk"),
        ("GM0141", "official", "t1_1", "2"),
    }
    assert found["respondent"].nunique() == 2


def test_answers_to_what_was_not_shown_are_left_out(session: Session) -> None:
    study = cast.study(session, asked=branching.edition())
    study.respond(session, "governor", t1_1="2", t1_2="5", where="local")
    study.respond(session, "governor", t1_1="4", where="regional")
    asked = editions.of(session, study.wave).questionnaire
    found = scored_answers.of(session, study.wave, asked)
    assert found is not None
    assert found.loc[found["question"] == "t1_2", "answer"].tolist() == ["5"]


def test_nothing_is_read_of_more_people_than_a_page_can_wait_for(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scored_answers, "MOST", 1)
    study = cast.study(session)
    study.respond(session, "official", t1_1="2")
    one = scored_answers.of(session, study.wave, QUESTIONNAIRE)
    study.respond(session, "official", t1_1="4")
    assert one is not None
    assert scored_answers.of(session, study.wave, QUESTIONNAIRE) is None


def test_without_answers_there_are_no_rows(session: Session) -> None:
    found = scored_answers.of(session, cast.study(session).wave, QUESTIONNAIRE)
    assert found is not None
    assert found.empty
    assert list(found.columns) == ["respondent", "organisation", "role", "question", "answer"]
