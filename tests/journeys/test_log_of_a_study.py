"""A whole study, set up, answered, corrected, closed, published and erased, leaves nothing of anybody in the log."""

import re

import pytest
from sqlalchemy import select

from surveyapp.actions import answers, delegations, invitations, privacy, publications, responses, waves
from surveyapp.models import Answer, Delegation, Event, Invitee, Job, User
from surveyapp.models.database import Database
from surveyapp.queries import personal_data
from surveyapp.queries.tokens import token_hash
from tests import cast
from tests.cast import SECRET_KEY

WORDS = "De wethouder belde mij zondag thuis op."


@pytest.fixture
def played(database: Database) -> tuple[Database, set[str]]:
    """Everything that can be done, and every word, name, address and secret that played a part in it."""
    with database.session() as session:
        study = cast.study(session)
        seats = [
            study.invite(session, "official", name=f"Persoon Nummer{number}", email=f"p{number}@almelo.example")
            for number in range(6)
        ]
        secrets = set(study.tokens.values()) | {token_hash(token) for token in study.tokens.values()}
        for mark, seat in enumerate(seats, start=1):
            response = responses.start(session, invitation=seat)
            study.save(session, response, t1_1=str(mark % 5 + 1), t1_good=f"{WORDS} {mark}")
            if mark == 1:
                _asked, token = delegations.pass_on(
                    session,
                    response=response,
                    section="last",
                    name="Collega Quirina",
                    email="quirina@almelo.example",
                    language="nl",
                    secret_key=SECRET_KEY,
                )
                secrets |= {token, token_hash(token)}
            study.submit(session, response)
        secrets.add(invitations.reissue(session, invitation=seats[4], secret_key=SECRET_KEY, by=study.anna))
        secrets.add(invitations.show_link(session, invitation=seats[3], secret_key=SECRET_KEY, by=study.anna))
        invitations.opt_out(session, invitation=seats[2], by=study.anna)
        answers.read_open(session, wave=study.wave, questions=["t1_good"], by=study.anna)
        answers.read_raw(session, wave=study.wave, by=study.anna)
        waves.close(session, wave=study.wave, by=study.anna)
        publications.publish(session, wave=study.wave, by=study.anna)
        personal = {words for row in session.execute(select(Invitee.name, Invitee.email)) for words in row}
        personal |= {words for row in session.execute(select(User.name, User.email)) for words in row}
        personal |= {words for row in session.execute(select(Delegation.name, Delegation.email)) for words in row}
        written = set(session.scalars(select(Answer.value).where(Answer.question == "t1_good")))
        (found,) = privacy.look_for(session, evaluation=study.evaluation, words="Nummer1", by=study.anna)
        privacy.access(session, person=found, by=study.anna)
        privacy.correct(
            session,
            person=found,
            name="Anders Genoemd",
            email="anders@almelo.example",
            language="nl",
            reason="Verzoek 17",
            by=study.anna,
        )
        (found,) = personal_data.found(session, study.evaluation, "anders@")
        privacy.erase(session, person=found, reason="Verzoek 18", by=study.anna)
        session.commit()
    return database, {*personal, *written, *secrets, "Anders Genoemd", "anders@almelo.example", WORDS} - {""}


def test_a_whole_study_leaves_no_answer_name_address_or_link_in_the_log(played: tuple[Database, set[str]]) -> None:
    database, words = played
    assert len(words) > 30
    with database.session(readonly=True) as session:
        lines = [f"{event.verb} {event.subject} {event.details}" for event in session.scalars(select(Event))]
        queue = [f"{job.kind} {job.arguments} {job.problem}" for job in session.scalars(select(Job))]
    text = "\n".join([*lines, *queue])
    assert "answers.read-open" in text
    assert "answers.read-raw" in text
    assert "Verzoek 18" in text
    assert [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)] == []


def test_reading_what_people_wrote_and_all_they_answered_is_in_the_log(played: tuple[Database, set[str]]) -> None:
    database, _words = played
    with database.session(readonly=True) as session:
        read = session.scalars(select(Event).where(Event.verb.like("answers.read-%")).order_by(Event.id)).all()
        anna = session.scalars(select(User).where(User.name == "Anna")).one()
        assert [(event.verb, event.actor_id) for event in read] == [
            ("answers.read-open", anna.id),
            ("answers.read-raw", anna.id),
        ]
