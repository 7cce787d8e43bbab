"""Whoever can decide hears once that something waits, and whoever asked that it was decided on; nobody hears more."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.access import RESEARCHER
from surveyapp.actions import approval_mails, approvals, users
from surveyapp.config import Settings
from surveyapp.models import Approval, Job, Mail, User
from surveyapp.models.database import Database
from tests import cast, mail_server, working
from tests.actions.conftest import Time
from tests.cast import SECRET_KEY, Study
from tests.mail_server import MailServer

SITE = "https://onderzoek.example"
REASON = "Omdat Carla van Almelo het wil."


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with mail_server.running(tmp_path_factory.mktemp("mail")) as running:
        yield running


@pytest.fixture
def server(post: MailServer) -> MailServer:
    post.received.clear()
    post.at_recipient = post.at_message = lambda _to: None
    return post


@pytest.fixture
def mine(session: Session) -> Study:
    """A study of Anna in which Bram and Carla are researchers too; Bram reads Dutch, Carla English."""
    made = cast.study(session)
    for name, language in (("bram", "nl"), ("carla", "en")):
        user = users.create(session, email=f"{name}@bureau.example", name=name.title(), by=None)
        user.language = language
        users.grant(session, user=user, role=RESEARCHER.name, evaluation=made.evaluation, by=None)
    session.commit()
    return made


def settings(database: Database, server: MailServer | None) -> Settings:
    url = database.engine.url.render_as_string(hide_password=False)
    return Settings(url, SECRET_KEY, SITE, smtp=server.settings if server is not None else None)


def user(session: Session, name: str) -> User:
    return session.scalars(select(User).where(User.name == name)).one()


def ask(session: Session, mine: Study, act: str = "export-answers", *, four_eyes: bool = True) -> Approval:
    arguments = {} if act == "delete-evaluation" else {"wave": mine.wave.id}
    asked = approvals.ask(
        session, evaluation=mine.evaluation, act=act, reason=REASON, by=mine.anna, four_eyes=four_eyes, **arguments
    )
    session.commit()
    return asked


def decide(session: Session, asked: Approval, *, approve: bool = True) -> None:
    approvals.decide(session, approval=asked, approve=approve, answer="Goed zo, Anna.", by=user(session, "Bram"))
    session.commit()


def to(server: MailServer) -> list[str]:
    return sorted(received.to for received in server.received)


def test_everybody_who_can_decide_is_mailed_once_of_what_and_in_which_study_and_no_more(
    session: Session, database: Database, mine: Study, server: MailServer
) -> None:
    asked = ask(session, mine)
    working.work(database, settings(database, server))
    working.work(database, settings(database, server))
    assert to(server) == ["bram@bureau.example", "carla@bureau.example"]
    texts = {received.to: received.text for received in server.received}
    dutch, english = texts["bram@bureau.example"], texts["carla@bureau.example"]
    assert "de antwoorden downloaden" in dutch
    assert "downloading the answers" in english
    for text in (dutch, english):
        assert mine.evaluation.title["nl"] in text
        assert f"{SITE}/evaluations/samen/approvals/{asked.id}" in text
        assert not [told for told in (REASON, "Anna", "Almelo") if told in text]


@pytest.mark.parametrize("approve", [True, False])
def test_whoever_asked_is_mailed_once_that_it_was_decided_and_not_how_or_by_whom(
    session: Session, database: Database, mine: Study, server: MailServer, approve: bool
) -> None:
    asked = ask(session, mine)
    decide(session, asked, approve=approve)
    working.work(database, settings(database, server))
    assert to(server) == ["anna@bureau.example"], "what is decided waits for nobody any more"
    text = server.received[0].text
    assert "de antwoorden downloaden" in text
    assert not [told for told in ("Bram", "Goed zo", "goedgekeurd", "geweigerd", REASON) if told in text]


def test_a_study_is_deleted_after_the_mail_that_says_so(
    session: Session, database: Database, mine: Study, server: MailServer
) -> None:
    asked = ask(session, mine, "delete-evaluation")
    working.work(database, settings(database, server))
    decide(session, asked)
    working.work(database, settings(database, server))
    assert to(server) == ["anna@bureau.example", "bram@bureau.example", "carla@bureau.example"]
    with database.session(readonly=True) as looking:
        assert looking.get(Approval, asked.id) is None
        ended = select(Job.state).where(Job.kind.in_(("mail", "delete-evaluation")))
        assert set(looking.scalars(ended)) == {"done"}


def one_deletes(session: Session, _mine: Study) -> None:
    session.delete(session.scalars(select(Approval)).one())


def one_takes_it_back(session: Session, mine: Study) -> None:
    approvals.withdraw(session, approval=session.scalars(select(Approval)).one(), by=mine.anna)


@pytest.mark.parametrize("happens", [one_deletes, one_takes_it_back])
def test_what_does_not_wait_any_more_is_mailed_to_nobody(
    session: Session, database: Database, mine: Study, server: MailServer, happens: Callable[[Session, Study], None]
) -> None:
    ask(session, mine)
    happens(session, mine)
    session.commit()
    working.work(database, settings(database, server))
    assert to(server) == []
    with database.session(readonly=True) as looking:
        assert set(looking.scalars(select(Mail.state))) == {"cancelled"}


def test_what_expired_before_it_was_mailed_is_mailed_to_nobody(
    session: Session, database: Database, mine: Study, server: MailServer, time: Time
) -> None:
    ask(session, mine)
    time.passes(days=approvals.LASTS / timedelta(days=1))
    working.work(database, settings(database, server))
    assert to(server) == []


def test_an_installation_without_mail_calls_it_off_and_keeps_nothing_waiting(
    session: Session, database: Database, mine: Study
) -> None:
    asked = ask(session, mine)
    working.work(database, settings(database, None))
    decide(session, asked)
    working.work(database, settings(database, None))
    with database.session(readonly=True) as looking:
        assert {(mail.state, mail.problem) for mail in looking.scalars(select(Mail))} == {
            ("cancelled", "no-mail-server")
        }
        assert set(looking.scalars(select(Job.state))) == {"done"}


def test_where_one_person_is_enough_nobody_is_mailed(session: Session, mine: Study) -> None:
    ask(session, mine, four_eyes=False)
    assert session.scalars(select(Mail)).all() == []


def test_said_twice_it_is_mailed_once(session: Session, mine: Study) -> None:
    asked = ask(session, mine)
    for _ in range(2):
        approval_mails.tell(session, approval=asked, purpose="approval", user=user(session, "Bram"))
    assert len(session.scalars(select(Mail)).all()) == 2, "one to Bram, one to Carla"
