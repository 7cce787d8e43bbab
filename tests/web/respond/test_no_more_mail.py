"""Wanting no more mail: following the link in a mail asks, a button does it, and answering goes on."""

import pytest
from sqlalchemy import select

from surveyapp import clock
from surveyapp.models import Event, Invitee
from tests.web.conftest import Study


def wants_mail(study: Study) -> bool:
    with study.database.session(readonly=True) as session:
        return session.scalars(select(Invitee.opted_out_at)).one() is None


def test_following_the_link_changes_nothing_and_asks(study: Study) -> None:
    link = study.invite()
    before = study.rows()
    page = study.client().get(f"{link}/no-more-mail?language=en")
    assert page.status_code == 200
    assert "Do you want no more mail?" in page.text
    assert wants_mail(study)
    assert study.rows() == before


def test_the_button_stops_mail_and_another_lets_it_come_again_without_an_event(study: Study) -> None:
    link = study.invite()
    with study.database.session(readonly=True) as session:
        events = len(session.scalars(select(Event.id)).all())
    for _ in range(2):
        answer = study.client().post(f"{link}/no-more-mail", data={"mail": "no"})
        assert (answer.status_code, answer.location) == (303, f"{link}/no-more-mail")
        assert not wants_mail(study)
    page = study.client().get(f"{link}/no-more-mail?language=en").text
    assert "You get no more mail" in page
    assert f'href="{link}' in page
    assert study.client().get(link).status_code == 200
    assert study.client().post(f"{link}/no-more-mail", data={"mail": "yes"}).status_code == 303
    assert wants_mail(study)
    with study.database.session(readonly=True) as session:
        assert len(session.scalars(select(Event.id)).all()) == events


def test_the_button_of_a_mail_program_stops_it_at_once(study: Study) -> None:
    link = study.invite()
    assert study.client().post(f"{link}/no-more-mail", data={"List-Unsubscribe": "One-Click"}).status_code == 303
    assert not wants_mail(study)


@pytest.mark.parametrize("regime", ["confidential", "anonymous"])
def test_it_works_in_every_regime_and_after_closing(study: Study) -> None:
    link = study.invite()
    study.move(opens_at=clock.now().replace(year=2020), closes_at=clock.now().replace(year=2021))
    page = study.client().get(f"{link}/no-more-mail?language=en")
    assert page.status_code == 200
    assert "To the questionnaire" not in page.text
    study.client().post(f"{link}/no-more-mail")
    assert not wants_mail(study)


def test_a_link_that_does_not_exist_stops_nothing(study: Study) -> None:
    study.invite()
    assert study.client().get("/r/nonsense/no-more-mail").status_code == 404
    assert study.client().post("/r/nonsense/no-more-mail").status_code == 404
    assert wants_mail(study)
