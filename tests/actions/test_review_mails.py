"""Readers of a draft or a conversation report are mailed their link, and reminded: once, and not who has answered."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import interviews, mails, review_mails, review_privacy, reviews
from surveyapp.config import Settings
from surveyapp.errors import WrongState
from surveyapp.models import Event, Job, Mail, Review, Reviewer
from surveyapp.models.database import Database
from surveyapp.queries import review_mails as found
from tests import cast, mail_server, working
from tests.actions.conftest import Time
from tests.cast import SECRET_KEY, Study
from tests.mail_server import MailServer

SITE = "https://onderzoek.example"
TEXT = [{"key": "finding-1", "heading": "", "text": "De doelen zijn bekend bij iedereen."}]


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
def study(session: Session, time: Time) -> Study:
    del time
    return cast.study(session)


@pytest.fixture
def review(session: Session, study: Study) -> Review:
    """Read by Bram and Carla, and by Dirk of whom there is no address."""
    begun = reviews.begin(
        session,
        wave=study.wave,
        kind="facts",
        title="Concept van de feiten",
        paragraphs=TEXT,
        deadline=clock.now() + timedelta(days=21),
        by=study.anna,
    )
    for name in ("bram", "carla", "dirk"):
        email = "" if name == "dirk" else f"{name}@almelo.example"
        reviews.add_reader(session, review=begun, name=name.title(), email=email, secret_key=SECRET_KEY, by=study.anna)
    session.commit()
    return begun


def send(session: Session, database: Database, server: MailServer) -> list[str]:
    """Let a worker send what waits; to whom it went."""
    session.commit()
    server.received.clear()
    url = database.engine.url.render_as_string(hide_password=False)
    working.work(database, Settings(url, SECRET_KEY, SITE, smtp=server.settings))
    session.expire_all()
    return sorted(received.to for received in server.received)


def test_readers_with_an_address_get_a_link_that_opens_the_text_and_nothing_of_the_text(
    session: Session, database: Database, study: Study, review: Review, server: MailServer
) -> None:
    assert review_mails.send_links(session, review=review, by=study.anna) == 2
    assert send(session, database, server) == ["bram@almelo.example", "carla@almelo.example"]
    for reader, received in zip(
        review.readers, sorted(server.received, key=lambda received: received.to), strict=False
    ):
        assert f"{SITE}/review/{reviews.token_for(reader, SECRET_KEY)}" in received.text
        assert f"Beste {reader.name}," in received.text
        assert "Concept van de feiten" in received.text
        assert TEXT[0]["text"] not in received.text
    states = {reader.name: [mail.state for mail in found.of_readers(session, review).get(reader.id, [])]
              for reader in review.readers}  # fmt: skip
    assert states == {"Bram": ["sent"], "Carla": ["sent"], "Dirk": []}


def test_pressed_twice_nobody_is_mailed_twice(
    session: Session, database: Database, study: Study, review: Review, server: MailServer, time: Time
) -> None:
    assert [review_mails.send_links(session, review=review, by=study.anna) for _ in range(2)] == [2, 0]
    assert len(send(session, database, server)) == 2
    assert review_mails.remind(session, review=review, by=study.anna) == 0, "they were mailed a moment ago"
    time.passes(days=2)
    assert [review_mails.remind(session, review=review, by=study.anna) for _ in range(2)] == [2, 0]
    assert len(send(session, database, server)) == 2
    assert review_mails.send_links(session, review=review, by=study.anna) == 0


def test_who_has_answered_is_not_reminded_and_who_is_is_known(
    session: Session, database: Database, study: Study, review: Review, server: MailServer, time: Time
) -> None:
    review_mails.send_links(session, review=review, by=study.anna)
    send(session, database, server)
    bram, carla, _dirk = review.readers
    reviews.say(session, reader=bram, remarks={}, verdict="approved")
    time.passes(days=7)
    review_mails.remind(session, review=review, by=study.anna)
    assert send(session, database, server) == ["carla@almelo.example"]
    assert server.received[0].message["Subject"].startswith("Herinnering")
    assert (bram.reminded_at, carla.reminded_at) == (None, clock.now())
    time.passes(days=7)
    review_mails.remind(session, review=review, by=study.anna)
    assert send(session, database, server) == ["carla@almelo.example"], "a second reminder is another one"


def one_answers(session: Session, reader: Reviewer, _study: Study, _time: Time) -> None:
    reviews.say(session, reader=reader, remarks={("finding-1", "fact"): "Nee."})


def one_is_erased(session: Session, reader: Reviewer, study: Study, _time: Time) -> None:
    del reader
    review_privacy.forget_people(session, study.evaluation)


def the_deadline_passes(_session: Session, _reader: Reviewer, _study: Study, time: Time) -> None:
    time.passes(days=22)


def the_round_closes(session: Session, reader: Reviewer, study: Study, _time: Time) -> None:
    reviews.close(session, review=reader.review, by=study.anna)


@pytest.mark.parametrize("happens", [one_answers, one_is_erased, the_deadline_passes, the_round_closes])
def test_what_is_not_wanted_any_more_is_not_sent(
    session: Session,
    database: Database,
    study: Study,
    review: Review,
    server: MailServer,
    time: Time,
    happens: Callable[[Session, Reviewer, Study, Time], None],
) -> None:
    review_mails.send_links(session, review=review, by=study.anna)
    session.commit()
    happens(session, review.readers[0], study, time)
    assert "bram@almelo.example" not in send(session, database, server)


def test_a_mail_that_came_back_is_known_and_no_reminder_follows_it(
    session: Session, database: Database, study: Study, review: Review, server: MailServer, time: Time
) -> None:
    review_mails.send_links(session, review=review, by=study.anna)
    send(session, database, server)
    mail = found.of_readers(session, review)[review.readers[0].id][0]
    assert mail.message_id is not None
    mails.bounce(session, message_id=mail.message_id, problem="5.1.1", by=study.anna)
    time.passes(days=3)
    review_mails.remind(session, review=review, by=study.anna)
    assert send(session, database, server) == ["carla@almelo.example"]
    assert session.scalars(select(Event.evaluation_id).where(Event.verb == "mail.bounce")).one() == study.evaluation.id


def test_a_mail_that_was_refused_can_be_sent_again(
    session: Session, database: Database, study: Study, review: Review, server: MailServer
) -> None:
    server.at_recipient = lambda to: "550 5.7.1 no" if to.startswith("bram") else None
    review_mails.send_links(session, review=review, by=study.anna)
    assert send(session, database, server) == ["carla@almelo.example"]
    server.at_recipient = lambda _to: None
    assert review_mails.send_links(session, review=review, by=study.anna) == 1
    assert send(session, database, server) == ["bram@almelo.example"]


def test_a_round_that_is_over_is_mailed_to_nobody(session: Session, study: Study, review: Review, time: Time) -> None:
    time.passes(days=22)
    with pytest.raises(WrongState, match="review-past"):
        review_mails.send_links(session, review=review, by=study.anna)
    reviews.close(session, review=review, by=study.anna)
    with pytest.raises(WrongState, match="review-closed"):
        review_mails.remind(session, review=review, by=study.anna)
    assert session.scalars(select(Mail)).all() == []


def test_no_name_address_or_link_is_in_the_log_or_a_job(
    session: Session, database: Database, study: Study, review: Review, server: MailServer, time: Time
) -> None:
    review_mails.send_links(session, review=review, by=study.anna)
    send(session, database, server)
    time.passes(days=2)
    review_mails.remind(session, review=review, by=study.anna)
    events = session.scalars(select(Event).where(Event.verb.in_(("review.mail", "review.remind")))).all()
    assert [(event.verb, event.details) for event in events] == [
        ("review.mail", {"readers": 2}),
        ("review.remind", {"readers": 2}),
    ]
    kept = str([event.details for event in session.scalars(select(Event))])
    kept += str([job.arguments for job in session.scalars(select(Job))])
    tokens = [reviews.token_for(reader, SECRET_KEY) for reader in review.readers]
    assert not [told for told in ("@almelo", "Bram", *tokens) if told in kept]


def test_who_was_talked_with_is_mailed_the_report_of_the_conversation(
    session: Session, database: Database, study: Study, server: MailServer
) -> None:
    talk = interviews.plan(session, wave=study.wave, membership=study.members[0], by=study.anna)
    bram = interviews.add_participant(session, interview=talk, name="Bram", email="bram@almelo.example", by=study.anna)
    review = reviews.begin(
        session,
        wave=study.wave,
        kind="conversation",
        interview=talk,
        title="Verslag van het gesprek",
        paragraphs=TEXT,
        deadline=clock.now() + timedelta(days=14),
        by=study.anna,
    )
    reader = reviews.add_reader(
        session, review=review, name=bram.name, email=bram.email, secret_key=SECRET_KEY, by=study.anna, participant=bram
    )
    assert review_mails.send_links(session, review=review, by=study.anna) == 1
    assert send(session, database, server) == ["bram@almelo.example"]
    text = server.received[0].text
    assert "Verslag van het gesprek" in text
    assert f"{SITE}/review/{reviews.token_for(reader, SECRET_KEY)}" in text
