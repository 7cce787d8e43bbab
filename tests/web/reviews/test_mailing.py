"""Mailing readers through the pages: first whom and how many, then a press, and what became of it afterwards."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from surveyapp import clock
from surveyapp.actions import mails
from surveyapp.models import Mail, Reviewer
from tests.web.findings.test_views import FACT
from tests.web.staff import Stage, set_up

BASE = "/evaluations/samen"
ROUND = f"{BASE}/reviews/1"
ENGLISH = f"{ROUND}?language=en"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What both databases keep is tested with the verbs."""


@pytest.fixture
def anna(stage: Stage) -> FlaskClient:
    """A round that Bram reads, and Dirk without an address."""
    set_up(stage)
    stage.app.config.update(WTF_CSRF_ENABLED=False, SENDS_MAIL=True)
    anna = stage.client("anna")
    last_day = (clock.now() + timedelta(days=21)).date().isoformat()
    anna.post(f"{BASE}/findings/new", data=FACT)
    anna.post(f"{BASE}/findings/1/report", data={"in_report": "1"})
    begun = {"kind": "facts", "organisation": "", "title": "Concept", "deadline": last_day}
    assert anna.post(f"{BASE}/reviews", data=begun).status_code == 303
    for name, email in (("Bram de Lezer", "bram@almelo.example"), ("Dirk de Lezer", "")):
        data = {"name": name, "email": email, "organisation": ""}
        assert anna.post(f"{ROUND}/readers", data=data).status_code == 303
    return anna


def _pressed(anna: FlaskClient) -> str:
    """What is told after a press on the button."""
    assert anna.post(f"{ROUND}/mail/link?language=en").status_code == 303
    return anna.get(ENGLISH).text


def _mail(stage: Stage, **changes: object) -> None:
    """The mail of Bram as if so much happened to it."""
    with stage.database.session() as session:
        mail = session.scalars(select(Mail)).one()
        for name, value in changes.items():
            setattr(mail, name, value)
        session.commit()


def test_whom_and_how_many_is_told_before_anything_is_mailed_and_two_presses_mail_once(
    stage: Stage, anna: FlaskClient
) -> None:
    assert "Mail the link (1)" in anna.get(ENGLISH).text
    before = anna.get(f"{ROUND}/mail/link").text
    assert "bram@almelo.example" in before
    assert "Dirk" not in before
    with stage.database.session(readonly=True) as session:
        assert session.scalars(select(Mail)).all() == []
    for told in ("One reader gets a mail.", "Nobody is left to mail"):
        assert told in _pressed(anna)
    with stage.database.session(readonly=True) as session:
        assert len(session.scalars(select(Mail)).all()) == 1
    assert "Mail the link (" not in anna.get(ENGLISH).text


def test_what_became_of_each_mail_is_shown_and_who_has_not_answered_is_reminded(
    stage: Stage, anna: FlaskClient
) -> None:
    page = anna.get(ENGLISH).text
    assert ("not mailed" in page, "no address" in page) == (True, True)
    anna.post(f"{ROUND}/mail/link")
    assert "Link: waiting" in anna.get(ENGLISH).text
    _mail(stage, state="sent", sent_at=clock.now() - timedelta(days=3), message_id="<m@x.example>")
    page = anna.get(ENGLISH).text
    assert "Link: mailed on" in page
    assert "Remind who has not answered (1)" in page
    assert "bram@almelo.example" in anna.get(f"{ROUND}/mail/reminder").text
    anna.post(f"{ROUND}/mail/reminder")
    assert "Reminder: waiting" in anna.get(ENGLISH).text
    with stage.database.session() as session:
        assert session.scalars(select(Reviewer.reminded_at).order_by(Reviewer.id)).all()[0] is not None
        mails.bounce(session, message_id="<m@x.example>", problem="5.1.1", by=None)
        session.commit()
    assert "Link: came back" in anna.get(ENGLISH).text


def test_after_the_deadline_and_without_a_mail_server_nothing_is_mailed(stage: Stage, anna: FlaskClient) -> None:
    stage.app.config["SENDS_MAIL"] = False
    assert "This installation sends no mail" in anna.get(ENGLISH).text
    assert "This installation sends no mail" in _pressed(anna)
    stage.app.config["SENDS_MAIL"] = True
    with stage.database.session() as session:
        session.scalars(select(Reviewer)).all()[0].review.deadline = clock.now() - timedelta(minutes=1)
        session.commit()
    assert "Mail the link (" not in anna.get(ENGLISH).text
    assert "The deadline has passed." in _pressed(anna)
    with stage.database.session(readonly=True) as session:
        assert session.scalars(select(Mail)).all() == []


def test_only_who_manages_rounds_mails_their_readers(stage: Stage, anna: FlaskClient) -> None:
    del anna
    for who, status in (("lead", 403), ("bram", 403), ("dirk", 404)):
        client = stage.client(who)
        assert client.get(f"{ROUND}/mail/link").status_code == status
        assert client.post(f"{ROUND}/mail/link").status_code == status
