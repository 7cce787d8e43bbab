"""Reading answers row by row: submitted ones only, in an order that tells nothing, and logged."""

import pandas as pd
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import answers as reading
from surveyapp.models import Event
from surveyapp.queries import answers
from surveyapp.queries.answers import OpenAnswer
from tests import branching, cast
from tests.cast import Study

TEXTS = ("een", "twee", "drie", "vier", "vijf", "zes")


def _answered(session: Session, texts: tuple[str, ...] = TEXTS) -> Study:
    study = cast.study(session)
    for text in texts:
        study.respond(session, "official", t1_1="3", t1_good=text)
    study.respond(session, "governor", member=1, t1_good="In Borne.", t1_weight="5")
    study.respond(session, "governor", member=1, t1_1="2", t1_good="  \n")
    study.begin(session, "governor", member=1, t1_good="Nog niet af.")
    return study


def test_open_answers_are_those_of_submitted_responses_with_words(session: Session) -> None:
    study = _answered(session)
    found = answers.open_answers(session, study.wave, questions=["t1_good"])
    assert {answer.text for answer in found} == {*TEXTS, "In Borne."}
    assert found[-1] == OpenAnswer("t1_good", "GM0147", "governor", "In Borne.")


def test_open_answers_of_one_organisation_are_only_its_own(session: Session) -> None:
    study = _answered(session)
    found = answers.open_answers(session, study.wave, questions=["t1_good"], membership_id=study.members[1].id)
    assert [answer.text for answer in found] == ["In Borne."]
    assert answers.open_answers(session, study.wave, questions=["first_things"]) == []


def test_the_order_of_open_answers_does_not_follow_the_order_of_answering(session: Session) -> None:
    study = _answered(session)
    found = [answer.text for answer in answers.open_answers(session, study.wave, questions=["t1_good"])][:-1]
    again = _answered_again(session, study)
    assert found == again
    assert found not in ([*TEXTS], [*reversed(TEXTS)])


def _answered_again(session: Session, study: Study) -> list[str]:
    """The same words, written in the opposite order, in another wave of the same kind."""
    other = cast.another_wave(session, study)
    for text in reversed(TEXTS):
        other.respond(session, "official", t1_1="3", t1_good=text)
    return [answer.text for answer in answers.open_answers(session, other.wave, questions=["t1_good"])]


def test_raw_answers_are_those_of_submitted_responses_with_a_number_per_respondent(session: Session) -> None:
    study = _answered(session)
    frame = answers.raw(session, study.wave)
    assert list(frame.columns) == ["respondent", "organisation", "role", "question", "answer"]
    assert sorted(frame["respondent"].unique()) == list(range(1, len(TEXTS) + 3))
    of_borne = frame[(frame["organisation"] == "GM0147") & (frame["question"] == "t1_weight")]
    assert of_borne["answer"].tolist() == ["5"]
    assert set(frame["answer"]) == {*TEXTS, "3", "2", "5", "In Borne.", "  \n"}


def test_respondents_are_numbered_at_random_each_time(session: Session) -> None:
    study = _answered(session, tuple(f"tekst {number}" for number in range(12)))

    def numbers(frame: pd.DataFrame) -> list[int]:
        return [int(number) for number in frame.loc[frame["question"] == "t1_good"].sort_values("answer")["respondent"]]

    drawn = {tuple(numbers(answers.raw(session, study.wave))) for _ in range(5)}
    assert len(drawn) > 1


def test_a_wave_without_answers_gives_empty_tables(session: Session) -> None:
    study = cast.study(session)
    assert answers.raw(session, study.wave).empty
    assert answers.open_answers(session, study.wave, questions=["t1_good"]) == []


@pytest.mark.parametrize("one_organisation", [True, False])
def test_every_reading_is_logged_without_the_words(session: Session, one_organisation: bool) -> None:
    study = _answered(session)
    member = study.members[1] if one_organisation else None
    found = reading.read_open(session, wave=study.wave, questions=["t1_good"], by=study.anna, membership=member)
    assert len(found) == (1 if one_organisation else len(TEXTS) + 1)
    frame = reading.read_raw(session, wave=study.wave, by=study.anna)
    assert not frame.empty
    first, second = session.scalars(select(Event).order_by(Event.id.desc()).limit(2)).all()[::-1]
    assert (first.verb, second.verb) == ("answers.read-open", "answers.read-raw")
    assert first.details == ({"membership": member.id} if member else {})
    assert (first.actor_id, first.subject) == (study.anna.id, f"wave:{study.wave.id}")


def _branched(session: Session) -> Study:
    """Two who answered, each with an answer to something that was hidden again."""
    study = cast.study(session, asked=branching.edition())
    for given in (
        {"t1_1": "2", "t1_2": "3", "t1_change": "Sneller.", "t1_1.comment": "Het duurt lang.", "mark": "9"},
        {"t1_1": "4", "t1_2": "3", "t1_change": "Verborgen.", "where": "elsewhere", "where.other": "Almere"},
    ):
        response = study.begin(session, "governor", member=1)
        study.save(session, response, **given)
        study.submit(session, response)
    return study


def test_what_was_not_shown_is_read_nowhere(session: Session) -> None:
    study = _branched(session)
    frame = answers.raw(session, study.wave)
    assert "Verborgen." not in set(frame["answer"])
    assert sorted(zip(frame["question"], frame["answer"], strict=True)) == [
        ("t1_1", "2"),
        ("t1_1", "4"),
        ("t1_1.comment", "Het duurt lang."),
        ("t1_2", "3"),
        ("t1_change", "Sneller."),
        ("t2_1", ""),
        ("where", "elsewhere"),
        ("where.other", "Almere"),
    ]
    written = answers.open_answers(session, study.wave, questions=["t1_change"])
    assert [answer.text for answer in written] == ["Sneller."]


def test_what_was_written_beside_an_answer_comes_with_its_question(session: Session) -> None:
    study = _branched(session)
    written = answers.open_answers(session, study.wave, questions=["t1_1", "where"])
    assert written == [
        OpenAnswer("where", "GM0147", "governor", "Almere", "other"),
        OpenAnswer("t1_1", "GM0147", "governor", "Het duurt lang.", "comment"),
    ]


def test_no_more_is_read_than_is_asked_for(session: Session) -> None:
    study = cast.study(session)
    for text in TEXTS:
        study.respond(session, "official", t1_good=text)
    found = reading.read_open(session, wave=study.wave, questions=["t1_good"], by=study.anna, most=4)
    assert len(found) == 4
    assert {answer.text for answer in found} <= set(TEXTS)
