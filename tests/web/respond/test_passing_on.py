"""A section that is passed on where this installation sends mail: the colleague gets the link, once."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from surveyapp.config import Settings, Smtp
from surveyapp.models import Invitee, Job, Mail, Wave
from tests.web.conftest import Study
from tests.web.respond.form import begin, follow

CARLA = {"name": "Carla de Ambtenaar", "email": "carla@almelo.example", "for": "nl"}


@pytest.fixture
def settings(database_url: str) -> Settings:
    smtp = Smtp(host="127.0.0.1", sender="onderzoek@meerwaarde.example", port=1, security="none")
    return replace(Settings(database_url, "a secret of at least thirty-two characters"), smtp=smtp)


@pytest.fixture
def link(study: Study) -> str:
    """The link of Bram, who has begun."""
    address = study.invite()
    begin(study.client(), address)
    return address


def passed_on(study: Study, link: str) -> str:
    client = study.client()
    return follow(client, client.post(f"{link}/g1/pass-on", data=CARLA)).text


def its_mail(study: Study) -> list[Mail]:
    with study.database.session(readonly=True) as session:
        return list(session.scalars(select(Mail)))


def test_the_colleague_is_mailed_once_however_often_it_is_pressed(study: Study, link: str) -> None:
    assert "sturen uw collega" in study.client().get(f"{link}/g1/pass-on").text
    for _time in range(2):
        assert "mailen Carla de Ambtenaar" in passed_on(study, link)
    (mail,) = its_mail(study)
    assert (mail.purpose, mail.state) == ("delegation", "waiting")
    with study.database.session(readonly=True) as session:
        assert [job.arguments for job in session.scalars(select(Job).where(Job.kind == "mail"))] == [{"mail": mail.id}]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("sent", "hebben Carla de Ambtenaar de link gemaild"), ("bounced", "misschien niet aangekomen")],
)
def test_the_page_says_what_became_of_the_mail_and_keeps_the_link_to_pass_on_by_hand(
    study: Study, link: str, state: str, sentence: str
) -> None:
    passed_on(study, link)
    with study.database.session() as session:
        session.execute(update(Mail).values(state=state))
        session.commit()
    page = study.client().get(f"{link}/g1/pass-on").text
    assert sentence in page
    assert "http://127.0.0.1:8000/c/" in page


def test_who_tries_a_questionnaire_that_is_being_set_up_mails_nobody(study: Study, link: str) -> None:
    with study.database.session() as session:
        session.execute(update(Invitee).values(test=True))
        session.execute(update(Wave).values(ready_at=None))
        session.commit()
    assert "Wij versturen zelf niets" in passed_on(study, link)
    assert its_mail(study) == []
