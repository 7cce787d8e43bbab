"""Passing a section on, taking it back, being done."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.actions import delegations, responses
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Answer, Delegation, Event, Response
from surveyapp.queries import delegations as found
from surveyapp.queries import editions
from surveyapp.queries.tokens import token_hash
from tests import cast
from tests.actions.conftest import Time
from tests.cast import SECRET_KEY, Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


@pytest.fixture
def response(session: Session, study: Study) -> Response:
    return study.begin(session, "official", t1_1="4")


def ask(session: Session, response: Response, section: str = "first", **details: str) -> tuple[Delegation, str]:
    person = {"name": "Carla", "email": "carla@almelo.example", "language": "nl"} | details
    return delegations.pass_on(session, response=response, section=section, secret_key=SECRET_KEY, **person)


def test_the_token_is_derived_again_and_only_its_hash_is_kept(session: Session, response: Response) -> None:
    delegation, token = ask(session, response)
    assert token == delegations.token_for(delegation.id, SECRET_KEY)
    assert delegation.token_hash == token_hash(token)
    assert len(token) == 22
    assert token != delegations.token_for(delegation.id, "another key of the same length as that one")


def test_it_leaves_no_event(session: Session, response: Response) -> None:
    before = session.query(Event).count()
    delegation, _ = ask(session, response)
    delegations.finish(session, response=response, delegation_id=delegation.id)
    delegations.take_back(session, response=response, delegation_id=delegation.id)
    assert session.query(Event).count() == before


def test_who_is_asked_is_written_neatly(session: Session, response: Response) -> None:
    delegation, _ = ask(session, response, name="  Carla   de  Vries ", email=" carla@almelo.example ")
    assert (delegation.name, delegation.email) == ("Carla de Vries", "carla@almelo.example")


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("", "", {"name": "name-missing", "email": "email-not-valid"}),
        ("C" * 200, "a@b.nl", {}),
        ("C" * 201, "a@b.nl", {"name": "name-too-long"}),
        ("Carla\u2028", "a@b.nl", {}),
        ("Ca\u2028rla", "a@b.nl", {"name": "name-too-long"}),
        ("Çarla 字", "çarla@almelo.example", {}),
        ("Carla", "carla@almelo", {"email": "email-not-valid"}),
        ("Carla", "carla@almelo.example,dirk@elders.example", {"email": "email-not-valid"}),
        ("Carla", "carla@almelo.example?bcc=dirk@elders.example", {"email": "email-not-valid"}),
        ("Carla", "a" * 250 + "@b.nl", {"email": "email-not-valid"}),
    ],
)
def test_all_that_is_wrong_with_a_person_is_told_at_once(name: str, email: str, expected: dict[str, str]) -> None:
    assert delegations.faults(name, email) == expected


def test_whom_nobody_can_reach_is_not_asked(session: Session, response: Response) -> None:
    with pytest.raises(InvalidContent, match="email-not-valid"):
        ask(session, response, email="nobody")


def test_a_section_is_in_the_hands_of_one_colleague_at_a_time(session: Session, response: Response) -> None:
    delegation, _ = ask(session, response)
    ask(session, response, section="second")
    with pytest.raises(WrongState, match="section-passed-on"):
        ask(session, response, name="Dirk")
    delegations.take_back(session, response=response, delegation_id=delegation.id)
    again, _ = ask(session, response, name="Dirk")
    assert again.id != delegation.id


def test_taking_back_twice_keeps_the_first_moment(session: Session, response: Response, time: Time) -> None:
    delegation, _ = ask(session, response)
    delegations.take_back(session, response=response, delegation_id=delegation.id)
    ended = delegation.ended_at
    time.passes(minutes=5)
    delegations.take_back(session, response=response, delegation_id=delegation.id)
    assert delegation.ended_at == ended


def test_nobody_takes_back_what_another_passed_on(session: Session, study: Study, response: Response) -> None:
    delegation, _ = ask(session, response)
    other = study.begin(session, "official")
    with pytest.raises(NotFound):
        delegations.take_back(session, response=other, delegation_id=delegation.id)
    with pytest.raises(NotFound):
        delegations.take_back(session, response=response, delegation_id=delegation.id + 1_000)
    with pytest.raises(WrongState, match="delegation-ended"):
        delegations.finish(session, response=other, delegation_id=delegation.id)


def test_after_taking_back_a_colleague_neither_finishes_nor_saves(
    session: Session, study: Study, response: Response
) -> None:
    delegation, _ = ask(session, response)
    delegations.take_back(session, response=response, delegation_id=delegation.id)
    questionnaire = editions.of(session, study.wave).questionnaire
    with pytest.raises(WrongState, match="delegation-ended"):
        delegations.finish(session, response=response, delegation_id=delegation.id)
    with pytest.raises(WrongState, match="delegation-ended"):
        responses.save(
            session,
            response=response,
            questionnaire=questionnaire,
            answers={"t1_1": "1"},
            delegation_id=delegation.id,
        )


def test_what_was_sent_is_not_passed_on_any_more(session: Session, study: Study, response: Response) -> None:
    delegation, _ = ask(session, response)
    study.submit(session, response)
    with pytest.raises(WrongState, match="already-submitted"):
        ask(session, response, section="second")
    with pytest.raises(WrongState, match="already-submitted"):
        delegations.take_back(session, response=response, delegation_id=delegation.id)
    with pytest.raises(WrongState, match="already-submitted"):
        delegations.finish(session, response=response, delegation_id=delegation.id)


def test_nothing_is_passed_on_without_end(
    session: Session, response: Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delegations, "MOST", 2)
    for _ in range(2):
        delegation, _token = ask(session, response)
        delegations.take_back(session, response=response, delegation_id=delegation.id)
    with pytest.raises(WrongState, match="too-many-delegations"):
        ask(session, response)


def test_withdrawing_deletes_who_was_asked(session: Session, study: Study, response: Response) -> None:
    _, token = ask(session, response)
    questionnaire = editions.of(session, study.wave).questionnaire
    responses.withdraw(session, response=response, questionnaire=questionnaire)
    session.expire_all()
    assert found.by_token(session, token) is None
    assert session.query(Delegation).count() == 0
    assert session.query(Answer).filter_by(response_id=response.id).count() == 0
