"""What readers may see of what was written and said, and what a label may tell of whose it is."""

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.models import Answer, Interview, Participant, Quote, Response, TextRelease
from surveyapp.queries.released_texts import released_texts
from surveyapp.queries.source_texts import digest
from tests import cast
from tests.cast import Study

WORDS = "Het loopt goed."


@pytest.fixture
def study(session: Session) -> Study:
    """Ten officials of Almelo, and a governor of Almelo and of Borne."""
    made = cast.study(session)
    for _number in range(10):
        made.respond(session, "official", t1_good=WORDS)
    for member in (0, 1):
        made.respond(session, "governor", member=member, t1_good=WORDS)
    return made


def responses_of(session: Session, study: Study, role: str) -> list[Response]:
    found = session.query(Response).filter_by(wave_id=study.wave.id, role=role)
    return sorted(found, key=lambda each: each.id)


def release(
    session: Session,
    study: Study,
    response: Response,
    *,
    consent: str = "role",
    names_organisation: bool = False,
    state: str = "released",
    theme: str = "t1",
    question: str = "t1_good",
) -> TextRelease:
    made = TextRelease(
        wave_id=study.wave.id,
        source="answer",
        source_key=f"{response.id}:{question}",
        theme=theme,
        membership_id=response.membership_id,
        names_organisation=names_organisation,
        role=response.role,
        state=state,
        consent=consent,
        text="Het loopt.",
        text_digest=digest(WORDS),
    )
    session.add(made)
    session.flush()
    return made


def test_a_released_text_comes_with_the_role_of_ten_people(session: Session, study: Study) -> None:
    official, governor = responses_of(session, study, "official")[0], responses_of(session, study, "governor")[0]
    release(session, study, official)
    release(session, study, governor)
    found = released_texts(session, study.wave)
    assert [(each.text, each.role, each.organisation, each.theme) for each in found] == [
        ("Het loopt.", "official", "", "t1"),
        ("Het loopt.", "", "", "t1"),
    ]
    assert released_texts(session, study.wave, theme="t2") == []


def test_an_organisation_is_told_only_after_a_decision_and_of_ten_people(session: Session, study: Study) -> None:
    official = responses_of(session, study, "official")[0]
    almelo, borne = sorted(responses_of(session, study, "governor"), key=lambda each: each.membership_id)
    for each in (official, almelo, borne):
        release(session, study, each, names_organisation=True)
    told = [(each.role, each.organisation) for each in released_texts(session, study.wave)]
    assert told == [("official", "GM0141"), ("", "GM0141"), ("", "")]


def test_a_role_and_an_organisation_stand_together_only_where_ten_people_are_in_both(session: Session) -> None:
    study = cast.study(session)
    for member, people in ((0, 5), (1, 5)):
        for _number in range(people):
            study.respond(session, "official", member=member, t1_good=WORDS)
    for _number in range(5):
        last = study.respond(session, "governor", member=0, t1_good=WORDS)
    official = next(
        each for each in responses_of(session, study, "official") if each.membership_id == last.membership_id
    )
    release(session, study, official, names_organisation=True)
    assert [(each.role, each.organisation) for each in released_texts(session, study.wave)] == [("", "GM0141")]


@pytest.mark.parametrize("state", ["proposed", "withheld"])
def test_nothing_is_shown_before_a_person_released_it(session: Session, study: Study, state: str) -> None:
    release(session, study, responses_of(session, study, "official")[0], state=state)
    assert released_texts(session, study.wave) == []


def test_words_without_a_role_are_shown_without_it(session: Session, study: Study) -> None:
    first, second, third = responses_of(session, study, "official")[:3]
    release(session, study, first, consent="unattributed")
    release(session, study, second, consent="paraphrase")
    release(session, study, third, consent="none")
    assert [(each.consent, each.role) for each in released_texts(session, study.wave)] == [
        ("unattributed", ""),
        ("paraphrase", ""),
    ]


def test_one_text_of_a_person_is_shown_in_each_theme(session: Session, study: Study) -> None:
    official = responses_of(session, study, "official")[0]
    official_again = release(session, study, official, question="t1_1.comment")
    first = release(session, study, official)
    assert [each.id for each in released_texts(session, study.wave)] == [first.id]
    assert official_again.id < first.id, "a text whose source is not there takes the place of none"


def test_a_text_that_was_changed_excluded_or_erased_takes_its_release_along(session: Session, study: Study) -> None:
    changed, excluded, erased, stays = responses_of(session, study, "official")[:4]
    for each in (changed, excluded, erased, stays):
        kept = release(session, study, each)
    session.get_one(Answer, (changed.id, "t1_good")).value = "Het loopt slecht."
    excluded.excluded_at, excluded.excluded_reason = clock.now(), "Dubbel"
    session.flush()
    session.execute(delete(Response).where(Response.id == erased.id))
    assert [each.id for each in released_texts(session, study.wave)] == [kept.id]


def test_what_was_said_bears_a_name_only_of_who_agreed(session: Session, study: Study) -> None:
    interview = Interview(
        wave_id=study.wave.id, membership_id=study.members[0].id, calendar_uid="u", created_at=clock.now(), state="held"
    )
    bram = Participant(interview=interview, name="Bram", role="governor")
    session.add(bram)
    session.flush()
    for number, consent in enumerate(("name", "role")):
        session.add(
            Quote(
                id=str(number),
                interview=interview,
                topic="t1",
                participant=bram,
                text=WORDS,
                consent=consent,
                author_id=study.anna.id,
                written_at=clock.now(),
            )
        )
        session.add(
            TextRelease(
                wave_id=study.wave.id,
                source="quote",
                source_key=str(number),
                theme=f"t{number + 1}",
                state="released",
                consent=consent,
                text=WORDS,
                text_digest=digest(WORDS),
            )
        )
    session.flush()
    named, unnamed = released_texts(session, study.wave)
    assert (named.person, named.role, named.organisation) == ("Bram", "governor", "GM0141")
    assert (unnamed.person, unnamed.role, unnamed.organisation) == ("", "", "")


def test_who_answers_for_an_organisation_is_not_protected_by_numbers(session: Session) -> None:
    study = cast.study(session, regime="attributable")
    response = study.respond(session, "governor", t1_good=WORDS)
    release(session, study, response, names_organisation=True)
    assert [(each.role, each.organisation) for each in released_texts(session, study.wave)] == [("governor", "GM0141")]
