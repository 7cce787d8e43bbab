"""Finding what was passed on."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.actions import delegations as verbs
from surveyapp.actions import responses
from surveyapp.queries import delegations, editions, invitations
from tests import cast
from tests.cast import SECRET_KEY, Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def test_a_link_leads_to_its_section_its_invitation_and_who_asked(session: Session, study: Study) -> None:
    response = study.begin(session, "official")
    made, token = verbs.pass_on(
        session,
        response=response,
        section="first",
        name="Carla",
        email="carla@almelo.example",
        language="en",
        secret_key=SECRET_KEY,
    )
    received = delegations.by_token(session, token)
    assert received is not None
    assert (received.delegated.id, received.delegated.section, received.delegated.language) == (made.id, "first", "en")
    assert (received.invitation_id, received.asker) == (response.invitation_id, "Bram")
    assert received.delegated.lasts
    invited = invitations.by_id(session, received.invitation_id)
    assert invited is not None
    assert (invited.response_id, invited.delegated) == (response.id, True)
    assert delegations.by_token(session, token[::-1]) is None


def test_what_others_passed_on_is_not_found(session: Session, study: Study) -> None:
    mine, other = study.begin(session, "official"), study.begin(session, "official")
    details = {"name": "Carla", "email": "carla@almelo.example", "language": "nl", "secret_key": SECRET_KEY}
    first, _ = verbs.pass_on(session, response=mine, section="first", **details)
    verbs.pass_on(session, response=other, section="first", **details)
    last, _ = verbs.pass_on(session, response=mine, section="last", **details)
    assert [one.id for one in delegations.of(session, mine)] == [first.id, last.id]


def test_an_answer_came_through_who_changed_it_last(session: Session, study: Study) -> None:
    response = study.begin(session, "official", t1_1="4", t1_2="4")
    made, _ = verbs.pass_on(
        session,
        response=response,
        section="first",
        name="Carla",
        email="carla@almelo.example",
        language="nl",
        secret_key=SECRET_KEY,
    )
    questionnaire = editions.of(session, study.wave).questionnaire
    for answers, through in (({"t1_1": "5", "t1_3": "2"}, made.id), ({"t1_3": "1"}, None)):
        responses.save(session, response=response, questionnaire=questionnaire, answers=answers, delegation_id=through)
    assert delegations.given(session, response) == {"t1_1": made.id}
